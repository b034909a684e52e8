import type { Day } from '../circulation/time.ts';
import { EVENT_KINDS } from './events.ts';
import type { EventKind } from './events.ts';
import { lock, rows, truth } from './sql.ts';
import type { Connection, Row } from './sql.ts';

/** A record past its purge date, and what still keeps it (IMP-05). */
export type Purgeable = {
  readonly id: number;
  readonly kind: 'internal' | 'external';
  readonly group: string | null;
  readonly campus: string | null;
  readonly expiry: Day | null;
  readonly purge: Day;
  readonly hasLoans: boolean;
  readonly hasRequests: boolean;
  readonly hasBlocks: boolean;
};

/** Events that say nothing but what stood in a record: nothing of them is left when it goes. */
const ABOUT_A_PERSON: readonly EventKind[] = EVENT_KINDS.filter((kind) =>
  /^(?:patron|note|block|registration|password|code|identity|letter|clearance)-/.test(kind),
);

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');

const purgeableFrom = (one: Row): Purgeable => ({
  id: one['id'] as number,
  kind: one['kind'] as 'internal' | 'external',
  group: one['group_code'] as string | null,
  campus: one['campus'] as string | null,
  expiry: one['expiry_day'] as string | null,
  purge: one['purge_day'] as string,
  hasLoans: truth(one['has_loans']),
  hasRequests: truth(one['has_requests']),
  hasBlocks: truth(one['has_blocks']),
});

/** Records that are to be deleted (IMP-05). */
export function patronPurgeOn(db: Connection) {
  return {
    /**
     * Records whose purge day is before `today`, in the order of their numbers, after one of them; locked, so that nobody
     * lends or requests for them meanwhile. Two statements whatever their number.
     */
    async due(today: Day, after: number, limit: number): Promise<Purgeable[]> {
      const locked = await rows<{ id: number }>(
        db,
        `select p.id from patrons p where p.purge_day < ? and p.id > ? order by p.id limit ?${lock(db, 'p')}`,
        [today, after, limit],
      );
      const ids = locked.map((one) => one.id);
      if (ids.length === 0) return [];
      const found = await rows(
        db,
        `select p.id, p.kind, p.group_code, p.campus, p.expiry_day, p.purge_day,
           exists (select 1 from loans l where l.patron_id = p.id and l.returned_at is null) as has_loans,
           exists (select 1 from requests r where r.patron_id = p.id and r.closed_at is null) as has_requests,
           exists (select 1 from patron_blocks b where b.patron_id = p.id and b.lifted_at is null and b.active
             and b.type <> 'QUITUS' and (b.until_day is null or b.until_day >= ?)) as has_blocks
         from patrons p where p.id in (${marks(ids)}) and p.purge_day < ? order by p.id`,
        [today, ...ids, today],
      );
      return found.map(purgeableFrom);
    },

    /**
     * Deletes records with all that hangs on them. Returned loans, closed requests and events stay without the person (JOB-06);
     * of events that only said what stood in the record, nothing but that they were.
     */
    async remove(ids: readonly number[]): Promise<void> {
      if (ids.length === 0) return;
      const these = marks(ids);
      await rows(
        db,
        `update loans set patron_group = (select p.group_code from patrons p where p.id = loans.patron_id),
           patron_campus = (select p.campus from patrons p where p.id = loans.patron_id), patron_id = null
         where patron_id in (${these}) and returned_at is not null`,
        ids,
      );
      await rows(
        db,
        `update requests set patron_id = null, note = null where patron_id in (${these}) and closed_at is not null`,
        ids,
      );
      // Why somebody was let pass is free text about them; it may go only after the link has gone.
      const reasons = await rows<{ id: number }>(
        db,
        `select o.id from overrides o join events e on e.id = o.event_id where e.patron_id in (${these}) and o.reason is not null`,
        ids,
      );
      await rows(
        db,
        `update events set patron_id = null, data = case when kind in (${marks(ABOUT_A_PERSON)}) then '{}' else data end
         where patron_id in (${these})`,
        [...ABOUT_A_PERSON, ...ids],
      );
      if (reasons.length > 0) {
        const overrides = reasons.map((one) => one.id);
        await rows(db, `update overrides set reason = null where id in (${marks(overrides)})`, overrides);
      }
      await rows(db, `update offline_lines set raw = null, patron_id = null where patron_id in (${these})`, ids);
      for (const table of ['patron_blocks', 'letters'])
        await rows(db, `delete from ${table} where patron_id in (${these})`, ids);
      await rows(db, `delete from patrons where id in (${these})`, ids);
    },
  };
}
