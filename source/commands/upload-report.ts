import type { ReportPart, UploadLine } from '../desk/offline-report.ts';
import type { Cell, Table, TableColumn } from '../exchange/tables/index.ts';
import { wordsIn } from '../language/index.ts';
import type { Language } from '../language/index.ts';
import type { Words } from '../language/words.ts';
import { readOfflineFile } from '../offline/index.ts';
import type { BadLineReason } from '../offline/index.ts';

/** Lines that are read at once. */
const PAGE = 500;

/** A window of the lines of a part of a report. */
export type ReadReport = (
  show: ReportPart,
  window: { readonly offset: number; readonly limit: number },
) => Promise<readonly UploadLine[]>;

/** Why a line was not applied, in words; `why` of one that cannot be read. */
export function failureText(
  reason: NonNullable<UploadLine['failure']>,
  why: BadLineReason | undefined,
  { console, uploads }: Words,
): string {
  const { failure } = console.offline.upload;
  return why === undefined ? failure[reason] : `${failure[reason]} (${uploads.badLine[why]})`;
}

/** What a line says, read once more from its text, which is not kept for ever. */
function readAgain(raw: string | null) {
  const { lines, bad } = readOfflineFile(Buffer.from(`${raw ?? ''}\n`));
  return { said: lines[0], why: bad[0]?.why };
}

const COLUMNS: readonly (readonly [keyof Words['uploads']['report']['column'], TableColumn['type']])[] = [
  ['number', 'number'],
  ['at', 'instant'],
  ['transaction', 'text'],
  ['item', 'text'],
  ['patron', 'text'],
  ['reason', 'text'],
  ['text', 'text'],
  ['title', 'text'],
  ['name', 'text'],
  ['due', 'instant'],
];

function cellsOf(line: UploadLine, words: Words): Cell[] {
  const { offline } = words.console;
  const { said, why } = readAgain(line.raw);
  const reason =
    line.failure === null
      ? line.attention.map((one) => offline.upload.look[one]).join(', ')
      : failureText(line.failure, line.failure === 'BAD_LINE' ? why : undefined, words);
  return [
    line.number,
    line.at,
    said ? offline.action[said.action === 'L' ? 'loan' : 'return'] : null,
    said?.item ?? line.barcode,
    said?.patron ?? line.card,
    reason,
    line.raw,
    line.title,
    line.patron,
    line.due,
  ];
}

async function* rowsOf(read: ReadReport, words: Words): AsyncGenerator<Cell[]> {
  for (const show of ['failed', 'attention'] as const) {
    let offset = 0;
    for (;;) {
      const lines = await read(show, { offset, limit: PAGE });
      for (const line of lines) yield cellsOf(line, words);
      if (lines.length < PAGE) break;
      offset += PAGE;
    }
  }
}

/** The report of an upload as a table (OFF-04): every line that failed, then every line that somebody should look at. */
export function uploadTable(
  read: ReadReport,
  total: number,
  language: Language,
): Table & { readonly rows: AsyncIterable<readonly Cell[]> } {
  const words = wordsIn(language);
  const { title, column } = words.uploads.report;
  return {
    name: title,
    columns: COLUMNS.map(([key, type]) => ({ head: column[key], type })),
    total,
    rows: rowsOf(read, words),
  };
}
