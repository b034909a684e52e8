import { purgePatrons } from '../desk/purge-patrons.ts';
import type { Job } from './job.ts';
import { untilDone } from './pace.ts';

/** Deletes records past their purge date that nothing holds any more (IMP-05). */
export const purgePatronsJob: Job = {
  name: 'purge-patrons',
  schedule: { every: 'night' },
  async work(on) {
    let after: number | null = 0;
    await untilDone(on, async () => {
      const { last } = await on.batch(purgePatrons, { after: after ?? 0, limit: 25 }, ({ deleted, kept }) => ({
        counters: {
          patronsDeleted: deleted,
          keptForLoans: kept.loans,
          keptForRequests: kept.requests,
          keptForBlocks: kept.blocks,
        },
      }));
      after = last;
      return after !== null;
    });
  },
};
