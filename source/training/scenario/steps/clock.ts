import type { Instant } from '../../../circulation/time.ts';
import type { PlainResult } from '../../results.ts';
import type { Stage } from '../stage.ts';

/** The moment that a step names, or why the clock cannot go there: it never goes back. */
function moment(stage: Stage, step: 'at' | 'advance', local: string): Instant | PlainResult {
  const instant = stage.instantOf(local);
  if (instant === undefined || instant < stage.now)
    return { fails: 'INVALID', path: step, value: local, now: stage.localNow };
  return instant;
}

/** `at`: moves the clock, runs nothing. */
export async function atStep(stage: Stage, local: string): Promise<PlainResult> {
  const instant = moment(stage, 'at', local);
  if (typeof instant !== 'number') return instant;
  await stage.moveTo(instant);
  return { at: stage.localNow };
}

/** `advance`: moves the clock and runs every job that falls in between. */
export async function advanceStep(stage: Stage, local: string): Promise<PlainResult> {
  const instant = moment(stage, 'advance', local);
  if (typeof instant !== 'number') return instant;
  const jobs = await stage.advanceTo(instant);
  return { at: stage.localNow, jobs };
}
