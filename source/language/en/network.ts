import type { CodeKind, GapFacts, NetworkWords } from '../network-words.ts';

const VALUES = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  map: 'keys and their values',
  nothing: 'nothing',
};
const FORMATS = {
  code: 'a code of letters, digits, - _ . + (63S)',
  location: 'LIBRARY/LOCATION (sci/63S)',
  day: 'a day (2026-07-01)',
  'month-day': 'a month and a day (10-30)',
  period: 'a period (21 days, 3 weeks, 2 hours)',
  days: 'a number of days (4 days, 1 week)',
  months: 'a number of months (3 months, 1 year)',
  minutes: 'a number of minutes (2 minutes)',
  seconds: 'a number of seconds (5 seconds), 30 at the most',
  hours: 'hours (08:00-12:00, 14:00-18:00) or closed',
  weekdays: 'weekdays (mon, mon-fri, mon,wed)',
  'web-address': 'the address of a web page, for example https://library.example.org',
  'directory-address': 'the address of a directory and nothing else, for example ldaps://ldap.example.org',
  'entry-name': 'the name of an entry (ou=people,dc=example,dc=org)',
  'entry-template': 'the name of an entry with {name} in it (uid={name},ou=people,dc=example,dc=org)',
  'filter-template': 'a search filter with {name} in it (uid={name}), without wildcards',
  'record-template': 'an identifier with {attributes} of the entry in it (ut3.{uid})',
  pattern: 'a regular expression, for example \\d{11}',
  email: 'an e-mail address',
  queue: 'the name of a print queue, without spaces ("lpstat -a" lists them)',
  'whole-number': 'a whole number',
  'time-zone': 'a time zone (Europe/Paris)',
};
const KINDS: Readonly<Record<CodeKind, string>> = {
  campus: 'campus',
  site: 'site',
  group: 'user group',
  material: 'material type',
  policy: 'item policy',
  library: 'library',
  location: 'location',
  desk: 'desk',
  department: 'department',
  cycle: 'notice cycle',
  block: 'block',
  'block-type': 'block type',
  profile: 'registration profile',
  category: 'job category',
  'statistic-type': 'type of statistical category',
  statistic: 'statistical category',
  'outage-step': 'outage step',
  institution: 'institution',
};

const MANY = 12;
const list = (values: readonly (string | null)[]): string => {
  const shown = values.slice(0, MANY).map((one) => one ?? '(no policy)');
  return values.length > MANY ? `${shown.join(', ')} … (${values.length} in all)` : shown.join(', ');
};
const allowedList = (values: readonly string[]): string => (values.length === 0 ? '' : `; allowed: ${list(values)}`);

function gap({ libraries, locations, groups, materials, policies, days }: GapFacts): string {
  const parts = [
    ...(libraries.length > 0 ? [`libraries ${list(libraries)}`] : []),
    ...(locations.length > 0 ? [`locations ${list(locations)}`] : []),
    ...(groups ? [`groups ${list(groups)}`] : []),
    ...(materials ? [`materials ${list(materials)}`] : []),
    ...(policies ? [`policies ${list(policies)}`] : []),
    ...(days ? [`days ${days.map(({ from, to }) => `${from ?? '…'} to ${to ?? '…'}`).join(', ')}`] : []),
  ];
  return `no row answers for ${parts.join('; ')}: no loan (NOT_LOANABLE)`;
}

export const network: NetworkWords = {
  problem: {
    'file-too-large': ({ found, allowed }) => `${found} bytes: ${allowed} at the most`,
    'not-yaml': ({ found, detail }) => `is not YAML (${found}): ${detail}`,
    'duplicate-key': ({ found }) => `the key "${found}" is given twice`,
    'too-deep': ({ allowed }) => `too many levels: ${allowed} at the most`,
    'too-many-values': ({ allowed }) => `too many values: ${allowed} at the most`,
    'bad-alias': ({ found }) => `impossible YAML reference: ${found}`,
    'missing-key': ({ allowed }) => `is missing; expected: ${allowed.map((kind) => VALUES[kind]).join(' or ')}`,
    'unknown-key': ({ found, allowed }) => `there is no key "${found}"${allowedList(allowed)}`,
    'wrong-type': ({ found, allowed }) =>
      `${VALUES[found]}; expected: ${allowed.map((kind) => VALUES[kind]).join(' or ')}`,
    'needs-quotes': ({ found }) => `${found} must be a text: write it in quotes`,
    'not-one-of': ({ found, allowed }) => `"${found}"${allowedList(allowed)}`,
    'bad-format': ({ found, allowed }) => `"${found}"; expected: ${FORMATS[allowed]}`,
    'out-of-range': ({ found, least, most }) =>
      `${found}${least === null ? '' : `; at least ${least}`}${most === null ? '' : `; at most ${most}`}`,
    empty: () => 'cannot be empty',
    'too-long': ({ found, allowed }) => `${found}: ${allowed} at the most`,
    'unknown-code': ({ kind, found, allowed }) => `no ${KINDS[kind]} "${found}"${allowedList(allowed)}`,
    'duplicate-code': ({ kind, found, first }) => `${KINDS[kind]} "${found}" is there already (${first})`,
    'reserved-code': ({ found }) => `"${found}" means something else in this file: choose another code`,
    'weekday-twice': ({ found, other }) => `${found} is in "${other}" too`,
    'hours-overlap': ({ found, other }) => `${found} overlaps ${other}`,
    'range-backwards': ({ found }) => `${found} ends before it begins`,
    'to-before-from': ({ found, from }) => `${found} is before ${from}`,
    'no-open-day': ({ library, from }) =>
      from === null
        ? `${library} opens on no day of the week`
        : `${library} has no open day within two years of ${from}`,
    'row-says-nothing': ({ allowed }) => `the row says nothing; expected one of: ${list(allowed)}`,
    'beside-may-borrow': ({ found }) => `"${found}" would never be read beside mayBorrow: make it another row`,
    'period-and-due-date': () => 'period and dueOn together: choose',
    'max-without-period': () => 'max without period',
    'max-shorter': ({ found, period }) => `${found} is shorter than period (${period})`,
    'max-other-unit': ({ found, period }) => `${found} is not in the unit of period (${period})`,
    'to-not-before-due': ({ found, dueOn }) => `${found} must be before dueOn (${dueOn})`,
    'never-overridden': ({ found, allowed }) => `nobody can override ${found}${allowedList(allowed)}`,
    'not-ascending': ({ found }) => `${found.join(', ')}: expected in ascending order`,
    'in-clear': ({ found }) => `passwords would travel in clear to ${found}: write ldaps://, or startTls: true`,
    'one-of': ({ allowed }) => `expected exactly one of: ${list(allowed)}`,
    'goes-in-circles': ({ found }) => `goes in circles: ${found.join(' → ')}; a procedure never comes back to a step`,
  },
  warning: {
    'unreachable-row': ({ hiddenBy }) =>
      `never read: ${list(hiddenBy)} ${hiddenBy.length === 1 ? 'answers' : 'answer'} before it`,
    'matches-nothing': () => 'concerns nothing: what the row asks for contradicts itself',
    'no-answer': gap,
    'no-pickup': ({ materials, policies, locations }) => {
      const parts = [
        ...(materials ? [`materials ${list(materials)}`] : []),
        ...(policies ? [`policies ${list(policies)}`] : []),
        ...(locations ? [`locations ${list(locations)}`] : []),
      ];
      const what = parts.length === 0 ? '' : ` for ${parts.join('; ')}`;
      return `no row answers${what}: no pickup library (NO_PICKUP_LIBRARY)`;
    },
    'seasons-overlap': ({ other }) => `shares days with ${other}, which wins`,
    'not-checked': () => 'too many combinations to look for rows that are never read',
  },
  line: (line) => `line ${line}`,
  wholeFile: 'the file',
  added: 'new',
  removed: 'gone',
  codeInUse: {
    library: (code) => `library ${code}`,
    location: (code) => `location ${code}`,
    group: (code) => `group ${code}`,
    policy: (code) => `item policy ${code}`,
    material: (code) => `material type ${code}`,
    category: (code) => `job category ${code}`,
    statistic: (code) => `statistical category ${code}`,
  },
};
