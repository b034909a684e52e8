import { anonymise } from '../desk/anonymise.ts';
import type { Job } from './job.ts';
import { untilDone } from './pace.ts';

/** Anonymises loans and requests that have long ended, with all that says of them whose they were (JOB-06). */
export const anonymiseLoansJob: Job = {
  name: 'anonymise-loans',
  schedule: { every: 'night' },
  async work(on) {
    await untilDone(on, async () => {
      const { more } = await on.batch(anonymise, { asOf: on.asOf }, ({ loans, requests }) => ({
        counters: { anonymised: loans, requestsAnonymised: requests },
      }));
      return more;
    });
  },
};
