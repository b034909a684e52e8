import type { Task } from '../circulation/filling.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { insert, isPostgres, lock, row, rows } from './sql.ts';
import type { Connection, Row, Value } from './sql.ts';
import { keyOf } from './text.ts';

/** An open request of a title, with what its requester is called by. */
export type QueuedRequest = {
  readonly id: number;
  /** Null: the patron's record has gone. */
  readonly patronId: number | null;
  readonly patron: string;
  /** The patron's primary identifier. */
  readonly card: string | null;
  readonly group: string | null;
  /** The volume or issue that is asked for; null: any copy of the title. */
  readonly itemId: number | null;
  readonly pickup: string;
  readonly state: 'WAITING' | 'TRANSIT' | 'ON_SHELF';
  /** The copy that is held for it, or travels to it. */
  readonly assignedItemId: number | null;
  /** Among the open requests of the title, from 1. */
  readonly position: number;
  readonly task: Task | null;
  readonly askedLibrary: string | null;
  readonly plannedItemId: number | null;
  readonly recalledLoanId: number | null;
  readonly skipped: readonly string[];
  readonly placedAt: Instant;
  /** Last day on which it is of use. */
  readonly notAfter: Day | null;
  readonly heldUntil: Day | null;
};

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

/** The names of a patron `p` and their primary identifier. */
export const PATRON_NAMED = `p.last_name, p.first_name,
  (select value from patron_identifiers i where i.patron_id = p.id order by i.id limit 1) as card`;
export const nameIn = (one: Row): string => [one['last_name'], one['first_name']].filter(Boolean).join(' ');

function queuedFrom(one: Row): QueuedRequest {
  return {
    id: one['id'] as number,
    patronId: one['patron_id'] as number | null,
    patron: nameIn(one),
    card: one['card'] as string | null,
    group: one['group_code'] as string | null,
    itemId: one['item_id'] as number | null,
    pickup: one['pickup'] as string,
    state: one['state'] as QueuedRequest['state'],
    assignedItemId: one['assigned_item_id'] as number | null,
    position: one['queue_position'] as number,
    task: one['task'] as Task | null,
    askedLibrary: one['asked_library'] as string | null,
    plannedItemId: one['planned_item_id'] as number | null,
    recalledLoanId: one['recalled_loan_id'] as number | null,
    skipped: JSON.parse(one['skipped'] as string) as string[],
    placedAt: one['placed_at'] as number,
    notAfter: one['not_after'] as string | null,
    heldUntil: one['held_until'] as string | null,
  };
}

/** Nothing is planned for it any more. */
const UNPLANNED = `task = null, asked_library = null, asked_at = null, planned_item_id = null, recalled_loan_id = null,
  printed_at = null, reported_at = null`;

/** Requests and their queues. */
export function requestsOn(db: Connection) {
  const queueOf = async (titleId: number): Promise<QueuedRequest[]> => {
    const found = await rows(
      db,
      `select r.*, p.group_code, ${PATRON_NAMED} from requests r left join patrons p on p.id = r.patron_id
       where r.title_id = ? and r.closed_at is null order by r.queue_position, r.id`,
      [titleId],
    );
    return found.map(queuedFrom);
  };
  const lockTitle = async (titleId: number): Promise<void> => {
    await rows(db, `select t.id from titles t where t.id = ?${lock(db, 't')}`, [titleId]);
  };

  return {
    /**
     * The open requests of a title in their order. If there are any, two desks may be about to fill them: the title is
     * locked, where the database can, until the transaction ends, and read again: what the desk before us left. A title
     * without requests costs no lock.
     */
    async queue(titleId: number): Promise<QueuedRequest[]> {
      const found = await queueOf(titleId);
      if (found.length === 0 || !isPostgres(db)) return found;
      await lockTitle(titleId);
      return queueOf(titleId);
    },

    /** The open requests of a title as they are now; it is locked already, or they are only looked at. */
    open: async (titleId: number): Promise<QueuedRequest[]> => queueOf(titleId),

    /** The same, and the title is locked though nobody may wait for it yet. */
    async lockedQueue(titleId: number): Promise<QueuedRequest[]> {
      if (isPostgres(db)) await lockTitle(titleId);
      return queueOf(titleId);
    },

    /** The title of a request; undefined: there is no such request. */
    async titleOf(id: number): Promise<number | undefined> {
      return (await row<{ title: number }>(db, 'select title_id as title from requests where id = ?', [id]))?.title;
    },

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

    /** How many requests of a patron are open, and where their items wait on hold shelves (PAT-05). */
    async countsOfPatron(patronId: number): Promise<{ open: number; onShelf: { library: string; count: number }[] }> {
      const found = await rows<{ state: string; pickup: string; n: number }>(
        db,
        'select state, pickup, count(*) as n from requests where patron_id = ? and closed_at is null group by state, pickup order by pickup',
        [patronId],
      );
      const onShelf = found.filter((one) => one.state === 'ON_SHELF');
      return {
        open: found.reduce((sum, one) => sum + one.n, 0),
        onShelf: onShelf.map((one) => ({ library: one.pickup, count: one.n })),
      };
    },

    /** The requests that wait for some titles, in the order of their queues. */
    async waitingFor(titleIds: readonly number[]): Promise<(QueuedRequest & { readonly titleId: number })[]> {
      const found: (QueuedRequest & { readonly titleId: number })[] = [];
      for (let start = 0; start < titleIds.length; start += 500) {
        const part = titleIds.slice(start, start + 500);
        const some = await rows(
          db,
          `select r.*, p.group_code, ${PATRON_NAMED} from requests r left join patrons p on p.id = r.patron_id
           where r.title_id in (${part.map(() => '?').join(', ')}) and r.closed_at is null and r.state = 'WAITING'
           order by r.title_id, r.queue_position, r.id`,
          part,
        );
        found.push(...some.map((one) => ({ ...queuedFrom(one), titleId: one['title_id'] as number })));
      }
      return found;
    },

    /** Of all titles behind one, those for which somebody waits, in the order of their numbers. */
    async titlesWaitedFor({ after = 0, limit }: { after?: number; limit: number }): Promise<number[]> {
      const found = await rows<{ title: number }>(
        db,
        `select distinct title_id as title from requests where closed_at is null and state = 'WAITING' and title_id > ?
         order by title_id limit ?`,
        [after, limit],
      );
      return found.map((one) => one.title);
    },

    /** The titles of some items for which somebody waits. */
    async titlesOfItemsWaitedFor(barcodes: readonly string[]): Promise<number[]> {
      const found = new Set<number>();
      const barcodeKeys = barcodes.map(keyOf);
      for (let start = 0; start < barcodeKeys.length; start += 500) {
        const part = barcodeKeys.slice(start, start + 500);
        const some = await rows<{ title: number }>(
          db,
          `select distinct i.title_id as title from items i where i.barcode_key in (${part.map(() => '?').join(', ')})
             and exists (select 1 from requests r where r.title_id = i.title_id and r.closed_at is null)`,
          part,
        );
        for (const { title } of some) found.add(title);
      }
      return [...found].toSorted((one, other) => one - other);
    },
  };
}
