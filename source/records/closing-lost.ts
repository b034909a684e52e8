import type { Instant } from '../circulation/time.ts';
import { lock, rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** A lost loan that is to be closed, with what its event says. */
export type LostLoan = {
  readonly id: number;
  readonly itemId: number;
  readonly titleId: number;
  readonly patronId: number;
  readonly library: string;
  readonly barcode: string;
  readonly title: string;
  readonly due: Instant;
  readonly lostAt: Instant;
};

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');

/** Lost loans that nobody waits for any more (JOB-01). */
export function closingLostOn(db: Connection) {
  const LOST = 'l.returned_at is null and l.lost_at is not null and l.due_at < ?';
  return {
    /** Numbers of the first lost loans that were due before an instant, with their patrons, titles and items. Nothing is locked. */
    async due(before: Instant, limit: number): Promise<Pick<LostLoan, 'id' | 'itemId' | 'titleId' | 'patronId'>[]> {
      return rows(
        db,
        `select l.id, l.item_id as "itemId", l.title_id as "titleId", l.patron_id as "patronId" from loans l
         where ${LOST} order by l.due_at, l.id limit ?`,
        [before, limit],
      );
    },

    /** Those of some loans that are still lost; nobody else changes them until the transaction ends. */
    async locked(ids: readonly number[], before: Instant): Promise<LostLoan[]> {
      if (ids.length === 0) return [];
      return rows(
        db,
        `select l.id, l.item_id as "itemId", l.title_id as "titleId", l.patron_id as "patronId", l.library, i.barcode,
           t.title, l.due_at as due, l.lost_at as "lostAt"
         from loans l join items i on i.id = l.item_id join titles t on t.id = l.title_id
         where l.id in (${marks(ids)}) and ${LOST} order by l.id${lock(db, 'l')}`,
        [...ids, before],
      );
    },

    /** Ends loans though nothing has come back; `desk`: who does it. Their items are missing, and a note says why. */
    async close(loans: readonly LostLoan[], at: Instant, desk: string, note: string): Promise<void> {
      if (loans.length === 0) return;
      const ids = loans.map((one) => one.id);
      const items = loans.map((one) => one.itemId);
      await rows(
        db,
        `update loans set returned_at = ?, returned_desk = ?, recalled = false where id in (${marks(ids)})`,
        [at, desk, ...ids],
      );
      await rows(
        db,
        `update items set process = 'MISSING',
           internal_note = case when coalesce(internal_note, '') = '' then ? else internal_note || ? end
         where id in (${marks(items)})`,
        [note, `\n${note}`, ...items],
      );
    },
  };
}
