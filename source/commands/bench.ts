import { print } from './context.ts';
import type { Context } from './context.ts';
import type { Status } from './failure.ts';

/** `guichet bench`: says how the figures of the README are measured; the measurements live in a clone, not in the package. */
export async function run(context: Context): Promise<Status> {
  print(context, context.words.commands.bench);
  return 0;
}
