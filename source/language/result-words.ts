import type { ClearanceObstacle } from '../circulation/clearance.ts';

type Found = { readonly found: string };
type OneOf = Found & { readonly allowed: readonly string[] };
type SomeOf = { readonly found: readonly string[]; readonly allowed: readonly string[] };

/** Scenarios: what became of them, and what is wrong with their files. Texts arrive printable. */
export type ScenarioWords = {
  readonly passed: (title: string, steps: number) => string;
  readonly failed: (title: string) => string;
  readonly step: (number: number, name: string, line: number | null) => string;
  readonly mismatch: (path: string, expected: string, actual: string) => string;
  readonly notDone: (actual: string) => string;
  readonly error: (actual: string) => string;
  readonly noError: (expected: string, actual: string) => string;
  readonly broken: (file: string) => string;
  readonly total: (passed: number, failed: number) => string;
  readonly recorded: (file: string, steps: number) => string;
  readonly nothingRecorded: string;
  readonly problem: {
    readonly 'not-a-local-time': (facts: Found) => string;
    readonly 'unknown-step': (facts: OneOf) => string;
    readonly 'not-one-step': (facts: SomeOf) => string;
    readonly 'not-one-field': (facts: SomeOf) => string;
    readonly 'unknown-command': (facts: OneOf) => string;
    readonly 'said-too-long': (facts: {
      readonly lines: number;
      readonly longest: number;
      readonly allowed: { readonly lines: number; readonly columns: number };
    }) => string;
    readonly 'not-guided': (facts: Found) => string;
    readonly 'unreadable-network': (facts: Found) => string;
    readonly 'network-errors': () => string;
    readonly 'unknown-in-scene': (facts: OneOf & { readonly what: 'staff' | 'place' | 'library' }) => string;
    readonly 'no-desk': () => string;
    readonly 'process-impossible': (facts: Found) => string;
  };
};

/** Lines that lending, returning and consulting print. Texts from data arrive printable. */
export type DoneWords = {
  readonly lent: (title: string, barcode: string, due: string) => string;
  readonly renewed: (title: string, barcode: string, due: string) => string;
  readonly blocked: (title: string, barcode: string, count: number) => string;
  readonly notRenewed: (title: string, barcode: string, due: string) => string;
  readonly note: (title: string, barcode: string, note: string) => string;
  readonly returned: (title: string, barcode: string, patron: string, due: string, late: string | null) => string;
  readonly notOnLoan: (title: string, barcode: string) => string;
  readonly blockedUntil: (day: string) => string;
  readonly isNotOnLoan: (title: string, barcode: string) => string;
  readonly nothingToRenew: string;
  readonly someNotDone: (done: number, all: number) => string;
  /** `address` null: nobody can be written to; `letter`: its number, to print it. */
  readonly cleared: (address: string | null) => string;
  readonly notCleared: string;
  readonly obstacle: Readonly<Record<ClearanceObstacle['code'], (count: number) => string>>;
};

/** Labels of what `show` prints. */
export const SHOWN = [
  'patron',
  'identifiers',
  'group',
  'campus',
  'status',
  'expiry',
  'purge',
  'loans',
  'late',
  'requests',
  'returned',
  'blocks',
  'blockedUntil',
  'item',
  'title',
  'author',
  'callNumber',
  'location',
  'material',
  'policy',
  'process',
  'at',
  'destination',
  'from',
  'why',
  'since',
  'underWay',
  'stops',
  'lastPatron',
  'due',
  'renewals',
  'copies',
  'pickup',
  'position',
  'placed',
  'until',
  'held',
  'note',
] as const;
export type Shown = (typeof SHOWN)[number];

/** What commands print. Texts from data are made printable as they are printed. */
export type ResultWords = {
  readonly result: DoneWords;
  readonly show: {
    readonly label: Readonly<Record<Shown, string>>;
    readonly notOnLoan: string;
    readonly active: string;
    readonly inactive: string;
    readonly inPlace: string;
    readonly process: Readonly<Record<string, string>>;
  };
  readonly staff: {
    readonly added: (name: string) => string;
    readonly changed: (name: string) => string;
    readonly none: string;
    readonly everywhere: string;
    readonly inactive: string;
  };
  readonly network: {
    readonly loaded: (version: number) => string;
    readonly unchanged: (version: number) => string;
    readonly wouldChange: (count: number) => string;
    readonly same: string;
    readonly valid: (file: string) => string;
    readonly errors: (file: string, count: number) => string;
    readonly warnings: (file: string, count: number) => string;
    readonly inUse: (codes: string) => string;
    readonly none: string;
    readonly version: (version: number, loaded: string, staff: string | null) => string;
    readonly counts: (libraries: number, groups: number, rules: number, limits: number) => string;
  };
  readonly scenario: ScenarioWords;
  readonly db: {
    readonly migrated: (where: string, steps: readonly string[]) => string;
    readonly upToDate: (where: string) => string;
    readonly pending: (where: string, steps: readonly string[]) => string;
    readonly empty: (where: string) => string;
    readonly newer: (where: string, steps: readonly string[]) => string;
    readonly sound: (where: string) => string;
    readonly violations: (where: string, count: number) => string;
    readonly backedUp: (where: string, file: string, bytes: number) => string;
    readonly restored: (where: string, file: string) => string;
    readonly counted: (
      counts: Readonly<Record<'patrons' | 'titles' | 'items' | 'loans' | 'openLoans' | 'requests', number>>,
    ) => string;
    readonly allHold: string;
    /** Its schema is an older one. */
    readonly notChecked: string;
    readonly unsound: (count: number) => string;
    readonly nothingThere: (where: string) => string;
    readonly itself: (file: string, where: string) => string;
    /** What SQLite has left beside a file that is to be made. */
    readonly beside: (file: string, left: string) => string;
    readonly badCopy: (where: string) => string;
    readonly notABackup: Readonly<Record<'damaged' | 'foreign', (file: string) => string>>;
    readonly forgets: (where: string) => string;
    readonly givenUp: string;
    readonly sampled: (where: string) => string;
    readonly clockStands: (moment: string) => string;
    readonly account: (name: string, password: string, role: string) => string;
  };
  readonly doctor: {
    readonly heading: Readonly<
      Record<'runtime' | 'database' | 'terminal' | 'printers' | 'mail' | 'directories' | 'files', string>
    >;
    readonly node: (version: string, path: string) => string;
    readonly opened: (where: string) => string;
    readonly notYet: (where: string) => string;
    readonly training: string;
    readonly network: (name: string, version: number) => string;
    readonly noNetwork: string;
    readonly noStaff: string;
    readonly noTerminal: string;
    readonly dumbTerminal: string;
    readonly size: (columns: number, rows: number) => string;
    readonly tooSmall: (columns: number, rows: number) => string;
    readonly utf8: string;
    readonly notUtf8: string;
    readonly colours: (count: number) => string;
    readonly noColours: string;
    readonly folder: (folder: string) => string;
    readonly folderRefused: (folder: string) => string;
    /** What a desk's printer can do, after the desk's name. */
    readonly printer: (desk: string, finding: string) => string;
    readonly noPrinters: string;
    readonly moreByMail: (desks: number) => string;
    readonly noNetworkForPrinters: string;
    readonly allWell: string;
    readonly somethingWrong: (count: number) => string;
  };
};
