import type { Library, OpenRange } from './network.ts';
import { addDays, dayOf, instantOf, minutesOf, weekdayOf } from './time.ts';
import type { Day, Instant, Minutes } from './time.ts';

/** How far a search for an open day goes before it is a configuration error (CAL-03): two years. */
const SEARCH_DAYS = 731;

/** Why a library is closed on a day. */
export type ClosedBecause = { readonly kind: 'closure'; readonly name: string | null } | { readonly kind: 'weekly' };

/** The library has no open day within two years (CAL-03): an error of the network file, said as such. */
export class NoOpenDay extends Error {
  readonly library: string;
  readonly from: Day;
  constructor(library: string, from: Day) {
    super(`library ${library} has no open day within two years of ${from}`);
    this.library = library;
    this.from = from;
  }
}

/** The opening ranges of a local day: a closure wins over a season, a season over the week (CAL-01). */
export function openingsOn(library: Library, day: Day): readonly OpenRange[] {
  if (library.closures.some((closure) => closure.from <= day && day <= closure.to)) return [];
  const season = library.seasons.find((one) => one.from <= day && day <= one.to);
  return (season?.hours ?? library.hours)[weekdayOf(day)] ?? [];
}

/** Whether the library opens at all on that day. */
export function isOpenDay(library: Library, day: Day): boolean {
  return openingsOn(library, day).length > 0;
}

/** Why the library is closed on that day; undefined if it opens. */
export function closedBecause(library: Library, day: Day): ClosedBecause | undefined {
  if (isOpenDay(library, day)) return undefined;
  const closure = library.closures.find((one) => one.from <= day && day <= one.to);
  return closure ? { kind: 'closure', name: closure.name ?? null } : { kind: 'weekly' };
}

/** The first open day on or after `day` (CAL-03). Throws NoOpenDay after two years. */
export function nextOpenDay(library: Library, day: Day): Day {
  for (let ahead = 0; ahead <= SEARCH_DAYS; ahead += 1) {
    const candidate = addDays(day, ahead);
    if (isOpenDay(library, candidate)) return candidate;
  }
  throw new NoOpenDay(library.code, day);
}

/** The last open day on or before `day` but not before `earliest`; undefined if there is none. */
export function lastOpenDay(library: Library, day: Day, earliest: Day): Day | undefined {
  for (let candidate = day; candidate >= earliest; candidate = addDays(candidate, -1)) {
    if (isOpenDay(library, candidate)) return candidate;
  }
  return undefined;
}

/** The last minute of a day: `24:00` is the next day already. */
const LAST_MINUTE = 24 * 60 - 1;

/** The closing hour of an open day, in minutes after local midnight; a library open until midnight closes at 23:59. */
function closingMinutes(library: Library, day: Day): Minutes {
  const closing = openingsOn(library, day).reduce((latest, range) => Math.max(latest, range.closes), 0);
  return Math.min(closing, LAST_MINUTE);
}

/** The instant at which the library closes on an open day (CAL-04), right across clock changes. */
export function closingOf(library: Library, day: Day, timeZone: string): Instant {
  return instantOf(day, closingMinutes(library, day), timeZone);
}

/** Whether the library is open at that instant; the stroke of closing still counts (CAL-06). */
export function isOpenAt(library: Library, instant: Instant, timeZone: string): boolean {
  const day = dayOf(instant, timeZone);
  return openingsOn(library, day).some(
    (range) => instantOf(day, range.opens, timeZone) <= instant && instant <= instantOf(day, range.closes, timeZone),
  );
}

/** The next opening after an instant at which the library is closed. Throws NoOpenDay. */
export function nextOpening(library: Library, instant: Instant, timeZone: string): Instant {
  const today = dayOf(instant, timeZone);
  const later = openingsOn(library, today).find((range) => range.opens > minutesOf(instant, timeZone));
  if (later) return instantOf(today, later.opens, timeZone);
  const day = nextOpenDay(library, addDays(today, 1));
  const first = openingsOn(library, day)[0];
  return instantOf(day, first?.opens ?? 0, timeZone);
}
