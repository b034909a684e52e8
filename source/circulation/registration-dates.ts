import type { ProfileDate, RegistrationProfile } from './network.ts';
import { addMonths, purgeAfter } from './patron-dates.ts';
import { isDay } from './time.ts';
import type { Day } from './time.ts';

/** Academic years begin on 1 September (USR-06). */
const ACADEMIC_YEAR = '09-01';
const ONE_YEAR: ProfileDate = { after: 12 };

const yearOf = (day: Day): number => Number(day.slice(0, 4));

const dayIn = (year: number, monthDay: string): Day => `${String(year).padStart(4, '0')}-${monthDay}`;

/** `MM-DD` of a year; 28 February for the 29th of a year that has none. */
function dayOfYear(year: number, monthDay: string): Day {
  const day = dayIn(year, monthDay);
  return isDay(day) ? day : dayIn(year, '02-28');
}

/**
 * `MM-DD` of the academic year that follows the one of a day: of 8 February 2020 (year 2019–2020) 30 October is that of
 * 2020, and so is that of 31 August; of 1 September 2020 (year 2020–2021) it is that of 2021 (manual IX.5).
 */
function inNextAcademicYear(day: Day, monthDay: string): Day {
  const begins = dayIn(yearOf(day), ACADEMIC_YEAR) <= day ? yearOf(day) + 1 : yearOf(day);
  return dayOfYear(monthDay >= ACADEMIC_YEAR ? begins : begins + 1, monthDay);
}

/** A date that follows from a day by a profile's rule; null: nobody can say but the operator. */
function following(rule: ProfileDate, day: Day): Day | null {
  if (rule === 'by-hand') return null;
  if ('after' in rule) return addMonths(day, rule.after);
  return rule.of === 'next-academic-year' ? inNextAcademicYear(day, rule.on) : dayOfYear(yearOf(day) + 1, rule.on);
}

/**
 * The expiry date that a profile proposes for a record that begins on a day (USR-03, USR-06): one year later unless it
 * says otherwise. Null: it is asked for, as of whoever has paid for a while.
 */
export function proposedExpiry(profile: RegistrationProfile | undefined, begins: Day): Day | null {
  return following(profile?.expiry ?? ONE_YEAR, begins);
}

/**
 * The purge date that goes with an expiry date: the profile's (USR-06), else three months later (USR-03, USR-04). Null:
 * there is no expiry date yet, or the profile asks for both.
 */
export function proposedPurge(profile: RegistrationProfile | undefined, expiry: Day | null): Day | null {
  if (expiry === null) return null;
  return profile?.purge === undefined ? purgeAfter(expiry) : following(profile.purge, expiry);
}
