import { randomUUID } from 'node:crypto';
import { createMailer } from '../mailer.ts';
import type { MailServer } from '../mailer.ts';
import { textOf } from './job.ts';
import type { PrintJob } from './job.ts';

/** Sends a job to the address of a printer; answers with why it could not, null where it could. Never throws. */
export type MailPrinter = (to: string, job: PrintJob) => Promise<string | null>;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Printers that print what is mailed to them (TUI-08), by a mail server; nobody at a desk waits longer than that for it. */
export function mailPrinter(server: MailServer, timeLimit: number): MailPrinter {
  return async (to, job) => {
    const timeouts = { connect: timeLimit, answer: timeLimit };
    const mailer = await createMailer({ ...server, timeouts });
    const text = textOf(job, '\n');
    try {
      const result = await mailer.send({
        id: `print.${randomUUID()}`,
        sender: { name: 'Guichet', address: null },
        replyTo: null,
        to,
        subject: job.title,
        text,
        // Columns stay columns.
        html: `<pre style="font-family:'Courier New',Courier,monospace;font-size:12px">${escaped(text)}</pre>`,
        language: 'fr',
      });
      return result.kind === 'sent' ? null : result.reason;
    } finally {
      mailer.close();
    }
  };
}
