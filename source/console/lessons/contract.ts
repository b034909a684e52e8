import type { Lesson } from '../../training/lessons/contract.ts';
import type { ConsoleHouse, KioskWish, LessonsLeft } from '../contract.ts';
import type { CommandName } from '../keymap.ts';
import type { ConsoleEvent } from '../keyboard/keys.ts';
import type { Runtime } from '../runtime.ts';

/** Commands of lessons that are done here. */
export const LESSON_COMMANDS = [
  'lesson-next',
  'lesson-back',
  'lesson-again',
  'lesson-skip',
  'lesson-leave',
] as const satisfies readonly CommandName[];
export type LessonCommand = (typeof LESSON_COMMANDS)[number];

/** What the console has for lessons. */
export type LessonMeans = {
  /** Lessons and trainer's controls of the present house. */
  house(): Promise<ConsoleHouse>;
  /** Follows a lesson in its house, until it is left. */
  begin(house: ConsoleHouse, lesson: Lesson): Promise<void>;
  run(command: LessonCommand): Promise<void>;
  /** Whether a lesson is followed: what is remembered meanwhile is forgotten with it. */
  isOpen(): boolean;
  /** Files of the lessons that were finished since the console was opened. */
  finished(): ReadonlySet<string>;
  /** The lesson that is followed, or was followed last. */
  latest(): string | undefined;
  /** What is kept while a lesson is followed at a terminal of the patrons: also who sits where, outside of the present lesson. */
  left(latest: string): KioskWish;
  /** Goes on with the list of lessons. */
  resume(left: LessonsLeft): Promise<void>;
  /** A key or a scan came from the keyboard. */
  pressed(event: ConsoleEvent, command: CommandName | undefined): void;
  /** A command is done. */
  ran(command: CommandName): void;
  /** Everything that came from the keyboard has been answered: the lesson looks at the screen. */
  answered(): void;
  /** The console ends. */
  close(): Promise<void>;
};

export type LessonOptions = {
  readonly runtime: () => Runtime;
  readonly house: () => Promise<ConsoleHouse>;
  /** Another house in the place of the first, and back. */
  readonly enter: (house: ConsoleHouse) => void;
  readonly leave: () => Promise<void>;
  /** Does something in its turn. */
  readonly add: (task: () => Promise<void>) => void;
  /** Does something beside the desk. */
  readonly beside: (work: Promise<void>) => void;
  readonly type: (bytes: string) => void;
  readonly calm: () => Promise<void>;
  /** The screen as it is now, line by line. */
  readonly screen: () => string;
  /** Opens the list of lessons. */
  readonly showList: () => Promise<void>;
};
