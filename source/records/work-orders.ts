import type { ProcessType } from '../circulation/loan.ts';
import type { WorkOrderType } from '../circulation/routing.ts';
import type { Instant } from '../circulation/time.ts';
import { insert, row, rows } from './sql.ts';
import type { Connection } from './sql.ts';
import { keyOf } from './text.ts';

/** An order to treat an item (ITEM-01). */
export type NewWorkOrder = {
  readonly itemId: number;
  readonly library: string;
  readonly department: string;
  readonly type: WorkOrderType;
  readonly note: string | null;
  readonly at: Instant;
  readonly staffId: number | null;
};

/** An open work order as a department's list shows it. */
export type WorkOrderLine = {
  readonly id: number;
  readonly itemId: number;
  readonly barcode: string;
  readonly title: string;
  readonly author: string | null;
  readonly callNumber: string | null;
  readonly itemLibrary: string;
  readonly location: string;
  readonly process: ProcessType | null;
  readonly library: string;
  readonly department: string;
  readonly type: string;
  readonly note: string | null;
  readonly orderedAt: Instant;
  readonly orderedBy: string | null;
  /** Since when the department has it; null: it is still to come. */
  readonly receivedAt: Instant | null;
};

/** Which open work orders: of one library or department, in the department already or still expected. */
export type WorkOrderFilter = {
  readonly library: string | null;
  readonly department: string | null;
  readonly state: 'received' | 'expected' | 'all';
};

const STATES: Readonly<Record<WorkOrderFilter['state'], string>> = {
  received: ' and w.received_at is not null',
  expected: ' and w.received_at is null',
  all: '',
};

function conditionOf({ library, department, state }: WorkOrderFilter): { where: string; values: string[] } {
  const where = `w.closed_at is null${library === null ? '' : ' and w.library = ?'}${department === null ? '' : ' and w.department = ?'}`;
  return { where: where + STATES[state], values: [library, department].filter((one) => one !== null) };
}

/** Internal treatment: what is to be done to items, by which department. */
export function workOrdersOn(db: Connection) {
  return {
    /** Orders a treatment. The database refuses a second open one of the item. */
    async place(order: NewWorkOrder): Promise<number> {
      return insert(db, 'work_orders', {
        item_id: order.itemId,
        library: order.library,
        department: order.department,
        type: order.type,
        note: order.note,
        ordered_at: order.at,
        ordered_by: order.staffId,
      });
    },

    /** The department has the item now (null: it has left it again, or has not got it yet). */
    async setReceived(id: number, at: Instant | null): Promise<void> {
      await rows(db, 'update work_orders set received_at = ? where id = ?', [at, id]);
    },

    /** Ends an order: `done`, or withdrawn. One that was done has been received. */
    async close(id: number, at: Instant, done: boolean): Promise<void> {
      await rows(
        db,
        'update work_orders set closed_at = ?, done = ?, received_at = case when ? then coalesce(received_at, ?) else received_at end where id = ?',
        [at, done, done, at, id],
      );
    },

    /** New items that are being treated from their first day on: each gets its order, received already. */
    async ofNewItems(
      barcodes: readonly string[],
      type: WorkOrderType,
      at: Instant,
      staffId: number | null,
    ): Promise<void> {
      for (let start = 0; start < barcodes.length; start += 500) {
        const keys = barcodes.slice(start, start + 500).map(keyOf);
        const marks = keys.map(() => '?').join(', ');
        await rows(
          db,
          `insert into work_orders (item_id, library, department, type, ordered_at, ordered_by, received_at)
           select i.id, i.library, i.department, cast(? as text), cast(? as bigint), cast(? as integer), cast(? as bigint) from items i
           where i.process = 'WORK_ORDER_DEPARTMENT' and i.barcode_key in (${marks})`,
          [type, at, staffId, at, ...keys],
        );
      }
    },

    /** How many open orders there are, and a window of them: those that the department has had longest, then the oldest orders. */
    async open(
      filter: WorkOrderFilter,
      window: { readonly offset: number; readonly limit: number },
    ): Promise<{ total: number; lines: WorkOrderLine[] }> {
      const { where, values } = conditionOf(filter);
      const counted = await row<{ n: number }>(db, `select count(*) as n from work_orders w where ${where}`, values);
      const lines = await rows<WorkOrderLine>(
        db,
        `select w.id, w.item_id as "itemId", i.barcode, t.title, t.author, i.call_number as "callNumber",
           i.library as "itemLibrary", i.location, i.process, w.library, w.department, w.type, w.note,
           w.ordered_at as "orderedAt", s.display_name as "orderedBy", w.received_at as "receivedAt"
         from work_orders w join items i on i.id = w.item_id join titles t on t.id = i.title_id left join staff s on s.id = w.ordered_by
         where ${where} order by case when w.received_at is null then 1 else 0 end, w.received_at, w.ordered_at, w.id limit ? offset ?`,
        [...values, window.limit, window.offset],
      );
      return { total: counted?.n ?? 0, lines };
    },
  };
}
