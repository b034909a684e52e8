import { randomUUID } from 'node:crypto';
import { link, open, rename, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { safeText } from './cells.ts';
import type { Cell, TableColumn } from './cells.ts';
import { csvOf } from './csv.ts';
import { MOST_SHEET_ROWS, SheetFull, workbookOf } from './xlsx.ts';

export type { Cell, TableColumn } from './cells.ts';
export { workbookOf } from './xlsx.ts';

/** A table to write; rows are read once. */
export type Table = {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  /** How many rows there are, where that is known before: too many for a sheet are refused before one is read. */
  readonly total?: number | undefined;
  readonly rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>;
};

export type TableOptions = {
  /** IANA name: dates are local. */
  readonly timeZone: string;
  /** Between the cells of CSV: `;` where the comma is the decimal sign, as in French. */
  readonly separator: ';' | ',';
  /** A file of that name may be replaced. */
  readonly replace?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with the number of rows that have been written. */
  readonly progress?: (rows: number) => void;
};

export type TableProblem =
  | 'exists'
  | 'no-folder'
  | 'no-permission'
  | 'not-a-file'
  | 'full'
  | 'too-many-rows'
  | 'unknown-form';

export type TableOutcome =
  | { readonly kind: 'written'; readonly file: string; readonly form: 'xlsx' | 'csv'; readonly rows: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly because: TableProblem; readonly file: string };

const FAILURES: Readonly<Record<string, TableProblem>> = {
  ENOENT: 'no-folder',
  ENOTDIR: 'no-folder',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  EROFS: 'no-permission',
  EISDIR: 'not-a-file',
  ENOTEMPTY: 'not-a-file',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EEXIST: 'exists',
};

/** Lists name patrons: a new file is for this user alone (REL-07). */
const OWN = 0o600;
const PROGRESS_EVERY = 1000;

/** `.xlsx` or `.csv`, whatever its case; undefined: neither. */
export function formOf(file: string): 'xlsx' | 'csv' | undefined {
  const extension = path.extname(file).toLowerCase();
  return extension === '.xlsx' ? 'xlsx' : extension === '.csv' ? 'csv' : undefined;
}

/** A file name for a list: its title without anything that a path could be made of, the day, and the form (REL-06). */
export function tableFileName(title: string, day: string, form: 'xlsx' | 'csv'): string {
  const plain = safeText(title)
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${plain === '' ? 'guichet' : plain}-${day}.${form}`;
}

/** Counts rows as they pass, and stops where that is asked for. */
async function* counted(
  rows: Table['rows'],
  count: { rows: number },
  { signal, progress }: TableOptions,
): AsyncGenerator<readonly Cell[]> {
  for await (const row of rows) {
    signal?.throwIfAborted();
    count.rows += 1;
    if (count.rows % PROGRESS_EVERY === 0) progress?.(count.rows);
    yield row;
  }
}

/** Gives a finished file its name; one that is there is replaced only on purpose. */
export async function settle(finished: string, file: string, replace: boolean): Promise<void> {
  if (replace) {
    await rename(finished, file);
    return;
  }
  try {
    // A link is refused where a file is, in one step; file systems without links need two.
    await link(finished, file);
    await unlink(finished);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || (await exists(file))) throw error;
    await rename(finished, file);
  }
}

/** What is wrong with a file that cannot be written, if that is what an error says. */
export const fileProblemOf = (error: unknown): TableProblem | undefined => FAILURES[codeOf(error)];

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | null)?.code ?? '';

const exists = async (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Writes everything into an open file, and makes sure that it is there. */
async function write(
  handle: FileHandle,
  parts: AsyncIterable<Buffer | string> | Iterable<Buffer | string>,
): Promise<void> {
  // One part after the other: none is made before the one before it has been written.
  for await (const part of parts) await handle.writeFile(part);
  await handle.sync();
}

/**
 * Writes a table to a file, `.xlsx` or `.csv` by its name (TUI-09, REL-06): into a temporary file beside it first, so that
 * a file of that name is whole or not there; one that is there already is refused unless `replace` is given. CSV is made as
 * the rows are read; a workbook is held whole, so more than MOST_SHEET_ROWS are refused before anything is written. What
 * goes wrong with the file is an answer; what goes wrong with the rows is thrown.
 */
export async function exportTable(table: Table, file: string, options: TableOptions): Promise<TableOutcome> {
  const form = formOf(file);
  if (form === undefined) return { kind: 'failed', because: 'unknown-form', file };
  const known = await stat(file).catch(() => undefined);
  if (known?.isDirectory() === true) return { kind: 'failed', because: 'not-a-file', file };
  if (known && options.replace !== true) return { kind: 'failed', because: 'exists', file };
  if (form === 'xlsx' && (table.total ?? 0) > MOST_SHEET_ROWS)
    return { kind: 'failed', because: 'too-many-rows', file };
  const temporary = path.join(path.dirname(file), `.guichet-${randomUUID()}.part`);
  const count = { rows: 0 };
  let handle: FileHandle | undefined;
  try {
    handle = await open(temporary, 'wx', OWN);
    const { name, columns } = table;
    const rows = counted(table.rows, count, options);
    const parts =
      form === 'xlsx' ? [await workbookOf(name, columns, rows, options.timeZone)] : csvOf(columns, rows, options);
    await write(handle, parts);
    await handle.close();
    // A workbook is made in one piece: who gives up meanwhile is heard here.
    options.signal?.throwIfAborted();
    await settle(temporary, file, options.replace === true);
    return { kind: 'written', file, form, rows: count.rows };
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await unlink(temporary).catch(() => undefined);
    if (options.signal?.aborted === true) return { kind: 'cancelled' };
    if (error instanceof SheetFull) return { kind: 'failed', because: 'too-many-rows', file };
    const because = FAILURES[codeOf(error)];
    if (because === undefined) throw error;
    return { kind: 'failed', because, file };
  }
}
