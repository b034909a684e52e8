import { setTimeout } from 'node:timers/promises';
import { RunStopped } from './job.ts';
import type { JobWork } from './job.ts';

/** The longest rest, in milliseconds. */
const LONGEST = 250;

/**
 * Takes breath: after some work a rest as long as that was, so that desks which wait for the database come first (JOB-03).
 * Answers with a function that rests when it is called, for as long as has gone by since the last time. Throws RunStopped.
 */
export function paceOf({ signal }: Pick<JobWork, 'signal'>): () => Promise<void> {
  let since = performance.now();
  return async () => {
    const rest = Math.min(LONGEST, performance.now() - since);
    await setTimeout(rest, undefined, { signal }).catch(() => {
      throw new RunStopped();
    });
    since = performance.now();
  };
}

/** Does something again until there is no more to do, resting in between. `step` answers whether there is more. */
export async function untilDone(on: Pick<JobWork, 'signal'>, step: () => Promise<boolean>): Promise<void> {
  const rest = paceOf(on);
  while (await step()) await rest();
}
