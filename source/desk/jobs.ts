import { addDays, dayOf, instantOf } from '../circulation/time.ts';
import type { JobLine, JobRun, JobRunState } from '../records/job-runs.ts';
import type { Window } from '../records/loans.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

export type JobHistory =
  | { readonly kind: 'history'; readonly total: number; readonly lines: readonly JobRun[] }
  | Refusal;

/** A window of what jobs have done, the latest first (JOB-04). `days`: of so many days, today included. */
export const jobHistory = action(
  'job-history',
  { permission: 'view-jobs', readOnly: true },
  async (
    { records, network, now }: Desk,
    request: {
      readonly job?: string;
      readonly state?: JobRunState;
      readonly days?: number;
      readonly window: Window;
    },
  ): Promise<JobHistory> => {
    const { job, state, days, window } = request;
    const first = days === undefined ? undefined : addDays(dayOf(now, network.timeZone), 1 - days);
    const since = first === undefined ? undefined : instantOf(first, 0, network.timeZone);
    return { kind: 'history', ...(await records.jobRuns.latest({ job, state, since }, window)) };
  },
);

/** A figure of a run: what it has counted, and how many records are kept behind it. */
export type RunFigure = { readonly figure: string; readonly count: number; readonly records: number };

export type JobRunDetails =
  | {
      readonly kind: 'run';
      readonly run: JobRun;
      /** What was done, in the order in which the job counts it. */
      readonly figures: readonly RunFigure[];
      /** What could not be done, the most frequent first. */
      readonly problems: readonly RunFigure[];
    }
  | { readonly kind: 'no-such-run' }
  | Refusal;

/** One run: its figures, and what it met (JOB-04). */
export const jobRun = action(
  'job-run',
  { permission: 'view-jobs', readOnly: true },
  async ({ records }: Desk, request: { readonly run: number }): Promise<JobRunDetails> => {
    const run = await records.jobRuns.byId(request.run);
    if (!run) return { kind: 'no-such-run' };
    const behind = new Map((await records.jobRuns.problems(run.id)).map((one) => [one.problem, one.count]));
    const figures = Object.entries(run.counters).map(([figure, count]) => ({
      figure,
      count,
      records: behind.get(figure) ?? 0,
    }));
    const problems = [...behind]
      .filter(([problem]) => !(problem in run.counters))
      .map(([figure, count]) => ({ figure, count, records: count }));
    return { kind: 'run', run, figures, problems };
  },
);

export type JobRunLines =
  | { readonly kind: 'lines'; readonly total: number; readonly lines: readonly JobLine[] }
  | Refusal;

/** The records behind the figures of a run, or behind one of them (JOB-04). They are kept for 90 days (JOB-06). */
export const jobRunLines = action(
  'job-run-lines',
  { permission: 'view-jobs', readOnly: true },
  async (
    { records }: Desk,
    request: { readonly run: number; readonly figure?: string; readonly window: Window },
  ): Promise<JobRunLines> => {
    const { run, figure, window } = request;
    const found = await records.jobRuns.lines(run, window, figure === undefined ? {} : { problem: figure });
    return { kind: 'lines', ...found };
  },
);
