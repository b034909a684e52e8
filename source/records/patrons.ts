import type { BlockType } from '../circulation/network.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { blocksOn } from './blocks.ts';
import { searchNames } from './patron-names.ts';
import { patronNotesOn } from './patron-notes.ts';
import { insert, insertMany, lock, row, rows } from './sql.ts';
import type { Connection, Row } from './sql.ts';
import { keyOf, plain, wordsOf } from './text.ts';
import type { Window } from './loans.ts';

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

/** A new record. */
export type NewPatron = {
  readonly lastName: string;
  readonly firstName: string;
  readonly group: string | null;
  readonly campus?: string | null;
  readonly birthDay?: Day | null;
  readonly status?: 'active' | 'inactive';
  readonly kind?: 'internal' | 'external';
  readonly language?: string;
  readonly expiry?: Day | null;
  readonly purge?: Day | null;
  readonly email?: string | null;
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
  readonly notes?: readonly { readonly text: string; readonly popup?: boolean; readonly visible?: boolean }[];
  readonly blocks?: readonly {
    readonly type: BlockType;
    readonly until?: Day | null;
    readonly note?: string | null;
    readonly library?: string | null;
  }[];
};

function patronFrom(one: Row, identifiers: PatronView['identifiers']): PatronView {
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

/** The words that a patron is found by, each with the name that it is of (PAT-01, PAT-02). */
const nameWords = (id: number, { lastName, firstName }: Pick<NewPatron, 'lastName' | 'firstName'>) => [
  ...wordsOf(lastName).map((word) => ({ word, patron_id: id, name: 'last' })),
  ...wordsOf(firstName).map((word) => ({ word, patron_id: id, name: 'first' })),
];

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

    /** The address that letters go to: the preferred one; null: none (TAB-07). */
    async preferredEmail(id: number): Promise<string | null> {
      const found = await row<{ value: string }>(
        db,
        "select value from patron_contacts where patron_id = ? and kind = 'email' and preferred order by id limit 1",
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
    async add(patron: NewPatron, now: Instant, staffId: number | null): Promise<number> {
      const id = await insert(db, 'patrons', {
        last_name: patron.lastName,
        first_name: patron.firstName,
        sort_name: plain(`${patron.lastName} ${patron.firstName}`),
        group_code: patron.group,
        campus: patron.campus ?? null,
        birth_day: patron.birthDay ?? null,
        status: patron.status ?? 'active',
        kind: patron.kind ?? 'internal',
        language: patron.language ?? 'fr',
        expiry_day: patron.expiry ?? null,
        purge_day: patron.purge ?? null,
        created_at: now,
      });
      const identifiers = patron.identifiers.map((one) => ({
        patron_id: id,
        type: one.type,
        value: one.value.trim(),
        value_key: keyOf(one.value),
      }));
      if (identifiers.length > 0) await insertMany(db, 'patron_identifiers', identifiers);
      const words = nameWords(id, patron);
      if (words.length > 0) await insertMany(db, 'patron_words', words);
      if (patron.email) {
        const contact = { patron_id: id, kind: 'email', value: patron.email, preferred: true };
        await insertMany(db, 'patron_contacts', [contact]);
      }
      const notes = (patron.notes ?? []).map(({ text, popup = false, visible = false }) => ({
        text,
        type: 'general',
        popup,
        visible,
      }));
      await patronNotesOn(db).addAll(id, notes, { at: now, staffId });
      for (const { type, until = null, note = null, library = null } of patron.blocks ?? []) {
        await blocksOn(db).add({ patronId: id, type, until, note, library, loanId: null, at: now, staffId });
      }
      return id;
    },
  };
}
