import { appendFile, chmod, open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { readOfflineFile } from './dat-file.ts';
import type { OfflineFile } from './dat-file.ts';
import { besideOf, codeOf, makeFolder, problemOf, syncFolder } from './disk.ts';
import type { Problem } from './disk.ts';
import { acquire } from './lock.ts';
import type { Lock } from './lock.ts';
import { wideLabel } from './text-lines.ts';

/** A .dat file that only we write. */
export type JournalFile = {
  /** What it had when it was opened, and how many bytes. */
  readonly found: OfflineFile;
  readonly size: number;
  /** A half line that was moved to `NAME.torn`, as text. */
  readonly torn: string | null;
  /** Appends a line with one write and syncs it; then answers the file's length. What fails leaves nothing behind. */
  append(line: string): Promise<number | Problem>;
  close(): Promise<void>;
};

const LF = 10;
const CR = 13;

/** The detail of a problem: the file is in UTF-16, to which no line of ours can be appended. */
export const WIDE = 'utf-16';

/** How many bytes of a file are whole lines. */
const wholeLines = (bytes: Buffer): number => Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1;

async function openOrMake(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r+');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const made = await open(file, 'wx+', 0o600);
  await made.sync();
  await syncFolder(path.dirname(file));
  return made;
}

/** Cuts a file to a length, for good. */
async function cutTo(handle: FileHandle, length: number): Promise<void> {
  await handle.truncate(length);
  await handle.sync();
}

/**
 * Moves a last line without its end aside. Its writer was killed in the middle of it and never said that it was recorded; the
 * next line would make a wrong one of it.
 */
async function moveTornAside(handle: FileHandle, file: string, bytes: Buffer): Promise<string | null> {
  const whole = wholeLines(bytes);
  if (whole === bytes.length) return null;
  const rest = bytes.subarray(whole);
  const aside = besideOf(file, 'torn');
  await appendFile(aside, Buffer.concat([rest, Buffer.from('\r\n')]), { mode: 0o600, flush: true });
  await syncFolder(path.dirname(file));
  await cutTo(handle, whole);
  return rest.toString('utf8');
}

/** Whether the name still stands for the file that is open: it may have been deleted, moved or replaced. */
async function isInPlace(handle: FileHandle, file: string): Promise<boolean> {
  const ours = await handle.stat({ bigint: true });
  try {
    const there = await stat(file, { bigint: true });
    return there.dev === ours.dev && there.ino === ours.ino;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function writer(handle: FileHandle, file: string, lock: Lock, start: number): Pick<JournalFile, 'append' | 'close'> {
  let size = start;
  /** Something may stand after `size` that nobody was told of. */
  let isDirty = false;
  const gone = (detail: string): Problem => ({ kind: 'problem', problem: 'gone', file, detail });

  const repair = async (): Promise<void> => {
    if (!isDirty) return;
    await cutTo(handle, size);
    isDirty = false;
  };
  /** What speaks against writing: the file or its lock are not ours any more. */
  const objection = async (): Promise<Problem | undefined> => {
    if (!(await isInPlace(handle, file))) return gone('moved');
    if (!(await lock.isOurs())) return gone('lock');
    const { size: there } = await handle.stat();
    return there === size ? undefined : gone('changed');
  };
  const write = async (bytes: Buffer): Promise<void> => {
    isDirty = true;
    const { bytesWritten } = await handle.write(bytes, 0, bytes.length, size);
    if (bytesWritten < bytes.length) throw Object.assign(new Error('cut'), { code: 'ENOSPC' });
    await handle.sync();
  };
  return {
    async append(line) {
      try {
        await repair();
        const before = await objection();
        if (before !== undefined) return before;
        const bytes = Buffer.from(line);
        await write(bytes);
        // Moved in the meantime, it would be acknowledged in a file that nobody looks for.
        if (!(await isInPlace(handle, file))) {
          await repair();
          return gone('moved');
        }
        isDirty = false;
        size += bytes.length;
        return size;
      } catch (error) {
        // Where even that fails, it is tried again before the next line.
        await repair().catch(() => undefined);
        return problemOf(error, file);
      }
    },
    async close() {
      await repair().catch(() => undefined);
      await handle.close();
      // A lock that cannot be removed is that of a dead process soon.
      await lock.release().catch(() => undefined);
    },
  };
}

async function openLocked(file: string, lock: Lock): Promise<JournalFile | Problem> {
  const handle = await openOrMake(file);
  try {
    if (!(await handle.stat()).isFile()) throw Object.assign(new Error('no file'), { code: 'EISDIR' });
    // One that came from elsewhere may be open to others; where it stays so, it can be written all the same.
    await chmod(file, 0o600).catch(() => undefined);
    const bytes = await handle.readFile();
    if (wideLabel(bytes) !== undefined) throw Object.assign(new Error(WIDE), { code: WIDE });
    const torn = await moveTornAside(handle, file, bytes);
    const whole = bytes.subarray(0, wholeLines(bytes));
    return { found: readOfflineFile(whole), size: whole.length, torn, ...writer(handle, file, lock, whole.length) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Opens a .dat file to write it alone (LP 1768947), in a folder that is made for this user where it is missing. A problem
 * where another process has it or the disk does not let us.
 */
export async function openJournalFile(file: string): Promise<JournalFile | Problem> {
  let lock: Lock | undefined;
  try {
    await makeFolder(path.dirname(file));
    lock = await acquire(file);
    if (lock === undefined) return { kind: 'problem', problem: 'locked', file, detail: 'locked' };
    return await openLocked(file, lock);
  } catch (error) {
    await lock?.release().catch(() => undefined);
    return problemOf(error, file);
  }
}
