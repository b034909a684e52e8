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
  /** Letters that were queued, by their kind (CYC-02, HOLD-01). */
  'courtesy',
  'due-today',
  'overdue-1',
  'overdue-2',
  'overdue-3',
  'lost-item-bill',
  'hold-reminder',
  /** Automatic renewals (REN-10), and those that were refused; loans that the bill has turned lost (CYC-03). */
  'renewed',
  'notRenewed',
  'lost',
  /** Letters that have left, that were handed to a printer, that failed for good (LET-05). */
  'lettersSent',
  'lettersPrinted',
  'lettersFailed',
  'lettersLater',
  /** What has ended with the day by itself. */
  'becameLate',
  'blocksEnded',
  'holdsExpired',
  /** Lost loans that were closed after a year (JOB-01). */
  'closed',
  /** JOB-06. */
  'anonymised',
  'requestsAnonymised',
  /** What is kept no longer (LET-04, USR-13, IMP-05), and what is, though it is past its day. */
  'lettersPurged',
  'preRegistrationsDeleted',
  'patronsDeleted',
  'keptForLoans',
  'keptForRequests',
  'keptForBlocks',
  /** Lines of old runs that are no longer kept. */
  'linesPurged',
] as const;
export type JobFigure = (typeof JOB_FIGURES)[number];

/** What jobs cannot do; a run goes on behind it. */
export const JOB_PROBLEMS = [
  /** Nobody can be written to (LET-06). */
  'no-address',
  /** The mail server cannot be used, or has refused a letter (LET-05). */
  'mail-server',
  'letter-refused',
  /** The library of a loan never opens again: its due date stays (CAL-03). */
  'no-open-day',
] as const;
export type JobProblem = (typeof JOB_PROBLEMS)[number];
