import type { CardPatron } from '../circulation/card-system.ts';
import { isOverwriteCategory } from '../circulation/card-system.ts';
import { CONTACT_KINDS } from '../circulation/contacts.ts';
import type { ContactContent, ContactKind } from '../circulation/contacts.ts';
import type { Network } from '../circulation/network.ts';
import { addMonths, purgeAfter } from '../circulation/patron-dates.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { CardFields, KnownContact, KnownPatron } from '../records/import-patrons.ts';

/** When and in which network records are written. */
export type ImportMoment = { readonly network: Network; readonly now: Instant; readonly today: Day };

/** Months that a new record is valid for, when the card system does not say (USR-03). */
const USUAL_MONTHS = 12;

/** The dates of a record: what the card system says; a purge date that it does not say follows from the expiry (USR-04). */
function datesOf(
  patron: CardPatron,
  stored: Pick<CardFields, 'expiry' | 'purge'>,
): Pick<CardFields, 'expiry' | 'purge'> {
  const expiry = patron.expiry ?? stored.expiry;
  if (patron.purge !== undefined) return { expiry, purge: patron.purge };
  return { expiry, purge: patron.expiry === undefined ? stored.purge : purgeAfter(expiry) };
}

/** The fields of a new record. */
export function newFields(patron: CardPatron, { now, today }: ImportMoment): CardFields {
  const expiry = patron.expiry ?? addMonths(today, USUAL_MONTHS);
  const status = patron.status ?? 'active';
  return {
    lastName: patron.lastName,
    firstName: patron.firstName,
    group: patron.group,
    campus: patron.campus ?? null,
    category: patron.category ?? null,
    birthDay: patron.birthDay ?? null,
    language: patron.language ?? 'fr',
    expiry,
    purge: patron.purge ?? purgeAfter(expiry),
    status,
    deactivatedAt: status === 'inactive' ? now : null,
    deactivatedBecause: status === 'inactive' ? 'import' : null,
  };
}

/**
 * Whether the card system says something new since a clearance by a kiosk (QUI-04): a record that it has changed, or that it
 * never sent before. `isSame`: it is the one that was imported last. Where that is not known any more, because staff have
 * changed the record, only another enrolment counts: a date, a campus, a group.
 */
function isNewEnrolment(patron: CardPatron, stored: KnownPatron, isSame: boolean): boolean {
  if (stored.importedAt === null) return true;
  if (stored.digest !== null) return !isSame;
  return (
    (patron.expiry !== undefined && patron.expiry !== stored.expiry) ||
    (patron.campus !== undefined && patron.campus !== stored.campus) ||
    (!stored.groupProtected && patron.group !== stored.group)
  );
}

type Status = Pick<CardFields, 'status' | 'deactivatedAt' | 'deactivatedBecause'>;
const ACTIVE: Status = { status: 'active', deactivatedAt: null, deactivatedBecause: null };

function statusOf(patron: CardPatron, stored: KnownPatron, now: Instant, isSame: boolean): Status {
  const { status, deactivatedAt, deactivatedBecause } = stored;
  const kept: Status = { status, deactivatedAt, deactivatedBecause };
  if (patron.status === 'inactive')
    return status === 'inactive' ? kept : { status: 'inactive', deactivatedAt: now, deactivatedBecause: 'import' };
  if (status === 'active') return kept;
  if (deactivatedBecause === 'kiosk-quitus') return isNewEnrolment(patron, stored, isSame) ? ACTIVE : kept;
  return patron.status === 'active' ? ACTIVE : kept;
}

/**
 * What a record shall say (USR-02): what the card system says, but for a group that is protected (USR-08); a category that
 * only waited for the card system goes (IMP-04). `isSame`: the card system says what it said last.
 */
export function mergedFields(
  patron: CardPatron,
  stored: KnownPatron,
  { network, now }: ImportMoment,
  isSame: boolean,
): CardFields {
  const waiting = isOverwriteCategory(network, stored.category) ? null : stored.category;
  return {
    lastName: patron.lastName,
    firstName: patron.firstName,
    group: stored.groupProtected ? stored.group : patron.group,
    campus: patron.campus === undefined ? stored.campus : patron.campus,
    category: patron.category === undefined ? waiting : patron.category,
    birthDay: patron.birthDay === undefined ? stored.birthDay : patron.birthDay,
    language: patron.language ?? stored.language,
    ...datesOf(patron, stored),
    ...statusOf(patron, stored, now, isSame),
  };
}

/**
 * The card system's contacts as they are to be stored. One of our own that is preferred stays so; else exactly one of theirs is:
 * the one that they prefer, rather a real address than a placeholder.
 */
export function preferredOf(
  list: readonly ContactContent[],
  own: readonly Pick<KnownContact, 'preferred'>[],
): ContactContent[] {
  const isReal = (one: ContactContent): boolean => one.type !== 'alternative' || one.kind !== 'email';
  const chosen = own.some((one) => one.preferred)
    ? undefined
    : (list.find((one) => one.preferred && isReal(one)) ?? list.find(isReal) ?? list[0]);
  return list.map((one) => ({ ...one, preferred: one === chosen }));
}

const PARTS = ['kind', 'type', 'value', 'city', 'postalCode', 'country', 'preferred'] as const;
const contentOf = (one: ContactContent): string => JSON.stringify(PARTS.map((part) => one[part]));

/** What becomes of the contacts of a kind: those that go, those that come. Nothing, when they are as they shall be. */
export function contactChanges(
  wanted: readonly ContactContent[],
  stored: readonly KnownContact[],
): { readonly gone: readonly KnownContact[]; readonly added: readonly ContactContent[] } {
  const theirs = stored.filter((one) => one.external);
  const added = preferredOf(
    wanted,
    stored.filter((one) => !one.external),
  );
  const isSame =
    theirs.length === added.length && theirs.every((one, at) => contentOf(one) === contentOf(added[at] ?? one));
  return isSame ? { gone: [], added: [] } : { gone: theirs, added };
}

/** The kinds of contacts of which the card system says something. */
export const kindsIn = ({ contacts = {} }: CardPatron): ContactKind[] =>
  CONTACT_KINDS.filter((kind) => contacts[kind] !== undefined);
