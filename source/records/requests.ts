import type { Task } from '../circulation/filling.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { requestQueuesOn } from './request-queues.ts';
import { insert, row, rows } from './sql.ts';
import type { Connection, Value } from './sql.ts';

export type { QueuedRequest } from './request-queues.ts';

/** How a request has ended (CAN-01, CAN-02, HOLD-03). */
export type Closing = 'filled' | 'cancelled' | 'expired' | 'not-needed' | 'not-allowed' | 'missing';

/** What is written of a plan. */
export type PlannedTask = {
  readonly task: Task;
  readonly askedLibrary: string | null;
  readonly plannedItemId: number | null;
  readonly recalledLoanId: number | null;
  readonly skipped: readonly string[];
};

/** The end of a request. */
export type ClosedRequest = {
  readonly id: number;
  readonly titleId: number;
  readonly closing: Closing;
  readonly at: Instant;
  readonly staffId?: number | null;
  readonly reason?: string | null;
  readonly notify?: boolean;
  /** The item that still stands on the hold shelf. */
  readonly remains?: number | null;
};

/** Nothing is planned for it any more. */
const UNPLANNED = `task = null, asked_library = null, asked_at = null, planned_item_id = null, recalled_loan_id = null,
  printed_at = null, reported_at = null`;

/** Requests and their queues. */
export function requestsOn(db: Connection) {
  return {
    ...requestQueuesOn(db),

    /** Places a request at the end of the queue of a title, which must be locked. */
    async place(request: {
      titleId: number;
      itemId: number | null;
      patronId: number;
      pickup: string;
      at: Instant;
      notAfter: Day | null;
      note?: string | null;
    }): Promise<number> {
      const last = await row<{ n: number | null }>(
        db,
        'select max(queue_position) as n from requests where title_id = ? and closed_at is null',
        [request.titleId],
      );
      return insert(db, 'requests', {
        title_id: request.titleId,
        item_id: request.itemId,
        patron_id: request.patronId,
        pickup: request.pickup,
        state: 'WAITING',
        placed_at: request.at,
        not_after: request.notAfter,
        note: request.note ?? null,
        queue_position: (last?.n ?? 0) + 1,
      });
    },

    /** Lets go of what is planned for some requests, so that others can have it. */
    async unplan(ids: readonly number[]): Promise<void> {
      if (ids.length === 0) return;
      await rows(
        db,
        `update requests set planned_item_id = null, recalled_loan_id = null where id in (${ids.map(() => '?').join(', ')})`,
        ids,
      );
    },

    /** Writes what is planned for a request; `asked`: another library than before, or none, from now on. */
    async plan(id: number, planned: PlannedTask, asked: Instant | null): Promise<void> {
      const values: Record<string, Value> = {
        task: planned.task,
        asked_library: planned.askedLibrary,
        planned_item_id: planned.plannedItemId,
        recalled_loan_id: planned.recalledLoanId,
        skipped: JSON.stringify(planned.skipped),
        ...(asked === null ? {} : { asked_at: asked, printed_at: null, reported_at: null }),
      };
      const sets = Object.keys(values).map((name) => `${name} = ?`);
      await rows(db, `update requests set ${sets.join(', ')} where id = ?`, [...Object.values(values), id]);
    },

    /** Remembers which libraries have passed a request on (PICK-05). */
    async setSkipped(id: number, skipped: readonly string[]): Promise<void> {
      await rows(db, 'update requests set skipped = ? where id = ?', [JSON.stringify(skipped), id]);
    },

    /** Marks picks of a library as taken in hand (PICK-02). */
    async mark(ids: readonly number[], as: 'printed' | 'reported', now: Instant): Promise<void> {
      if (ids.length === 0) return;
      await rows(db, `update requests set ${as}_at = ? where id in (${ids.map(() => '?').join(', ')})`, [now, ...ids]);
    },

    /** Puts an item on the hold shelf for a request, or back there; the first time decides until when (HOLD-01). */
    async putOnShelf(id: number, itemId: number, now: Instant, until: Day): Promise<void> {
      await rows(
        db,
        `update requests set state = 'ON_SHELF', assigned_item_id = ?, ${UNPLANNED}, skipped = '[]',
           held_since = coalesce(held_since, ?), held_until = coalesce(held_until, ?) where id = ?`,
        [itemId, now, until, id],
      );
    },

    /** An item travels to the pickup library of a request. */
    async sendTo(id: number, itemId: number): Promise<void> {
      await rows(
        db,
        `update requests set state = 'TRANSIT', assigned_item_id = ?, ${UNPLANNED}, skipped = '[]' where id = ?`,
        [itemId, id],
      );
    },

    /** Puts a request that an item served back in its place in the queue (BLK-08), unless it has ended meanwhile. */
    async backToQueue(id: number, itemId: number): Promise<void> {
      await rows(
        db,
        `update requests set state = 'WAITING', assigned_item_id = null, held_since = null, held_until = null
         where id = ? and assigned_item_id = ? and closed_at is null`,
        [id, itemId],
      );
    },

    /** Ends an open request; those behind it move up. */
    async close(end: ClosedRequest): Promise<void> {
      const { id, titleId, closing, at } = end;
      const last = await row<{ position: number }>(
        db,
        'select queue_position as position from requests where id = ? and closed_at is null',
        [id],
      );
      if (!last) throw new Error(`request ${id} has been closed already`);
      await rows(
        db,
        `update requests set state = ?, closing = ?, closed_at = ?, closed_by = ?, closed_reason = ?, notify = ?,
           remains_item_id = ?, assigned_item_id = null, queue_position = null, ${UNPLANNED} where id = ?`,
        [
          closing === 'filled' ? 'FILLED' : 'CANCELLED',
          closing,
          at,
          end.staffId ?? null,
          end.reason ?? null,
          end.notify ?? null,
          end.remains ?? null,
          id,
        ],
      );
      await rows(
        db,
        'update requests set queue_position = queue_position - 1 where title_id = ? and closed_at is null and queue_position > ?',
        [titleId, last.position],
      );
    },

    /** An item stands no longer on the shelf where an ended request has left it. */
    async takeFromShelf(itemId: number): Promise<void> {
      await rows(db, 'update requests set remains_item_id = null where remains_item_id = ?', [itemId]);
    },

    /** Gives the open requests of a title the places in which they are listed (REQ-03). */
    async reorder(ids: readonly number[]): Promise<void> {
      for (const [index, id] of ids.entries())
        await rows(db, 'update requests set queue_position = ? where id = ? and queue_position <> ?', [
          index + 1,
          id,
          index + 1,
        ]);
    },

    /** Sets the last day of a hold by hand (HOLD-04). */
    async setHeldUntil(id: number, until: Day): Promise<void> {
      await rows(db, 'update requests set held_until = ? where id = ?', [until, id]);
    },
  };
}
