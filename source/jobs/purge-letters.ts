import { purgeLetters } from '../desk/night-purge.ts';
import type { Job } from './job.ts';
import { untilDone } from './pace.ts';

/** Deletes letters that are older than the network keeps them (LET-04). */
export const purgeLettersJob: Job = {
  name: 'purge-letters',
  schedule: { every: 'night' },
  async work(on) {
    await untilDone(on, async () => {
      const { more } = await on.batch(purgeLetters, { asOf: on.asOf }, ({ letters }) => ({
        counters: { lettersPurged: letters },
      }));
      return more;
    });
  },
};
