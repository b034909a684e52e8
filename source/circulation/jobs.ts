/** Every job that runs by itself, in the order of the night (JOB-01); behind them those of other hours. */
export const JOB_NAMES = [
  'lift-blocks',
  'move-due-dates',
  'notices-courtesy',
  'notices-due-today',
  'overdue-and-lost',
  'expire-holds',
  'settle-requests',
  'purge-letters',
  'anonymise-loans',
  'purge-pre-registrations',
  'purge-patrons',
  'purge-job-lines',
  'hold-reminders',
  'close-lost-loans',
  'send-letters',
] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** All jobs of a business day, and those of a month, run as one. */
export const GROUP_NAMES = ['nightly', 'monthly'] as const;
export type GroupName = (typeof GROUP_NAMES)[number];

/** What somebody can have run by its name. */
export type RunnableName = JobName | GroupName;
export const RUNNABLE_NAMES: readonly RunnableName[] = [...GROUP_NAMES, ...JOB_NAMES];

/** What jobs count. The same figure means the same in every job: those of a night are added up. */
export const JOB_FIGURES = [
  /** Loans whose due date has moved (CAL-07). */
  'moved',
  /** Requests that were cancelled (CAN-02), and those whose task has changed. */
  'notNeeded',
  'notAllowed',
  'replanned',
  /** Lines of old runs that are no longer kept. */
  'linesPurged',
] as const;
export type JobFigure = (typeof JOB_FIGURES)[number];

/** What jobs cannot do; a run goes on behind it. */
export const JOB_PROBLEMS = [
  /** The library of a loan never opens again: its due date stays (CAL-03). */
  'no-open-day',
] as const;
export type JobProblem = (typeof JOB_PROBLEMS)[number];
