import type { ProcessType } from '../circulation/loan.ts';
import type { TransitReason } from '../circulation/routing.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { addItems } from './add-items.ts';
import { isPostgres, lock, row, rows, truth } from './sql.ts';
import type { Connection, Row } from './sql.ts';
import { afterPrefix, keyOf, plain } from './text.ts';

/** An item with its title, and what is going on with it. */
export type ItemView = {
  readonly id: number;
  readonly titleId: number;
  readonly title: string;
  readonly author: string | null;
  readonly isbn: string | null;
  readonly barcode: string;
  readonly library: string;
  /** `LIBRARY/LOCATION`. */
  readonly location: string;
  readonly material: string;
  readonly policy: string | null;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly fulfilmentNote: string | null;
  readonly publicNote: string | null;
  readonly internalNote: string | null;
  readonly holdingId: number | null;
  /** Stands for a while at another place than its holding's. */
  readonly temporary: boolean;
  /** Made at the desk for something that was not catalogued (TAB-06). */
  readonly quickAdd: boolean;
  readonly process: ProcessType | null;
  readonly department: string | null;
  readonly at: string;
  readonly loan: {
    readonly id: number;
    readonly patronId: number;
    readonly patron: string;
    readonly due: Instant;
    readonly lateFrom: Instant;
  } | null;
  readonly hold: {
    readonly request: number;
    readonly patronId: number;
    readonly patron: string;
    readonly pickup: string;
    readonly state: 'ON_SHELF' | 'TRANSIT';
    readonly until: Day | null;
  } | null;
  readonly transit: {
    readonly id: number;
    readonly from: string;
    readonly to: string;
    /** The department there for which it is meant; null: its desk. */
    readonly department: string | null;
    readonly reason: TransitReason;
    /** The request for which it travels, though that may have ended meanwhile. */
    readonly request: number | null;
    readonly since: Instant;
  } | null;
  /** Internal treatment that is still to be done (ITEM-01); `received`: it is in its department. */
  readonly workOrder: {
    readonly id: number;
    readonly library: string;
    readonly department: string;
    readonly type: string;
    readonly note: string | null;
    readonly received: boolean;
  } | null;
};

/** A new item with its title; the same title text and author are the same title. */
export type NewItem = {
  readonly barcode: string;
  readonly title: string;
  readonly author?: string | null;
  /** Of a title that is made for it. */
  readonly subjects?: readonly string[];
  readonly isbn?: string | null;
  readonly library: string;
  readonly location: string;
  readonly material: string;
  readonly policy?: string | null;
  readonly description?: string | null;
  readonly callNumber?: string | null;
  readonly fulfilmentNote?: string | null;
  readonly process?: ProcessType | null;
  readonly department?: string | null;
};

const SELECT = `select i.*, t.title, t.author, t.isbn,
  l.id as loan_id, l.patron_id as loan_patron, l.due_at, l.late_from, lp.last_name as loan_last, lp.first_name as loan_first,
  r.id as request_id, r.patron_id as hold_patron, r.pickup, r.state as request_state, r.held_until,
  rp.last_name as hold_last, rp.first_name as hold_first,
  x.id as transit_id, x.from_library, x.to_library, x.to_department, x.reason, x.request_id as transit_request, x.since,
  w.id as order_id, w.library as order_library, w.department as order_department, w.type as order_type, w.note as order_note, w.received_at
from items i join titles t on t.id = i.title_id
  left join loans l on l.item_id = i.id and l.returned_at is null
  left join patrons lp on lp.id = l.patron_id
  left join requests r on r.assigned_item_id = i.id and r.closed_at is null
  left join patrons rp on rp.id = r.patron_id
  left join transits x on x.item_id = i.id and x.ended_at is null
  left join work_orders w on w.item_id = i.id and w.closed_at is null`;

const nameOf = (last: unknown, first: unknown): string => [last, first].filter(Boolean).join(' ');

function loanOf(one: Row): ItemView['loan'] {
  if (one['loan_id'] === null) return null;
  return {
    id: one['loan_id'] as number,
    patronId: one['loan_patron'] as number,
    patron: nameOf(one['loan_last'], one['loan_first']),
    due: one['due_at'] as number,
    lateFrom: one['late_from'] as number,
  };
}

function holdOf(one: Row): ItemView['hold'] {
  if (one['request_id'] === null) return null;
  return {
    request: one['request_id'] as number,
    patronId: one['hold_patron'] as number,
    patron: nameOf(one['hold_last'], one['hold_first']),
    pickup: one['pickup'] as string,
    state: one['request_state'] as 'ON_SHELF' | 'TRANSIT',
    until: one['held_until'] as string | null,
  };
}

function transitOf(one: Row): ItemView['transit'] {
  if (one['transit_id'] === null) return null;
  return {
    id: one['transit_id'] as number,
    from: one['from_library'] as string,
    to: one['to_library'] as string,
    department: one['to_department'] as string | null,
    reason: one['reason'] as TransitReason,
    request: one['transit_request'] as number | null,
    since: one['since'] as number,
  };
}

function workOrderOf(one: Row): ItemView['workOrder'] {
  if (one['order_id'] === null) return null;
  return {
    id: one['order_id'] as number,
    library: one['order_library'] as string,
    department: one['order_department'] as string,
    type: one['order_type'] as string,
    note: one['order_note'] as string | null,
    received: one['received_at'] !== null,
  };
}

function itemFrom(one: Row): ItemView {
  return {
    id: one['id'] as number,
    titleId: one['title_id'] as number,
    title: one['title'] as string,
    author: one['author'] as string | null,
    isbn: one['isbn'] as string | null,
    barcode: one['barcode'] as string,
    library: one['library'] as string,
    location: one['location'] as string,
    material: one['material'] as string,
    policy: one['policy'] as string | null,
    description: one['description'] as string | null,
    callNumber: one['call_number'] as string | null,
    fulfilmentNote: one['fulfilment_note'] as string | null,
    publicNote: one['public_note'] as string | null,
    internalNote: one['internal_note'] as string | null,
    holdingId: one['holding_id'] as number | null,
    temporary: truth(one['temporary']),
    quickAdd: truth(one['quick_add']),
    process: one['process'] as ProcessType | null,
    department: one['department'] as string | null,
    at: one['at_library'] as string,
    loan: loanOf(one),
    hold: holdOf(one),
    transit: transitOf(one),
    workOrder: workOrderOf(one),
  };
}

/**
 * Locks an item; before it, its title, if somebody waits for it: what fills one request may move the others. All desks lock
 * in this order, patron, title, item, so that they wait for each other and never in a circle.
 */
const LOCKING = `with wanted as (
    select t.id from titles t join items c on c.title_id = t.id
    where c.barcode_key = ? and exists (select 1 from requests r where r.title_id = t.id and r.closed_at is null)
    for no key update of t)
  select i.id from items i where i.barcode_key = ? and (select count(*) from wanted) >= 0 for no key update of i`;

/** The catalogue as far as the desk needs it. */
export function itemsOn(db: Connection) {
  return {
    /**
     * An item by its barcode. `locking`: first locks its row, where the database can, so that what is read of its loan
     * and requests afterwards is what the desk before us left.
     */
    async byBarcode(barcode: string, locking = false): Promise<ItemView | undefined> {
      const key = keyOf(barcode);
      if (locking && isPostgres(db)) await rows(db, LOCKING, [key, key]);
      const found = await row(db, `${SELECT} where i.barcode_key = ?`, [key]);
      return found && itemFrom(found);
    },

    /** Items by their numbers, in that order; their titles are locked already, or they are only looked at. */
    async withIds(ids: readonly number[]): Promise<ItemView[]> {
      const found = new Map<number, ItemView>();
      for (let start = 0; start < ids.length; start += 500) {
        const part = ids.slice(start, start + 500);
        const some = await rows(db, `${SELECT} where i.id in (${part.map(() => '?').join(', ')})`, part);
        for (const one of some) found.set(one['id'] as number, itemFrom(one));
      }
      return ids.flatMap((id) => found.get(id) ?? []);
    },

    /** One item; its row is locked, where the database can. Its title must be locked already. */
    async lockedById(id: number): Promise<ItemView | undefined> {
      if (isPostgres(db)) await rows(db, `select i.id from items i where i.id = ?${lock(db, 'i')}`, [id]);
      const found = await row(db, `${SELECT} where i.id = ?`, [id]);
      return found && itemFrom(found);
    },

    /** Sets why an item is not in place (null: it is), and where it is; `department`: the one that has it. */
    async setProcess(
      id: number,
      process: ProcessType | null,
      at: string,
      department: string | null = null,
    ): Promise<void> {
      await rows(db, 'update items set process = ?, at_library = ?, department = ? where id = ?', [
        process,
        at,
        department,
        id,
      ]);
    },

    /** Twenty titles that begin with a text, the oldest first. */
    async titlesLike(text: string): Promise<{ id: number; title: string; author: string | null }[]> {
      const beginning = plain(text);
      if (beginning === '') return [];
      return rows(
        db,
        'select id, title, author from titles where match_key >= ? and match_key < ? order by id limit 20',
        [beginning, afterPrefix(beginning)],
      );
    },

    /** How many copies a title has. */
    async copiesOfTitle(titleId: number): Promise<{ barcode: string; process: ProcessType | null; library: string }[]> {
      return rows(
        db,
        'select barcode, process, library from items where title_id = ? and deleted_at is null order by id',
        [titleId],
      );
    },

    /** Barcodes of a list that are taken already. */
    async taken(barcodes: readonly string[]): Promise<string[]> {
      const found: string[] = [];
      for (let start = 0; start < barcodes.length; start += 500) {
        const part = barcodes.slice(start, start + 500).map(keyOf);
        const sql = `select barcode from items where barcode_key in (${part.map(() => '?').join(', ')})`;
        found.push(...(await rows<{ barcode: string }>(db, sql, part)).map((one) => one.barcode));
      }
      return found;
    },

    /** Adds items, with the titles and holdings that they need, in few statements. */
    async add(items: readonly NewItem[], now: Instant): Promise<void> {
      await addItems(db, items, now);
    },
  };
}
