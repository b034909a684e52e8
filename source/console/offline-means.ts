import path from 'node:path';
import { wordsIn } from '../language/index.ts';
import { createShapes, openDeskJournal, openJournal, pendingJournals } from '../offline/index.ts';
import type { Journal, PendingJournal, Problem, Shapes } from '../offline/index.ts';
import type { ConsoleOptions } from './contract.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** What the desk works with when it has no database: its journal, and what it has learnt about codes. */
export type OfflineMeans = {
  /** Opens the journal of a place (`LIBRARY/DESK`; null: of no desk), or answers the one that is open. */
  open(place: string | null): Promise<{ readonly kind: 'open'; readonly journal: Journal } | Problem>;
  /** The journal that is open. */
  journal(): Journal | undefined;
  /** Closes the journal, so that it can be uploaded. */
  close(): Promise<void>;
  /** What cards and items look like, as far as it was seen. */
  readonly shapes: Shapes;
  /** Files that wait for their upload. */
  pending(): Promise<readonly PendingJournal[]>;
  /** The folder in which they wait. */
  readonly folder: string;
};

const SHAPES = 'shapes';

/** Makes the means; undefined where this console was given no folder to write to. */
export function createOfflineMeans({
  offline,
  store,
  clock,
  preferences,
}: {
  readonly offline: ConsoleOptions['offline'];
  readonly store: Store<State>;
  readonly clock: () => number;
  readonly preferences: ConsoleOptions['preferences'];
}): OfflineMeans | undefined {
  const [folder] = offline?.folders ?? [];
  if (!offline || folder === undefined) return undefined;
  let opened: Journal | undefined;
  const remembered = preferences.get(SHAPES);
  const shapes = createShapes(Array.isArray(remembered) ? remembered.filter((one) => typeof one === 'string') : []);
  return {
    folder,
    async open(place) {
      if (opened) return { kind: 'open', journal: opened };
      const { language, timeZone } = store.get();
      const { csv } = wordsIn(language).console.offline;
      const how = { timeZone, clock, csv: { ...csv, separator: language === 'fr' ? (';' as const) : (',' as const) } };
      const answer =
        offline.file === undefined
          ? await openDeskJournal({ ...how, folders: offline.folders, name: place?.replace('/', '-') ?? 'OffCirc' })
          : await openJournal({ ...how, file: path.resolve(offline.file) });
      if (answer.kind === 'open') opened = answer.journal;
      return answer;
    },
    journal: () => opened,
    async close() {
      const journal = opened;
      opened = undefined;
      await journal?.close();
    },
    shapes: {
      ...shapes,
      learn(kind, code) {
        const isNew = shapes.learn(kind, code);
        if (isNew) preferences.set(SHAPES, [...shapes.known()]);
        return isNew;
      },
    },
    pending: async () => (await Promise.all(offline.folders.map(async (one) => pendingJournals(one)))).flat(),
  };
}
