import { access, constants, open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { PrintFailure } from '../../language/letter-words.ts';
import type { PrintJob } from './job.ts';
import { textOf } from './job.ts';

/** Undefined: done. */
export type FileProblem = { readonly because: PrintFailure; readonly detail: string } | undefined;

const FORM_FEED = '\f';
/** Never waits for a pipe that nobody reads; every write goes to the end, in one piece, whoever else writes. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK | constants.O_NOCTTY;
/** Receipts name patrons: a new file is for this user alone (REL-07). */
const OWN = 0o600;

const FAILURES: Readonly<Record<string, PrintFailure>> = {
  ENOENT: 'no-folder',
  ENOTDIR: 'no-folder',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  EROFS: 'no-permission',
  EISDIR: 'not-a-file',
  ENXIO: 'not-a-file',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
};

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | null)?.code ?? '';

const problemOf = (error: unknown): FileProblem => ({
  because: FAILURES[codeOf(error)] ?? 'unexpected',
  detail: FAILURES[codeOf(error)] === undefined ? codeOf(error) : '',
});

/**
 * Appends a job to a file, a form feed after it. It is one write to the end of the file, so that the jobs of two desks
 * never mix; a disk that takes only part of it is a problem, told. The folder must exist.
 */
export async function printToFile(file: string, job: PrintJob): Promise<FileProblem> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, APPEND, OWN);
    const bytes = Buffer.from(textOf(job, '\n') + FORM_FEED);
    const { bytesWritten } = await handle.write(bytes);
    return bytesWritten === bytes.length ? undefined : { because: 'full', detail: '' };
  } catch (error) {
    return problemOf(error);
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

/** Whether a job could be appended to a file; nothing is written or made. */
export async function lookAtFile(file: string): Promise<FileProblem> {
  try {
    const known = await stat(file).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (known?.isDirectory() === true) return { because: 'not-a-file', detail: '' };
    await access(known ? file : path.dirname(path.resolve(file)), constants.W_OK);
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}
