import type { ConsoleHouse } from '../console/open.tsx';
import type { Context } from './context.ts';
import { logCrash, logFileOf } from './crash.ts';
import type { Opened } from './database.ts';
import { refused } from './failure.ts';
import type { Status } from './failure.ts';
import { keepHeapSmall } from './small-heap.ts';

/** Throws Failure where input or output is no terminal: before anything is opened or made. */
export function onTerminal({ machine, words }: Context): void {
  if (!machine.stdin.isTTY || !machine.stdout.isTTY) throw refused(words.commands.refusal.noTerminal);
}

/** A house for the console, and how it is closed. */
export type HouseForConsole = { readonly opened: Opened; readonly house: ConsoleHouse };

const firstFrame = async (): Promise<void> => {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
};

/**
 * Opens the console, and the house behind its first frame (PERF-01): `open` is called, and may load the database, when the
 * frame has been drawn. Closes the house when the console ends. Throws what opening the house throws; by then the terminal
 * has been given back.
 */
export async function showConsole(
  { folders, settings, language, command, options }: Context,
  open: () => Promise<HouseForConsole>,
): Promise<Status> {
  keepHeapSmall();
  const { openConsole } = await import('../console/open.tsx');
  const opening = firstFrame().then(open);
  const house = opening.then((one) => one.house);
  // It may fail before the console listens; the console hears of it all the same.
  house.catch(() => undefined);
  const logged: Promise<unknown>[] = [];
  const log = (error: unknown): string => {
    logged.push(logCrash(folders, error, command));
    return logFileOf(folders);
  };
  try {
    const status = await openConsole({
      screenReader: options.has('screenReader'),
      language,
      house,
      preferences: settings,
      log,
    });
    return status === 0 ? 0 : 1;
  } finally {
    await Promise.all(logged);
    await opening.then(
      async ({ opened }) => opened.house.close(),
      () => undefined,
    );
  }
}
