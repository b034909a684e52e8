import { parse } from 'csv-parse/sync';

/** A line of a file, in Latin-1 (each character a byte), without its end. `bytes`: of the file until here. */
type FileLine = { readonly text: string; readonly number: number; readonly bytes: number };

/** A row of a delimited file, its cells as bytes in Latin-1, or why it is none. */
export type Row = { readonly line: number; readonly bytes: number; readonly text: string } & (
  | { readonly cells: readonly string[] }
  | { readonly broken: 'not-delimited' | 'record-too-long' }
);

/** Bytes of a line. */
export const LONGEST_LINE = 500_000;
/** Lines that a quoted cell may go over. */
const MOST_LINES = 20;

/** The lines of a file, in bounded memory: a line that is too long comes as its beginning only. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine> {
  let held = '';
  let number = 0;
  let bytes = 0;
  const take = (text: string): FileLine => {
    number += 1;
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, number, bytes };
  };
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    const parts = `${held}${Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')}`.split(
      '\n',
    );
    held = parts.pop() ?? '';
    for (const one of parts) yield take(one);
    if (held.length > LONGEST_LINE) held = held.slice(0, LONGEST_LINE + 1);
  }
  if (held !== '') yield take(held);
}

/** The cells of a line that is whole; undefined: a quote is open; null: it is no row. */
export function cellsOf(text: string, delimiter: string): readonly string[] | undefined | null {
  if (!text.includes('"')) return text.split(delimiter);
  try {
    const [cells] = parse(text, { delimiter, relax_quotes: true, relax_column_count: true });
    return cells ?? null;
  } catch (error) {
    return (error as { code?: unknown }).code === 'CSV_QUOTE_NOT_CLOSED' ? undefined : null;
  }
}

/** Lines that can be put back. */
class Ahead {
  readonly #lines: AsyncGenerator<FileLine>;
  readonly #back: FileLine[] = [];

  constructor(lines: AsyncGenerator<FileLine>) {
    this.#lines = lines;
  }

  async next(): Promise<FileLine | undefined> {
    const back = this.#back.shift();
    if (back) return back;
    const next = await this.#lines.next();
    return next.done === true ? undefined : next.value;
  }

  putBack(lines: readonly FileLine[]): void {
    this.#back.unshift(...lines);
  }

  async end(): Promise<void> {
    await this.#lines.return(undefined);
  }
}

/** A row whose quoted cell goes over some lines; undefined: none comes of it, and the lines after the first are as they were. */
async function joined(start: FileLine, ahead: Ahead, delimiter: string, width: number): Promise<Row | undefined> {
  const taken: FileLine[] = [];
  let text = start.text;
  while (taken.length < MOST_LINES) {
    const next = await ahead.next();
    if (!next) break;
    taken.push(next);
    text = `${text}\n${next.text}`;
    if (!next.text.includes('"')) continue;
    const cells = cellsOf(text, delimiter);
    if (cells === undefined) continue;
    if (cells !== null && cells.length === width) return { line: start.number, bytes: next.bytes, text, cells };
    break;
  }
  ahead.putBack(taken);
  return undefined;
}

/**
 * Rows of a delimited file, each by itself: a quote that nobody has closed spoils its own line only. Empty lines are passed
 * over. `chunks`: without a byte order mark.
 */
export async function* rowsOf(chunks: AsyncIterable<Uint8Array>, delimiter: string): AsyncGenerator<Row> {
  const ahead = new Ahead(linesOf(chunks));
  let width = 0;
  try {
    for (let one = await ahead.next(); one; one = await ahead.next()) {
      const { text, number: line, bytes } = one;
      if (text.trim() === '') continue;
      if (text.length > LONGEST_LINE) {
        yield { line, bytes, text: '', broken: 'record-too-long' };
        continue;
      }
      const cells = cellsOf(text, delimiter);
      const row: Row = cells
        ? { line, bytes, text, cells }
        : ((cells === undefined ? await joined(one, ahead, delimiter, width) : undefined) ?? {
            line,
            bytes,
            text,
            broken: 'not-delimited',
          });
      if (width === 0 && 'cells' in row) width = row.cells.length;
      yield row;
    }
  } finally {
    await ahead.end();
  }
}
