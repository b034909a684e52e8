import type { Instant } from '../circulation/time.ts';
import { action, placeName } from './perform.ts';
import type { Desk } from './perform.ts';

const MINUTE = 60_000;
const MOST_DESKS = 5;

/** A desk (`LIBRARY/DESK`) at which something was done, and when that was last. */
export type ActiveDesk = { readonly desk: string; readonly at: Instant };

/** Which other desks have done something in the last so many minutes, the latest first, five at most (OUT-02). */
export const activeDesks = action(
  'active-desks',
  { permission: null, readOnly: true },
  async (
    { records, now, place }: Desk,
    request: { readonly minutes: number },
  ): Promise<{ readonly kind: 'desks'; readonly desks: readonly ActiveDesk[] }> => ({
    kind: 'desks',
    desks: await records.events.activeDesks(now - request.minutes * MINUTE, placeName(place), MOST_DESKS),
  }),
);
