import { isEmail } from '../circulation/contacts.ts';
import type { RegistrationProfile } from '../circulation/network.ts';
import { dateProblem, groupProblem, identifierProblem, profileOf } from '../circulation/registration.ts';
import type { Day } from '../circulation/time.ts';
import type { LikelyDuplicate } from '../records/likely-duplicates.ts';
import type { PatronNote } from '../records/patron-notes.ts';
import type { PatronGeneral } from '../records/patron-record.ts';
import type { PatronView } from '../records/patrons.ts';
import { recordAbout } from './patron-events.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { refusedFor } from './register-patron.ts';
import type { RegistrationRefused } from './register-patron.ts';
import { campusHere, choicesOf, proposalsOf, todayOf, wrongCodeOrDay } from './registration-choices.ts';
import type { ProposedRecord, RegistrationChoices } from './registration-choices.ts';
import { ANY_IDENTIFIER } from './registration-record.ts';

/** The record was not pre-registered, or has been finished already, perhaps at another desk. */
type NotPreRegistered = { readonly kind: 'not-pre-registered'; readonly patron: PatronView };

export type FinishForm = Pick<RegistrationChoices, 'profiles' | 'groups' | 'campuses'> & {
  readonly kind: 'finish';
  readonly patron: PatronView;
  readonly profile: string | null;
  readonly proposed: Pick<ProposedRecord, 'group' | 'campus' | 'expiry' | 'purge'>;
  readonly identifier: { readonly type: string; readonly prefixes: readonly string[] };
  /** What the pre-registration left for the desk; it goes when it is finished. */
  readonly notes: readonly PatronNote[];
  /** Other records that may be of the same person (USR-05). */
  readonly lines: readonly LikelyDuplicate[];
};

export type FinishRequest = {
  readonly patron: number | string;
  /** Absent: the first profile for readers of one's own who get a card. */
  readonly profile?: string | null;
  /** The number of the card that the reader is given. */
  readonly identifier: string;
  readonly group?: string | null;
  readonly campus?: string | null;
  readonly expiry?: Day | null;
  readonly purge?: Day | null;
  /** The notes to remove; absent: those of the form. */
  readonly notes?: readonly number[];
};

export type FinishOutcome =
  | { readonly kind: 'finished'; readonly patron: PatronView; readonly removed: number }
  | NotPreRegistered
  | RegistrationRefused
  | Refusal;

/** Nobody leaves more notes. */
const ALL_NOTES = { offset: 0, limit: 200 };

/** The notes that nobody on the staff wrote: the pre-registration's own (USR-13). */
async function notesLeft({ records }: Desk, id: number): Promise<PatronNote[]> {
  const notes = await records.patronNotes.ofPatron(id, ALL_NOTES);
  return notes.filter((one) => one.createdBy === null && !one.external);
}

async function viewOf({ records }: Desk, { id }: PatronGeneral): Promise<PatronView> {
  const patron = await records.patrons.byId(id);
  if (!patron) throw new Error(`patron ${id} has gone while being read`);
  return patron;
}

const isPreRegistered = ({ network }: Desk, { group }: PatronGeneral): boolean =>
  network.preRegistration !== undefined && group === network.preRegistration.group;

/** Readers of one's own who are given a card: what most pre-registrations become. */
const usualProfile = ({ network }: Desk): RegistrationProfile | undefined =>
  network.registrationProfiles.find((one) => one.kind === 'internal' && one.identifier.primary);

/** The profile of a request; a refusal where the network has none of that code. */
function profileFor(
  desk: Desk,
  code: string | null | undefined,
): { profile: RegistrationProfile | undefined } | Refusal {
  if (!code) return { profile: usualProfile(desk) };
  const profile = profileOf(desk.network, code);
  if (profile?.identifier.primary) return { profile };
  return { kind: 'invalid', path: 'profile', problem: 'unknown-code', value: code };
}

/** A validity that has been chosen and still lasts is kept; else it begins today. */
function proposed(desk: Desk, profile: RegistrationProfile | undefined, patron: PatronGeneral, typed?: Day) {
  const chosen = patron.expiry !== null && patron.expiry > todayOf(desk) ? patron.expiry : undefined;
  const { group, expiry, purge } = proposalsOf(desk, profile, typed ?? chosen);
  const kept = typed === undefined && chosen !== undefined && patron.purge !== null && patron.purge >= chosen;
  const campus = profile?.campus ?? patron.campus ?? campusHere(desk);
  return { group, campus, expiry, purge: kept ? patron.purge : purge };
}

/** What finishing a pre-registration proposes, and which notes go with it (USR-13). */
export const finishForm = action(
  'finish-form',
  { permission: 'add-patrons', readOnly: true },
  async (
    desk: Desk,
    request: { patron: number | string; profile?: string | null },
  ): Promise<FinishForm | NotPreRegistered | Refusal> => {
    const { records, network } = desk;
    const general = await records.patronRecord.general(request.patron);
    if (!general) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const found = profileFor(desk, request.profile);
    if ('kind' in found) return found;
    const { profile } = found;
    const patron = await viewOf(desk, general);
    if (!isPreRegistered(desk, general)) return { kind: 'not-pre-registered', patron };
    const contacts = await records.patronContacts.ofPatron(general.id, 'email');
    const emails = contacts.filter((one) => one.type !== 'alternative').map((one) => one.value);
    const provisional = patron.identifiers.slice(0, 1).map((one) => one.value);
    const lines = await records.likelyDuplicates.find({
      ...patron,
      identifiers: [],
      emails: [...emails, ...provisional.filter(isEmail)],
    });
    const { profiles, groups, campuses } = choicesOf(network, profile);
    return {
      kind: 'finish',
      patron,
      profile: profile?.code ?? null,
      proposed: proposed(desk, profile, general),
      identifier: profile?.identifier ?? ANY_IDENTIFIER,
      profiles,
      groups,
      campuses,
      notes: await notesLeft(desk, general.id),
      lines: lines.filter((one) => one.id !== general.id),
    };
  },
);

/** The e-mail address that was the provisional identifier is not lost with it. */
async function keepAddress({ records }: Desk, id: number, identifier: string): Promise<void> {
  if (!isEmail(identifier)) return;
  const emails = await records.patronContacts.ofPatron(id, 'email');
  if (emails.some((one) => one.value.toLowerCase() === identifier.toLowerCase())) return;
  const nowhere = { city: null, postalCode: null, country: null };
  const added = await records.patronContacts.add(
    id,
    { kind: 'email', type: 'personal', value: identifier, ...nowhere },
    false,
  );
  if (!emails.some((one) => one.preferred && one.type !== 'alternative'))
    await records.patronContacts.prefer(id, 'email', added);
}

async function removeNotes(desk: Desk, id: number, wanted: readonly number[] | undefined): Promise<number> {
  const { records, now } = desk;
  const notes = wanted
    ? (await records.patronNotes.ofPatron(id, ALL_NOTES)).filter((one) => wanted.includes(one.id) && !one.external)
    : await notesLeft(desk, id);
  for (const { id: note, text, type, popup, visible, createdAt, createdBy } of notes) {
    await records.patronNotes.setDeleted(note, now);
    const before = { text, type, popup, visible, createdAt, createdBy };
    await recordAbout(desk, 'note-deleted', id, { note, before });
  }
  return notes.length;
}

/** What a finished record will be. */
type Finished = Pick<ProposedRecord, 'group' | 'campus' | 'expiry' | 'purge' | 'category'> & {
  /** The primary identifier, changed in place. */
  readonly identifier: { readonly id: number; readonly type: string; readonly value: string; readonly before: string };
};

/** Whoever has the identifier, unless it is that very one. */
async function holders({ records }: Desk, value: string, own: number): Promise<readonly LikelyDuplicate[]> {
  const holder = await records.patronIdentifiers.holderOf(value);
  if (!holder || holder.id === own) return [];
  const nothingElse = { lastName: '', firstName: '', birthDay: null, emails: [] };
  return records.likelyDuplicates.find({ ...nothingElse, identifiers: [value] });
}

/** The record as it will be, or why it can't. */
async function finished(
  desk: Desk,
  before: PatronGeneral,
  request: FinishRequest,
): Promise<Finished | RegistrationRefused | Refusal> {
  const { records, network } = desk;
  const found = profileFor(desk, request.profile);
  if ('kind' in found) return found;
  const wrong = wrongCodeOrDay(network, request);
  if (wrong) return wrong;
  const { profile } = found;
  const usual = proposed(desk, profile, before, request.expiry ?? undefined);
  const group = request.group === undefined ? usual.group : request.group || null;
  const campus = request.campus === undefined ? usual.campus : request.campus || null;
  const purge = request.purge ?? usual.purge;
  const wrongIdentifier = identifierProblem(profile, request.identifier);
  const problems = [
    wrongIdentifier && { ...wrongIdentifier, path: 'identifier' },
    group === before.group ? { code: 'GROUP_REQUIRED' as const, path: 'group' } : groupProblem(profile, group),
    dateProblem(usual.expiry, purge),
  ];
  const [first, ...others] = problems.filter((one) => one !== undefined);
  if (first) return refusedFor([first, ...others]);
  const [primary] = await records.patronIdentifiers.ofPatron(before.id);
  if (!primary) throw new Error(`patron ${before.id} has no identifier`);
  const lines = await holders(desk, request.identifier, primary.id);
  if (lines.length > 0) return refusedFor([{ code: 'IDENTIFIER_TAKEN', path: 'identifier' }], lines);
  const { type } = profile?.identifier ?? ANY_IDENTIFIER;
  const identifier = { id: primary.id, type, value: request.identifier.trim(), before: primary.value };
  return { identifier, group, campus, expiry: usual.expiry, purge, category: profile?.category ?? before.category };
}

/**
 * Finishes a pre-registration (USR-13): the provisional group becomes the right one, the number of the card takes the place
 * of the e-mail address as primary identifier, and the note for the desk goes. What the request leaves out is as proposed.
 */
export const finishRegistration = action(
  'finish-registration',
  { permission: 'add-patrons' },
  async (desk: Desk, request: FinishRequest): Promise<FinishOutcome> => {
    const { records } = desk;
    const before = await records.patronRecord.locked(request.patron);
    if (!before) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    if (!isPreRegistered(desk, before)) return { kind: 'not-pre-registered', patron: await viewOf(desk, before) };
    const whole = await finished(desk, before, request);
    if ('kind' in whole) return whole;
    const { identifier, ...after } = whole;
    await records.patronRecord.change(before, after);
    await records.patronIdentifiers.change(identifier.id, identifier.type, identifier.value);
    await keepAddress(desk, before.id, identifier.before);
    const removed = await removeNotes(desk, before.id, request.notes);
    const { group, campus, expiry, purge, category } = before;
    await recordAbout(desk, 'registration-finished', before.id, {
      before: { identifier: identifier.before, group, campus, expiry, purge, category },
      after: { identifier: identifier.value, ...after },
    });
    return { kind: 'finished', patron: await viewOf(desk, before), removed };
  },
);
