import type { Job } from './job.ts';
import { writeAllNotices } from './write-notices.ts';

/** Tells who has something to bring back today (CYC-02; manual XIII.5: *Send Due Date Reminders*). */
export const noticesDueTodayJob: Job = {
  name: 'notices-due-today',
  schedule: { every: 'night' },
  async work(on) {
    await writeAllNotices(on, ['due-today']);
  },
};
