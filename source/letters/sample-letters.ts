import type {
  ClearanceFacts,
  Letter,
  LetterFacts,
  LetterKind,
  LetterLoan,
  LetterPatron,
  NoticeLetter,
  RequestLetter,
} from '../circulation/letters.ts';
import type { Language } from '../language/index.ts';
import { viewOf } from './letter-view.ts';
import type { View } from './letter-view.ts';

/** Letters that no one gets: every template is tried with them when it is loaded (LET-02). */
type Samples = { readonly [Kind in LetterKind]: readonly [LetterFacts[Kind], ...LetterFacts[Kind][]] };

const NOON = Date.UTC(2026, 5, 15, 10);
const DAY = '2026-06-15';
const DAY_LONG = 86_400_000;

const patron: LetterPatron = { lastName: 'Martin', firstName: 'Ana', identifier: '2999000000017' };
const full: LetterLoan = {
  barcode: 'B1',
  title: 'Optique',
  author: 'Durand',
  description: 'T. 2',
  callNumber: '535 DUR',
  library: 'SAMPLE',
  loanedAt: NOON - 30 * DAY_LONG,
  due: NOON - 9 * DAY_LONG,
  daysLate: 9,
};
const bare: LetterLoan = {
  ...full,
  barcode: 'B2',
  author: null,
  description: null,
  callNumber: null,
  due: NOON + DAY_LONG,
  daysLate: 0,
};
const loans = [full, bare];

const notice = (more: Partial<NoticeLetter> = {}): NoticeLetter => ({
  patron,
  library: 'SAMPLE',
  dueDay: DAY,
  loans,
  postal: { lines: ['1 rue des Lois'], postalCode: '31000', city: 'Toulouse', country: 'France' },
  notRenewed: [{ barcode: 'B1', reason: 'RECALLED' }],
  ...more,
});
const notices: [NoticeLetter, NoticeLetter] = [notice(), notice({ loans: [bare], postal: null, notRenewed: [] })];

const request = (more: Partial<RequestLetter> = {}): RequestLetter => ({
  patron,
  title: 'Optique',
  author: 'Durand',
  description: 'T. 2',
  pickup: 'SAMPLE',
  placedAt: NOON - DAY_LONG,
  heldUntil: DAY,
  closing: 'cancelled',
  reason: 'Une raison',
  ...more,
});
const requests: [RequestLetter, ...RequestLetter[]] = [
  request(),
  request({ author: null, description: null, heldUntil: null, closing: null, reason: null }),
  ...['not-needed', 'not-allowed', 'missing', 'expired'].map((closing) => request({ closing, reason: null })),
];

const clearance: ClearanceFacts = {
  number: 12,
  patron: { ...patron, birthDay: '1999-02-09' },
  issuedAt: NOON,
  day: DAY,
  authority: 'La directrice',
  place: 'Toulouse',
  network: 'Network',
};

const receipt = { patron, at: NOON, desk: 'SAMPLE/PRET' };
const returns = loans.map((one) => ({ ...one, returnedAt: NOON }));
const moved = loans.map((one) => ({ ...one, before: one.due - DAY_LONG }));
const asked = { title: 'Optique', author: null, description: null, pickup: 'SAMPLE', placedAt: NOON };
const report = { job: 'nightly', day: DAY, startedAt: NOON, endedAt: NOON, counters: { sent: 3 } };

const registered = { patron, library: 'SAMPLE' };

const upload: LetterFacts['upload-report'] = {
  upload: 3,
  file: 'sci-PRET.dat',
  desk: 'SAMPLE/PRET',
  startedAt: NOON,
  endedAt: NOON,
  lines: 12,
  completed: 12,
  failed: 0,
  duplicates: 0,
  toSee: 0,
  errors: [],
  attention: [],
};
const badLine = { number: 3, raw: '202606150930L31000001 2999000000017' };
const lateLine = { ...badLine, attention: ['due-passed', 'not-loanable'] as const, title: 'Optique', due: NOON };

const SAMPLES: Samples = {
  'loan-receipt': [
    { ...receipt, loans },
    { ...receipt, desk: '-', loans: [] },
  ],
  'return-receipt': [
    { ...receipt, returns, blockedUntil: DAY },
    { ...receipt, desk: '-', returns: [], blockedUntil: null },
  ],
  'activity-report': [
    { patron, at: NOON, libraries: [{ library: 'SAMPLE', loans }] },
    { patron, at: NOON, libraries: [] },
  ],
  'requests-report': [
    {
      patron,
      at: NOON,
      requests: [
        { ...asked, state: 'on-shelf', heldUntil: DAY },
        ...['waiting', 'transit', 'on-shelf'].map((state) => ({ ...asked, state, heldUntil: null })),
      ],
    },
    { patron, at: NOON, requests: [] },
  ],
  'hold-available': requests,
  'hold-reminder': requests,
  'request-cancelled': requests,
  recalled: [
    { patron, loan: full },
    { patron, loan: bare },
  ],
  'recall-cancelled': [
    { patron, loan: full },
    { patron, loan: bare },
  ],
  'due-date-changed': [
    { patron, because: 'calendar', loans: moved },
    ...['by-hand', 'recall', 'expiry'].map((because) => ({ patron, because, loans: moved.slice(1) })),
  ],
  courtesy: notices,
  'due-today': notices,
  'overdue-1': notices,
  'overdue-2': notices,
  'overdue-3': notices,
  'lost-item-bill': notices,
  quitus: [clearance, { ...clearance, patron: { ...clearance.patron, birthDay: null }, authority: null, place: null }],
  identity: [{ patron, network: 'Network' }],
  'pre-registered': [{ ...registered, until: DAY }],
  'registered-already': [
    { ...registered, standing: 'own' },
    { ...registered, standing: 'member' },
    { ...registered, standing: 'pre-registered' },
    { ...registered, standing: 'ended' },
  ],
  'job-report': [
    { ...report, problems: [{ problem: 'no-address', count: 2 }], error: 'Error' },
    { ...report, day: null, counters: {}, problems: [], error: null },
  ],
  'upload-report': [
    { ...upload, failed: 9, toSee: 9, errors: [{ ...badLine, reason: 'ITEM_NOT_FOUND' }], attention: [lateLine] },
    { ...upload, desk: '-', attention: [{ ...lateLine, attention: ['future'], title: null, due: null }], toSee: 1 },
    upload,
  ],
};

/** A library that has everything that a letter may end with. */
const CONTACT: View = {
  name: 'Library',
  address: ['1 rue des Lois', '31000 Toulouse'],
  phone: '05 36 49 00 00',
  web: 'https://example.org',
  email: 'library@example.org',
};

/**
 * What templates of a kind are tried with: first a letter that has everything, then others that lack what may be missing,
 * so that the branches of a template are gone through.
 */
export function sampleViews(kind: LetterKind, language: Language): View[] {
  return SAMPLES[kind].map((facts, at) => {
    const line = { id: 1, createdAt: NOON, sentAt: null, address: 'ana@example.org', state: 'queued', error: null };
    const letter = {
      ...line,
      kind,
      facts,
      again: false,
      library: null,
      language,
      patronId: 1,
      channel: 'mail',
      said: null,
    } as Letter;
    const code = { code: 'ACEFG-HJKMN', expires: NOON };
    const view = viewOf(letter, { language, network: null, timeZone: 'UTC', ...(at === 0 ? { code } : {}) });
    const named = Object.fromEntries(['pickup', 'place'].filter((one) => one in view).map((one) => [one, CONTACT]));
    return at === 0 ? { ...view, library: CONTACT, canAnswer: true, ...named } : view;
  });
}
