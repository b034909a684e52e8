import { libraryOf } from './network.ts';
import type { Network } from './network.ts';
import { addDays, dayOf, instantOf } from './time.ts';
import type { Day, Instant } from './time.ts';

/** Reminders leave at eight in the morning (HOLD-01). */
const REMINDER_MINUTES = 8 * 60;

/**
 * When the patron is reminded of an item on the hold shelf of a library: at eight, some calendar days after it was placed
 * there (HOLD-01). Null: its hold is over by then.
 */
export function reminderAt(network: Network, pickup: string, heldSince: Instant, heldUntil: Day): Instant | null {
  const { reminderAfterDays } = libraryOf(network, pickup).holdShelf;
  const day = addDays(dayOf(heldSince, network.timeZone), reminderAfterDays);
  return day > heldUntil ? null : instantOf(day, REMINDER_MINUTES, network.timeZone);
}

/** Whether the last day of a hold is over: its patron may still come, until somebody deals with it (HOLD-02). */
export const isOver = (heldUntil: Day | null, today: Day): boolean => heldUntil !== null && heldUntil < today;
