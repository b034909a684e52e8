import { reminderAt } from '../circulation/hold-shelf.ts';
import { endedWork, hasArrived, heldUntil } from '../circulation/routing.ts';
import type { NextStep } from '../circulation/routing.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { QueuedRequest } from '../records/requests.ts';
import type { TransitStop } from '../records/transits.ts';
import { tellReady } from './end-request.ts';
import { decideStep, withoutExpiredHold } from './item-in-hand.ts';
import { actualNow, placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';
import { maySeePatrons as seesPatrons } from './personal.ts';
import { stopAt, travel } from './travel.ts';
import type { Where } from './travel.ts';

/** Where the item in hand goes, with what a slip says: one answer for screen, slip, letter and log. */
export type Instruction = {
  readonly next: NextStep['next'];
  /** Transit: the library (this one: its desk, from a department); department: its code, of this library; hold shelf: this library. */
  readonly destination: string | null;
  /** The department for which it is meant; null: a desk. */
  readonly department: string | null;
  /** It was received in the department where it was scanned. */
  readonly received: boolean;
  /** The requester for whom it is held or travels, for those who may see patrons, and until when it is held. */
  readonly requester: string | null;
  readonly requesterId: number | null;
  /** The requester's primary identifier. */
  readonly requesterCard: string | null;
  readonly heldUntil: Day | null;
  /** The request for which it is held or travels. */
  readonly request: number | null;
  /** When its requester is reminded that it waits (HOLD-01). */
  readonly reminderAt: Instant | null;
  /** Treatment that is to be done to it, with its note (ITEM-01). */
  readonly workOrder: ItemView['workOrder'];
  /** The department's work on it, treatment or cataloguing, was ended by this scan. */
  readonly treated: boolean;
  /** Its journey ends with this scan. */
  readonly arrived: boolean;
  /** Where it was scanned on the journey that it is on, or that ends here, the first stop first (SCAN-05). */
  readonly stops: readonly TransitStop[];
  /** An expired hold that this scan has ended (HOLD-03). */
  readonly holdEnded: { readonly request: number; readonly patron: string | null; readonly until: Day } | null;
};

type Options = {
  /** In whose hand it is; the desk's own place unless said otherwise. */
  readonly where?: Where;
  /** The work of the department where it is scanned is done. */
  readonly treated?: boolean;
  /** The open requests of its title, where they are known already. */
  readonly queue?: readonly QueuedRequest[];
  /** The one that was chosen for it (SCAN-04). */
  readonly chosen?: number | undefined;
};

/** A scan ends a hold that is over: nobody has come for it (HOLD-03). */
async function endExpiredHold(desk: Desk, item: ItemView): Promise<Instruction['holdEnded']> {
  const { hold, titleId, title, barcode } = item;
  if (!hold || hold.until === null) return null;
  const { request: id, patronId, patron, pickup, until } = hold;
  await desk.records.requests.close({ id, titleId, closing: 'expired', at: actualNow(desk), staffId: staffId(desk) });
  await desk.records.events.append({
    at: desk.now,
    kind: 'request-expired',
    staffId: staffId(desk),
    desk: placeName(desk.place),
    patronId,
    itemId: item.id,
    data: { request: id, title, pickup, barcode, heldUntil: until },
  });
  return { request: id, patron: seesPatrons(desk) ? patron : null, until };
}

type Requester = Pick<Instruction, 'requester' | 'requesterId' | 'requesterCard'>;
const NOBODY: Requester = { requester: null, requesterId: null, requesterCard: null };

/** For whom it is held or travels; only those who may see patrons are told. */
async function requesterOf(
  desk: Desk,
  step: NextStep,
  { hold }: ItemView,
  waiting: QueuedRequest | undefined,
): Promise<Requester> {
  const id = 'request' in step ? step.request : null;
  if (id === null || !seesPatrons(desk)) return NOBODY;
  if (waiting?.id === id)
    return { requester: waiting.patron, requesterId: waiting.patronId, requesterCard: waiting.card };
  if (hold?.request !== id) return NOBODY;
  const [line] = await desk.records.patrons.lines([hold.patronId]);
  return { requester: hold.patron, requesterId: hold.patronId, requesterCard: line?.identifier ?? null };
}

/** A department has received it: it is being treated, or else acquired. */
async function receive(desk: Desk, item: ItemView, department: string, library: string): Promise<void> {
  const { records, now } = desk;
  const order = item.workOrder;
  const isOrdered = order?.library === library && order.department === department;
  if (!isOrdered) return records.items.setProcess(item.id, 'ACQ', library, department);
  await records.items.setProcess(item.id, 'WORK_ORDER_DEPARTMENT', library, department);
  if (order.received) return;
  await records.workOrders.setReceived(order.id, now);
  await records.events.append({
    at: now,
    kind: 'work-order-received',
    staffId: staffId(desk),
    desk: placeName(desk.place),
    itemId: item.id,
    data: { ...order, barcode: item.barcode, title: item.title },
  });
}

/** Writes the step down. Answers until when the item is held, if it is. */
async function carryOut(
  desk: Desk,
  item: ItemView,
  step: NextStep,
  { library: here }: Where,
  waiting: QueuedRequest | undefined,
): Promise<Day | null> {
  const { records, network } = desk;
  const leaves = step.next !== 'department' || step.how === 'sent';
  if (leaves && item.workOrder?.received === true) await records.workOrders.setReceived(item.workOrder.id, null);
  switch (step.next) {
    case 'reshelve':
      if (item.process !== null || item.at !== here) await records.items.setProcess(item.id, null, here);
      return null;
    case 'hold-shelf': {
      const until = item.hold?.until ?? heldUntil(network, here, actualNow(desk));
      await records.requests.putOnShelf(step.request, item.id, actualNow(desk), until);
      await records.items.setProcess(item.id, 'HOLDSHELF', here);
      // Scanned in again it is nothing new: the patron is told once.
      if (item.hold?.until == null) {
        const patronId = item.hold?.patronId ?? waiting?.patronId ?? null;
        await tellReady(desk, item, { id: step.request, patronId, pickup: here }, until, false);
      }
      return until;
    }
    case 'transit':
      if (step.request !== null) await records.requests.sendTo(step.request, item.id);
      await records.items.setProcess(item.id, 'TRANSIT', here);
      return null;
    case 'department':
      if (step.how === 'received') await receive(desk, item, step.department, here);
      if (step.how === 'sent') await records.items.setProcess(item.id, 'TRANSIT', here);
      return null;
  }
}

/** The department says that it is done: its order is closed, what was made at the desk is catalogued (ITEM-01, RET-07). */
async function endWork(desk: Desk, item: ItemView, ended: ReturnType<typeof endedWork>): Promise<ItemView> {
  const { records, now } = desk;
  const { workOrder: order, barcode, title } = item;
  if (ended.treatment && order) {
    await records.workOrders.close(order.id, now, true);
    const event = { at: now, staffId: staffId(desk), desk: placeName(desk.place), itemId: item.id };
    const data = { ...order, barcode, title, done: true };
    await records.events.append({ ...event, kind: 'work-order-closed', data });
  }
  if (ended.acquisition && item.quickAdd) await records.quickAdds.catalogued(item.id);
  return {
    ...item,
    workOrder: ended.treatment ? null : order,
    quickAdd: item.quickAdd && !ended.acquisition,
  };
}

/**
 * Sends an item that is not on loan (any more) where it goes next, and says so (RET-03, RET-06, RET-07, SCAN-01, SCAN-05,
 * ITEM-01). The decision is `decideStep`'s. The item must be locked; its process is what it was before this scan. Whoever
 * calls plans the queue of its title anew afterwards, once its loan is closed.
 */
export async function route(desk: Desk, item: ItemView, options: Options = {}): Promise<Instruction> {
  const { records, place, network } = desk;
  const where = options.where ?? place ?? { kind: 'nobody', library: item.library, code: '' };
  const { treated = false, chosen } = options;
  const queue = options.queue ?? (await records.requests.queue(item.titleId));
  const known = withoutExpiredHold(desk, item, where);
  const holdEnded = known.hold === item.hold ? null : await endExpiredHold(desk, item);
  if (item.process === 'HOLDSHELF' && item.hold === null) await records.requests.takeFromShelf(item.id);
  const others = queue.filter((one) => one.id !== holdEnded?.request);
  const { facts, waiting, step } = decideStep(desk, known, where, others, { treated, chosen });
  const arrived = hasArrived(facts);
  const requester = await requesterOf(desk, step, known, waiting);
  const stops = await stopAt(desk, item, where, arrived);
  const ended = endedWork(facts);
  const left = await endWork(desk, known, ended);
  await travel(desk, left, step, where, arrived);
  const until = await carryOut(desk, left, step, where, waiting);
  const isNew = until !== null && left.hold?.until == null;
  return {
    next: step.next,
    destination: destinationOf(step, where.library),
    department: 'department' in step ? step.department : null,
    received: step.next === 'department' && step.how === 'received',
    ...requester,
    heldUntil: until,
    request: 'request' in step ? step.request : null,
    reminderAt: isNew ? reminderAt(network, where.library, actualNow(desk), until) : null,
    workOrder: left.workOrder && { ...left.workOrder, received: hasIt(step, left.workOrder.received) },
    treated: ended.treatment || ended.acquisition,
    arrived,
    stops,
    holdEnded,
  };
}

/** Whether the department has the item after a step. */
function hasIt(step: NextStep, before: boolean): boolean {
  if (step.next !== 'department' || step.how === 'sent') return false;
  return step.how === 'received' || before;
}

function destinationOf(step: NextStep, here: string): string | null {
  switch (step.next) {
    case 'reshelve':
      return null;
    case 'hold-shelf':
      return here;
    case 'transit':
      return step.destination;
    case 'department':
      return step.department;
  }
}
