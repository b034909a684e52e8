import { localText } from '../../circulation/time.ts';
import { safeText, serialOf } from './cells.ts';
import type { Cell, TableColumn } from './cells.ts';
import type { ZipEntry } from './zip.ts';

/** A sheet has this many rows, with its heads. */
export const MOST_SHEET_ROWS = 1_048_576;
const LONGEST_TEXT = 32_767;
const LONGEST_NAME = 31;
/** Rows whose text is handed on at once. */
const ROWS_AT_ONCE = 200;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Formats that every spreadsheet shows in its own language: 14 a day, 22 a day with its time. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="22" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
const HEAD = 1;
const DAY = 2;
const MOMENT = 3;

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`;

const relations = (...targets: readonly (readonly [string, string])[]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text inside XML. What looks like a spreadsheet's own escape (`_x000D_`) means itself. */
const escaped = (text: string): string =>
  safeText(text)
    .replaceAll(/[&<>"]/g, (found) => MARKUP[found] ?? found)
    .replaceAll(/_(?=x[0-9a-f]{4}_)/giu, '_x005F_');

/** The name of a sheet: short, without what names may not have. */
const sheetName = (name: string): string =>
  escaped(
    name
      .replaceAll(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, LONGEST_NAME) || 'Guichet',
  );

const workbook = (name: string): string =>
  `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${sheetName(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

/** `A`, `B` … `Z`, `AA` …. */
function columnName(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** A text is a text, whatever it begins with: never a formula (REL-06). */
const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}"${style === 0 ? '' : ` s="${style}"`} t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, LONGEST_TEXT))}</t></is></c>`;

function cellText(at: string, cell: Cell, type: TableColumn['type'], timeZone: string): string {
  if (cell === null || cell === '') return '';
  if (type === 'instant' && typeof cell === 'number')
    return `<c r="${at}" s="${MOMENT}"><v>${serialOf(localText(cell, timeZone))}</v></c>`;
  if (type === 'day' && typeof cell === 'string' && !Number.isNaN(serialOf(cell)))
    return `<c r="${at}" s="${DAY}"><v>${serialOf(cell)}</v></c>`;
  return typeof cell === 'number' ? `<c r="${at}"><v>${cell}</v></c>` : textCell(at, cell, 0);
}

const WIDTHS: Readonly<Record<TableColumn['type'], number>> = { text: 24, number: 10, instant: 17, day: 12 };

const widths = (columns: readonly TableColumn[]): string =>
  columns
    .map(({ head, type }, at) => {
      const width = Math.max(WIDTHS[type], head.length + 3);
      return `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`;
    })
    .join('');

/** Too many rows for one sheet. */
export class SheetFull extends Error {}

async function* sheet(
  columns: readonly TableColumn[],
  rows: AsyncIterable<readonly Cell[]>,
  timeZone: string,
): AsyncGenerator<string> {
  const names = columns.map((_, at) => columnName(at));
  const heads = columns.map(({ head }, at) => textCell(`${names[at] ?? ''}1`, head, HEAD)).join('');
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths(columns)}</cols><sheetData><row r="1">${heads}</row>`;
  let number = 1;
  let waiting: string[] = [];
  for await (const row of rows) {
    number += 1;
    if (number > MOST_SHEET_ROWS) throw new SheetFull();
    const cells = columns.map(({ type }, at) =>
      cellText(`${names[at] ?? ''}${number}`, row[at] ?? null, type, timeZone),
    );
    waiting.push(`<row r="${number}">${cells.join('')}</row>`);
    if (waiting.length < ROWS_AT_ONCE) continue;
    yield waiting.join('');
    waiting = [];
  }
  yield `${waiting.join('')}</sheetData><autoFilter ref="A1:${names.at(-1) ?? 'A'}${number}"/></worksheet>`;
}

/** The files of a workbook with one sheet, its heads frozen and filterable; rows are written as they come. */
export function workbookFiles(
  name: string,
  columns: readonly TableColumn[],
  rows: AsyncIterable<readonly Cell[]>,
  timeZone: string,
): ZipEntry[] {
  return [
    { name: '[Content_Types].xml', text: [CONTENT_TYPES] },
    { name: '_rels/.rels', text: [relations(['officeDocument', 'xl/workbook.xml'])] },
    { name: 'xl/workbook.xml', text: [workbook(name)] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: [relations(['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml'])],
    },
    { name: 'xl/styles.xml', text: [STYLES] },
    { name: 'xl/worksheets/sheet1.xml', text: sheet(columns, rows, timeZone) },
  ];
}
