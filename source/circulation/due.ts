import { millisecondsInHour as HOUR, millisecondsInMinute as MINUTE } from 'date-fns/constants';
import { closedBecause, closingOf, isOpenAt, isOpenDay, lastOpenDay, nextOpenDay, nextOpening } from './calendar.ts';
import type { ClosedBecause } from './calendar.ts';
import type { Library, Period } from './network.ts';
import type { Terms } from './rules.ts';
import { addDays, dayOf, daysBetween, instantOf } from './time.ts';
import type { Day, Instant } from './time.ts';

/** One step of how a due date came about, for *Consult the rules* (CONF-03). */
export type DueStep =
  | { readonly kind: 'period'; readonly from: Day; readonly period: Period; readonly to: Day }
  | { readonly kind: 'hours'; readonly hours: number; readonly at: Instant }
  | { readonly kind: 'fixed'; readonly day: Day }
  | { readonly kind: 'closed'; readonly day: Day; readonly because: ClosedBecause; readonly to: Day }
  | { readonly kind: 'closed-hour'; readonly at: Instant; readonly to: Instant }
  | { readonly kind: 'closing'; readonly day: Day; readonly at: Instant }
  | { readonly kind: 'one-minute' }
  | { readonly kind: 'expiry'; readonly expiry: Day; readonly to: Instant };

/** A due date: the instant, the local day, from when the loan is late, and how that was found. */
export type Due = {
  readonly due: Instant;
  readonly day: Day;
  /** First instant at which the loan is late (CAL-05). */
  readonly lateFrom: Instant;
  readonly steps: readonly DueStep[];
};

/** From when a loan counted in days is late: the start of the day after its due day (CAL-05). */
export function lateAfterDay(day: Day, timeZone: string): Instant {
  return instantOf(addDays(day, 1), 0, timeZone);
}

/**
 * Moves a due day to the owning library's next open day (CAL-03) and sets its closing hour (CAL-04).
 * Throws NoOpenDay if the library does not open within two years.
 */
export function dueOnDay(library: Library, wanted: Day, timeZone: string, steps: readonly DueStep[]): Due {
  const day = nextOpenDay(library, wanted);
  const because = closedBecause(library, wanted);
  const due = closingOf(library, day, timeZone);
  const moved: DueStep[] = because ? [{ kind: 'closed', day: wanted, because, to: day }] : [];
  return {
    due,
    day,
    lateFrom: lateAfterDay(day, timeZone),
    steps: [...steps, ...moved, { kind: 'closing', day, at: due }],
  };
}

/**
 * Due at an instant, as loans counted in hours are (CAL-06): moved to the next opening if the library is closed then.
 * Throws NoOpenDay.
 */
export function dueAtInstant(library: Library, wanted: Instant, timeZone: string, steps: readonly DueStep[]): Due {
  if (isOpenAt(library, wanted, timeZone)) {
    return { due: wanted, day: dayOf(wanted, timeZone), lateFrom: wanted, steps };
  }
  const due = nextOpening(library, wanted, timeZone);
  return {
    due,
    day: dayOf(due, timeZone),
    lateFrom: due,
    steps: [...steps, { kind: 'closed-hour', at: wanted, to: due }],
  };
}

/** One minute after the loan, whatever the calendar (LOAN-03). */
export function dueInOneMinute(now: Instant, timeZone: string): Due {
  const due = now + MINUTE;
  const day = dayOf(due, timeZone);
  return { due, day, lateFrom: lateAfterDay(day, timeZone), steps: [{ kind: 'one-minute' }] };
}

/** When a period that starts at an instant ends at the owning library (CAL-02 to CAL-06). Throws NoOpenDay. */
export function dueAfter(library: Library, from: Instant, period: Period, timeZone: string): Due {
  if (period.unit === 'hours') {
    const at = from + period.count * HOUR;
    return dueAtInstant(library, at, timeZone, [{ kind: 'hours', hours: period.count, at }]);
  }
  const start = dayOf(from, timeZone);
  const to = addDays(start, period.count);
  return dueOnDay(library, to, timeZone, [{ kind: 'period', from: start, period, to }]);
}

/**
 * Where a due date goes whose day is closed now, because hours or closures have changed (CAL-07): to the owning library's
 * next open day, with its closing hour. For loans counted in days whose date was not set by hand. Undefined: it stays, as its
 * day is open, or as that next day was over before `asOf` (the loan is late since then, and who drops last year's seasons
 * from the network file does not move last year's dates). Throws NoOpenDay.
 */
export function movedByCalendar(library: Library, due: Instant, asOf: Instant, timeZone: string): Due | undefined {
  const day = dayOf(due, timeZone);
  if (isOpenDay(library, day)) return undefined;
  const moved = dueOnDay(library, day, timeZone, []);
  return moved.due > asOf ? moved : undefined;
}

/**
 * When a loan made at `now` falls due under these terms (LOAN-01 to LOAN-04). What may not be lent, or has no period, is
 * due in one minute. Throws NoOpenDay.
 */
export function dueUnder(terms: Terms, library: Library, now: Instant, timeZone: string): Due {
  if (!terms.loanable) return dueInOneMinute(now, timeZone);
  if (terms.dueOn !== null) {
    return dueOnDay(library, terms.dueOn, timeZone, [{ kind: 'fixed', day: terms.dueOn }]);
  }
  return terms.period === null ? dueInOneMinute(now, timeZone) : dueAfter(library, now, terms.period, timeZone);
}

/**
 * The due date shortened to a patron's expiry date (LOAN-07): closing hour of the last open day not after it; where that
 * is not after the loan, one minute after the loan. A loan counted in hours stays late from its due instant on (CAL-05).
 */
export function dueByExpiry(library: Library, now: Instant, expiry: Day, timeZone: string, unit: Period['unit']): Due {
  const day = lastOpenDay(library, expiry, dayOf(now, timeZone));
  const closing = day === undefined ? now : closingOf(library, day, timeZone);
  const short: Due =
    day === undefined || closing <= now
      ? dueInOneMinute(now, timeZone)
      : { due: closing, day, lateFrom: lateAfterDay(day, timeZone), steps: [{ kind: 'expiry', expiry, to: closing }] };
  return unit === 'hours' ? { ...short, lateFrom: short.due } : short;
}

/** What the due date of a loan came from, as it was when the loan was made. */
export type LoanTerms = {
  readonly loanedAt: Instant;
  /** Null for a fixed date … */
  readonly period: Period | null;
  /** … which is this one. */
  readonly dueOn: Day | null;
};

/**
 * The due date of a loan that was shortened to its patron's expiry date, now that this date is another (LOAN-07): the full
 * period from the loan on, or what of it the new expiry date (null: none) leaves; `shortened` says which. The calendar is
 * that of today (CAL-07). Undefined: that would be no later than `due`. Throws NoOpenDay.
 */
export function lengthenedDue(
  library: Library,
  loan: LoanTerms & { readonly due: Instant },
  expiry: Day | null,
  timeZone: string,
): { readonly to: Due; readonly shortened: boolean } | undefined {
  const { loanedAt, period, dueOn } = loan;
  if (period === null && dueOn === null) return undefined;
  const full =
    period === null ? dueOnDay(library, dueOn ?? '', timeZone, []) : dueAfter(library, loanedAt, period, timeZone);
  const shortened = expiry !== null && full.day > expiry;
  const to = shortened ? dueByExpiry(library, loanedAt, expiry, timeZone, period?.unit ?? 'days') : full;
  return to.due > loan.due ? { to, shortened } : undefined;
}

/** Calendar days late at an instant; 0 while it is not late (CAL-05). */
export function daysLate(
  loan: { readonly due: Instant; readonly lateFrom: Instant },
  at: Instant,
  timeZone: string,
): number {
  return at < loan.lateFrom ? 0 : Math.max(0, daysBetween(dayOf(loan.due, timeZone), dayOf(at, timeZone)));
}
