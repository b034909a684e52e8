import { parseLocal } from '../../source/circulation/time.ts';
import type { Instant } from '../../source/circulation/time.ts';

/** How much of everything there is. */
export type Size = {
  readonly patrons: number;
  readonly titles: number;
  readonly items: number;
  readonly loans: number;
  readonly requests: number;
  /** Titles for which fifty and more wait. */
  readonly popular: number;
};

/** The large data set of spec 11; several items per title. `requests` are those that are open. */
const LARGE: Size = {
  patrons: 200_000,
  titles: 350_000,
  items: 1_000_000,
  loans: 300_000,
  requests: 20_000,
  popular: 20,
};

/** The patron with a thousand loans, and their twin without any (PERF-04). */
export const BUSY_PATRON = 1;
export const IDLE_PATRON = 2;
export const BUSY_LOANS = 1000;

/** The library whose pick list and hold shelf are the longest. */
export const BUSY_LIBRARY = 'Ars';
/** A popular title has so many copies besides its ordinary ones, and its queue is no shorter than that. */
export const POPULAR_COPIES = 10;
export const POPULAR_QUEUE = 55;

/** The large data set, or a part of it. Never smaller than the patron with a thousand loans needs. */
export function sizeAt(scale: number): Size {
  const part = (count: number) => Math.round(count * scale);
  return {
    patrons: part(LARGE.patrons),
    titles: part(LARGE.titles),
    items: part(LARGE.items),
    loans: Math.max(2 * BUSY_LOANS, part(LARGE.loans)),
    requests: part(LARGE.requests),
    popular: Math.max(2, part(LARGE.popular)),
  };
}

const ZONE = 'Europe/Paris';

function moment(text: string): Instant {
  const instant = parseLocal(text, ZONE);
  if (instant === undefined) throw new Error(`no local time: ${text}`);
  return instant;
}

/** When it is, for the whole data set: Monday 1 June 2026, 10:00. The training copy's clock stands there. */
export const NOW: Instant = moment('2026-06-01T10:00');
