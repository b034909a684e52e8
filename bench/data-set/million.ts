import type { Network } from '../../source/circulation/network.ts';
import { matchKey } from '../../source/records/text.ts';
import { randomFor } from '../support/random.ts';
import { found, toulouse } from './fill.ts';
import { FIRST_NAMES, LAST_NAMES } from './names.ts';
import { postgresSink } from './postgres.ts';
import { NOW } from './scale.ts';
import { sqliteSink } from './sqlite.ts';
import type { TableRows } from './tables.ts';
import { vocabulary } from './vocabulary.ts';
import { wordTables } from './words.ts';
import type { Worded } from './words.ts';

/** A title with where its copies stand, one at each place. */
type Million = Worded & { readonly places: readonly { readonly library: string; readonly location: string }[] };

/** An ISBN of thirteen digits: two thirds of them French, of a publisher large or small. */
function isbnFrom(digits: string): string {
  const sum = Array.from(digits).reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** So many titles; the same ones each time. */
export function* millionTitles(network: Network, count: number): Generator<Million> {
  const random = randomFor('a million titles');
  const texts = vocabulary(randomFor('vocabulary'), LAST_NAMES, FIRST_NAMES);
  const places = network.libraries.flatMap(({ code, locations }) =>
    locations.filter((one) => !one.quickAdd).map((one) => ({ library: code, location: `${code}/${one.code}` })),
  );
  for (let id = 1; id <= count; id += 1) {
    const there = Array.from({ length: 1 + random.below(3) }, () => {
      const place = places[Math.floor(places.length * random.next() ** 2.5)];
      return place ? [place] : [];
    }).flat();
    const group = random.chance(0.66) ? '9782' : '9780';
    const digits = `${group}${String(random.below(100_000_000)).padStart(8, '0')}`;
    const held = [...new Map(there.map((one) => [one.location, one])).values()];
    yield {
      id,
      title: texts.title(),
      author: texts.author(),
      isbn: random.chance(0.8) ? isbnFrom(digits) : null,
      subjects: texts.subjects().join('\n') || null,
      suppressed: random.chance(0.01),
      libraries: held.map((one) => one.library),
      below: [`${random.below(1000)} ${id % 97}`],
      places: held,
    };
  }
}

function tables(network: Network, count: number): TableRows[] {
  const titles = (): Iterable<Million> => millionTitles(network, count);
  return [
    {
      table: 'titles',
      columns: ['id', 'title', 'author', 'isbn', 'subjects', 'suppressed', 'match_key', 'resource_type', 'year'],
      *rows() {
        for (const one of titles())
          yield [
            one.id,
            one.title,
            one.author,
            one.isbn,
            one.subjects,
            one.suppressed,
            matchKey(one.title, one.author),
            'BOOK',
            String(1950 + (one.id % 76)),
          ];
      },
    },
    {
      table: 'holdings',
      columns: ['id', 'title_id', 'library', 'location', 'call_number', 'created_at'],
      *rows() {
        let id = 0;
        for (const one of titles())
          for (const { library, location } of one.places)
            yield [(id += 1), one.id, library, location, one.below[0] ?? null, NOW];
      },
    },
    {
      table: 'items',
      columns:
        `id title_id holding_id barcode barcode_key library location material call_number at_library created_at`.split(
          ' ',
        ),
      *rows() {
        let id = 0;
        for (const one of titles())
          for (const { library, location } of one.places) {
            id += 1;
            const barcode = `39${String(id).padStart(9, '0')}`;
            yield [id, one.id, id, barcode, barcode, library, location, 'BOOK', one.below[0] ?? null, library, NOW];
          }
      },
    },
  ];
}

/** Fills an empty database with a catalogue of so many titles, each with one to three copies. */
export async function fillMillion(url: string, count: number, say: (line: string) => void): Promise<void> {
  const network = toulouse();
  await found(url, network);
  const kind = url.startsWith('sqlite:') ? 'sqlite' : 'postgres';
  const sink = kind === 'sqlite' ? await sqliteSink(url.slice('sqlite:'.length)) : await postgresSink(url);
  const start = performance.now();
  for (const rows of [...tables(network, count), ...wordTables(kind, () => millionTitles(network, count))]) {
    const written = await sink.write(rows);
    say(`  ${rows.table.padEnd(20)} ${String(written).padStart(9)} rows`);
  }
  await sink.finish([]);
  say(`  ${((performance.now() - start) / 1000).toFixed(0)} s in all`);
}
