import { JOB_NAMES } from '../circulation/jobs.ts';
import type { Job, JobWork } from './job.ts';
import { anonymiseLoansJob } from './anonymise-loans.ts';
import { closeLostLoansJob } from './close-lost-loans.ts';
import { expireHoldsJob } from './expire-holds.ts';
import { holdRemindersJob } from './hold-reminders.ts';
import { liftBlocksJob } from './lift-blocks.ts';
import { noticesCourtesyJob } from './notices-courtesy.ts';
import { noticesDueTodayJob } from './notices-due-today.ts';
import { overdueAndLostJob } from './overdue-and-lost.ts';
import { purgeLettersJob } from './purge-letters.ts';
import { purgePatronsJob } from './purge-patrons.ts';
import { purgePreRegistrationsJob } from './purge-pre-registrations.ts';
import { moveDueDatesJob } from './move-due-dates.ts';
import { purgeJobLinesJob } from './purge-job-lines.ts';
import { scheduleOf } from './run.ts';
import { settleRequestsJob } from './settle-requests.ts';
import type { Unit } from './history.ts';
import { GROUP_NAMES } from '../circulation/jobs.ts';

export type { Job, JobWork, Schedule, Told } from './job.ts';
export { failureIn, runJob } from './run.ts';
export type { JobHouse, JobOutcome, RunOutcome, RunRequest } from './run.ts';
export type { DueRun, JobListing } from './history.ts';
export { catchUp } from './catch-up.ts';

/** What runs by itself (JOB-01); a new job is one line here. */
export const JOBS: readonly Job[] = [
  moveDueDatesJob,
  settleRequestsJob,
  purgeJobLinesJob,
  liftBlocksJob,
  noticesCourtesyJob,
  noticesDueTodayJob,
  overdueAndLostJob,
  expireHoldsJob,
  purgeLettersJob,
  anonymiseLoansJob,
  purgePreRegistrationsJob,
  purgePatronsJob,
  holdRemindersJob,
  closeLostLoansJob,
];

/** All jobs, in their order. `sendLetters`: mails what is queued, every minute; null: nobody mails here. */
export function jobsWith(sendLetters: ((on: JobWork) => Promise<void>) | null): readonly Job[] {
  const mail: readonly Job[] = sendLetters
    ? [{ name: 'send-letters', schedule: { every: 'minutes', count: 1 }, quiet: true, work: sendLetters }]
    : [];
  return [...JOBS, ...mail].toSorted((one, other) => JOB_NAMES.indexOf(one.name) - JOB_NAMES.indexOf(other.name));
}

/** What can be run by name, with when it runs by itself: groups first. */
export function unitsOf(jobs: readonly Job[]): readonly Unit[] {
  return [...GROUP_NAMES, ...jobs.map((one) => one.name)].flatMap((name) => {
    const schedule = scheduleOf(jobs, name);
    return schedule ? [{ name, schedule }] : [];
  });
}
