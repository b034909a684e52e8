import type { ConsoleHouse } from '../console/open.tsx';
import { ACCOUNTS } from '../training/sample.ts';
import type { Context } from './context.ts';
import type { Opened } from './database.ts';
import { onTerminal, showConsole } from './desk-window.ts';
import { misused } from './failure.ts';
import type { Status } from './failure.ts';
import { placeAsked, signInAs } from './seat.ts';
import { openTrainingCopy } from './training-copy.ts';

/** Who sits down at once (`--as`), and where (`--desk`); null: the console asks. */
async function signedIn(context: Context, opened: Opened): Promise<ConsoleHouse['signedIn']> {
  const name = context.options.text('as');
  if (name === undefined) return null;
  const { staff } = await signInAs(context, opened, name);
  return { staff, place: (await placeAsked(context, opened, staff)) ?? null };
}

/** `guichet demo`: the console on a training copy, a throw-away one unless `--db` names one; its accounts are on screen. */
export async function run(context: Context): Promise<Status> {
  const { options, words } = context;
  if (options.text('desk') !== undefined && options.text('as') === undefined)
    throw misused(words.commands.usage.deskNeedsStaff);
  onTerminal(context);
  return showConsole(context, async () => {
    const { opened } = await openTrainingCopy(context, options.text('db'));
    try {
      const { perform, clock, timeZone } = opened;
      const training = { accounts: ACCOUNTS.map(({ name, password, role }) => ({ name, password, role })) };
      return {
        opened,
        house: { perform, clock, timeZone, training, unstaffed: false, signedIn: await signedIn(context, opened) },
      };
    } catch (error) {
      await opened.house.close();
      throw error;
    }
  });
}
