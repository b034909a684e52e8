import type { Instance } from 'ink';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** Clears the screen; the cursor goes to its beginning. */
const WIPE = '\u001B[2J\u001B[H';

/**
 * Draws the whole screen, whatever the terminal shows. Ink writes only what has changed since its last frame: so an empty one is
 * drawn and wiped away, and then everything is new to it.
 */
export async function drawAnew(options: {
  readonly store: Store<State>;
  readonly instance: Instance;
  readonly stdout: NodeJS.WriteStream;
  /** Resolves when what has been changed is drawn. */
  readonly flush: () => Promise<void>;
}): Promise<void> {
  const { store, instance, stdout, flush } = options;
  const show = async (blank: boolean): Promise<void> => {
    store.set({ blank });
    store.publish();
    await flush();
  };
  await show(true);
  instance.clear();
  stdout.write(WIPE);
  await show(false);
}
