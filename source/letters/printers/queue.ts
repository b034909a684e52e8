import type { PrintFailure } from '../../language/letter-words.ts';
import { printable } from '../../language/printable.ts';
import type { PrintJob } from './job.ts';
import { textOf } from './job.ts';
import { runProgram } from './program.ts';
import type { Ended, ProgramOptions } from './program.ts';

/** What has come of a queue: taken, taken but standing still, or why not. */
export type QueueAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'standing' }
  | { readonly kind: 'failed'; readonly because: PrintFailure; readonly detail: string };

export type QueueOptions = Omit<ProgramOptions, 'input'>;

const LONGEST_TITLE = 100;

/** The messages of CUPS in English, so that they can be understood here; what it is handed is UTF-8. */
const inEnglish = (env: QueueOptions['env']): QueueOptions['env'] => ({
  ...env,
  LC_ALL: 'C.UTF-8',
  LANG: 'C.UTF-8',
  LANGUAGE: '',
});

/** The first line that a program said, without its own name. */
const firstLine = (said: string): string =>
  printable((said.trim().split('\n')[0] ?? '').replace(/^\S*lp(stat)?: */, '').trim());

function failureOf(ended: Ended): QueueAnswer {
  if (ended.kind === 'missing') return { kind: 'failed', because: 'no-program', detail: '' };
  if (ended.kind !== 'ended') return { kind: 'failed', because: ended.kind, detail: '' };
  const said = `${ended.stderr}\n${ended.stdout}`;
  const because = /not accepting|rejecting/i.test(said)
    ? 'queue-stopped'
    : /does not exist|unknown (printer|destination)|invalid destination|no such (file|printer)/i.test(said)
      ? 'no-queue'
      : 'refused';
  return { kind: 'failed', because, detail: firstLine(ended.stderr) };
}

/** Whether a queue takes jobs and prints them, as far as the system knows. Without `lpstat` nothing is known against it. */
export async function lookAtQueue(queue: string, options: QueueOptions): Promise<QueueAnswer> {
  const args = ['-a', queue, '-p', queue];
  const ended = await runProgram('lpstat', args, { ...options, env: inEnglish(options.env), input: '' });
  if (ended.kind !== 'ended' || ended.status !== 0) return failureOf(ended);
  if (/not accepting/i.test(ended.stdout)) return { kind: 'failed', because: 'queue-stopped', detail: '' };
  return /\bdisabled\b/i.test(ended.stdout) ? { kind: 'standing' } : { kind: 'taken' };
}

/** Hands a job to a print queue of the system: `lp -d QUEUE -t TITLE`, the text on its standard input. */
export async function printToQueue(queue: string, job: PrintJob, options: QueueOptions): Promise<QueueAnswer> {
  const title = printable(job.title).slice(0, LONGEST_TITLE);
  const ended = await runProgram('lp', ['-d', queue, '-t', title], {
    ...options,
    env: inEnglish(options.env),
    input: textOf(job, '\n'),
  });
  if (ended.kind !== 'ended' || ended.status !== 0) return failureOf(ended);
  const state = await lookAtQueue(queue, options);
  // The job has been taken: only that it stands still is worth saying.
  return state.kind === 'standing' ? state : { kind: 'taken' };
}
