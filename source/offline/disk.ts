import { mkdir, open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';

/**
 * Why a file cannot be used: another process writes it, the disk is full, it may only be read, it was deleted, moved or
 * changed by somebody else, or something else is wrong with the disk.
 */
export const JOURNAL_PROBLEMS = ['locked', 'full', 'read-only', 'gone', 'failed'] as const;
export type JournalProblem = (typeof JOURNAL_PROBLEMS)[number];

export type Problem = {
  readonly kind: 'problem';
  readonly problem: JournalProblem;
  readonly file: string;
  /** What the system said (`ENOSPC`), for the log. */
  readonly detail: string;
};

const PROBLEM_OF: Readonly<Record<string, JournalProblem>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  ENOENT: 'gone',
  ESTALE: 'gone',
};

/** The system's code of an error: `ENOENT`; else its message. */
export function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : String(error);
}

/** An error of the disk as a problem of a file. */
export function problemOf(error: unknown, file: string): Problem {
  const detail = codeOf(error);
  return { kind: 'problem', problem: PROBLEM_OF[detail] ?? 'failed', file, detail };
}

/** Opens a file for a moment. */
export async function withFile<Answer>(
  file: string,
  flags: string,
  work: (handle: FileHandle) => Promise<Answer>,
): Promise<Answer> {
  const handle = await open(file, flags);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

/** Makes what has been made, renamed or deleted in a folder survive a power cut. Not every system lets a folder be synced. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    await withFile(folder, 'r', async (handle) => handle.sync());
  } catch (error) {
    if (codeOf(error) !== 'EINVAL') throw error;
  }
}

/**
 * Makes a folder for this user alone (0700) where it is missing, with those above it, to survive a power cut. One by one: made
 * all at once, a read-only disk would say that there is no such folder.
 */
export async function makeFolder(folder: string): Promise<void> {
  const above = path.dirname(path.resolve(folder));
  try {
    await stat(folder);
    return;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || above === path.resolve(folder)) throw error;
  }
  await makeFolder(above);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was as quick.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  await syncFolder(above);
}

/** What stands beside a file: `NAME.dat` → `NAME.csv`, `NAME.torn`. */
export const besideOf = (file: string, extension: string): string => `${file.replace(/\.dat$/i, '')}.${extension}`;
