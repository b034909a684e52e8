import type { JobFigure, JobName, JobProblem } from '../circulation/jobs.ts';
import type { Network } from '../circulation/network.ts';
import type { Day, Instant, Minutes } from '../circulation/time.ts';
import type { Action, Perform, Refusal, Seat } from '../desk/perform.ts';

/**
 * When a job runs, on the clock of the network: in the night of each business day, in that of each last day of a month, on
 * each day at an hour, or every so many minutes.
 */
export type Schedule =
  | { readonly every: 'night' }
  | { readonly every: 'month' }
  | { readonly every: 'day'; readonly at: Minutes }
  | { readonly every: 'minutes'; readonly count: number };

/** A record behind a figure of a run (JOB-04). An item's barcode or a patron's primary identifier: never both (JOB-06). */
export type RunLine = {
  readonly figure: JobFigure | JobProblem;
  readonly record?: string | null;
  readonly field?: string | null;
  readonly value?: string | null;
};

/** What a batch has done; counters are added to those of the run. */
export type Told = {
  readonly counters?: Readonly<Partial<Record<JobFigure, number>>>;
  readonly lines?: readonly RunLine[];
};

/** What a job works with. */
export type JobWork = {
  /**
   * The business day X whose night it is (CYC-02); of a daily job the day itself, of a monthly one the last of its month;
   * null: it is for no day.
   */
  readonly day: Day | null;
  /**
   * The moment by which it decides: of the night of X half past midnight of X+1, also where it is caught up later; never
   * after now. What is written is written now (`desk.now`).
   */
  readonly asOf: Instant;
  readonly network: Network;
  readonly seat: Seat;
  readonly signal: AbortSignal;
  /** For what only reads. */
  readonly perform: Perform;
  /**
   * Does one batch: the action, and in its transaction what it has counted. Throws JobRefused for a refusal, RunStopped
   * where the run is to end, RunLost where another worker has taken it up; nothing is written then.
   */
  batch<Request, Outcome>(
    what: Action<Request, Outcome>,
    request: Request,
    tell: (done: Exclude<Outcome, Refusal>) => Told,
  ): Promise<Exclude<Outcome, Refusal>>;
  /** Counts what happened outside of a transaction, such as letters that left. Throws as `batch` does. */
  count(told: Told): Promise<void>;
};

/** Something that is done when nobody is there. Done again for the same day it changes nothing more (CYC-04). */
export type Job = {
  readonly name: JobName;
  readonly schedule: Schedule;
  /** Runs that did nothing are not kept: it runs all the time. */
  readonly quiet?: boolean;
  work(on: JobWork): Promise<void>;
};

/** The run has been taken up by another worker: this one writes nothing more. */
export class RunLost extends Error {
  constructor(run: number) {
    super(`run ${run} has been taken up by another worker`);
    this.name = 'RunLost';
  }
}

/** The run is to end between two batches: what has been written stays. */
export class RunStopped extends Error {
  constructor() {
    super('the run was stopped');
    this.name = 'RunStopped';
  }
}

/** An action refused what a job asked for. */
export class JobRefused extends Error {
  readonly refusal: Refusal;
  constructor(action: string, refusal: Refusal) {
    super(`${action}: ${JSON.stringify(refusal)}`);
    this.name = 'JobRefused';
    this.refusal = refusal;
  }
}
