import type { RenewalRefusal } from './blocks.ts';
import type { Due } from './due.ts';
import { libraryOf } from './network.ts';
import { decideRenewal } from './renewal.ts';
import type { RenewalFacts } from './renewal.ts';
import { addDays, instantOf } from './time.ts';
import type { Day } from './time.ts';

/** What becomes of a loan on the business day of its courtesy notice (REN-10): one or the other, never both. */
export type AutomaticRenewal =
  | { readonly kind: 'renewed'; readonly due: Due }
  /** Empty `refusals`: the owning library renews nothing by itself. */
  | { readonly kind: 'courtesy-letter'; readonly refusals: readonly RenewalRefusal[] };

/**
 * Decides the automatic renewal of a loan (REN-10), which a library has or has not: by the same rules as every renewal, all
 * refusals counting since nobody is there to set one aside. It counts from the business day, whose night may be over
 * already when the run comes to it; the facts are those at the end of that day. An earlier manual renewal is no reason
 * against it. Throws NoOpenDay.
 */
export function automaticRenewal(facts: Omit<RenewalFacts, 'now'>, businessDay: Day): AutomaticRenewal {
  const { network, loan } = facts;
  if (!libraryOf(network, loan.library).autoRenew) return { kind: 'courtesy-letter', refusals: [] };
  const now = instantOf(addDays(businessDay, 1), 0, network.timeZone) - 1;
  const { refusals, due } = decideRenewal({ ...facts, now });
  return refusals.length > 0 ? { kind: 'courtesy-letter', refusals } : { kind: 'renewed', due };
}
