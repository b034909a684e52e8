import type { Letter, LetterFacts, LetterKind, LetterLoan } from '../../source/circulation/letters.ts';
import { withLibrary } from './network.ts';
import { local } from './house.ts';

/** A network whose libraries say where they are, and who writes. */
export const lettersNetwork = {
  ...withLibrary(
    'sci',
    {
      name: 'BU Sciences',
      notices: { cycle: 1, sender: 'sci@example.org', replyTo: 'pret-sci@example.org' },
      contact: {
        address: ['118 route de Narbonne', '31062 Toulouse'],
        phone: '05 36 49 00 01',
        web: 'https://sci.example.org',
      },
    },
    withLibrary('buc', { name: 'BU Centrale du Mirail', notices: { cycle: 1, sender: 'buc@example.org' } }),
  ),
  name: 'Réseau de Toulouse',
  noReply: 'no-reply@example.org',
};

const patron = { lastName: 'Martin', firstName: 'Ana', identifier: '2999000000017' };
const loan = (more: Partial<LetterLoan> = {}): LetterLoan => ({
  barcode: '31000001',
  title: 'Optique & vision',
  author: 'Durand, Paul',
  description: null,
  callNumber: '535 DUR',
  library: 'sci',
  loanedAt: local('2026-06-01T10:00'),
  due: local('2026-06-22T19:00'),
  daysLate: 0,
  ...more,
});
const two = [loan(), loan({ barcode: '31000002', title: 'Mécanique des fluides', author: null, callNumber: null })];
const late = two.map((one) => ({ ...one, daysLate: 7 }));
const notice = (loans: readonly LetterLoan[]): LetterFacts['courtesy'] => ({
  patron,
  library: 'sci',
  dueDay: '2026-06-22',
  loans,
  postal: { lines: ['Bât. B', '1 rue des Lois'], postalCode: '31000', city: 'Toulouse', country: null },
  notRenewed: [],
});
const request: LetterFacts['hold-available'] = {
  patron,
  title: 'Optique & vision',
  author: 'Durand, Paul',
  description: null,
  pickup: 'sci',
  placedAt: local('2026-06-01T10:00'),
  heldUntil: '2026-06-10',
  closing: null,
  reason: null,
};
const at = local('2026-06-01T10:00');

/** One letter of each kind, as events and nights make them. */
export const FACTS: { readonly [Kind in LetterKind]: LetterFacts[Kind] } = {
  'loan-receipt': { patron, at, desk: 'sci/PRET', loans: two },
  'return-receipt': {
    patron,
    at,
    desk: 'sci/PRET',
    returns: two.map((one) => ({ ...one, returnedAt: at })),
    blockedUntil: '2026-06-05',
  },
  'activity-report': {
    patron,
    at: local('2026-06-29T10:00'),
    libraries: [
      { library: 'sci', loans: [loan({ daysLate: 7 }), loan({ barcode: '31000003', due: local('2026-07-10T19:00') })] },
      { library: 'buc', loans: [loan({ barcode: '31000004', library: 'buc', due: local('2026-07-03T19:00') })] },
    ],
  },
  'requests-report': {
    patron,
    at,
    requests: [
      {
        title: 'Optique',
        author: null,
        description: null,
        pickup: 'sci',
        placedAt: at,
        state: 'on-shelf',
        heldUntil: '2026-06-10',
      },
      {
        title: 'Acoustique',
        author: null,
        description: null,
        pickup: 'buc',
        placedAt: at,
        state: 'waiting',
        heldUntil: null,
      },
    ],
  },
  'hold-available': request,
  'hold-reminder': request,
  'request-cancelled': { ...request, closing: 'cancelled', reason: 'Exemplaire abîmé' },
  recalled: { patron, loan: loan() },
  'recall-cancelled': { patron, loan: loan() },
  'due-date-changed': {
    patron,
    because: 'calendar',
    loans: two.map((one) => ({ ...one, before: local('2026-06-20T12:30') })),
  },
  courtesy: { ...notice(two), notRenewed: [{ barcode: '31000001', reason: 'REQUEST_CONFLICT' }] },
  'due-today': notice(two),
  'overdue-1': notice(late),
  'overdue-2': notice(late),
  'overdue-3': notice(late),
  'lost-item-bill': notice(late),
  quitus: {
    number: 12,
    patron: { ...patron, birthDay: '1999-02-09' },
    issuedAt: at,
    day: '2026-06-01',
    authority: 'La directrice du SICD',
    place: 'Toulouse',
    network: 'Réseau de Toulouse',
  },
  identity: { patron, network: 'Réseau de Toulouse' },
  'pre-registered': {
    patron: { ...patron, identifier: 'ana@example.org' },
    library: 'sci',
    until: '2026-08-31',
  },
  'registered-already': { patron, library: 'sci', standing: 'own' },
  'job-report': {
    job: 'nightly',
    day: '2026-06-01',
    startedAt: at,
    endedAt: at,
    counters: { courtesy: 12, 'overdue-1': 3 },
    problems: [{ problem: 'no-address', count: 2 }],
    error: null,
  },
  'upload-report': {
    upload: 3,
    file: 'sci-PRET.dat',
    desk: 'sci/PRET',
    startedAt: at,
    endedAt: at,
    lines: 250,
    completed: 40,
    failed: 202,
    duplicates: 8,
    toSee: 1,
    errors: [
      { number: 2, reason: 'ITEM_NOT_FOUND', raw: `202606010930L31000001${' '.repeat(72)}2999000000017` },
      { number: 3, reason: 'BAD_LINE', raw: '=cmd & <b>' },
    ],
    attention: [
      {
        number: 5,
        attention: ['due-passed'],
        raw: '202605010930L31000002 2999000000017',
        title: 'Optique & vision',
        due: local('2026-06-01T19:00'),
      },
    ],
  },
};

/** A letter of a kind, of `sci` and in French unless it says otherwise. */
export function letterOf(kind: LetterKind, more: Partial<Omit<Letter, 'kind'>> = {}): Letter {
  return {
    id: 7,
    createdAt: at,
    sentAt: null,
    address: 'ana@example.org',
    state: 'queued',
    error: null,
    again: false,
    library: 'sci',
    language: 'fr',
    patronId: 1,
    channel: kind === 'lost-item-bill' ? 'paper' : 'mail',
    said: null,
    kind,
    facts: FACTS[kind],
    ...more,
  } as Letter;
}
