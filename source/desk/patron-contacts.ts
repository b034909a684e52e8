import { tidyContact } from '../circulation/contacts.ts';
import type { ContactContent, ContactKind, NewContact } from '../circulation/contacts.ts';
import type { PatronContact } from '../records/patron-contacts.ts';
import type { PatronGeneral } from '../records/patron-record.ts';
import { recordAbout } from './patron-events.ts';
import { isLocked, unknownPatron } from './patron-record.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** What is said of a contact anew; what is left out stays. `preferred` false changes nothing: another one takes its place. */
export type ContactChange = Partial<Omit<NewContact, 'kind'>> & { readonly preferred?: boolean };

/** Inherited from the card system: corrected by a duplicate of our own, unless the record is open for update (USR-08). */
type Locked = { readonly kind: 'locked'; readonly fields: readonly ['contact'] };
/** It has been deleted meanwhile, perhaps at another desk or by an import. */
type Gone = { readonly kind: 'gone' };

export type ContactAdded = { readonly kind: 'added'; readonly contact: PatronContact; readonly id: number } | Refusal;
/** The contact as it is now. */
type ContactSettled =
  | { readonly kind: 'changed'; readonly contact: PatronContact }
  | { readonly kind: 'unchanged'; readonly contact: PatronContact };
export type ContactChanged =
  | ContactSettled
  | { readonly kind: 'changed-meanwhile'; readonly fields: readonly string[]; readonly contact: PatronContact }
  | Locked
  | Gone
  | Refusal;
export type ContactDeleted =
  /** `preferred`: which one of the kind is preferred now; null: there is none left. */
  { readonly kind: 'deleted'; readonly preferred: PatronContact | null } | Locked | Gone | Refusal;

const LOCKED: Locked = { kind: 'locked', fields: ['contact'] };

const FIELDS = ['type', 'value', 'city', 'postalCode', 'country'] as const;

/** A contact of a record that nobody else changes until the transaction ends. */
type Held = {
  readonly general: PatronGeneral;
  readonly contact: PatronContact;
  /** All of the kind. */
  readonly alike: readonly PatronContact[];
};

/** Finds a contact, its record locked; undefined: it has gone. */
async function hold({ records }: Desk, id: number): Promise<Held | undefined> {
  const owner = await records.patronContacts.ownerOf(id);
  const general = owner === undefined ? undefined : await records.patronRecord.locked(owner);
  if (!general) return undefined;
  const all = await records.patronContacts.ofPatron(general.id);
  const contact = all.find((one) => one.id === id);
  return contact && { general, contact, alike: all.filter((one) => one.kind === contact.kind) };
}

/** Who is written to: the preferred one, but a real address rather than the placeholder (USR-03). */
function toPrefer(alike: readonly PatronContact[]): PatronContact | undefined {
  const real = alike.filter((one) => one.type !== 'alternative');
  return real.find((one) => one.preferred) ?? real[0] ?? alike[0];
}

/** Of each kind exactly one is preferred, as long as there is any: `wanted`, else whoever was, else the oldest. */
async function settlePreferred({ records }: Desk, patronId: number, kind: ContactKind, wanted?: number): Promise<void> {
  const alike = await records.patronContacts.ofPatron(patronId, kind);
  const chosen = alike.find((one) => one.id === wanted) ?? toPrefer(alike);
  const isSettled = alike.every((one) => one.preferred === (one === chosen));
  if (chosen && !isSettled) await records.patronContacts.prefer(patronId, kind, chosen.id);
}

const isIn = (list: readonly PatronContact[], one: PatronContact): boolean =>
  list.some((other) => JSON.stringify(other) === JSON.stringify(one));

/** What the card system keeps of some contacts; which one is preferred is for us to say. */
const external = (contacts: readonly PatronContact[]): string =>
  JSON.stringify(
    contacts
      .flatMap((one) => (one.external ? [{ ...one, preferred: false }] : []))
      .toSorted((one, other) => one.id - other.id),
  );

/** Writes what has become of the contacts of a kind: those that were otherwise, and those that are now (REL-09). */
async function recordContacts(
  desk: Desk,
  { id, kind }: PatronGeneral,
  before: readonly PatronContact[],
  ofKind: ContactKind,
): Promise<readonly PatronContact[]> {
  const { patronContacts, patronRecord } = desk.records;
  const after = await patronContacts.ofPatron(id, ofKind);
  const was = before.filter((one) => !isIn(after, one));
  const is = after.filter((one) => !isIn(before, one));
  if (kind === 'external' && external(before) !== external(after)) await patronRecord.forgetDigest(id);
  if (was.length + is.length > 0)
    await recordAbout(desk, 'patron-changed', id, { before: { contacts: was }, after: { contacts: is } });
  return after;
}

const theSame = (one: Omit<ContactContent, 'preferred'>, other: Omit<ContactContent, 'preferred'>): boolean =>
  FIELDS.every((field) => (one[field] ?? null) === (other[field] ?? null));

/** Adds a contact of our own to a record that is locked for it. */
async function addTo(
  desk: Desk,
  general: PatronGeneral,
  contact: NewContact,
  preferred: boolean,
): Promise<ContactAdded> {
  const { records, network } = desk;
  const content = tidyContact(contact, network.placeholderEmail);
  if ('problem' in content) return { kind: 'invalid', ...content };
  const before = await records.patronContacts.ofPatron(general.id, content.kind);
  const isThere = before.some((one) => !one.external && theSame(one, content));
  if (isThere) return { kind: 'invalid', path: 'value', problem: 'taken', value: content.value };
  const id = await records.patronContacts.add(general.id, content, false);
  await settlePreferred(desk, general.id, content.kind, preferred ? id : undefined);
  const after = await recordContacts(desk, general, before, content.kind);
  const added = after.find((one) => one.id === id);
  if (!added) throw new Error(`contact ${id} has gone while its record was locked`);
  return { kind: 'added', contact: added, id };
}

/**
 * Adds a contact to a record, of our own, so that no import overwrites it (USR-02; manual X.2.2.4). The first one of its
 * kind is preferred, and a first real e-mail address rather than the placeholder. Invalid: `kind, type, value, city,
 * postalCode, country`; `value` is `taken` where the same contact of our own is there.
 */
export const addContact = action(
  'add-contact',
  { permission: 'edit-patrons' },
  async (
    desk: Desk,
    { patron, contact }: { patron: number | string; contact: NewContact & { readonly preferred?: boolean } },
  ): Promise<ContactAdded> => {
    const general = await desk.records.patronRecord.locked(patron);
    return general ? addTo(desk, general, contact, contact.preferred === true) : unknownPatron(patron);
  },
);

/** Changes a contact in place; what is left out stays. One of the card system's is `locked` until the record is open. */
export const changeContact = action(
  'change-contact',
  { permission: 'edit-patrons' },
  async (
    desk: Desk,
    { contact: id, change, seen = {} }: { contact: number; change: ContactChange; seen?: ContactChange },
  ): Promise<ContactChanged> => {
    const held = await hold(desk, id);
    if (!held) return { kind: 'gone' };
    const { general, contact, alike } = held;
    const stale = FIELDS.filter((field) => seen[field] !== undefined && seen[field] !== contact[field]);
    if (stale.length > 0) return { kind: 'changed-meanwhile', fields: stale, contact };
    const { preferred = false, ...said } = change;
    const content = tidyContact({ ...contact, ...said }, desk.network.placeholderEmail);
    if ('problem' in content) return { kind: 'invalid', ...content };
    const isOther = !theSame(contact, content);
    if (isOther && contact.external && isLocked(general)) return LOCKED;
    if (isOther) await desk.records.patronContacts.change(id, content);
    await settlePreferred(desk, general.id, contact.kind, preferred ? id : undefined);
    const after = await recordContacts(desk, general, alike, contact.kind);
    const now = after.find((one) => one.id === id) ?? contact;
    return { kind: isIn(alike, now) ? 'unchanged' : 'changed', contact: now };
  },
);

/** Deletes a contact: the console has asked before, the audit keeps it. Another one of its kind is preferred then. */
export const deleteContact = action(
  'delete-contact',
  { permission: 'edit-patrons' },
  async (desk: Desk, { contact: id }: { contact: number }): Promise<ContactDeleted> => {
    const held = await hold(desk, id);
    if (!held) return { kind: 'gone' };
    const { general, contact, alike } = held;
    if (contact.external && isLocked(general)) return LOCKED;
    await desk.records.patronContacts.remove(id);
    await settlePreferred(desk, general.id, contact.kind);
    const after = await recordContacts(desk, general, alike, contact.kind);
    return { kind: 'deleted', preferred: after.find((one) => one.preferred) ?? null };
  },
);

/**
 * Corrects a locked contact by a copy of our own (USR-08; manual X.2.2.3: *21 rue Ozenne* → *31, rue Ozenne*): the original
 * stays with the card system. The copy is preferred if the original is, unless the request says otherwise.
 */
export const duplicateContact = action(
  'duplicate-contact',
  { permission: 'edit-patrons' },
  async (
    desk: Desk,
    request: { contact: number; change: Omit<ContactChange, 'preferred'>; preferred?: boolean },
  ): Promise<ContactAdded | Gone> => {
    const held = await hold(desk, request.contact);
    if (!held) return { kind: 'gone' };
    const { general, contact } = held;
    return addTo(desk, general, { ...contact, ...request.change }, request.preferred ?? contact.preferred);
  },
);

/** Prefers a contact to the others of its kind (manual XII.2.2), one of the card system's too: letters go there. */
export const preferContact = action(
  'prefer-contact',
  { permission: 'edit-patrons' },
  async (desk: Desk, { contact: id }: { contact: number }): Promise<ContactSettled | Gone | Refusal> => {
    const held = await hold(desk, id);
    if (!held) return { kind: 'gone' };
    const { general, contact, alike } = held;
    await settlePreferred(desk, general.id, contact.kind, id);
    const after = await recordContacts(desk, general, alike, contact.kind);
    const now = after.find((one) => one.id === id) ?? contact;
    return { kind: isIn(alike, now) ? 'unchanged' : 'changed', contact: now };
  },
);
