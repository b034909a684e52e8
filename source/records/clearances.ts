import type { Instant } from '../circulation/time.ts';
import { insert, row, rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** A clearance that was given (QUI-02, QUI-03). */
export type ClearanceRow = {
  readonly id: number;
  readonly at: 'desk' | 'kiosk';
  readonly library: string | null;
  readonly issuedAt: Instant;
  /** Null: the letter has been purged. */
  readonly letter: number | null;
  readonly address: string | null;
};

/** Clearances (QUI-01 to QUI-04). */
export function clearancesOn(db: Connection) {
  return {
    /** Writes down that one is given; its number. */
    async add(clearance: {
      readonly patronId: number;
      readonly at: 'desk' | 'kiosk';
      readonly library: string | null;
      readonly issuedAt: Instant;
      readonly staffId: number | null;
    }): Promise<number> {
      const { patronId, at, library, issuedAt, staffId } = clearance;
      const values = { patron_id: patronId, at, library, issued_at: issuedAt, issued_by: staffId };
      return insert(db, 'clearances', values);
    },

    /** The letter and the block that belong to it. */
    async belongs(id: number, letter: number, block: number | null): Promise<void> {
      await rows(db, 'update clearances set letter_id = ?, block_id = ? where id = ?', [letter, block, id]);
    },

    /** The latest clearance of a patron. */
    async latest(patronId: number): Promise<ClearanceRow | undefined> {
      return row<ClearanceRow>(
        db,
        `select c.id, c.at, c.library, c.issued_at as "issuedAt", c.letter_id as letter, l.to_address as address
         from clearances c left join letters l on l.id = c.letter_id where c.patron_id = ? order by c.id desc limit 1`,
        [patronId],
      );
    },
  };
}
