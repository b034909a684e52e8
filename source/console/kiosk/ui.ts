import type { FormProblem, FormSpec, FormValues } from '../form.ts';
import type { Action, Choice, Entry } from './state.ts';

/** Where one goes with Escape. */
export const BACK = 'back';
export type Back = typeof BACK;

/** What each page says above what it holds. */
export type Heading = {
  readonly title: string;
  readonly said?: readonly string[];
  /** What Escape does; null: nothing. */
  readonly back: string | null;
};

export type MenuSpec = Heading & { readonly choices: readonly Choice[]; readonly begin?: string };

export type Window = { readonly offset: number; readonly limit: number };
/** Part of a list: what is in the window, and how many there are in all (`more`: at least). */
export type Part = { readonly entries: readonly Entry[]; readonly total: number; readonly more?: boolean };

export type ListSpec = Heading & {
  readonly empty: string;
  readonly read: (window: Window) => Promise<Part>;
  readonly actions: readonly Action[];
  /** How many lines an entry has; absent: two. */
  readonly lines?: number;
  /** The action of Enter. */
  readonly enter?: string;
  /** The entry to begin at. */
  readonly at?: number;
};

/** A list of what is found by what is typed above it, while it is typed. */
export type SearchSpec = Heading & {
  readonly label: string;
  readonly value: string;
  readonly empty: (value: string) => string;
  readonly find: (value: string, window: Window) => Promise<Part>;
  /** Says what has been found, under the title. */
  readonly found: (value: string, part: Part) => string;
  /** What Enter does with the chosen one, in words. */
  readonly enter: string;
  /** Keys beside Enter: Tab for one. */
  readonly actions: readonly Action[];
  readonly hint: string;
  readonly at?: number;
};

export type FormAsk = Heading & {
  readonly spec: Pick<FormSpec, 'fields' | 'check' | 'derive' | 'begin' | 'problem'>;
  readonly submit: string;
  /** The last text ends the form with its Enter: a form of two lines has no need of a button to go to. */
  readonly direct?: boolean;
};

/** After the margin of a line: what has no room in it goes on further in. */
export const HANGING = '\t';

/** Lines are whole sentences: they are broken where they are shown, as wide as the window is then. */
export type TextSpec = Heading & { readonly lines: readonly string[]; readonly actions?: readonly Action[] };

/** What the flows of a session ask of the screen. All of it throws SessionOver when the session ends. */
export type Ui = {
  menu(spec: MenuSpec): Promise<string>;
  list(spec: ListSpec): Promise<{ readonly action: string; readonly at: number; readonly id: string } | Back>;
  search(
    spec: SearchSpec,
  ): Promise<
    { readonly action: string; readonly at: number; readonly id: string | null; readonly value: string } | Back
  >;
  /** The values of a form; it stays open until `submit` finds nothing wrong with them. */
  form<T>(
    ask: FormAsk,
    submit: (values: FormValues) => Promise<{ readonly done: T } | { readonly problem: FormProblem }>,
  ): Promise<T | Back>;
  text(spec: TextSpec): Promise<string>;
};
