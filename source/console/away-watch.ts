import { DatabaseAway } from '../desk/away.ts';
import { readNetwork } from './flows/arrive.ts';
import type { Runtime } from './runtime.ts';

/** How often a database that is away is looked for. */
const WATCH_MS = 3000;

/** Looks every few seconds whether the database is back, so that the header says so by itself (REL-03). */
export function createAwayWatch(
  runtime: () => Runtime,
  add: (task: () => Promise<void>) => void,
): { readonly start: () => void; readonly stop: () => void } {
  let cancel: (() => void) | undefined;
  const look = async (): Promise<void> => {
    try {
      await readNetwork(runtime());
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      start();
    }
  };
  const start = (): void => {
    cancel?.();
    cancel = runtime().after(WATCH_MS, () => {
      const { away, prompt } = runtime().store.get();
      if (away && !prompt) add(look);
    });
  };
  return { start, stop: () => cancel?.() };
}
