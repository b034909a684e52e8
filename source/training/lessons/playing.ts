import type { Step } from '../scenario/read.ts';
import { judge, play } from '../scenario/run.ts';
import type { Stage } from '../scenario/stage.ts';
import type { Drift } from './contract.ts';

/**
 * Plays a step by itself, as `scenario run` does. In a lesson, what does not turn out as the file says is no error (the trainee may
 * have gone another way): it is told here, for tests.
 */
export async function playSilently(stage: Stage, step: Step): Promise<Drift | undefined> {
  const { number, name } = step;
  try {
    const mismatches = judge(step, await play(stage, step));
    return mismatches.length === 0 ? undefined : { number, name, mismatches };
  } catch (error) {
    const actual = error instanceof Error ? error.message : String(error);
    return { number, name, mismatches: [{ path: 'error', expected: null, actual }] };
  }
}
