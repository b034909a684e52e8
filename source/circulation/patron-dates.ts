import type { Day } from './time.ts';

/** A record may be purged three months after it has expired (USR-03; manual IX.2.1.1). */
const MONTHS_BEFORE_PURGE = 3;

/** The same day of the month so many calendar months later; the last one of a month that has no such day. */
export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + count, 0));
  const date = Math.min(dayOfMonth, lastOfMonth.getUTCDate());
  const first = lastOfMonth.toISOString().slice(0, 8);
  return `${first}${String(date).padStart(2, '0')}`;
}

/** The purge date that follows from an expiry date (USR-04): 9 February 2020 → 9 May 2020. Never expires: is never purged. */
export function purgeAfter(expiry: Day | null): Day | null {
  return expiry === null ? null : addMonths(expiry, MONTHS_BEFORE_PURGE);
}
