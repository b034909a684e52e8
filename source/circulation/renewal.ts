import { millisecondsInHour as HOUR } from 'date-fns/constants';
import type { RenewalRefusal } from './blocks.ts';
import { closingOf } from './calendar.ts';
import { dueAtInstant, dueOnDay } from './due.ts';
import type { Due } from './due.ts';
import type { PatronFacts } from './loan.ts';
import { libraryOf } from './network.ts';
import type { Network } from './network.ts';
import { isInForce, stopsOf } from './penalties.ts';
import { mayBorrow, termsFor } from './rules.ts';
import type { RuleSubject, Terms } from './rules.ts';
import { addDays, dayOf } from './time.ts';
import type { Instant } from './time.ts';

/** What the rules look at in a loan that is to be renewed. */
export type RenewalLoan = Omit<RuleSubject, 'group'> & {
  readonly loanedAt: Instant;
  /** The last renewal; null: none yet. */
  readonly renewedAt: Instant | null;
  readonly due: Instant;
  readonly lateFrom: Instant;
  readonly recalled: boolean;
  /** More requests wait than copies are recalled, picked or held, and this copy could fill one. */
  readonly requestWaits: boolean;
};

export type RenewalFacts = {
  readonly network: Network;
  readonly now: Instant;
  readonly patron: PatronFacts;
  readonly loan: RenewalLoan;
};

/** What is decided about a renewal: every reason against it in the order of REN-05, and the new due date if it is renewed. */
export type RenewalDecision = {
  readonly refusals: readonly RenewalRefusal[];
  readonly due: Due;
  readonly terms: Terms;
};

/** The furthest due date that the maximum period allows, before CAL-03 moves it. */
function furthest(terms: Terms, loanedAt: Instant, timeZone: string): { day: string; instant: Instant | null } {
  const max = terms.max ?? { unit: 'days', count: 0 };
  if (max.unit === 'hours') {
    const instant = loanedAt + max.count * HOUR;
    return { day: dayOf(instant, timeZone), instant };
  }
  return { day: addDays(dayOf(loanedAt, timeZone), max.count), instant: null };
}

/**
 * The due date after a renewal now: maximum period − loan period, counted from today, never past loan day + maximum
 * period; CAL-03 and CAL-04 apply to the result. A row without a period renews by its maximum.
 */
function renewedDue({ network, now, loan }: RenewalFacts, terms: Terms): Due {
  const library = libraryOf(network, loan.library);
  const limit = furthest(terms, loan.loanedAt, network.timeZone);
  const extra = Math.max(0, (terms.max?.count ?? 0) - (terms.period?.count ?? 0));
  if (limit.instant !== null) {
    return dueAtInstant(library, Math.min(now + extra * HOUR, limit.instant), network.timeZone, []);
  }
  const wanted = addDays(dayOf(now, network.timeZone), extra);
  const day = wanted < limit.day ? wanted : limit.day;
  return dueOnDay(library, day, network.timeZone, []);
}

/** Why the patron may not renew, in the order of REN-05. */
function patronRefusals({ network, now, patron, loan }: RenewalFacts, subject: RuleSubject): RenewalRefusal[] {
  const today = dayOf(now, network.timeZone);
  const blocked = patron.blocks.some(
    (one) => isInForce(one, today) && stopsOf(network, one.type, one.library).includes('renewal'),
  );
  const reasons: [RenewalRefusal, boolean][] = [
    ['PATRON_NO_ROLE', !mayBorrow(network, subject, today)],
    ['PATRON_INACTIVE', patron.status === 'inactive'],
    ['PATRON_EXPIRED', patron.expiry !== null && today > patron.expiry],
    ['PATRON_BLOCKED', blocked],
    ['PATRON_OVERDUE', patron.late.count > 0 || now >= loan.lateFrom],
  ];
  return reasons.flatMap(([code, holds]) => (holds ? [code] : []));
}

/** Whether it is after the closing hour of the due day, when renewing is over (REN-04). */
function afterClosing({ network, now, loan }: RenewalFacts): boolean {
  const library = libraryOf(network, loan.library);
  const closing = closingOf(library, dayOf(loan.due, network.timeZone), network.timeZone);
  return now > Math.max(loan.due, closing);
}

/** Whether the loan was made or renewed today: then a period counted in days does not move its due date (REN-03). */
function isOfToday({ network, now, loan }: RenewalFacts, terms: Terms): boolean {
  if (terms.max?.unit === 'hours') return false;
  const today = dayOf(now, network.timeZone);
  return dayOf(loan.renewedAt ?? loan.loanedAt, network.timeZone) === today;
}

/**
 * Whether a renewal would leave the loan where it is (REN-03): it brings no due date forward, and none into the past,
 * where a loan is that has outrun its maximum period.
 */
function isUnchanged(facts: RenewalFacts, terms: Terms, due: Due): boolean {
  return due.due <= Math.max(facts.loan.due, facts.now) || isOfToday(facts, terms);
}

/**
 * Decides a renewal (REN-01 to REN-07) by the rules of the day on which it is asked. All refusals in the order of REN-05;
 * who may set one aside is in `overrides.ts`. Throws NoOpenDay.
 */
export function decideRenewal(facts: RenewalFacts): RenewalDecision {
  const { network, now, patron, loan } = facts;
  const { timeZone } = network;
  const subject: RuleSubject = { ...loan, group: patron.group };
  const terms = termsFor(network, subject, dayOf(now, timeZone));
  const due = renewedDue(facts, terms);
  const limit = dueOnDay(libraryOf(network, loan.library), furthest(terms, loan.loanedAt, timeZone).day, timeZone, []);
  const reasons: [RenewalRefusal, boolean][] = [
    ['NOT_RENEWABLE', !terms.renewable || !terms.loanable],
    ['RECALLED', loan.recalled],
    ['RENEWAL_PERIOD_EXCEEDED', dayOf(loan.due, timeZone) > limit.day],
    ['AFTER_CLOSING', afterClosing(facts)],
    ['EXPIRES_BEFORE_RENEWAL', patron.expiry !== null && due.day > patron.expiry && due.due > loan.due],
    ['REQUEST_CONFLICT', loan.requestWaits],
    ['DUE_DATE_UNCHANGED', isUnchanged(facts, terms, due)],
  ];
  const ofLoan = reasons.flatMap(([code, holds]) => (holds ? [code] : []));
  return { refusals: [...patronRefusals(facts, subject), ...ofLoan], due, terms };
}
