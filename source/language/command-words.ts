/** Commands, as they are typed; `console` is `guichet` alone. */
export const COMMAND_NAMES = [
  'console',
  'demo',
  'lend',
  'return',
  'show',
  'rules',
  'scenario run',
  'network load',
  'network check',
  'network show',
  'network diff',
  'staff add',
  'staff role',
  'staff password',
  'staff list',
  'db migrate',
  'db status',
  'db check',
  'db sample',
  'doctor',
  'bench',
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

/** Options, in the key form of the parser: `dryRun` is typed `--dry-run`. */
export const OPTION_NAMES = [
  'db',
  'lang',
  'json',
  'help',
  'version',
  'at',
  'as',
  'desk',
  'override',
  'reason',
  'expiry',
  'acknowledge',
  'dated',
  'role',
  'name',
  'dryRun',
  'patron',
  'group',
  'item',
  'location',
  'material',
  'policy',
] as const;
export type OptionName = (typeof OPTION_NAMES)[number];

/** Why a database cannot be used (`AwayReason` of the records). */
export type DatabaseTrouble =
  | 'unreachable'
  | 'refused'
  | 'missing-database'
  | 'not-a-database'
  | 'no-permission'
  | 'read-only'
  | 'full'
  | 'locked'
  | 'no-folder'
  | 'newer-schema'
  | 'older-schema'
  | 'bad-url';

/** What a person at the command line can have done wrong; each sentence says what to type instead. */
export type UsageWords = {
  readonly unknownCommand: (typed: string, meant: string | null) => string;
  readonly incompleteCommand: (typed: string, choices: readonly string[]) => string;
  readonly laterCommand: (typed: string) => string;
  readonly unknownOption: (option: string, meant: string | null) => string;
  readonly noValue: (option: string) => string;
  readonly givenTwice: (option: string) => string;
  readonly notOneOf: (option: string, found: string, allowed: readonly string[], meant: string | null) => string;
  readonly notATime: (option: string, found: string) => string;
  readonly missingArguments: (usage: string) => string;
  readonly tooManyArguments: (found: string, usage: string) => string;
  readonly needsStaff: string;
  readonly needsDesk: (places: readonly string[]) => string;
  readonly deskNeedsStaff: string;
  readonly needsRole: (roles: readonly string[]) => string;
  readonly rulesNeeds: string;
  readonly seeHelp: (command: string) => string;
};

/** Refusals of actions, and of the commands around them. */
export type RefusalWords = {
  readonly needsDesk: string;
  readonly needsRole: (permission: string | null) => string;
  readonly unknown: Readonly<Record<'PATRON' | 'ITEM' | 'TITLE' | 'REQUEST' | 'LIBRARY' | 'STAFF', (key: string) => string>>;
  readonly invalid: Readonly<
    Record<
      | 'in-the-future'
      | 'taken'
      | 'empty'
      | 'unknown-code'
      | 'not-a-day'
      | 'weak-password'
      | 'no-network'
      | 'codes-in-use'
      | 'no-open-day',
      (path: string, value: string) => string
    >
  >;
  readonly wrongPassword: string;
  readonly lockedUntil: (hour: string) => string;
  readonly noPassword: string;
  readonly passwordsDiffer: string;
  readonly noTerminal: string;
  readonly noFile: (file: string) => string;
  readonly notReadable: (file: string) => string;
  readonly settingsBroken: (file: string) => string;
  readonly isTrainingCopy: (where: string) => string;
  readonly isWorkingDatabase: (where: string) => string;
  readonly notEmpty: (where: string) => string;
  readonly oneScenarioAtATime: string;
  readonly notEnglishOrFrench: string;
  readonly unexpected: (logFile: string | null) => string;
};

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
  readonly later: string;
  readonly broken: (file: string) => string;
  readonly total: (passed: number, failed: number) => string;
  readonly problem: {
    readonly 'not-a-local-time': (facts: Found) => string;
    readonly 'unknown-step': (facts: OneOf) => string;
    readonly 'not-one-step': (facts: SomeOf) => string;
    readonly 'not-one-field': (facts: SomeOf) => string;
    readonly 'unreadable-network': (facts: Found) => string;
    readonly 'network-errors': () => string;
    readonly 'unknown-in-scene': (facts: OneOf & { readonly what: 'staff' | 'place' | 'library' }) => string;
    readonly 'no-desk': () => string;
    readonly 'process-impossible': (facts: Found) => string;
  };
};

/** Lines that lending, returning and consulting print. Texts from data arrive printable. */
export type ResultWords = {
  readonly lent: (title: string, barcode: string, due: string) => string;
  readonly renewed: (title: string, barcode: string, due: string) => string;
  readonly blocked: (title: string, barcode: string, count: number) => string;
  readonly notRenewed: (title: string, barcode: string, due: string) => string;
  readonly note: (title: string, barcode: string, note: string) => string;
  readonly returned: (title: string, barcode: string, patron: string, due: string, late: string | null) => string;
  readonly notOnLoan: (title: string, barcode: string) => string;
  readonly blockedUntil: (day: string) => string;
  readonly someNotDone: (done: number, all: number) => string;
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
  'lastPatron',
  'due',
  'renewals',
  'copies',
] as const;
export type Shown = (typeof SHOWN)[number];

/** The command line and what goes wrong there. */
export type CommandWords = {
  readonly about: string;
  readonly help: {
    readonly usage: string;
    readonly commands: string;
    readonly options: string;
    readonly common: string;
    readonly more: string;
    readonly exit: string;
  };
  readonly command: Readonly<Record<CommandName, { readonly arguments: string; readonly summary: string }>>;
  readonly option: Readonly<Record<OptionName, { readonly value: string | null; readonly text: string }>>;
  readonly usage: UsageWords;
  readonly refusal: RefusalWords;
  /** One sentence each, that says what to do next. */
  readonly trouble: Readonly<Record<DatabaseTrouble, (where: string) => string>>;
  readonly result: ResultWords;
  readonly show: {
    readonly label: Readonly<Record<Shown, string>>;
    readonly notOnLoan: string;
    readonly active: string;
    readonly inactive: string;
    readonly inPlace: string;
    readonly process: Readonly<Record<string, string>>;
    readonly requestsComeLater: string;
  };
  readonly rules: {
    readonly row: (row: number, version: number) => string;
    readonly noRow: (version: number) => string;
    readonly mayNotBorrow: string;
    readonly notLoanable: string;
    readonly notRenewable: string;
    readonly notRequestable: string;
    readonly period: (period: string, max: string | null) => string;
    readonly fixed: (day: string) => string;
    readonly grace: (days: number) => string;
    readonly laterRow: (row: number, terms: string) => string;
    readonly step: {
      readonly period: (from: string, period: string, to: string) => string;
      readonly hours: (hours: number, at: string) => string;
      readonly fixed: (day: string) => string;
      readonly closed: (day: string, because: string | null, to: string) => string;
      readonly closedHour: (at: string, to: string) => string;
      readonly closing: (at: string) => string;
      readonly oneMinute: string;
      readonly expiry: (expiry: string, to: string) => string;
    };
    readonly due: (due: string) => string;
  };
  readonly prompt: { readonly password: (name: string) => string; readonly newPassword: (name: string) => string; readonly again: string };
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
    readonly sampled: (where: string) => string;
    readonly clockStands: (moment: string) => string;
    readonly account: (name: string, password: string, role: string) => string;
  };
  readonly doctor: {
    readonly heading: Readonly<Record<'runtime' | 'database' | 'terminal' | 'files', string>>;
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
    readonly laterChecks: string;
    readonly allWell: string;
    readonly somethingWrong: (count: number) => string;
  };
  readonly bench: string;
};
