import type { EventKind } from '../circulation/event-kinds.ts';
import type { Instant } from '../circulation/time.ts';
import type { DataOf } from './event-data.ts';
import { rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** What an event of a kind has left: when, about whom, and what it keeps. */
export type TraceOf<Kind extends EventKind> = {
  readonly id: number;
  readonly kind: Kind;
  readonly at: Instant;
  readonly patronId: number | null;
  /** Last name and first name. */
  readonly patron: string;
  readonly loanId: number | null;
  readonly data: DataOf<Kind>;
};
export type Trace = { [Kind in EventKind]: TraceOf<Kind> }[EventKind];

type Found = Omit<Trace, 'data' | 'patron'> & { data: string; last_name: string | null; first_name: string | null };

/** What is left of attempts whose answer was lost (OFF-03). */
export function lostAttemptsOn(db: Connection) {
  return {
    /** The events of an item at a desk (`LIBRARY/DESK`) at one of some moments, in their order. */
    async traces(itemId: number, desk: string, moments: readonly Instant[]): Promise<Trace[]> {
      const found = await rows<Found>(
        db,
        `select e.id, e.kind, e.at, e.patron_id as "patronId", p.last_name, p.first_name, e.loan_id as "loanId", e.data
         from events e left join patrons p on p.id = e.patron_id
         where e.item_id = ? and e.desk = ? and e.at in (${moments.map(() => '?').join(', ')}) order by e.id`,
        [itemId, desk, ...moments],
      );
      return found.map(
        ({ data, last_name: last, first_name: first, ...one }) =>
          ({ ...one, patron: [last, first].filter(Boolean).join(' '), data: JSON.parse(data) }) as Trace,
      );
    },

    /** The codes that the operator set aside in an event, automatic ones apart, in their order (BLK-06). */
    async setAside(event: number): Promise<string[]> {
      const found = await rows<{ code: string }>(
        db,
        'select code from overrides where event_id = ? and automatic = ? order by id',
        [event, false],
      );
      return found.map(({ code }) => code);
    },
  };
}
