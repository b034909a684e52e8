import type { TransitReason } from '../circulation/routing.ts';
import type { Instant } from '../circulation/time.ts';
import { insert, rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** Where an item was scanned on its way (SCAN-05). */
export type TransitStop = {
  readonly library: string;
  /** `LIBRARY/DESK`, or `LIBRARY/DEPARTMENT`. */
  readonly desk: string;
  readonly at: Instant;
  readonly staff: string | null;
};

/** What an item travels for: to a desk (`department` null) or a department, for a request or not (TRA-01). */
export type TransitPurpose = {
  readonly department: string | null;
  readonly reason: TransitReason;
  readonly requestId: number | null;
};

/** Items on their way (TRA-01). */
export function transitsOn(db: Connection) {
  return {
    /** Sends an item on its way. The database refuses a second open transit of it. */
    async start(
      transit: TransitPurpose & {
        readonly itemId: number;
        readonly from: string;
        readonly to: string;
        readonly at: Instant;
      },
    ): Promise<number> {
      return insert(db, 'transits', {
        item_id: transit.itemId,
        from_library: transit.from,
        to_library: transit.to,
        to_department: transit.department,
        reason: transit.reason,
        request_id: transit.requestId,
        since: transit.at,
      });
    },

    /** It goes on for something else; `to`: to another library. */
    async turn(id: number, { department, reason, requestId }: TransitPurpose, to: string | null = null): Promise<void> {
      await rows(
        db,
        'update transits set to_library = coalesce(?, to_library), to_department = ?, reason = ?, request_id = ? where id = ?',
        [to, department, reason, requestId, id],
      );
    },

    /** Ends the open transit of an item, if there is one. */
    async end(itemId: number, now: Instant): Promise<void> {
      await rows(db, 'update transits set ended_at = ? where item_id = ? and ended_at is null', [now, itemId]);
    },

    /** An item was scanned on its way. */
    async addStop(
      transitId: number,
      stop: { readonly library: string; readonly desk: string; readonly at: Instant; readonly staffId: number | null },
    ): Promise<void> {
      await insert(db, 'transit_stops', {
        transit_id: transitId,
        library: stop.library,
        desk: stop.desk,
        at: stop.at,
        staff_id: stop.staffId,
      });
    },

    /** The stops of a transit, the oldest first; the latest hundred, should somebody play with it. */
    async stops(transitId: number): Promise<TransitStop[]> {
      const found = await rows<TransitStop>(
        db,
        `select x.library, x.desk, x.at, s.display_name as staff from transit_stops x left join staff s on s.id = x.staff_id
         where x.transit_id = ? order by x.id desc limit 100`,
        [transitId],
      );
      return found.toReversed();
    },
  };
}
