import { countNight } from '../desk/night-purge.ts';
import { JobRefused } from './job.ts';
import type { Job } from './job.ts';

/**
 * Counts the holds that have ended with the business day. They stand on the expired shelf by themselves, and stay until
 * somebody deals with them: their patron may still come (HOLD-02).
 */
export const expireHoldsJob: Job = {
  name: 'expire-holds',
  schedule: { every: 'night' },
  async work({ day, perform, seat, count }) {
    if (day === null) return;
    const counted = await perform(seat, countNight, { day });
    if (counted.kind !== 'counted') throw new JobRefused(countNight.name, counted);
    await count({ counters: { holdsExpired: counted.holdsExpired } });
  },
};
