import type { RunnableName } from '../circulation/jobs.ts';
import type { Instant } from '../circulation/time.ts';
import { COMMAND_LINE } from '../desk/perform.ts';
import type { DueRun } from './history.ts';
import { runsDue } from './history.ts';
import { JobRefused } from './job.ts';
import { dailyUnits, runJob } from './run.ts';
import type { JobHouse, JobOutcome, RunRequest } from './run.ts';

/** A run that fell due by itself, and what has become of it. */
export type CaughtUp = DueRun & { readonly outcome: JobOutcome };

export type CatchUpOptions = Pick<RunRequest, 'signal' | 'onProgress'> & {
  /** Runs that fall due until then; absent: until now. */
  readonly until?: Instant;
  /** Called before each run: a simulated clock is set to its moment. */
  readonly before?: (run: DueRun) => void;
  /** Told of each run that was done here, or failed. */
  readonly onRun?: (done: CaughtUp) => void;
};

/** What is not the end of a day: somebody else is at it, or it was stopped. What comes later must wait for it. */
const STOPS: readonly JobOutcome['kind'][] = ['busy', 'interrupted'];

/**
 * Does everything that has fallen due by itself and has not been done, in its order (CYC-04): nights, months, daily jobs.
 * A day that fails does not hold up later ones, and is tried again when it has rested. Answers with the runs that were
 * done here. Throws DatabaseAway.
 */
export async function catchUp(house: JobHouse, options: CatchUpOptions = {}): Promise<readonly CaughtUp[]> {
  const { until, before, onRun, signal, onProgress } = options;
  const seat = { staff: COMMAND_LINE, place: null };
  const units = dailyUnits(house.jobs);
  const due = await house.perform(seat, runsDue, { units, ...(until === undefined ? {} : { until }) });
  if (due.kind !== 'due') throw new JobRefused(runsDue.name, due);
  const done: CaughtUp[] = [];
  for (const run of due.runs) {
    if (signal?.aborted === true) break;
    before?.(run);
    const how = { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) };
    const outcome = await runJob(house, { name: run.name satisfies RunnableName, day: run.day, ...how });
    const one = { ...run, outcome };
    if (outcome.kind !== 'busy' && outcome.kind !== 'done-already') {
      done.push(one);
      onRun?.(one);
    }
    if (STOPS.includes(outcome.kind)) break;
  }
  return done;
}
