import type { Step } from '../scenario/read.ts';
import type { Stage } from '../scenario/stage.ts';
import { isGuidedName } from '../scenario/lesson-format.ts';
import type { GuidedStep, ToldStep } from './contract.ts';
import { isSameGesture } from './plan.ts';
import type { Script } from './script.ts';

function told(stage: Stage, step: Step): ToldStep {
  const { number, name, fields, say = null, then = null } = step;
  const target = name === 'at' || name === 'advance' ? stage.instantOf(fields) : undefined;
  const moves = target === undefined ? { from: null, to: null } : { from: stage.now, to: target };
  return { kind: 'told', number, name, fields, say, then, ...moves };
}

/** What waits: something to do or to be told; null: nothing does. */
export function stopAt(stage: Stage, { step, way, before }: Script): GuidedStep | ToldStep | null {
  if (!step || way === 'silent') return null;
  if (way === 'told') return told(stage, step);
  const { number, name, fields, say = null, then = null, expect = null } = step;
  if (!isGuidedName(name)) return null;
  return {
    kind: 'do',
    number,
    name,
    fields,
    say,
    then,
    expect,
    console: step.name === 'console' ? step.fields : null,
    continues: before !== undefined && isSameGesture(before, step),
  };
}
