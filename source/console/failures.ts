import { DatabaseAway } from '../desk/away.ts';
import type { ConsoleOptions } from './contract.ts';
import { readNetwork } from './flows/arrive.ts';
import type { Runtime } from './runtime.ts';

/** How often a database that is away is looked for. */
const WATCH_MS = 3000;

/** What is said of errors that no flow has answered itself. */
export type Failures = {
  /** Says what went wrong; a database that is away is looked for from now on. */
  failed(error: unknown): void;
  stop(): void;
};

/** Makes it; `add` does something in its turn. */
export function createFailures(
  runtime: Runtime,
  { log, add }: Pick<ConsoleOptions, 'log'> & { readonly add: (task: () => Promise<void>) => void },
): Failures {
  const { store } = runtime;
  let cancelWatch: (() => void) | undefined;

  /** Looks every few seconds whether the database is back, so that the header says so by itself (REL-03). */
  const watchAway = (): void => {
    cancelWatch?.();
    cancelWatch = runtime.after(WATCH_MS, () => {
      const { away, prompt, offline } = store.get();
      if (away && prompt && !offline) return watchAway();
      cancelWatch = undefined;
      if (!away || offline) return;
      add(async () => {
        try {
          await readNetwork(runtime);
        } catch (error) {
          if (!(error instanceof DatabaseAway)) throw error;
          watchAway();
        }
      });
    });
  };
  // Whoever noticed that it is away: an upload, the assistant, a record that was closed.
  const unsubscribe = store.subscribe(() => {
    const { away, offline } = store.get();
    if (away && !offline && cancelWatch === undefined) watchAway();
  });

  return {
    failed(error) {
      const words = runtime.words().refusal;
      store.set({ focus: 'field' });
      const lost = runtime.takeLost();
      if (!(error instanceof DatabaseAway)) return runtime.tell('refusal', words.failed(log(error)));
      const because = words.awayBecause[error.reason];
      runtime.tell('refusal', lost === undefined ? words.away(because) : runtime.words().form.notRecorded(because));
      watchAway();
    },
    stop() {
      unsubscribe();
      cancelWatch?.();
    },
  };
}
