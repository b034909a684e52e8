import type { CommandName, OptionName } from '../language/command-words.ts';

/** One command: how many arguments it takes, and which options besides the common ones. */
export type CommandDefinition = {
  readonly least: number;
  readonly most: number;
  readonly options: readonly OptionName[];
  /** What an option may be here, where that is not what it may be elsewhere. */
  readonly values?: Partial<Readonly<Record<OptionName, string>>>;
};

/** Options that every command takes. */
export const COMMON_OPTIONS: readonly OptionName[] = ['db', 'lang', 'help', 'version'];

/** Options that are given with a value; the others are switches. */
export const VALUED_OPTIONS: readonly OptionName[] = [
  'db',
  'lang',
  'at',
  'as',
  'desk',
  'override',
  'reason',
  'expiry',
  'dated',
  'role',
  'name',
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
  'days',
  'sort',
  'day',
  'job',
  'state',
  'email',
  'report',
  'file',
  'scenario',
  'title',
  'terminal',
];

/** Options that may be given several times. */
export const REPEATABLE_OPTIONS: readonly OptionName[] = ['override', 'role'];

const ANY = Number.POSITIVE_INFINITY;

/** Every command. A name that is added to the words does not compile until it stands here. */
export const COMMANDS: Readonly<Record<CommandName, CommandDefinition>> = {
  console: { least: 0, most: 0, options: ['screenReader'] },
  demo: { least: 0, most: 0, options: ['scenario', 'at', 'as', 'desk', 'kiosk', 'screenReader'] },
  lend: {
    least: 2,
    most: ANY,
    options: ['as', 'desk', 'override', 'reason', 'expiry', 'acknowledge', 'json'],
  },
  return: { least: 1, most: ANY, options: ['as', 'desk', 'dated', 'acknowledge', 'json'] },
  renew: { least: 0, most: ANY, options: ['patron', 'as', 'desk', 'override', 'reason', 'json'] },
  show: { least: 2, most: ANY, options: ['json'] },
  rules: {
    least: 0,
    most: 0,
    options: ['patron', 'group', 'item', 'location', 'material', 'policy', 'json'],
  },
  'scenario run': { least: 1, most: ANY, options: ['json'] },
  'scenario new': { least: 1, most: 1, options: ['title', 'at', 'as', 'desk', 'screenReader'] },
  'network load': { least: 1, most: 1, options: ['as', 'dryRun', 'json'] },
  'network check': { least: 1, most: 1, options: ['json'] },
  'network show': { least: 0, most: 0, options: ['json'] },
  'network diff': { least: 1, most: 1, options: ['json'] },
  'network schema': { least: 0, most: 0, options: [] },
  'staff add': { least: 1, most: 1, options: ['role', 'name', 'email', 'json'] },
  'staff role': { least: 1, most: 1, options: ['role', 'json'] },
  'staff password': { least: 1, most: 1, options: ['json'] },
  'staff email': { least: 1, most: 2, options: ['json'] },
  'staff list': { least: 0, most: 0, options: ['json'] },
  'db migrate': { least: 0, most: 0, options: ['json'] },
  'db status': { least: 0, most: 0, options: ['json'] },
  'db check': { least: 0, most: 0, options: ['json'] },
  'db backup': { least: 1, most: 1, options: ['replace', 'json'] },
  'db restore': { least: 1, most: 1, options: ['json'] },
  'db sample': { least: 0, most: 0, options: ['at', 'json'] },
  'import catalogue': {
    least: 1,
    most: 1,
    options: ['format', 'mapping', 'flavour', 'encoding', 'errors', 'dryRun', 'as', 'json'],
  },
  'import patrons': {
    least: 1,
    most: 1,
    options: ['format', 'mapping', 'encoding', 'errors', 'dryRun', 'as', 'json'],
    values: { format: 'alma-xml|delimited', encoding: 'utf-8|latin-1' },
  },
  offline: { least: 0, most: 0, options: ['file', 'screenReader'] },
  kiosk: { least: 0, most: 0, options: ['library', 'terminal', 'screenReader'] },
  upload: { least: 1, most: 1, options: ['as', 'desk', 'report', 'replace', 'keepFile', 'dryRun', 'json'] },
  export: {
    least: 1,
    most: 1,
    options: ['to', 'library', 'campus', 'from', 'toDay', 'days', 'tooLong', 'patron', 'sort', 'replace', 'as', 'json'],
  },
  'jobs list': { least: 0, most: 0, options: ['json'] },
  'jobs run': { least: 1, most: 1, options: ['day', 'as', 'json'] },
  'jobs work': { least: 0, most: 0, options: ['once', 'json'] },
  'jobs history': { least: 0, most: 0, options: ['job', 'state', 'days', 'json'] },
  doctor: { least: 0, most: 0, options: ['desk', 'mail', 'json'] },
  bench: { least: 0, most: 0, options: [] },
};
