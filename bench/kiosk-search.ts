// KIOSK-SEARCH: the public catalogue of a million titles, searched as one types (KIO-01): each field, everywhere and at one library.
import { openHouse } from '../source/desk/house.ts';
import { NOBODY } from '../source/desk/sign-in.ts';
import type { Perform, Seat } from '../source/desk/perform.ts';
import { searchPublic } from '../source/desk/public-catalogue.ts';
import type { PublicField } from '../source/desk/public-catalogue.ts';
import { fillMillion, millionTitles } from './data-set/million.ts';
import { toulouse } from './data-set/fill.ts';
import { NOW } from './data-set/scale.ts';
import { keptFile } from './generate.ts';
import type { Measurement, Result } from './result.ts';
import type { DatabaseName } from './support/databases.ts';
import { latency } from './support/latency.ts';
import { startPostgres } from './support/postgres.ts';
import { percentile, timed } from './support/statistics.ts';

const MOST_MS = 50;
const TITLES = 1_000_000;
/** So many texts are typed into each field. */
const TEXTS = 40;
/** As many as a large, calm screen shows. */
const LINES = 12;
/** The first texts find a program that has not been used yet. */
const WARM_UP = 2;

const COMMON = [
  'histoire',
  'introduction',
  'histoire de la france',
  'introduction à la sociologie',
  'droit constitutionnel',
  'économie politique',
  'guide pratique',
  'la société',
  'théorie des ensembles',
  'les mots et les choses',
  'cours d’algèbre',
  'manuel',
  'a',
  'de',
  'd',
  'l’',
  'conception',
  'intelligence artificielle',
  'xylophage inconnu',
  'zzzz',
];

/** What is typed into each field: what titles here and there have, and common words. */
function textsFor(field: PublicField, titles: number): string[] {
  const network = toulouse();
  const some: { title: string; author: string | null; isbn: string | null; subjects: string | null }[] = [];
  for (const one of millionTitles(network, Math.min(titles, TEXTS * 60))) if (one.id % 50 === 7) some.push(one);
  const of = (pick: (one: (typeof some)[number]) => string | null): string[] => some.flatMap((one) => pick(one) ?? []);
  const authors = of((one) => one.author?.replace(',', '') ?? null);
  const isbns = of((one) => one.isbn).map((isbn, at) =>
    at % 2 === 0
      ? isbn
      : `${isbn.slice(0, 3)}-${isbn.slice(3, 4)}-${isbn.slice(4, 8)}-${isbn.slice(8, 12)}-${isbn.slice(12)}`,
  );
  const words = of((one) => one.title.slice(0, 30));
  const subjects = of((one) => one.subjects?.split('\n')[0] ?? null);
  const lists: Readonly<Record<PublicField, readonly string[]>> = {
    any: [...COMMON, ...words.slice(0, 10), ...authors.slice(0, 6), ...isbns.slice(0, 4)],
    title: [...COMMON, ...words],
    author: ['Martin', 'Dupont Jean', 'Bernard Claude', 'de', ...authors],
    subject: [...COMMON.slice(0, 14), ...subjects],
    isbn: [...isbns, '9782', '2-07', 'zz'],
  };
  return lists[field].slice(0, TEXTS);
}

const FIELDS: readonly PublicField[] = ['any', 'title', 'author', 'subject', 'isbn'];

async function open(name: DatabaseName, titles: number, say: (line: string) => void): Promise<string> {
  const make = async (url: string): Promise<void> => fillMillion(url, titles, say);
  if (name === 'SQLite') return `sqlite:${await keptFile(`titles-${titles}-`, make, say)}`;
  const url = await startPostgres();
  say(`${titles} titles on PostgreSQL`);
  await make(url);
  return url;
}

type Typed = { readonly text: string; readonly time: number; readonly total: number };

async function typed(
  perform: Perform,
  seat: Seat,
  texts: readonly string[],
  where: { readonly field: PublicField; readonly library?: string },
): Promise<Typed[]> {
  const all: Typed[] = [];
  for (const [index, whole] of texts.entries()) {
    for (let length = 1; length <= whole.length; length += 1) {
      const text = whole.slice(0, length);
      let total = 0;
      const time = await timed(async () => {
        const found = await perform(seat, searchPublic, { text, ...where, window: { offset: 0, limit: LINES } });
        if (found.kind !== 'titles') throw new Error(`not searched: ${JSON.stringify(found)}`);
        ({ total } = found);
      });
      if (index >= WARM_UP || texts.length <= WARM_UP) all.push({ text, time, total });
    }
  }
  return all;
}

export const measureKioskSearch: Measurement = async ({ databases, scale, quick, say }) => {
  const results: Result[] = [];
  const titles = Math.round(TITLES * scale);
  const codes = toulouse().libraries.map((one) => one.code);
  const [large] = codes;
  const small = codes.at(-1);
  for (const name of databases) {
    const house = openHouse(await open(name, titles, say));
    try {
      const perform = house.at(() => NOW);
      const seat: Seat = {
        staff: NOBODY,
        place: null,
        kiosk: { terminal: 'bench', library: large ?? null, patron: null },
      };
      for (const field of FIELDS) {
        const texts = textsFor(field, titles).slice(0, quick ? 6 : TEXTS);
        for (const library of [undefined, large, small]) {
          if (library === undefined && large === undefined) continue;
          const all = await typed(perform, seat, texts, library === undefined ? { field } : { field, library });
          const times = all.map((one) => one.time);
          const slowest = all.toSorted((one, other) => other.time - one.time).slice(0, 4);
          say(
            `  ${name} ${field} ${library ?? 'everywhere'}: at most ${percentile(times, 100).toFixed(1)} ms; ${slowest.map((one) => `${one.text} ${one.time.toFixed(1)} (${one.total})`).join(', ')}`,
          );
          const what = `${field === 'any' ? 'any field' : field}${library === undefined ? '' : `, at ${library}`}, as typed`;
          results.push(latency({ id: 'KIOSK-SEARCH', what, database: name }, times, MOST_MS));
        }
      }
    } finally {
      await house.close();
    }
  }
  return results;
};
