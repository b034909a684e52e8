import type { KioskWish } from '../console/open.tsx';
import type { Language } from '../language/index.ts';
import type { Lesson, LessonFile } from '../training/lessons/index.ts';
import type { Context } from './context.ts';
import { logCrash, logFileOf } from './crash.ts';
import { Failure } from './failure.ts';
import type { Status } from './failure.ts';
import { openLessonFile } from './lesson-house.ts';
import { keepHeapSmall } from './small-heap.ts';

type Followed = { readonly language: Language; readonly fromList: boolean };

/** Opens the patrons' terminal in a lesson, until it is left. Answers whether it was finished. */
async function follow(context: Context, lesson: Lesson, { language, fromList }: Followed): Promise<boolean> {
  const { openKiosk } = await import('../console/open.tsx');
  const { folders, options, command } = context;
  const logged: Promise<unknown>[] = [];
  const { perform, clock, kiosk } = lesson;
  const house = { perform, clock, ...kiosk.seat(), directory: kiosk.members, training: true, lesson, fromList };
  try {
    await openKiosk({
      language,
      screenReader: options.has('screenReader'),
      open: async () => house,
      log: (error) => {
        logged.push(logCrash(folders, error, command));
        return logFileOf(folders);
      },
    });
    return !lesson.busy() && lesson.current() === null;
  } finally {
    await Promise.all(logged);
    await lesson.close();
  }
}

/** `guichet demo --scenario` with a lesson of the patrons. Throws Failure with everything that is wrong with its file. */
export async function demonstrateLesson(context: Context, file: LessonFile): Promise<Status> {
  keepHeapSmall();
  const opening = await openLessonFile(context, file);
  if ('errors' in opening) throw new Failure(1, opening.errors);
  await follow(context, opening.lesson, { language: context.language, fromList: false });
  return 0;
}

/** Carries out what somebody chose in the list of lessons; answers with what the list says of it then. */
export async function carryOut(context: Context, wish: KioskWish): Promise<KioskWish> {
  const { shippedLesson } = await import('../training/lessons/index.ts');
  const file = shippedLesson(wish.latest);
  if (!file) return wish;
  const opening = await openLessonFile(context, file);
  // What ships is sound: a test reads every file.
  if ('errors' in opening) throw new Failure(1, opening.errors);
  const isDone = await follow(context, opening.lesson, { language: wish.language, fromList: true });
  return isDone ? { ...wish, finished: [...wish.finished, wish.latest] } : wish;
}
