import { showRequest } from '../../desk/requests-queue.ts';
import type { GuidedStep, Lesson } from '../../training/lessons/contract.ts';
import type { Runtime } from '../runtime.ts';
import { bytesOf, consoleCommand, fieldsOf, freshMemo, keyStroke, nextKeys, wayToConsoleStep } from './typing/index.ts';
import type { Memo, Sight, Stroke } from './typing/index.ts';

/** In slow motion: between letters, before another key, before a scan, in milliseconds. */
const SLOW = { text: 120, key: 300, scan: 600 } as const;

/** No step needs so many looks at the screen: what does is going round in circles. */
const MOST_LOOKS = 120;

export type Typist = {
  readonly runtime: Runtime;
  readonly lesson: Lesson;
  /** Hands bytes to the keyboard, as the terminal does. */
  readonly type: (bytes: string) => void;
  /** The code that was scanned last. */
  readonly scanned: { last: string };
  /** Resolves when the console has nothing more to do, or asks something. */
  readonly calm: () => Promise<void>;
  /** The screen as it is now, line by line. */
  readonly screen: () => string;
};

async function pause({ runtime }: Typist, milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    runtime.after(milliseconds, resolve);
  });
}

/** The same code again at once would pass for a scanner's second reading: it is typed. */
function asKeys({ scanned }: Typist, stroke: Stroke): Stroke[] {
  if (stroke.kind !== 'scan') return [stroke];
  const isAgain = scanned.last === stroke.code;
  scanned.last = stroke.code;
  return isAgain
    ? [
        { kind: 'text', text: stroke.code },
        { kind: 'key', chord: 'Enter' },
      ]
    : [stroke];
}

/** Presses what a stroke says and waits until the console has answered. */
async function feed(typist: Typist, wanted: Stroke): Promise<void> {
  for (const stroke of asKeys(typist, wanted)) await feedOne(typist, stroke);
}

/** In slow motion letter by letter. */
async function feedOne(typist: Typist, stroke: Stroke): Promise<void> {
  const isSlow = typist.runtime.store.get().slowMotion;
  const parts: Stroke[] =
    isSlow && stroke.kind === 'text' ? Array.from(stroke.text, (text) => ({ kind: 'text', text })) : [stroke];
  for (const part of parts) {
    if (isSlow) await pause(typist, SLOW[part.kind]);
    typist.type(bytesOf(part));
  }
  await typist.calm();
}

/** Whether the step still waits. */
function waits({ lesson }: Typist, step: GuidedStep): boolean {
  const current = lesson.current();
  return current?.kind === 'do' && current.number === step.number && lesson.wrong() === null;
}

/** Ready for the next look: the console is calm, and the lesson plays nothing. */
async function ready({ lesson, calm }: Typist): Promise<void> {
  await calm();
  if (!lesson.busy()) return;
  await lesson.settled();
  await calm();
}

/** A request that the step names, as the desk knows it: its title leads to its line. */
async function requestOf({ runtime, lesson }: Typist, step: GuidedStep): Promise<Sight['request']> {
  const name = fieldsOf(step)['request'];
  const id = typeof name === 'string' ? lesson.requestCalled(name) : undefined;
  if (id === undefined) return undefined;
  const found = await runtime.perform(showRequest, { request: id });
  return found.kind === 'request' ? { id, title: found.request.title } : undefined;
}

function sightOf({ runtime, lesson }: Typist, step: GuidedStep, memo: Memo, request: Sight['request']): Sight {
  const state = runtime.store.get();
  return { state, step, fields: fieldsOf(step), memo, request, requestCalled: (name) => lesson.requestCalled(name) };
}

/** The key of a `console` step and those that go with it. */
async function playConsole(typist: Typist, step: GuidedStep): Promise<void> {
  const sight = (): Sight => sightOf(typist, step, freshMemo(), undefined);
  for (let looks = 0; looks < 5; looks += 1) {
    const way = wayToConsoleStep(sight());
    if (!way) break;
    for (const stroke of way) await feed(typist, stroke);
  }
  const screens: string[] = [];
  for (const stroke of consoleCommand(sight())) await feed(typist, stroke);
  screens.push(typist.screen());
  for (const written of step.console?.keys ?? []) {
    for (const stroke of keyStroke(typist.runtime.store.get(), written)) await feed(typist, stroke);
    screens.push(typist.screen());
  }
  // The last screen first: what follows from the keys belongs to this step.
  for (const screen of screens.toReversed()) {
    if (waits(typist, step)) typist.lesson.commandRun(step.console?.command ?? '', screen);
  }
}

/**
 * Types a step: looks at the console, makes the next keys, lets them be answered, and looks again, until the step is done. Answers
 * whether it is.
 */
export async function playStep(typist: Typist, step: GuidedStep): Promise<boolean> {
  await ready(typist);
  if (step.name === 'console') {
    await playConsole(typist, step);
    await ready(typist);
    return !waits(typist, step);
  }
  const memo = freshMemo();
  const request = step.name === 'show' || step.name === 'cancel-request' ? await requestOf(typist, step) : undefined;
  for (let looks = 0; looks < MOST_LOOKS && waits(typist, step); looks += 1) {
    const next = nextKeys(sightOf(typist, step, memo, request));
    if (!next || next.length === 0) return false;
    for (const stroke of next) {
      if (!waits(typist, step)) return true;
      await feed(typist, stroke);
    }
    await ready(typist);
  }
  return !waits(typist, step);
}
