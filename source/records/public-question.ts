import { isPostgres, rows } from './sql.ts';
import type { Connection } from './sql.ts';
import { afterPrefix, plain } from './text.ts';
import { atLibrary, beginningWith, cutWord, HIDDEN, inField } from './title-words.ts';
import type { TitleField } from './title-words.ts';

/** What patrons search by (KIO-01). */
export const PUBLIC_FIELDS = ['any', 'title', 'author', 'subject', 'isbn'] as const;
export type PublicField = 'any' | TitleField;

/** A word that must be there, or, `open`, one that begins with it; `anywhere`, whatever the field. */
type Term = { readonly word: string; readonly open: boolean; readonly anywhere?: boolean };

/** Words that must all be there, or else that other one. `isOpen`: whatever begins with the text is among what they find. */
export type PublicQuestion = {
  readonly field: PublicField;
  readonly all: readonly Term[];
  readonly else: Term | null;
  readonly isOpen: boolean;
};

/** Words that half of the catalogue has: beside others they say nothing, and would only be slow. */
const SMALL = new Set(
  'a au aux d dans de des du en et l la le les par pour sur un une an and by for in of on the to'.split(' '),
);
/** Fewer digits begin too many ISBNs. */
const DIGITS = 6;

/** Fewer letters begin too many words; in other scripts a letter may be a word. */
const isLong = (word: string): boolean => word.length >= 3 || !/^[a-z0-9]*$/.test(word);
const isNumber = (word: string): boolean => /^\d+x?$/.test(word);

function numberQuestion(text: string): PublicQuestion[] {
  const digits = cutWord(plain(text).replaceAll(/[^\dx]/g, ''));
  if (!/\d/.test(digits)) return [];
  const term = { word: digits, open: digits.length >= DIGITS };
  return [{ field: 'isbn', all: [term], else: null, isOpen: true }];
}

/** An ISBN, or its beginning, typed with hyphens: the index has it without. */
function numberAmong(text: string, count: number): Term | null {
  const digits = /^\d[\dx\s-]*$/i.test(text) ? plain(text).replaceAll(/[\s-]/g, '') : '';
  return count > 1 && digits.length >= DIGITS ? { word: cutWord(digits), open: true } : null;
}

/**
 * What a typed text asks for in a field; if the first finds nothing, the next. The last word is a beginning. One that is too
 * short for that is a word of its own, unless it finds nothing with the others: then it says nothing yet.
 */
export function publicQuestions(text: string, field: PublicField): PublicQuestion[] {
  if (field === 'isbn') return numberQuestion(text);
  const typed = (plain(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(cutWord);
  const last = typed.at(-1);
  if (last === undefined) return [];
  const words = [...new Set(typed)];
  const telling = words.filter((word) => !SMALL.has(word));
  const isOpen = (word: string): boolean =>
    word === last && (field === 'any' && isNumber(word) ? word.length >= DIGITS : isLong(word));
  // One or two letters alone: what has them as a word, or begins with them.
  const isLetters = (field === 'any' || field === 'title') && typed.length === 1 && !isLong(last);
  const other = field === 'any' ? numberAmong(text, typed.length) : null;
  const asks = (some: readonly string[]): PublicQuestion => ({
    field,
    all: some.map((word) => ({ word, open: isOpen(word) })),
    else: isLetters ? { word: beginningWith(last), open: false, anywhere: true } : other,
    isOpen: isLetters || some.some(isOpen),
  });
  const asked = telling.length > 0 ? telling : words;
  const isUnfinished = asked.length > 1 && asked.includes(last) && !isLong(last) && !isNumber(last);
  return isUnfinished ? [asks(asked), asks(asked.filter((word) => word !== last))] : [asks(asked)];
}

/**
 * So many words in place of one beginning; of more, each is so rare that the beginning is faster. PostgreSQL takes every rare
 * word for less rare than it is, and would read all titles rather than look for very many of them.
 */
const MOST_WORDS = { sqlite: 300, postgres: 12 } as const;

/**
 * A term in the language of a full text. Whatever a beginning finds is read at once, what a word finds no further than needed:
 * so the words that there are stand in its place, but where SQLite has an index of beginnings (of three letters).
 */
async function termOf(db: Connection, { word, open }: Term, mark: string): Promise<string> {
  const postgres = isPostgres(db);
  const exactly = (one: string): string => (postgres ? `'${mark}${one}'` : `"${mark}${one}"`);
  if (!open) return exactly(word);
  const begins = postgres ? `${exactly(word)}:*` : `${exactly(word)} *`;
  if (/^\d{6}/.test(word) || (!postgres && Array.from(word).length === 3)) return begins;
  const most = MOST_WORDS[postgres ? 'postgres' : 'sqlite'];
  const sql = 'select distinct word from title_vocabulary where word >= ? and word < ? order by word limit ?';
  const words = await rows<{ word: string }>(db, sql, [word, afterPrefix(word), most + 1]);
  if (words.length > most) return begins;
  return words.length === 0
    ? exactly(word)
    : `(${words.map((one) => exactly(one.word)).join(postgres ? ' | ' : ' OR ')})`;
}

/**
 * A question in the language of either database's full text, and the table that it is put to: titles that patrons see, of a
 * library, if one is given. Only letters and digits reach that language, in quotes: nothing that is typed can mean anything in it.
 */
export async function queryOf(
  db: Connection,
  { field, all, else: other }: PublicQuestion,
  library: string | null,
): Promise<{ readonly table: 'title_words' | 'title_fields'; readonly query: string }> {
  const postgres = isPostgres(db);
  const [and, or] = postgres ? [' & ', ' | '] : [' AND ', ' OR '];
  const mark = field === 'any' ? '' : inField(field, '');
  const terms: string[] = [];
  for (const term of all) terms.push(await termOf(db, term, mark));
  const words = terms.join(and);
  const found = other ? `(${words})${or}${await termOf(db, other, other.anywhere ? '' : mark)}` : words;
  const hidden = postgres ? `& !'${HIDDEN}'` : `NOT "${HIDDEN}"`;
  const place = postgres ? `'${atLibrary(library ?? '')}'` : `"${atLibrary(library ?? '')}"`;
  return {
    table: field === 'any' ? 'title_words' : 'title_fields',
    query: library === null ? `(${found}) ${hidden}` : `(${found})${and}${place}`,
  };
}
