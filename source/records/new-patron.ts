import type { ContactContent } from '../circulation/contacts.ts';
import type { BlockType } from '../circulation/network.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { blocksOn } from './blocks.ts';
import { patronNotesOn } from './patron-notes.ts';
import { insert, insertMany, row } from './sql.ts';
import type { Connection } from './sql.ts';
import { keyOf, plain, wordsOf } from './text.ts';

/** An identifier of a new record; `external`: the card system's. */
export type NewIdentifier = { readonly type: string; readonly value: string; readonly external?: boolean };

/** A new record. */
export type NewPatron = {
  readonly lastName: string;
  readonly firstName: string;
  readonly group: string | null;
  readonly campus?: string | null;
  readonly birthDay?: Day | null;
  readonly status?: 'active' | 'inactive';
  readonly kind?: 'internal' | 'external';
  readonly language?: string;
  readonly expiry?: Day | null;
  readonly purge?: Day | null;
  readonly category?: string | null;
  /** The first one is the primary one, unless `numbered`. */
  readonly identifiers: readonly NewIdentifier[];
  /** The program makes the primary identifier, a number that nobody has (USR-06). */
  readonly numbered?: true;
  /** One preferred e-mail address, in short. */
  readonly email?: string | null;
  readonly contacts?: readonly (ContactContent & { readonly external?: boolean })[];
  readonly statistics?: readonly { readonly code: string; readonly external?: boolean }[];
  /** Since when it is inactive, and why; goes with `status`. */
  readonly deactivated?: { readonly at: Instant; readonly because: string };
  readonly notes?: readonly { readonly text: string; readonly popup?: boolean; readonly visible?: boolean }[];
  readonly blocks?: readonly {
    readonly type: BlockType;
    readonly until?: Day | null;
    readonly note?: string | null;
    readonly library?: string | null;
  }[];
};

/** The words that a patron is found by, each with the name that it is of (PAT-01, PAT-02). */
export const nameWords = (id: number, { lastName, firstName }: Pick<NewPatron, 'lastName' | 'firstName'>) => [
  ...wordsOf(lastName).map((word) => ({ word, patron_id: id, name: 'last' })),
  ...wordsOf(firstName).map((word) => ({ word, patron_id: id, name: 'first' })),
];

const identifierRows = (id: number, identifiers: readonly NewIdentifier[]) =>
  identifiers.map(({ type, value, external = false }) => ({
    patron_id: id,
    type,
    value: value.trim(),
    value_key: keyOf(value),
    external,
  }));

const contactRows = (id: number, { contacts = [], email }: NewPatron) => {
  const nowhere = { city: null, postalCode: null, country: null };
  const short = email ? [{ kind: 'email' as const, type: null, value: email, ...nowhere, preferred: true }] : [];
  return [...short, ...contacts].map(({ postalCode, ...one }) => ({
    patron_id: id,
    external: false,
    postal_code: postalCode,
    ...one,
  }));
};

/** What an identifier is called that is a record's own number, and nothing else. */
const PRIMARY = 'PRIMARY';

/**
 * A number for a record that has none: its own id, which no other record ever has, behind a digit that begins neither
 * cards nor UNRs. Somebody may have typed the same by hand: then it grows until it is free. Two desks never make the same.
 */
async function freeNumber(db: Connection, id: number): Promise<string> {
  const sql = 'select 1 as taken from patron_identifiers where value_key = ?';
  let number = `7${String(id).padStart(9, '0')}`;
  while (await row(db, sql, [keyOf(number)])) number = `${number}0`;
  return number;
}

const columnsOf = (patron: NewPatron, now: Instant) => ({
  last_name: patron.lastName,
  first_name: patron.firstName,
  sort_name: plain(`${patron.lastName} ${patron.firstName}`),
  group_code: patron.group,
  campus: patron.campus ?? null,
  birth_day: patron.birthDay ?? null,
  status: patron.status ?? 'active',
  kind: patron.kind ?? 'internal',
  language: patron.language ?? 'fr',
  expiry_day: patron.expiry ?? null,
  purge_day: patron.purge ?? null,
  category: patron.category ?? null,
  deactivated_at: patron.deactivated?.at ?? null,
  deactivated_because: patron.deactivated?.because ?? null,
  created_at: now,
});

/** Adds a record with everything that hangs on it; returns its id. */
export async function addPatronOn(
  db: Connection,
  patron: NewPatron,
  by: { readonly at: Instant; readonly staffId: number | null },
): Promise<number> {
  const id = await insert(db, 'patrons', columnsOf(patron, by.at));
  const made = patron.numbered ? [{ type: PRIMARY, value: await freeNumber(db, id) }] : [];
  await insertMany(db, 'patron_identifiers', identifierRows(id, [...made, ...patron.identifiers]));
  await insertMany(db, 'patron_words', nameWords(id, patron));
  await insertMany(db, 'patron_contacts', contactRows(id, patron));
  const statistics = (patron.statistics ?? []).map(({ code, external = false }) => ({ patron_id: id, code, external }));
  await insertMany(db, 'patron_statistics', statistics);
  const notes = (patron.notes ?? []).map(({ text, popup = false, visible = false }) => ({
    text,
    type: 'general',
    popup,
    visible,
  }));
  await patronNotesOn(db).addAll(id, notes, by);
  for (const { type, until = null, note = null, library = null } of patron.blocks ?? []) {
    await blocksOn(db).add({ patronId: id, type, until, note, library, loanId: null, ...by });
  }
  return id;
}
