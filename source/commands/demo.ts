import type { Context } from './context.ts';
import { onTerminal, showConsole } from './desk-window.ts';
import { misused } from './failure.ts';
import type { Status } from './failure.ts';

/** `guichet demo`: the console on a training copy, a throw-away one unless `--db` names one; its accounts are on screen. */
export async function run(context: Context): Promise<Status> {
  const { options, words } = context;
  const alone = options.text('desk') !== undefined && options.text('as') === undefined;
  if (alone) throw misused(words.commands.usage.deskNeedsStaff);
  onTerminal(context);
  return showConsole(context, 'training', async () => (await import('./training-house.ts')).openTrainingHouse(context));
}
