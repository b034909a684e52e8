import { insertMany, isPostgres, rows, truth } from './sql.ts';
import type { Connection } from './sql.ts';
import { isbnForms, plain, wordsOf } from './text.ts';

/** A longer word is cut: full text has no use for more, and PostgreSQL refuses much more. */
const LONGEST_WORD = 60;
/** Ids in one statement. */
const BATCH = 400;

/** A word as full text has it. */
export const cutWord = (word: string): string => word.slice(0, LONGEST_WORD).toWellFormed();

/**
 * What stands before words that are only meant in one field, before libraries and the first letters of a title, and for
 * titles that patrons do not see: letters of private use, which no word that is written or typed has.
 */
const MARKS = {
  title: '\uE000',
  author: '\uE001',
  subject: '\uE002',
  isbn: '\uE003',
  library: '\uE004',
  hidden: '\uE005',
  beginning: '\uE006',
} as const;

/** The fields that patrons search by, one at a time (KIO-01). */
export type TitleField = 'title' | 'author' | 'subject' | 'isbn';

/** A word that is meant in one field. */
export const inField = (field: TitleField, word: string): string => MARKS[field] + word;
/** What every title has that patrons see at a library. Any code is a word as that. */
export const atLibrary = (code: string): string => MARKS.library + Buffer.from(code).toString('hex');
/** What every title has that begins with that letter or digit, or those two: too many for their words to be looked for. */
export const beginningWith = (letters: string): string => MARKS.beginning + letters;
/** What every title has that patrons do not see: suppressed, or nowhere to be found. */
export const HIDDEN: string = MARKS.hidden;

/** What would make letters of a terminal's escape sequence part of the next word. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const SEQUENCES = /\u001B\[[0-?]*[ -/]*[@-~]/gu;

const wordsIn = (text: string | null): string[] => wordsOf((text ?? '').replaceAll(SEQUENCES, ' ')).map(cutWord);

/** The digits of an ISBN or ISSN; of an ISBN in both of its forms. */
export function numbersIn(isbn: string): string[] {
  const digits = isbn.toLowerCase().replaceAll(/[^\dx]/g, '');
  return [...new Set([...isbnForms(isbn), ...(digits.length < 8 ? [] : [cutWord(digits)])])];
}

/** What a title is found by. */
export type IndexedTitle = {
  readonly title: string;
  readonly author: string | null;
  readonly isbn: string | null;
  /** One on each line. */
  readonly subjects: string | null;
  readonly suppressed: boolean;
  /** Where it has holdings. */
  readonly libraries: readonly string[];
  /** Call numbers and descriptions of its holdings and items. */
  readonly below: readonly (string | null)[];
};

const joined = (words: readonly string[]): string => [...new Set(words)].join(' ');

/**
 * The words of a title as its two lines of full text have them, separated by spaces: all of them, wherever they stand
 * (`title_words`), and those of each field (`title_fields`); in both, the libraries that have it.
 */
export function wordsFor(one: IndexedTitle): { readonly words: string; readonly fields: string } {
  const title = wordsIn(one.title);
  const author = wordsIn(one.author);
  const subject = wordsIn(one.subjects);
  const numbers = numbersIn(one.isbn ?? '');
  const isHidden = one.suppressed || one.libraries.length === 0;
  const [first = ''] = /^[a-z0-9]{0,2}/.exec(plain(one.title.trim())) ?? [];
  const begins = Array.from(first, (_, at) => beginningWith(first.slice(0, at + 1)));
  const marks = [...begins, ...(isHidden ? [HIDDEN] : one.libraries.map(atLibrary))];
  return {
    words: joined([
      ...title,
      ...author,
      ...subject,
      ...wordsIn(one.isbn),
      ...numbers,
      ...one.below.flatMap(wordsIn),
      ...marks,
    ]),
    fields: joined([
      ...title.map((word) => inField('title', word)),
      ...author.map((word) => inField('author', word)),
      ...subject.map((word) => inField('subject', word)),
      ...numbers.map((word) => inField('isbn', word)),
      ...marks,
    ]),
  };
}

type Title = Pick<IndexedTitle, 'title' | 'author' | 'isbn' | 'subjects'> & {
  readonly id: number;
  readonly suppressed: unknown;
};
type Below = {
  readonly title_id: number;
  readonly library: string | null;
  readonly call_number: string | null;
  readonly description: string | null;
};

type Line = { readonly id: number; readonly words: string; readonly fields: string };

/** The words of titles that have not been deleted. */
async function linesOf(db: Connection, ids: readonly number[]): Promise<Line[]> {
  const these = ids.map(() => '?').join(', ');
  const titles = await rows<Title>(
    db,
    `select id, title, author, isbn, subjects, suppressed from titles where id in (${these}) and deleted_at is null`,
    ids,
  );
  const below = await rows<Below>(
    db,
    `select title_id, null as library, call_number, description from items where title_id in (${these})
       and deleted_at is null and (call_number is not null or description is not null)
     union select title_id, library, call_number, null from holdings where title_id in (${these}) and deleted_at is null`,
    [...ids, ...ids],
  );
  const texts = new Map<number, (string | null)[]>();
  const places = new Map<number, string[]>();
  for (const { title_id: id, library, call_number: callNumber, description } of below) {
    const known = texts.get(id);
    if (known) known.push(callNumber, description);
    else texts.set(id, [callNumber, description]);
    if (library !== null) places.set(id, [...(places.get(id) ?? []), library]);
  }
  return titles.map(({ id, suppressed, ...one }) => ({
    id,
    ...wordsFor({
      ...one,
      suppressed: truth(suppressed),
      libraries: places.get(id) ?? [],
      below: texts.get(id) ?? [],
    }),
  }));
}

async function writeWords(
  db: Connection,
  table: 'title_words' | 'title_fields',
  ids: readonly number[],
  lines: readonly { readonly id: number; readonly words: string }[],
): Promise<void> {
  const these = ids.map(() => '?').join(', ');
  if (!isPostgres(db)) {
    await rows(db, `delete from ${table} where rowid in (${these})`, ids);
    await insertMany(
      db,
      table,
      lines.map(({ id, words }) => ({ rowid: id, words })),
    );
    return;
  }
  await rows(db, `delete from ${table} where title_id in (${these})`, ids);
  if (lines.length === 0) return;
  // Words as they are: PostgreSQL's own parser would make others of hyphens, addresses and numbers.
  const values = lines.map(() => "(cast(? as integer), array_to_tsvector(string_to_array(?, ' ')))").join(', ');
  const given = lines.flatMap(({ id, words }) => [id, words]);
  await rows(db, `insert into ${table} (title_id, words) values ${values}`, given);
}

/** What long numbers and marks have before them: nobody looks for words that begin so. */
const NO_WORD = /^(?:\p{Co}|\d{6})/u;

/** The words of a line of full text that others may begin with. */
export const vocabularyIn = (words: string): string[] =>
  words.split(' ').filter((one) => one !== '' && !NO_WORD.test(one));

/** Remembers which words there are. They stay when their titles go: one that finds nothing does no harm. */
async function rememberWords(db: Connection, lines: readonly { readonly words: string }[]): Promise<void> {
  const words = [...new Set(lines.flatMap((one) => vocabularyIn(one.words)))];
  const list = isPostgres(db) ? 'json_array_elements_text(cast(? as json)) as n(value)' : 'json_each(?) as n';
  await rows(
    db,
    `insert into title_vocabulary (word) select n.value from ${list}
     where not exists (select 1 from title_vocabulary v where v.word = n.value)`,
    [JSON.stringify(words)],
  );
}

async function indexBatch(db: Connection, ids: readonly number[]): Promise<void> {
  const lines = await linesOf(db, ids);
  await writeWords(db, 'title_words', ids, lines);
  await writeWords(
    db,
    'title_fields',
    ids,
    lines.map(({ id, fields }) => ({ id, words: fields })),
  );
  await rememberWords(db, lines);
}

/**
 * Writes anew what titles are found by (TAB-05, KIO-01): the plain words of title, author, subjects, ISBN (with and without
 * hyphens, of ten and of thirteen digits), and of the call numbers and descriptions below them; where they are, and whether
 * patrons see them; nothing for deleted titles. Seven statements for 400 titles. To be called in the transaction of whatever
 * has changed a title, a holding or an item.
 */
export async function indexTitles(db: Connection, titleIds: Iterable<number>): Promise<void> {
  const ids = [...new Set(titleIds)];
  for (let start = 0; start < ids.length; start += BATCH) await indexBatch(db, ids.slice(start, start + BATCH));
}

/** Writes the words of every title anew: what a migration could fill in of them is not all, nor the same on both databases. */
export async function indexAllTitles(db: Connection): Promise<void> {
  for (let last = 0; ;) {
    const found = await rows<{ id: number }>(db, 'select id from titles where id > ? order by id limit ?', [
      last,
      BATCH,
    ]);
    const ids = found.map((one) => one.id);
    if (ids.length === 0) return;
    await indexTitles(db, ids);
    last = ids.at(-1) ?? last;
  }
}
