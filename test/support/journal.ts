import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { expect } from 'vitest';
import { openJournal } from '../../source/offline/index.ts';
import type { Journal, JournalOptions, Recorded } from '../../source/offline/index.ts';
import { CSV_WORDS } from './journal-words.ts';

/** A folder for one test, and how to be rid of it. */
export async function makeFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'guichet-journal-'));
  return { folder, remove: async () => rm(folder, { recursive: true, force: true }) };
}

/** Opens a journal that must open. */
export async function openTestJournal(
  options: Pick<JournalOptions, 'file'> & Partial<JournalOptions>,
): Promise<Journal> {
  const opened = await openJournal({ timeZone: 'Europe/Paris', clock: Date.now, csv: CSV_WORDS, ...options });
  if (opened.kind === 'problem') expect.unreachable(`${opened.problem} ${opened.detail}`);
  return opened.journal;
}

/** A short form of an answer: `recorded`, `unusable item`, `full`. */
export const briefly = (recorded: Recorded): string => {
  if (recorded.kind === 'problem') return recorded.problem;
  return recorded.kind === 'unusable' ? `unusable ${recorded.field}` : 'recorded';
};

/** The lines of a file without their ends. */
export const linesOf = async (file: string): Promise<string[]> =>
  (await readFile(file, 'utf8')).split('\r\n').slice(0, -1);

/** A writer in a process of its own. */
export type Writer = {
  readonly process: ChildProcess;
  /** What it prints, line by line. */
  readonly said: AsyncIterableIterator<string>;
  /** Its end, when all that it printed has been read. */
  readonly ended: Promise<unknown>;
};

let bundle: string | undefined;

/** The worker as one file, made once: a hundred of them start four times faster. */
function workerFile(): string {
  if (bundle !== undefined) return bundle;
  const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  bundle = here('../../node_modules/.cache/guichet-journal-worker.mjs');
  // Renamed when it is whole: the tests of another file may be starting it.
  const outfile = `${bundle}.${process.pid}.mjs`;
  const entryPoints = [fileURLToPath(new URL('journal-worker.ts', import.meta.url))];
  buildSync({ entryPoints, bundle: true, platform: 'node', format: 'esm', target: 'node22', outfile });
  renameSync(outfile, bundle);
  return bundle;
}

/** Starts a writer; `limit`: no file of it may be larger (units of 512 or 1,024 bytes, as the shell has it). */
export function startWriter(args: readonly string[], limit?: number): Writer {
  const command = [process.execPath, workerFile(), ...args];
  const shell = ['-c', `trap '' XFSZ; ulimit -f ${limit}; exec "$0" "$@"`, ...command];
  const child = spawn(limit === undefined ? process.execPath : 'sh', limit === undefined ? command.slice(1) : shell, {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return {
    process: child,
    said: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    ended: once(child, 'close'),
  };
}

/** A small disk in memory; undefined where mounting is not permitted. */
export async function mountDisk(size: string, ...options: readonly string[]): Promise<string | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'guichet-disk-'));
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', [`size=${size}`, ...options].join(), 'none', folder], {
      stdio: 'ignore',
    });
    return folder;
  } catch {
    await rm(folder, { recursive: true });
    return undefined;
  }
}

export async function unmountDisk(folder: string): Promise<void> {
  execFileSync('/bin/umount', [folder]);
  await rm(folder, { recursive: true });
}
