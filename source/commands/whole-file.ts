import { existsSync } from 'node:fs';
import { open, readdir, stat, unlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatabaseAway } from '../desk/away.ts';
import { fileProblemOf, settle } from '../exchange/tables/index.ts';
import type { Words } from '../language/words.ts';
import { syncFolder, withFile } from '../offline/disk.ts';
import { refused } from './failure.ts';

/** What SQLite may leave beside a file. */
const BESIDE = ['', '-journal', '-wal', '-shm'];

/** A database names people: a new file is for this user alone (REL-07). */
const OWN = 0o600;

const HOST = os.hostname().replaceAll(/[^\w-]/g, '_');
const LEFT_BEHIND = new RegExp(`^\\.guichet-${HOST}-(\\d+)\\.part`);

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code !== 'ESRCH';
  }
};

/** Takes away what runs that were killed on this machine have left in a folder. */
async function tidy(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const pid = Number(LEFT_BEHIND.exec(name)?.[1] ?? process.pid);
    if (!LEFT_BEHIND.test(name) || (pid !== process.pid && isRunning(pid))) continue;
    await unlink(path.join(folder, name)).catch(() => undefined);
  }
}

/** Whether two names are of the same file. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map(async (file) => stat(file).catch(() => undefined)));
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

/**
 * Makes a file that is whole or not there, power cuts included: `make` fills an empty one beside it, which then takes its name.
 * A file that is there already is refused unless `replace` is given (null: it never is), and so is one beside which SQLite has
 * left something. Throws Failure, DatabaseAway, and what `make` throws.
 */
export async function wholeFile<T>(
  file: string,
  { replace, words }: { readonly replace: boolean | null; readonly words: Words },
  make: (part: string) => Promise<T>,
): Promise<T> {
  const { lists } = words;
  const { beside } = words.commands.db;
  const known = await stat(file).catch(() => undefined);
  if (known && !known.isFile()) throw refused(lists.fileProblem['not-a-file'](file));
  if (known && replace !== true)
    throw refused(`${lists.fileProblem.exists(file)}${replace === false ? ' (--replace)' : ''}`);
  // SQLite would take them for the last changes of the new file.
  for (const one of ['-wal', '-journal']) if (existsSync(file + one)) throw refused(beside(file, file + one));
  const folder = path.dirname(path.resolve(file));
  const part = path.join(folder, `.guichet-${HOST}-${process.pid}.part`);
  await tidy(folder);
  try {
    await (await open(part, 'wx', OWN)).close();
    const made = await make(part);
    await withFile(part, 'r+', async (handle) => handle.sync());
    await settle(part, file, replace === true);
    await syncFolder(folder);
    return made;
  } catch (error) {
    for (const one of BESIDE) await unlink(part + one).catch(() => undefined);
    // Nobody has heard of the other name.
    if (error instanceof DatabaseAway && error.where.endsWith(part)) throw new DatabaseAway(error.reason, file, error);
    const problem = error instanceof Error ? fileProblemOf(error) : undefined;
    throw problem === undefined ? error : refused(lists.fileProblem[problem](file));
  }
}

/** Does something that Ctrl-C gives up, with nothing left of it. */
export async function untilGivenUp<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const givingUp = new AbortController();
  const giveUp = (): void => {
    givingUp.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const one of signals) process.once(one, giveUp);
  try {
    return await work(givingUp.signal);
  } finally {
    for (const one of signals) process.off(one, giveUp);
  }
}
