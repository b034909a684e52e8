import type { Day } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { PATRON_LINE, patronLineFrom } from './patrons.ts';
import type { PatronLine } from './patrons.ts';
import { isPostgres, row, rows } from './sql.ts';
import type { Connection, Value } from './sql.ts';
import { afterPrefix, keyOf, wordsOf } from './text.ts';

/** What is known of a patron that is looked for (PAT-02); all of it must be so. */
export type PatronQuestion = {
  /** Beginnings of words of the last name, and of the first; accents and case do not matter. */
  readonly name?: string;
  readonly firstName?: string;
  /** The beginning of any identifier. */
  readonly identifier?: string;
  /** The beginning of any e-mail address; case does not matter. */
  readonly email?: string;
  readonly birthDay?: Day;
  readonly group?: string;
  readonly campus?: string;
  readonly status?: 'active' | 'inactive';
  /** As one field takes it (PAT-01): an identifier, whole, or beginnings of words of both names. */
  readonly text?: string;
};

type Condition = { readonly where: string; readonly values: readonly Value[] };

/** A search reads no more of a name than this: whoever pastes a page is not looking for a patron. */
const LONGEST_NAME = 200;

const range = (beginning: string): Value[] => [beginning, afterPrefix(beginning)];
const wordsIn = (name: string): string[] => wordsOf(name.slice(0, LONGEST_NAME));

/** Nothing that can be searched for was given where something was: nobody has it. */
const NOBODY: Condition = { where: '1 = 0', values: [] };

function byName(which: 'last' | 'first', name: string): Condition[] {
  const words = wordsIn(name);
  if (words.length === 0) return [NOBODY];
  const where = `p.id in (select patron_id from patron_words where word >= ? and word < ? and name = '${which}')`;
  return words.map((word) => ({ where, values: range(word) }));
}

function byIdentifier(identifier: string): Condition {
  const where = 'p.id in (select patron_id from patron_identifiers where value_key >= ? and value_key < ?)';
  return { where, values: range(keyOf(identifier)) };
}

/** Small letters as both databases make them in the index of addresses: A to Z only. */
export const lowerAscii = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

/** A contact's value as the index of addresses has it. */
export const addressColumn = (db: Connection): string => (isPostgres(db) ? 'lower(value collate "C")' : 'lower(value)');

function byEmail(db: Connection, email: string): Condition {
  const address = addressColumn(db);
  const where = `p.id in (select patron_id from patron_contacts where kind = 'email' and ${address} >= ? and ${address} < ?)`;
  return { where, values: range(lowerAscii(email.trim())) };
}

function byText(text: string): Condition {
  const words = wordsIn(text);
  const exact = 'select patron_id from patron_identifiers where value_key = ?';
  if (words.length === 0) return { where: `p.id in (${exact})`, values: [keyOf(text)] };
  const named = words.map(() => 'select patron_id from patron_words where word >= ? and word < ?').join(' intersect ');
  return {
    where: `p.id in (${exact} union select patron_id from (${named}) named)`,
    values: [keyOf(text), ...words.flatMap(range)],
  };
}

function conditionsOf(db: Connection, asked: PatronQuestion): Condition[] {
  const { name, firstName, identifier, email, birthDay, group, campus, status, text } = asked;
  const equal = Object.entries({ birth_day: birthDay, group_code: group, campus, status }).flatMap(
    ([column, value]): Condition[] => (value === undefined ? [] : [{ where: `p.${column} = ?`, values: [value] }]),
  );
  return [
    ...(text === undefined ? [] : [byText(text)]),
    ...(name === undefined ? [] : byName('last', name)),
    ...(firstName === undefined ? [] : byName('first', firstName)),
    ...(identifier === undefined ? [] : [byIdentifier(identifier)]),
    ...(email === undefined ? [] : [byEmail(db, email)]),
    ...equal,
  ];
}

/** The advanced search of patrons (PAT-02). */
export function patronSearchOn(db: Connection) {
  return {
    /** How many patrons are as asked, and a window of them in the order of names. Nothing asked: nobody. */
    async find(asked: PatronQuestion, window: Window): Promise<{ total: number; lines: PatronLine[] }> {
      const conditions = conditionsOf(db, asked);
      if (conditions.length === 0) return { total: 0, lines: [] };
      const where = conditions.map((one) => one.where).join(' and ');
      const values = conditions.flatMap((one) => one.values);
      const total = await row<{ n: number }>(db, `select count(*) as n from patrons p where ${where}`, values);
      const found = await rows(
        db,
        `select ${PATRON_LINE} from patrons p where ${where} order by p.sort_name, p.id limit ? offset ?`,
        [...values, window.limit, window.offset],
      );
      return { total: total?.n ?? 0, lines: found.map(patronLineFrom) };
    },
  };
}
