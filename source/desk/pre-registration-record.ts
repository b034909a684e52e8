import { isEmail } from '../circulation/contacts.ts';
import type { PreRegisteredLetter, RegisteredAlreadyLetter } from '../circulation/letters.ts';
import { libraryOf } from '../circulation/network.ts';
import { LONGEST_NOTE, noteDay, tidyNote } from '../circulation/notes.ts';
import { purgeAfter } from '../circulation/patron-dates.ts';
import { preRegistrationNotes } from '../circulation/pre-registration.ts';
import type { PreRegistration } from '../circulation/pre-registration.ts';
import type { LikelyDuplicate } from '../records/likely-duplicates.ts';
import type { NewLetter } from '../records/letters.ts';
import { lowerAscii } from '../records/patron-search.ts';
import type { NewPatron, PatronView } from '../records/patrons.ts';
import { letterPatron } from './identity-message.ts';
import { addressesOf } from './letter-address.ts';
import { recordAbout } from './patron-events.ts';
import type { Desk } from './perform.ts';
import { todayOf } from './registration-choices.ts';

/** As many of them as there is room for in the note. */
const MOST_NAMED = 3;

/**
 * What the desk reads when the reader comes: what is to be done, what was asked for, and who may be the same person. Stored
 * text, in the words of the network's own file.
 */
function noteFor({ network }: Desk, wanted: PreRegistration, alike: readonly LikelyDuplicate[]): string {
  const { statistics = [], preRegistration, jobs } = network;
  if (!preRegistration) throw new Error('a pre-registration that is not offered');
  const { note, duplicateNote } = preRegistrationNotes(preRegistration);
  const occupation = statistics.find((one) => one.code === wanted.occupation)?.name[jobs?.language ?? 'fr'];
  const duplicates = alike.slice(0, MOST_NAMED).map((one) => one.identifier);
  const parts = [
    note,
    libraryOf(network, wanted.library).name,
    occupation,
    noteDay(wanted.expiry),
    duplicates.length > 0 ? `${duplicateNote} ${duplicates.join(', ')}` : undefined,
  ];
  return tidyNote(parts.filter((one) => one !== undefined).join(' · ')).slice(0, LONGEST_NOTE);
}

/** Statistics need not be filled in at the desk (manual IX.2.2.3): what was chosen, and the institution of the library. */
function statisticsOf({ network }: Desk, campus: string, occupation: string | null): { readonly code: string }[] {
  const institutions = (network.statistics ?? []).filter((one) => one.campus === campus).map(({ code }) => code);
  return [...institutions, ...(occupation === null ? [] : [occupation])].map((code) => ({ code }));
}

function recordOf(desk: Desk, wanted: PreRegistration, alike: readonly LikelyDuplicate[]): NewPatron {
  const { lastName, firstName, birthDay, email, contacts, library, language, expiry, occupation } = wanted;
  const { campus } = libraryOf(desk.network, library);
  return {
    lastName,
    firstName,
    birthDay,
    group: desk.network.preRegistration?.group ?? null,
    campus,
    kind: 'internal',
    language,
    expiry,
    purge: purgeAfter(expiry),
    category: null,
    identifiers: [{ type: 'PRIMARY', value: email }],
    contacts,
    statistics: statisticsOf(desk, campus, occupation),
    notes: [{ text: noteFor(desk, wanted, alike), popup: true }],
  };
}

/** Queues a letter about a pre-registration; none where there is one for that cause already. */
async function queue(
  desk: Desk,
  patron: PatronView,
  letter: Pick<NewLetter, 'kind' | 'facts' | 'cause' | 'address' | 'library'>,
): Promise<void> {
  const { id: patronId, language } = patron;
  const by = { patronId, language, at: desk.now, staffId: null };
  const { id, isNew } = await desk.records.letters.queue({ ...letter, ...by });
  if (isNew) await recordAbout(desk, 'letter-queued', patronId, { letter: id, letterKind: letter.kind });
}

/**
 * Makes the record of a pre-registration (USR-13), with its password, the note for the desk and the letter that confirms it.
 * `alike`: records that may be of the same person; `terms`: the version that was accepted.
 */
export async function makePreRegistration(
  desk: Desk,
  wanted: PreRegistration,
  by: { readonly hash: string; readonly terms: string | null; readonly alike: readonly LikelyDuplicate[] },
): Promise<void> {
  const { records, now, networkVersion, kiosk } = desk;
  const { library, occupation, email: address, until } = wanted;
  const record = recordOf(desk, wanted, by.alike);
  const id = await records.patrons.add(record, now, null);
  const terms = by.terms === null ? null : { version: by.terms, networkVersion };
  const asked = { library, occupation, until, terms, terminal: kiosk?.terminal ?? null };
  await recordAbout(desk, 'patron-added', id, { after: record, preRegistration: asked });
  await records.patronPasswords.set(id, by.hash, now);
  await recordAbout(desk, 'password-set', id, { by: 'patron' });
  const patron = await records.patrons.byId(id);
  if (!patron) throw new Error(`no record ${id} where it was just made`);
  const facts: PreRegisteredLetter = { patron: letterPatron(patron), library, until };
  await queue(desk, patron, { kind: 'pre-registered', cause: `pre-registered:${id}`, address, library, facts });
}

/** How somebody stands who is registered already: what the letter has to say to them. */
function standingOf(desk: Desk, { status, expiry, group, kind }: PatronView): RegisteredAlreadyLetter['standing'] {
  if (status === 'inactive' || (expiry !== null && expiry < todayOf(desk))) return 'ended';
  if (group !== null && group === desk.network.preRegistration?.group) return 'pre-registered';
  return kind === 'external' ? 'member' : 'own';
}

/**
 * Tells who has that e-mail address already how to use the record that is there: in a letter to that address, once a day, and
 * nowhere else. `known`: those who have it; of several the one who may be the same person.
 */
export async function tellWhoIsKnown(
  desk: Desk,
  { email, library }: PreRegistration,
  known: readonly LikelyDuplicate[],
): Promise<void> {
  const [likely] = known.toSorted((one, other) => other.why.length - one.why.length);
  const patron = likely && (await desk.records.patrons.byId(likely.id));
  if (!patron) return;
  const own = await addressesOf(desk, patron.id);
  // As the record writes it: what differs in capitals may be somebody else's.
  const stored = own.find((one) => lowerAscii(one) === lowerAscii(email)) ?? likely.taken;
  if (stored === null || !isEmail(stored)) return;
  const cause = `registered-already:${patron.id}:${todayOf(desk)}`;
  const facts: RegisteredAlreadyLetter = { patron: letterPatron(patron), library, standing: standingOf(desk, patron) };
  await queue(desk, patron, { kind: 'registered-already', cause, address: stored, library, facts });
}
