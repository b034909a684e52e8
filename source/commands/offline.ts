import type { Context } from './context.ts';
import { onTerminal, showConsole } from './desk-window.ts';
import type { Status } from './failure.ts';

/** `guichet offline`: loans and returns without any database, into a file (OFF-01); starts even where the configuration is broken. */
export async function run(context: Context): Promise<Status> {
  onTerminal(context);
  return showConsole(context, 'offline', undefined);
}
