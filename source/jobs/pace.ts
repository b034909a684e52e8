import { setTimeout } from 'node:timers/promises';
import { RunStopped } from './job.ts';
import type { JobWork } from './job.ts';

/** The longest rest, in milliseconds; how long it is for what was worked. */
const LONGEST = 250;
const REST = 1.5;

/**
 * Takes breath: after some work a rest of half as long again, so that desks which wait for the database come first (JOB-03).
 * Answers with a function that rests when it is called, by what has gone by since the last time. Throws RunStopped.
 */
export function paceOf({ signal }: Pick<JobWork, 'signal'>): () => Promise<void> {
  let since = performance.now();
  return async () => {
    const rest = Math.min(LONGEST, REST * (performance.now() - since));
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
