import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { holdFile, readFileToUpload } from '../offline/index.ts';
import type { HeldFile, JournalProblem, OfflineFile } from '../offline/index.ts';
import type { Context } from './context.ts';
import { refused } from './failure.ts';

/** A file of offline transactions that has been read. */
export type FileToUpload = {
  /** As it was typed. */
  readonly file: string;
  readonly content: OfflineFile;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string;
};

/** A file that nobody else writes until it is released; `because`: why nobody could see to that, so that it cannot be archived. */
export type HeldUpload = { readonly held: HeldFile } | { readonly held: null; readonly because: JournalProblem };

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | null)?.code ?? '';

/** Archived copies of a file that is not there any more, the latest last (OFF-06). */
async function archivedCopies(file: string): Promise<string[]> {
  const folder = path.join(path.dirname(file), 'archive');
  const name = path.basename(file).replace(/\.dat$/i, '');
  const names = await readdir(folder).catch(() => []);
  const stamped = (one: string): boolean =>
    one.startsWith(`${name}-`) && /^-\d{8}-\d{4}(?:-\d+)?\.dat$/.test(one.slice(name.length));
  return names
    .filter(stamped)
    .toSorted()
    .map((one) => path.join(folder, one));
}

/** Throws Failure where there is no file, and says so where it has been archived. */
async function checkFile({ words }: Context, file: string): Promise<void> {
  const { refusal } = words.commands;
  try {
    if (!(await stat(file)).isFile()) throw refused(refusal.notReadable(file));
  } catch (error) {
    if (codeOf(error) === '') throw error;
    if (codeOf(error) !== 'ENOENT') throw refused(refusal.notReadable(file));
    const copies = await archivedCopies(file);
    throw refused(copies.length > 0 ? words.uploads.gone(file, copies) : refusal.noFile(file));
  }
}

/** Keeps others from writing a file, as long as it is read, uploaded and archived. Throws Failure where a desk has it open. */
export async function hold(context: Context, file: string): Promise<HeldUpload> {
  await checkFile(context, file);
  const held = await holdFile(file);
  if (held.kind === 'held') return { held };
  if (held.problem === 'locked') throw refused(context.words.uploads.inUse(file));
  return { held: null, because: held.problem };
}

/** Reads a file of offline transactions, whatever is in it (OFF-07). Throws Failure where it cannot be read at all. */
export async function readUpload(context: Context, file: string): Promise<FileToUpload> {
  await checkFile(context, file);
  try {
    return { file, ...(await readFileToUpload(file)) };
  } catch (error) {
    if (codeOf(error) === '') throw error;
    throw refused(context.words.commands.refusal.notReadable(file));
  }
}
