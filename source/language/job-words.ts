import type { JobFigure, JobProblem, RunnableName } from '../circulation/jobs.ts';

/** How a run stands, or why there is none. */
export type RunState = 'running' | 'done' | 'failed' | 'interrupted';

/** A run in one line: when it ended, what it was, how long it took. Texts are ready to be shown. */
export type RunText = {
  readonly job: string;
  readonly day: string | null;
  readonly state: RunState;
  /** Null: not told. */
  readonly seconds: number | null;
  /** `12 letters, 3 renewals`; empty: nothing. */
  readonly figures: string;
  readonly error: string | null;
};

/** What runs by itself: names, figures, problems, and what is said of runs. */
export type JobWords = {
  /** By the name of a job, a group, or an import; another one as it is. */
  readonly name: (job: string) => string;
  /** By the code of a figure, which is a heading: `Letters: courtesy`; another one as it is. */
  readonly figure: (figure: string) => string;
  readonly problem: (problem: string) => string;
  readonly state: Readonly<Record<RunState, string>>;
  readonly schedule: {
    readonly night: string;
    readonly month: string;
    readonly day: (hour: string) => string;
    readonly minutes: (count: number) => string;
  };
  /** Heads of the columns of a list of jobs, and of the history. */
  readonly column: Readonly<
    Record<'job' | 'when' | 'last' | 'next' | 'run' | 'day' | 'began' | 'state' | 'staff' | 'figures', string>
  >;
  readonly never: string;
  readonly noRuns: string;
  readonly noLines: string;
  /** One line of the worker's log, of the command that runs a job. */
  readonly ran: (run: RunText) => string;
  readonly busy: (job: string) => string;
  readonly doneAlready: (job: string, day: string) => string;
  readonly interrupted: (job: string) => string;
  readonly failed: (job: string, error: string) => string;
  readonly working: (database: string) => string;
  readonly stopping: string;
  readonly stopped: string;
  readonly away: (sentence: string) => string;
  readonly unknownJob: (name: string) => string;
  readonly noMail: string;
};

/** The tables of a language; everything has a name in both, or it does not compile. */
export type JobNames = {
  readonly names: Readonly<Record<RunnableName | 'import-patrons', string>>;
  readonly figures: Readonly<Record<JobFigure | 'added' | 'updated' | 'unchanged' | 'rejected', string>>;
  readonly problems: Readonly<Record<JobProblem, string>>;
};

/** Looks a code up in a table; a code that is not in it, such as that of an import, is shown as it is. */
export const lookUpIn =
  (table: Readonly<Record<string, string>>) =>
  (code: string): string =>
    Object.hasOwn(table, code) ? (table[code] ?? code) : code;
