import { wordsIn } from '../../language/index.ts';
import { linesFor, rowsFor } from '../guide/shown.ts';
import type { LessonLines } from '../guide/shown.ts';
import { keysOf } from '../keymap.ts';
import type { CommandName } from '../keymap.ts';
import type { ConsoleEvent } from '../keyboard/keys.ts';
import type { State } from '../state.ts';

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

/** What stands in the pane of the lesson; null: none is followed. */
export function lessonLines(state: State): LessonLines | null {
  const { lesson, language, columns } = state;
  if (!lesson) return null;
  const keys = {
    next: nextKey(state),
    back: keyFor(state, 'lesson-back'),
    again: keyFor(state, 'lesson-again'),
    skip: keyFor(state, 'lesson-skip'),
    leave: keyFor(state, 'lesson-leave'),
  };
  const { keyName } = wordsIn(language).console;
  const known = (name: string): string | undefined => {
    const [key] = keysOf(state.keymap, name as CommandName, language);
    return key === undefined ? undefined : keyName(key);
  };
  return linesFor(lesson, { language, columns, keys, known, hasNext: true });
}

/** How many rows the pane of the lesson takes from the list. */
export function lessonRows(state: State): number {
  const shown = lessonLines(state);
  return shown ? rowsFor(shown, state.rows) : 0;
}
