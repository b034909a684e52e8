import { endedWork, hasArrived, heldUntil, mayServe, routeItem } from '../circulation/routing.ts';
import type { NextStep, RoutingFacts } from '../circulation/routing.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { WaitingRequest } from '../records/requests.ts';
import type { TransitStop } from '../records/transits.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';
import { isPermitted } from './permissions.ts';
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
  /** The requests that wait for it, in turn, where they are known already; one that was chosen: alone. */
  readonly queue?: readonly WaitingRequest[];
};

/**
 * What the rules of routing look at, but for who waits. A department that has gone from the network since something was
 * meant for it is passed over: nobody would ever receive anything there.
 */
export function routingFacts(
  { network }: Pick<Desk, 'network'>,
  item: ItemView,
  where: Where,
  treated = false,
): Omit<RoutingFacts, 'waiting'> {
  const departmentsOf = (library: string) =>
    (network.libraries.find((one) => one.code === library)?.departments ?? []).map((one) => one.code);
  const { workOrder, transit, department } = item;
  const { kind, code } = where;
  return {
    owner: item.library,
    here: where.library,
    hand: kind === 'department' ? { kind, code } : { kind },
    treated,
    process: item.process,
    department: department !== null && departmentsOf(item.library).includes(department) ? department : null,
    transit:
      transit?.department != null && !departmentsOf(transit.to).includes(transit.department)
        ? { ...transit, department: null }
        : transit,
    hold: item.hold && { id: item.hold.request, pickup: item.hold.pickup },
    workOrder: workOrder && departmentsOf(workOrder.library).includes(workOrder.department) ? workOrder : null,
    quickAdd: item.quickAdd,
    cataloguing: departmentsOf(item.library)[0] ?? null,
  };
}

/**
 * The item as a desk deals with it: without a hold that has expired, which this scan will end (HOLD-03). Until then its
 * patron may still come.
 */
export function withoutExpiredHold({ network, now }: Desk, item: ItemView, where: Where): ItemView {
  const { hold } = item;
  if (where.kind !== 'desk' || hold?.state !== 'ON_SHELF' || hold.until === null) return item;
  return hold.until < dayOf(now, network.timeZone) ? { ...item, hold: null } : item;
}

async function endExpiredHold(desk: Desk, { hold }: ItemView): Promise<Instruction['holdEnded']> {
  if (!hold || hold.until === null) return null;
  await desk.records.requests.expire(hold.request, desk.now);
  return { request: hold.request, patron: seesPatrons(desk) ? hold.patron : null, until: hold.until };
}

/** Whether whoever acts may be told who waits for an item, or has it. */
export const seesPatrons = ({ staff, place }: Desk): boolean =>
  isPermitted(staff.roles, 'view-patrons', place?.library ?? null);

type Requester = Pick<Instruction, 'requester' | 'requesterId' | 'requesterCard'>;
const NOBODY: Requester = { requester: null, requesterId: null, requesterCard: null };

/** For whom it is held or travels; only those who may see patrons are told. */
async function requesterOf(
  desk: Desk,
  step: NextStep,
  { hold }: ItemView,
  waiting: WaitingRequest | undefined,
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
async function carryOut(desk: Desk, item: ItemView, step: NextStep, { library: here }: Where): Promise<Day | null> {
  const { records, network, now } = desk;
  const leaves = step.next !== 'department' || step.how === 'sent';
  if (leaves && item.workOrder?.received === true) await records.workOrders.setReceived(item.workOrder.id, null);
  switch (step.next) {
    case 'reshelve':
      if (item.process !== null || item.at !== here) await records.items.setProcess(item.id, null, here);
      return null;
    case 'hold-shelf': {
      const until = item.hold?.until ?? heldUntil(network, here, now);
      await records.requests.putOnShelf(step.request, item.id, now, until);
      await records.items.setProcess(item.id, 'HOLDSHELF', here);
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
 * ITEM-01). The decision is `routeItem`'s. The item must be locked; its process is what it was before this scan.
 */
export async function route(desk: Desk, item: ItemView, options: Options = {}): Promise<Instruction> {
  const { records, place } = desk;
  const where = options.where ?? place ?? { kind: 'nobody', library: item.library, code: '' };
  const known = withoutExpiredHold(desk, item, where);
  const holdEnded = known.hold === item.hold ? null : await endExpiredHold(desk, item);
  const facts = routingFacts(desk, known, where, options.treated);
  const queue = options.queue ?? (mayServe(facts) ? await records.requests.waiting(item.titleId, item.id, 1) : []);
  const [waiting] = queue;
  const step = routeItem({ ...facts, waiting: waiting ?? null });
  const arrived = hasArrived(facts);
  const requester = await requesterOf(desk, step, known, waiting);
  const stops = await stopAt(desk, item, where, arrived);
  const ended = endedWork(facts);
  const left = await endWork(desk, known, ended);
  await travel(desk, left, step, where, arrived);
  const until = await carryOut(desk, left, step, where);
  return {
    next: step.next,
    destination: destinationOf(step, where.library),
    department: 'department' in step ? step.department : null,
    received: step.next === 'department' && step.how === 'received',
    ...requester,
    heldUntil: until,
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
