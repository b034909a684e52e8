import type { Day } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { REQUEST_COLUMNS, REQUEST_TABLES, requestFrom } from './request-row.ts';
import type { RequestRow } from './request-row.ts';
import { isPostgres, row, rows, truth } from './sql.ts';
import type { Connection, Value } from './sql.ts';

export type { RequestRow } from './request-row.ts';

/** How a pick list is filtered; what is left out does not matter (PICK-01). */
export type PickFilter = {
  readonly library: string;
  readonly location?: string;
  /** The hold shelf here (`here`, or `hold-shelf` as a line says it), any other library (`elsewhere`), or one of them. */
  readonly destination?: string;
  readonly printed?: boolean;
  readonly reported?: boolean;
  readonly type?: 'title' | 'item';
};
export type PickSort = 'shelf' | 'title' | 'placed' | 'destination' | 'patron';
export type ShelfSort = 'placed' | 'expiry' | 'patron' | 'callNumber' | 'title';
export type SortedBy<Sort> = { readonly sort: Sort; readonly descending: boolean };

/** Picks, to be counted: their copies are only looked at where they are filtered by their location. */
const PICKED = 'requests r';
const PICKED_COPIES = 'requests r left join items i on i.id = r.planned_item_id';
/** What a pick list is made of: the copy that is meant gives shelf and call number. */
const PICKS = `requests r left join titles t on t.id = r.title_id left join items i on i.id = r.planned_item_id
  left join patrons p on p.id = r.patron_id`;
const PICK_ORDER: Readonly<Record<PickSort, readonly string[]>> = {
  shelf: ['i.location', 'i.call_number', 'r.placed_at'],
  title: ['t.match_key'],
  placed: ['r.placed_at'],
  destination: ['r.pickup', 'i.location', 'i.call_number'],
  patron: ['p.sort_name'],
};

/** What stands on a hold shelf: what is held there, and what ended requests have left there. */
const SHELVED = `requests r left join titles t on t.id = r.title_id
  left join items i on i.id = coalesce(r.assigned_item_id, r.remains_item_id) left join patrons p on p.id = r.patron_id`;
const SHELF_ORDER: Readonly<Record<ShelfSort, readonly string[]>> = {
  placed: ['r.held_since'],
  expiry: ['r.held_until', 'r.held_since'],
  patron: ['p.sort_name'],
  callNumber: ['i.call_number', 't.match_key'],
  title: ['t.match_key'],
};

/** Texts whose order is that of their bytes on both databases, what is missing first. */
const TEXTS: readonly string[] = ['i.location', 'i.call_number', 'r.pickup'];
const NUMBERS: readonly string[] = ['r.placed_at', 'r.held_since'];

function pickConditions(filter: PickFilter): { sql: string; values: Value[] } {
  const { library, location, destination, printed, reported, type } = filter;
  const parts = ["r.task = 'pick' and r.closed_at is null and r.asked_library = ?"];
  const values: Value[] = [library];
  const add = (sql: string, ...more: Value[]): void => {
    parts.push(sql);
    values.push(...more);
  };
  if (location !== undefined) add('i.location = ?', location);
  if (destination === 'here' || destination === 'hold-shelf') add('r.pickup = ?', library);
  else if (destination === 'elsewhere') add('r.pickup <> ?', library);
  else if (destination !== undefined) add('r.pickup = ?', destination);
  if (printed !== undefined) add(`r.printed_at is ${printed ? 'not ' : ''}null`);
  if (reported !== undefined) add(`r.reported_at is ${reported ? 'not ' : ''}null`);
  if (type !== undefined) add(`r.item_id is ${type === 'item' ? 'not ' : ''}null`);
  return { sql: parts.join(' and '), values };
}

/** Whether a row of a shelf is expired: its last day is over, or it has ended and its item still stands there. */
const ACTIVE = "r.state = 'ON_SHELF' and r.pickup = ?";
const EXPIRED = `((r.state = 'ON_SHELF' and r.pickup = ? and r.held_until < ?) or (r.remains_item_id is not null and r.pickup = ?))`;

/** Requests as lists show them. */
export function requestRowsOn(db: Connection) {
  const binary = isPostgres(db) ? ' collate "C"' : '';
  const ordered = (names: readonly string[], descending: boolean): string => {
    const columns = names.map((name) => {
      if (NUMBERS.includes(name)) return name;
      return TEXTS.includes(name) ? `coalesce(${name}, '')${binary}` : `coalesce(${name}, '')`;
    });
    return [...columns, 'r.id'].map((name) => `${name}${descending ? ' desc' : ''}`).join(', ');
  };
  /** Requests by their numbers, in that order. */
  const withIds = async (ids: readonly number[]): Promise<RequestRow[]> => {
    if (ids.length === 0) return [];
    const found = await rows(
      db,
      `select ${REQUEST_COLUMNS} from ${REQUEST_TABLES} where r.id in (${ids.map(() => '?').join(', ')})`,
      ids,
    );
    const byId = new Map(found.map((one) => [one['id'] as number, requestFrom(one)]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  };
  const idsOf = async (sql: string, values: readonly Value[]): Promise<number[]> =>
    (await rows<{ id: number }>(db, sql, values)).map((one) => one.id);
  const countOf = async (sql: string, values: readonly Value[]): Promise<number> =>
    (await row<{ n: number }>(db, sql, values))?.n ?? 0;

  return {
    withIds,

    byId: async (id: number): Promise<RequestRow | undefined> => (await withIds([id]))[0],

    /** A window of the open requests of a title in their order, and how many there are. */
    async ofTitle(titleId: number, window: Window): Promise<{ total: number; lines: RequestRow[] }> {
      const where = 'requests r where r.title_id = ? and r.closed_at is null';
      const total = await countOf(`select count(*) as n from ${where}`, [titleId]);
      const ids = await idsOf(`select r.id from ${where} order by r.queue_position limit ? offset ?`, [
        titleId,
        window.limit,
        window.offset,
      ]);
      return { total, lines: await withIds(ids) };
    },

    /** A window of a patron's open requests, the oldest first. */
    async ofPatron(patronId: number, window: Window): Promise<RequestRow[]> {
      return withIds(
        await idsOf(
          'select id from requests where patron_id = ? and closed_at is null order by placed_at, id limit ? offset ?',
          [patronId, window.limit, window.offset],
        ),
      );
    },

    /** A window of what a library is to take from its shelves (PICK-01), and how many there are. */
    async picks(
      filter: PickFilter,
      { sort, descending }: SortedBy<PickSort>,
      window: Window,
    ): Promise<{ total: number; lines: RequestRow[] }> {
      const { sql, values } = pickConditions(filter);
      const counted = filter.location === undefined ? PICKED : PICKED_COPIES;
      const total = await countOf(`select count(*) as n from ${counted} where ${sql}`, values);
      const ids = await idsOf(
        `select r.id from ${PICKS} where ${sql} order by ${ordered(PICK_ORDER[sort], descending)} limit ? offset ?`,
        [...values, window.limit, window.offset],
      );
      return { total, lines: await withIds(ids) };
    },

    /** How many of a library's picks stand at each location, and go to each library. */
    async picksBy(library: string, what: 'location' | 'destination'): Promise<{ code: string; count: number }[]> {
      const [column, from] = what === 'location' ? ['i.location', PICKED_COPIES] : ['r.pickup', PICKED];
      const { sql, values } = pickConditions({ library });
      return rows(
        db,
        `select ${column} as code, count(*) as count from ${from} where ${sql} and ${column} is not null group by ${column} order by ${column}`,
        values,
      );
    },

    /** The pick that a copy is meant for; else the first of its title at the library where it stands. */
    async pickOfItem({
      id,
      titleId,
      at,
    }: {
      id: number;
      titleId: number;
      at: string | null;
    }): Promise<number | undefined> {
      return (
        await idsOf(
          `select id from requests where title_id = ? and closed_at is null and task = 'pick' and (planned_item_id = ? or asked_library = ?)
           order by case when planned_item_id = ? then 0 else 1 end, queue_position limit 1`,
          [titleId, id, at, id],
        )
      )[0];
    },

    /** What stands on a shelf for an item: the request that holds it, or that has left it there. */
    async shelvedOfItem(itemId: number): Promise<number | undefined> {
      const sql = `select id from requests where (assigned_item_id = ? and closed_at is null and state = 'ON_SHELF') or remains_item_id = ?`;
      return (await idsOf(sql, [itemId, itemId]))[0];
    },

    /** What stands on hold shelves of a title, by the requests that hold it or have left it there. */
    shelvedOfTitle: async (titleId: number): Promise<number[]> =>
      idsOf(
        `select id from requests where title_id = ? and closed_at is null and state = 'ON_SHELF'
         union select id from requests where remains_item_id in (select i.id from items i where i.title_id = ?) order by 1`,
        [titleId, titleId],
      ),

    /** A window of the active hold shelf of a library (HOLD-02). */
    async activeShelf(
      library: string,
      { sort, descending }: SortedBy<ShelfSort>,
      window: Window,
    ): Promise<RequestRow[]> {
      const order = ordered(SHELF_ORDER[sort], descending);
      return withIds(
        await idsOf(`select r.id from ${SHELVED} where ${ACTIVE} order by ${order} limit ? offset ?`, [
          library,
          window.limit,
          window.offset,
        ]),
      );
    },

    /**
     * What stands on the expired shelf of a library (HOLD-03), sorted; `most`: no more than that. `plain`: nothing is to be
     * done to it, so that nobody but a requester could keep it from its place.
     */
    async expiredShelf(
      library: string,
      today: Day,
      { sort, descending }: SortedBy<ShelfSort>,
      most: number,
    ): Promise<{ id: number; titleId: number; itemId: number; owner: string; plain: boolean }[]> {
      const order = ordered(SHELF_ORDER[sort], descending);
      const found = await rows<{ id: number; titleId: number; itemId: number; owner: string; busy: unknown }>(
        db,
        `select r.id, r.title_id as "titleId", i.id as "itemId", i.library as owner,
           (i.quick_add or i.department is not null
             or exists (select 1 from work_orders w where w.item_id = i.id and w.closed_at is null)) as busy
         from ${SHELVED} where ${EXPIRED} order by ${order} limit ?`,
        [library, today, library, most],
      );
      return found.map(({ busy, ...one }) => ({ ...one, plain: !truth(busy) }));
    },

    /** How many stand on the active shelf of a library. */
    activeCount: async (library: string): Promise<number> =>
      countOf(`select count(*) as n from requests r where ${ACTIVE}`, [library]),
  };
}
