import type { Window } from './loans.ts';
import { row, rows } from './sql.ts';
import type { Connection, Value } from './sql.ts';
import { afterPrefix } from './text.ts';

/** From so many matches on, the first of them are soon met on a walk through all patrons by name. */
const MANY = 3000;
/** A walk that has not met enough of them by then is given up. */
const WALK = 3000;

type Matching = { readonly sql: string; readonly values: readonly Value[] };

/**
 * Whether a patron, by the column of their number, has a word that begins so. Asked in this way, neither database can take it
 * for a reason to read all words that begin so: it looks at the two or three of that patron.
 */
const hasWord = (patron: string): string =>
  `0 < (select count(*) from patron_words w where w.patron_id = ${patron} and w.word || '' >= ? and w.word || '' < ?)`;

const range = (word: string): Value[] => [word, afterPrefix(word)];

/** The patrons that have all the words, each once: those with the longest, which fewest have, are asked for the others. */
function matching(words: readonly string[]): Matching {
  const [longest = '', ...others] = words.toSorted((one, other) => other.length - one.length);
  const found = '(select distinct patron_id from patron_words where word >= ? and word < ?) f';
  const rest = others.map(() => hasWord('f.patron_id')).join(' and ');
  return {
    sql: rest === '' ? found : `${found} where ${rest}`,
    values: [longest, ...others].flatMap(range),
  };
}

const idsOf = (found: readonly { id: number }[]): number[] => found.map((one) => one.id);

/** The first by name, met on a walk through the first patrons; undefined: not all of them are among those. */
async function walked(db: Connection, words: readonly string[], window: Window): Promise<number[] | undefined> {
  const found = await rows<{ id: number }>(
    db,
    `select p.id from (select id, sort_name from patrons order by sort_name, id limit ${WALK}) p
     where ${words.map(() => hasWord('p.id')).join(' and ')} order by p.sort_name, p.id limit ? offset ?`,
    [...words.flatMap(range), window.limit, window.offset],
  );
  return found.length === window.limit ? idsOf(found) : undefined;
}

/** A window of the matches by name; and how many there are, unless the window is empty. */
async function byName(
  db: Connection,
  { sql, values }: Matching,
  window: Window,
): Promise<{ total: number; ids: readonly number[] }> {
  // Each name is looked up by itself: PostgreSQL would rather read all patrons than two thousand of them.
  const name = '(select p.sort_name from patrons p where p.id = f.patron_id)';
  const found = await rows<{ id: number; n: number }>(
    db,
    `select f.patron_id as id, count(*) over () as n from ${sql} order by ${name}, f.patron_id limit ? offset ?`,
    [...values, window.limit, window.offset],
  );
  return { total: found[0]?.n ?? 0, ids: idsOf(found) };
}

/**
 * How many patrons have all the words in their names, each as the beginning of one, and a window of their numbers in the
 * order of names (PAT-01). As quick for the first letter, which a fifth of them have, as for a whole name (PERF-05).
 */
export async function searchNames(
  db: Connection,
  words: readonly string[],
  window: Window,
): Promise<{ total: number; ids: readonly number[] }> {
  if (words.length === 0) return { total: 0, ids: [] };
  const matches = matching(words);
  const { sql, values } = matches;
  // Of several words, whoever has them all is looked for once, for the number and for the list.
  const both = words.length > 1 ? await byName(db, matches, window) : undefined;
  if (both && both.ids.length > 0) return both;
  const total = (await row<{ n: number }>(db, `select count(*) as n from ${sql}`, values))?.n ?? 0;
  const soon = total >= MANY ? await walked(db, words, window) : undefined;
  if (soon) return { total, ids: soon };
  return { total, ids: (await byName(db, matches, window)).ids };
}
