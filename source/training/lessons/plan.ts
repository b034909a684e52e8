import { isAnnouncedName, isGuidedAt } from '../scenario/lesson-format.ts';
import type { LessonPlace } from '../scenario/lesson-format.ts';
import type { Step } from '../scenario/read.ts';

/** How a step of a lesson is gone through: somebody does it, it is told and then done, or it is done silently. */
export type Way = 'do' | 'told' | 'silent';

const CLOCK: ReadonlySet<string> = new Set(['at', 'advance']);

/** Steps that mostly look whether all is as expected. */
const CHECKS: ReadonlySet<string> = new Set(['show', 'account']);

/**
 * How each step is gone through by somebody who follows the lesson at that place. Where a file has texts, the steps with a text are
 * shown; where it has none, every step that somebody can do there, but for those that only look whether all is as expected, and
 * every move of the clock.
 */
export function planOf(steps: readonly Step[], place: LessonPlace): readonly Way[] {
  const isTold = steps.some((step) => step.say !== undefined);
  return steps.map((step) => {
    if (isTold && step.say === undefined) return 'silent';
    if (isGuidedAt(step, place)) return isTold || !CHECKS.has(step.name) ? 'do' : 'silent';
    return isTold ? (isAnnouncedName(step.name) ? 'told' : 'silent') : CLOCK.has(step.name) ? 'told' : 'silent';
  });
}

/** What a step is about, as its file names it. */
const SUBJECTS = ['patron', 'item', 'items', 'barcode', 'request', 'title', 'loan'] as const;

/** Whether two steps are parts of one gesture: the same thing to the same people and items, asked and answered. */
export function isSameGesture(one: Step, other: Step): boolean {
  if (one.name !== other.name || typeof one.fields !== 'object' || typeof other.fields !== 'object') return false;
  const [first, second] = [one.fields, other.fields] as [
    Record<string, unknown> | null,
    Record<string, unknown> | null,
  ];
  if (first === null || second === null) return false;
  const named = SUBJECTS.filter((key) => first[key] !== undefined || second[key] !== undefined);
  return named.length > 0 && named.every((key) => JSON.stringify(first[key]) === JSON.stringify(second[key]));
}
