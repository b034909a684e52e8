import type { Step } from '../scenario/read.ts';
import type { Stage } from '../scenario/stage.ts';
import { matchStep, OTHER } from './match.ts';
import type { Progress, Verdict } from './match.ts';
import type { Done } from './seen.ts';

/** The step that was reached, and how many with it; or what the thing that was done is to the one that waits. */
type Judged = { readonly step: Step; readonly count: number } | { readonly first: Verdict };

/** What something that was done is to the steps that one gesture may reach at once (`progress`: of the one that waits). */
export async function judgeGesture(
  stage: Stage,
  gesture: readonly Step[],
  dones: readonly Done[],
  progress: Progress,
): Promise<Judged> {
  let first: Verdict | undefined;
  for (const [ahead, step] of gesture.entries()) {
    const verdict = await matchStep(stage, step, dones, ahead === 0 ? progress : new Map());
    first ??= verdict;
    if (verdict.kind === 'reached') return { step, count: ahead + 1 };
  }
  return { first: first ?? OTHER };
}
