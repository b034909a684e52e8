import { tzOffset } from '@date-fns/tz';
import { isMatch } from 'date-fns/isMatch';
import { millisecondsInDay as DAY, millisecondsInMinute as MINUTE } from 'date-fns/constants';
import { remembering } from './remember.ts';

/** A moment: milliseconds since 1970-01-01T00:00Z (UTC). */
export type Instant = number;
/** A calendar day of the library, `YYYY-MM-DD`, without a time zone of its own. */
export type Day = string;
/** Minutes after local midnight, 0 to 1440. */
export type Minutes = number;

/** The offset that holds all through one UTC day (its number since 1970) in a zone; NaN on a day on which it changes. */
const offsetOn = remembering((timeZone: string) =>
  remembering((day: number) => {
    const first = tzOffset(timeZone, new Date(day * DAY));
    return first === tzOffset(timeZone, new Date((day + 1) * DAY - 1)) ? first * MINUTE : Number.NaN;
  }),
);

/** How far the zone is ahead of UTC at that instant, in milliseconds. */
function offsetAt(instant: Instant, timeZone: string): number {
  const offset = offsetOn(timeZone)(Math.floor(instant / DAY));
  return Number.isNaN(offset) ? tzOffset(timeZone, new Date(instant)) * MINUTE : offset;
}

/** The number of a day since 1970-01-01, and back. */
const numberOf = remembering((day: Day) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY));
const dayNumbered = remembering((number: number): Day => new Date(number * DAY).toISOString().slice(0, 10));

/** The local calendar day on which an instant falls. */
export function dayOf(instant: Instant, timeZone: string): Day {
  return dayNumbered(Math.floor((instant + offsetAt(instant, timeZone)) / DAY));
}

/** Minutes after local midnight of an instant. */
export function minutesOf(instant: Instant, timeZone: string): Minutes {
  const local = instant + offsetAt(instant, timeZone);
  return Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE);
}

/**
 * The instant of a local day and time (CAL-04). A time that a clock change skips becomes the same time on the clock
 * before the change (02:30 → 03:30); a time that occurs twice is its first occurrence.
 */
export function instantOf(day: Day, minutes: Minutes, timeZone: string): Instant {
  const wall = numberOf(day) * DAY + minutes * MINUTE;
  const early = wall - offsetAt(wall - DAY, timeZone);
  if (early + offsetAt(early, timeZone) === wall) return early;
  const late = wall - offsetAt(wall + DAY, timeZone);
  return late + offsetAt(late, timeZone) === wall ? late : early;
}

/** The day `count` calendar days later (earlier if negative). */
export function addDays(day: Day, count: number): Day {
  return dayNumbered(numberOf(day) + count);
}

/** Calendar days from one day to another; negative if `to` is before `from`. */
export function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from);
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: Day): number {
  // 1970-01-01 was a Thursday.
  return (((numberOf(day) + 3) % 7) + 7) % 7;
}

/** Whether a text is a day that exists (`2027-02-29` is not). */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isMatch(text, 'yyyy-MM-dd');
}

/** `2026-06-22T19:00`, local, as scenarios and `--json` print it. */
export function localText(instant: Instant, timeZone: string): string {
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 16);
}

/** Reads `2026-06-01T10:00` (or with a space, or seconds) as a local time; undefined if it is none. */
export function parseLocal(text: string, timeZone: string): Instant | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  if (!parts) return undefined;
  const [, day = '', hours = '', minutes = '', seconds = '0'] = parts;
  if (!isDay(day) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return instantOf(day, Number(hours) * 60 + Number(minutes), timeZone) + Number(seconds) * 1000;
}
