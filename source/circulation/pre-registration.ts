import { tidyContact } from './contacts.ts';
import type { ContactContent, ContactProblem, NewContact, WrongContact } from './contacts.ts';
import type { Library, Network, Statistic } from './network.ts';
import { LONGEST_PASSWORD, missingParts } from './passwords.ts';
import type { PasswordPart } from './passwords.ts';
import { addMonths } from './patron-dates.ts';
import { LONGEST_IDENTIFIER, LONGEST_NAME, RECORD_LANGUAGES, tidyName } from './registration.ts';
import { addDays, isDay } from './time.ts';
import type { Day } from './time.ts';

/** What readers may ask for who register by themselves (USR-13); what is left out is as shipped. */
export type PreRegistrationSettings = {
  /** The provisional group. */
  readonly group: string;
  /** So long somebody may come and finish it; then it is removed. */
  readonly keepMonths: number;
  /** Where it can be finished; absent: everywhere. */
  readonly libraries?: readonly string[];
  /** Statistics of which readers say the one that fits; absent: they are not asked. */
  readonly occupations?: readonly string[];
  /** For how many months somebody may register; the first is proposed. */
  readonly durations?: readonly number[];
  /** How the note for the desk begins; stored text, the same in every language. */
  readonly note?: string;
  /** What stands in it before the records that may be of the same person. */
  readonly duplicateNote?: string;
};

/** What a form of pre-registration offers. */
export type PreRegistrationOffer = {
  readonly libraries: readonly Pick<Library, 'code' | 'name'>[];
  /** Empty: nothing is asked. */
  readonly occupations: readonly Pick<Statistic, 'code' | 'name'>[];
  /** Months; the first is proposed. */
  readonly durations: readonly number[];
};

const DURATIONS = [12];

/** What a network offers to who registers by themselves (USR-13); null: nothing, they have to come. */
export function preRegistrationOffer(network: Network): PreRegistrationOffer | null {
  const { preRegistration, libraries, statistics = [] } = network;
  if (!preRegistration) return null;
  const { libraries: some, occupations = [], durations = DURATIONS } = preRegistration;
  return {
    libraries: libraries.filter(({ code }) => some?.includes(code) ?? true).map(({ code, name }) => ({ code, name })),
    occupations: occupations.flatMap((code) =>
      statistics.filter((one) => one.code === code).map(({ name }) => ({ code, name })),
    ),
    durations,
  };
}

/** What can be wrong with a pre-registration. */
export const PRE_REGISTRATION_REFUSALS = [
  'REQUIRED',
  'TOO_LONG',
  'NOT_A_NAME',
  'NOT_A_DAY',
  'BIRTH_DATE_NOT_PAST',
  'EMAIL_INVALID',
  'PASSWORD_WEAK',
  'POSTAL_CODE_INVALID',
  'PHONE_INVALID',
  'UNKNOWN_CODE',
  /** Not read, or they have been changed while they were read. */
  'TERMS_NOT_ACCEPTED',
] as const;
export type PreRegistrationRefusal = (typeof PRE_REGISTRATION_REFUSALS)[number];

/** One thing that is wrong: the field; of a weak password what is missing, of a code what it may be. */
export type PreRegistrationProblem = {
  readonly code: PreRegistrationRefusal;
  readonly path: string;
  readonly missing?: readonly PasswordPart[];
  readonly allowed?: readonly string[];
};

/** A pre-registration, as somebody typed it. */
export type PreRegistrationDraft = {
  readonly lastName: string;
  readonly firstName: string;
  readonly birthDay: string;
  readonly email: string;
  readonly password: string;
  readonly address: {
    readonly line1: string;
    readonly line2?: string;
    readonly postalCode: string;
    readonly city: string;
    readonly country?: string;
  };
  readonly phone?: string;
  /** A code of the offer. */
  readonly occupation?: string | null;
  /** Months; absent: the first of the offer. */
  readonly duration?: number;
  /** Where they will have it finished. */
  readonly library: string;
  readonly language: string;
  /** The version of the terms that were read and accepted; null: none. */
  readonly termsAccepted: string | null;
};

/** A pre-registration in which all is well, as it is kept. */
export type PreRegistration = {
  readonly lastName: string;
  readonly firstName: string;
  readonly birthDay: Day;
  readonly email: string;
  readonly contacts: readonly ContactContent[];
  readonly occupation: string | null;
  readonly library: string;
  readonly language: string;
  /** Last valid day: as long as was asked for, never shorter than it waits to be finished. */
  readonly expiry: Day;
  /** The last day on which it can be finished. */
  readonly until: Day;
};

type Problems = readonly PreRegistrationProblem[];

const CODES: Readonly<Record<ContactProblem, PreRegistrationRefusal>> = {
  empty: 'REQUIRED',
  'too-long': 'TOO_LONG',
  'unknown-code': 'UNKNOWN_CODE',
  'not-an-email': 'EMAIL_INVALID',
  placeholder: 'EMAIL_INVALID',
  'not-a-phone': 'PHONE_INVALID',
  'not-a-postal-code': 'POSTAL_CODE_INVALID',
};

/**
 * Whether a text can be somebody's name. A letter greets with it whoever has the address that was typed: nobody sends an
 * address of the web, or a sentence about money, in the library's name.
 */
const isName = (text: string): boolean =>
  /^\p{L}(?:[\p{L}\p{M} .'’·-]|\u200C|\u200D)*$/u.test(text) && !/\p{L}{2}\.\p{L}{2}/u.test(text);

function nameProblems(path: 'lastName' | 'firstName', typed: string): Problems {
  const name = tidyName(typed);
  if (name === '') return [{ code: 'REQUIRED', path }];
  if (name.length > LONGEST_NAME) return [{ code: 'TOO_LONG', path }];
  return isName(name) ? [] : [{ code: 'NOT_A_NAME', path }];
}

function birthDayProblems(typed: string, today: Day): Problems {
  const path = 'birthDay';
  if (typed.trim() === '') return [{ code: 'REQUIRED', path }];
  if (!isDay(typed)) return [{ code: 'NOT_A_DAY', path }];
  return typed >= today ? [{ code: 'BIRTH_DATE_NOT_PAST', path }] : [];
}

function passwordProblems(password: string): Problems {
  const path = 'password';
  if (password === '') return [{ code: 'REQUIRED', path }];
  if (password.length > LONGEST_PASSWORD) return [{ code: 'TOO_LONG', path }];
  const missing = missingParts(password);
  return missing.length > 0 ? [{ code: 'PASSWORD_WEAK', path, missing }] : [];
}

function codeProblems(path: string, code: string | undefined | null, allowed: readonly string[]): Problems {
  if (code === undefined || code === null || code === '') return [{ code: 'REQUIRED', path, allowed }];
  return allowed.includes(code) ? [] : [{ code: 'UNKNOWN_CODE', path, allowed }];
}

/** A contact as it is kept, or what is wrong with it, at the path of its field. */
function contactOf(
  contact: NewContact,
  pathOf: (path: WrongContact['path']) => string,
  placeholder?: string,
): { readonly kept: readonly ContactContent[]; readonly problems: Problems } {
  const tidied = tidyContact(contact, placeholder);
  if ('problem' in tidied) return { kept: [], problems: [{ code: CODES[tidied.problem], path: pathOf(tidied.path) }] };
  return { kept: [{ ...tidied, preferred: true }], problems: [] };
}

/** The e-mail address: that they are written to, and their provisional identifier. The network's placeholder is none. */
function emailOf(typed: string, { placeholderEmail }: Network) {
  const { kept, problems } = contactOf({ kind: 'email', value: typed }, () => 'email', placeholderEmail);
  const [email] = kept;
  if (!email) return { kept, problems };
  if (email.type === 'alternative') return { kept: [], problems: [{ code: 'EMAIL_INVALID' as const, path: 'email' }] };
  const isTooLong = email.value.length > LONGEST_IDENTIFIER;
  return isTooLong
    ? { kept: [], problems: [{ code: 'TOO_LONG' as const, path: 'email' }] }
    : { kept: [{ ...email, type: 'personal' }], problems };
}

/** The postal address: line, postal code and town are needed. */
function addressOf({ line1, line2 = '', postalCode, city, country = '' }: PreRegistrationDraft['address']) {
  const needed = Object.entries({ line1, postalCode, city }).filter(([, text]) => tidyName(text) === '');
  const empty = needed.map(([field]) => ({ code: 'REQUIRED' as const, path: `address.${field}` }));
  const value = [line1, line2].join('\n');
  const kept = contactOf({ kind: 'address', type: 'home', value, postalCode, city, country }, (path) =>
    path === 'value' ? 'address.line1' : `address.${path}`,
  );
  const others = kept.problems.filter((one) => !empty.some(({ path }) => path === one.path));
  return { kept: empty.length > 0 ? [] : kept.kept, problems: [...empty, ...others] };
}

function phoneOf(typed = ''): ReturnType<typeof contactOf> {
  return tidyName(typed) === ''
    ? { kept: [], problems: [] }
    : contactOf({ kind: 'phone', value: typed }, () => 'phone');
}

const codesOf = (list: readonly { readonly code: string }[]): string[] => list.map((one) => one.code);

/**
 * A pre-registration as it is kept, or everything that is wrong with it, in the order of the form (USR-13). `terms`: the
 * version that has to be accepted; null: the network has none.
 */
export function preRegistrationOf(
  draft: PreRegistrationDraft,
  about: {
    readonly network: Network;
    readonly offer: PreRegistrationOffer;
    readonly terms: string | null;
    readonly today: Day;
  },
): PreRegistration | { readonly problems: Problems } {
  const { network, offer, terms, today } = about;
  const { birthDay, password, library, language, termsAccepted } = draft;
  const occupations = codesOf(offer.occupations);
  const [proposed = 12] = offer.durations;
  const { duration = proposed } = draft;
  const [email, address, phone] = [emailOf(draft.email, network), addressOf(draft.address), phoneOf(draft.phone)];
  const problems: Problems = [
    ...nameProblems('lastName', draft.lastName),
    ...nameProblems('firstName', draft.firstName),
    ...birthDayProblems(birthDay, today),
    ...email.problems,
    ...passwordProblems(password),
    ...address.problems,
    ...phone.problems,
    ...codeProblems('library', library, codesOf(offer.libraries)),
    ...(occupations.length > 0 ? codeProblems('occupation', draft.occupation, occupations) : []),
    ...codeProblems('duration', String(duration), offer.durations.map(String)),
    ...codeProblems('language', language, RECORD_LANGUAGES),
    ...(terms !== null && termsAccepted !== terms
      ? [{ code: 'TERMS_NOT_ACCEPTED' as const, path: 'termsAccepted' }]
      : []),
  ];
  const [contact] = email.kept;
  if (problems.length > 0 || !contact) return { problems };
  // The night after it removes what nobody has finished.
  const until = addDays(addMonths(today, network.preRegistration?.keepMonths ?? 0), -1);
  const wanted = addMonths(today, duration);
  return {
    lastName: tidyName(draft.lastName),
    firstName: tidyName(draft.firstName),
    birthDay,
    email: contact.value,
    contacts: [...email.kept, ...address.kept, ...phone.kept],
    occupation: occupations.length > 0 ? (draft.occupation ?? null) : null,
    library,
    language,
    expiry: wanted > until ? wanted : until,
    until,
  };
}

/** How the note for the desk begins where the network says nothing (manual IX.2.2.3). */
const NOTE = 'Pré-inscription en ligne : inscription à finaliser';
const DUPLICATE_NOTE = 'Doublon possible :';

/** The two texts of the note for the desk. */
export const preRegistrationNotes = ({ note = NOTE, duplicateNote = DUPLICATE_NOTE }: PreRegistrationSettings) => ({
  note,
  duplicateNote,
});
