import type { Day, Instant } from '../circulation/time.ts';
import { addPatronOn } from './new-patron.ts';
import type { NewPatron } from './new-patron.ts';
import { searchNames } from './patron-names.ts';
import { lock, row, rows, truth } from './sql.ts';
import type { Connection, Row } from './sql.ts';
import { keyOf, wordsOf } from './text.ts';
import type { Window } from './loans.ts';

export { nameWords } from './new-patron.ts';
export type { NewPatron } from './new-patron.ts';

/** A patron's record as the desk shows it. */
export type PatronView = {
  readonly id: number;
  readonly lastName: string;
  readonly firstName: string;
  readonly group: string | null;
  readonly campus: string | null;
  readonly birthDay: Day | null;
  readonly status: 'active' | 'inactive';
  readonly kind: 'internal' | 'external';
  readonly language: string;
  /** Last valid day, inclusive. */
  readonly expiry: Day | null;
  readonly purge: Day | null;
  /** A code of the network's categories (USR-06). */
  readonly category: string | null;
  /** What is inherited from the card system may be changed by hand (USR-08) … */
  readonly openForUpdate: boolean;
  /** … and its next import leaves the group alone. */
  readonly groupProtected: boolean;
  /** The primary identifier first. */
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
};

/** A line of a list of patrons. */
export type PatronLine = {
  readonly id: number;
  readonly lastName: string;
  readonly firstName: string;
  readonly group: string | null;
  readonly birthDay: Day | null;
  readonly identifier: string;
};

/** The record of a row of `patrons`. */
export function patronFrom(one: Row, identifiers: PatronView['identifiers']): PatronView {
  return {
    id: one['id'] as number,
    lastName: one['last_name'] as string,
    firstName: one['first_name'] as string,
    group: one['group_code'] as string | null,
    campus: one['campus'] as string | null,
    birthDay: one['birth_day'] as string | null,
    status: one['status'] as 'active' | 'inactive',
    kind: one['kind'] as 'internal' | 'external',
    language: one['language'] as string,
    expiry: one['expiry_day'] as string | null,
    purge: one['purge_day'] as string | null,
    category: one['category'] as string | null,
    openForUpdate: truth(one['open_for_update']),
    groupProtected: truth(one['group_protected']),
    identifiers,
  };
}

/** Columns of a line of a list of patrons, `p`. */
export const PATRON_LINE = `p.id, p.last_name, p.first_name, p.group_code, p.birth_day,
  (select value from patron_identifiers i where i.patron_id = p.id order by i.id limit 1) as identifier`;

/** A line from its columns. */
export function patronLineFrom(one: Row): PatronLine {
  return {
    id: one['id'] as number,
    lastName: one['last_name'] as string,
    firstName: one['first_name'] as string,
    group: one['group_code'] as string | null,
    birthDay: one['birth_day'] as string | null,
    identifier: (one['identifier'] as string | null) ?? '',
  };
}

/** Patrons' records. */
export function patronsOn(db: Connection) {
  const withIdentifiers = async (found: Row | undefined): Promise<PatronView | undefined> => {
    if (!found) return undefined;
    const identifiers = await rows<{ type: string; value: string }>(
      db,
      'select type, value from patron_identifiers where patron_id = ? order by id',
      [found['id'] as number],
    );
    return patronFrom(found, identifiers);
  };

  const linesOf = async (ids: readonly number[]): Promise<PatronLine[]> => {
    if (ids.length === 0) return [];
    const found = await rows(
      db,
      `select ${PATRON_LINE} from patrons p where p.id in (${ids.map(() => '?').join(', ')})`,
      ids,
    );
    const lines = new Map(found.map((one) => [one['id'] as number, patronLineFrom(one)]));
    return ids.flatMap((id) => lines.get(id) ?? []);
  };

  return {
    /** The patron with that identifier (primary, barcode, UNR …), exactly. */
    async idByIdentifier(identifier: string): Promise<number | undefined> {
      const found = await row<{ patron_id: number }>(
        db,
        'select patron_id from patron_identifiers where value_key = ?',
        [keyOf(identifier)],
      );
      return found?.patron_id;
    },

    /** What a code that was scanned can mean: a patron's identifier, an item's barcode, both or neither. One statement. */
    async meaningOf(code: string): Promise<{ patronId: number | null; itemId: number | null }> {
      const key = keyOf(code);
      const found = await row<{ patronId: number | null; itemId: number | null }>(
        db,
        `select (select patron_id from patron_identifiers where value_key = ?) as "patronId",
           (select id from items where barcode_key = ?) as "itemId"`,
        [key, key],
      );
      return found ?? { patronId: null, itemId: null };
    },

    /** The address that letters go to: the preferred one (TAB-07). Null: none, or only the placeholder (USR-03). */
    async preferredEmail(id: number): Promise<string | null> {
      const found = await row<{ value: string }>(
        db,
        `select value from patron_contacts where patron_id = ? and kind = 'email' and preferred
           and (type is null or type <> 'alternative') order by id limit 1`,
        [id],
      );
      return found?.value ?? null;
    },

    /** One record with its identifiers. */
    async byId(id: number): Promise<PatronView | undefined> {
      return withIdentifiers(await row(db, 'select * from patrons where id = ?', [id]));
    },

    /**
     * The columns that decide a loan, found by id or identifier; locked until the transaction ends, so that counts that
     * decide (limits) cannot move meanwhile.
     */
    async locked(key: number | string): Promise<PatronView | undefined> {
      const where =
        typeof key === 'number' ? 'p.id = ?' : 'p.id = (select patron_id from patron_identifiers where value_key = ?)';
      const value = typeof key === 'number' ? key : keyOf(key);
      const found = await row(db, `select p.* from patrons p where ${where}${lock(db, 'p')}`, [value]);
      return found && patronFrom(found, []);
    },

    /** How many records match the words of a name, and a window of them in the order of names. */
    async search(text: string, window: Window): Promise<{ total: number; lines: PatronLine[] }> {
      const { total, ids } = await searchNames(db, wordsOf(text), window);
      return { total, lines: await linesOf(ids) };
    },

    /** Lines of the patrons with those ids, in that order. */
    lines: linesOf,

    /** Identifiers of a list that somebody has already. */
    async taken(identifiers: readonly string[]): Promise<string[]> {
      const keys = identifiers.map(keyOf);
      const sql = `select value from patron_identifiers where value_key in (${keys.map(() => '?').join(', ')})`;
      return keys.length === 0 ? [] : (await rows<{ value: string }>(db, sql, keys)).map((one) => one.value);
    },

    /** Adds a record with everything that hangs on it; returns its id. */
    add: async (patron: NewPatron, now: Instant, staffId: number | null): Promise<number> =>
      addPatronOn(db, patron, { at: now, staffId }),
  };
}
