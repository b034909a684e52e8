import { isDay } from '../../../circulation/time.ts';
import { findLetters } from '../../../desk/letters-find.ts';
import { failureIn, runJob } from '../../../jobs/index.ts';
import { jobResult } from '../../job-results.ts';
import { lettersResult } from '../../letter-results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import { SCENE_BUILDER } from '../stage.ts';
import type { Stage } from '../stage.ts';

/** Letters that a result lists. */
const MOST_LISTED = 1000;

/**
 * `run`: a job, or all of a night or a month, for a day (else the last one that there can be), as by `guichet jobs run`; also
 * one that has been done. Throws what the job has thrown.
 */
export async function runStep(stage: Stage, { job, day }: StepFields<'run'>): Promise<PlainResult> {
  const outcome = await runJob(stage.jobs, { name: job, again: true, ...(day === undefined ? {} : { day }) });
  const failure = failureIn(outcome);
  if (failure) throw failure.cause;
  return jobResult(outcome);
}

/** `letters`: those that have been written to a patron, of a kind, since a day or a local time. */
export async function lettersStep(stage: Stage, fields: StepFields<'letters'>): Promise<PlainResult> {
  const { patron, kind, since } = fields;
  const from = since === undefined ? undefined : stage.instantOf(isDay(since) ? `${since}T00:00` : since);
  const found = await stage.perform(SCENE_BUILDER, findLetters, {
    window: { offset: 0, limit: MOST_LISTED },
    ...(patron === undefined ? {} : { patron }),
    ...(kind === undefined ? {} : { letterKind: kind }),
    ...(from === undefined ? {} : { since: from }),
  });
  return lettersResult(found, stage.network);
}
