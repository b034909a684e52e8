import { settleRequests } from '../desk/requests-outdated.ts';
import type { Job } from './job.ts';
import { untilDone } from './pace.ts';

/** Plans every queue of requests anew and cancels what is outdated (CAN-02), a batch of titles in each transaction. */
export const settleRequestsJob: Job = {
  name: 'settle-requests',
  schedule: { every: 'night' },
  async work(on) {
    let after: number | null = 0;
    await untilDone(on, async () => {
      const request = { after: after ?? 0 };
      const done = await on.batch(settleRequests, request, ({ notNeeded, notAllowed, changed }) => ({
        counters: { notNeeded, notAllowed, replanned: changed },
      }));
      after = done.next;
      return after !== null;
    });
  },
};
