import { nextOpenDay } from './calendar.ts';
import { addDays, dayOf } from './time.ts';
import type { Day, Instant } from './time.ts';
import { libraryOf } from './network.ts';
import type { Network } from './network.ts';

/** Where an item that is in somebody's hand at a desk goes next. */
export type NextStep =
  | { readonly next: 'reshelve' }
  | { readonly next: 'hold-shelf'; readonly request: number }
  | { readonly next: 'transit'; readonly destination: string; readonly request: number | null }
  | { readonly next: 'department'; readonly destination: string };

/** What decides where an item goes: whose it is, where it is now, and the request that it may fill. */
export type RoutingFacts = {
  readonly owner: string;
  readonly here: string;
  /** The request that waits for this item and its pickup library; null: none. */
  readonly request: { readonly id: number; readonly pickup: string } | null;
};

/** Where an item goes after a return or a scan (RET-03, RET-06): to a requester, else home. */
export function routeItem({ owner, here, request }: RoutingFacts): NextStep {
  if (request?.pickup === here) return { next: 'hold-shelf', request: request.id };
  if (request) return { next: 'transit', destination: request.pickup, request: request.id };
  return owner === here ? { next: 'reshelve' } : { next: 'transit', destination: owner, request: null };
}

/** The last day on which an item placed on a hold shelf now is kept (HOLD-01): the n-th open day after today. */
export function heldUntil(network: Network, pickup: string, now: Instant): Day {
  const library = libraryOf(network, pickup);
  let day = dayOf(now, network.timeZone);
  for (let open = 0; open < library.holdShelf.openDays; open += 1) day = nextOpenDay(library, addDays(day, 1));
  return day;
}
