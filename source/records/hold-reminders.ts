import type { Day, Instant } from '../circulation/time.ts';
import { rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** A request whose item waits on a hold shelf. */
export type HeldRequest = {
  readonly id: number;
  readonly patronId: number;
  readonly pickup: string;
  readonly heldSince: Instant;
  readonly heldUntil: Day;
};

/** How the cause of a reminder begins; the number of its request follows. */
export const REMINDER = 'hold-reminder:';

/** What waits on hold shelves (HOLD-01). */
export function holdRemindersOn(db: Connection) {
  return {
    /** The first requests after a number whose item was put on its shelf before an instant and still waits there on a day. */
    async due(since: Instant, today: Day, after: number, limit: number): Promise<HeldRequest[]> {
      return rows(
        db,
        `select r.id, r.patron_id as "patronId", r.pickup, r.held_since as "heldSince", r.held_until as "heldUntil"
         from requests r where r.state = 'ON_SHELF' and r.closed_at is null and r.held_since < ? and r.held_until >= ?
           and r.patron_id is not null and r.id > ?
         order by r.id limit ?`,
        [since, today, after, limit],
      );
    },

    /** Of some requests those for which a reminder was written. */
    async reminded(ids: readonly number[]): Promise<Set<number>> {
      if (ids.length === 0) return new Set();
      const found = await rows<{ cause: string }>(
        db,
        `select cause from letters where cause in (${ids.map(() => '?').join(', ')})`,
        ids.map((id) => `${REMINDER}${id}`),
      );
      return new Set(found.map(({ cause }) => Number(cause.slice(REMINDER.length))));
    },
  };
}
