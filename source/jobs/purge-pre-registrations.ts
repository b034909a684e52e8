import { purgePreRegistrations } from '../desk/night-purge.ts';
import type { Job } from './job.ts';
import { untilDone } from './pace.ts';

/** Deletes pre-registrations that were never finished (USR-13). */
export const purgePreRegistrationsJob: Job = {
  name: 'purge-pre-registrations',
  schedule: { every: 'night' },
  async work(on) {
    await untilDone(on, async () => {
      const { more } = await on.batch(purgePreRegistrations, { asOf: on.asOf }, ({ patrons }) => ({
        counters: { preRegistrationsDeleted: patrons },
      }));
      return more;
    });
  },
};
