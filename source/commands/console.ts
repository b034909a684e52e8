import type { Context } from './context.ts';
import { onTerminal, showConsole } from './desk-window.ts';
import type { Status } from './failure.ts';

/** `guichet`: the console on a working database; an embedded one is made and migrated on first start. */
export async function run(context: Context): Promise<Status> {
  onTerminal(context);
  return showConsole(context, 'working', async () => (await import('./working-house.ts')).openWorkingHouse(context));
}
