import { datesIn } from '../../../language/dates.ts';
import type { GuidedStep } from '../../../training/lessons/contract.ts';
import { isAvailable } from '../../flows/available.ts';
import { keysOf } from '../../keymap.ts';
import type { CommandName } from '../../keymap.ts';
import type { OpenForm, FormValues } from '../../form.ts';
import type { State } from '../../state.ts';
import { press, scan, times, type } from '../../guide/strokes.ts';
import type { Stroke } from '../../guide/strokes.ts';

/** What a step's typing remembers from one look at the screen to the next. */
export type Memo = {
  /** How often each thing was done: a scan, a part of a step. */
  readonly done: Map<string, number>;
};

/** What is looked at when the next keys are made. */
export type Sight = {
  readonly state: State;
  readonly step: GuidedStep;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly memo: Memo;
  /** Id of a request that the lesson's file has named. */
  readonly requestCalled: (name: string) => number | undefined;
  /** What the desk knows of a request; undefined before it has been asked. */
  readonly request: { readonly id: number; readonly title: string } | undefined;
};

/** The next keys; undefined: there is no way on from here. An empty list: nothing is left to press. */
export type Next = readonly Stroke[] | undefined;

/** Presses a command by its first key. */
export const command = ({ state }: Pick<Sight, 'state'>, name: CommandName): Stroke[] => {
  const [chord] = keysOf(state.keymap, name, state.language);
  return chord === undefined ? [] : press(chord);
};

/** Answers the open prompt by its letter. */
export const answer = ({ state }: Pick<Sight, 'state'>, name: CommandName): Stroke[] => {
  const [letter = ''] = keysOf(state.keymap, name, state.language);
  return press(letter.toLowerCase());
};

/** A field of the step as a text; undefined: it has none. */
export const text = ({ fields }: Pick<Sight, 'fields'>, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

/** A field of the step as a list of texts. */
export function texts({ fields }: Pick<Sight, 'fields'>, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** How often something was done in this step; doing it counts. */
export const count = ({ memo }: Pick<Sight, 'memo'>, what: string): number => memo.done.get(what) ?? 0;

/** Does something at most so often; undefined afterwards. */
export function atMost({ memo }: Pick<Sight, 'memo'>, limit: number, what: string, strokes: Next): Next {
  const before = memo.done.get(what) ?? 0;
  if (before >= limit) return undefined;
  memo.done.set(what, before + 1);
  return strokes;
}

/** A scanner knows no code as short as this: it is typed. */
const SHORTEST_SCAN = 4;

/** Reads a code: scanned, or typed where it is too short; a second time always typed, for a scanner's second reading counts for nothing. */
export function read(sight: Sight, code: string): Next {
  const again = count(sight, `read ${code}`) > 0;
  const typed = [...type(code), ...press('Enter')];
  const strokes = again || code.length < SHORTEST_SCAN ? typed : scan(code);
  return atMost(sight, 2, `read ${code}`, strokes);
}

/** Whether one may see two days as people write them: `30/10/2027`. */
export const dayTyped = ({ state }: Pick<Sight, 'state'>, day: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) ? datesIn(state.language, state.timeZone).numeric(day) : day;

/** Whether the prompt has that answer. */
export const offers = ({ state }: Pick<Sight, 'state'>, name: CommandName): boolean =>
  state.prompt?.choices.includes(name) === true;

/** Answers that change nothing, the mildest first. */
const MILD = ['answer-ok', 'answer-read', 'answer-cancel', 'answer-leave', 'answer-back'] as const;

/** Puts away what is open and not ours: a question, a form, a pane. Undefined: nothing is open. */
export function clearAway(sight: Sight, keep: { form?: (form: OpenForm) => boolean } = {}): Next {
  const { prompt, form, overlay } = sight.state;
  if (prompt) {
    const mild = MILD.find((one) => offers(sight, one));
    return mild ? answer(sight, mild) : press('Escape');
  }
  if (form) return keep.form?.(form) === true ? undefined : press('Escape');
  return overlay ? press('Escape') : undefined;
}

/** Presses a command if it can be done here. */
export const commandHere = (sight: Sight, name: CommandName): Next =>
  isAvailable(sight.state, name) ? command(sight, name) : undefined;

/** The keys that bring the cursor from one line to another. */
export const lines = (from: number, to: number): Stroke[] =>
  to >= from ? times('Down', to - from) : times('Up', from - to);

export type { FormValues };
