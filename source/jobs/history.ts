import type { RunnableName } from '../circulation/jobs.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { dayOf } from '../circulation/time.ts';
import { action, COMMAND_LINE } from '../desk/perform.ts';
import type { Desk, Perform, Refusal, Seat } from '../desk/perform.ts';
import type { DayTried, JobCounters, JobRun } from '../records/job-runs.ts';
import type { Schedule } from './job.ts';
import { daysBetweenMoments, dueFor, isDaily, nextAfter } from './timeline.ts';

const NOBODY_THERE: Seat = { staff: COMMAND_LINE, place: null };
const MINUTE = 60_000;
/** Minutes until a day that has failed is tried again: after the first failure, the second … */
const PATIENCE = [1, 5, 15, 60] as const;

/** A run that falls due by itself. */
export type DueRun = { readonly name: RunnableName; readonly day: Day; readonly at: Instant };

/** What runs by itself, and when. */
export type Unit = { readonly name: RunnableName; readonly schedule: Schedule };

/** Whether a day that has failed is to be left alone for a while. */
function isResting({ failures, endedAt }: DayTried, now: Instant): boolean {
  if (failures === 0 || endedAt === null) return false;
  const minutes = PATIENCE[Math.min(failures, PATIENCE.length) - 1] ?? 0;
  return now >= endedAt && now < endedAt + minutes * MINUTE;
}

/**
 * Runs that fall due until a moment (absent: now) and have not been done, the oldest first: nights that nobody was there
 * for are caught up in their order (CYC-04), none before a network was first loaded. What has just failed waits a while.
 */
export const runsDue = action(
  'runs-due',
  { permission: 'run-jobs', readOnly: true },
  async (
    { records, network, now }: Desk,
    { units, until = now }: { readonly units: readonly Unit[]; readonly until?: Instant },
  ): Promise<{ readonly kind: 'due'; readonly runs: readonly DueRun[] } | Refusal> => {
    const since = await records.networks.firstLoadedAt();
    if (since === null) return { kind: 'due', runs: [] };
    const runs: DueRun[] = [];
    for (const { name, schedule } of units) {
      if (!isDaily(schedule)) continue;
      const days = daysBetweenMoments(schedule, since, until, network.timeZone);
      const tried = await records.jobRuns.daysTried(name, days[0] ?? dayOf(since, network.timeZone));
      const over = new Set(tried.filter((one) => one.done || isResting(one, now)).map((one) => one.day));
      const open = days.filter((day) => !over.has(day));
      runs.push(...open.map((day) => ({ name, day, at: dueFor(schedule, day, network.timeZone) })));
    }
    return { kind: 'due', runs: runs.toSorted((one, other) => one.at - other.at) };
  },
);

/** What runs of some jobs have counted for a day, all together, however often they were broken off. */
const dayCounted = action(
  'day-counted',
  { permission: 'run-jobs', readOnly: true },
  async (
    { records }: Desk,
    { jobs, day }: { readonly jobs: readonly string[]; readonly day: Day },
  ): Promise<
    { readonly kind: 'counted'; readonly counters: JobCounters; readonly runs: readonly number[] } | Refusal
  > => {
    const { counters, runs } = await records.jobRuns.ofDay(jobs, day);
    return { kind: 'counted', counters, runs };
  },
);

/** What the runs of a day have counted together, and which they are. */
export async function daySoFar(
  perform: Perform,
  { jobs, day }: { readonly jobs: readonly string[]; readonly day: Day | null },
): Promise<{ counters: JobCounters; runs: readonly number[] }> {
  if (day === null) return { counters: {}, runs: [] };
  const answer = await perform(NOBODY_THERE, dayCounted, { jobs, day });
  if (answer.kind !== 'counted') throw new Error(`the command line may not run jobs: ${JSON.stringify(answer)}`);
  return answer;
}

/** A job as lists of jobs show it. */
export type JobListing = {
  readonly name: RunnableName;
  readonly schedule: Schedule;
  readonly last: JobRun | null;
  /** When it runs next by itself. */
  readonly next: Instant;
};

/** Jobs with their last runs and their next ones, in the order in which they are given. */
export const listJobs = action(
  'list-jobs',
  { permission: 'view-jobs', readOnly: true },
  async (
    { records, network, now }: Desk,
    { units }: { readonly units: readonly Unit[] },
  ): Promise<{ readonly kind: 'jobs'; readonly jobs: readonly JobListing[] } | Refusal> => {
    const last = await records.jobRuns.lastOfEach();
    const jobs = units.map(({ name, schedule }) => ({
      name,
      schedule,
      last: last.get(name) ?? null,
      next: nextAfter(schedule, now, network.timeZone),
    }));
    return { kind: 'jobs', jobs };
  },
);
