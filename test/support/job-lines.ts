import { jobHistory, jobRun, jobRunLines } from '../../source/desk/jobs.ts';
import { findLetters } from '../../source/desk/letters-find.ts';
import type { Role } from '../../source/desk/permissions.ts';
import { endJob, noteJob, startJob } from '../../source/jobs/claims.ts';
import { listJobs, runsDue } from '../../source/jobs/history.ts';
import { purgeJobLines } from '../../source/jobs/purge-job-lines.ts';
import { lineOf, NETWORK, NO_DESK, PATRON_STAFF, window } from './permission-lines.ts';
import type { Line } from './permission-lines.ts';

const VIEWERS: Role[] = ['manager', 'user-administrator', 'network-administrator'];
const everyMinute = { every: 'minutes', count: 1 } as const;
/** A run that nobody works at. */
const gone = { run: 999, job: 'lift-blocks', day: null, state: 'done', counters: {} } as const;

/** Runs of jobs, for the table of permissions. */
export const JOB_LINES: readonly Line[] = [
  lineOf(startJob, NETWORK, { job: 'lift-blocks', schedule: everyMinute, again: true }, NO_DESK, 'started'),
  lineOf(noteJob, NETWORK, { run: gone.run }, NO_DESK, 'lost'),
  lineOf(endJob, NETWORK, gone, NO_DESK, 'lost'),
  lineOf(runsDue, NETWORK, { units: [] }, NO_DESK, 'due'),
  lineOf(purgeJobLines, NETWORK, {}, NO_DESK, 'purged'),
  lineOf(listJobs, VIEWERS, { units: [] }, NO_DESK, 'jobs'),
  lineOf(jobHistory, VIEWERS, { window }, NO_DESK, 'history'),
  lineOf(jobRun, VIEWERS, { run: gone.run }, NO_DESK, 'no-such-run'),
  lineOf(jobRunLines, VIEWERS, { run: gone.run, window }, NO_DESK, 'lines'),
  lineOf(findLetters, PATRON_STAFF, { window }, NO_DESK, 'letters'),
];

/** The audit hears of a run when it ends. */
export const JOB_LINES_WITHOUT_EVENT = [startJob, noteJob, endJob, purgeJobLines].map((one) => one.name);
