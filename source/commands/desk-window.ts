import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatabaseAway } from '../desk/away.ts';
import type { House } from '../desk/house.ts';
import type { Language } from '../language/index.ts';
import type { ConsoleHouse, KioskWish } from '../console/open.tsx';
import { print } from './context.ts';
import type { Context } from './context.ts';
import { logCrash, logFileOf } from './crash.ts';
import { refused } from './failure.ts';
import type { Status } from './failure.ts';
import { keepHeapSmall } from './small-heap.ts';

/** Throws Failure where input or output is no terminal: before anything is opened or made. */
export function onTerminal({ machine, words }: Context): void {
  if (!machine.stdin.isTTY || !machine.stdout.isTTY) throw refused(words.commands.refusal.noTerminal);
}

/** A house for the console, and how it is closed. */
export type HouseForConsole = {
  readonly opened: { readonly house: Pick<House, 'close'> };
  readonly house: ConsoleHouse;
  /** What the console has ended for, told once: it is carried out, and the console goes on. Absent: nothing ever. */
  readonly wished?: () => KioskWish | undefined;
};

const firstFrame = async (): Promise<void> => {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
};

/** What a window is for: daily work, a training copy, or work without any database. */
type Purpose = 'working' | 'training' | 'offline';

/** Where the journals of a desk without its database are written, the first folder that can be. */
function journalFolders({ folders, settings }: Context, purpose: Purpose): string[] {
  if (purpose === 'training') return [path.join(os.tmpdir(), `guichet-training-${process.pid}`)];
  const own = settings.get('offlineFolder');
  const usual = [path.join(folders.data, 'offline'), path.join(folders.state, 'offline')];
  return typeof own === 'string' && own !== '' ? [own, ...usual] : usual;
}

/** Says what waits for its upload, when a desk that worked without its database is left. */
async function tellLeft(context: Context, journals: readonly string[]): Promise<void> {
  const { pendingJournals } = await import('../offline/index.ts');
  const file = context.options.text('file');
  const folders = file === undefined ? journals : [path.dirname(path.resolve(file))];
  for (const one of (await Promise.all(folders.map(async (folder) => pendingJournals(folder)))).flat()) {
    const count = one.loans + one.returns + one.bad;
    if (file === undefined || path.resolve(file) === one.file)
      print(context, context.words.console.offline.leftBehind(count, one.file));
  }
}

/** What a console has ended for; undefined: it has ended. */
async function wishOf(openings: readonly Promise<HouseForConsole>[]): Promise<KioskWish | undefined> {
  const [first] = await Promise.allSettled(openings);
  return first?.status === 'fulfilled' ? first.value.wished?.() : undefined;
}

const noDatabase = async (): Promise<never> => {
  throw new DatabaseAway('missing-database', '');
};

/**
 * Opens the console, and the house behind its first frame (PERF-01): `open` is called, and may load the database, when the
 * frame has been drawn, and again where a working database was away (REL-03). Closes the house when the console ends. Throws
 * what opening the house throws; by then the terminal has been given back.
 */
export async function showConsole(
  context: Context,
  purpose: Purpose,
  open: (() => Promise<HouseForConsole>) | undefined,
): Promise<Status> {
  const { folders, settings, language, command, options } = context;
  keepHeapSmall();
  const { openConsole } = await import('../console/open.tsx');
  const openings: Promise<HouseForConsole>[] = [];
  const opening = async (): Promise<ConsoleHouse> => {
    const one = firstFrame().then(open ?? noDatabase);
    openings.push(one);
    // It may fail before the console listens; the console hears of it all the same.
    one.catch(() => undefined);
    return (await one).house;
  };
  const first = opening();
  first.catch(() => undefined);
  const logged: Promise<unknown>[] = [];
  const log = (error: unknown): string => {
    logged.push(logCrash(folders, error, command));
    return logFileOf(folders);
  };
  const journals = journalFolders(context, purpose);
  const atConsole = async (house: Promise<ConsoleHouse>, spoken: Language): Promise<number> =>
    openConsole({
      screenReader: options.has('screenReader'),
      language: spoken,
      house,
      preferences: settings,
      dataFolder: folders.data,
      log,
      offline: {
        folders: journals,
        file: options.text('file'),
        alone: purpose === 'offline',
        ...(purpose === 'working' ? { reopen: opening } : {}),
      },
    });
  try {
    let status = await atConsole(first, language);
    for (let wish = await wishOf(openings); wish; wish = await wishOf(openings)) {
      const { signedIn, ...resumes } = await (await import('./kiosk-lesson.ts')).carryOut(context, wish);
      status = await atConsole(Promise.resolve({ ...(await first), signedIn, resumes }), wish.language);
    }
    if (purpose === 'offline') await tellLeft(context, journals);
    return status === 0 ? 0 : 1;
  } finally {
    await Promise.all(logged);
    for (const one of openings)
      await one.then(
        async ({ opened }) => opened.house.close(),
        () => undefined,
      );
    if (purpose === 'training') for (const folder of journals) await rm(folder, { recursive: true, force: true });
  }
}
