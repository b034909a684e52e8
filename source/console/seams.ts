import type { ConsoleHouse } from './contract.ts';
import { seatOf } from './runtime.ts';
import type { Runtime, RuntimeOptions } from './runtime.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** What the console has done by the house around it: files, the card system, jobs, templates of letters. */
export function createSeams(opening: Promise<ConsoleHouse>, store: Store<State>): RuntimeOptions['exporting'] {
  let folder = '';
  void opening.then(
    ({ exports }) => {
      folder = exports?.folder ?? '';
    },
    () => undefined,
  );
  let templates: ReturnType<Runtime['letterTemplates']> | undefined;
  const seat = () => seatOf(store.get());
  return {
    exportFolder: () => folder,
    exportTable: async (list, format) => {
      const { exports, perform } = await opening;
      return exports ? exports.write(list, format, perform, seat()) : { kind: 'failed', because: '' };
    },
    saveFile: async (name, bytes) => {
      const { exports } = await opening;
      return exports ? exports.save(name, bytes) : { kind: 'failed', because: '' };
    },
    listJobs: async () => {
      const { jobs, perform } = await opening;
      return jobs ? jobs.list(perform, seat()) : null;
    },
    runJob: async (request) => {
      const { jobs, perform } = await opening;
      return jobs ? jobs.run(perform, seat(), request) : null;
    },
    letterTemplates: async () => {
      templates ??= (async () => {
        const { loadTemplates } = await import('../letters/index.ts');
        return loadTemplates({ folder: (await opening).templates });
      })();
      return templates;
    },
    lookUpCard: async (patron) => {
      const { cardSystem, perform } = await opening;
      return cardSystem ? cardSystem.lookUpNow(perform, seat(), patron) : { kind: 'no-card-system' };
    },
  };
}
