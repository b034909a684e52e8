import type { LookUpOutcome } from '../desk/card-system.ts';
import type { Perform, Refusal, Seat } from '../desk/perform.ts';
import { NOBODY } from '../desk/sign-in.ts';
import { datesIn } from '../language/dates.ts';
import type { Dates } from '../language/dates.ts';
import type { DeskWords, Saying } from '../language/desk-words.ts';
import type { ConsoleWords } from '../language/console-words.ts';
import { wordsIn } from '../language/index.ts';
import { sayingIn } from '../language/saying.ts';
import { createDatabaseCalls } from './database-calls.ts';
import type { DatabaseCalls } from './database-calls.ts';
import { createFormDesk } from './form-desk.ts';
import type { FormCalls } from './form-desk.ts';
import type { LetterTemplates } from '../letters/index.ts';
import type { ConsoleJobDone, ConsoleJobs } from './contract.ts';
import type { ShownList } from './flows/exporting.ts';
import { keysOf } from './keymap.ts';
import { refusalText } from './refusal-text.ts';
import type { PlaceChoice } from '../desk/sign-in.ts';
import type { UploadFile, UploadResult } from '../offline/index.ts';
import type { CommandName } from './keymap.ts';
import type { SetTimer } from './keyboard/timers.ts';
import { lessonRows } from './lessons/shown.ts';
import type { LessonMeans } from './lessons/contract.ts';
import type { OfflineMeans } from './offline-means.ts';
import type { OutageMeans } from './outage-means.ts';
import type { Prompt, State, Tone } from './state.ts';
import type { Store } from './store.ts';

/** Rows of the frame that are not list: header, two rules, three lines of patron, field, answer, rule and head, keys. */
const FRAME_ROWS = 11;

/** Everything a flow needs: the state, the desk's actions, words, and somebody to ask. */
export type Runtime = DatabaseCalls &
  FormCalls & {
    readonly store: Store<State>;
    /** The desk without its database; undefined: it has no folder to write to. */
    readonly offline: OfflineMeans | undefined;
    /** Lessons, and what trainers do. */
    readonly lessons: LessonMeans;
    /** What the outage assistant needs of the machine. */
    readonly outage: OutageMeans;
    /** Opens a prompt and waits for its answer. Only one prompt is open at a time. */
    ask(prompt: Prompt, how?: { readonly silent: boolean }): Promise<CommandName>;
    /** Answers the open prompt. */
    answer(command: CommandName): void;
    /** Says something on the answer line, with the bell that goes with it. */
    tell(tone: Tone, text: string): void;
    /** Says why an action was refused. */
    refuse(refusal: Refusal): void;
    /** The moment of the house's clock. */
    now(): number;
    words(): ConsoleWords;
    deskWords(): DeskWords;
    dates(): Dates;
    say(): Saying;
    /** How many rows of a list fit. */
    listRows(): number;
    /** Restarts the count of scans since *Done* (TUI-13). */
    newPatron(): void;
    /** What a scan means has changed: the barcode just read may be read again at once (TUI-03). */
    otherPlace(): void;
    /** Remembers something about this person for the next time. */
    remember(key: string, value: unknown): void;
    recall(key: string): unknown;
    /** Prints on the desk's printer, behind the desk's back: it says what came of it, and never keeps a scan waiting (REL-04). */
    print(
      job: { readonly title: string; readonly lines: readonly string[] },
      how?: { readonly quietly: boolean },
    ): void;
    /** How wide the desk's paper is. */
    paperColumns(): 42 | 80;
    /** Whether this desk has a printer at all; where it has none, that is told. */
    hasPrinter(): boolean;
    /** Writes a list to a file; says where, or why not. */
    exportTable(list: ShownList, format: 'xlsx' | 'csv'): Promise<ExportOutcome>;
    /** Writes a document beside the exported lists, never over another; says where, or why not. */
    saveFile(name: string, bytes: Uint8Array): Promise<ExportOutcome>;
    /** What letters are written with, read when the first is shown. */
    letterTemplates(): Promise<LetterTemplates>;
    /** Looks a record up in the card system (IMP-04). Throws DatabaseAway. */
    lookUpCard(patron: number): Promise<LookUpOutcome>;
    /** What runs by itself (JOB-02); null: this console runs nothing. */
    listJobs(): Promise<Awaited<ReturnType<ConsoleJobs['list']>> | null>;
    /** Runs a job here and now. */
    runJob(request: Parameters<ConsoleJobs['run']>[2]): Promise<ConsoleJobDone | null>;
    /** Where exported lists go. */
    exportFolder(): Promise<string>;
    /** The first key of a command, as sentences name it. */
    keyFor(command: CommandName): string;
    /** Applies the lines of an offline file at a place. Throws DatabaseAway: what was applied stays applied. */
    upload(file: UploadFile, place: PlaceChoice): Promise<UploadResult>;
    /** Begins as when the console was opened: the house is there now. */
    arrive(): Promise<void>;
    /** Does something later, unless it is cancelled before. */
    after(milliseconds: number, work: () => void): () => void;
    /** Draws the whole screen anew, whatever the terminal shows. */
    redraw(): Promise<void>;
    /** Ends the console with an exit status. */
    quit(status: number): void;
  };

/** What came of writing a list to a file. */
export type ExportOutcome =
  | { readonly kind: 'written'; readonly file: string; readonly rows: number }
  | { readonly kind: 'failed'; readonly because: string };

export type RuntimeOptions = {
  readonly store: Store<State>;
  readonly perform: () => Promise<Perform>;
  /** Opens the house again, where it could not be opened. */
  readonly reopen: () => Promise<void>;
  readonly clock: () => number;
  readonly bell: (times: number) => void;
  readonly newPatron: () => void;
  readonly otherPlace: () => void;
  readonly promptChanged: () => void;
  readonly preferences: { get(key: string): unknown; set(key: string, value: unknown): void };
  readonly quit: (status: number) => void;
  readonly arrive: () => Promise<void>;
  readonly redraw: () => Promise<void>;
  readonly printing: Pick<Runtime, 'print' | 'paperColumns' | 'hasPrinter'>;
  readonly exporting: Pick<
    Runtime,
    'exportTable' | 'exportFolder' | 'saveFile' | 'lookUpCard' | 'letterTemplates' | 'listJobs' | 'runJob' | 'upload'
  >;
  readonly setTimer: SetTimer;
  readonly offline: OfflineMeans | undefined;
  readonly outage: OutageMeans;
  readonly lessons: LessonMeans;
};

/** The seat of whoever is signed in. */
export function seatOf(state: State): Seat {
  return { staff: state.staff ?? NOBODY, place: state.place };
}

const BELLS: Readonly<Record<Tone, number>> = { done: 0, information: 0, warning: 1, refusal: 2 };

/** Makes the runtime of a console. */
export function createRuntime(options: RuntimeOptions): Runtime {
  const { store, bell, promptChanged } = options;
  let answerPrompt: ((command: CommandName) => void) | undefined;
  const words = () => wordsIn(store.get().language).console;
  const deskWords = () => wordsIn(store.get().language).desk;

  const tell = (tone: Tone, text: string) => {
    store.set({ answer: { tone, text } });
    if (!store.get().silent) bell(BELLS[tone]);
  };

  const forms = createFormDesk(store, promptChanged);
  const calls = createDatabaseCalls({
    store,
    perform: options.perform,
    seat: () => seatOf(store.get()),
    clock: options.clock,
    setTimer: options.setTimer,
    reopen: options.reopen,
    goesOn: options.offline !== undefined,
    answered: forms.answered,
    failed: forms.failed,
  });

  return {
    store,
    offline: options.offline,
    outage: options.outage,
    lessons: options.lessons,
    now: options.clock,
    words,
    deskWords,
    tell,
    dates: () => datesIn(store.get().language, store.get().timeZone),
    say: () => {
      const { network, language, timeZone } = store.get();
      return sayingIn(network, language, timeZone);
    },
    listRows: () => Math.max(1, store.get().rows - FRAME_ROWS - lessonRows(store.get())),
    newPatron: options.newPatron,
    otherPlace: options.otherPlace,
    remember: (key, value) => {
      options.preferences.set(key, value);
    },
    recall: (key) => options.preferences.get(key),
    quit: options.quit,
    arrive: options.arrive,
    redraw: options.redraw,
    after: options.setTimer,
    ...options.printing,
    ...options.exporting,
    keyFor: (command) => keysOf(store.get().keymap, command, store.get().language)[0] ?? '',
    ...calls,
    async ask(prompt, how) {
      if (answerPrompt) throw new Error('a prompt is open already');
      store.set({ prompt, promptHint: false, promptWhy: false, promptOffset: 0, overlay: null });
      const answerLine = prompt.answer ?? prompt.title;
      if (how?.silent) store.set({ answer: { tone: 'refusal', text: answerLine } });
      else tell('refusal', answerLine);
      const answer = new Promise<CommandName>((resolve) => {
        answerPrompt = resolve;
      });
      promptChanged();
      return answer;
    },
    ...forms.runtime,
    answer(command) {
      options.lessons.ran(command);
      const resolve = answerPrompt;
      answerPrompt = undefined;
      // Somebody acted since: the same barcode again is meant, not a scanner's second reading (TUI-03).
      options.otherPlace();
      const { prompt, answer } = store.get();
      // A question that is answered is no answer any more.
      const asked = prompt !== null && answer?.text === (prompt.answer ?? prompt.title);
      store.set({ prompt: null, promptHint: false, promptWhy: false, ...(asked ? { answer: null } : {}) });
      resolve?.(command);
    },
    refuse(refusal) {
      const { language, keymap } = store.get();
      tell('refusal', refusalText(refusal, words(), keysOf(keymap, 'register', language)[0] ?? ''));
    },
  };
}
