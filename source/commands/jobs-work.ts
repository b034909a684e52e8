import process from 'node:process';
import { Cron } from 'croner';
import { DatabaseAway } from '../desk/away.ts';
import { catchUp, failureIn, runJob } from '../jobs/index.ts';
import type { JobHouse, JobOutcome } from '../jobs/index.ts';
import { localText } from '../circulation/time.ts';
import { jobResult } from '../training/job-results.ts';
import { complain, print } from './context.ts';
import type { Context } from './context.ts';
import { logCrash } from './crash.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import type { Status } from './failure.ts';
import { jobHouse } from './jobs-house.ts';
import { figuresText } from './jobs.ts';
import { keepHeapSmall } from './small-heap.ts';

/** Every minute: what has fallen due is done then, whatever its hour; nothing is missed when clocks change (JOB-02). */
const EVERY_MINUTE = '* * * * *';

/** One worker: what it does on each tick, and what it says of it. */
class Worker {
  readonly #context: Context;
  readonly #opened: Opened;
  readonly #house: JobHouse;
  readonly #signal: AbortSignal;
  /** Runs that have failed here. */
  failures = 0;

  constructor(context: Context, opened: Opened, signal: AbortSignal) {
    this.#context = context;
    this.#opened = opened;
    this.#house = jobHouse(context, opened);
    this.#signal = signal;
  }

  /** One line for each run, of the parts of a night too; no names of people (REL-05). */
  async #say(name: string, outcome: JobOutcome, began: number): Promise<void> {
    const { words, options } = this.#context;
    const at = localText(this.#opened.clock(), this.#opened.timeZone);
    if (options.has('json')) print(this.#context, JSON.stringify({ at, job: name, ...jobResult(outcome) }));
    const told = [...(outcome.jobs ?? []).map((one) => ({ ...one, own: false })), { job: name, outcome, own: true }];
    for (const { job, outcome: one, own } of told) {
      if (options.has('json') || !('counters' in one)) continue;
      const line = words.jobs.ran({
        job: words.jobs.name(job),
        day: one.day,
        state: one.kind,
        seconds: own ? Math.round((performance.now() - began) / 1000) : null,
        figures: figuresText(one.counters, words.jobs),
        error: one.kind === 'failed' ? one.error : null,
      });
      print(this.#context, `${at} ${line}`);
    }
    const failure = failureIn(outcome);
    if (!failure) return;
    this.failures += 1;
    await logCrash(this.#context.folders, failure.cause, `jobs work ${failure.job ?? name}`);
  }

  /** Does everything that has fallen due; what the night left undone first. */
  async nights(): Promise<void> {
    let began = performance.now();
    const told: Promise<void>[] = [];
    await catchUp(this.#house, {
      signal: this.#signal,
      before: () => {
        began = performance.now();
      },
      onRun: ({ name, outcome }) => told.push(this.#say(name, outcome, began)),
    });
    await Promise.all(told);
  }

  /** Does what runs every few minutes, such as sending letters. */
  async minutes(): Promise<void> {
    for (const { name, schedule } of this.#house.jobs) {
      if (schedule.every !== 'minutes' || this.#signal.aborted) continue;
      const began = performance.now();
      const outcome = await runJob(this.#house, { name, signal: this.#signal });
      const isWorthALine = 'counters' in outcome && Object.values(outcome.counters).some((count) => count > 0);
      if (isWorthALine || outcome.kind === 'failed') await this.#say(name, outcome, began);
    }
  }

  /** One round; a database that is away, or an error of ours, is told, and does not end the worker. */
  async round(task: () => Promise<void>): Promise<void> {
    const { words, folders } = this.#context;
    try {
      await task();
    } catch (error) {
      const sentence =
        error instanceof DatabaseAway
          ? words.commands.trouble[error.reason](error.where)
          : words.commands.refusal.unexpected(await logCrash(folders, error, 'jobs work'));
      complain(this.#context, `guichet: ${words.jobs.away(sentence)}`);
    }
  }
}

/** Works until it is told to stop; then the batch that is being written is ended first. */
async function stay(worker: Worker, timeZone: string, signal: AbortSignal): Promise<void> {
  const rounds = [async () => worker.nights(), async () => worker.minutes()];
  const under = new Set<Promise<void>>();
  const start = async (task: () => Promise<void>): Promise<void> => {
    const round = worker.round(task);
    under.add(round);
    await round;
    under.delete(round);
  };
  // A round that takes longer than a minute is not begun a second time.
  const clocks = rounds.map(
    (task) => new Cron(EVERY_MINUTE, { timezone: timeZone, protect: true }, async () => start(task)),
  );
  for (const clock of clocks) void clock.trigger();
  if (!signal.aborted)
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  for (const clock of clocks) clock.stop();
  await Promise.all(under);
}

/**
 * `guichet jobs work` (JOB-02): catches up missed nights, then runs every job when it falls due, and sends letters, until it
 * gets SIGTERM or Ctrl-C. `--once`: does what has fallen due, and ends; 1 where a run has failed.
 */
export async function work(context: Context): Promise<Status> {
  keepHeapSmall();
  const { words, options } = context;
  const stop = new AbortController();
  const end = (): void => {
    complain(context, `guichet: ${words.jobs.stopping}`);
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
  try {
    return await withDatabase(context, {}, async (opened) => {
      const worker = new Worker(context, opened, stop.signal);
      if (options.has('once')) {
        await worker.nights();
        await worker.minutes();
        return worker.failures > 0 ? 1 : 0;
      }
      complain(context, `guichet: ${words.jobs.working(opened.house.where)}`);
      await stay(worker, opened.timeZone, stop.signal);
      complain(context, `guichet: ${words.jobs.stopped}`);
      return 0;
    });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
  }
}
