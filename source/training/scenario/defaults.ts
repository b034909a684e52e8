import type { Network } from '../../circulation/network.ts';
import { isDay } from '../../circulation/time.ts';
import type { Day } from '../../circulation/time.ts';

/** The same day a year later; 28 February for the 29th. */
export function yearAfter(day: Day): Day {
  const year = Number(day.slice(0, 4)) + 1;
  const later = `${year}${day.slice(4)}`;
  return isDay(later) ? later : `${year}-02-28`;
}

/** The first group that may borrow everywhere: that of patrons of whom nothing is said. Null: no group may. */
export function borrowingGroup(network: Network): string | null {
  const barred = network.loanRules.filter((row) => row.mayBorrow === false);
  const free = network.groups.find(({ code }) => !barred.some((row) => row.group?.includes(code) ?? true));
  return free?.code ?? null;
}
