import { readPatronRecord } from '../../desk/patron-record.ts';
import { mismatches } from '../scenario/expect.ts';
import type { Mismatch } from '../scenario/expect.ts';
import { isAtKiosk } from '../scenario/lesson-format.ts';
import type { GuidedName } from '../scenario/lesson-format.ts';
import type { Step } from '../scenario/read.ts';
import { judge } from '../scenario/run.ts';
import type { Stage } from '../scenario/stage.ts';
import { hasLooked, hasSought } from './looked-at.ts';
import { recordHolds } from './record-holds.ts';
import type { Done } from './seen.ts';
import { keyOf } from './same.ts';
import { SAME_SUBJECT, wishesOf } from './subject.ts';

/**
 * What something that was done is to a step: the step itself; a part of it (one of several items); another thing; the same
 * thing to somebody or something else; or the very thing, with another result.
 */
export type Verdict =
  | { readonly kind: 'reached' | 'part' | 'other' }
  | { readonly kind: 'subject'; readonly done: Done }
  | { readonly kind: 'result'; readonly done: Done; readonly mismatches: readonly Mismatch[] };

/** What has been done of a step so far: of several items one by one, of a record field by field. */
export type Progress = Map<string, Done['result']>;

type Fields = Readonly<Record<string, unknown>>;
type Guided = Exclude<GuidedName, 'console'>;

/** What it is when nothing of the step was done. */
export const OTHER: Verdict = { kind: 'other' };
const REACHED: Verdict = { kind: 'reached' };

/** Fields of a step as a map: those of `desk` are a text, of `done` there may be none. */
export function fieldsOf(step: Step): Fields {
  if (typeof step.fields === 'string') return { place: step.fields };
  return step.fields ?? {};
}

/** Whether what was asked for beside the subject was done so. */
function unmet(name: Guided, wanted: Fields, { fields, result, early }: Done, stage: Stage): Mismatch[] {
  if (early) return [];
  const wishes = wishesOf(name, wanted, stage);
  const texts = Object.entries(wishes).filter(
    ([key, value]) => !(key === 'text' && keyOf(value) === keyOf(fields[key])),
  );
  const found = mismatches(Object.fromEntries(texts), fields);
  if (name !== 'change-due') return found;
  const due = { due: wanted['due'] };
  // A day means its closing hour, or that of the next open day.
  return mismatches(due, fields).length === 0 ? found : [...found, ...mismatches(due, result)];
}

/** Items of a step that may also be done one by one; empty: they may not. */
function severalIn({ name, expect }: Step, wanted: Fields): readonly string[] {
  const { item, items, patron } = wanted;
  if (item !== undefined) return [];
  if (Array.isArray(items)) return items.map((one) => keyOf(one));
  const lines: unknown = name === 'renew' && patron !== undefined ? expect?.['lines'] : undefined;
  if (!Array.isArray(lines)) return [];
  const named = lines.map((line: unknown) => (line as Fields | null)?.['item']);
  return named.every((one) => one !== undefined) ? named.map((one) => keyOf(one)) : [];
}

/** Remembers one of several; answers with the result of all, once each has been done. */
function together(several: readonly string[], done: Done, progress: Progress): Fields | undefined {
  const key = keyOf(done.fields['item']);
  if (!several.includes(key)) return undefined;
  progress.set(key, done.result);
  const lines = several.map((one) => progress.get(one));
  if (!lines.every((one) => one !== undefined)) return undefined;
  const due = lines[0]?.['due'];
  const same = lines.every((one) => one['due'] === due) && due !== undefined;
  return {
    outcome: lines.find((one) => one['outcome'] !== 'refused')?.['outcome'] ?? 'refused',
    ...(same ? { due } : {}),
    lines,
  };
}

/** A record's fields, one after the other: reached when it holds all that the step says. */
async function edited(stage: Stage, step: Step, done: Done, progress: Progress): Promise<Verdict> {
  const wanted = fieldsOf(step);
  const direct = judge(step, done.result).length === 0;
  if (direct && done.result['outcome'] === 'refused') return REACHED;
  const before = progress.get('record') ?? {};
  const isChanged = before['outcome'] === 'changed' || done.result['outcome'] === 'changed';
  const result = { ...before, ...done.result, ...(isChanged ? { outcome: 'changed' } : {}) };
  progress.set('record', result);
  const read = await stage.perform(stage.seat, readPatronRecord, { patron: String(wanted['patron']) });
  if (read.kind !== 'record' || !recordHolds(read.record, wanted, result)) return { kind: 'part' };
  const wrong = judge(step, result);
  return wrong.length === 0 ? REACHED : { kind: 'result', done: { ...done, result }, mismatches: wrong };
}

async function compare(stage: Stage, step: Step, name: Guided, done: Done, progress: Progress): Promise<Verdict> {
  const wanted = fieldsOf(step);
  if (done.name !== name || isAtKiosk({ name, fields: wanted }) !== (done.fields['at'] === 'kiosk')) return OTHER;
  const several = severalIn(step, wanted);
  if (done.fields['item'] !== undefined && several.length > 0 && done.fields['items'] === undefined) {
    const result = together(several, done, progress);
    if (!several.includes(keyOf(done.fields['item']))) return { kind: 'subject', done };
    if (!result) return { kind: 'part' };
    return judgeDone(stage, step, name, { ...done, result });
  }
  if (!(await SAME_SUBJECT[name](stage, wanted, done.fields))) return { kind: 'subject', done };
  if (name === 'account') return hasLooked(step, done, progress) ? REACHED : { kind: 'part' };
  if (name === 'search') return hasSought(step, done) ? REACHED : { kind: 'part' };
  if (name === 'edit-patron') return edited(stage, step, done, progress);
  // Whoever looks at the right thing sees what there is.
  return name === 'show' ? REACHED : judgeDone(stage, step, name, done);
}

function judgeDone(stage: Stage, step: Step, name: Guided, done: Done): Verdict {
  // The desk asks first whether the treatment is done: the item is received again, and then scanned once more.
  if (name === 'scan-in' && fieldsOf(step)['treated'] === true && done.fields['treated'] !== true)
    return { kind: 'part' };
  const found = [...unmet(name, fieldsOf(step), done, stage), ...judge(step, done.result)];
  return found.length === 0 ? REACHED : { kind: 'result', done, mismatches: found };
}

const RANK: Readonly<Record<Verdict['kind'], number>> = { reached: 4, part: 3, result: 2, subject: 1, other: 0 };

/** What the best of several readings of something that was done is to a step. */
export async function matchStep(
  stage: Stage,
  step: Step,
  dones: readonly Done[],
  progress: Progress,
): Promise<Verdict> {
  const { name } = step;
  if (!(name in SAME_SUBJECT)) return OTHER;
  let best = OTHER;
  for (const done of dones) {
    const verdict = await compare(stage, step, name as Guided, done, progress);
    if (RANK[verdict.kind] > RANK[best.kind]) best = verdict;
    if (best.kind === 'reached') break;
  }
  return best;
}
