import type { Network } from '../circulation/network.ts';
import type { OutageFindings, OutageSettings } from '../circulation/outage.ts';
import { activeDesks } from '../desk/active-desks.ts';
import type { Perform } from '../desk/perform.ts';
import type { KeptOutage } from '../offline/outage/kept.ts';
import { seatOf } from './runtime.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** A desk that has done something since then works. */
export const ACTIVE_MINUTES = 15;

/** What the outage assistant has done by the machine (OUT-02). */
export type OutageMeans = {
  /** Keeps what is needed of the network for when the database is away, behind the desk's back. */
  keep(network: Network): void;
  /** What was kept last. */
  kept(): Promise<KeptOutage | undefined>;
  /** Finds out what it can, in 3 s; `found` is told each finding, `done` all of them. Never keeps a key waiting. */
  probe(
    settings: Pick<OutageSettings, 'statusPages' | 'outsideSite'>,
    found: (soFar: OutageFindings) => void,
    done: (findings: OutageFindings) => void,
  ): void;
};

/** Makes them. `folder`: where this user's data is; absent: nothing is kept. `beside`: runs work beside the desk. */
export function createOutageMeans(options: {
  readonly store: Store<State>;
  readonly perform: () => Promise<Perform>;
  readonly folder: string | undefined;
  readonly beside: (work: Promise<void>) => void;
}): OutageMeans {
  const { store, perform, folder, beside } = options;
  const askDatabase = async () =>
    (await (
      await perform()
    )(seatOf(store.get()), activeDesks, { minutes: ACTIVE_MINUTES })) as Awaited<ReturnType<typeof activeDesks.run>>;
  return {
    keep(network) {
      // The network of a training copy is no real one.
      if (folder === undefined || store.get().training) return;
      beside(
        import('../offline/outage/kept.ts').then(async ({ keepOutage }) => {
          await keepOutage(folder, network);
        }),
      );
    },
    kept: async () =>
      folder === undefined ? undefined : (await import('../offline/outage/kept.ts')).readKeptOutage(folder),
    probe(settings, found, done) {
      const hasDatabase = store.get().offline?.alone !== true;
      const database = { database: async () => (await askDatabase()).desks };
      beside(
        import('../offline/outage/probes.ts').then(async ({ runProbes }) => {
          done(await runProbes({ settings, found, ...(hasDatabase ? database : {}) }));
        }),
      );
    },
  };
}
