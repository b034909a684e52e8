import type { Network } from '../../source/circulation/network.ts';
import { keyOf, plain, wordsOf } from '../../source/records/text.ts';
import { randomFor } from '../support/random.ts';
import { nameFrom } from './names.ts';
import { BUSY_PATRON, IDLE_PATRON, NOW } from './scale.ts';
import type { Size } from './scale.ts';
import type { TableRows } from './tables.ts';

/** A patron's card, which is their primary identifier. */
export const cardOf = (patron: number): string => `99${String(patron).padStart(11, '0')}`;

/** Groups that may borrow, as often as a university has them. */
const GROUPS = [
  'L',
  'L',
  'L',
  'L',
  'L',
  'L',
  'L',
  'L',
  'M',
  'M',
  'M',
  'M',
  'M',
  'D',
  'PROF',
  'PERS',
  'VAC',
  'AUT',
  'FC',
  'CAPES',
];
const DAY = 86_400_000;

const isSpecial = (patron: number): boolean => patron === BUSY_PATRON || patron === IDLE_PATRON;

/** The group of a patron: the same wherever it is asked. */
export const groupOf = (patron: number): string =>
  isSpecial(patron) ? 'L' : (GROUPS[(patron * 7919) % GROUPS.length] ?? 'L');

function* everyone(size: Size): Generator<{ id: number; last: string; first: string }> {
  const random = randomFor('names');
  for (let id = 1; id <= size.patrons; id += 1) yield { id, ...nameFrom(random) };
}

const people = (size: Size, network: Network): TableRows => ({
  table: 'patrons',
  columns: [
    'id',
    'last_name',
    'first_name',
    'sort_name',
    'group_code',
    'campus',
    'birth_day',
    'status',
    'kind',
    'language',
    'expiry_day',
    'purge_day',
    'created_at',
  ],
  *rows() {
    const random = randomFor('patrons');
    for (const { id, last, first } of everyone(size)) {
      const campus = random.oneOf(network.campuses).code;
      const birth = `${1955 + random.below(52)}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`;
      const status = !isSpecial(id) && random.chance(0.01) ? 'inactive' : 'active';
      const expiry = !isSpecial(id) && random.chance(0.03) ? '2026-05-15' : '2027-10-30';
      const language = random.chance(0.05) ? 'en' : 'fr';
      const since = NOW - random.below(1000) * DAY;
      yield [
        id,
        last,
        first,
        plain(`${last} ${first}`),
        groupOf(id),
        campus,
        birth,
        status,
        'internal',
        language,
        expiry,
        '2028-10-30',
        since,
      ];
    }
  },
});

const identifiers = (size: Size): TableRows => ({
  table: 'patron_identifiers',
  columns: ['patron_id', 'type', 'value', 'value_key', 'external'],
  *rows() {
    for (let id = 1; id <= size.patrons; id += 1) {
      const unr = `u${String(id).padStart(7, '0')}`;
      yield [id, 'primary', cardOf(id), cardOf(id), false];
      yield [id, 'UNR', unr, keyOf(unr), true];
    }
  },
});

const words = (size: Size): TableRows => ({
  table: 'patron_words',
  columns: ['word', 'patron_id', 'name'],
  *rows() {
    for (const { id, last, first } of everyone(size)) {
      for (const word of wordsOf(last)) yield [word, id, 'last'];
      for (const word of wordsOf(first)) yield [word, id, 'first'];
    }
  },
});

const contacts = (size: Size): TableRows => ({
  table: 'patron_contacts',
  columns: ['patron_id', 'kind', 'type', 'value', 'preferred', 'external'],
  *rows() {
    for (let id = 1; id <= size.patrons; id += 1) yield [id, 'email', null, `patron${id}@example.org`, true, true];
  },
});

const notes = (size: Size): TableRows => ({
  table: 'patron_notes',
  columns: ['patron_id', 'text', 'type', 'popup', 'visible', 'external', 'created_at', 'created_by', 'deleted_at'],
  *rows() {
    const random = randomFor('notes');
    for (let id = 1; id <= size.patrons; id += 1) {
      if (isSpecial(id) || !random.chance(0.04)) continue;
      yield [
        id,
        'A changé d’adresse : demander un justificatif.',
        'general',
        random.chance(0.3),
        false,
        false,
        NOW - random.below(300) * DAY,
        1,
        null,
      ];
    }
  },
});

const blocks = (size: Size): TableRows => ({
  table: 'patron_blocks',
  columns: ['patron_id', 'type', 'until_day', 'note', 'library', 'loan_id', 'created_at', 'created_by', 'lifted_at'],
  *rows() {
    const random = randomFor('blocks');
    for (let id = 1; id <= size.patrons; id += 1) {
      if (isSpecial(id) || !random.chance(0.03)) continue;
      const late = random.chance(0.8);
      const until = `2026-${random.chance(0.5) ? '06' : '05'}-${String(1 + random.below(28)).padStart(2, '0')}`;
      yield [
        id,
        late ? 'LATE_RETURN' : 'MANUAL',
        late ? until : null,
        late ? null : 'Carte à échanger',
        'sci',
        null,
        NOW - 20 * DAY,
        1,
        null,
      ];
    }
  },
});

/** Patrons and what hangs on them. */
export function patronTables(size: Size, network: Network): TableRows[] {
  return [people(size, network), identifiers(size), words(size), contacts(size), notes(size), blocks(size)];
}
