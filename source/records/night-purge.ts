import type { Instant } from '../circulation/time.ts';
import { lock, row, rows } from './sql.ts';
import type { Connection } from './sql.ts';

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');

/** What is kept no longer, and what has ended by itself. */
export function nightPurgeOn(db: Connection) {
  const count = async (sql: string, values: readonly (string | number)[]): Promise<number> =>
    (await row<{ n: number }>(db, sql, values))?.n ?? 0;

  return {
    /** Deletes the first letters from before an instant, with what they were notices of (LET-04); answers with how many. */
    async letters(before: Instant, limit: number): Promise<number> {
      const found = await rows<{ id: number }>(
        db,
        `select l.id from letters l where l.created_at < ? order by l.created_at, l.id limit ?${lock(db, 'l')}`,
        [before, limit],
      );
      const ids = found.map((one) => one.id);
      if (ids.length === 0) return 0;
      await rows(db, `delete from notices where letter_id in (${marks(ids)})`, ids);
      await rows(db, `delete from letters where id in (${marks(ids)})`, ids);
      return ids.length;
    },

    /** Deletes the first notices from before a day that no letter hangs on (REN-10): of open loans, which have no end of their own. */
    async silentNotices(night: string): Promise<void> {
      await rows(db, "delete from notices where outcome = 'renewed' and night < ?", [night]);
    },

    /**
     * The first pre-registrations from before an instant that were never finished (USR-13): records that are still in the
     * provisional group, without open loans and requests and without a block in force on `today`. Locked.
     */
    async preRegistrations(group: string, before: Instant, today: string, limit: number) {
      return rows<{ id: number; kind: 'internal' | 'external'; campus: string | null }>(
        db,
        `select p.id, p.kind, p.campus from patrons p where p.group_code = ? and p.created_at < ?
           and not exists (select 1 from loans l where l.patron_id = p.id and l.returned_at is null)
           and not exists (select 1 from requests r where r.patron_id = p.id and r.closed_at is null)
           and not exists (select 1 from patron_blocks b where b.patron_id = p.id and b.lifted_at is null and b.active
             and b.type <> 'QUITUS' and (b.until_day is null or b.until_day >= ?))
         order by p.id limit ?${lock(db, 'p')}`,
        [group, before, today, limit],
      );
    },

    /** How many blocks have a day as their last one, and were not lifted before (PEN-05). */
    blocksEnding: async (day: string) =>
      count('select count(*) as n from patron_blocks where until_day = ? and lifted_at is null and active', [day]),

    /** How many items are on a hold shelf for the last day (HOLD-01). */
    holdsEnding: async (day: string) =>
      count("select count(*) as n from requests where state = 'ON_SHELF' and closed_at is null and held_until = ?", [
        day,
      ]),

    /** How many open loans of some libraries fell due in a stretch of time and were late by its end (CAL-05). */
    lateSince: async (libraries: readonly string[], from: Instant, until: Instant) =>
      libraries.length === 0
        ? 0
        : count(
            `select count(*) as n from loans where returned_at is null and library in (${marks(libraries)})
               and due_at >= ? and due_at < ? and late_from <= ?`,
            [...libraries, from, until, until],
          ),
  };
}
