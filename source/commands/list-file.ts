import { unlink } from 'node:fs/promises';
import { recordExport } from '../desk/lists.ts';
import type { ExportNote } from '../desk/lists.ts';
import type { Perform, Refusal, Seat } from '../desk/perform.ts';
import { exportTable } from '../exchange/tables/index.ts';
import type { Table, TableOptions, TableOutcome } from '../exchange/tables/index.ts';
import type { Language } from '../language/index.ts';
import type { ListWords } from '../language/list-words.ts';
import { isRefusal } from './refusals.ts';

/** Excel reads the comma of a French CSV file as a decimal sign. */
export const separatorIn = (language: Language): ';' | ',' => (language === 'fr' ? ';' : ',');

/** Why a file was not written, in one sentence. */
export function notWritten(outcome: Exclude<TableOutcome, { kind: 'written' }>, lists: ListWords): string {
  return outcome.kind === 'cancelled' ? lists.cancelled : lists.fileProblem[outcome.because](outcome.file);
}

/**
 * Writes a table to a file and notes in the audit that it has left the house (REL-09); a file that cannot be noted does
 * not stay. Throws what reading the rows throws, and DatabaseAway.
 */
export async function writeAndNote(
  { perform, seat }: { readonly perform: Perform; readonly seat: Seat },
  table: Table,
  file: string,
  options: TableOptions,
  note: Omit<ExportNote, 'rows' | 'form'>,
): Promise<TableOutcome | Refusal> {
  const outcome = await exportTable(table, file, options);
  if (outcome.kind !== 'written') return outcome;
  let noted = false;
  try {
    const { rows, form } = outcome;
    const answer = await perform(seat, recordExport, { ...note, rows, form });
    if (isRefusal(answer)) return answer;
    noted = true;
    return outcome;
  } finally {
    if (!noted) await unlink(file).catch(() => undefined);
  }
}
