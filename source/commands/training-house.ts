import type { Network } from '../circulation/network.ts';
import type { ConsoleHouse } from '../console/open.tsx';
import { ACCOUNTS } from '../training/accounts.ts';
import type { Lesson } from '../training/lessons/index.ts';
import { exportsFor } from './console-exports.ts';
import type { Context } from './context.ts';
import type { Opened } from './database.ts';
import type { HouseForConsole } from './desk-window.ts';
import { consoleJobs } from './console-jobs.ts';
import { templatesFolder } from './mail-setting.ts';
import { placeAsked, signInAs } from './seat.ts';
import { consoleLessons } from './lesson-house.ts';
import { openTrainedCopy } from './trainer.ts';

/** Who sits down at once (`--as`), and where (`--desk`); null: the console asks. */
async function signedIn(context: Context, opened: Opened): Promise<ConsoleHouse['signedIn']> {
  const name = context.options.text('as');
  if (name === undefined) return null;
  const { staff } = await signInAs(context, opened, name);
  return { staff, place: (await placeAsked(context, opened, staff)) ?? null };
}

/** Opens a training copy for the console: the one at `--db`, made if there is none, or a throw-away one. */
export async function openTrainingHouse(
  context: Context,
): Promise<HouseForConsole & { readonly network: Network | null }> {
  const { opened, trainer } = await openTrainedCopy(context, context.options.text('db'));
  const { perform, clock, timeZone } = opened;
  const followed: Lesson[] = [];
  const { lessons, wished } = consoleLessons(context, (lesson) => followed.push(lesson));
  const close = async (): Promise<void> => {
    for (const lesson of followed) await lesson.close();
    await opened.house.close();
  };
  const training = { accounts: ACCOUNTS.map(({ name, password, role }) => ({ name, password, role })) };
  try {
    const seated = await signedIn(context, opened);
    return {
      opened: { house: { close } },
      network: opened.network,
      wished,
      house: {
        perform,
        clock,
        timeZone,
        training,
        unstaffed: false,
        exports: exportsFor(context, opened),
        jobs: consoleJobs(opened, context),
        templates: templatesFolder(context),
        // Real people have no business in a training copy.
        cardSystem: null,
        signedIn: seated,
        lessons,
        trainer,
      },
    };
  } catch (error) {
    await opened.house.close();
    throw error;
  }
}
