import { aroundTitle, widthOf, wrap } from '../../language/fit.ts';
import { wordsIn } from '../../language/index.ts';
import type { Language } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import type { Said, WrongTurn } from '../../training/lessons/contract.ts';

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

/** A text with what its reader is told in the place of each `{name}`; what is not known stays as it is. */
export const filledIn = (said: string, known: (name: string) => string | undefined): string =>
  said.replaceAll(PLACEHOLDER, (written, name: string) => known(name) ?? written);

/** The keys of a lesson, as people read them: what goes on from here, and the others. */
export type LessonKeys = Readonly<Record<'next' | 'back' | 'again' | 'skip' | 'leave', string>>;

/** What the pane is made for. */
export type Reading = {
  readonly language: Language;
  readonly columns: number;
  readonly keys: LessonKeys;
  /** What stands for `{name}` in a text. */
  readonly known: (name: string) => string | undefined;
  /** Whether another lesson follows. */
  readonly hasNext: boolean;
};

/** What the lesson says now, in one text. */
function saidNow(lesson: ShownLesson, { language, keys, known }: Reading): string {
  const words = wordsIn(language).console.lessons;
  switch (lesson.phase) {
    case 'wrong':
      return `${words.wrong[lesson.turn?.because ?? 'other']} ${words.wrong.back(keys.back)}`;
    case 'stuck':
      return words.stuck(keys.skip);
    case 'finished':
      return words.finished(keys.again, keys.leave);
    default:
      return lesson.text ? filledIn(lesson.text[language], known) : '';
  }
}

/** What the next key does, at the right of the first row. */
function hintNow({ phase }: ShownLesson, { language, keys, hasNext }: Reading): string {
  const { hint } = wordsIn(language).console.lessons;
  switch (phase) {
    case 'do':
      return hint.do(keys.next);
    case 'wrong':
      return hint.back(keys.back, keys.next);
    case 'stuck':
      return hint.skip(keys.skip);
    case 'finished':
      return hasNext ? hint.following(keys.next) : hint.leave(keys.next);
    case 'working':
      return hint.working;
    default:
      return hint.on(keys.next);
  }
}

/** The pane's first row in two halves, and the lines below it. */
export type LessonLines = { readonly head: string; readonly hint: string; readonly lines: readonly string[] };

/** What stands in the pane of a lesson. */
export function linesFor(lesson: ShownLesson, reading: Reading): LessonLines {
  const { language, columns } = reading;
  const words = wordsIn(language).console.lessons;
  const step = lesson.of === 0 ? '' : ` · ${words.step(Math.min(lesson.at, lesson.of), lesson.of)}`;
  const hint = hintNow(lesson, reading);
  // The title gives way to which step it is.
  const head = aroundTitle(
    (title) => `${words.head(lesson.number, title)}${step}`,
    printable(lesson.title[language]),
    columns - widthOf(hint) - 4,
  );
  const lines = saidNow(lesson, reading)
    .split('\n')
    .flatMap((line) => wrap(printable(line), columns - 3));
  return { head, hint, lines };
}

/** How many rows a pane with these lines takes on a screen of so many rows. */
export function rowsFor({ lines }: LessonLines, rows: number): number {
  if (rows < COMFORTABLE_ROWS) return 1;
  return 1 + Math.max(FEWEST_LINES, Math.min(MOST_LINES, lines.length));
}
