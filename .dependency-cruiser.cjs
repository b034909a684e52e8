// The doors between the rooms (architecture.md). A new door is a decision, not an accident: it is added here, and the
// README's table is made from this one (`npm run docs`).

/** Which rooms each room may enter; itself is understood. */
const DOORS = {
  circulation: [],
  records: ['circulation', 'migrations'],
  desk: ['circulation', 'records'],
  jobs: ['circulation', 'records', 'desk', 'letters'],
  letters: ['circulation', 'language', 'records'],
  exchange: ['circulation', 'records', 'desk'],
  offline: ['circulation', 'desk'],
  training: ['circulation', 'desk', 'jobs', 'exchange', 'offline'],
  language: ['circulation'],
  console: ['circulation', 'language', 'desk', 'offline', 'letters', 'training'],
  commands: [
    'circulation',
    'records',
    'desk',
    'jobs',
    'letters',
    'exchange',
    'offline',
    'training',
    'language',
    'migrations',
  ],
};

/** What of a room others see, where that is not everything. */
const FRONT_DOORS = { console: { for: 'commands', file: 'source/console/open.tsx' } };

/** Libraries that only some rooms know. */
const LIBRARIES = [
  { packages: ['knex', 'sqlite3', 'pg'], rooms: ['records'], types: ['migrations'] },
  { packages: ['ink', 'ink-text-input', 'ink-select-input', 'react'], rooms: ['console'] },
  { packages: ['nodemailer'], rooms: ['letters'] },
  { packages: ['meow', 'conf', 'pino'], rooms: ['commands'] },
  { packages: ['zod', 'yaml'], rooms: ['exchange', 'training'] },
  { packages: ['ldapts'], rooms: ['exchange'] },
];

const folderOf = (room) => (room === 'migrations' ? '^migrations/' : `^source/${room}/`);
const anyOf = (patterns) => `(${patterns.join('|')})`;
const packagesPath = (packages) => `(^|/)node_modules/(@types/)?${anyOf(packages)}(/|$)`;
const frontDoorsFor = (room) =>
  Object.values(FRONT_DOORS)
    .filter((door) => door.for === room)
    .map((door) => `^${door.file.replaceAll('.', '\\.')}$`);

const doorRules = Object.entries(DOORS).map(([room, others]) => ({
  name: `door-${room}`,
  comment: `${room} -> ${[...others, ...Object.entries(FRONT_DOORS).flatMap(([one, door]) => (door.for === room ? [`${one} (${door.file})`] : []))].join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: folderOf(room) },
  to: {
    path: '^(source|migrations|test|bench|scripts)/',
    pathNot: anyOf([room, ...others].map(folderOf).concat(frontDoorsFor(room))),
  },
}));

const libraryRules = LIBRARIES.flatMap(({ packages, rooms, types = [] }) => [
  {
    name: `only-${rooms.join('-and-')}`,
    comment: `${packages.join(', ')}: ${rooms.join(', ')}${types.length > 0 ? ` (types: ${types.join(', ')})` : ''}`,
    severity: 'error',
    from: { path: '^(source|migrations)/', pathNot: anyOf([...rooms, ...types].map(folderOf)) },
    to: { path: packagesPath(packages) },
  },
  ...types.map((room) => ({
    name: `types-only-${room}`,
    comment: `${room} knows only the types of ${packages.join(', ')}`,
    severity: 'error',
    from: { path: folderOf(room) },
    to: { path: packagesPath(packages), dependencyTypesNot: ['type-only'] },
  })),
]);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...doorRules,
    ...libraryRules,
    {
      name: 'pure-rules',
      comment: 'The rules and the words do no input or output: no clock, no files.',
      severity: 'error',
      from: { path: '^source/(circulation|language)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'kiosk-apart',
      comment:
        "The patrons' terminal shares the keyboard, the forms and what guides through lessons with the desk, and no screen, key or flow (KIO-07).",
      severity: 'error',
      from: { path: '^source/console/kiosk/' },
      to: {
        path: '^source/console/',
        pathNot: [
          '^source/console/kiosk/',
          '^source/console/guide/',
          '^source/console/keyboard/',
          '^source/console/views/(lines|style|table|form-pane)',
          '^source/console/(announcer|day-input|fake-terminal|form|idle-clear|store|worker)\\.',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'A step of the schema that has landed must not change because the program does.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(source|test|bench|scripts)/' },
    },
    {
      name: 'no-circle',
      comment: 'Nothing that is loaded waits for itself; types may name each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphan',
      comment: 'A file that nobody imports is dead.',
      severity: 'error',
      from: { orphan: true, pathNot: '(\\.d\\.ts$|^source/main\\.ts$)' },
      to: {},
    },
    { name: 'no-dangling-import', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-development-package',
      comment: 'What the program needs at run time is a dependency, not a development one.',
      severity: 'error',
      from: { path: '^(source|migrations)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    // TypeScript 7 has no JavaScript API that dependency-cruiser could use.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
