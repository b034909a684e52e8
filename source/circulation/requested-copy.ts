import type { ProcessType } from './loan.ts';
import { libraryOf } from './network.ts';
import type { Network, PickupRow } from './network.ts';
import { mayBorrow, termsFor } from './rules.ts';
import type { Day, Instant } from './time.ts';

/** A copy as far as requests look at it. */
export type CopyFacts = {
  readonly id: number;
  readonly library: string;
  /** `LIBRARY/LOCATION`. */
  readonly location: string;
  readonly material: string;
  readonly policy: string | null;
  /** An issue or a volume: only a request for that very item takes it (REQ-01). */
  readonly described: boolean;
  readonly process: ProcessType | null;
  /** The library where it is. */
  readonly at: string;
  /** The open request to which it is assigned: held for it, or on its way to it. */
  readonly assignedTo: number | null;
  /** Treatment is still to be done to it, or it travels to a department. */
  readonly toTreat: boolean;
  readonly loan: {
    readonly id: number;
    readonly patronId: number | null;
    readonly due: Instant;
    readonly recalled: boolean;
  } | null;
};

/** What somebody asks for. `itemId`: that very item (REQ-01); null: any copy without description. */
export type Wanted = {
  readonly itemId: number | null;
  /** The requester's group. */
  readonly group: string | null;
};

/** Where a copy is, for somebody who waits for it. */
export type Standing =
  | 'in-place'
  /** On a hold shelf, where nobody waits for it any more. */
  | 'left'
  /** Held, or on its way to a requester. */
  | 'assigned'
  | 'treated'
  | 'travelling'
  | 'on-loan'
  | 'missing'
  | 'lost';

/** Where a copy is. A lost or missing one fills nothing. */
export function standingOf({ process, assignedTo, loan, toTreat }: CopyFacts): Standing {
  if (assignedTo !== null) return 'assigned';
  if (process === 'MISSING') return 'missing';
  if (process === 'LOST_LOAN') return 'lost';
  if (loan !== null) return 'on-loan';
  if (toTreat || process === 'ACQ' || process === 'WORK_ORDER_DEPARTMENT') return 'treated';
  if (process === 'HOLDSHELF') return 'left';
  return process === 'TRANSIT' ? 'travelling' : 'in-place';
}

/** Why the rules keep a copy from a request, whatever happens to it. */
export type RuleAgainst = 'OTHER_VOLUME' | 'NOT_REQUESTABLE' | 'PICKUP_NOT_POSSIBLE';
/** Why it cannot fill it from where it stands. */
export type PlaceAgainst = 'LOCATION_TAKES_NO_REQUESTS' | 'NOT_ON_SITE' | 'OWN_LIBRARY_ONLY' | 'MISSING' | 'LOST';
export type Against = RuleAgainst | PlaceAgainst;

const matches = (list: readonly string[] | undefined, value: string | null): boolean =>
  list === undefined || (value !== null && list.includes(value));

/** The pickup row of the owning library that speaks for a copy (REQ-06): the first that matches. */
export function pickupRowOf(
  network: Network,
  copy: Pick<CopyFacts, 'library' | 'location' | 'material' | 'policy'>,
): PickupRow | undefined {
  return libraryOf(network, copy.library).pickup.find(
    (row) =>
      matches(row.material, copy.material) && matches(row.location, copy.location) && matches(row.policy, copy.policy),
  );
}

/** Whether a copy may be picked up at a library, by the rules of its own (REQ-06). No row: nowhere. */
export function mayBePickedUpAt(network: Network, copy: Parameters<typeof pickupRowOf>[1], pickup: string): boolean {
  const row = pickupRowOf(network, copy);
  if (!row || (row.except ?? []).includes(pickup)) return false;
  if (row.at === 'any') return true;
  return row.at === 'own' ? pickup === copy.library : row.at.includes(pickup);
}

/** The loan rule that says whether a copy may be requested, and what it says. */
type Requestable = { readonly may: boolean; readonly row: number | null };

/** What was said of a copy, by group: a queue of fifty asks the same of each copy again and again. */
type Said = { readonly network: Network; readonly today: Day; readonly byGroup: Map<string | null, Requestable> };
const saidOf = new WeakMap<CopyFacts, Said>();

function saidBy(network: Network, today: Day, copy: CopyFacts): Said {
  const known = saidOf.get(copy);
  if (known?.network === network && known.today === today) return known;
  const fresh: Said = { network, today, byGroup: new Map() };
  saidOf.set(copy, fresh);
  return fresh;
}

/** The loan rule that says whether a copy may be requested, and what it says; what is not lent is not requested either. */
export function requestable(network: Network, today: Day, copy: CopyFacts, group: string | null): Requestable {
  const { byGroup } = saidBy(network, today, copy);
  const said = byGroup.get(group);
  if (said) return said;
  const subject = { ...copy, group };
  const terms = termsFor(network, subject, today);
  const answer = { may: terms.requestable && terms.loanable && mayBorrow(network, subject, today), row: terms.row };
  byGroup.set(group, answer);
  return answer;
}

/** Whether it is what somebody asks for: the very item, or any copy of the title that is not a volume or an issue. */
export const isMeant = (wanted: Wanted, copy: CopyFacts): boolean =>
  wanted.itemId === null ? !copy.described : copy.id === wanted.itemId;

/** Why the rules keep a copy from somebody who would fetch it at a library (null: anywhere); undefined: they do not. */
export function ruleAgainst(
  network: Network,
  today: Day,
  wanted: Wanted,
  copy: CopyFacts,
  pickup: string | null,
): RuleAgainst | undefined {
  if (!isMeant(wanted, copy)) return 'OTHER_VOLUME';
  if (!requestable(network, today, copy, wanted.group).may) return 'NOT_REQUESTABLE';
  return pickup === null || mayBePickedUpAt(network, copy, pickup) ? undefined : 'PICKUP_NOT_POSSIBLE';
}

/** Whether items in place at the location of a copy may be requested (REQ-05). */
export function takesRequests(network: Network, { library, location }: CopyFacts): boolean {
  return libraryOf(network, library).locations.some(
    (one) => `${library}/${one.code}` === location && one.onShelfRequests,
  );
}

/**
 * Why a copy cannot fill a request that is fetched at a library, from where it stands now (REQ-05, REQ-06); undefined: it
 * can, now or when it comes back. In place: its location must take requests, and it may not be handed out on the spot
 * where its row says so. Acquired or treated: own library only.
 */
export function against(
  network: Network,
  today: Day,
  wanted: Wanted,
  copy: CopyFacts,
  pickup: string,
): Against | undefined {
  const standing = standingOf(copy);
  if (!isMeant(wanted, copy)) return 'OTHER_VOLUME';
  if (standing === 'missing') return 'MISSING';
  if (standing === 'lost') return 'LOST';
  const byRule = ruleAgainst(network, today, wanted, copy, pickup);
  if (byRule === 'NOT_REQUESTABLE') return byRule;
  if (standing === 'in-place' && !takesRequests(network, copy)) return 'LOCATION_TAKES_NO_REQUESTS';
  if (standing === 'treated' && pickup !== copy.library) return 'OWN_LIBRARY_ONLY';
  if (byRule) return byRule;
  const isOnTheSpot = standing === 'in-place' && pickup === copy.library;
  return isOnTheSpot && pickupRowOf(network, copy)?.notOnSite === true ? 'NOT_ON_SITE' : undefined;
}
