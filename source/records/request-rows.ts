import type { Task } from '../circulation/filling.ts';
import type { ProcessType } from '../circulation/loan.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { nameIn, PATRON_NAMED } from './requests.ts';
import type { Closing } from './requests.ts';
import { isPostgres, row, rows, truth } from './sql.ts';
import type { Connection, Row, Value } from './sql.ts';

/** A request with everything that screens, slips and letters say of it. */
export type RequestRow = {
  readonly id: number;
  readonly titleId: number;
  readonly title: string;
  readonly author: string | null;
  /** The volume or issue that is asked for. */
  readonly itemId: number | null;
  readonly description: string | null;
  readonly patronId: number | null;
  readonly patron: string;
  readonly card: string | null;
  readonly group: string | null;
  readonly pickup: string;
  readonly state: 'WAITING' | 'TRANSIT' | 'ON_SHELF' | 'FILLED' | 'CANCELLED';
  readonly task: Task | null;
  readonly askedLibrary: string | null;
  readonly skipped: readonly string[];
  /** Place among the open requests for the same, from 1, and how many there are. */
  readonly position: number | null;
  readonly of: number | null;
  readonly placedAt: Instant;
  readonly notAfter: Day | null;
  readonly note: string | null;
  readonly heldSince: Instant | null;
  readonly heldUntil: Day | null;
  readonly closedAt: Instant | null;
  readonly closing: Closing | null;
  readonly reason: string | null;
  readonly closedBy: string | null;
  readonly notify: boolean | null;
  readonly printedAt: Instant | null;
  readonly reportedAt: Instant | null;
  /** The copy that it has, or that is meant for it, or that it has left on the shelf. */
  readonly copy: {
    readonly id: number;
    readonly barcode: string;
    readonly library: string;
    readonly location: string;
    readonly callNumber: string | null;
    readonly description: string | null;
    readonly process: ProcessType | null;
    readonly at: string;
  } | null;
  /** When the loan that was recalled for it falls due. */
  readonly due: Instant | null;
  /** Its item still stands on the hold shelf though it has ended. */
  readonly left: boolean;
};

/** How a pick list is filtered; what is left out does not matter (PICK-01). */
export type PickFilter = {
  readonly library: string;
  readonly location?: string;
  /** The hold shelf here, any other library, or one of them. */
  readonly destination?: string;
  readonly printed?: boolean;
  readonly reported?: boolean;
  readonly type?: 'title' | 'item';
};
export type PickSort = 'shelf' | 'title' | 'placed' | 'destination' | 'patron';
export type ShelfSort = 'placed' | 'expiry' | 'patron' | 'callNumber' | 'title';
export type SortedBy<Sort> = { readonly sort: Sort; readonly descending: boolean };

const same = 'q.title_id = r.title_id and q.closed_at is null and coalesce(q.item_id, 0) = coalesce(r.item_id, 0)';
const COLUMNS = `r.*, t.title, t.author, p.group_code, ${PATRON_NAMED}, v.description as volume,
  i.id as copy_id, i.barcode, i.library as copy_library, i.location, i.call_number, i.description as copy_description,
  i.process, i.at_library, l.due_at, s.display_name as closer,
  case when r.closed_at is null then (select count(*) from requests q where ${same} and q.queue_position <= r.queue_position) end as place,
  case when r.closed_at is null then (select count(*) from requests q where ${same}) end as places`;
const TABLES = `requests r join titles t on t.id = r.title_id left join patrons p on p.id = r.patron_id
  left join items v on v.id = r.item_id
  left join items i on i.id = coalesce(r.assigned_item_id, r.planned_item_id, r.remains_item_id)
  left join loans l on l.id = r.recalled_loan_id left join staff s on s.id = r.closed_by`;

function requestFrom(one: Row): RequestRow {
  const copyId = one['copy_id'] as number | null;
  return {
    id: one['id'] as number,
    titleId: one['title_id'] as number,
    title: one['title'] as string,
    author: one['author'] as string | null,
    itemId: one['item_id'] as number | null,
    description: one['volume'] as string | null,
    patronId: one['patron_id'] as number | null,
    patron: nameIn(one),
    card: one['card'] as string | null,
    group: one['group_code'] as string | null,
    pickup: one['pickup'] as string,
    state: one['state'] as RequestRow['state'],
    task: one['task'] as Task | null,
    askedLibrary: one['asked_library'] as string | null,
    skipped: JSON.parse(one['skipped'] as string) as string[],
    position: one['place'] as number | null,
    of: one['places'] as number | null,
    placedAt: one['placed_at'] as number,
    notAfter: one['not_after'] as string | null,
    note: one['note'] as string | null,
    heldSince: one['held_since'] as number | null,
    heldUntil: one['held_until'] as string | null,
    closedAt: one['closed_at'] as number | null,
    closing: one['closing'] as Closing | null,
    reason: one['closed_reason'] as string | null,
    closedBy: one['closer'] as string | null,
    notify: one['notify'] === null ? null : truth(one['notify']),
    printedAt: one['printed_at'] as number | null,
    reportedAt: one['reported_at'] as number | null,
    copy:
      copyId === null
        ? null
        : {
            id: copyId,
            barcode: one['barcode'] as string,
            library: one['copy_library'] as string,
            location: one['location'] as string,
            callNumber: one['call_number'] as string | null,
            description: one['copy_description'] as string | null,
            process: one['process'] as ProcessType | null,
            at: one['at_library'] as string,
          },
    due: one['due_at'] as number | null,
    left: one['remains_item_id'] !== null,
  };
}

/** What a pick list is made of: the copy that is meant gives shelf and call number. */
const PICKS = `requests r join titles t on t.id = r.title_id left join items i on i.id = r.planned_item_id
  left join patrons p on p.id = r.patron_id`;
const PICK_ORDER: Readonly<Record<PickSort, readonly string[]>> = {
  shelf: ['i.location', 'i.call_number', 't.match_key'],
  title: ['t.match_key'],
  placed: ['r.placed_at'],
  destination: ['r.pickup', 'i.location', 'i.call_number'],
  patron: ['p.sort_name'],
};

/** What stands on a hold shelf: what is held there, and what ended requests have left there. */
const SHELVED = `requests r join titles t on t.id = r.title_id
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
  if (destination === 'here') add('r.pickup = ?', library);
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
      `select ${COLUMNS} from ${TABLES} where r.id in (${ids.map(() => '?').join(', ')})`,
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
      const total = await countOf(`select count(*) as n from ${PICKS} where ${sql}`, values);
      const ids = await idsOf(
        `select r.id from ${PICKS} where ${sql} order by ${ordered(PICK_ORDER[sort], descending)} limit ? offset ?`,
        [...values, window.limit, window.offset],
      );
      return { total, lines: await withIds(ids) };
    },

    /** How many of a library's picks stand at each location, and go to each library. */
    async picksBy(library: string, what: 'location' | 'destination'): Promise<{ code: string; count: number }[]> {
      const column = what === 'location' ? 'i.location' : 'r.pickup';
      const { sql, values } = pickConditions({ library });
      return rows(
        db,
        `select ${column} as code, count(*) as count from ${PICKS} where ${sql} and ${column} is not null group by ${column} order by ${column}`,
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

    /** Everything on the expired shelf of a library (HOLD-03), sorted; `most`: no more than that. */
    async expiredShelf(
      library: string,
      today: Day,
      { sort, descending }: SortedBy<ShelfSort>,
      most: number,
    ): Promise<RequestRow[]> {
      const order = ordered(SHELF_ORDER[sort], descending);
      const ids = await idsOf(`select r.id from ${SHELVED} where ${EXPIRED} order by ${order} limit ?`, [
        library,
        today,
        library,
        most,
      ]);
      const found: RequestRow[] = [];
      for (let start = 0; start < ids.length; start += 500)
        found.push(...(await withIds(ids.slice(start, start + 500))));
      return found;
    },

    /** How many stand on the active shelf of a library. */
    activeCount: async (library: string): Promise<number> =>
      countOf(`select count(*) as n from requests r where ${ACTIVE}`, [library]),
  };
}
