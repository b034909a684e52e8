import type { Runtime } from '../../runtime.ts';
import { askBack } from './switch.ts';
import { changeDesk } from './record.ts';

/** How often a database that the desk does without is looked for. */
const WATCH_MS = 3000;

/**
 * Looks every few seconds, beside the desk, whether the database that it does without answers again; then the operator is
 * asked once, in their turn (OFF-03). What is scanned meanwhile never waits for it.
 */
export function watchBack(
  runtime: Runtime,
  console: { readonly add: (task: () => Promise<void>) => void; readonly failed: (error: unknown) => void },
): void {
  let isLooking = false;
  const look = async (): Promise<void> => {
    const { offline, lesson } = runtime.store.get();
    // In a lesson the database is away as long as the lesson says so.
    if (!offline || offline.alone || offline.back || lesson) return;
    if ((await runtime.probe()) !== null) return;
    if (!runtime.store.get().offline) return;
    changeDesk(runtime, { back: true });
    console.add(async () => {
      if (runtime.store.get().offline?.back === true) await askBack(runtime);
    });
  };
  const next = (): void => {
    if (isLooking) return;
    isLooking = true;
    runtime.after(WATCH_MS, () => {
      look()
        .catch(console.failed)
        .finally(() => {
          isLooking = false;
          const { offline } = runtime.store.get();
          if (offline && !offline.alone && !offline.back) next();
        });
    });
  };
  runtime.store.subscribe(() => {
    const { offline } = runtime.store.get();
    if (offline && !offline.alone && !offline.back) next();
  });
}
