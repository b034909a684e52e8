import type { Instant } from './time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The longest wait between two tries. */
const LONGEST_WAIT = 6 * HOUR;
/** A letter that could not leave for so long fails: what it says is no longer news. */
export const GIVE_UP_AFTER = 72 * HOUR;

/**
 * When a letter is tried again that could not leave now (LET-05): after 1, 2, 4 … minutes, six hours at the most, by the
 * number of the try (from 1); null: never, three days after it was written.
 */
export function nextTry(attempt: number, writtenAt: Instant, now: Instant): Instant | null {
  if (now - writtenAt >= GIVE_UP_AFTER) return null;
  return now + Math.min(LONGEST_WAIT, MINUTE * 2 ** Math.min(attempt - 1, 20));
}
