import type { ContactContent, NewContact, WrongContact } from './contacts.ts';
import { tidyContact } from './contacts.ts';
import type { Network, RegistrationProfile } from './network.ts';
import type { Day } from './time.ts';

export { proposedExpiry, proposedPurge } from './registration-dates.ts';

/** Why a record is not made, or not changed so (USR-03 to USR-06, USR-12, USR-13). */
export const REGISTRATION_REFUSALS = [
  'NAME_REQUIRED',
  'NAME_TOO_LONG',
  'BIRTH_DATE_NOT_PAST',
  'IDENTIFIER_REQUIRED',
  'IDENTIFIER_TOO_LONG',
  /** It does not begin as those of the profile do. */
  'IDENTIFIER_PREFIX',
  /** Letters where the profile has digits only. */
  'IDENTIFIER_DIGITS',
  /** A national student number (INE), which stands on the card too, instead of the UNR (manual IX.3). */
  'IDENTIFIER_IS_INE',
  'IDENTIFIER_TAKEN',
  'GROUP_REQUIRED',
  'GROUP_NOT_OF_PROFILE',
  'CAMPUS_NOT_OF_PROFILE',
  'CATEGORY_NOT_OF_PROFILE',
  'EXPIRY_REQUIRED',
  'PURGE_REQUIRED',
  'PURGE_BEFORE_EXPIRY',
  'EMAIL_INVALID',
  /** *None* was ticked beside an address; or an address of the type that only the placeholder has. */
  'EMAIL_AND_ALTERNATIVE',
  'PHONE_INVALID',
  'POSTAL_CODE_INVALID',
  'ADDRESS_INCOMPLETE',
  'CONTACT_TYPE',
  'CONTACT_TOO_LONG',
] as const;
export type RegistrationRefusal = (typeof REGISTRATION_REFUSALS)[number];

/** One thing that is wrong with a registration: the field, and what it may be (beginnings, groups). */
export type RegistrationProblem = {
  readonly code: RegistrationRefusal;
  readonly path: string;
  readonly allowed?: readonly string[];
};

/** In which patrons are written to; the first one is proposed (USR-01). */
export const RECORD_LANGUAGES = ['fr', 'en'] as const;

/** In characters; more is a slip of somebody's clipboard. */
export const LONGEST_NAME = 100;
export const LONGEST_IDENTIFIER = 100;

/** Without control characters and surrounding spaces, with single ones within; capitals stay as they were typed (USR-03). */
export const tidyName = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();

/** The profile of that code; undefined: there is none. */
export function profileOf(network: Network, code: string | null | undefined): RegistrationProfile | undefined {
  return network.registrationProfiles.find((one) => one.code === code);
}

const isDigits = (text: string): boolean => /^\d+$/u.test(text);

/** Nine digits, a digit or a letter, a letter or two: eleven characters, as an INE has them and no UNR. */
const INE = /^\d{9}(?:\d[A-Z]|[A-Z]{2})$/iu;

/**
 * What is wrong with an identifier (card number, UNR) for a profile (USR-06); undefined: nothing. A profile with beginnings
 * in digits takes digits only; one without takes anything but an INE. Whether somebody has it already is not asked here.
 */
export function identifierProblem(
  profile: RegistrationProfile | undefined,
  value: string,
): { readonly code: RegistrationRefusal; readonly allowed?: readonly string[] } | undefined {
  const identifier = value.trim();
  if (identifier === '') return { code: 'IDENTIFIER_REQUIRED' };
  if (identifier.length > LONGEST_IDENTIFIER) return { code: 'IDENTIFIER_TOO_LONG' };
  if (!profile) return undefined;
  const { prefixes, type } = profile.identifier;
  if (type === 'UNR' && INE.test(identifier)) return { code: 'IDENTIFIER_IS_INE' };
  if (prefixes.length === 0) return undefined;
  if (!prefixes.some((one) => identifier.startsWith(one))) return { code: 'IDENTIFIER_PREFIX', allowed: prefixes };
  return prefixes.every(isDigits) && !isDigits(identifier) ? { code: 'IDENTIFIER_DIGITS' } : undefined;
}

/** What is wrong with a group for a profile: groups are mandatory, and each profile has its own. */
export function groupProblem(
  profile: RegistrationProfile | undefined,
  group: string | null,
): RegistrationProblem | undefined {
  if (group === null || group === '') return { code: 'GROUP_REQUIRED', path: 'group' };
  if (!profile || profile.groups.includes(group)) return undefined;
  return { code: 'GROUP_NOT_OF_PROFILE', path: 'group', allowed: profile.groups };
}

/** What is wrong with the dates of a record (USR-04): both are needed, and nothing is purged while it is valid. */
export function dateProblem(expiry: Day | null, purge: Day | null): RegistrationProblem | undefined {
  if (expiry === null) return { code: 'EXPIRY_REQUIRED', path: 'expiry' };
  if (purge === null) return { code: 'PURGE_REQUIRED', path: 'purge' };
  return purge < expiry ? { code: 'PURGE_BEFORE_EXPIRY', path: 'purge' } : undefined;
}

const CONTACT_CODES: Readonly<Record<WrongContact['problem'], RegistrationRefusal>> = {
  empty: 'ADDRESS_INCOMPLETE',
  'too-long': 'CONTACT_TOO_LONG',
  'unknown-code': 'CONTACT_TYPE',
  'not-an-email': 'EMAIL_INVALID',
  'not-a-phone': 'PHONE_INVALID',
  'not-a-postal-code': 'POSTAL_CODE_INVALID',
  placeholder: 'EMAIL_AND_ALTERNATIVE',
};
const EMPTY_CODES = { email: 'EMAIL_INVALID', phone: 'PHONE_INVALID', address: 'ADDRESS_INCOMPLETE' } as const;
const CONTACT_PATHS = { email: 'emails', phone: 'phones', address: 'addresses' } as const;

/** A contact of a new record; `preferred`: letters go there. */
export type DraftContact = NewContact & { readonly preferred?: boolean };

/** One of each kind is preferred: the first that says so, else the first. The same value twice is one contact. */
function withPreferred(contacts: readonly ContactContent[]): ContactContent[] {
  const once = contacts.filter(
    (one, at) =>
      contacts.findIndex(
        (other) => other.kind === one.kind && other.value.toLowerCase() === one.value.toLowerCase(),
      ) === at,
  );
  return once.map((one) => {
    const alike = once.filter((other) => other.kind === one.kind);
    return { ...one, preferred: one === (alike.find((other) => other.preferred) ?? alike[0]) };
  });
}

/**
 * The contacts of a new record as they are kept, or the first thing that is wrong (USR-03). Without an e-mail address the
 * network's placeholder stands for it, as *alternative*; it is never written to.
 */
export function contactsOf(
  given: readonly DraftContact[],
  { noEmail, placeholder }: { readonly noEmail: boolean; readonly placeholder: string | undefined },
): readonly ContactContent[] | RegistrationProblem {
  const kept: ContactContent[] = [];
  for (const contact of given) {
    const { kind } = contact;
    const tidied = tidyContact(contact, placeholder);
    const path = `${CONTACT_PATHS[kind]}[${given.filter((one) => one.kind === kind).indexOf(contact)}]`;
    if ('problem' in tidied) {
      const code = tidied.problem === 'empty' ? EMPTY_CODES[kind] : CONTACT_CODES[tidied.problem];
      return { code, path: `${path}.${tidied.path}` };
    }
    kept.push({ ...tidied, preferred: contact.preferred ?? false });
  }
  const emails = kept.filter((one) => one.kind === 'email');
  const isReal = emails.some((one) => one.type !== 'alternative');
  if (isReal && (noEmail || emails.some((one) => one.type === 'alternative')))
    return { code: 'EMAIL_AND_ALTERNATIVE', path: 'noEmail' };
  const nowhere = { city: null, postalCode: null, country: null, preferred: true };
  const instead = { kind: 'email' as const, type: 'alternative', value: placeholder ?? '', ...nowhere };
  return withPreferred(emails.length > 0 || placeholder === undefined ? kept : [instead, ...kept]);
}

/** What is checked of a registration as soon as it is typed. */
export type Draft = {
  readonly lastName: string;
  readonly firstName: string;
  readonly birthDay: Day | null;
  readonly identifier: string;
  readonly group: string | null;
  readonly expiry: Day | null;
  readonly purge: Day | null;
};

/** Everything that is wrong with a registration, in the order of the form; contacts are `contactsOf`'s affair. */
export function registrationProblems(
  draft: Draft,
  { profile, today }: { readonly profile: RegistrationProfile | undefined; readonly today: Day },
): RegistrationProblem[] {
  const { birthDay, group, expiry, purge } = draft;
  const names = (['lastName', 'firstName'] as const).flatMap((path): RegistrationProblem[] =>
    tidyName(draft[path]).length > LONGEST_NAME ? [{ code: 'NAME_TOO_LONG', path }] : [],
  );
  const wrongIdentifier = identifierProblem(profile, draft.identifier);
  return [
    ...(tidyName(draft.lastName) === '' ? [{ code: 'NAME_REQUIRED' as const, path: 'lastName' }] : []),
    ...names,
    ...(birthDay !== null && birthDay >= today ? [{ code: 'BIRTH_DATE_NOT_PAST' as const, path: 'birthDay' }] : []),
    ...(wrongIdentifier ? [{ ...wrongIdentifier, path: 'identifier' }] : []),
    ...[groupProblem(profile, group), dateProblem(expiry, purge)].filter((one) => one !== undefined),
  ];
}
