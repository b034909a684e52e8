import { PRINTER_KINDS } from '../../circulation/network.ts';
import type { DeskPrinter, PrinterKind } from '../../circulation/network.ts';
import type { PrintReport } from '../../language/letter-words.ts';
import { lookAtFile, printToFile } from './file.ts';
import type { PrintJob } from './job.ts';
import type { MailPrinter } from './mail.ts';
import { lookAtQueue, printToQueue } from './queue.ts';
import type { QueueAnswer, QueueOptions } from './queue.ts';
import { mediaCopy } from './terminal.ts';

export type PrinterOptions = {
  /** What the network file says of the desk's printer. */
  readonly printer: DeskPrinter | undefined;
  /** Writes to the terminal, in one piece, between two frames; absent: there is no terminal. */
  readonly terminal?: ((text: string) => void) | undefined;
  /** Sends to printers that have an address; absent: this machine has no mail server. */
  readonly mail?: MailPrinter | undefined;
  /** The environment in which `lp` is found; absent: this process's. */
  readonly env?: QueueOptions['env'];
  /** Milliseconds that a print system may take to answer. */
  readonly timeLimit?: number;
};

/** The printer of a desk. */
export type Printer = {
  readonly columns: 42 | 80;
  /** How it prints; null: the desk has no printer. */
  readonly kind: PrinterKind | null;
  /** Prints a job, answers with what came of it; never throws, never takes longer than the time limit. */
  print(job: PrintJob, signal?: AbortSignal): Promise<PrintReport>;
  /** Whether it could print, without printing (`doctor`). */
  check(): Promise<PrintReport>;
};

const TIME_LIMIT = 10_000;

type Way = { readonly by: PrinterKind; readonly where: string };

/** The way in which a desk prints (TUI-08): the one it names, else the first that it has. */
function wayOf(printer: DeskPrinter | undefined, hasTerminal: boolean): Way | null {
  if (!printer) return null;
  const where: Readonly<Record<PrinterKind, string | undefined>> = {
    terminal: printer.terminal === true ? '' : undefined,
    queue: printer.queue,
    file: printer.file,
    email: printer.email,
  };
  const ways = PRINTER_KINDS.flatMap((by): Way[] => {
    const place = where[by];
    return place === undefined ? [] : [{ by, where: place }];
  });
  const named = ways.find(({ by }) => by === printer.use);
  const others = hasTerminal ? ways : ways.filter(({ by }) => by !== 'terminal');
  return named ?? others[0] ?? ways[0] ?? null;
}

function ofQueue(where: string, answer: QueueAnswer, done: 'printed' | 'ready'): PrintReport {
  if (answer.kind === 'failed')
    return { kind: 'failed', by: 'queue', where, because: answer.because, detail: answer.detail };
  return answer.kind === 'standing' ? { kind: 'waiting', by: 'queue', where } : { kind: done, by: 'queue', where };
}

/**
 * The printer of a desk (TUI-08): the terminal's, a print queue, a file or an address. Whatever is wrong with it is
 * an answer, never an exception: a printer must not stop a desk (REL-04).
 */
export function createPrinter({
  printer,
  terminal,
  mail,
  env = process.env,
  timeLimit = TIME_LIMIT,
}: PrinterOptions): Printer {
  const way = wayOf(printer, terminal !== undefined);
  const columns = printer?.columns ?? 80;
  const fail = (because: 'no-terminal' | 'unexpected', detail = ''): PrintReport =>
    way ? { kind: 'failed', ...way, because, detail } : { kind: 'no-printer' };

  /** Does one thing with each kind of printer. */
  const on = async (
    done: 'printed' | 'ready',
    each: {
      terminal: (write: (text: string) => void) => void;
      queue: (queue: string) => Promise<QueueAnswer>;
      file: (file: string) => ReturnType<typeof printToFile>;
      email: (mail: MailPrinter, to: string) => Promise<string | null>;
    },
  ): Promise<PrintReport> => {
    if (!way) return { kind: 'no-printer' };
    const { by, where } = way;
    try {
      if (by === 'email') {
        if (!mail) return { kind: 'no-mail', by, where };
        const problem = await each.email(mail, where);
        return problem === null
          ? { kind: done, by, where }
          : { kind: 'failed', by, where, because: 'refused', detail: problem };
      }
      if (by === 'queue') return ofQueue(where, await each.queue(where), done);
      if (by === 'file') {
        const problem = await each.file(where);
        return problem ? { kind: 'failed', by, where, ...problem } : { kind: done, by, where };
      }
      if (terminal === undefined) return fail('no-terminal');
      each.terminal(terminal);
      return { kind: done, by, where };
    } catch (error) {
      return fail('unexpected', error instanceof Error ? error.name : '');
    }
  };

  return {
    columns,
    kind: way?.by ?? null,
    print: async (job, signal) =>
      on('printed', {
        terminal: (write) => {
          write(mediaCopy(job, columns));
        },
        queue: async (queue) => printToQueue(queue, job, { env, timeLimit, signal }),
        file: async (file) => printToFile(file, job),
        email: async (send, to) => send(to, job),
      }),
    check: async () =>
      on('ready', {
        terminal: () => undefined,
        queue: async (queue) => lookAtQueue(queue, { env, timeLimit }),
        file: lookAtFile,
        email: async () => null,
      }),
  };
}
