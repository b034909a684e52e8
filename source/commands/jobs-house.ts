import { jobsWith } from '../jobs/index.ts';
import type { JobHouse } from '../jobs/index.ts';
import { complain } from './context.ts';
import type { Context } from './context.ts';
import type { Opened } from './database.ts';
import { sendLettersFor } from './send-letters.ts';

/**
 * The jobs of an opened database: what runs by itself, with this machine's means. `tell`: where it is said what is wrong with
 * those (standard error, unless a screen is drawn). `context` null: this machine mails nothing.
 */
export function jobHouse(
  context: Context | null,
  opened: Pick<Opened, 'perform' | 'training'>,
  tell = (sentence: string): void => {
    if (context) complain(context, `guichet: ${sentence}`);
  },
): JobHouse {
  return { perform: opened.perform, jobs: jobsWith(context && sendLettersFor(context, opened, tell)) };
}
