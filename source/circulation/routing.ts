import { nextOpenDay } from './calendar.ts';
import type { ProcessType } from './loan.ts';
import { libraryOf } from './network.ts';
import type { Network } from './network.ts';
import { addDays, dayOf } from './time.ts';
import type { Day, Instant } from './time.ts';

/** Kinds of internal treatment (ITEM-01); the manual has one, *En traitement*, and says the rest in the note. */
export const WORK_ORDER_TYPES = ['TREATMENT'] as const;
export type WorkOrderType = (typeof WORK_ORDER_TYPES)[number];

/** Why an item travels (TRA-01). */
export type TransitReason = 'home' | 'request' | 'treatment' | 'acquisition';

/** A department of a library. */
export type DepartmentOf = { readonly library: string; readonly department: string };

/**
 * Where an item goes next. `transit` leads to a library, or to a department there; from a department also to the desk of
 * the same library. `department`: one of this library, which has it now (`received`), or had it already (`stays`), or is to
 * be brought it (`sent`).
 */
export type NextStep =
  | { readonly next: 'reshelve' }
  | { readonly next: 'hold-shelf'; readonly request: number }
  | {
      readonly next: 'transit';
      readonly destination: string;
      readonly department: string | null;
      readonly request: number | null;
    }
  | { readonly next: 'department'; readonly department: string; readonly how: 'received' | 'sent' | 'stays' };

/** A request that an item may fill. */
export type RequestToFill = { readonly id: number; readonly pickup: string };

/** What decides where an item goes. */
export type RoutingFacts = {
  readonly owner: string;
  /** The library where it is now. */
  readonly here: string;
  /** The library where it was until now, as far as is known. */
  readonly was: string;
  /** Who has it in hand; `nobody`: it is on its way or stands somewhere, and only a scan will put it in place. */
  readonly hand: { readonly kind: 'desk' | 'nobody' } | { readonly kind: 'department'; readonly code: string };
  /** Scanned at a department whose work on it is done (ITEM-01). */
  readonly treated: boolean;
  readonly process: ProcessType | null;
  /** The department that has it, while it is being acquired or treated. */
  readonly department: string | null;
  readonly transit: { readonly to: string; readonly department: string | null; readonly reason: TransitReason } | null;
  /** The request to which it is assigned already. */
  readonly hold: RequestToFill | null;
  /** The request whose turn it is among those that wait for it. */
  readonly waiting: RequestToFill | null;
  /** Treatment that is not done yet. */
  readonly workOrder: DepartmentOf | null;
  /** Made at the desk, not catalogued yet (TAB-06). */
  readonly quickAdd: boolean;
  /** The department of its library where it would be catalogued; null: the library has none. */
  readonly cataloguing: string | null;
};

const isIn = ({ here, hand }: Pick<RoutingFacts, 'here' | 'hand'>, one: DepartmentOf): boolean =>
  hand.kind === 'department' && one.library === here && one.department === hand.code;

/** The department that acquires or catalogues it (RET-07); null: nothing of the kind is to be done, or nobody is there to do it. */
function acquisition(facts: Omit<RoutingFacts, 'waiting'>): DepartmentOf | null {
  const { owner, process, department, transit, quickAdd, cataloguing } = facts;
  if (process === 'ACQ') {
    const own = department ?? cataloguing;
    return own === null ? null : { library: owner, department: own };
  }
  if (transit?.reason === 'acquisition' && transit.department !== null)
    return { library: transit.to, department: transit.department };
  return quickAdd && cataloguing !== null ? { library: owner, department: cataloguing } : null;
}

/**
 * The departments whose work this scan ends (ITEM-01): those of its treatment and of its cataloguing that have it in hand,
 * once they say that they are done.
 */
export function endedWork(facts: Omit<RoutingFacts, 'waiting'>): {
  readonly treatment: boolean;
  readonly acquisition: boolean;
} {
  const acquiring = acquisition(facts);
  return {
    treatment: facts.treated && facts.workOrder !== null && isIn(facts, facts.workOrder),
    acquisition: facts.treated && acquiring !== null && isIn(facts, acquiring),
  };
}

/** The department that is still to have it, the treatment first; null: none. A requester who has it assigned comes before. */
function departmentDue(facts: Omit<RoutingFacts, 'waiting'>): DepartmentOf | null {
  if (facts.hold) return null;
  const ended = endedWork(facts);
  if (facts.workOrder && !ended.treatment) return facts.workOrder;
  return ended.acquisition ? null : acquisition(facts);
}

/** Whether a request that waits may have the item: nobody has it assigned, no department is to have it first. */
export function mayServe(facts: Omit<RoutingFacts, 'waiting'>): boolean {
  return facts.hold === null && departmentDue(facts) === null;
}

/** Whether the department has it already: it was only scanned elsewhere meanwhile. */
function stays({ process, department, workOrder, was }: RoutingFacts, due: DepartmentOf): boolean {
  const isAtWork = process === 'ACQ' || (process === 'WORK_ORDER_DEPARTMENT' && workOrder !== null);
  return isAtWork && department === due.department && was === due.library;
}

function toDepartment(facts: RoutingFacts, due: DepartmentOf): NextStep {
  const { here } = facts;
  const { library, department } = due;
  if (library !== here) return { next: 'transit', destination: library, department, request: null };
  if (isIn(facts, due)) return { next: 'department', department, how: 'received' };
  return { next: 'department', department, how: stays(facts, due) ? 'stays' : 'sent' };
}

/** To a requester, else home, from a desk. */
function fromDesk({ owner, here, hold, waiting }: RoutingFacts): NextStep {
  const request = hold ?? waiting;
  if (request?.pickup === here) return { next: 'hold-shelf', request: request.id };
  if (request) return { next: 'transit', destination: request.pickup, department: null, request: request.id };
  if (owner === here) return { next: 'reshelve' };
  return { next: 'transit', destination: owner, department: null, request: null };
}

/**
 * Where an item goes after a return or a scan (RET-03, RET-06, RET-07, SCAN-01, ITEM-01): to the requester who has it
 * assigned, to the department that is to treat it, to the one that is to catalogue it, to the requester whose turn it is,
 * home. Only a desk puts anything in place or on the hold shelf: everybody else sends it to the desk first.
 */
export function routeItem(facts: RoutingFacts): NextStep {
  const due = departmentDue(facts);
  if (due) return toDepartment(facts, due);
  const step = fromDesk(facts);
  if (facts.hand.kind === 'desk' || step.next === 'transit') return step;
  // It is meant for its requester from here on: nobody takes another copy from its shelf meanwhile (REQ-09).
  const request = step.next === 'hold-shelf' ? step.request : null;
  return { next: 'transit', destination: facts.here, department: null, request };
}

/** Whether a scan is the end of an item's journey: at the desk, or in the department, to which it was sent. */
export function hasArrived({ here, hand, transit }: Pick<RoutingFacts, 'here' | 'hand' | 'transit'>): boolean {
  if (transit?.to !== here) return false;
  if (hand.kind === 'desk') return transit.department === null;
  return hand.kind === 'department' && transit.department === hand.code;
}

/** The last day on which an item placed on a hold shelf now is kept (HOLD-01): the n-th open day after today. */
export function heldUntil(network: Network, pickup: string, now: Instant): Day {
  const library = libraryOf(network, pickup);
  let day = dayOf(now, network.timeZone);
  for (let open = 0; open < library.holdShelf.openDays; open += 1) day = nextOpenDay(library, addDays(day, 1));
  return day;
}
