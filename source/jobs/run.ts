import { setTimeout } from 'node:timers/promises';
import { GROUP_NAMES, JOB_NAMES } from '../circulation/jobs.ts';
import type { GroupName, JobFigure, JobName, RunnableName } from '../circulation/jobs.ts';
import type { Day } from '../circulation/time.ts';
import { COMMAND_LINE } from '../desk/perform.ts';
import type { Perform, Refusal, Seat } from '../desk/perform.ts';
import type { JobCounters } from '../records/job-runs.ts';
import type { JobStarted } from './claims.ts';
import { daySoFar } from './history.ts';
import { JobRefused, RunStopped } from './job.ts';
import type { Job, Schedule } from './job.ts';
import { Chain, runOne, underClaim } from './run-one.ts';
import type { Run, RunOutcome, Running } from './run-one.ts';

export type { RunOutcome } from './run-one.ts';

/** Where jobs run, and which there are. */
export type JobHouse = { readonly perform: Perform; readonly jobs: readonly Job[] };

/** What is to be run, for which day, and by whom. */
export type RunRequest = {
  readonly name: RunnableName;
  /** Absent: the last day that there can be, or none where the job is for none. */
  readonly day?: Day;
  /** Also where the day has been done. */
  readonly again?: boolean;
  /** Absent: the command line. */
  readonly seat?: Seat;
  readonly signal?: AbortSignal;
  /** Told after each batch what the job has counted. */
  readonly onProgress?: (soFar: { job: string; counters: JobCounters }) => void;
};

/** What has become of a run, and of those that it consists of. */
export type JobOutcome = RunOutcome & {
  readonly jobs?: readonly { readonly job: JobName; readonly outcome: RunOutcome }[];
};

/** Milliseconds after which somebody looks again whether a job is still being worked at. */
const WAIT = 500;

/** When a group runs, and which jobs are in it. */
const GROUPS: Readonly<Record<GroupName, Schedule & { every: 'night' | 'month' }>> = {
  nightly: { every: 'night' },
  monthly: { every: 'month' },
};

const isGroup = (name: RunnableName): name is GroupName => (GROUP_NAMES as readonly string[]).includes(name);

/** When something runs by itself; undefined: there is no such job. */
export function scheduleOf(jobs: readonly Job[], name: RunnableName): Schedule | undefined {
  return isGroup(name) ? GROUPS[name] : jobs.find((one) => one.name === name)?.schedule;
}

/** The jobs of a group, in the order in which they run. */
export function jobsOf(jobs: readonly Job[], group: GroupName): Job[] {
  const ofGroup = jobs.filter(({ schedule }) => schedule.every === GROUPS[group].every);
  return ofGroup.toSorted((one, other) => JOB_NAMES.indexOf(one.name) - JOB_NAMES.indexOf(other.name));
}

/** What is run for each day by itself, as one: groups, and daily jobs. */
export function dailyUnits(
  jobs: readonly Job[],
): { name: RunnableName; schedule: Schedule & { every: 'night' | 'month' | 'day' } }[] {
  const daily = jobs.flatMap(({ name, schedule }) => (schedule.every === 'day' ? [{ name, schedule }] : []));
  return [
    ...GROUP_NAMES.filter((one) => jobsOf(jobs, one).length > 0).map((name) => ({ name, schedule: GROUPS[name] })),
    ...daily,
  ];
}

/** Runs a job; waits while somebody else is at it. */
async function runWhenFree(
  job: Job,
  when: { day: Day | null; again: boolean },
  running: Running,
  chain: Chain,
): Promise<RunOutcome> {
  for (;;) {
    const outcome = await runOne(job, when, running, chain);
    if (outcome.kind !== 'busy') return outcome;
    if (running.signal.aborted) throw new RunStopped();
    await setTimeout(WAIT, undefined, { signal: running.signal }).catch(() => {
      throw new RunStopped();
    });
  }
}

/** Some jobs of a night have failed; they are tried again with it. */
class JobsFailed extends Error {
  constructor(reasons: readonly string[]) {
    super(reasons.join('; '));
    this.name = 'JobsFailed';
  }
}

type Part = { readonly job: JobName; readonly outcome: RunOutcome };

const countersIn = (outcome: RunOutcome): JobCounters => ('counters' in outcome ? outcome.counters : {});

/** Runs the jobs of a group one after the other; one that fails does not stop the others. */
async function runParts(
  jobs: readonly Job[],
  when: { day: Day | null; again: boolean },
  running: Running,
  run: Run,
  chain: Chain,
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const job of jobs) {
    const outcome = await runWhenFree(job, when, running, chain);
    if (outcome.kind === 'not-permitted' || outcome.kind === 'unknown' || outcome.kind === 'invalid')
      throw new JobRefused(job.name, outcome);
    if (outcome.kind === 'interrupted') throw new RunStopped();
    parts.push({ job: job.name, outcome });
    const counters = countersIn(outcome) as Partial<Record<JobFigure, number>>;
    if (Object.values(counters).some((count) => count > 0)) await run.count({ counters });
  }
  return parts;
}

/** What went wrong in a run, or in the first of its parts where something did; undefined: nothing. */
export function failureIn(outcome: JobOutcome): { readonly job: JobName | null; readonly cause: unknown } | undefined {
  for (const { job, outcome: part } of outcome.jobs ?? [])
    if (part.kind === 'failed') return { job, cause: part.cause };
  return outcome.kind === 'failed' ? { job: null, cause: outcome.cause } : undefined;
}

/** Runs a group of jobs for a day as one run, whose report is sent (JOB-04). */
async function runGroup(
  { jobs, perform }: JobHouse,
  name: GroupName,
  { day, again }: { day: Day | undefined; again: boolean },
  running: Running,
): Promise<JobOutcome> {
  const chain = new Chain();
  let parts: Part[] = [];
  let total: { counters: JobCounters; runs: readonly number[] } = { counters: {}, runs: [] };
  const work = async (run: Run, started: JobStarted): Promise<void> => {
    parts = await runParts(jobsOf(jobs, name), { day: started.day, again }, running, run, chain);
    // What earlier runs of the day had done before they were broken off belongs to the report, too.
    const names = parts.map((one) => one.job);
    total = await daySoFar(perform, { jobs: names, day: started.day });
    const failed = parts.flatMap(({ job, outcome: one }) => (one.kind === 'failed' ? [`${job}: ${one.error}`] : []));
    if (failed.length > 0) throw new JobsFailed(failed);
  };
  const request = { job: name, schedule: GROUPS[name], again, ...(day === undefined ? {} : { day }) };
  const outcome = await underClaim(request, running, {
    work,
    closing: (_, { startedAt }) => ({ report: { startedAt, runs: total.runs, counted: total.counters } }),
    parts: chain,
  });
  return { ...outcome, jobs: parts };
}

/**
 * Runs a job, or all jobs of a night or a month in their order (JOB-01), for a day. Whoever else is at it, or has done the
 * day, is an answer. Throws DatabaseAway: whoever comes next takes the run up.
 */
export async function runJob(house: JobHouse, request: RunRequest): Promise<JobOutcome> {
  const { name, day, again = false, seat = { staff: COMMAND_LINE, place: null } } = request;
  const { signal = new AbortController().signal, onProgress } = request;
  const running: Running = { perform: house.perform, seat, signal, onProgress };
  if (isGroup(name)) return runGroup(house, name, { day, again }, running);
  const job = house.jobs.find((one) => one.name === name);
  const unknown: Refusal = { kind: 'invalid', path: 'job', problem: 'unknown-code', value: name };
  return job ? runOne(job, { day: day ?? null, again }, running) : unknown;
}
