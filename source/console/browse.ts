import type { Window } from '../desk/views.ts';
import type { CommandName } from './keymap.ts';
import type { Runtime } from './runtime.ts';

/** How a row stands out, by more than colour: the words of the row say it too. */
export type RowTone = 'plain' | 'late' | 'quiet' | 'head';

/** A column of a list: the name it is remembered by (TUI-07), its head, its width in cells (0: what is left). */
export type BrowseColumn<Row> = {
  readonly name: string;
  readonly head: string;
  readonly width: number;
  readonly cell: (row: Row) => string;
  /** Shown unless the operator hides it; absent: yes. */
  readonly byDefault?: boolean;
};

/** What one command does with the chosen row and with the marked ones. */
export type RowCommand<Row> = (row: Row | undefined, marked: readonly Row[]) => Promise<void>;

/** A list that one can walk through: where its rows come from, how they look, what can be done with them. */
export type BrowseSpec<Row> = {
  /** Name of the table, for the columns that its operator has chosen. */
  readonly table: string;
  readonly title: (runtime: Runtime) => string;
  readonly hint?: (runtime: Runtime) => string;
  /** What to do next, in a line of its own where there is room for one. */
  readonly next?: (runtime: Runtime) => string;
  /** What the list is called in a file or on paper; absent: its title. */
  readonly name?: (runtime: Runtime) => string;
  readonly columns: (runtime: Runtime) => readonly BrowseColumn<Row>[];
  /** Reads a window of rows; undefined: it was refused, and that has been said. */
  readonly read: (window: Window) => Promise<{ readonly total: number; readonly lines: readonly Row[] } | undefined>;
  readonly keyOf: (row: Row) => string;
  /** Barcode of the item that a row is about, and id of its patron: what commands on rows work with. */
  readonly itemOf?: (row: Row) => string | undefined;
  readonly patronOf?: (row: Row) => number | undefined;
  readonly tone?: (row: Row) => RowTone;
  readonly empty: (runtime: Runtime) => string;
  /** Lists of one group take each other's place: the tabs of a record. */
  readonly group?: string;
  /** Id of the patron whom the whole list is about. */
  readonly patron?: number;
  /** The row to begin with, from 0. */
  readonly begin?: number;
  /** Label of the field. */
  readonly field?: (runtime: Runtime) => string;
  /** Enter on a row. */
  readonly open?: (row: Row) => Promise<void>;
  readonly commands?: Partial<Readonly<Record<CommandName, RowCommand<Row>>>>;
  /** The list went out to a file or on paper: these rows were in it (PICK-02). */
  readonly exported?: (rows: readonly Row[]) => Promise<void>;
  /** What is typed in the field changes what is read. */
  readonly typed?: (text: string) => void;
  /** A scan or a typed code with Enter; absent: what the place beneath does with it. */
  readonly scan?: (code: string) => Promise<void>;
  /** Where nothing beneath expects items: what is scanned here is scanned in, as the list is about books in one's hand. */
  readonly scansIn?: boolean;
};

/** A list of unknown rows: what the store and the view work with. */
export type BrowseSource = BrowseSpec<unknown>;

/** A list on the screen. */
export type OpenBrowse = {
  readonly source: BrowseSource;
  readonly lines: readonly unknown[];
  readonly total: number;
  readonly offset: number;
  readonly selected: number;
  readonly marked: readonly unknown[];
  /** What was typed to find the rows. */
  readonly text: string;
};

/** Forgets the type of the rows: only the spec itself ever looks into one. */
export const browseOf = <Row>(spec: BrowseSpec<Row>): BrowseSource => spec as unknown as BrowseSource;
