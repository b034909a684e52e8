import type { Day } from '../circulation/time.ts';
import { DatabaseAway } from '../desk/away.ts';
import { COMMAND_LINE } from '../desk/perform.ts';
import type { Action, Perform, Refusal, Seat } from '../desk/perform.ts';
import { LEASE, workingAt } from '../desk/workers.ts';
import { addCounters } from '../records/job-runs.ts';
import type { JobCounters } from '../records/job-runs.ts';
import { endJob, noteJob, startJob, writeNote } from './claims.ts';
import type { EndRequest, JobStarted, StartOutcome, StartRequest } from './claims.ts';
import { JobRefused, RunLost, RunStopped } from './job.ts';
import type { Job, JobWork, Told } from './job.ts';

/** How a run has ended. */
export type RunEnd =
  | { readonly kind: 'done'; readonly run: number; readonly day: Day | null; readonly counters: JobCounters }
  | {
      readonly kind: 'failed';
      readonly run: number;
      readonly day: Day | null;
      readonly counters: JobCounters;
      readonly error: string;
      /** What was thrown, for the log. */
      readonly cause: unknown;
    }
  /** It was stopped, or another worker has taken it up; the day is done later. */
  | { readonly kind: 'interrupted'; readonly run: number; readonly day: Day | null; readonly counters: JobCounters };
export type RunOutcome = RunEnd | Exclude<StartOutcome, JobStarted>;

/** Who has jobs run, and how. */
export type Running = {
  readonly perform: Perform;
  /** Who has it run; the work itself is done by nobody, so that everything it needs is permitted. */
  readonly seat: Seat;
  /** Ends the run between two batches: what has been written stays, the day is done later. */
  readonly signal: AbortSignal;
  readonly onProgress?: ((soFar: { job: string; counters: JobCounters }) => void) | undefined;
};

const NOBODY_THERE: Seat = { staff: COMMAND_LINE, place: null };
const HEARTBEAT = LEASE / 6;

const isRefusal = (outcome: unknown): outcome is Refusal =>
  ['not-permitted', 'unknown', 'invalid'].includes((outcome as { kind?: string } | null)?.kind ?? '');

/**
 * What a run's history says of what was thrown: its first line. Messages of drivers may quote values, which are somebody's
 * (REL-05): of these only the kind and the code.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as { code?: unknown };
  if (code !== undefined) return typeof code === 'string' ? `${error.name} ${code}` : error.name;
  return `${error.name}: ${error.message}`.split('\n', 1).join('').slice(0, 300);
}

/** One run from its claim to its end: what it has counted, and whether it is still ours. */
export class Run {
  readonly #started: JobStarted;
  readonly #job: string;
  readonly #running: Running;
  #counters: JobCounters = {};
  #lines = 0;

  constructor(job: string, started: JobStarted, running: Running) {
    this.#job = job;
    this.#started = started;
    this.#running = running;
  }

  get counters(): JobCounters {
    return this.#counters;
  }

  #check(): void {
    if (this.#running.signal.aborted) throw new RunStopped();
  }

  #noteOf({ counters = {}, lines = [] }: Told) {
    const { run } = this.#started;
    return { run, counters: addCounters(this.#counters, counters), lines, before: this.#lines };
  }

  #keep({ counters = {}, lines = [] }: Told): void {
    this.#counters = addCounters(this.#counters, counters);
    this.#lines += lines.length;
    this.#running.onProgress?.({ job: this.#job, counters: this.#counters });
  }

  /** Says that it goes on. Answers with whether it does. */
  async beat(): Promise<boolean> {
    const { run } = this.#started;
    const noted = await this.#running.perform(NOBODY_THERE, noteJob, { run });
    return noted.kind === 'noted';
  }

  async count(told: Told): Promise<void> {
    this.#check();
    const noted = await this.#running.perform(NOBODY_THERE, noteJob, this.#noteOf(told));
    if (isRefusal(noted)) throw new JobRefused(this.#job, noted);
    if (noted.kind === 'lost') throw new RunLost(this.#started.run);
    this.#keep(told);
  }

  async batch<Request, Outcome>(
    what: Action<Request, Outcome>,
    request: Request,
    tell: (done: Exclude<Outcome, Refusal>) => Told,
  ): Promise<Exclude<Outcome, Refusal>> {
    this.#check();
    let told: Told = {};
    const fenced: Action<Request, Outcome> = {
      ...what,
      readOnly: false,
      run: async (desk, asked, prepared) => {
        const done = await what.run(desk, asked, prepared);
        if (isRefusal(done)) return done;
        told = tell(done as Exclude<Outcome, Refusal>);
        // Last: should the run have been taken up meanwhile, all of this is rolled back.
        if (!(await writeNote(desk, this.#noteOf(told)))) throw new RunLost(this.#started.run);
        return done;
      },
    };
    const done = await this.#running.perform(NOBODY_THERE, fenced, request);
    if (isRefusal(done)) throw new JobRefused(what.name, done);
    this.#keep(told);
    return done as Exclude<Outcome, Refusal>;
  }

  work(): JobWork {
    const { day, asOf, network } = this.#started;
    const { perform, signal } = this.#running;
    return {
      day,
      asOf,
      network,
      signal,
      perform,
      seat: NOBODY_THERE,
      batch: async (what, request, tell) => this.batch(what, request, tell),
      count: async (told) => this.count(told),
    };
  }
}

/** What is said at the end of a run beside how it ended. */
type Closing = Pick<EndRequest, 'forget' | 'report'>;
type Work = (run: Run, started: JobStarted) => Promise<void>;

/** Runs one after the other: the end of each is written with the beginning of the next, which saves a transaction. */
export class Chain {
  #last: { readonly end: EndRequest; readonly over: () => void } | undefined;

  /** Keeps the end of a run until it can be written. */
  keep(end: EndRequest, over: () => void): void {
    this.#last = { end: { ...end, isPart: true }, over };
  }

  /** What is to be written with the next transaction; to be let go of when that has been. */
  get ending(): { readonly ending?: EndRequest } {
    return this.#last ? { ending: this.#last.end } : {};
  }

  letGo(): void {
    this.#last?.over();
    this.#last = undefined;
  }
}

async function outcomeOf(work: () => Promise<void>): Promise<{ kind: RunEnd['kind']; cause?: unknown }> {
  try {
    await work();
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof DatabaseAway) throw error;
    if (error instanceof RunStopped || error instanceof RunLost) return { kind: 'interrupted' };
    return { kind: 'failed', cause: error };
  }
}

/** How a run is done: what it does, what is said at its end, and with which others. */
type How = {
  readonly work: Work;
  readonly closing: (run: Run, started: JobStarted, kind: RunEnd['kind']) => Closing;
  /** The runs that it is one of: its end waits for the next of them. */
  readonly partOf?: Chain | undefined;
  /** The runs that it consists of: the last of them ends with it. */
  readonly parts?: Chain | undefined;
};

/**
 * Begins a run, does its work, and ends it however that went. While it works others hear of it now and then. Throws
 * DatabaseAway: then the run has no end, and is taken up by whoever comes next, here or elsewhere.
 */
export async function underClaim(request: StartRequest, running: Running, how: How): Promise<RunOutcome> {
  const { perform, seat } = running;
  const { work, closing, partOf, parts } = how;
  const started = await perform(seat, startJob, { ...request, ...partOf?.ending });
  partOf?.letGo();
  if (started.kind !== 'started') return started;
  const { run: id, day } = started;
  const run = new Run(request.job, started, running);
  const over = workingAt(id);
  let isKept = false;
  // A beat that is lost is found out by the next batch, as is a database that is away.
  const heart = setInterval(() => void run.beat().catch(() => undefined), HEARTBEAT);
  heart.unref();
  try {
    const { kind, cause } = await outcomeOf(async () => work(run, started));
    clearInterval(heart);
    const { counters } = run;
    const error = kind === 'failed' ? { error: reasonOf(cause) } : {};
    const end = { run: id, job: request.job, day, state: kind, counters, ...error, ...closing(run, started, kind) };
    if (partOf) {
      partOf.keep(end, over);
      isKept = true;
    } else {
      const ended = await perform(seat, endJob, { ...end, ...parts?.ending });
      if (isRefusal(ended)) throw new JobRefused(endJob.name, ended);
      if (ended.kind === 'lost') return { kind: 'interrupted', run: id, day, counters };
    }
    if (kind === 'failed') return { kind, run: id, day, counters, error: error.error ?? '', cause };
    return { kind, run: id, day, counters };
  } finally {
    clearInterval(heart);
    parts?.letGo();
    if (!isKept) over();
  }
}

/** Runs one job; `partOf`: as one of several. */
export async function runOne(
  job: Job,
  { day, again }: { readonly day?: Day | null; readonly again: boolean },
  running: Running,
  partOf?: Chain,
): Promise<RunOutcome> {
  const { name, schedule, quiet = false } = job;
  return underClaim({ job: name, schedule, again, ...(day == null ? {} : { day }) }, running, {
    work: async (run) => job.work(run.work()),
    closing: ({ counters }, _, kind) => ({
      forget: quiet && kind !== 'failed' && Object.values(counters).every((count) => count === 0),
    }),
    partOf,
  });
}
