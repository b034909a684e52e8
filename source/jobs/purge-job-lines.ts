import { addDays, dayOf, instantOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import { action } from '../desk/perform.ts';
import type { Desk, Refusal } from '../desk/perform.ts';
import type { Job } from './job.ts';

/** Days after which the records behind the figures of a run are no longer kept (JOB-06); its figures are. */
const KEEP_DAYS = 90;
/** Lines in one transaction. */
const BATCH = 500;

/** Takes away what old runs say of single records: numbers of people and of items. Repeatable. */
export const purgeJobLines = action(
  'purge-job-lines',
  { permission: 'run-jobs' },
  async (
    { records, network, now }: Desk,
    { asOf = now, most = BATCH }: { readonly asOf?: Instant; readonly most?: number },
  ): Promise<{ readonly kind: 'purged'; readonly lines: number; readonly more: boolean } | Refusal> => {
    const before = instantOf(addDays(dayOf(asOf, network.timeZone), -KEEP_DAYS), 0, network.timeZone);
    const lines = await records.jobRuns.purgeLines(before, most);
    return { kind: 'purged', lines, more: lines === most };
  },
);

/** The nightly job: all of them, a batch in each transaction. */
export const purgeJobLinesJob: Job = {
  name: 'purge-job-lines',
  schedule: { every: 'night' },
  async work({ asOf, batch }) {
    for (let more = true; more;) {
      const done = await batch(purgeJobLines, { asOf }, ({ lines }) => ({ counters: { linesPurged: lines } }));
      more = done.more;
    }
  },
};
