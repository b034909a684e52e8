import type { EventKind } from '../circulation/event-kinds.ts';
import type { Instant } from '../circulation/time.ts';
import type { DataOf } from './event-data.ts';
import { insert, insertMany, insertManyForIds, rows, truth } from './sql.ts';
import type { Connection, Value } from './sql.ts';

export { EVENT_KINDS } from '../circulation/event-kinds.ts';
export type { EventKind } from '../circulation/event-kinds.ts';

/** An event that was written in a transaction, with its number. */
export type WrittenEvent = { [Kind in EventKind]: NewEvent<Kind> & { readonly id: number } }[EventKind];

export type NewEvent<Kind extends EventKind = EventKind> = {
  readonly at: Instant;
  readonly kind: Kind;
  readonly staffId: number | null;
  /** `LIBRARY/DESK`. */
  readonly desk: string | null;
  readonly patronId?: number | null;
  readonly itemId?: number | null;
  readonly loanId?: number | null;
  /** What changed, from what, to what. */
  readonly data: DataOf<Kind>;
  /** Unique: makes a second event for one cause impossible. */
  readonly cause?: string;
};

/** An override that was used (BLK-06). `automatic`: the network's table set the block aside, nobody was asked. */
export type UsedOverride = { readonly code: string; readonly reason: string | null; readonly automatic: boolean };

/** An event as the audit shows it. */
export type EventView = {
  readonly id: number;
  readonly at: Instant;
  readonly kind: EventKind;
  readonly staff: string | null;
  readonly desk: string | null;
  readonly patronId: number | null;
  readonly itemId: number | null;
  readonly data: Readonly<Record<string, unknown>>;
};

/** An override that was used, with who did it, when and where. */
export type OverrideView = UsedOverride & {
  readonly at: Instant;
  readonly staff: string | null;
  readonly desk: string | null;
  readonly patronId: number | null;
  readonly itemId: number | null;
};

/** The upload that has caused events (OFF-05). */
type Source = { readonly upload?: number };

const rowOf = (event: NewEvent, source: Source): Record<string, Value> => ({
  at: event.at,
  kind: event.kind,
  staff_id: event.staffId,
  desk: event.desk,
  patron_id: event.patronId ?? null,
  item_id: event.itemId ?? null,
  loan_id: event.loanId ?? null,
  data: JSON.stringify({ ...event.data, ...source }),
  cause: event.cause ?? null,
});

/** Events in one statement. */
const AT_ONCE = 90;

/** What happened: written in the transaction of the change, never altered. `written` grows by each. */
export function eventsOn(db: Connection, written: WrittenEvent[]) {
  let source: Source = {};
  const columnsOf = (event: NewEvent): Record<string, Value> => rowOf(event, source);
  const wrote = (event: NewEvent, id: number): void => {
    written.push({ ...event, id } as WrittenEvent);
  };
  return {
    /** The events of this transaction so far: letters are written from them (LET-05). */
    written: (): readonly WrittenEvent[] => written,

    /** From here on, what is appended says that an upload of an offline file has caused it (OFF-05). */
    partOf(upload: number): void {
      source = { upload };
    },

    /** Appends an event and the overrides that were used for it. */
    async append<Kind extends EventKind>(
      event: NewEvent<Kind>,
      overrides: readonly UsedOverride[] = [],
    ): Promise<number> {
      const id = await insert(db, 'events', columnsOf(event));
      wrote(event, id);
      if (overrides.length > 0) {
        await insertMany(
          db,
          'overrides',
          overrides.map((one) => ({ event_id: id, ...one })),
        );
      }
      return id;
    },

    /** Appends many events of one kind of work, for which nothing was overridden. */
    async appendAll(events: readonly NewEvent[]): Promise<void> {
      for (let start = 0; start < events.length; start += AT_ONCE) {
        const part = events.slice(start, start + AT_ONCE);
        const ids = await insertManyForIds(db, 'events', part.map(columnsOf));
        for (const [at, event] of part.entries()) wrote(event, ids[at] ?? 0);
      }
    },

    /** The last different patrons handled at a desk, latest first (PAT-03). */
    async recentPatrons(desk: string, limit: number): Promise<number[]> {
      const found = await rows<{ patron_id: number }>(
        db,
        `select patron_id, max(id) as last from (
           select id, patron_id from events where desk = ? and kind in ('item-lent', 'loan-renewed', 'record-overridden', 'session-ended')
             and patron_id is not null order by id desc limit 400) recent
         group by patron_id order by last desc limit ?`,
        [desk, limit],
      );
      return found.map((one) => one.patron_id);
    },

    /** Desks (`LIBRARY/DESK`) other than `except` with something written since an instant, the latest first (OUT-02). */
    async activeDesks(since: Instant, except: string, limit: number): Promise<{ desk: string; at: Instant }[]> {
      return rows(
        db,
        `select desk, max(at) as at from events where at >= ? and desk is not null and desk not in ('-', ?)
         group by desk order by max(at) desc, desk limit ?`,
        [since, except, limit],
      );
    },

    /** Overrides used, the latest first, with who, when and where (BLK-06). */
    async overrides(limit: number): Promise<OverrideView[]> {
      const found = await rows<Omit<OverrideView, 'automatic'> & { automatic: unknown }>(
        db,
        `select o.code, o.reason, o.automatic, e.at, s.name as staff, e.desk, e.patron_id as "patronId", e.item_id as "itemId"
         from overrides o join events e on e.id = o.event_id left join staff s on s.id = e.staff_id order by o.id desc limit ?`,
        [limit],
      );
      return found.map((one) => ({ ...one, automatic: truth(one.automatic) }));
    },

    /** The latest events of a kind, for receipts and tests. */
    async latest(kind: EventKind, limit: number): Promise<EventView[]> {
      const found = await rows<Omit<EventView, 'data'> & { data: string }>(
        db,
        `select e.id, e.at, e.kind, s.name as staff, e.desk, e.patron_id as "patronId", e.item_id as "itemId", e.data
         from events e left join staff s on s.id = e.staff_id where e.kind = ? order by e.id desc limit ?`,
        [kind, limit],
      );
      return found.map((one) => ({ ...one, data: JSON.parse(one.data) as Record<string, unknown> }));
    },
  };
}
