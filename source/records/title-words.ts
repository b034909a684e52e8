import { insertMany, isPostgres, rows } from './sql.ts';
import type { Connection } from './sql.ts';
import { isbnForms, wordsOf } from './text.ts';

/** A longer word is cut: full text has no use for more, and PostgreSQL refuses much more. */
const LONGEST_WORD = 60;
/** Ids in one statement. */
const BATCH = 400;

/** A word as full text has it. */
export const cutWord = (word: string): string => word.slice(0, LONGEST_WORD).toWellFormed();

/** What would make letters of a terminal's escape sequence part of the next word. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const SEQUENCES = /\u001B\[[0-?]*[ -/]*[@-~]/gu;

/** What a title is found by: its words, each once, separated by spaces. */
function wordsFor(texts: readonly (string | null)[], isbn: string | null): string {
  const words = [...texts, isbn].flatMap((text) => wordsOf((text ?? '').replaceAll(SEQUENCES, ' ')));
  return [...new Set([...words, ...isbnForms(isbn ?? '')].map(cutWord))].join(' ');
}

type Texts = {
  readonly id: number;
  readonly title: string;
  readonly author: string | null;
  readonly isbn: string | null;
};
type Below = { readonly title_id: number; readonly call_number: string | null; readonly description: string | null };

/** The words of titles that have not been deleted. */
async function wordsOfTitles(db: Connection, ids: readonly number[]): Promise<{ id: number; words: string }[]> {
  const these = ids.map(() => '?').join(', ');
  const titles = await rows<Texts>(
    db,
    `select id, title, author, isbn from titles where id in (${these}) and deleted_at is null`,
    ids,
  );
  const below = await rows<Below>(
    db,
    `select title_id, call_number, description from items where title_id in (${these}) and deleted_at is null
       and (call_number is not null or description is not null)
     union select title_id, call_number, null from holdings where title_id in (${these}) and deleted_at is null
       and call_number is not null`,
    [...ids, ...ids],
  );
  const texts = new Map<number, (string | null)[]>();
  for (const { title_id: id, call_number: callNumber, description } of below) {
    const known = texts.get(id);
    if (known) known.push(callNumber, description);
    else texts.set(id, [callNumber, description]);
  }
  return titles.map(({ id, title, author, isbn }) => ({
    id,
    words: wordsFor([title, author, ...(texts.get(id) ?? [])], isbn),
  }));
}

async function indexBatch(db: Connection, ids: readonly number[]): Promise<void> {
  const lines = await wordsOfTitles(db, ids);
  const these = ids.map(() => '?').join(', ');
  if (!isPostgres(db)) {
    await rows(db, `delete from title_words where rowid in (${these})`, ids);
    await insertMany(
      db,
      'title_words',
      lines.map(({ id, words }) => ({ rowid: id, words })),
    );
    return;
  }
  await rows(db, `delete from title_words where title_id in (${these})`, ids);
  if (lines.length === 0) return;
  // Words as they are: PostgreSQL's own parser would make others of hyphens, addresses and numbers.
  const values = lines.map(() => "(cast(? as integer), array_to_tsvector(string_to_array(?, ' ')))").join(', ');
  const given = lines.flatMap(({ id, words }) => [id, words]);
  await rows(db, `insert into title_words (title_id, words) values ${values}`, given);
}

/**
 * Writes anew what titles are found by (TAB-05): the plain words of title, author, ISBN (with and without hyphens, of ten
 * and of thirteen digits), and of the call numbers and descriptions below them; nothing for deleted titles. Four
 * statements for 400 titles. To be called in the transaction of whatever has changed a title, a holding or an item.
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
