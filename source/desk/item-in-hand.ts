import { endedWork, mayServe, routeItem } from '../circulation/routing.ts';
import type { NextStep, RoutingFacts } from '../circulation/routing.ts';
import { isOver } from '../circulation/hold-shelf.ts';
import { against, ruleAgainst } from '../circulation/requested-copy.ts';
import type { CopyFacts } from '../circulation/requested-copy.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { QueuedRequest } from '../records/requests.ts';
import { actualNow } from './perform.ts';
import type { Desk } from './perform.ts';
import type { Where } from './travel.ts';

/** What decides which request an item fills: the rules, and today. */
type Rules = Pick<Desk, 'network' | 'now' | 'actual'>;

const todayOf = (desk: Rules): Day => dayOf(actualNow(desk), desk.network.timeZone);

/** An item as the rules of requests look at it. `loan` null: it is in hand. */
const copyFacts = (item: ItemView): CopyFacts => ({
  id: item.id,
  library: item.library,
  location: item.location,
  material: item.material,
  policy: item.policy,
  described: item.description !== null,
  process: item.process,
  at: item.at,
  assignedTo: item.hold?.request ?? null,
  toTreat: item.workOrder !== null || item.transit?.department != null,
  loan: null,
});

/** The requests that wait which a copy may fill once it is in somebody's hand, in turn: from there it can go anywhere. */
export function candidatesForCopy(desk: Rules, copy: CopyFacts, queue: readonly QueuedRequest[]): QueuedRequest[] {
  const { network } = desk;
  const today = todayOf(desk);
  return queue.filter(
    (one) => one.state === 'WAITING' && ruleAgainst(network, today, one, copy, one.pickup) === undefined,
  );
}

/** The same of an item. */
export const candidatesFor = (desk: Rules, item: ItemView, queue: readonly QueuedRequest[]): QueuedRequest[] =>
  candidatesForCopy(desk, copyFacts(item), queue);

/** Whose turn it is, or among which requests one has to be chosen (SCAN-04). */
export type Turn = { readonly turn: QueuedRequest | undefined; readonly choice: readonly QueuedRequest[] };

/**
 * Which request an item in hand at a desk fills. One that was taken from its shelf there fills a pick of that library
 * (PICK-03); any other, which has just come, the first in the queue, though another library is asked for it (REQ-09). Where
 * the library has several picks, one of them is to be chosen (SCAN-04), unless it is the turn of somebody for whom no
 * library is asked.
 */
export function turnOf(desk: Rules, item: ItemView, where: Where, candidates: readonly QueuedRequest[]): Turn {
  const { network } = desk;
  const [first] = candidates;
  const today = todayOf(desk);
  const isFromShelf = item.process === null && item.at === where.library;
  const picks = candidates.filter(
    (one) =>
      where.kind === 'desk' &&
      one.task === 'pick' &&
      one.askedLibrary === where.library &&
      (!isFromShelf || against(network, today, one, copyFacts(item), one.pickup) === undefined),
  );
  const choice = picks.length > 1 ? picks : [];
  if (isFromShelf) return { turn: picks[0] ?? first, choice };
  return first === undefined || first.task === 'pick' ? { turn: first, choice } : { turn: first, choice: [] };
}

/**
 * The item as a desk deals with it: without a hold that is over, which a scan there will end (HOLD-03). Until then its
 * patron may still come.
 */
export function withoutExpiredHold(desk: Rules, item: ItemView, where: Where): ItemView {
  const { hold } = item;
  if (where.kind !== 'desk' || hold?.state !== 'ON_SHELF') return item;
  return isOver(hold.until, todayOf(desk)) ? { ...item, hold: null } : item;
}

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
    was: item.at,
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
 * Whether a department has just received what somebody waits for (REQ-07): its reception fills the request, nothing else
 * is to be done to it there. What was made at the desk is catalogued first, what is ordered to be treated is treated first.
 */
export function isAwaitedReception(
  desk: Pick<Desk, 'network'>,
  item: ItemView,
  where: Where,
  queue: readonly QueuedRequest[],
): boolean {
  if (item.quickAdd || item.workOrder !== null) return false;
  const isAwaited = queue.some((one) => one.task === 'reception' && one.plannedItemId === item.id);
  return isAwaited && endedWork(routingFacts(desk, item, where, true)).acquisition;
}

/** The request whose turn it is and the way it goes: decided alike for lists, for hand-overs and for scans. */
export type Decided = {
  readonly facts: Omit<RoutingFacts, 'waiting'>;
  readonly waiting: QueuedRequest | undefined;
  readonly step: NextStep;
};

/** Where an item goes that is in hand somewhere. `chosen`: the request that was chosen for it (SCAN-04). */
export function decideStep(
  desk: Rules,
  item: ItemView,
  where: Where,
  queue: readonly QueuedRequest[],
  { treated = false, chosen }: { readonly treated?: boolean; readonly chosen?: number | undefined } = {},
): Decided {
  const facts = routingFacts(desk, item, where, treated);
  const candidates = mayServe(facts) ? candidatesFor(desk, item, queue) : [];
  const waiting =
    chosen === undefined ? turnOf(desk, item, where, candidates).turn : candidates.find((one) => one.id === chosen);
  return { facts, waiting, step: routeItem({ ...facts, waiting: waiting ?? null }) };
}
