import { dueOnDay } from './due.ts';
import type { Due } from './due.ts';
import { libraryOf } from './network.ts';
import type { Network } from './network.ts';
import { addDays, dayOf } from './time.ts';
import type { Instant } from './time.ts';

/**
 * When a loan that is recalled now falls due, where its owning library shortens recalled loans (REQ-08): a number of calendar
 * days after the recall, moved and closed as by CAL-03 and CAL-04. Undefined: its due date stays, as the library does not
 * shorten, or as it is due by then anyway. Throws NoOpenDay.
 */
export function dueWhenRecalled(network: Network, owner: string, due: Instant, now: Instant): Due | undefined {
  const library = libraryOf(network, owner);
  if (library.recall === undefined) return undefined;
  const { timeZone } = network;
  const sooner = dueOnDay(library, addDays(dayOf(now, timeZone), library.recall.dueWithinDays), timeZone, []);
  return sooner.due < due ? sooner : undefined;
}
