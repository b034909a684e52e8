import { isDay } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { JobReportLetter } from '../circulation/letters.ts';
import type { Network } from '../circulation/network.ts';
import { action, placeName, staffId } from '../desk/perform.ts';
import type { Desk, Refusal } from '../desk/perform.ts';
import { isWorkerAlive, WORKER } from '../desk/workers.ts';
import type { JobCounters, RunningJob } from '../records/job-runs.ts';
import type { RunLine, Schedule } from './job.ts';
import { dueFor, earliestFor, isDaily, lastDay } from './timeline.ts';

/** A run that has begun, with what it decides by. */
export type JobStarted = {
  readonly kind: 'started';
  readonly run: number;
  readonly day: Day | null;
  readonly asOf: Instant;
  readonly startedAt: Instant;
  readonly network: Network;
};
export type StartOutcome =
  | JobStarted
  | { readonly kind: 'busy'; readonly holder: RunningJob | null }
  | { readonly kind: 'done-already'; readonly run: number; readonly day: Day | null }
  | Refusal;

export type StartRequest = {
  readonly job: string;
  readonly schedule: Schedule;
  /** Absent: the last one that there can be. */
  readonly day?: Day;
  /** Also where the day has been done. */
  readonly again: boolean;
  /** The run before this one, which ends in the same transaction. Should it be lost, whoever has it does it again. */
  readonly ending?: EndRequest;
};

export type EndRequest = {
  readonly run: number;
  readonly job: string;
  readonly day: Day | null;
  readonly state: 'done' | 'failed' | 'interrupted';
  readonly counters: JobCounters;
  readonly error?: string;
  /** It is part of a group, whose end is told. */
  readonly isPart?: boolean;
  /** It did nothing, and is not kept. */
  readonly forget?: boolean;
  /** Those who look after jobs are told of this run, and of runs that were part of it (JOB-04). */
  readonly report?: { readonly startedAt: Instant; readonly runs: readonly number[]; readonly counted: JobCounters };
};

/** Queues the reports of a run; one for each address and outcome, however often the day is done. */
async function tell(desk: Desk, { job, day, state, error }: EndRequest, report: NonNullable<EndRequest['report']>) {
  const { records, now, network } = desk;
  const { startedAt, runs, counted: counters } = report;
  const figures = new Set(Object.keys(counters));
  const problems = (await records.jobRuns.problems(...runs)).filter((one) => !figures.has(one.problem));
  const facts: JobReportLetter = { job, day, startedAt, endedAt: now, counters, problems, error: error ?? null };
  for (const address of network.jobs?.reportTo ?? []) {
    await records.letters.queue({
      kind: 'job-report',
      cause: `job-report:${job}:${day ?? '-'}:${state}:${address}`,
      patronId: null,
      library: null,
      language: network.jobs?.language ?? 'fr',
      address,
      facts,
      at: now,
      staffId: staffId(desk),
    });
  }
}

/** Ends a run. False: another worker has it, nothing was done. */
async function writeEnd(desk: Desk, request: EndRequest): Promise<boolean> {
  const { records, now, place } = desk;
  const { run, job, day, state, counters, error = null, forget = false, isPart = false, report } = request;
  if (!(await records.jobRuns.tick(run, counters, WORKER))) return false;
  if (forget) {
    await records.jobRuns.forget(run);
    return true;
  }
  await records.jobRuns.end(run, state, { counters, at: now, error });
  if (!isPart) {
    const data = { job, run, state, ...(day === null ? {} : { day }) };
    await records.events.append({ at: now, kind: 'job-run', staffId: staffId(desk), desk: placeName(place), data });
  }
  if (report && state !== 'interrupted') await tell(desk, request, report);
  return true;
}

/** The day that a run is for, and the moment by which it decides; or why there cannot be such a run (yet). */
function forWhen(desk: Desk, { schedule, day }: StartRequest): { day: Day | null; asOf: Instant } | Refusal {
  const { now, network, networkVersion } = desk;
  if (networkVersion === 0) return { kind: 'invalid', path: 'network', problem: 'no-network' };
  if (!isDaily(schedule)) return { day: null, asOf: now };
  if (day !== undefined && !isDay(day)) return { kind: 'invalid', path: 'day', problem: 'not-a-day', value: day };
  const meant = day ?? lastDay(schedule, now, network.timeZone);
  if (earliestFor(schedule, meant, network.timeZone) > now)
    return { kind: 'invalid', path: 'day', problem: 'in-the-future', value: meant };
  return { day: meant, asOf: Math.min(dueFor(schedule, meant, network.timeZone), now) };
}

/**
 * Begins a run of a job, unless somebody is at that job, or has done the day (JOB-02); takes up what a worker that is gone
 * has left. Invalid: `network`, `day`.
 */
export const startJob = action(
  'start-job',
  { permission: 'run-jobs' },
  async (desk: Desk, request: StartRequest): Promise<StartOutcome> => {
    if (request.ending) await writeEnd(desk, request.ending);
    const when = forWhen(desk, request);
    if ('kind' in when) return when;
    const { job, again } = request;
    const { records, now, network } = desk;
    const by = { worker: WORKER, at: now, staffId: staffId(desk), isAlive: isWorkerAlive };
    const claimed = await records.jobRuns.claim({ job, day: when.day, again, ...by });
    if (claimed.kind === 'busy') return claimed;
    if (claimed.kind === 'done-already') return { kind: claimed.kind, run: claimed.id, day: when.day };
    return { kind: 'started', run: claimed.id, ...when, startedAt: now, network };
  },
);

/** What is written down of a run as it goes on; without counters: that it does. */
export type JobNote = {
  readonly run: number;
  readonly counters?: JobCounters;
  readonly lines?: readonly RunLine[];
  /** How many lines the run has had before. */
  readonly before?: number;
};

/** Writes down how far a run is, in the transaction of its work. False: another worker has it. */
export async function writeNote(
  { records }: Desk,
  { run, counters, lines = [], before = 0 }: JobNote,
): Promise<boolean> {
  if (!(await records.jobRuns.tick(run, counters, WORKER))) return false;
  const numbered = lines.map(({ figure, ...line }, at) => ({ ...line, problem: figure, line: before + at + 1 }));
  await records.jobRuns.addLines(run, numbered);
  return true;
}

/** Writes down how far a run is, or only that it is still being worked at. */
export const noteJob = action(
  'note-job',
  { permission: 'run-jobs' },
  async (desk: Desk, note: JobNote): Promise<{ kind: 'noted' | 'lost' } | Refusal> => ({
    kind: (await writeNote(desk, note)) ? 'noted' : 'lost',
  }),
);

/** Ends a run; the audit hears of it. `lost`: another worker has it, nothing was done. */
export const endJob = action(
  'end-job',
  { permission: 'run-jobs' },
  async (
    desk: Desk,
    request: EndRequest & { readonly ending?: EndRequest },
  ): Promise<{ kind: 'ended' | 'lost' } | Refusal> => {
    if (request.ending) await writeEnd(desk, request.ending);
    return { kind: (await writeEnd(desk, request)) ? 'ended' : 'lost' };
  },
);
