import { closeLostLoans } from '../desk/close-lost-loans.ts';
import type { Job } from './job.ts';
import { untilDone } from './pace.ts';

/** Closes lost loans that were due a year ago or more (JOB-01; manual XIII.7); its lines are the items that are missing now. */
export const closeLostLoansJob: Job = {
  name: 'close-lost-loans',
  schedule: { every: 'month' },
  async work(on) {
    await untilDone(on, async () => {
      const { more } = await on.batch(closeLostLoans, { asOf: on.asOf }, ({ items }) => ({
        counters: { closed: items.length },
        lines: items.map((record) => ({ figure: 'closed' as const, record })),
      }));
      return more;
    });
  },
};
