import { RENEWAL_REFUSALS } from '../circulation/blocks.ts';
import type { RenewalRefusal } from '../circulation/blocks.ts';
import type { PatronFacts } from '../circulation/loan.ts';
import { renewalOverrideLevel, standingRefusals } from '../circulation/overrides.ts';
import { decideRenewal } from '../circulation/renewal.ts';
import type { RenewalDecision, RenewalLoan } from '../circulation/renewal.ts';
import type { CopyFacts } from '../circulation/requested-copy.ts';
import type { Instant } from '../circulation/time.ts';
import type { UsedOverride } from '../records/events.ts';
import type { ItemView } from '../records/items.ts';
import type { LoanStatus } from '../records/loans.ts';
import type { QueuedRequest } from '../records/requests.ts';
import { candidatesFor, candidatesForCopy } from './item-in-hand.ts';
import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';
import { rankAt } from './permissions.ts';
import { byPatron } from './personal.ts';
import { replanNow } from './plan-queue.ts';

/** A renewal that was refused, with every reason that stands in the order of REN-05. */
export type NotRenewed = {
  readonly kind: 'not-renewed';
  readonly item: ItemLine;
  readonly due: Instant;
  readonly status: LoanStatus;
  readonly refusals: readonly RenewalRefusal[];
  /** Whether this operator may set all of them aside (REN-06). */
  readonly mayOverride: boolean;
};

/** What the operator sets aside: refusals by their codes; and what that leaves in the audit. */
type SetAside = {
  readonly given: readonly RenewalRefusal[];
  readonly used: (overridden: readonly RenewalRefusal[]) => readonly UsedOverride[];
};

/** A loan that was renewed, with what was set aside for it. */
export type RenewedLoan = {
  readonly kind: 'renewed';
  readonly loan: number;
  readonly item: ItemLine;
  readonly patronId: number;
  readonly due: Instant;
  readonly before: Instant;
  readonly lateFrom: Instant;
  readonly loanedAt: Instant;
  readonly status: LoanStatus;
  readonly overridden: readonly RenewalRefusal[];
};

const isUnfilled = (one: QueuedRequest): boolean =>
  one.task === null || (one.task === 'wait' && one.plannedItemId === null);

/**
 * Whether more requests wait than copies are recalled, picked or held, and this one could fill such a request (REN-05).
 */
export const outnumbered = (desk: Desk, item: ItemView, queue: readonly QueuedRequest[]): boolean =>
  candidatesFor(desk, item, queue).some(isUnfilled);

/** The same of a copy, as lists of them are read. */
export const copyOutnumbered = (desk: Desk, copy: CopyFacts, queue: readonly QueuedRequest[]): boolean =>
  candidatesForCopy(desk, copy, queue).some(isUnfilled);

/** What a renewal would come to, before anything is done. */
export type JudgedRenewal = {
  readonly decision: RenewalDecision;
  /** What still stands against it, in the order of REN-05. */
  readonly refusals: readonly RenewalRefusal[];
  /** Whether the person on the seat may set all of them aside (REN-06). */
  readonly mayOverride: boolean;
};

/** Judges a renewal by the rules of today for the person on the seat, who sets the given codes aside. Throws NoOpenDay. */
export function judgeRenewal(
  { network, now, staff, place }: Desk,
  patron: PatronFacts,
  loan: RenewalLoan,
  given: readonly RenewalRefusal[],
): JudgedRenewal {
  const decision = decideRenewal({ network, now, patron, loan });
  const library = place?.library ?? '';
  const rank = rankAt(staff.roles, library);
  const refusals = standingRefusals(network, rank, decision.refusals, given, library);
  const mayOverride = standingRefusals(network, rank, refusals, RENEWAL_REFUSALS, library).length === 0;
  return { decision, refusals, mayOverride };
}

/** Renews one open loan by the rules of today (REN-*), or says every reason that stands against it. */
export async function renewNow(
  desk: Desk,
  patron: PatronFacts,
  item: ItemView,
  loanId: number,
  { given, used }: SetAside,
): Promise<RenewedLoan | NotRenewed> {
  const { records, network, now, place } = desk;
  const loan = await records.loans.byId(loanId);
  if (!loan) throw new Error(`loan ${loanId} has gone while its item was locked`);
  const queue = await records.requests.queue(item.titleId);
  const facts = { ...loan, requestWaits: outnumbered(desk, item, queue) };
  const { decision, refusals, mayOverride } = judgeRenewal(desk, patron, facts, given);
  const { id, barcode, title } = item;
  const line = itemLine(item);
  if (refusals.length > 0)
    return { kind: 'not-renewed', item: line, due: loan.due, status: loan.status, refusals, mayOverride };

  const isAutomatic = (code: RenewalRefusal) =>
    renewalOverrideLevel(network, code, place?.library ?? '') === 'automatic';
  const overridden = decision.refusals.filter((code) => !isAutomatic(code));
  const handled = decision.refusals.filter(isAutomatic).map((code) => ({ code, reason: null, automatic: true }));
  const { due, lateFrom } = decision.due;
  await records.loans.renew(loanId, due, lateFrom, now);
  await records.items.setProcess(item.id, 'LOAN', item.at);
  // One that was lost is found: it may be waited for.
  if (queue.length > 0 && loan.status === 'Lost') await replanNow(desk, item.titleId);
  const data = { barcode, title, library: item.library, due, before: loan.due, group: patron.group, ...byPatron(desk) };
  await records.events.append(
    {
      at: now,
      kind: 'loan-renewed',
      staffId: staffId(desk),
      desk: placeName(place),
      patronId: patron.id,
      itemId: id,
      loanId,
      data,
    },
    [...used(overridden), ...handled],
  );
  const status = loan.recalled ? 'Recalled' : 'Renewed';
  return {
    kind: 'renewed',
    loan: loanId,
    item: line,
    patronId: patron.id,
    due,
    before: loan.due,
    lateFrom,
    loanedAt: loan.loanedAt,
    status,
    overridden,
  };
}
