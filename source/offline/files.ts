import { createReadStream } from 'node:fs';
import { copyFile, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Day, Minutes } from '../circulation/time.ts';
import { offlineStamp } from '../circulation/offline.ts';
import { readOfflineChunks } from './dat-file.ts';
import type { OfflineFile } from './dat-file.ts';
import { besideOf, codeOf, makeFolder, problemOf, syncFolder, withFile } from './disk.ts';
import type { Problem } from './disk.ts';
import { acquire, holderOf } from './lock.ts';
import type { LockHolder } from './lock.ts';

/** A local time, as lines have it. */
export type LocalTime = { readonly day: Day; readonly minutes: Minutes };

/** An offline file that waits for its upload. */
export type PendingJournal = {
  readonly file: string;
  readonly loans: number;
  readonly returns: number;
  /** Lines that cannot be read. */
  readonly bad: number;
  /** The earliest and the latest time of its lines. */
  readonly first: LocalTime | null;
  readonly last: LocalTime | null;
  /** The living process that writes it. */
  readonly holder: LockHolder;
  /** Why it could not be read, as the system says it (`EACCES`). */
  readonly problem: string | null;
};

const NOTHING: OfflineFile = { lines: [], bad: [], moreBad: 0, blank: 0, unfinished: null };

/** The end of the times of a file by a comparison: -1 for the earliest, 1 for the latest. */
function endOf({ lines }: OfflineFile, sign: -1 | 1): LocalTime | null {
  let found: { stamp: string; time: LocalTime } | undefined;
  for (const { day, minutes } of lines) {
    const stamp = offlineStamp(day, minutes);
    if (found === undefined || (sign < 0 ? stamp < found.stamp : stamp > found.stamp))
      found = { stamp, time: { day, minutes } };
  }
  return found?.time ?? null;
}

async function pending(file: string): Promise<PendingJournal> {
  let content = NOTHING;
  let problem: string | null = null;
  let holder: LockHolder = 'nobody';
  try {
    content = await readOfflineChunks(createReadStream(file) as AsyncIterable<Uint8Array>);
    holder = await holderOf(file);
  } catch (error) {
    problem = codeOf(error);
  }
  const loans = content.lines.filter(({ action }) => action === 'L').length;
  return {
    file,
    loans,
    returns: content.lines.length - loans,
    bad: content.bad.length + content.moreBad,
    first: endOf(content, -1),
    last: endOf(content, 1),
    holder,
    problem,
  };
}

/** The offline files (`*.dat`) of a folder that have something in them or cannot be read, by name; none where there is no such folder. */
export async function pendingJournals(folder: string): Promise<readonly PendingJournal[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile() && /\.dat$/i.test(entry.name)).map(({ name }) => name);
  const found: PendingJournal[] = [];
  for (const name of names.toSorted()) {
    const one = await pending(path.join(folder, name));
    if (one.loans + one.returns + one.bad > 0 || one.problem !== null) found.push(one);
  }
  return found;
}

export type Archived = { readonly kind: 'archived'; readonly file: string } | Problem;

/** An offline file in which nobody else can write. */
export type HeldFile = {
  readonly kind: 'held';
  /** Moves it to `archive/NAME-YYYYMMDD-HHMM.dat` beside it (OFF-06), with its readable copy, never over another. */
  archive(when: LocalTime): Promise<Archived>;
  release(): Promise<void>;
};

/** Takes a free name `BASE.dat`, `BASE-2.dat` … by making an empty file of it. */
async function reserve(base: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const file = `${base}${number === 1 ? '' : `-${number}`}.dat`;
    try {
      await (await open(file, 'wx', 0o600)).close();
      return file;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** Renames a file over one that was reserved for it; to another disk, by a copy that is on the disk before the original goes. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await copyFile(from, to);
    await withFile(to, 'r+', async (handle) => handle.sync());
    await syncFolder(path.dirname(to));
    await unlink(from);
  }
}

async function archive(file: string, { day, minutes }: LocalTime): Promise<Archived> {
  const folder = path.join(path.dirname(file), 'archive');
  const stamp = offlineStamp(day, minutes);
  let target: string | undefined;
  try {
    await makeFolder(folder);
    const name = path.basename(file).replace(/\.dat$/i, '');
    target = await reserve(path.join(folder, `${name}-${stamp.slice(0, 8)}-${stamp.slice(8)}`));
    await move(file, target);
    await syncFolder(folder);
    await syncFolder(path.dirname(file));
  } catch (error) {
    // Only the empty one that was to be replaced: what was moved stays.
    if (target !== undefined) await removeEmpty(target);
    return problemOf(error, file);
  }
  for (const extension of ['csv', 'torn']) {
    // They only go along: the transactions are in the .dat.
    await move(besideOf(file, extension), besideOf(target, extension)).catch(() => undefined);
  }
  return { kind: 'archived', file: target };
}

async function removeEmpty(file: string): Promise<void> {
  try {
    if ((await stat(file)).size === 0) await rm(file, { force: true });
  } catch {
    // It is not there, or stays as it is.
  }
}

/**
 * Keeps an offline file from being written by others, as long as it is read, applied and archived: what a desk appended in
 * between would be archived without having been uploaded. `locked` where a living process writes it, be it this one.
 */
export async function holdFile(file: string): Promise<HeldFile | Problem> {
  try {
    const lock = await acquire(file);
    if (lock === undefined) return { kind: 'problem', problem: 'locked', file, detail: 'locked' };
    return {
      kind: 'held',
      archive: async (when) => archive(file, when),
      release: async () => lock.release().catch(() => undefined),
    };
  } catch (error) {
    return problemOf(error, file);
  }
}

/** Archives a file that is nobody's: `holdFile`, archive, release. */
export async function archiveFile(file: string, when: LocalTime): Promise<Archived> {
  const held = await holdFile(file);
  if (held.kind === 'problem') return held;
  try {
    return await held.archive(when);
  } finally {
    await held.release();
  }
}
