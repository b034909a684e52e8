import type { Job } from './job.ts';
import { writeAllNotices } from './write-notices.ts';

/** Courtesy notices, and the renewals of libraries that renew by themselves (CYC-02, REN-10; manual XIII.5: *Send Courtesy Notices and Handle Loan Renewals*). */
export const noticesCourtesyJob: Job = {
  name: 'notices-courtesy',
  schedule: { every: 'night' },
  async work(on) {
    await writeAllNotices(on, ['courtesy']);
  },
};
