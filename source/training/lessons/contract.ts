import type { Network } from '../../circulation/network.ts';
import type { Instant } from '../../circulation/time.ts';
import type { Directory } from '../../desk/member-sign-in.ts';
import type { KioskSeat, Perform, StaffMember } from '../../desk/perform.ts';
import type { PlaceChoice } from '../../desk/sign-in.ts';
import type { PlainResult } from '../results.ts';
import type { Mismatch } from '../scenario/expect.ts';
import type { ConsoleFields, GuidedName, LessonHead, Said } from '../scenario/lesson-format.ts';
import type { ScenarioError } from '../scenario/problems.ts';
import type { StepName } from '../scenario/format.ts';

export type { GuidedName, Said } from '../scenario/lesson-format.ts';

/** Somebody at a place, as the console signs them in. */
export type LessonSeat = { readonly staff: StaffMember; readonly place: PlaceChoice | null };

/** A lesson as the list of lessons shows it. */
export type LessonEntry = Omit<LessonHead, 'situation'> & {
  /** The name of its file, which opens it. */
  readonly file: string;
  readonly title: Said;
  readonly situation: Said | null;
  /** The rules of the specification that it shows. */
  readonly rules: readonly string[];
};

/** What somebody is to do now. */
export type GuidedStep = {
  readonly kind: 'do';
  /** The step of the file, from 1. */
  readonly number: number;
  readonly name: GuidedName;
  /** As the file gives them: what `n` types, and what generic words are made of. */
  readonly fields: Readonly<Record<string, unknown>> | string | null;
  /** Null: the file says nothing; the console makes words of name and fields. */
  readonly say: Said | null;
  readonly then: Said | null;
  /** What the step expects, as the file gives it: of a loan that is to be blocked, `outcome: blocked`. */
  readonly expect: Readonly<Record<string, unknown>> | null;
  /** Of a `console` step: its command, the keys that do it, and what is on the screen then. */
  readonly console: ConsoleFields | null;
  /** The step before was a part of the same gesture: the same loan, blocked, and now overridden. */
  readonly continues: boolean;
};

/** What is told before the lesson does it itself: *three weeks later…*; `goOn` does it. */
export type ToldStep = {
  readonly kind: 'told';
  readonly number: number;
  readonly name: StepName;
  /** Null: the file says nothing; the console makes words of name and fields. */
  readonly say: Said | null;
  readonly fields: Readonly<Record<string, unknown>> | string | null;
  readonly then: Said | null;
  /** Of a clock step: where the clock stands, and where it will. Null: it does not move. */
  readonly from: Instant | null;
  readonly to: Instant | null;
};

/** What was done instead of the step. */
export type WrongTurn = {
  /** The name of the desk's action: `return`, `delete-loan`. */
  readonly action: string;
  /** The step of a scenario that is like it, for words about it; null: there is none. */
  readonly done: { readonly name: string; readonly fields: Readonly<Record<string, unknown>> } | null;
  /** What it answered, as scenarios see it; null: no step of a scenario is like it. */
  readonly result: PlainResult | null;
  /** It was done to somebody or something else (`subject`), it turned out otherwise (`result`), or it is another thing. */
  readonly because: 'other' | 'subject' | 'result';
  /** Of `result`: what was expected and what came of it. */
  readonly mismatches: readonly Mismatch[];
};

/** What a lesson tells whoever shows it. */
export type LessonEvent =
  /** Step `number` has been done; `by` the trainee, or the lesson itself (`skip`). */
  | { readonly kind: 'done'; readonly number: number; readonly then: Said | null; readonly by: 'trainee' | 'lesson' }
  /** The lesson waits at another step, or has begun to work, or has stopped working: read `current`, `busy`. */
  | { readonly kind: 'changed' }
  /** The clock has moved; while nights are run, after each. */
  | { readonly kind: 'clock'; readonly now: Instant; readonly to: Instant }
  /** Somebody else sits down, or elsewhere: the console takes this seat over (its own patron session has ended). */
  | { readonly kind: 'seated'; readonly seat: LessonSeat }
  /** The lesson has ended the patron session: the open record is put away, without *Done*. */
  | { readonly kind: 'session-ended'; readonly patron: number }
  | { readonly kind: 'wrong'; readonly turn: WrongTurn }
  /** The scene has been made anew: everything open is put away, and the console sits down at `seat` again. */
  | { readonly kind: 'anew'; readonly seat: LessonSeat }
  | { readonly kind: 'finished' };

/** A step that the lesson played silently and that did not turn out as the file says: the trainee went another way. */
export type Drift = { readonly number: number; readonly name: string; readonly mismatches: readonly Mismatch[] };

/** Somebody of a lesson, as they would say themselves at a terminal. Undefined: the file does not say. */
export type Person = {
  /** What they sign in with. */
  readonly id: string;
  readonly password?: string | undefined;
  /** They are a member of it, and sign in there. */
  readonly institution?: string | undefined;
  readonly birthDate?: string | undefined;
  /** All identifiers and addresses by which they are known. */
  readonly called: readonly string[];
};

/** What a terminal of the patrons needs to know of a lesson. */
export type KioskFacts = {
  /** Where the terminal stands: at the library of the scene's desk. */
  seat(): Pick<KioskSeat, 'terminal' | 'library'>;
  /** Where members of institutions sign in. */
  readonly members: Directory;
  /** By an identifier of theirs, or an address. */
  person(name: string): Person;
  /** The title of an item of the scene; undefined: it has none of its own. */
  title(barcode: string): string | undefined;
  /** The one-time code in the letter that somebody has received last, which is opened by this; undefined: there is none. */
  code(id: string): Promise<string | undefined>;
};

/** A lesson that is being followed, in a house of its own. */
export type Lesson = {
  readonly title: Said;
  /** Null: the file is no lesson of the list. */
  readonly head: LessonHead | null;
  /** The file's name. */
  readonly name: string;
  /** What the console does everything by; the same function through `takeBack` and `reset`. */
  readonly perform: Perform;
  readonly clock: () => Instant;
  readonly timeZone: string;
  /** For a lesson that is followed at a terminal of the patrons. */
  readonly kiosk: KioskFacts;
  network(): Network;
  /** Who sits where, as the scene has it. */
  seat(): LessonSeat;
  /** What waits to be done or to be told; null: the lesson is finished (or being made, while `busy`). */
  current(): GuidedStep | ToldStep | null;
  /** How many steps with text there are, and which of them it is (from 1; `of` + 1 when all is done). */
  position(): { readonly at: number; readonly of: number };
  /** The wrong turn that has not been taken back, nor made good. */
  wrong(): WrongTurn | null;
  /** The lesson plays steps of its own, or makes its scene: whatever the console asks of the desk waits until then. */
  busy(): boolean;
  /** Resolves when the lesson plays nothing any more. Rejects with what a step has thrown. */
  settled(): Promise<void>;
  /** Hears everything that the lesson tells, at once; returns how to stop. */
  listen(hear: (event: LessonEvent) => void): () => void;
  /** The console tells which of its commands was done, with the lines that are on its screen now. */
  commandRun(command: string, screen: string): void;
  /** Does what was told (`current().kind === 'told'`), and plays on to the next step with text. */
  goOn(): Promise<void>;
  /** Makes the scene anew and plays all that came before the current step: a wrong turn has not been. */
  takeBack(): Promise<void>;
  /** Begins the lesson anew. */
  reset(): Promise<void>;
  /** Plays the current step itself, and on to the next one with text. */
  skip(): Promise<void>;
  /** Sets the clock, as a trainer does, and runs nothing; never back. `false`: it would be. */
  setClock(to: Instant): Promise<boolean>;
  /** Runs the nights up to then, as a trainer does; never back. `false`: it would be. */
  advance(to: Instant): Promise<boolean>;
  /** The number of a request that the file has given a name; undefined: nothing is called so (yet). */
  requestCalled(name: string): number | undefined;
  /** Silent steps that went otherwise than the file says. */
  drift(): readonly Drift[];
  close(): Promise<void>;
};

/** A lesson, or what is wrong with its file. */
export type LessonOpening = { readonly lesson: Lesson } | { readonly errors: readonly ScenarioError[] };
