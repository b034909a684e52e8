import type { JobOutcome, RunOutcome } from '../jobs/index.ts';
import { present } from './plain.ts';
import { failureResult } from './results.ts';
import type { PlainResult } from './results.ts';

const countersIn = (outcome: RunOutcome): Readonly<Record<string, number>> =>
  'counters' in outcome ? outcome.counters : {};

/**
 * A run of a job, with the fields of spec 8: its counters, each as a field, and all of them in `counters`. `outcome: done,
 * failed, interrupted, busy, done-already`; of a night or a month, `jobs` has the counters of each of its jobs.
 */
export function jobResult(outcome: JobOutcome): PlainResult {
  const { kind } = outcome;
  if (kind === 'not-permitted' || kind === 'unknown' || kind === 'invalid') return failureResult(outcome);
  const counters = countersIn(outcome);
  const jobs = outcome.jobs && Object.fromEntries(outcome.jobs.map((one) => [one.job, countersIn(one.outcome)]));
  const about = {
    day: 'day' in outcome ? outcome.day : null,
    run: 'run' in outcome ? outcome.run : null,
    error: kind === 'failed' ? outcome.error : null,
  };
  return { ...counters, ...present({ outcome: kind, counters, jobs, ...about }) };
}
