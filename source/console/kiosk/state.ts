import type { Language } from '../../language/index.ts';
import type { OpenForm } from '../form.ts';
import type { Tone } from '../state.ts';
import type { LessonHere } from './lesson/shown.ts';

/** One of the things to choose from; the first nine are chosen by their number too. */
export type Choice = { readonly id: string; readonly label: string };

/** A letter that does something with the chosen entry, or with the list; Enter does the first one that says so. */
export type Action = {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  /** The label where there is little room for keys. */
  readonly brief?: string;
};

/** One entry of a list: a line that names it, and lines that say more. */
export type Entry = { readonly id: string; readonly lines: readonly string[]; readonly tone?: 'late' | 'done' };

/** What is being looked for, and in what. */
export type SearchField = { readonly label: string; readonly value: string; readonly hint: string };

export type MenuPage = { readonly kind: 'menu'; readonly choices: readonly Choice[]; readonly chosen: number };
export type ListPage = {
  readonly kind: 'list';
  /** Those that are shown. */
  readonly entries: readonly Entry[];
  /** How many lines an entry has. */
  readonly lines: number;
  /** Where they begin, how many there are in all, and which of all is chosen. */
  readonly offset: number;
  readonly total: number;
  /** There are more than `total` says. */
  readonly more: boolean;
  readonly chosen: number;
  readonly empty: string;
  readonly field: SearchField | null;
  readonly actions: readonly Action[];
  /** What Enter does, in words; null: nothing. */
  readonly enter: string | null;
};
export type FormPage = {
  readonly kind: 'form';
  readonly form: OpenForm;
  /** What is on the button below the fields, and whether one is on it. */
  readonly submit: string;
  readonly onSubmit: boolean;
};
export type TextPage = {
  readonly kind: 'text';
  readonly lines: readonly string[];
  readonly offset: number;
  readonly actions: readonly Action[];
};

/** What stands under the title; everything is a page. */
export type Page = {
  readonly title: string;
  /** Sentences under the title. */
  readonly said: readonly string[];
  readonly body: MenuPage | ListPage | FormPage | TextPage;
  /** What Escape does, in words; null: nothing. */
  readonly back: string | null;
};

/** The state of a kiosk's screen. Nothing of a patron is anywhere else: a new session begins with a new one. */
export type KioskState = {
  readonly language: Language;
  readonly columns: number;
  readonly rows: number;
  readonly timeZone: string;
  /** The moment of the house's clock, brought up to date every minute. */
  readonly now: number;
  /** The network or the library where the terminal stands. */
  readonly name: string;
  /** A copy for training: people and items are made up. */
  readonly training: boolean;
  /** For somebody who listens: what the key line says is said in the page. */
  readonly listened: boolean;
  /** Who has signed in, as the header says it. */
  readonly who: string | null;
  /** Null: the house is being opened. */
  readonly page: Page | null;
  readonly answer: { readonly tone: Tone; readonly text: string } | null;
  readonly working: boolean;
  /** Seconds until the session is ended because nobody is there; null: not soon. */
  readonly endsIn: number | null;
  /** The lesson that is followed; null: none. */
  readonly lesson: LessonHere | null;
};
