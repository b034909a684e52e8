import { millisecondsInHour as HOUR, millisecondsInMinute as MINUTE } from 'date-fns/constants';
import { closingOf, isOpenDay, nextOpenDay } from './calendar.ts';
import { lateAfterDay } from './due.ts';
import type { Due } from './due.ts';
import type { Library } from './network.ts';
import type { OfflineAttention, OfflineLine } from './offline.ts';
import type { Terms } from './rules.ts';
import { addDays, dayOf, instantOf, localText } from './time.ts';
import type { Instant } from './time.ts';

/** A stretch of time, its end exclusive. */
export type Stretch = { readonly from: Instant; readonly before: Instant };

/** When an offline line happened. */
export type LineMoment = {
  /** The beginning of the minute that the line names. */
  readonly from: Instant;
  /** The moment that counts: its minute, or now where the clock that wrote it was fast. */
  readonly at: Instant;
  /** Its time has not come yet. */
  readonly future: boolean;
  /** From then on, what has happened to the item happened after it (LATER_ACTION). */
  readonly end: Instant;
  /** The minute that the line names; two, where the clocks went back (the first one counts). */
  readonly minutes: readonly Stretch[];
};

const minuteFrom = (from: Instant): Stretch => ({ from, before: from + MINUTE });

/** The moment of an offline line as its upload sees it (OFF-05), by the local time of the network. */
export function momentOf({ day, minutes }: OfflineLine, now: Instant, timeZone: string): LineMoment {
  const from = instantOf(day, minutes, timeZone);
  const again = from + HOUR;
  const twice = localText(again, timeZone) === localText(from, timeZone);
  return {
    from,
    at: Math.min(from, now),
    future: from > now,
    end: from + MINUTE,
    minutes: twice ? [minuteFrom(from), minuteFrom(again)] : [minuteFrom(from)],
  };
}

/** The closing hour of the library's day, or of its next open day where that has passed or it is closed. Throws NoOpenDay. */
function nextClosing(library: Library, now: Instant, timeZone: string, isByHours: boolean): Due {
  const today = dayOf(now, timeZone);
  const isStillOpen = isOpenDay(library, today) && closingOf(library, today, timeZone) > now;
  const day = isStillOpen ? today : nextOpenDay(library, addDays(today, 1));
  const due = closingOf(library, day, timeZone);
  return {
    due,
    day,
    lateFrom: isByHours ? due : lateAfterDay(day, timeZone),
    steps: [{ kind: 'closing', day, at: due }],
  };
}

/**
 * The due date of a loan that was made offline, at its upload (OFF-05): the one of the rules; where that has passed, and for
 * what may not be lent, the owning library's next closing hour, and somebody is to look at it. Throws NoOpenDay.
 */
export function dueAtUpload(
  decided: { readonly due: Due; readonly terms: Terms },
  library: Library,
  now: Instant,
  timeZone: string,
): { readonly due: Due; readonly attention: OfflineAttention | null } {
  const { due, terms } = decided;
  if (terms.loanable && due.due > now) return { due, attention: null };
  const isByHours = terms.loanable && terms.dueOn === null && terms.period?.unit === 'hours';
  return {
    due: nextClosing(library, now, timeZone, isByHours),
    attention: terms.loanable ? 'due-passed' : 'not-loanable',
  };
}
