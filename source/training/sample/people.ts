import { addDays } from '../../circulation/time.ts';
import type { Day } from '../../circulation/time.ts';
import type { addPatron } from '../../desk/patrons.ts';
import { yearAfter } from '../scenario/defaults.ts';

/** The states of a patron's record that the manual describes; each sample patron shows one of them. */
export const SAMPLE_STATES = [
  'ordinary',
  'late-here',
  'late-elsewhere',
  'late-here-and-elsewhere',
  'blocked-once',
  'blocked-twice',
  'late-and-blocked',
  'block-ended',
  'blocked-by-hand',
  'quitus',
  'expired',
  'expires-soon',
  'pre-registered',
  'not-yet-imported',
  'import-problem',
  'inactive',
  'no-group',
  'many-loans',
  'limit-reached',
  'dvd-limit-reached',
  'pop-up-note',
  'authorised-reader',
  'request-on-shelf',
  'request-on-its-way',
  'request-waiting',
  'lost-an-item',
  'interlibrary',
  'doctoral-student',
] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];

/** A patron of the training copy, by the state that they show. */
export type SamplePatron = {
  readonly state: SampleState;
  /** What is scanned or typed to open the record. */
  readonly identifier: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly group: string | null;
  readonly campus: string | null;
};

/** The card that every lesson begins with: valid, nothing on loan. */
export const SAMPLE_CARD = '9921000000164';

const person = (
  state: SampleState,
  identifier: string,
  lastName: string,
  firstName: string,
  group: string | null,
  campus: string | null,
): SamplePatron => ({
  state,
  identifier,
  lastName,
  firstName,
  group,
  campus,
});

/** The people of the training copy, all made up. */
export const SAMPLE_PATRONS: readonly SamplePatron[] = [
  person('ordinary', SAMPLE_CARD, 'Martin', 'Ana', 'L', 'UPS'),
  person('late-here', '9921000000201', 'Pujol', 'Bastien', 'L', 'UPS'),
  person('late-elsewhere', '9921000000202', 'Cazals', 'Inès', 'M', 'UT1'),
  person('late-here-and-elsewhere', '9921000000203', 'Bonnet', 'Mathilde', 'L', 'UPS'),
  person('blocked-once', '9921000000204', 'Sabatier', 'Hugo', 'L', 'UPS'),
  person('blocked-twice', '9921000000205', 'Nguyen', 'Linh', 'L', 'INSA'),
  person('late-and-blocked', '9921000000206', 'Fabre', 'Théo', 'L', 'UPS'),
  person('block-ended', '9921000000207', 'Rivière', 'Clémence', 'L', 'UPS'),
  person('blocked-by-hand', '9921000000208', 'Dupont', 'Luc', 'M', 'UPS'),
  person('quitus', '9921000000209', 'Lagarde', 'Élodie', 'M', 'UT2J'),
  person('expired', '9921000000210', 'Moreau', 'Samir', 'L', 'UPS'),
  person('expires-soon', '9921000000211', 'Garcia', 'Lucía', 'L', 'UPS'),
  person('pre-registered', 'lea.fontan@example.org', 'Fontan', 'Léa', 'PREINS', null),
  person('not-yet-imported', '21900012', 'Traoré', 'Awa', 'AUT', 'UPS'),
  person('import-problem', '9921000000214', 'Œuvrard', 'Jean-Noël', 'PBIMPORT', 'INP'),
  person('inactive', '9921000000215', 'Petit', 'Romane', 'L', 'UT2J'),
  person('no-group', '9921000000216', 'Blanc', 'Yanis', null, 'UPS'),
  person('many-loans', '9921000000217', 'Castelnau', 'Marguerite', 'PROF', 'UPS'),
  person('limit-reached', '9921000000218', 'Roussel', 'Adam', 'L', 'UPS'),
  person('dvd-limit-reached', '9921000000219', 'Leroy', 'Manon', 'L', 'UPS'),
  person('pop-up-note', '9921000000220', 'Durand', 'Gaël', 'L', 'UPS'),
  person('authorised-reader', '2999000000017', 'Vidal', 'Monique', 'AUT', 'UPS'),
  person('request-on-shelf', '9921000000222', 'Marty', 'Solène', 'M', 'UPS'),
  person('request-on-its-way', '9921000000223', 'Baptiste', 'Nolan', 'L', 'UPS'),
  person('request-waiting', '9921000000224', 'Lopez', 'Carmen', 'D', 'UPS'),
  person('lost-an-item', '9921000000225', 'Arnaud', 'Victor', 'L', 'UPS'),
  person('interlibrary', '9921000000226', 'Bibliothèque de Monteils', '', 'PEB', null),
  person('doctoral-student', '9921000000227', 'Kowalska', 'Zofia', 'D', 'INP'),
];

/** The identifier of the patron who shows a state. */
export function patronIn(state: SampleState): string {
  const found = SAMPLE_PATRONS.find((one) => one.state === state);
  if (!found) throw new Error(`no sample patron is ${state}`);
  return found.identifier;
}

type Record = Parameters<typeof addPatron.run>[1];

const dayAndMonth = (day: Day): string => `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

/** What each state adds to an ordinary record; what history adds to it (loans, late returns, requests) is played. */
function special(state: SampleState, today: Day): Partial<Record> {
  switch (state) {
    case 'blocked-by-hand':
      return {
        blocks: [
          { type: 'MANUAL', until: addDays(today, 60), note: 'Document rendu abîmé, à remplacer', library: 'sci' },
        ],
      };
    case 'quitus': {
      const given = addDays(today, -12);
      return {
        expiry: addDays(today, 40),
        blocks: [{ type: 'QUITUS', until: null, note: `BUC ${dayAndMonth(given)}`, library: 'BUC' }],
      };
    }
    case 'expired':
      return { expiry: addDays(today, -20) };
    case 'expires-soon':
      return { expiry: addDays(today, 10) };
    case 'pre-registered':
      return {
        expiry: addDays(today, 80),
        notes: [
          {
            text: "Pré-inscription en ligne : inscription à finaliser sur présentation d'un justificatif",
            popup: true,
          },
        ],
      };
    case 'not-yet-imported':
      return { kind: 'external', expiry: addDays(today, 30), notes: [{ text: "Carte MUT en attente d'import" }] };
    case 'import-problem':
      return { kind: 'external' };
    case 'inactive':
      return { status: 'inactive' };
    case 'pop-up-note':
      return {
        notes: [{ text: "Carte retrouvée à l'accueil : à lui rendre", popup: true }, { text: 'Dossier vérifié' }],
      };
    default:
      return {};
  }
}

const plainLetters = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll(/[^a-z]+/g, '-');

/** The record of a sample patron as it stands on a day. */
export function recordOf({ state, identifier, lastName, firstName, group, campus }: SamplePatron, today: Day): Record {
  const isMail = identifier.includes('@');
  const email = isMail ? identifier : `${plainLetters(firstName || 'peb')}.${plainLetters(lastName)}@example.org`;
  const more = { expiry: yearAfter(today), ...special(state, today) };
  return {
    lastName,
    firstName,
    group,
    campus,
    email,
    purge: addDays(more.expiry ?? today, 91),
    birthDay:
      group === 'PEB'
        ? null
        : `${group === 'PROF' ? 1968 : 2004}-0${1 + (lastName.length % 9)}-1${firstName.length % 10}`,
    identifiers: [{ type: identifier.startsWith('219') ? 'UNR' : 'PRIMARY', value: identifier }],
    ...more,
  };
}
