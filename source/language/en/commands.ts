import type { CommandWords } from '../command-words.ts';
import { results } from './results.ts';

const meantOf = (meant: string | null): string => (meant === null ? '' : ` Did you mean "${meant}"?`);

export const commands: CommandWords = {
  ...results,
  about: 'The keyboard-only circulation desk, in the terminal.',
  help: {
    usage: 'Usage',
    commands: 'Commands',
    options: 'Options',
    common: 'Options of all commands',
    permissions: 'What each role may do',
    more: '"guichet COMMAND --help" says everything about a command.',
    exit: 'Exit status: 0 done, 1 refused or failed (message on standard error), 2 wrong usage.',
  },
  command: {
    console: { arguments: '', summary: 'opens the desk; creates the embedded database on first start' },
    demo: { arguments: '', summary: 'opens a training copy: sample network, accounts on screen, simulated clock' },
    lend: { arguments: 'PATRON ITEM…', summary: 'lends items to a patron' },
    return: { arguments: 'ITEM…', summary: 'records returns' },
    renew: { arguments: 'ITEM… | --patron PATRON', summary: "renews loans: some, or all of a patron's" },
    show: {
      arguments: 'patron|item|loan|title|request KEY',
      summary: 'shows the state of a patron, an item, a loan, a title',
    },
    rules: { arguments: '', summary: 'consults the rules for a patron or group and an item or location' },
    'scenario run': { arguments: 'FILE…', summary: 'plays scenarios and compares what is expected' },
    'network load': { arguments: 'FILE', summary: 'loads a network file, all or nothing' },
    'network check': { arguments: 'FILE', summary: 'checks a network file without a database' },
    'network show': { arguments: '', summary: 'shows the network in force and its versions' },
    'network diff': { arguments: 'FILE', summary: 'says what a file would change in the network in force' },
    'network schema': { arguments: '', summary: 'prints the JSON Schema of network files, for editors' },
    'staff add': { arguments: 'NAME', summary: 'makes a staff account' },
    'staff role': { arguments: 'NAME', summary: 'gives an account other roles' },
    'staff password': { arguments: 'NAME', summary: "sets an account's password and unlocks it" },
    'staff email': {
      arguments: 'NAME [ADDRESS]',
      summary: 'says where reports go to an account, of uploads for one; without an address, nowhere',
    },
    'staff list': { arguments: '', summary: 'lists the accounts and their roles' },
    'db migrate': { arguments: '', summary: 'brings the schema of the database up to date, or creates it' },
    'db status': { arguments: '', summary: 'says where the schema of the database stands' },
    'db check': { arguments: '', summary: 'proves the invariants of the data' },
    'import catalogue': {
      arguments: 'FILE --format FORMAT',
      summary: 'imports titles and items: MARC 21, UNIMARC, MARCXML, a delimited file; repeatable',
    },
    offline: { arguments: '', summary: 'works without any database: loans and returns go into a file, uploaded later' },
    'import patrons': {
      arguments: 'FILE --format FORMAT',
      summary: 'imports patrons of the card system: Alma user XML (v2), a delimited file; repeatable',
    },
    'db sample': { arguments: '', summary: 'fills an empty database as a training copy, without a terminal' },
    upload: {
      arguments: 'FILE',
      summary: 'records what a desk has lent and taken back without the database; repeatable',
    },
    export: {
      arguments: 'LIST',
      summary:
        'writes a list to a spreadsheet: late-loans, loans, closed-loans, transits, open-requests, pick-list, hold-shelf, active-shelf, expired-shelf, treatment, missing, transactions, patron-loans, patron-returns, audit',
    },
    'jobs list': { arguments: '', summary: 'lists the jobs that run by themselves: when, the last time, the next' },
    'jobs run': {
      arguments: 'NAME',
      summary:
        'runs a job now, or all of a night ("nightly") or a month ("monthly"), also for a day that has been done',
    },
    'jobs work': {
      arguments: '',
      summary: 'stays and runs every job when it falls due, missed nights first; sends letters every minute',
    },
    'jobs history': { arguments: '', summary: 'what jobs have done, the latest first' },
    doctor: { arguments: '', summary: 'says what works here, what does not, and what to do' },
    bench: { arguments: '', summary: 'says how to measure the figures of the README on this machine' },
  },
  option: {
    db: {
      value: 'URL',
      text: 'database: sqlite:PATH, sqlite::memory: or postgres://… (else GUICHET_DB, the configuration, an SQLite file of yours)',
    },
    lang: { value: 'fr|en', text: 'language' },
    json: { value: null, text: 'prints the result as one JSON document' },
    help: { value: null, text: 'this help' },
    version: { value: null, text: 'the version' },
    at: { value: 'TIME', text: 'stops the clock of the training copy: 2026-06-01T10:00' },
    as: { value: 'STAFF', text: 'staff account; its password comes from GUICHET_PASSWORD or is asked for' },
    desk: { value: 'LIB/DESK', text: "circulation desk (else the account's last one, or its only one)" },
    override: { value: 'CODE', text: 'overrides a block or a refusal; repeatable; "all": every one' },
    reason: { value: 'TEXT', text: 'why it is overridden' },
    expiry: { value: 'keep|shorten', text: 'due after expiry: keep the whole period or shorten it' },
    acknowledge: { value: null, text: 'fulfilment notes have been read' },
    dated: { value: 'TIME', text: 'book drop: the date and time that count, in the past' },
    role: { value: 'ROLE[@LIB]', text: 'role, everywhere or at one library; repeatable' },
    name: { value: 'NAME', text: 'name on screen' },
    dryRun: { value: null, text: 'shows what would change, writes nothing' },
    patron: { value: 'IDENTIFIER', text: 'a patron' },
    group: { value: 'CODE', text: 'a user group' },
    item: { value: 'BARCODE', text: 'an item' },
    location: { value: 'LIB/LOCATION', text: 'a location' },
    material: { value: 'CODE', text: 'a material type' },
    policy: { value: 'CODE', text: 'an item policy' },
    format: { value: 'marc21|unimarc|marcxml|items', text: 'what the file is' },
    mapping: { value: 'FILE', text: "what the file's locations, materials, policies and fields are here (YAML)" },
    flavour: { value: 'marc21|unimarc', text: 'what the MARCXML holds (else as each record looks)' },
    encoding: { value: 'utf-8|marc-8|iso-5426|latin-1', text: 'the encoding, instead of what the records say' },
    errors: { value: 'FILE', text: 'writes errors and warnings to this file' },
    to: { value: 'FILE', text: 'the file: .xlsx or .csv' },
    library: { value: 'LIB', text: 'only of one library' },
    campus: { value: 'CODE', text: 'only of the libraries of one campus' },
    from: { value: 'DAY', text: 'from this day on: 2026-06-01' },
    screenReader: { value: null, text: 'linear text for a screen reader, instead of a screen that is redrawn' },
    toDay: { value: 'DAY', text: 'up to this day, included' },
    tooLong: { value: null, text: 'of transits: only those that take too long, by the network file' },
    days: { value: 'NUMBER', text: 'at least so many days: in transit, on the shelf, in treatment' },
    sort: { value: 'COLUMN', text: 'sorted by this column (title, due, library, patron …); due:desc: downwards' },
    replace: { value: null, text: 'replaces the file if it exists' },
    day: { value: 'DAY', text: 'the business day whose night it is, or the day of a daily job (else the last one)' },
    job: { value: 'NAME', text: 'only of this job' },
    state: { value: 'running|done|failed|interrupted', text: 'only runs in this state' },
    mail: { value: null, text: 'tries the mail server: connection, security, account' },
    email: { value: 'ADDRESS', text: 'where reports go to the account' },
    file: { value: 'FILE', text: 'writes into this file (else one in your data folder)' },
    report: { value: 'FILE', text: 'writes the lines that failed or need a look to this file: .xlsx or .csv' },
    keepFile: { value: null, text: 'leaves the file where it is; else it goes to the folder archive beside it' },
    once: { value: null, text: 'does what has fallen due, then ends (for cron)' },
  },
  usage: {
    unknownCommand: (typed, meant) => `"${typed}" is not a command.${meantOf(meant)}`,
    incompleteCommand: (typed, choices) => `"guichet ${typed}" needs one of: ${choices.join(', ')}.`,
    laterCommand: (typed) => `"guichet ${typed}" is not part of this version yet.`,
    unknownOption: (option, meant) => `there is no option ${option} here.${meantOf(meant)}`,
    noValue: (option) => `option ${option} needs a value.`,
    givenTwice: (option) => `option ${option} is given twice.`,
    notOneOf: (option, found, allowed, meant) =>
      `${option} cannot be "${found}": ${allowed.join(', ')}.${meantOf(meant)}`,
    notATime: (option, found) => `${option} needs a local date and time such as 2026-06-01T10:00, not "${found}".`,
    notANumber: (option, found) => `${option} needs a whole number, not "${found}".`,
    missingArguments: (usage) => `something is missing: ${usage}`,
    tooManyArguments: (found, usage) => `"${found}" is too much: ${usage}`,
    needsStaff: 'say who acts: --as STAFF.',
    needsDesk: (places) => `say at which desk: --desk LIB/DESK${places.length > 0 ? ` (${places.join(', ')})` : ''}.`,
    deskNeedsStaff: '--desk goes with --as STAFF.',
    needsRole: (roles) => `give at least one role: --role ROLE or --role ROLE@LIBRARY (${roles.join(', ')}).`,
    rulesNeeds: 'say for whom (--patron or --group) and for what (--item or --location).',
    renewNeeds: 'say what to renew: the items, or --patron for all loans of a patron.',
    seeHelp: (command) => `See "${command} --help".`,
  },
  refusal: {
    needsDesk: 'this needs a circulation desk: --desk LIB/DESK (a department will not do).',
    needsRole: (permission) =>
      `this account does not have the right for that here${permission === null ? '' : ` (${permission})`}: ask a network administrator for it.`,
    unknown: {
      PATRON: (key) => `no patron has the identifier ${key}: check the card.`,
      ITEM: (key) => `no item has the barcode ${key}: scan it once more.`,
      TITLE: (key) => `no title begins with "${key}".`,
      REQUEST: (key) => `no request ${key}.`,
      LIBRARY: (key) => `no library or desk ${key}: "guichet network show" lists them.`,
      STAFF: (key) => `no account ${key}: "guichet staff list" lists them.`,
    },
    invalid: {
      'in-the-future': (path) => `${path}: this time is in the future.`,
      'in-the-past': (path) => `${path}: this date is in the past.`,
      taken: (path, value) => `${path}: "${value}" is taken.`,
      empty: (path) => `${path}: cannot be empty.`,
      'unknown-code': (path, value) => `${path}: the network has no code "${value}".`,
      'not-a-day': (path, value) => `${path}: "${value}" is not a date such as 2026-06-01.`,
      'weak-password': () =>
        'the password is too weak: at least eight characters, among them a digit, a lower-case letter, an upper-case letter and a special character.',
      'no-network': () => 'no network has been loaded: "guichet network load FILE".',
      'codes-in-use': (path, value) => `${path}: the code "${value}" is still in use.`,
      'no-open-day': (path, value) => `${path}: no open day within two years of ${value}; mend the network file.`,
      backwards: (path, value) => `${path}: ${value} is before the first day, or more than ten years from it.`,
      'not-an-email': (path, value) => `${path}: "${value}" is not an e-mail address such as ana@example.org.`,
      'not-a-phone': (path, value) =>
        `${path}: "${value}" is not a phone number such as 05 61 12 34 56 or +34 911 23 45 67.`,
      'not-a-postal-code': (path, value) =>
        `${path}: "${value}" is not a postal code: five digits, unless the address names another country.`,
      placeholder: (path) =>
        `${path}: "alternative" is for the address that stands for a missing one, and only that one is of this type.`,
      'too-long': (path, value) => `${path}: too long, ${value} characters at the most.`,
    },
    wrongPassword: 'wrong name or password.',
    lockedUntil: (hour) => `too many attempts: this account waits until ${hour}.`,
    noPassword: 'the password is missing: put it into GUICHET_PASSWORD, or run the command in a terminal.',
    passwordsDiffer: 'the two passwords differ: nothing has changed.',
    noTerminal:
      'the desk needs a terminal, and the input or the output is none: start it in a terminal, or use "guichet lend", "return", "show" in a script.',
    noFile: (file) => `the file ${file} does not exist.`,
    notReadable: (file) => `the file ${file} cannot be read: check its permissions.`,
    settingsBroken: (file) => `the configuration ${file} cannot be understood: mend or delete it.`,
    isTrainingCopy: (where) =>
      `${where} is a training copy: open it with "guichet demo --db …", or choose a working database.`,
    isWorkingDatabase: (where) =>
      `${where} is a working database, not a training copy: give --db an empty database or a training copy.`,
    notEmpty: (where) => `${where} is not empty: give an empty database; nothing in it has been touched.`,
    oneScenarioAtATime: 'with --db, one scenario at a time: each wants an empty database.',
    notEnglishOrFrench: '--lang: fr or en.',
    unexpected: (logFile) =>
      logFile === null
        ? 'unexpected error, and the log could not be written: try again, and tell whoever looks after Guichet.'
        : `unexpected error: try again; if it comes back, hand ${logFile} to whoever looks after Guichet.`,
  },
  trouble: {
    unreachable: (where) =>
      `the database ${where} does not answer: check that it is running and that the network works, then try again.`,
    silent: (where) => `the database ${where} takes too long to answer: try again in a moment.`,
    refused: (where) =>
      `the database ${where} refuses this account: check the user and password of the URL (--db or GUICHET_DB).`,
    'missing-database': (where) =>
      `there is no database ${where}: check the URL (--db or GUICHET_DB), or create it (SQLite: "guichet db migrate --db …"; PostgreSQL: "createdb").`,
    'not-a-database': (where) => `${where} is not a database, or is damaged: check the URL, or go back to a backup.`,
    'no-permission': (where) => `${where} cannot be opened: check the permissions of the file and its folder.`,
    'read-only': (where) => `${where} can only be read: check the write permissions of the file and its folder.`,
    full: (where) =>
      `the disk of ${where} is full or failing: make room, then try again; nothing has been half written.`,
    locked: (where) => `${where} is busy with another program: close it or wait, then try again.`,
    'no-folder': (where) => `the folder of ${where} does not exist: create it, or mend the URL (--db or GUICHET_DB).`,
    'newer-schema': (where) =>
      `${where} comes from a newer version of Guichet: update this program; nothing has been touched.`,
    'older-schema': (where) => `${where} is not up to date: run "guichet db migrate" with the same URL.`,
    'bad-url': (where) =>
      `"${where}" is not a database URL: sqlite:PATH, sqlite::memory: or postgres://user@host/database.`,
  },
  prompt: {
    password: (name) => `Password of ${name}: `,
    newPassword: (name) => `New password of ${name}: `,
    again: 'Once more: ',
  },
  bench:
    'The measurements run in a clone of the project: "npm ci && npm run bench"; they write bench/results.json, which the README quotes.',
};
