import { countNight } from '../desk/night-purge.ts';
import { JobRefused } from './job.ts';
import type { Job } from './job.ts';

/** Counts the blocks that have ended with the business day. They lift themselves: a block is a fact with an end (PEN-05). */
export const liftBlocksJob: Job = {
  name: 'lift-blocks',
  schedule: { every: 'night' },
  async work({ day, perform, seat, count }) {
    if (day === null) return;
    const counted = await perform(seat, countNight, { day });
    if (counted.kind !== 'counted') throw new JobRefused(countNight.name, counted);
    await count({ counters: { blocksEnded: counted.blocksEnded } });
  },
};
