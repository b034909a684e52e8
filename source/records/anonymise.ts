import type { EventKind } from '../circulation/event-kinds.ts';
import type { Instant } from '../circulation/time.ts';
import { lock, rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** A loan that was returned so long ago that nobody need know any more whose it was (JOB-06). */
export type OldLoan = { readonly id: number; readonly itemId: number };

/** An event that still says whom it was about. */
export type PersonalEvent = {
  readonly id: number;
  readonly kind: EventKind;
  readonly itemId: number | null;
  readonly loanId: number | null;
  readonly data: Readonly<Record<string, unknown>>;
};

/** What is left of its data when its patron is taken away; undefined: all of it. */
export type Impersonal = { readonly id: number; readonly data?: Readonly<Record<string, unknown>> };

/** Events of circulation that belong to no loan of the table: what they tell of is over when they are old. */
const OF_NO_LOAN: readonly EventKind[] = [
  'loan-deleted',
  'session-ended',
  'record-overridden',
  'receipt-asked',
  'receipt-printed',
  'request-placed',
  'request-cancelled',
  'request-expired',
  'request-ready',
  'request-handed-on',
  'request-requeued',
  'request-moved',
  'request-skipped',
  'pick-moved',
  'hold-date-changed',
  'shelf-cleared',
];

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');

const eventFrom = (one: Omit<PersonalEvent, 'data'> & { readonly data: string }): PersonalEvent => ({
  ...one,
  data: JSON.parse(one.data) as Record<string, unknown>,
});
const EVENT = 'e.id, e.kind, e.item_id as "itemId", e.loan_id as "loanId", e.data';
type EventRow = Omit<PersonalEvent, 'data'> & { readonly data: string };

/** Who it was, taken away (JOB-06); statistics by group, campus and day stay. */
export function anonymiseOn(db: Connection) {
  return {
    /** The first loans that were returned before an instant and still have their patron; nobody else changes them meanwhile. */
    async loans(before: Instant, limit: number): Promise<OldLoan[]> {
      return rows(
        db,
        `select l.id, l.item_id as "itemId" from loans l
         where l.returned_at is not null and l.patron_id is not null and l.returned_at < ?
         order by l.returned_at, l.id limit ?${lock(db, 'l')}`,
        [before, limit],
      );
    },

    /** Events of some loans that name a patron; found by their items, since events have no index on loans. */
    async eventsOf(loans: readonly OldLoan[]): Promise<PersonalEvent[]> {
      if (loans.length === 0) return [];
      const items = [...new Set(loans.map((one) => one.itemId))];
      const found = await rows<EventRow>(
        db,
        `select ${EVENT} from events e where e.item_id in (${marks(items)}) and e.loan_id in (${marks(loans)})
           and e.patron_id is not null order by e.id`,
        [...items, ...loans.map((one) => one.id)],
      );
      return found.map(eventFrom);
    },

    /** The first events from before an instant that name a patron and belong to no loan that there is. */
    async events(before: Instant, limit: number): Promise<PersonalEvent[]> {
      const found = await rows<EventRow>(
        db,
        `select ${EVENT} from events e
         where e.patron_id is not null and (e.loan_id is null or e.kind = 'loan-deleted')
           and e.kind in (${OF_NO_LOAN.map((kind) => `'${kind}'`).join(', ')}) and e.at < ? limit ?`,
        [before, limit],
      );
      return found.map(eventFrom);
    },

    /** Takes the patron away from events, and what of their data tells who it was; why rules were set aside goes with it. */
    async strip(events: readonly Impersonal[]): Promise<void> {
      if (events.length === 0) return;
      const ids = events.map((one) => one.id);
      const changed = events.flatMap(({ id, data }) => (data === undefined ? [] : [{ id, data }]));
      // Only together with the link may the data change, and reasons only after it.
      const when = changed.map(() => 'when cast(? as integer) then cast(? as text)').join(' ');
      const data = changed.length === 0 ? '' : `, data = case id ${when} else data end`;
      await rows(db, `update events set patron_id = null${data} where id in (${marks(ids)})`, [
        ...changed.flatMap((one) => [one.id, JSON.stringify(one.data)]),
        ...ids,
      ]);
      await rows(
        db,
        `update overrides set reason = null where event_id in (${marks(ids)}) and reason is not null`,
        ids,
      );
    },

    /** Takes the patron away from loans; their group and campus stay. What was told of them, and what they cost, goes its own way. */
    async stripLoans(loans: readonly OldLoan[]): Promise<void> {
      if (loans.length === 0) return;
      const ids = loans.map((one) => one.id);
      const these = marks(ids);
      await rows(
        db,
        `update loans set patron_group = (select p.group_code from patrons p where p.id = loans.patron_id),
           patron_campus = (select p.campus from patrons p where p.id = loans.patron_id), patron_id = null
         where id in (${these})`,
        ids,
      );
      await rows(db, `update patron_blocks set loan_id = null where loan_id in (${these})`, ids);
      await rows(db, `delete from notices where loan_id in (${these})`, ids);
      await rows(db, `update offline_lines set raw = null, patron_id = null where loan_id in (${these})`, ids);
    },

    /** Takes the patrons away from the first requests that were closed before an instant; answers with how many. */
    async stripRequests(before: Instant, limit: number): Promise<number> {
      const found = await rows<{ id: number }>(
        db,
        `select r.id from requests r where r.closed_at is not null and r.patron_id is not null and r.closed_at < ?
         order by r.closed_at, r.id limit ?${lock(db, 'r')}`,
        [before, limit],
      );
      const ids = found.map((one) => one.id);
      if (ids.length > 0)
        await rows(
          db,
          `update requests set patron_id = null, note = null, closed_reason = null where id in (${marks(ids)})`,
          ids,
        );
      return ids.length;
    },
  };
}
