import path from 'node:path';
import type { ConsoleHouse, KioskWish } from '../console/open.tsx';
import type { Lesson, LessonFile } from '../training/lessons/index.ts';
import { exportsFor } from './console-exports.ts';
import { consoleJobs } from './console-jobs.ts';
import type { Context } from './context.ts';
import type { HouseForConsole } from './desk-window.ts';
import { Failure } from './failure.ts';
import { templatesFolder } from './mail-setting.ts';
import { errorLines } from './scenario-report.ts';
import { readTextFile } from './text-files.ts';
import { afterNextNight, operatorsBy } from './trainer-means.ts';

type Lessons = NonNullable<ConsoleHouse['lessons']>;

/** What a trainer may do in a lesson: its clock only goes forwards, and its scene begins anew. */
function trainerOf(lesson: Lesson): NonNullable<ConsoleHouse['trainer']> {
  /** Tells the progress of the clock while something is done. */
  const telling = async <Answer>(
    onProgress: ((now: number) => void) | undefined,
    work: () => Promise<Answer>,
  ): Promise<Answer> => {
    const stop = lesson.listen((event) => {
      if (event.kind === 'clock') onProgress?.(event.now);
    });
    try {
      return await work();
    } finally {
      stop();
    }
  };
  return {
    ...operatorsBy(lesson.perform),
    throwAway: true,
    standsAt: () => lesson.clock(),
    setClock: async (to) => to !== 'real' && lesson.setClock(to),
    advance: async (to, onProgress) => telling(onProgress, async () => lesson.advance(to)),
    async runNight(onProgress) {
      const to = await afterNextNight(lesson.perform, lesson.clock());
      if (to === undefined) return null;
      return (await telling(onProgress, async () => lesson.advance(to))) ? to : null;
    },
    async resetScene() {
      await lesson.reset();
      return { seat: lesson.seat() };
    },
  };
}

/** The house of a lesson, as the console needs it; `lessons`: others can be opened from inside. */
function houseOf(context: Context, lesson: Lesson, lessons: Lessons): ConsoleHouse {
  const { perform, clock, timeZone } = lesson;
  return {
    perform,
    clock,
    timeZone,
    training: { accounts: [] },
    unstaffed: false,
    exports: exportsFor(context, { clock, timeZone }),
    // No lesson mails anything.
    jobs: consoleJobs({ perform, training: true }, null),
    templates: templatesFolder(context),
    cardSystem: null,
    signedIn: lesson.seat(),
    lessons,
    lesson,
    trainer: trainerOf(lesson),
  };
}

/** A lesson, or sentences about what is wrong with its file. */
export async function openLessonFile(
  { words }: Context,
  file: LessonFile,
): Promise<{ readonly lesson: Lesson } | { readonly errors: readonly string[] }> {
  const { openLesson } = await import('../training/lessons/index.ts');
  const opening = await openLesson(file);
  if ('lesson' in opening) return opening;
  const lines = opening.errors.flatMap((error) => errorLines(error, words));
  return { errors: [words.commands.scenario.broken(file.name), ...lines.map((line) => `  ${line}`)] };
}

/** A lesson in its house, or sentences about what is wrong with its file. */
async function openFile(
  context: Context,
  file: LessonFile,
  lessons: Lessons,
): Promise<{ readonly lesson: Lesson; readonly house: ConsoleHouse } | { readonly errors: readonly string[] }> {
  const opening = await openLessonFile(context, file);
  if ('errors' in opening) return opening;
  return { lesson: opening.lesson, house: houseOf(context, opening.lesson, lessons) };
}

/** The lessons of a console, and what it wants to open at a terminal of the patrons when it has ended: told once. */
export type LessonsForConsole = { readonly lessons: Lessons; readonly wished: () => KioskWish | undefined };

/** The lessons that ship, for the console of a training copy; `opened` is told of each that has been opened. */
export function consoleLessons(context: Context, opened: (lesson: Lesson) => void): LessonsForConsole {
  let wish: KioskWish | undefined;
  const lessons: Lessons = {
    wish: (wanted) => {
      wish = wanted;
    },
    list: async () => (await import('../training/lessons/index.ts')).listLessons(),
    async open(name) {
      const { shippedLesson } = await import('../training/lessons/index.ts');
      const file = shippedLesson(name);
      if (!file) return { errors: [context.words.commands.refusal.noFile(name)] };
      const opening = await openFile(context, file, lessons);
      if ('lesson' in opening) opened(opening.lesson);
      return opening;
    },
  };
  const wished = (): KioskWish | undefined => {
    const once = wish;
    wish = undefined;
    return once;
  };
  return { lessons, wished };
}

/** The scenario that `--scenario` names: a file, or a lesson that ships, by its name. Throws Failure where it is neither. */
export async function fileCalled(context: Context, name: string): Promise<LessonFile> {
  try {
    const text = readTextFile(context, name);
    return { text, name: path.basename(name), directory: path.dirname(path.resolve(name)) };
  } catch (error) {
    const { shippedLesson } = await import('../training/lessons/index.ts');
    const shipped = shippedLesson(name.endsWith('.yaml') ? name : `${name}.yaml`);
    if (shipped) return shipped;
    throw error;
  }
}

/** Opens the console in the lesson of a file. Throws Failure with everything that is wrong with it. */
export async function openLessonHouse(context: Context, file: LessonFile): Promise<HouseForConsole> {
  const opened: Lesson[] = [];
  const { lessons, wished } = consoleLessons(context, (lesson) => opened.push(lesson));
  const opening = await openFile(context, file, lessons);
  if ('errors' in opening) throw new Failure(1, opening.errors);
  const close = async (): Promise<void> => {
    for (const lesson of [opening.lesson, ...opened]) await lesson.close();
  };
  return { opened: { house: { close } }, house: opening.house, wished };
}
