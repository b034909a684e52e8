import { hash } from 'node:crypto';
import type { CardProblem } from '../../circulation/card-system.ts';
import type { Encoding } from '../catalogue/charsets/encodings.ts';
import { delimiterOf } from '../column-names.ts';
import { asUtf8, startOf, textOf } from '../delimited-text.ts';
import type { PatronReadingHow } from './alma-xml.ts';
import { checkPatron } from './check.ts';
import { columnsOf } from './columns.ts';
import { LONGEST_LINE, rowsOf } from './lines.ts';
import type { Row } from './lines.ts';
import type { Column } from './mapping.ts';
import type { PatronEntry, ReadPatron, Said, SaidPatron } from './said.ts';

export type DelimitedHow = PatronReadingHow & { readonly encoding?: Encoding };

/** Several codes in one cell. */
const BETWEEN_CODES = /[|,+\s]+/;

/** Columns that no file can do without. */
const NEEDED = ['primaryId', 'lastName'] as const;

/** Makes rows of a file entries, by its header. */
export class RowReader {
  readonly #header: readonly string[];
  readonly #columns: readonly (Column | undefined)[];
  readonly #places: ReadonlyMap<Column, number>;
  readonly #how: DelimitedHow;
  readonly #salt: string;

  constructor(header: readonly string[], how: DelimitedHow) {
    this.#header = header.map((one) => textOf(one, how.encoding).text.trim());
    this.#how = how;
    this.#columns = columnsOf(this.#header, how.codes.mapping);
    this.#places = new Map(this.#columns.flatMap((one, at) => (one === undefined ? [] : [[one, at] as const])));
    this.#salt = `${how.codes.salt}${this.#header.join('\u0001')}`;
  }

  /** A column that is needed, and that this file has not. */
  get missing(): Column | undefined {
    const needed: readonly Column[] =
      this.#how.codes.mapping.defaults.group === undefined ? [...NEEDED, 'group'] : NEEDED;
    return needed.find((one) => !this.#places.has(one));
  }

  #said(cells: readonly string[], line: number, noticed: CardProblem[]): (column: Column) => Said | undefined {
    return (column) => {
      const at = this.#places.get(column);
      if (at === undefined) return undefined;
      const spot = { line, field: this.#header[at] ?? column };
      const { text, used, mislabelled } = textOf(cells[at] ?? '', this.#how.encoding);
      if (mislabelled) noticed.push({ ...spot, problem: 'mislabelled', found: 'utf-8', other: used });
      return { text, spot };
    };
  }

  #patron(cells: readonly string[], line: number): SaidPatron {
    const problems: CardProblem[] = [];
    const said = this.#said(cells, line, problems);
    const some = (...columns: readonly Column[]): boolean => columns.some((one) => this.#places.has(one));
    const each = (...columns: readonly Column[]): Said[] => columns.flatMap((one) => said(one) ?? []);
    const contacts = (...columns: readonly Column[]): SaidPatron['emails'] =>
      some(...columns)
        ? columns.flatMap((column) => {
            const value = said(column);
            return value ? [{ value, type: column === 'mobile' ? 'mobile' : null, preferred: false }] : [];
          })
        : undefined;
    const identifiers = (['unr', 'card', 'barcode'] as const).flatMap((column) => {
      const value = said(column);
      return value ? [{ type: column.toUpperCase(), value }] : [];
    });
    const statistics = said('statistics');
    const note = said('note');
    const address = {
      lines: each('address', 'address2', 'address3'),
      city: said('city'),
      postalCode: said('postalCode'),
      country: said('country'),
      type: null,
      preferred: false,
      spot: { line },
    };
    return {
      spot: { line },
      primaryId: said('primaryId'),
      lastName: said('lastName'),
      firstName: said('firstName'),
      group: said('group'),
      campus: said('campus'),
      category: said('category'),
      language: said('language'),
      birthDate: said('birthDate'),
      expiry: said('expiry'),
      purge: said('purge'),
      status: said('status'),
      identifiers: some('unr', 'card', 'barcode') ? identifiers : undefined,
      emails: contacts('email', 'email2'),
      phones: contacts('phone', 'mobile'),
      addresses: some('address', 'city', 'postalCode') ? [address] : undefined,
      statistics: statistics?.text
        .split(BETWEEN_CODES)
        .filter(Boolean)
        .map((text) => ({ text, spot: statistics.spot })),
      notes: note && [{ text: note, popup: false, visible: false }],
      problems,
    };
  }

  /** Reads a row. */
  read(row: Row, raw: string | null): ReadPatron {
    const { line } = row;
    const refused = (problem: CardProblem, identifier: string | null = null): ReadPatron => ({
      record: null,
      identifier,
      problems: [problem],
    });
    if ('broken' in row) {
      const other = row.broken === 'record-too-long' ? { other: String(LONGEST_LINE) } : {};
      return refused({ line, problem: row.broken, ...other });
    }
    const { length } = this.#columns;
    const { cells } = row;
    // What a spreadsheet adds at the end of its lines.
    if (cells.length < length || cells.slice(length).some((one) => one.trim() !== ''))
      return refused(
        { line, problem: 'wrong-columns', found: String(cells.length), other: String(length) },
        this.#key(row),
      );
    return checkPatron(this.#patron(cells, line), this.#how.codes, this.#how.today, raw);
  }

  #key(row: Row): string | null {
    const cell = 'cells' in row ? row.cells[this.#places.get('primaryId') ?? -1] : undefined;
    return cell === undefined ? null : textOf(cell, this.#how.encoding).text.trim() || null;
  }

  entry(row: Row): PatronEntry {
    const raw = hash('sha1', `${this.#salt}${row.text}`, 'base64url').slice(0, 12);
    const { line, bytes } = row;
    return { kind: 'record', line, key: this.#key(row), raw, bytes, read: () => this.read(row, raw) };
  }
}

/** Reads delimited card holders: a header, then a row for each; columns may be in any order. `first`: the file's first bytes. */
export async function* readDelimitedPatrons(
  first: Uint8Array,
  chunks: AsyncIterable<Uint8Array>,
  how: DelimitedHow,
): AsyncGenerator<PatronEntry> {
  const delimiter = delimiterOf(startOf(first).split(/[\r\n]/, 1)[0] ?? '');
  let reader: RowReader | undefined;
  for await (const row of rowsOf(asUtf8(first, chunks), delimiter)) {
    if (reader) {
      yield reader.entry(row);
      continue;
    }
    reader = new RowReader('cells' in row ? row.cells : [], how);
    if (reader.missing === undefined) continue;
    const problem: CardProblem = { problem: 'missing-column', found: reader.missing, line: row.line };
    yield { kind: 'file', problem, bytes: row.bytes };
    return;
  }
}
