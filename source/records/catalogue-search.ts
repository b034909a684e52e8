import type { Window } from './loans.ts';
import { isPostgres, row, rows } from './sql.ts';
import type { Connection, Value } from './sql.ts';
import { afterPrefix, keyOf, plain, wordsOf } from './text.ts';
import { cutWord } from './title-words.ts';

/** A search reads no more of what somebody has typed (or pasted). */
const LONGEST_TEXT = 200;
/** Up to so many matches are sorted; the first of more are found by walking through the titles in their order. */
const FEW = 2000;

/** A text as full text asks for it. `open`: its last word is a beginning, so whatever begins with the text has its words. */
type Question = { readonly words: string; readonly open: boolean };

/** A short first word would find half of the catalogue as a beginning; in other scripts a letter may be a word. */
const isLongEnough = (word: string): boolean => word.length >= 3 || !/^[a-z0-9]*$/.test(word);

/** Only letters and digits reach the query language, in quotes: nothing that is typed can mean anything in it. */
function questionOf(db: Connection, text: string): Question {
  const postgres = isPostgres(db);
  const [and, or] = postgres ? [' & ', ' | '] : [' AND ', ' OR '];
  const term = (word: string, isBeginning: boolean): string =>
    postgres ? `'${word}'${isBeginning ? ':*' : ''}` : `"${word}"${isBeginning ? ' *' : ''}`;
  const words = wordsOf(text).map(cutWord);
  if (words.length === 0) return { words: postgres ? '' : '""', open: false };
  const open = words.some(isLongEnough);
  const all = words.map((word, at) => term(word, open && at === words.length - 1)).join(and);
  // An ISBN, or the beginning of one, typed with hyphens: the index has it without them too.
  const digits = /^\d[\dx\s-]*$/i.test(text) ? plain(text).replaceAll(/[\s-]/g, '') : '';
  if (digits.length < 4 || words.length < 2) return { words: all, open };
  return { words: `(${all})${or}${term(cutWord(digits), true)}`, open };
}

/** What is looked for, titles or items, group after group: those for which `where` holds. */
type Sought = {
  readonly key: 't.id' | 'i.id';
  readonly groups: readonly { readonly where: string; readonly values: readonly Value[] }[];
};

/** A search within what is sought. `first`: the record that is found by its barcode, and stands before all others. */
type Search = Sought & {
  readonly question: Question;
  readonly begun: readonly [string, string];
  readonly first: number;
};

const BEGINS = 't.match_key >= ? and t.match_key < ?';
const ALL = '1 = 1';

/** The full text of either database: the ids of titles with the words, and whether one title `t` has them. */
const fullText = (db: Connection) =>
  isPostgres(db)
    ? {
        ids: 'select w.title_id as id from title_words w where w.words @@ cast(? as tsquery)',
        // The offset keeps it a question about one title, for a walk through the titles in their order.
        has: 'exists (select 1 from title_words w where w.title_id = t.id and w.words @@ cast(? as tsquery) offset 0)',
      }
    : {
        ids: 'select rowid as id from title_words where title_words match ?',
        // The plus keeps it a question about one title, for a walk through the titles in their order.
        has: '+t.id in (select rowid from title_words where title_words match ?)',
      };

const OF_TITLE = 'i.title_id = t.id and i.deleted_at is null';
/** The items of each title, after the title: left alone, either database would rather look at all items that there are. */
const itemsOf = (db: Connection): string =>
  isPostgres(db)
    ? `cross join lateral (select i.id, i.library, i.title_id, i.deleted_at from items i where ${OF_TITLE} offset 0) i`
    : 'cross join items i';

/** In each group: how many begin with the text, and how many others have its words. One statement, one look into the full text. */
async function countsOf(db: Connection, search: Search): Promise<{ begun: number; rest: number }[]> {
  const { question, begun, first, key, groups } = search;
  const columns = groups.map(({ where }, at) => `count(case when ${where} then 1 end) as n${at}`).join(', ');
  const places = groups.flatMap(({ values }) => values);
  const items = itemsOf(db);
  const titles = key === 't.id' ? 'titles t' : `titles t ${items}`;
  const other = key === 't.id' ? 't.id <> ?' : `${OF_TITLE} and i.id <> ?`;
  // Where words are counted no title has to be read, unless titles are asked something more.
  const hits = groups.every(({ where }) => where === ALL) ? 'hits t' : 'hits join titles t on t.id = hits.id';
  const counted = await rows<Record<string, number>>(
    db,
    `with hits as materialized (${fullText(db).ids})
     select 0 as part, ${columns} from ${key === 't.id' ? hits : `hits t ${items}`} where ${other}
     union all select 1 as part, ${columns} from ${titles} where ${BEGINS} and ${other}
     union all select 2 as part, ${columns} from ${titles}
       where ${question.open ? '1 = 0' : ALL} and ${BEGINS} and +t.id in (select id from hits) and ${other}
     order by part`,
    [question.words, ...places, first, ...places, ...begun, first, ...places, ...begun, first],
  );
  const [worded, started, both] = counted;
  return groups.map((_, at) => {
    const begunHere = started?.[`n${at}`] ?? 0;
    const counts = { worded: worded?.[`n${at}`] ?? 0, both: both?.[`n${at}`] ?? 0 };
    return { begun: begunHere, rest: counts.worded - (question.open ? begunHere : counts.both) };
  });
}

/** Part of what is found: how much, and how a window of it is read. */
type Part = { readonly count: number; readonly ids: (window: Window) => Promise<number[]> };

/** In each group what begins with the text, then the others with its words; each in the order of titles. */
async function partsOf(db: Connection, search: Search): Promise<Part[]> {
  const { question, begun, first, key, groups } = search;
  const text = fullText(db);
  const from = key === 't.id' ? 'titles t where t.id <> ?' : `titles t ${itemsOf(db)} where ${OF_TITLE} and i.id <> ?`;
  const read = async (
    condition: string,
    given: readonly Value[],
    { offset, limit }: Window,
    by = 't.match_key',
  ): Promise<number[]> => {
    const order = key === 't.id' ? `${by}, t.id` : `${by}, t.id, i.id`;
    const found = await rows<{ id: number }>(
      db,
      `select ${key} as id from ${from} and ${condition} order by ${order} limit ? offset ?`,
      [first, ...given, limit, offset],
    );
    return found.map((one) => one.id);
  };
  const counts = await countsOf(db, search);
  const total = counts.reduce((sum, one) => sum + one.rest, 0);
  // What is sorted goes by an expression: it keeps PostgreSQL from walking through all titles for a handful of them.
  const worded = ({ offset }: Window): [condition: string, by: string] =>
    total > FEW && offset < FEW ? [text.has, 't.match_key'] : [`t.id in (${text.ids})`, "t.match_key || ''"];
  return groups.flatMap(({ where, values }, at) => [
    {
      count: counts[at]?.begun ?? 0,
      ids: async (window) => read(`${BEGINS} and ${where}`, [...begun, ...values], window),
    },
    {
      count: counts[at]?.rest ?? 0,
      ids: async (window) => {
        const [condition, by] = worded(window);
        const given = [...begun, question.words, ...values];
        return read(`not (${BEGINS}) and ${condition} and ${where}`, given, window, by);
      },
    },
  ]);
}

/** A window over parts that follow each other. */
async function windowOver(parts: readonly Part[], { offset, limit }: Window): Promise<number[]> {
  const ids: number[] = [];
  let before = 0;
  for (const part of parts) {
    const start = Math.max(0, offset - before);
    const wanted = Math.min(limit - ids.length, part.count - start);
    if (wanted > 0) ids.push(...(await part.ids({ offset: start, limit: wanted })));
    before += part.count;
  }
  return ids;
}

/** What somebody has typed, as it is searched, and the range of keys of the titles that begin with it; undefined: nothing. */
export function askedOf(text: string): { asked: string; begun: [string, string] } | undefined {
  const asked = text.replaceAll('\0', '').slice(0, LONGEST_TEXT).toWellFormed().trim();
  const beginning = plain(asked);
  return beginning === '' ? undefined : { asked, begun: [beginning, afterPrefix(beginning)] };
}

type Scanned = { readonly id: number; readonly title_id: number; readonly library: string };

/** The parts of a search, with what its text finds as a barcode before them. */
async function windowFound(
  db: Connection,
  text: string,
  window: Window,
  { first, ...sought }: Sought & { first: (scanned: Scanned) => Promise<number | undefined> },
): Promise<{ total: number; ids: number[] }> {
  const reading = askedOf(text);
  if (!reading) return { total: 0, ids: [] };
  const { asked, begun } = reading;
  const scanned = await row<Scanned>(
    db,
    'select id, title_id, library from items where barcode_key = ? and deleted_at is null',
    [keyOf(asked)],
  );
  const only = scanned && (await first(scanned));
  const parts: Part[] = only === undefined ? [] : [{ count: 1, ids: async () => [only] }];
  const question = questionOf(db, asked);
  parts.push(...(await partsOf(db, { ...sought, question, begun, first: only ?? 0 })));
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  return { total, ids: await windowOver(parts, window) };
}

const HOLDING_THERE =
  'exists (select 1 from holdings h where h.title_id = t.id and h.library = ? and h.deleted_at is null)';

/**
 * The titles that a text finds (TAB-05), by the full text of either database: every word must match, the last one as a
 * beginning; accents, case and punctuation do not count; an ISBN finds the book with or without hyphens, of ten or thirteen
 * digits; a barcode, exactly, finds its title. A single word of one or two letters must be a whole word, or begin the
 * title. `library`: only titles with a holding there. The exact total, and the ids of a window in a stable order: the
 * title of a barcode, titles that begin with the text, the others; each in the order of titles.
 */
export async function titlesFound(
  db: Connection,
  text: string,
  { library = null, window }: { readonly library?: string | null; readonly window: Window },
): Promise<{ total: number; ids: number[] }> {
  const group = library === null ? { where: ALL, values: [] } : { where: HOLDING_THERE, values: [library] };
  const first = async ({ title_id: id }: Scanned): Promise<number | undefined> => {
    if (library === null) return id;
    return (
      await row<{ id: number }>(db, `select t.id from titles t where t.id = ? and ${HOLDING_THERE}`, [id, library])
    )?.id;
  };
  return windowFound(db, text, window, { key: 't.id', groups: [group], first });
}

/**
 * The items of the titles that a text finds, as `titlesFound` does: the item with that barcode, then those of the library
 * `here`, then all others. `library`: only items of that one.
 */
export async function itemsFound(
  db: Connection,
  text: string,
  { here, library = null, window }: { here: string | null; library?: string | null; window: Window },
): Promise<{ total: number; ids: number[] }> {
  const own = library ?? here;
  const groups = own === null ? [{ where: ALL, values: [] }] : [{ where: 'i.library = ?', values: [own] }];
  if (library === null && own !== null) groups.push({ where: 'i.library <> ?', values: [own] });
  return windowFound(db, text, window, {
    key: 'i.id',
    groups,
    first: async (scanned) => (library === null || scanned.library === library ? scanned.id : undefined),
  });
}
