import type { MailPrinter } from '../letters/index.ts';
import type { Context } from './context.ts';
import { mailSetting } from './mail-setting.ts';

/** Milliseconds that a mail server may take while somebody waits for paper. */
const TIME_LIMIT = 10_000;

/** Sends to printers that have an address, by the mail server of the settings; undefined: none is set, or not well. */
export function printByMailFor(context: Context): MailPrinter | undefined {
  const setting = mailSetting(context);
  if (setting === null || 'wrong' in setting) return undefined;
  const { server } = setting;
  return async (to, job) => {
    const { mailPrinter } = await import('../letters/index.ts');
    return mailPrinter(server, TIME_LIMIT)(to, job);
  };
}
