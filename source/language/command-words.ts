import type { DatabaseTrouble } from './trouble.ts';
import type { ResultWords } from './result-words.ts';

/** Commands, as they are typed; `console` is `guichet` alone. */
export const COMMAND_NAMES = [
  'console',
  'demo',
  'lend',
  'return',
  'renew',
  'show',
  'rules',
  'scenario run',
  'scenario new',
  'network load',
  'network check',
  'network show',
  'network diff',
  'network schema',
  'staff add',
  'staff role',
  'staff password',
  'staff email',
  'staff list',
  'db migrate',
  'db status',
  'db check',
  'db backup',
  'db restore',
  'db sample',
  'import catalogue',
  'import patrons',
  'offline',
  'kiosk',
  'upload',
  'export',
  'jobs list',
  'jobs run',
  'jobs work',
  'jobs history',
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
  'format',
  'mapping',
  'flavour',
  'encoding',
  'errors',
  'to',
  'library',
  'campus',
  'from',
  'toDay',
  'screenReader',
  'days',
  'tooLong',
  'sort',
  'replace',
  'day',
  'job',
  'state',
  'once',
  'mail',
  'email',
  'report',
  'file',
  'keepFile',
  'scenario',
  'title',
  'terminal',
  'kiosk',
] as const;
export type OptionName = (typeof OPTION_NAMES)[number];

/** What a person at the command line can have done wrong; each sentence says what to type instead. */
export type UsageWords = {
  readonly unknownCommand: (typed: string, meant: string | null) => string;
  readonly incompleteCommand: (typed: string, choices: readonly string[]) => string;
  readonly unknownOption: (option: string, meant: string | null) => string;
  readonly noValue: (option: string) => string;
  readonly givenTwice: (option: string) => string;
  readonly notOneOf: (option: string, found: string, allowed: readonly string[], meant: string | null) => string;
  readonly notATime: (option: string, found: string) => string;
  readonly notANumber: (option: string, found: string) => string;
  readonly notOfList: (option: string, list: string) => string;
  readonly missingArguments: (usage: string) => string;
  readonly tooManyArguments: (found: string, usage: string) => string;
  readonly needsStaff: string;
  readonly needsDesk: (places: readonly string[]) => string;
  readonly deskNeedsStaff: string;
  readonly scenarioAlone: string;
  readonly needsRole: (roles: readonly string[]) => string;
  readonly rulesNeeds: string;
  readonly renewNeeds: string;
  readonly seeHelp: (command: string) => string;
};

/** Refusals of actions, and of the commands around them. */
export type RefusalWords = {
  readonly needsDesk: string;
  readonly needsRole: (permission: string | null) => string;
  readonly unknown: Readonly<
    Record<'PATRON' | 'ITEM' | 'TITLE' | 'REQUEST' | 'LIBRARY' | 'STAFF', (key: string) => string>
  >;
  readonly invalid: Readonly<
    Record<
      | 'in-the-future'
      | 'in-the-past'
      | 'taken'
      | 'empty'
      | 'unknown-code'
      | 'not-a-day'
      | 'weak-password'
      | 'no-network'
      | 'codes-in-use'
      | 'no-open-day'
      | 'too-long'
      | 'backwards'
      | 'not-an-email'
      | 'not-a-phone'
      | 'not-a-postal-code'
      | 'placeholder',
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
  readonly notWritable: (file: string) => string;
  readonly settingsBroken: (file: string) => string;
  readonly settingsNotKept: (file: string) => string;
  readonly isTrainingCopy: (where: string) => string;
  readonly isWorkingDatabase: (where: string) => string;
  readonly notEmpty: (where: string) => string;
  readonly oneScenarioAtATime: string;
  readonly fileThere: (file: string) => string;
  readonly notEnglishOrFrench: string;
  readonly unexpected: (logFile: string | null) => string;
};

/** The command line and what goes wrong there, and what its commands print. */
export type CommandWords = LineWords & ResultWords;

/** The command line and what goes wrong there. */
export type LineWords = {
  readonly about: string;
  readonly help: {
    readonly usage: string;
    readonly commands: string;
    readonly options: string;
    readonly common: string;
    readonly more: string;
    readonly permissions: string;
    readonly exit: string;
  };
  readonly command: Readonly<Record<CommandName, { readonly arguments: string; readonly summary: string }>>;
  readonly option: Readonly<Record<OptionName, { readonly value: string | null; readonly text: string }>>;
  readonly usage: UsageWords;
  readonly refusal: RefusalWords;
  /** One sentence each, that says what to do next. */
  readonly trouble: Readonly<Record<DatabaseTrouble, (where: string) => string>>;
  readonly prompt: {
    readonly password: (name: string) => string;
    readonly newPassword: (name: string) => string;
    readonly again: string;
  };
  readonly bench: string;
};
