import { WORK_ORDER_TYPES } from '../circulation/routing.ts';
import type { DepartmentOf, WorkOrderType } from '../circulation/routing.ts';
import type { ItemView } from '../records/items.ts';
import type { Window } from '../records/loans.ts';
import type { WorkOrderFilter, WorkOrderLine } from '../records/work-orders.ts';
import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { replan } from './plan-queue.ts';
import { route } from './route.ts';
import type { Instruction } from './route.ts';

export type WorkOrderRequest = {
  readonly barcode: string;
  /** `ACQ`, or `LIBRARY/ACQ`; absent: the first department of the library. */
  readonly department?: string;
  /** Whose department; absent: that of the item's own library. */
  readonly library?: string;
  /** One of WORK_ORDER_TYPES. */
  readonly type?: string;
  /** What is to be done: shown when the item comes back, and to the department. */
  readonly note?: string;
};

/** A work order as an answer names it. */
export type OrderLine = NonNullable<ItemView['workOrder']>;

export type PlacedOrder = {
  readonly kind: 'placed';
  readonly item: ItemLine;
  readonly order: OrderLine;
  /** `now`: it goes to its department; `on-return`: it is on loan; `later`: after what it is in now (a hold, a journey …). */
  readonly when: 'now' | 'on-return' | 'later';
  readonly instruction: Instruction | null;
};
export type PlaceWorkOrderOutcome =
  | PlacedOrder
  | { readonly kind: 'ordered-already'; readonly item: ItemLine; readonly order: OrderLine }
  | Refusal;

const DEFAULT_TYPE: WorkOrderType = WORK_ORDER_TYPES[0];

/** The department that is meant, or the field that names none. */
function departmentOf({ network }: Desk, item: ItemView, request: WorkOrderRequest): DepartmentOf | Refusal {
  const [first, second] = (request.department ?? '').split('/', 2);
  const code = second ?? first ?? '';
  const library = request.library ?? (second === undefined ? item.library : (first ?? ''));
  const owner = network.libraries.find((one) => one.code === library);
  if (!owner) return { kind: 'invalid', path: 'library', problem: 'unknown-code', value: library };
  const found = owner.departments.find((one) => code === '' || one.code === code);
  if (!found) return { kind: 'invalid', path: 'department', problem: 'unknown-code', value: code };
  return { library, department: found.code };
}

const isType = (type: string): type is WorkOrderType => WORK_ORDER_TYPES.some((one) => one === type);

function whenOf({ process, loan }: ItemView): PlacedOrder['when'] {
  if (loan) return 'on-return';
  return process === null ? 'now' : 'later';
}

async function logOrder(
  desk: Desk,
  kind: 'work-order-placed' | 'work-order-closed',
  { id, barcode, title }: ItemView,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  await desk.records.events.append({
    at: desk.now,
    kind,
    staffId: staffId(desk),
    desk: placeName(desk.place),
    itemId: id,
    data: { barcode, title, ...data },
  });
}

/** A note without words is none. */
const wordsOf = (note: string | undefined): string | null => (note?.trim() ?? '') || null;

/** Sends an item in place to the department that is to treat it, whoever sits where: nobody has scanned it. */
export const sendToTreatment = async (desk: Desk, item: ItemView): Promise<Instruction> =>
  route(desk, item, { where: { kind: 'desk', library: item.at, code: '' } });

/**
 * Orders internal treatment of an item (ITEM-01): one in place is sent to the department at once, one on loan when it comes
 * back, any other after what it is in now. Answers `placed`, `ordered-already` (with the open order), or a refusal.
 */
export const placeWorkOrder = action(
  'place-work-order',
  { permission: 'work-order' },
  async (desk: Desk, request: WorkOrderRequest): Promise<PlaceWorkOrderOutcome> => {
    const { records, now } = desk;
    const item = await records.items.byBarcode(request.barcode, true);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: request.barcode };
    const { type = DEFAULT_TYPE } = request;
    if (!isType(type)) return { kind: 'invalid', path: 'type', problem: 'unknown-code', value: type };
    const where = departmentOf(desk, item, request);
    if ('kind' in where) return where;
    if (item.workOrder) return { kind: 'ordered-already', item: itemLine(item), order: item.workOrder };

    const about = { ...where, type, note: wordsOf(request.note) };
    const id = await records.workOrders.place({ ...about, itemId: item.id, at: now, staffId: staffId(desk) });
    const order = { ...about, id, received: false };
    const when = whenOf(item);
    await logOrder(desk, 'work-order-placed', item, { ...order, when });
    const instruction = when === 'now' ? await sendToTreatment(desk, { ...item, workOrder: order }) : null;
    await replan(desk, item.titleId);
    return { kind: 'placed', item: itemLine(item), order, when, instruction };
  },
);

export type CancelWorkOrderOutcome =
  | {
      readonly kind: 'cancelled';
      readonly item: ItemLine;
      readonly order: OrderLine;
      /** Where the item must go now; null: it stays in what it is in. */
      readonly instruction: Instruction | null;
    }
  | { readonly kind: 'no-work-order'; readonly item: ItemLine }
  | Refusal;

/** Whether an item is where it is because of its order: in the department, or on its way there. */
const isUnderWay = ({ process, workOrder, transit }: ItemView): boolean =>
  (process === 'WORK_ORDER_DEPARTMENT' && workOrder?.received === true) || transit?.reason === 'treatment';

/**
 * Withdraws the open work order of an item (ITEM-01). One that is in the department or on its way there is sent back; it is
 * in place when a desk has scanned it, not before. Answers `cancelled`, `no-work-order`, or a refusal.
 */
export const cancelWorkOrder = action(
  'cancel-work-order',
  { permission: 'work-order' },
  async (desk: Desk, request: { barcode: string }): Promise<CancelWorkOrderOutcome> => {
    const { records, now } = desk;
    const item = await records.items.byBarcode(request.barcode, true);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: request.barcode };
    const order = item.workOrder;
    if (!order) return { kind: 'no-work-order', item: itemLine(item) };
    await records.workOrders.close(order.id, now, false);
    await logOrder(desk, 'work-order-closed', item, { ...order, done: false });
    const where = { kind: 'nobody', library: item.at, code: '' } as const;
    const instruction = isUnderWay(item) ? await route(desk, { ...item, workOrder: null }, { where }) : null;
    await replan(desk, item.titleId);
    return { kind: 'cancelled', item: itemLine(item), order, instruction };
  },
);

export type WorkOrders =
  | { readonly kind: 'work-orders'; readonly total: number; readonly orders: readonly WorkOrderLine[] }
  | Refusal;

/**
 * A window of the open work orders of a library (the place's own unless another is named; without a place: of all) or of
 * one department: what it has in treatment (`received`, the longest there first), or what is still to come (`expected`).
 */
export const listWorkOrders = action(
  'list-work-orders',
  { permission: 'work-order', readOnly: true },
  async (
    { records, place }: Desk,
    request: Partial<WorkOrderFilter> & { readonly window: Window },
  ): Promise<WorkOrders> => {
    const { library = place?.library ?? null, department = null, state = 'received', window } = request;
    const { total, lines } = await records.workOrders.open({ library, department, state }, window);
    return { kind: 'work-orders', total, orders: lines };
  },
);
