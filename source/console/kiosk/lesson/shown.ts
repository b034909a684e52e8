import { wordsIn } from '../../../language/index.ts';
import { linesFor, rowsFor } from '../../guide/shown.ts';
import type { LessonLines, ShownLesson } from '../../guide/shown.ts';
import type { KioskState } from '../state.ts';

/** The lesson that is followed at the terminal. */
export type LessonHere = ShownLesson & {
  /** The code of the letter that somebody is to read, once it has been looked up: `{code}` in the texts. */
  readonly code: string | null;
  /** There is a list of lessons to go back to. */
  readonly fromList: boolean;
};

/** The keys of a lesson, the same as at the desk: what stands in its table of keys as it ships. */
export const LESSON_KEYS = {
  letter: 'n',
  next: 'Alt+Right',
  back: 'Alt+Left',
  again: 'Shift+F6',
  leave: 'Shift+F7',
  skip: 'Shift+F8',
  slow: 'Shift+F4',
} as const;

type Shown = Pick<KioskState, 'page'>;

/** Whether the plain letter goes on: nothing is typed here, and it means nothing else. */
export function letterGoesOn({ page }: Shown): boolean {
  if (!page) return false;
  const { body } = page;
  switch (body.kind) {
    case 'menu':
      return true;
    case 'form':
      return body.onSubmit;
    case 'list':
      return body.field === null && body.actions.every((one) => one.key !== LESSON_KEYS.letter);
    case 'text':
      return body.actions.every((one) => one.key !== LESSON_KEYS.letter);
  }
}

type Sized = Pick<KioskState, 'lesson' | 'language' | 'columns' | 'rows' | 'page'>;

/** What stands in the pane of the lesson; null: none is followed. */
export function guideLines(state: Sized): LessonLines | null {
  const { lesson, language, columns } = state;
  if (!lesson) return null;
  const { keyName } = wordsIn(language).console;
  const { letter, back, again, skip, leave } = LESSON_KEYS;
  const keys = {
    next: keyName(letterGoesOn(state) ? letter : LESSON_KEYS.next),
    back: keyName(back),
    again: keyName(again),
    skip: keyName(skip),
    leave: keyName(leave),
  };
  const known = (name: string): string | undefined => (name === 'code' ? (lesson.code ?? '…') : undefined);
  return linesFor(lesson, { language, columns, keys, known, hasNext: lesson.fromList });
}

/** How many rows the pane of the lesson takes. */
export function guideRows(state: Sized): number {
  const shown = guideLines(state);
  return shown ? rowsFor(shown, state.rows) : 0;
}
