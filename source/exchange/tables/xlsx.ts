import type { Row, SheetData } from 'write-excel-file/node';
import { localText } from '../../circulation/time.ts';
import { safeText } from './cells.ts';
import type { Cell, TableColumn } from './cells.ts';

/** Rows of data that a workbook may have: what writes it holds it whole in memory. CSV has no such end. */
export const MOST_SHEET_ROWS = 100_000;
const LONGEST_TEXT = 32_767;
const LONGEST_NAME = 31;

/** Days and moments as our CSV has them, so that both files of a list read the same, in every language. */
const DAY = 'yyyy-mm-dd';
const MOMENT = 'yyyy-mm-dd hh:mm';
const WIDTHS: Readonly<Record<TableColumn['type'], number>> = { text: 24, number: 10, instant: 17, day: 12 };

/** Too many rows for one workbook. */
export class SheetFull extends Error {}

/** A character as a spreadsheet's own escape, which every reader takes back: `_x0063_` is c. */
const escape = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/**
 * A text as a cell holds it. What looks like an escape means itself. The library drops � (which says that something was
 * there), and takes the names that every object has (`constructor`) for texts it has met: both are written as escapes.
 */
function sheetText(text: string): string {
  const safe = safeText(text.slice(0, LONGEST_TEXT))
    .replaceAll(/_(?=x[0-9a-f]{4}_)/giu, escape)
    .replaceAll('\uFFFD', escape);
  return safe in {} ? escape(safe) + safe.slice(1) : safe;
}

/** The name of a sheet: short, without what names may not have. */
const sheetName = (name: string): string =>
  safeText(
    name
      .replaceAll(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, LONGEST_NAME),
  )
    .replaceAll('\uFFFD', ' ')
    .trim() || 'Guichet';

/** The cells of spreadsheets have no time zone: a local time or day is written as if it were UTC. */
const dateOf = (local: string): Date => new Date(local.length === 10 ? `${local}T00:00Z` : `${local}Z`);

/** A text is a text, whatever it begins with: never a formula (REL-06). */
function sheetCell(cell: Cell, type: TableColumn['type'], timeZone: string): Row[number] {
  if (cell === null || cell === '') return null;
  if (type === 'instant' && typeof cell === 'number')
    return { type: Date, value: dateOf(localText(cell, timeZone)), format: MOMENT };
  if (type === 'day' && typeof cell === 'string' && !Number.isNaN(dateOf(cell).getTime()))
    return { type: Date, value: dateOf(cell), format: DAY };
  return typeof cell === 'number' ? cell : sheetText(cell);
}

/** The heads filter the rows under them, which the library does not know of: it lets us add to the sheet. */
const filtering = (address: string) => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml: string): string => xml.replace('</sheetData>', `</sheetData><autoFilter ref="${address}"/>`),
      },
    },
  },
});

/**
 * A workbook (.xlsx) with one sheet, its heads bold, frozen and filterable; instants (UTC milliseconds) become local times
 * of `timeZone`. Throws SheetFull beyond MOST_SHEET_ROWS, before anything is made, and what reading the rows throws.
 */
export async function workbookOf(
  name: string,
  columns: readonly TableColumn[],
  rows: AsyncIterable<readonly Cell[]>,
  timeZone: string,
): Promise<Buffer> {
  const data: SheetData = [
    columns.map(({ head }) => ({ type: String, value: sheetText(head), fontWeight: 'bold' as const })),
  ];
  for await (const row of rows) {
    if (data.length > MOST_SHEET_ROWS) throw new SheetFull();
    data.push(columns.map(({ type }, at) => sheetCell(row[at] ?? null, type, timeZone)));
  }
  const [{ default: writeExcelFile }, { getCellAddress }] = await Promise.all([
    import('write-excel-file/node'),
    import('write-excel-file/utility'),
  ]);
  const last = getCellAddress(data.length - 1, Math.max(columns.length - 1, 0));
  const widths = columns.map(({ head, type }) => ({ width: Math.max(WIDTHS[type], head.length + 3) }));
  try {
    return await writeExcelFile(
      data,
      { sheet: sheetName(name), columns: widths, stickyRowsCount: 1 },
      { features: [filtering(`A1:${last}`)] },
    ).toBuffer();
  } catch (error) {
    // A text longer than any that JavaScript can hold.
    if (error instanceof RangeError) throw new SheetFull();
    throw error;
  }
}
