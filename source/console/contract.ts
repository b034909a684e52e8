import type { RunnableName } from '../circulation/jobs.ts';
import type { Instant } from '../circulation/time.ts';
import type { LookUpOutcome } from '../desk/card-system.ts';
import type { Grant } from '../desk/permissions.ts';
import type { Perform, Refusal, Seat, StaffMember } from '../desk/perform.ts';
import type { PlaceChoice } from '../desk/sign-in.ts';
import type { JobCounters, JobRun } from '../desk/views.ts';
import type { Language } from '../language/index.ts';
import type { MailPrinter } from '../letters/index.ts';
import type { Lesson, LessonEntry } from '../training/lessons/contract.ts';
import type { ShownList } from './flows/exporting.ts';
import type { Now, SetTimer } from './keyboard/timers.ts';
import type { ExportOutcome } from './runtime.ts';
import type { State } from './state.ts';

/** A job as a list shows it; `when` in the words of the list. */
export type ConsoleJob = {
  readonly name: RunnableName;
  readonly schedule:
    | { readonly every: 'night' | 'month' }
    | { readonly every: 'day'; readonly at: number }
    | { readonly every: 'minutes'; readonly count: number };
  readonly last: JobRun | null;
  readonly next: number;
};

/** What has become of a run that somebody asked for. */
export type ConsoleJobDone =
  | {
      readonly kind: 'done' | 'interrupted' | 'failed';
      readonly run: number;
      readonly day: string | null;
      readonly counters: JobCounters;
      /** Of one that failed. */
      readonly error: string | null;
    }
  | { readonly kind: 'busy' }
  | Refusal;

/** What runs by itself. */
export type ConsoleJobs = {
  /** Needs `view-jobs`. */
  list(perform: Perform, seat: Seat): Promise<{ kind: 'jobs'; jobs: readonly ConsoleJob[] } | Refusal>;
  /**
   * Runs a job, a night or a month here and now, also for a day that has been done; needs `run-jobs`. Other work goes on
   * meanwhile: each batch is a transaction of its own. `signal` ends it after a batch.
   */
  run(
    perform: Perform,
    seat: Seat,
    request: {
      readonly name: RunnableName;
      readonly day?: string;
      readonly signal?: AbortSignal;
      readonly onProgress?: (soFar: { job: string; counters: JobCounters }) => void;
    },
  ): Promise<ConsoleJobDone>;
};

/** A lesson of the patrons is followed at their terminal: the console ends for it, and begins again with the list open. */
export type LessonsLeft = {
  /** Files of the lessons that have been finished, and the one that was chosen last. */
  readonly finished: readonly string[];
  readonly latest: string;
};

/** What somebody at the console wants to follow at a terminal of the patrons, and where they sit meanwhile. */
export type KioskWish = LessonsLeft & {
  readonly language: Language;
  readonly signedIn: ConsoleHouse['signedIn'];
};

/** Lessons of a training copy. */
export type ConsoleLessons = {
  /** All that ship, in order; read when the list opens. */
  list(): Promise<readonly LessonEntry[]>;
  /**
   * Opens one in a house of its own: `house` takes the place of the present one until the lesson is left and closed. `errors`:
   * sentences in the console's language.
   */
  open(
    file: string,
  ): Promise<{ readonly lesson: Lesson; readonly house: ConsoleHouse } | { readonly errors: readonly string[] }>;
  /** Opens one at a terminal of the patrons as soon as the console has ended; absent: it cannot be done from here. */
  wish?(wish: KioskWish): void;
};

/** What trainers may do in a training copy. */
export type ConsoleTrainer = {
  /** Null: the clock follows the real one. */
  standsAt(): Instant | null;
  /** The clock stands there, nothing is run; `real`: it follows the real one. In a lesson only forwards, never `real`: `false`. */
  setClock(to: Instant | 'real'): Promise<boolean>;
  /** Runs every night, month and daily job up to `to`, each at its moment, then stands there. `false`: it would go back. */
  advance(to: Instant, onProgress?: (now: Instant) => void): Promise<boolean>;
  /** To the next night and through it: where the clock stands then; null where refused. */
  runNight(onProgress?: (now: Instant) => void): Promise<Instant | null>;
  /** Whether the copy is a throw-away one; of one at --db the console asks first. */
  readonly throwAway: boolean;
  /** Makes the copy anew; null: it cannot be done. */
  resetScene(): Promise<{ readonly seat: Seat | null } | null>;
  /** Accounts to switch to without a password. */
  operators(): Promise<
    readonly { readonly name: string; readonly displayName: string; readonly roles: readonly Grant[] }[]
  >;
  /** Signs in without a password. */
  switchTo(name: string): Promise<{ readonly kind: 'signed-in'; readonly staff: StaffMember } | Refusal>;
};

/** What the console needs of the house, as soon as it is open. */
export type ConsoleHouse = {
  readonly perform: Perform;
  readonly clock: () => number;
  readonly timeZone: string;
  /** Accounts to show in a training copy; null in a working database. */
  readonly training: State['training'];
  /** No account exists: the first administrator is made (DESK-03). */
  readonly unstaffed: boolean;
  /** Writes lists to files; null: this console writes none. */
  readonly exports: {
    readonly folder: string;
    /** Writes a document of that name, never over another. */
    save(name: string, bytes: Uint8Array): Promise<ExportOutcome>;
    write(list: ShownList, format: 'xlsx' | 'csv', perform: Perform, seat: Seat): Promise<ExportOutcome>;
  } | null;
  /** What runs by itself, and how to have it run now (JOB-02, JOB-04); null: this console runs none. */
  readonly jobs: ConsoleJobs | null;
  /** Looks records up in the card system at once (IMP-04); null: none is configured. */
  readonly cardSystem: {
    lookUpNow(perform: Perform, seat: Seat, patron: number): Promise<LookUpOutcome>;
  } | null;
  /** Sends to printers that have an address (TUI-08); absent: this machine has no mail server. */
  readonly printByMail?: MailPrinter | undefined;
  /** The folder of the house's own templates of letters (LET-02); absent: those that ship. */
  readonly templates?: string | undefined;
  /** Somebody who need not sign in (`guichet demo --as`), and the desk they sit at. */
  readonly signedIn: { readonly staff: StaffMember; readonly place: PlaceChoice | null } | null;
  /** Lessons; absent: this is no training copy. */
  readonly lessons?: ConsoleLessons | undefined;
  /** The lesson in which the console opens (`guichet demo --scenario`): the rest of this house is the lesson's then. */
  readonly lesson?: Lesson | undefined;
  /** Lessons were being chosen: the list is open. */
  readonly resumes?: LessonsLeft | undefined;
  /** What trainers may do; absent: this is no training copy. */
  readonly trainer?: ConsoleTrainer | undefined;
};

export type ConsoleOptions = {
  readonly language: Language;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WriteStream;
  /** The house is opened while the first frame is drawn. */
  readonly house: Promise<ConsoleHouse>;
  /** What is remembered for this person. */
  readonly preferences: { get(key: string): unknown; set(key: string, value: unknown): void };
  /** Writes an unexpected error to the log and says where that is. */
  readonly log: (error: unknown) => string;
  readonly now: Now;
  readonly setTimer: SetTimer;
  /** The wall clock until the house is open. */
  readonly wallClock: () => number;
  /** Linear text instead of a screen that is redrawn (TUI-05). */
  readonly screenReader?: boolean;
  /** Where the desk writes when it has no database (OFF-01, OFF-03); absent: it waits for it. */
  readonly offline?: {
    /** Folders for its journals, the first one that can be written. */
    readonly folders: readonly string[];
    /** The one file to write to (`--file`). */
    readonly file?: string | undefined;
    /** There is no database at all (`guichet offline`). */
    readonly alone: boolean;
    /** Opens the house again, where it could not be opened at first. */
    readonly reopen?: () => Promise<ConsoleHouse>;
  };
  /** Where what is needed of the network in an outage is kept (OUT-01); absent: nowhere. */
  readonly dataFolder?: string | undefined;
  /** Minutes without a key or scan after which an open record is cleared (TAB-08). */
  readonly idleMinutes: number;
};

export type Console = {
  /** Resolves when all input that has arrived is answered on the screen, or waits for an answer (tests never sleep). */
  idle(): Promise<void>;
  readonly state: () => State;
  /** The exit status, when the console ends. Rejects if the house cannot be opened. */
  readonly ended: Promise<number>;
  /** Ends it from outside: the terminal hung up, a signal came. */
  stop(status: number): void;
  /** Ends it because of an error that nobody caught: the terminal is given back, `ended` rejects. */
  fail(error: unknown): void;
};
