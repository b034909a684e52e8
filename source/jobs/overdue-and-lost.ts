import type { NoticeKind } from '../circulation/letters.ts';
import { countNight } from '../desk/night-purge.ts';
import type { Job } from './job.ts';
import { JobRefused } from './job.ts';
import { writeAllNotices } from './write-notices.ts';

const KINDS: readonly NoticeKind[] = ['overdue-1', 'overdue-2', 'overdue-3', 'lost-item-bill'];

/**
 * Overdue notices, and bills, which turn loans lost (CYC-02, CYC-03; manual XIII.5: *Loans - Overdue and Lost Item*). Counts
 * what has become late with the business day: nothing has to be marked, as lateness follows from the due date (CAL-05).
 */
export const overdueAndLostJob: Job = {
  name: 'overdue-and-lost',
  schedule: { every: 'night' },
  async work(on) {
    if (on.day === null) return;
    const counted = await on.perform(on.seat, countNight, { day: on.day });
    if (counted.kind !== 'counted') throw new JobRefused(countNight.name, counted);
    await on.count({ counters: { becameLate: counted.becameLate } });
    await writeAllNotices(on, KINDS);
  },
};
