import { aroundTitle, widthOf, wrap } from '../../language/fit.ts';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import type { Said, WrongTurn } from '../../training/lessons/contract.ts';
import { keysOf } from '../keymap.ts';
import type { CommandName } from '../keymap.ts';
import type { ConsoleEvent } from '../keyboard/keys.ts';
import type { State } from '../state.ts';

/**
 * Where a lesson stands for whoever follows it: its situation is told; a step waits to be done; something is told before it
 * happens; what a step meant; a wrong turn; the lesson cannot type a step from here; it works itself; it is finished.
 */
export type LessonPhase = 'situation' | 'do' | 'told' | 'then' | 'wrong' | 'stuck' | 'working' | 'finished';

/** What the pane shows of the lesson that is followed. */
export type ShownLesson = {
  /** The file, as the list of lessons names it. */
  readonly file: string;
  /** The manual's number; empty: the file is no lesson of the list. */
  readonly number: string;
  readonly title: Said;
  readonly at: number;
  readonly of: number;
  readonly phase: LessonPhase;
  /** What is said now, keys as `{command}`; null: the phase has words of its own. */
  readonly text: Said | null;
  readonly turn: WrongTurn | null;
};

/** Below this many rows the frame is small, and a lesson has one row only. */
const COMFORTABLE_ROWS = 12;
const FEWEST_LINES = 2;
const MOST_LINES = 4;

const PLACEHOLDER = /\{([^{}]*)\}/gu;

/** A text with the keys of the reader in the place of `{command}`. */
export function withKeys(state: State, said: string): string {
  const { keyName } = wordsIn(state.language).console;
  return said.replaceAll(PLACEHOLDER, (written, name: string) => {
    const [key] = keysOf(state.keymap, name as CommandName, state.language);
    return key === undefined ? written : keyName(key);
  });
}

/** Whether the plain letter goes on: it is no letter of a text, nor an answer. The chord works everywhere. */
export function letterGoesOn(state: State): boolean {
  const { lesson, form, prompt, overlay, field, screen, language, keymap, browse } = state;
  if (!lesson || form || field.value !== '' || overlay?.kind === 'palette') return false;
  // In the list of lessons one searches.
  if (!prompt && browse.at(-1)?.source.table === 'lessons') return false;
  if (screen === 'sign-in' || screen === 'first-administrator') return false;
  const letter = letterOf(state);
  if (letter === undefined) return false;
  return prompt?.choices.some((one) => keysOf(keymap, one, language)[0] === letter.toUpperCase()) !== true;
}

/** The plain letter that goes on; undefined: somebody has bound another key to it. */
export const letterOf = ({ keymap, language }: Pick<State, 'keymap' | 'language'>): string | undefined =>
  keysOf(keymap, 'lesson-next', language).find((one) => one.length === 1);

/** Commands of a lesson that work at a question and in a form too. */
const EVERYWHERE: readonly CommandName[] = [
  'lesson-next',
  'lesson-back',
  'lesson-again',
  'lesson-skip',
  'lesson-leave',
  'show-keys',
  'slow-motion',
];
export const isLessonCommand = (command: CommandName | undefined): command is CommandName =>
  command !== undefined && EVERYWHERE.includes(command);

/** Whether what was typed goes on. */
export const goesOn = (state: State, event: ConsoleEvent): boolean =>
  event.kind === 'text' && event.text === letterOf(state) && letterGoesOn(state);

/** The key that goes on from here. */
export function nextKey(state: State): string {
  const keys = keysOf(state.keymap, 'lesson-next', state.language);
  const letter = letterGoesOn(state) ? letterOf(state) : undefined;
  const chord = keys.find((one) => one.length > 1) ?? keys[0] ?? '';
  return wordsIn(state.language).console.keyName(letter ?? chord);
}

const keyFor = (state: State, command: CommandName): string =>
  wordsIn(state.language).console.keyName(keysOf(state.keymap, command, state.language)[0] ?? '');

/** What the lesson says now, in one text. */
function saidNow(state: State, lesson: ShownLesson): string {
  const words = wordsIn(state.language).console.lessons;
  switch (lesson.phase) {
    case 'wrong': {
      const because = lesson.turn?.because ?? 'other';
      return `${words.wrong[because]} ${words.wrong.back(keyFor(state, 'lesson-back'))}`;
    }
    case 'stuck':
      return words.stuck(keyFor(state, 'lesson-skip'));
    case 'finished':
      return words.finished(keyFor(state, 'lesson-again'), keyFor(state, 'lesson-leave'));
    default:
      return lesson.text ? withKeys(state, lesson.text[state.language]) : '';
  }
}

/** What the next key does, at the right of the first row. */
function hintNow(state: State, { phase }: ShownLesson): string {
  const { hint } = wordsIn(state.language).console.lessons;
  const key = nextKey(state);
  switch (phase) {
    case 'do':
      return hint.do(key);
    case 'wrong':
      return hint.back(keyFor(state, 'lesson-back'), key);
    case 'stuck':
      return hint.skip(keyFor(state, 'lesson-skip'));
    case 'finished':
      return hint.following(key);
    case 'working':
      return hint.working;
    default:
      return hint.on(key);
  }
}

/** The pane's first row in two halves, and the lines below it. */
export type LessonLines = { readonly head: string; readonly hint: string; readonly lines: readonly string[] };

/** What stands in the pane of the lesson; null: none is followed. */
export function lessonLines(state: State): LessonLines | null {
  const { lesson, language, columns } = state;
  if (!lesson) return null;
  const words = wordsIn(language).console.lessons;
  const step = lesson.of === 0 ? '' : ` · ${words.step(Math.min(lesson.at, lesson.of), lesson.of)}`;
  const hint = hintNow(state, lesson);
  // The title gives way to which step it is.
  const head = aroundTitle(
    (title) => `${words.head(lesson.number, title)}${step}`,
    printable(lesson.title[language]),
    columns - widthOf(hint) - 4,
  );
  const lines = saidNow(state, lesson)
    .split('\n')
    .flatMap((line) => wrap(printable(line), columns - 3));
  return { head, hint, lines };
}

/** How many rows the pane of the lesson takes from the list. */
export function lessonRows(state: State): number {
  const shown = lessonLines(state);
  if (!shown) return 0;
  if (state.rows < COMFORTABLE_ROWS) return 1;
  return 1 + Math.max(FEWEST_LINES, Math.min(MOST_LINES, shown.lines.length));
}
