import type { Words } from '../circulation/network.ts';
import { kioskOf } from '../circulation/kiosk.ts';
import { PASSWORD_PARTS } from '../circulation/passwords.ts';
import type { PasswordPart } from '../circulation/passwords.ts';
import { preRegistrationOf, preRegistrationOffer } from '../circulation/pre-registration.ts';
import type {
  PreRegistrationDraft,
  PreRegistrationOffer,
  PreRegistrationProblem,
} from '../circulation/pre-registration.ts';
import { RECORD_LANGUAGES } from '../circulation/registration.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { Records } from '../records/records.ts';
import { hashPassword } from './passwords.ts';
import type { PasswordCost } from './passwords.ts';
import { passwordProblem } from './patron-passwords.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { makePreRegistration, tellWhoIsKnown } from './pre-registration-record.ts';
import { todayOf } from './registration-choices.ts';
import { terminalOf, terminalWaits, terminalWaitsUntil } from './sign-in-attempts.ts';
import type { Wait } from './sign-in-attempts.ts';

/** As many a terminal takes in an hour, whatever comes of them: nobody fills the house with records or letters from there. */
const MOST_AN_HOUR = 5;
const HOUR = 3_600_000;

/** The subject under which the pre-registrations of a terminal are counted, as its wrong passwords are (REL-07). */
const formsAt = (desk: Desk): string => `forms:${terminalOf(desk)}`;

/** Until when a terminal takes no further one; null: it does. */
function waitsUntil(
  known: { readonly failures: number; readonly forgottenAt: Instant } | undefined,
  now: Instant,
): Instant | null {
  return known && known.forgottenAt > now && known.failures >= MOST_AN_HOUR ? known.forgottenAt : null;
}

/** Which terms somebody has read: a digest of their text, so that a change of it is noticed. Null: there are none. */
async function termsOf(desk: Desk): Promise<{ readonly version: string; readonly text: Words } | null> {
  const { terms } = kioskOf(desk.network);
  if (terms === null) return null;
  // Loaded when it is needed: it takes 10 ms, which no first frame need wait for (PERF-01).
  const { createHash } = await import('node:crypto');
  const digest = createHash('sha256').update(`${terms.fr}\0${terms.en}`).digest('hex');
  return { version: digest.slice(0, 16), text: terms };
}

/** What the form offers, and what its password must have. */
export type Offer = PreRegistrationOffer & { readonly passwordParts: readonly PasswordPart[] };

export type RegistrationOffers =
  | {
      readonly kind: 'offers';
      /** Null: nobody registers by themselves here. */
      readonly preRegistration: Offer | null;
      /** Null: the network has none, and nothing has to be accepted. */
      readonly terms: { readonly version: string; readonly text: Words } | null;
      readonly languages: readonly string[];
      /** This terminal takes no pre-registration before; null: it does. */
      readonly wait: Instant | null;
    }
  | Refusal;

/** What the form of pre-registration offers, and the terms of use in both languages (KIO-06, USR-13). */
export const registrationOffers = action(
  'registration-offers',
  { permission: null, readOnly: true, kiosk: 'anybody' },
  async (desk: Desk): Promise<RegistrationOffers> => {
    const { records, network, now } = desk;
    const offer = preRegistrationOffer(network);
    const forms = waitsUntil(await records.signInAttempts.of(formsAt(desk)), now);
    const locked = await terminalWaitsUntil(desk);
    return {
      kind: 'offers',
      preRegistration: offer && { ...offer, passwordParts: PASSWORD_PARTS },
      terms: await termsOf(desk),
      languages: RECORD_LANGUAGES,
      wait: forms === null || locked === null ? (forms ?? locked) : Math.max(forms, locked),
    };
  },
);

export type PreRegistered =
  | {
      /** The same for an address that somebody has already: no screen tells who is registered (KIO-07). */
      readonly kind: 'pre-registered';
      /** What one signs in with until it is finished: the e-mail address. */
      readonly identifier: string;
      readonly library: string;
      /** The last day on which it can be finished. */
      readonly until: Day;
      readonly expiry: Day;
    }
  | { readonly kind: 'refused'; readonly problems: readonly PreRegistrationProblem[] }
  | { readonly kind: 'not-offered' }
  | Wait
  | Refusal;

/** Slow on purpose, and done whether the address is known or not: the time tells nothing. */
const hashOfStrong = async (
  _: Records,
  { password }: PreRegistrationDraft,
  cost: PasswordCost,
): Promise<string | null> => (passwordProblem(password) ? null : hashPassword(password, cost));

/** Counts a pre-registration at this terminal; or until when it takes none. */
async function counted(desk: Desk): Promise<Wait | undefined> {
  const { records, now } = desk;
  const subject = formsAt(desk);
  const before = await records.signInAttempts.locked(subject);
  const until = waitsUntil(before, now);
  if (until !== null) return { kind: 'wait', until };
  const isOver = before.forgottenAt <= now;
  await records.signInAttempts.set(subject, {
    failures: isOver ? 1 : before.failures + 1,
    forgottenAt: isOver ? now + HOUR : before.forgottenAt,
    lockedUntil: null,
  });
  return undefined;
}

/**
 * Somebody registers by themselves at a kiosk (USR-13, KIO-06; manual IX.2.2.3): the record is made at once with the
 * provisional group, the e-mail address as identifier, the password, a note for the desk; they can sign in with it, and a
 * letter repeats what the screen says. With an address that somebody has already nothing is made: the letter that goes there
 * says so, the screen does not. Refused: everything that is wrong, at once.
 */
export const preRegister = action(
  'pre-register',
  { permission: null, kiosk: 'anybody', prepare: hashOfStrong },
  async (desk: Desk, request: PreRegistrationDraft, hash: string | null): Promise<PreRegistered> => {
    const { records, network, kiosk } = desk;
    if (!kiosk) return { kind: 'not-permitted', permission: null, needs: 'role' };
    const offer = preRegistrationOffer(network);
    if (!offer) return { kind: 'not-offered' };
    const locked = await terminalWaits(desk);
    if (locked) return locked;
    const terms = (await termsOf(desk))?.version ?? null;
    const wanted = preRegistrationOf(request, { network, offer, terms, today: todayOf(desk) });
    if ('problems' in wanted) return { kind: 'refused', problems: wanted.problems };
    if (hash === null) throw new Error('a strong password without a hash');
    const wait = await counted(desk);
    if (wait) return wait;
    const { email, library, until, expiry } = wanted;
    const alike = await records.likelyDuplicates.find({ ...wanted, identifiers: [email], emails: [email] });
    const known = alike.filter(({ why }) => why.some((one) => one !== 'name-and-birth-date'));
    if (known.length > 0) await tellWhoIsKnown(desk, wanted, known);
    else await makePreRegistration(desk, wanted, { hash, terms, alike });
    return { kind: 'pre-registered', identifier: email, library, until, expiry };
  },
);
