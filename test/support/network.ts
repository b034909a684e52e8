import type {
  Library,
  LoanRule,
  Network,
  OpenRange,
  Period,
  RegistrationProfile,
  Week,
} from '../../source/circulation/network.ts';

/** `08:00-12:00, 14:00-18:00` as ranges of minutes; an empty text is closed. */
export function ranges(text: string): OpenRange[] {
  return [...text.matchAll(/(\d\d):(\d\d)-(\d\d):(\d\d)/g)].map(([, h1, m1, h2, m2]) => ({
    opens: Number(h1) * 60 + Number(m1),
    closes: Number(h2) * 60 + Number(m2),
  }));
}

/** A week of opening hours: Monday to Friday, Saturday, Sunday. */
export function week(monToFri: string, sat = '', sun = ''): Week {
  return [...Array.from({ length: 5 }, () => ranges(monToFri)), ranges(sat), ranges(sun)];
}

export const days = (count: number): Period => ({ unit: 'days', count });
export const hours = (count: number): Period => ({ unit: 'hours', count });

/** A library: open Monday to Friday 08:00-19:00 and Saturday 09:00-12:30, unless it says otherwise. */
export function library(more: Partial<Library> & { readonly code: string }): Library {
  return {
    name: `Library ${more.code}`,
    campus: 'UPS',
    site: 'rangueil',
    hours: week('08:00-19:00', '09:00-12:30'),
    seasons: [],
    closures: [],
    desks: [{ code: 'PRET', name: 'Banque de prêt' }],
    departments: [{ code: 'ACQ', name: 'Acquisitions' }],
    locations: [],
    notices: { cycle: 1 },
    autoRenew: false,
    receipts: { loan: 'on-demand', return: 'on-demand' },
    parallelLoans: 'allowed',
    limitedOperatorsOverride: true,
    holdShelf: { openDays: 8, reminderAfterDays: 4 },
    pickup: [{ at: 'any' }],
    deliveryDays: { default: 3 },
    scansAtPrompt: 'wait',
    ...more,
  };
}

const location = (code: string) => ({ code, name: code, onShelfRequests: true, quickAdd: false });
const named = (code: string) => ({ code, name: { fr: code, en: code } });

/** Manual I.1.1 (63S), spec 10, REN-01 (buc), REN-02 (med). The number of a row is its place in this list. */
export const loanRules: readonly LoanRule[] = [
  { group: ['PEB'], mayBorrow: false },
  { policy: ['EXC'], loanable: false },
  { policy: ['P48NN'], period: days(2), renewable: false, requestable: false },
  { policy: ['H2'], period: hours(2) },
  { location: ['sci/63S'], material: ['DVD'], period: days(7) },
  { location: ['sci/63S'], group: ['L'], period: days(21), max: days(28) },
  { location: ['sci/63S'], group: ['M'], period: days(28), max: days(42) },
  { location: ['sci/63S'], group: ['D', 'PROF'], period: days(35), max: days(49) },
  { location: ['sci/63S'], group: ['LA'], period: days(14), max: days(14) },
  { location: ['buc/ETE'], dueOn: '2026-09-15', from: '2026-06-15', to: '2026-08-31' },
  { library: ['buc'], period: days(14), max: days(21) },
  { library: ['med'], period: days(20), max: days(40) },
];

/**
 * Three libraries of one network. `sci`: parallel loans are forbidden, limits as in LOAN-05. `buc`: limited operators may
 * not override what stands against a patron. `med`: open on Sundays too. `sci/CLOSED`: no row speaks for it.
 */
export const smallNetwork: Network = {
  code: 'small',
  name: 'Small network',
  timeZone: 'Europe/Paris',
  requestLimit: 10,
  anonymiseAfterMonths: 3,
  keepLettersDays: 365,
  routing: 'campus',
  campuses: [{ code: 'UPS', name: 'UPS' }],
  sites: [{ code: 'rangueil', name: 'Rangueil' }],
  groups: ['L', 'M', 'D', 'PROF', 'LA', 'PEB'].map(named),
  materials: ['BOOK', 'ISSUE', 'DVD'].map(named),
  itemPolicies: ['EXC', 'P48NN', 'H2'].map(named),
  libraries: [
    library({
      code: 'sci',
      parallelLoans: 'forbidden',
      locations: ['63S', 'CLOSED'].map(location),
      closures: [{ from: '2026-12-24', to: '2027-01-03', name: 'Noël' }],
    }),
    library({
      code: 'buc',
      hours: week('09:00-20:00'),
      limitedOperatorsOverride: false,
      locations: ['SALLE', 'ETE'].map(location),
    }),
    library({ code: 'med', hours: week('08:30-18:00', '10:00-17:00', '14:00-18:00'), locations: [location('SALLE')] }),
  ],
  loanRules,
  limits: [
    { library: ['sci'], max: 15 },
    { library: ['sci'], group: ['PROF'], max: 20 },
    { library: ['sci'], material: ['BOOK'], max: 8 },
    { library: ['sci'], material: ['DVD'], max: 2 },
    { library: ['sci'], material: ['ISSUE'], max: 5 },
  ],
  penalties: { graceDays: 3, shortLoan: { upToDays: 7, graceDays: 1 }, daysPerDayLate: 1 },
  blockTypes: [
    { code: 'LATE_RETURN', stops: ['loan', 'request'] },
    { code: 'QUITUS', stops: ['loan', 'request'] },
    { code: 'MANUAL', stops: ['loan'] },
  ],
  overrides: [],
  cycles: [{ code: 1, courtesy: 3, overdue: [7, 14, 21], bill: 28 }],
  registrationProfiles: [],
  preRegistration: { group: 'PEB', keepMonths: 3 },
};

/** The small network with other values. */
export const network = (more: Partial<Network>): Network => ({ ...smallNetwork, ...more });

/** The network with one library changed. */
export const withLibrary = (code: string, more: Partial<Library>, base: Network = smallNetwork): Network => ({
  ...base,
  libraries: base.libraries.map((one) => (one.code === code ? { ...one, ...more } : one)),
});

const endOfYear: Pick<RegistrationProfile, 'expiry' | 'purge'> = {
  expiry: { on: '10-30', of: 'next-academic-year' },
  purge: { on: '01-29', of: 'year-after-expiry' },
};
const card: RegistrationProfile['identifier'] = { type: 'CARD', prefixes: ['2999'], primary: true };
const profile = (code: string, more: Partial<RegistrationProfile>): RegistrationProfile => ({
  ...named(code),
  kind: 'internal',
  groups: ['LA'],
  identifier: card,
  statistics: [],
  ...more,
});

/** The small network with profiles of every kind, categories, statistics and two campuses (USR-01, USR-06). */
export const registrationNetwork: Network = {
  ...withLibrary('buc', { campus: 'UT2J' }),
  placeholderEmail: 'none@example.org',
  campuses: [
    { code: 'UPS', name: 'UPS' },
    { code: 'UT2J', name: 'UT2J' },
  ],
  categories: ['OVERWRITE', 'SCHOOL', 'COLL'].map(named),
  statisticTypes: ['INSTITUTION', 'OCCUPATION'].map(named),
  statistics: [
    { ...named('0ups'), type: 'INSTITUTION', campus: 'UPS' },
    { ...named('0ut2j'), type: 'INSTITUTION', campus: 'UT2J' },
    { ...named('0school'), type: 'INSTITUTION' },
    { ...named('SAL'), type: 'OCCUPATION' },
  ],
  registrationProfiles: [
    profile('AUTHORISED', { groups: ['LA', 'D'] }),
    profile('CARD_PENDING', {
      kind: 'external',
      category: 'OVERWRITE',
      identifier: { type: 'UNR', prefixes: [], primary: false },
    }),
    profile('ENSA', { identifier: { type: 'UNR', prefixes: ['141', '142'], primary: true }, ...endOfYear }),
    profile('TBS', {
      identifier: { type: 'UNR', prefixes: ['131'], primary: true },
      expiry: 'by-hand',
      purge: 'by-hand',
    }),
    profile('SCHOOL', { groups: ['L', 'M'], campus: 'UPS', category: 'SCHOOL', statistics: ['0school'], ...endOfYear }),
  ],
};
