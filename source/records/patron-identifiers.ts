import { insert, row, rows, truth } from './sql.ts';
import type { Connection, Row } from './sql.ts';
import { keyOf } from './text.ts';

/** What a patron can be found by, exactly: network card, barcode, UNR … */
export type PatronIdentifier = {
  readonly id: number;
  readonly type: string;
  readonly value: string;
  /** Comes from the card system, whose import overwrites it (USR-02). */
  readonly external: boolean;
  /** The oldest one of a record: it is changed in place, never deleted. */
  readonly primary: boolean;
};

const identifierFrom = (one: Row, at: number): PatronIdentifier => ({
  id: one['id'] as number,
  type: one['type'] as string,
  value: one['value'] as string,
  external: truth(one['external']),
  primary: at === 0,
});

/** Identifiers of patrons: each belongs to one person only (unique over all). */
export function patronIdentifiersOn(db: Connection) {
  return {
    /** All identifiers of a patron, the primary one first. */
    async ofPatron(patronId: number): Promise<PatronIdentifier[]> {
      const sql = 'select id, type, value, external from patron_identifiers where patron_id = ? order by id';
      return (await rows(db, sql, [patronId])).map(identifierFrom);
    },

    /** Whose identifier it is; undefined: there is none. */
    async ownerOf(id: number): Promise<number | undefined> {
      const sql = 'select patron_id from patron_identifiers where id = ?';
      return (await row<{ patron_id: number }>(db, sql, [id]))?.patron_id;
    },

    /** The patron who has that identifier, however it is written; undefined: nobody. */
    async holderOf(value: string): Promise<{ readonly id: number; readonly patronId: number } | undefined> {
      const sql = 'select id, patron_id as "patronId" from patron_identifiers where value_key = ?';
      return row(db, sql, [keyOf(value)]);
    },

    /** Adds an identifier; returns its id. The database refuses one that somebody has. */
    async add(patronId: number, type: string, value: string, external: boolean): Promise<number> {
      const values = { patron_id: patronId, type, value, value_key: keyOf(value), external };
      return insert(db, 'patron_identifiers', values);
    },

    /** Gives an identifier another type or value. The database refuses one that somebody has. */
    async change(id: number, type: string, value: string): Promise<void> {
      const sql = 'update patron_identifiers set type = ?, value = ?, value_key = ? where id = ?';
      await rows(db, sql, [type, value, keyOf(value), id]);
    },

    /** Takes an identifier away; the audit keeps it. */
    async remove(id: number): Promise<void> {
      await rows(db, 'delete from patron_identifiers where id = ?', [id]);
    },
  };
}
