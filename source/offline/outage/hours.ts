import type { OpenRange, Week } from '../../circulation/network.ts';
import type { OutageContact, OutagePhone } from '../../circulation/outage.ts';
import { addDays, dayOf, instantOf, weekdayOf } from '../../circulation/time.ts';
import type { Day, Instant } from '../../circulation/time.ts';

const WEEK = 7;

/** The hours of a number: its own, else those of its contact; undefined: always. */
export const hoursOf = (contact: OutageContact, phone: OutagePhone): Week | undefined => phone.hours ?? contact.hours;

const rangesOn = (hours: Week, day: Day): readonly OpenRange[] => hours[weekdayOf(day)] ?? [];

/** Whether somebody answers at that instant; without hours somebody always does. The stroke of the end counts no more. */
export function answersAt(hours: Week | undefined, now: Instant, timeZone: string): boolean {
  if (!hours) return true;
  const today = dayOf(now, timeZone);
  return rangesOn(hours, today).some(
    ({ opens, closes }) => instantOf(today, opens, timeZone) <= now && now < instantOf(today, closes, timeZone),
  );
}

/** The ranges of the local day on which an instant falls, as instants; null: at any time. */
export function rangesToday(
  hours: Week | undefined,
  now: Instant,
  timeZone: string,
): readonly { readonly from: Instant; readonly to: Instant }[] | null {
  if (!hours) return null;
  const today = dayOf(now, timeZone);
  return rangesOn(hours, today).map(({ opens, closes }) => ({
    from: instantOf(today, opens, timeZone),
    to: instantOf(today, closes, timeZone),
  }));
}

/** When somebody answers next, after an instant at which nobody does; null: never. */
export function answersNext(hours: Week, now: Instant, timeZone: string): Instant | null {
  const today = dayOf(now, timeZone);
  for (let ahead = 0; ahead <= WEEK; ahead += 1) {
    const day = addDays(today, ahead);
    for (const { opens } of rangesOn(hours, day)) {
      const from = instantOf(day, opens, timeZone);
      if (from > now) return from;
    }
  }
  return null;
}
