import type { Instant } from '../circulation/time.ts';
import type { PatronContact } from '../records/patron-contacts.ts';
import type { PatronIdentifier } from '../records/patron-identifiers.ts';
import type { PatronGeneral, RecordCounts } from '../records/patron-record.ts';
import type { PatronStatistic } from '../records/patron-statistics.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { verifiedIn } from './verify-record.ts';

/**
 * What an external record has inherited from the card system, and what is greyed there until it is opened for update (USR-08;
 * manual X.2.2): who it is, where they are enrolled, and by what the card system knows them. Group, category, language,
 * dates and status are white fields and may be changed freely (X.2.2.1, X.2.2.2, IX.4, XII.4).
 */
export const LOCKED_FIELDS = ['lastName', 'firstName', 'birthDay', 'campus', 'identifier'] as const;
export type LockedField = (typeof LOCKED_FIELDS)[number];

/** Whether what the card system wrote into this record may not be changed by hand (USR-08). */
export const isLocked = ({ kind, openForUpdate }: Pick<PatronGeneral, 'kind' | 'openForUpdate'>): boolean =>
  kind === 'external' && !openForUpdate;

type Locked = { readonly locked: boolean };
export type RecordContact = PatronContact & Locked;
export type RecordIdentifier = PatronIdentifier & Locked;
export type RecordStatistic = PatronStatistic & Locked;

/** A record with everything that its tabs show (USR-07); notes, blocks, letters and the audit are read as lists of their own. */
export type PatronRecord = PatronGeneral & {
  /** The primary one. */
  readonly identifier: string;
  /** Fields that a form greys: inherited from the card system. */
  readonly locked: readonly LockedField[];
  /** The primary one first. */
  readonly identifiers: readonly RecordIdentifier[];
  /** Of each kind the preferred one first. */
  readonly contacts: readonly RecordContact[];
  readonly statistics: readonly RecordStatistic[];
  readonly counts: RecordCounts;
  /** The note *record verified* (USR-09); null: there is none. */
  readonly verified: { readonly note: number; readonly at: Instant; readonly by: string | null } | null;
};

/** The record with all that hangs on it, as the database has it now. */
export async function recordOf(desk: Desk, general: PatronGeneral): Promise<PatronRecord> {
  const { records } = desk;
  const { id } = general;
  const locked = isLocked(general);
  const identifiers = await records.patronIdentifiers.ofPatron(id);
  const contacts = await records.patronContacts.ofPatron(id);
  const statistics = await records.patronStatistics.ofPatron(id);
  const note = await verifiedIn(desk, id);
  return {
    ...general,
    identifier: identifiers[0]?.value ?? '',
    locked: locked ? LOCKED_FIELDS : [],
    identifiers: identifiers.map((one) => ({ ...one, locked: locked && (one.external || one.primary) })),
    contacts: contacts.map((one) => ({ ...one, locked: locked && one.external })),
    statistics: statistics.map((one) => ({ ...one, locked: locked && one.external })),
    counts: await records.patronRecord.counts(id),
    verified: note ? { note: note.id, at: note.createdAt, by: note.createdBy } : null,
  };
}

/** The record of that number, which is there. */
export async function recordNumbered(desk: Desk, id: number): Promise<PatronRecord> {
  const general = await desk.records.patronRecord.general(id);
  if (!general) throw new Error(`record ${id} has gone while it was locked`);
  return recordOf(desk, general);
}

/** What is answered about a patron whom nobody knows. */
export const unknownPatron = (key: number | string): Extract<Refusal, { kind: 'unknown' }> => ({
  kind: 'unknown',
  what: 'PATRON',
  key: String(key),
});

export type RecordRead = { readonly kind: 'record'; readonly record: PatronRecord } | Refusal;

/** Reads a whole record by its number or any identifier (USR-07). Constant number of statements. */
export const readPatronRecord = action(
  'read-patron-record',
  { permission: 'view-patrons', readOnly: true },
  async (desk: Desk, { patron }: { patron: number | string }): Promise<RecordRead> => {
    const general = await desk.records.patronRecord.general(patron);
    return general ? { kind: 'record', record: await recordOf(desk, general) } : unknownPatron(patron);
  },
);
