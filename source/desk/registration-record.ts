import type { ContactContent } from '../circulation/contacts.ts';
import type { RegistrationProfile } from '../circulation/network.ts';
import { identifierProblem, tidyName } from '../circulation/registration.ts';
import type { DraftContact, RegistrationProblem } from '../circulation/registration.ts';
import type { Day } from '../circulation/time.ts';
import type { NewPatron } from '../records/patrons.ts';
import type { Desk } from './perform.ts';
import { proposalsOf } from './registration-choices.ts';
import type { ProposedRecord } from './registration-choices.ts';

/** What a registration without a profile asks for. */
export const ANY_IDENTIFIER = { type: 'PRIMARY', prefixes: [], primary: true } as const;

/** A registration, as it was typed. */
export type RegisterRequest = {
  readonly profile?: string | null;
  readonly lastName: string;
  readonly firstName?: string;
  readonly birthDay?: Day | null;
  /** Card number or UNR, as the profile has it. */
  readonly identifier?: string;
  /** Further ones. */
  readonly identifiers?: readonly { readonly type: string; readonly value: string }[];
  /** Absent: as proposed; so are the fields that follow. */
  readonly group?: string | null;
  readonly campus?: string | null;
  readonly language?: string;
  readonly expiry?: Day | null;
  readonly purge?: Day | null;
  readonly emails?: readonly Omit<DraftContact, 'kind'>[];
  /** The box *alternative*: there is no e-mail address, and a placeholder stands for it. */
  readonly noEmail?: boolean;
  readonly phones?: readonly Omit<DraftContact, 'kind'>[];
  readonly addresses?: readonly Omit<DraftContact, 'kind'>[];
  readonly category?: string | null;
  readonly statistics?: readonly string[];
  /** Records that were shown as likely duplicates, and are somebody else's. */
  readonly despite?: readonly number[] | 'all';
};

/** A registration with everything filled in. */
export type Filled = {
  readonly request: RegisterRequest;
  readonly profile: RegistrationProfile | undefined;
  readonly record: ProposedRecord;
  readonly lastName: string;
  readonly firstName: string;
  readonly birthDay: Day | null;
  readonly identifier: string;
};

/** Fills in what a request leaves out, as the profile proposes it. */
export function filled(desk: Desk, request: RegisterRequest, profile: RegistrationProfile | undefined): Filled {
  const { group, campus, language, category, statistics = [], expiry, purge } = request;
  const proposed = proposalsOf(desk, profile, expiry ?? undefined);
  return {
    request,
    profile,
    record: {
      group: group === undefined ? proposed.group : group || null,
      campus: campus === undefined ? proposed.campus : campus || null,
      language: language ?? proposed.language,
      category: category === undefined ? proposed.category : category || null,
      // What the profile prescribes comes with the usual ones (manual IX.6).
      statistics: [...new Set([...proposed.statistics, ...statistics])],
      expiry: proposed.expiry,
      purge: purge ?? proposed.purge,
    },
    lastName: tidyName(request.lastName),
    firstName: tidyName(request.firstName ?? ''),
    birthDay: request.birthDay || null,
    identifier: (request.identifier ?? '').trim(),
  };
}

/** What the profile prescribes and the request says otherwise (USR-06). */
export function profileProblems({ profile, record }: Filled): RegistrationProblem[] {
  const campus = profile?.campus;
  const category = profile?.category;
  return [
    ...(campus !== undefined && record.campus !== campus
      ? [{ code: 'CAMPUS_NOT_OF_PROFILE' as const, path: 'campus', allowed: [campus] }]
      : []),
    ...(category !== undefined && record.category !== category
      ? [{ code: 'CATEGORY_NOT_OF_PROFILE' as const, path: 'category', allowed: [category] }]
      : []),
  ];
}

/** What is wrong with the further identifiers. */
export function furtherProblems({ request, identifier }: Filled): RegistrationProblem[] {
  const all = [identifier, ...(request.identifiers ?? []).map((one) => one.value.trim())];
  return all.slice(1).flatMap((value, at): RegistrationProblem[] => {
    const path = `identifiers[${at}]`;
    const wrong = identifierProblem(undefined, value);
    if (wrong) return [{ ...wrong, path }];
    const twice = all.findIndex((other) => other.toUpperCase() === value.toUpperCase()) <= at;
    return twice ? [{ code: 'IDENTIFIER_TAKEN', path }] : [];
  });
}

/** All contacts of a request. */
export const draftContacts = ({ emails = [], phones = [], addresses = [] }: RegisterRequest): DraftContact[] => [
  ...emails.map((one) => ({ ...one, kind: 'email' as const })),
  ...phones.map((one) => ({ ...one, kind: 'phone' as const })),
  ...addresses.map((one) => ({ ...one, kind: 'address' as const })),
];

/** The record as it is written. What the card system will know better is its own from the beginning (USR-02). */
export function newPatron(
  { profile, request, record, ...names }: Filled,
  contacts: readonly ContactContent[],
): NewPatron {
  const { lastName, firstName, birthDay, identifier } = names;
  const { type, primary } = profile?.identifier ?? ANY_IDENTIFIER;
  const external = profile?.kind === 'external';
  const further = (request.identifiers ?? []).map(({ type: of, value }) => ({ type: of, value: value.trim() }));
  const { statistics, ...general } = record;
  return {
    lastName,
    firstName,
    birthDay,
    ...general,
    kind: profile?.kind ?? 'internal',
    ...(primary ? {} : { numbered: true as const }),
    identifiers: [{ type, value: identifier, external }, ...further],
    contacts: contacts.map((one) => (external && one.type === 'alternative' ? { ...one, external } : one)),
    statistics: statistics.map((code) => ({ code })),
  };
}
