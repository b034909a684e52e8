import { stringify } from 'csv-stringify';
import { pipeline, Readable } from 'node:stream';
import { localMoment, neutral } from './cells.ts';
import type { Cell, TableColumn } from './cells.ts';

export type CsvOptions = { readonly separator: ';' | ','; readonly timeZone: string };

/** A cell as CSV has it; only texts can be formulas, a number below zero is none. */
function written(cell: Cell, { type }: TableColumn, timeZone: string): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return neutral(cell);
  return type === 'instant' ? localMoment(cell, timeZone) : String(cell);
}

async function* lines(
  columns: readonly TableColumn[],
  rows: AsyncIterable<readonly Cell[]>,
  { timeZone }: CsvOptions,
): AsyncGenerator<string[]> {
  yield columns.map(({ head }) => neutral(head));
  for await (const row of rows) yield columns.map((column, at) => written(row[at] ?? null, column, timeZone));
}

/** Rows as CSV that Excel opens as it is: UTF-8 with its mark, CR LF. Made as it is read. */
export function csvOf(
  columns: readonly TableColumn[],
  rows: AsyncIterable<readonly Cell[]>,
  options: CsvOptions,
): AsyncIterable<Buffer | string> {
  const csv = stringify({ bom: true, delimiter: options.separator, record_delimiter: '\r\n' });
  // What goes wrong with the rows is thrown by whoever reads the text.
  return pipeline(Readable.from(lines(columns, rows, options)), csv, () => undefined);
}
