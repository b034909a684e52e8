import { uploadLines } from '../offline/index.ts';
import type { Opening } from './opening.ts';
import { seatOf } from './runtime.ts';
import type { Runtime, RuntimeOptions } from './runtime.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** What the console has done by the house around it: files, the card system, jobs, templates of letters. */
export function createSeams({ house }: Pick<Opening, 'house'>, store: Store<State>): RuntimeOptions['exporting'] {
  let templates: ReturnType<Runtime['letterTemplates']> | undefined;
  const seat = () => seatOf(store.get());
  return {
    exportFolder: async () => (await house()).exports?.folder ?? '',
    upload: async (file, place) => {
      const { perform } = await house();
      return uploadLines(perform, { ...seat(), place }, file);
    },
    exportTable: async (list, format) => {
      const { exports, perform } = await house();
      return exports ? exports.write(list, format, perform, seat()) : { kind: 'failed', because: '' };
    },
    saveFile: async (name, bytes) => {
      const { exports } = await house();
      return exports ? exports.save(name, bytes) : { kind: 'failed', because: '' };
    },
    listJobs: async () => {
      const { jobs, perform } = await house();
      return jobs ? jobs.list(perform, seat()) : null;
    },
    runJob: async (request) => {
      const { jobs, perform } = await house();
      return jobs ? jobs.run(perform, seat(), request) : null;
    },
    letterTemplates: async () => {
      templates ??= (async () => {
        const { loadTemplates } = await import('../letters/index.ts');
        return loadTemplates({ folder: (await house()).templates });
      })();
      return templates;
    },
    lookUpCard: async (patron) => {
      const { cardSystem, perform } = await house();
      return cardSystem ? cardSystem.lookUpNow(perform, seat(), patron) : { kind: 'no-card-system' };
    },
  };
}
