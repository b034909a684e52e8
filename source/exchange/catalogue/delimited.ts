import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { asUtf8, startOf, textOf } from '../delimited-text.ts';
import type { Encoding } from './charsets/encodings.ts';
import type { Codes } from './codes.ts';
import { delimiterOf } from '../column-names.ts';
import { columnsOf } from './columns.ts';
import { Draft } from './draft.ts';
import { wrongFile } from './entry.ts';
import type { CatalogueEntry } from './entry.ts';
import { itemFrom } from './item-fields.ts';
import type { SpotOf } from './item-fields.ts';
import type { Column, ImportMapping } from './mapping.ts';
import type { LocalProblem } from './problems.ts';
import { cutTo, isbnIn, issnIn, yearIn } from './text.ts';

export type DelimitedReading = { readonly codes: Codes; readonly mapping: ImportMapping; readonly encoding?: Encoding };

/** Bytes of a row. */
const MOST_BYTES = 500_000;

type Row = { readonly cells: readonly string[]; readonly line: number; readonly bytes: number };
type Skipped = { readonly skipped: string; readonly line: number };

/** Rows, their cells as bytes in Latin-1; what is not well formed is skipped and said. */
async function* rowsOf(chunks: AsyncIterable<Uint8Array>, delimiter: string): AsyncGenerator<Row | Skipped> {
  const skipped: Skipped[] = [];
  const parser = parse({
    delimiter,
    encoding: 'latin1',
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MOST_BYTES,
    on_skip: (error) => {
      skipped.push({ skipped: error?.code ?? '', line: parser.info.lines });
      return undefined;
    },
  });
  const source = Readable.from(chunks, { objectMode: false });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const one of parser) {
      const { record, info } = one as { record: string[]; info: { lines: number; bytes: number } };
      // The parser is ahead of us: what it has skipped stands where its line is.
      while (skipped[0] !== undefined && skipped[0].line < info.lines) yield* skipped.splice(0, 1);
      yield { cells: record, line: info.lines, bytes: info.bytes };
    }
  } finally {
    source.destroy();
  }
  yield* skipped;
}

/** Makes a row an entry. */
class Rows {
  readonly #columns: readonly (Column | undefined)[];
  readonly #header: readonly string[];
  readonly #reading: DelimitedReading;

  constructor(header: readonly string[], reading: DelimitedReading) {
    this.#header = header;
    this.#columns = columnsOf(header, reading.mapping);
    this.#reading = reading;
  }

  /** A column that no file can do without, and that this one has not. */
  get missing(): Column | undefined {
    return (['barcode', 'title'] as const).find((one) => !this.#columns.includes(one));
  }

  #spot(column: Column, line: number): { field: string; line: number } {
    return { field: this.#header[this.#columns.indexOf(column)] ?? column, line };
  }

  entry({ cells, line, bytes }: Row): CatalogueEntry {
    const base = { bytes, control: null, spots: [], lost: 0 };
    if (cells.length !== this.#columns.length) {
      const problem: LocalProblem = {
        problem: 'wrong-columns',
        found: cells.length,
        allowed: this.#columns.length,
        line,
      };
      return { ...base, record: null, problems: [problem] };
    }
    const draft = new Draft();
    const text = (column: Column, bytesAllowed?: number): string | null => {
      const at = this.#columns.indexOf(column);
      const cell = at < 0 ? '' : (cells[at] ?? '');
      if (cell === '') return null;
      const spot = this.#spot(column, line);
      const written = textOf(cell, this.#reading.encoding);
      if (written.mislabelled) draft.report('mislabelled', { declared: 'utf-8', used: written.used }, spot);
      const whole = draft.clean(written.text, spot);
      return (bytesAllowed === undefined ? draft.within(whole, spot) : draft.within(whole, spot, bytesAllowed)) || null;
    };
    const rejected = (): CatalogueEntry => ({ ...base, lost: 0, record: null, problems: draft.problems });
    const title = text('title', 1500);
    if (title === null) {
      draft.report('no-title', {}, this.#spot('title', line));
      return rejected();
    }
    const number = text('isbn');
    const isbn = number === null ? null : (isbnIn(number)?.isbn ?? issnIn(number) ?? null);
    if (number !== null && (isbn === null || isbnIn(number)?.valid === false))
      draft.report('bad-isbn', { found: cutTo(number, 80) }, this.#spot('isbn', line));
    const place = (column: Column): string[] => [text(column)].filter((one) => one !== null);
    const spotOf: SpotOf = (part) => this.#spot(part, line);
    const said = {
      barcode: text('barcode'),
      libraries: place('library'),
      locations: place('location'),
      material: text('material'),
      policy: text('policy'),
      description: text('description'),
      callNumber: text('callNumber'),
      fulfilmentNote: text('fulfilmentNote'),
      publicNote: text('publicNote'),
      internalNote: text('internalNote'),
    };
    const item = itemFrom(said, 'BOOK', { codes: this.#reading.codes, draft, spotOf });
    if (!item) return rejected();
    const record = {
      attach: true,
      title: {
        controlKey: null,
        title,
        author: text('author', 400),
        isbn,
        resourceType: 'BOOK' as const,
        publisher: text('publisher'),
        year: yearIn(text('year') ?? '') ?? null,
        subjects: null,
      },
      items: [item],
      holdings: [],
    };
    return { ...base, record, spots: [spotOf('barcode')], problems: draft.problems };
  }
}

/** Reads delimited items: a header, then a row for each; columns may be in any order. `first`: the file's first bytes. */
export async function* readDelimited(
  first: Uint8Array,
  chunks: AsyncIterable<Uint8Array>,
  reading: DelimitedReading,
): AsyncGenerator<CatalogueEntry> {
  const delimiter = delimiterOf(startOf(first).split(/[\r\n]/, 1)[0] ?? '');
  let rows: Rows | undefined;
  for await (const row of rowsOf(asUtf8(first, chunks), delimiter)) {
    if ('skipped' in row) {
      const problem: LocalProblem = { problem: 'not-delimited', detail: row.skipped, line: row.line };
      yield { bytes: 0, control: null, record: null, spots: [], lost: 0, problems: [problem] };
    } else if (rows) yield rows.entry(row);
    else {
      const header = row.cells.map((cell) => textOf(cell, reading.encoding).text.trim());
      rows = new Rows(header, reading);
      if (rows.missing !== undefined) {
        yield wrongFile({ problem: 'missing-column', found: rows.missing, line: row.line });
        return;
      }
    }
  }
}
