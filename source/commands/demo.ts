import type { Context } from './context.ts';
import { onTerminal, showConsole } from './desk-window.ts';
import { misused } from './failure.ts';
import type { Status } from './failure.ts';

/** What a scene says itself. */
const OF_THE_SCENE = ['db', 'at', 'as', 'desk'] as const;

/**
 * `guichet demo`: the console on a training copy, a throw-away one unless `--db` names one; its accounts are on screen. With
 * `--scenario`, in the lesson of that file, in a house of its own.
 */
export async function run(context: Context): Promise<Status> {
  const { options, words } = context;
  const scenario = options.text('scenario');
  const say = words.commands.usage;
  if (scenario !== undefined && OF_THE_SCENE.some((name) => options.text(name) !== undefined))
    throw misused(say.scenarioAlone);
  if (options.text('desk') !== undefined && options.text('as') === undefined) throw misused(say.deskNeedsStaff);
  onTerminal(context);
  if (scenario !== undefined) return demonstrateFile(context, scenario);
  if (options.has('kiosk')) return (await import('./kiosk.ts')).demonstrate(context);
  return showConsole(context, 'training', async () => (await import('./training-house.ts')).openTrainingHouse(context));
}

/** The lesson of a file, where it is followed: at the desk, or at a terminal of the patrons. */
async function demonstrateFile(context: Context, name: string): Promise<Status> {
  const { fileCalled, openLessonHouse } = await import('./lesson-house.ts');
  const { placeOf } = await import('../training/lessons/index.ts');
  const file = await fileCalled(context, name);
  if (placeOf(file) === 'kiosk') return (await import('./kiosk-lesson.ts')).demonstrateLesson(context, file);
  return showConsole(context, 'training', async () => openLessonHouse(context, file));
}
