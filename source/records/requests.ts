import type { Day, Instant } from '../circulation/time.ts';
import { insert, isPostgres, lock, row, rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** A request that waits for an item, with what its requester is called by. */
export type WaitingRequest = {
  readonly id: number;
  readonly patronId: number;
  readonly patron: string;
  /** The patron's primary identifier. */
  readonly card: string | null;
  readonly pickup: string;
  /** The library that is to take a copy from its shelves for it. */
  readonly pickAt: string;
  readonly placedAt: Instant;
};

/** An open request as a patron's list shows it. */
export type RequestLine = {
  readonly id: number;
  readonly title: string;
  readonly pickup: string;
  readonly state: 'WAITING' | 'TRANSIT' | 'ON_SHELF';
  readonly heldUntil: Day | null;
  readonly placedAt: Instant;
};

/** Requests, hold shelves and items on their way. */
export function requestsOn(db: Connection) {
  /**
   * Reads a request of a title. If there is one, two desks may be about to fill it: locks the title, where the database
   * can, and reads again what the desk before us left. A title without requests costs no lock.
   */
  const lockingTitle = async <Found>(
    titleId: number,
    read: () => Promise<Found | undefined>,
  ): Promise<Found | undefined> => {
    const found = await read();
    if (found === undefined || !isPostgres(db)) return found;
    await rows(db, `select t.id from titles t where t.id = ?${lock(db, 't')}`, [titleId]);
    return read();
  };

  return {
    /** Places a request at the end of the queue of a title (or of one described item). */
    async place(request: {
      titleId: number;
      itemId: number | null;
      patronId: number;
      pickup: string;
      at: Instant;
      notAfter: Day | null;
    }): Promise<number> {
      return insert(db, 'requests', {
        title_id: request.titleId,
        item_id: request.itemId,
        patron_id: request.patronId,
        pickup: request.pickup,
        state: 'WAITING',
        placed_at: request.at,
        not_after: request.notAfter,
      });
    },

    /** The requests in the queue that an item could fill, in turn; the title stays ours until the transaction ends. */
    async waiting(titleId: number, itemId: number, limit: number): Promise<WaitingRequest[]> {
      const found = await lockingTitle(titleId, async () => {
        const queue = await rows(
          db,
          `select r.id, r.patron_id, r.pickup, r.placed_at, p.last_name, p.first_name,
             (select value from patron_identifiers i where i.patron_id = p.id order by i.id limit 1) as card
           from requests r join patrons p on p.id = r.patron_id
           where r.title_id = ? and r.closed_at is null and r.state = 'WAITING' and (r.item_id is null or r.item_id = ?)
           order by r.placed_at, r.id limit ?`,
          [titleId, itemId, limit],
        );
        return queue.length === 0 ? undefined : queue;
      });
      return (found ?? []).map((one) => ({
        id: one['id'] as number,
        patronId: one['patron_id'] as number,
        patron: `${one['last_name'] as string} ${one['first_name'] as string}`.trim(),
        card: one['card'] as string | null,
        pickup: one['pickup'] as string,
        // As long as nobody decides who fills a request (REQ-07), its pickup library looks on its own shelves.
        pickAt: one['pickup'] as string,
        placedAt: one['placed_at'] as number,
      }));
    },

    /**
     * Whether more requests wait that an item could fill than copies are recalled for them (REN-05); those whose copy is
     * picked or held wait no more. The title stays ours until the transaction ends.
     */
    async outnumberRecalls(titleId: number, itemId: number): Promise<boolean> {
      const waiting = await lockingTitle(titleId, async () => {
        const found = await row<{ n: number }>(
          db,
          `select count(*) as n from requests
           where title_id = ? and closed_at is null and state = 'WAITING' and (item_id is null or item_id = ?)`,
          [titleId, itemId],
        );
        return found !== undefined && found.n > 0 ? found.n : undefined;
      });
      if (waiting === undefined) return false;
      const recalled = await row<{ n: number }>(
        db,
        `select count(*) as n from items i join loans l on l.item_id = i.id and l.returned_at is null
         where i.title_id = ? and (i.description is null or i.id = ?) and l.recalled`,
        [titleId, itemId],
      );
      return waiting > (recalled?.n ?? 0);
    },

    /** Puts an item on the hold shelf for a request, or back there; the first time decides until when (HOLD-01). */
    async putOnShelf(id: number, itemId: number, now: Instant, until: Day): Promise<void> {
      await rows(
        db,
        `update requests set state = 'ON_SHELF', assigned_item_id = ?,
           held_since = coalesce(held_since, ?), held_until = coalesce(held_until, ?) where id = ?`,
        [itemId, now, until, id],
      );
    },

    /** An item travels to the pickup library of a request. */
    async sendTo(id: number, itemId: number): Promise<void> {
      await rows(db, "update requests set state = 'TRANSIT', assigned_item_id = ? where id = ?", [itemId, id]);
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

    /** The open request of a patron that this item or title would fill; its title stays ours until the transaction ends. */
    async ofPatronForTitle(
      patronId: number,
      titleId: number,
      itemId: number,
    ): Promise<
      { id: number; patronId: number; pickup: string; state: string; assignedItemId: number | null } | undefined
    > {
      return lockingTitle(titleId, async () =>
        row(
          db,
          `select id, patron_id as "patronId", pickup, state, assigned_item_id as "assignedItemId" from requests
           where patron_id = ? and title_id = ? and closed_at is null and (item_id is null or item_id = ?)
           order by case when assigned_item_id = ? then 0 else 1 end, placed_at, id limit 1`,
          [patronId, titleId, itemId, itemId],
        ),
      );
    },

    /** Ends a request whose item was not fetched in time (HOLD-03). */
    async expire(id: number, now: Instant): Promise<void> {
      await rows(db, "update requests set state = 'CANCELLED', assigned_item_id = null, closed_at = ? where id = ?", [
        now,
        id,
      ]);
    },

    /** Ends a request that has been filled. */
    async fill(id: number, now: Instant): Promise<void> {
      await rows(
        db,
        "update requests set state = 'FILLED', assigned_item_id = null, held_until = null, closed_at = ? where id = ?",
        [now, id],
      );
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

    /** A window of a patron's open requests, the oldest first. */
    async ofPatron(patronId: number, window: { offset: number; limit: number }): Promise<RequestLine[]> {
      return rows(
        db,
        `select r.id, t.title, r.pickup, r.state, r.held_until as "heldUntil", r.placed_at as "placedAt"
         from requests r join titles t on t.id = r.title_id
         where r.patron_id = ? and r.closed_at is null order by r.placed_at, r.id limit ? offset ?`,
        [patronId, window.limit, window.offset],
      );
    },
  };
}
