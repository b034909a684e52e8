import type { Task } from '../circulation/filling.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { isPostgres, lock, row, rows } from './sql.ts';
import type { Connection, Row } from './sql.ts';
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

/** The names of a patron `p` and their primary identifier. */
export const PATRON_NAMED = `p.last_name, p.first_name,
  (select value from patron_identifiers i where i.patron_id = p.id order by i.id limit 1) as card`;
export const nameIn = (one: Row): string => [one['last_name'], one['first_name']].filter(Boolean).join(' ');

/** Read one by one: a queue can be long, and what is not looked at costs as much as what is. */
const QUEUED = `r.id, r.title_id, r.patron_id, r.item_id, r.pickup, r.state, r.assigned_item_id, r.queue_position, r.task,
  r.asked_library, r.planned_item_id, r.recalled_loan_id, r.skipped, r.placed_at, r.not_after, r.held_until,
  p.group_code, ${PATRON_NAMED}`;

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

/** Who waits for what. */
export function requestQueuesOn(db: Connection) {
  const queueOf = async (titleId: number): Promise<QueuedRequest[]> => {
    const found = await rows(
      db,
      `select ${QUEUED} from requests r left join patrons p on p.id = r.patron_id
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
     * locked first, where the database can, until the transaction ends: what is read is what the desk before us left. A
     * title without requests costs no lock.
     */
    async queue(titleId: number): Promise<QueuedRequest[]> {
      if (!isPostgres(db)) return queueOf(titleId);
      const any = 'select 1 from requests where title_id = ? and closed_at is null limit 1';
      if (!(await row(db, any, [titleId]))) return [];
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
          `select ${QUEUED} from requests r left join patrons p on p.id = r.patron_id
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
