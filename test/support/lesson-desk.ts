import { inject } from 'vitest';
import { consoleJobs } from '../../source/commands/console-jobs.ts';
import type { ConsoleHouse } from '../../source/console/console.tsx';
import type { House } from '../../source/desk/house.ts';
import { ACCOUNTS } from '../../source/training/accounts.ts';
import { listLessons, openLesson, shippedLesson } from '../../source/training/lessons/index.ts';
import type { Lesson, LessonFile } from '../../source/training/lessons/index.ts';
import { sqliteFile } from './databases.ts';

type Lessons = NonNullable<ConsoleHouse['lessons']>;
type Trainer = NonNullable<ConsoleHouse['trainer']>;

/** The accounts of a training copy, as the sign-in screen shows them. */
export const TRAINING: ConsoleHouse['training'] = {
  accounts: ACCOUNTS.map(({ name, password, role }) => ({ name, password, role })),
};

/** The house of a lesson, as the console needs it. */
export function lessonHouse(lesson: Lesson, lessons?: Lessons, trainer?: Trainer): ConsoleHouse {
  const { perform, clock, timeZone } = lesson;
  return {
    perform,
    clock,
    timeZone,
    training: { accounts: [] },
    unstaffed: false,
    exports: null,
    cardSystem: null,
    jobs: consoleJobs({ perform, training: true }, null),
    signedIn: lesson.seat(),
    lessons,
    lesson,
    trainer,
  };
}

/** An empty house of one's own that takes its file away when it is closed: a copy is made in no time, a schema in memory is not. */
async function makeHouse(): Promise<House> {
  const { house, drop } = await sqliteFile(inject('sqliteTemplate'));
  return { ...house, close: drop };
}

/** Opens a lesson from its text. Throws what is wrong with it. */
export async function lessonOf(file: LessonFile): Promise<Lesson> {
  const opening = await openLesson(file, { makeHouse });
  if ('errors' in opening) throw new Error(JSON.stringify(opening.errors, null, 2));
  return opening.lesson;
}

/** The lessons that ship, each in a house of its own. */
export function shippedLessons(): Lessons {
  const lessons: Lessons = {
    list: listLessons,
    async open(name) {
      const file = shippedLesson(name);
      if (!file) return { errors: [name] };
      const lesson = await lessonOf(file);
      return { lesson, house: lessonHouse(lesson, lessons) };
    },
  };
  return lessons;
}
