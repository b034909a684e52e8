import { isToOverwrite } from '../circulation/card-system.ts';
import { ADDRESS_TYPES, EMAIL_TYPES, PHONE_TYPES } from '../circulation/contacts.ts';
import type { ContactContent } from '../circulation/contacts.ts';
import { contactsOf, profileOf, registrationProblems, tidyName } from '../circulation/registration.ts';
import type { RegistrationProblem, RegistrationRefusal } from '../circulation/registration.ts';
import { isDay } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { LikelyDuplicate } from '../records/likely-duplicates.ts';
import type { PatronView } from '../records/patrons.ts';
import { recordAbout } from './patron-events.ts';
import { action, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { choicesOf, proposalsOf, todayOf, wrongCodeOrDay } from './registration-choices.ts';
import type { ProposedRecord, RegistrationChoices } from './registration-choices.ts';
import {
  ANY_IDENTIFIER,
  draftContacts,
  filled,
  furtherProblems,
  newPatron,
  profileProblems,
} from './registration-record.ts';
import type { Filled, RegisterRequest } from './registration-record.ts';

export type { LikelyDuplicate as Duplicate } from '../records/likely-duplicates.ts';
export type { RegisterRequest } from './registration-record.ts';

/** What a form of registration shows: proposals, choices, and what the identifier has to be (USR-03, USR-06). */
export type RegistrationForm = RegistrationChoices & {
  readonly kind: 'form';
  readonly profile: string | null;
  readonly recordKind: 'internal' | 'external';
  readonly proposed: ProposedRecord;
  /** `primary` false: it is a further one, and the program makes the primary one. */
  readonly identifier: {
    readonly type: 'CARD' | 'UNR' | 'PRIMARY';
    readonly prefixes: readonly string[];
    readonly primary: boolean;
  };
  readonly emailTypes: readonly string[];
  readonly phoneTypes: readonly string[];
  readonly addressTypes: readonly string[];
  readonly placeholderEmail: string | null;
};

const unknownProfile = (value: string): Refusal => ({
  kind: 'invalid',
  path: 'profile',
  problem: 'unknown-code',
  value,
});

/** What a registration by a profile proposes and allows; `expiry`: the date that was typed instead of the proposed one. */
export const registrationForm = action(
  'registration-form',
  { permission: 'add-patrons', readOnly: true },
  async (desk: Desk, request: { profile?: string | null; expiry?: Day }): Promise<RegistrationForm | Refusal> => {
    const { network } = desk;
    const { profile: code = null, expiry } = request;
    const profile = profileOf(network, code);
    if (code !== null && !profile) return unknownProfile(code);
    if (expiry !== undefined && !isDay(expiry))
      return { kind: 'invalid', path: 'expiry', problem: 'not-a-day', value: expiry };
    return {
      kind: 'form',
      profile: code,
      recordKind: profile?.kind ?? 'internal',
      proposed: proposalsOf(desk, profile, expiry),
      identifier: profile?.identifier ?? ANY_IDENTIFIER,
      ...choicesOf(network, profile),
      emailTypes: EMAIL_TYPES.filter((one) => one !== 'alternative'),
      phoneTypes: PHONE_TYPES,
      addressTypes: ADDRESS_TYPES,
      placeholderEmail: network.placeholderEmail ?? null,
    };
  },
);

/** Why nothing was registered: the first problem, and all of them. `lines`: whoever has the identifier. */
export type RegistrationRefused = {
  readonly kind: 'refused';
  readonly code: RegistrationRefusal;
  readonly path: string;
  readonly allowed?: readonly string[];
  readonly problems: readonly RegistrationProblem[];
  readonly lines: readonly LikelyDuplicate[];
};

export type RegisterOutcome =
  | {
      readonly kind: 'registered';
      readonly id: number;
      readonly identifier: string;
      readonly patron: PatronView;
      /** The card system is asked for it at once (IMP-04). */
      readonly toOverwrite: boolean;
    }
  | {
      readonly kind: 'duplicates';
      readonly lines: readonly LikelyDuplicate[];
      /** One of them comes from the card system: a new record is right, and that one is left alone (USR-12). */
      readonly formerInstitutional: boolean;
    }
  | RegistrationRefused
  | Refusal;

/** A refusal of the first of some problems. */
export function refusedFor(
  problems: readonly [RegistrationProblem, ...RegistrationProblem[]],
  lines: readonly LikelyDuplicate[] = [],
): RegistrationRefused {
  return { kind: 'refused', ...problems[0], problems, lines };
}

async function write(desk: Desk, whole: Filled, contacts: readonly ContactContent[]): Promise<RegisterOutcome> {
  const { records, now } = desk;
  const { profile, request } = whole;
  const patron = newPatron(whole, contacts);
  const id = await records.patrons.add(patron, now, staffId(desk));
  const view = await records.patrons.byId(id);
  if (!view) throw new Error(`no record ${id} where it was just made`);
  const despite = request.despite ?? [];
  await recordAbout(desk, 'patron-added', id, {
    after: { ...patron, identifiers: view.identifiers },
    ...(profile ? { profile: profile.code } : {}),
    ...(despite === 'all' || despite.length === 0 ? {} : { despite }),
  });
  const toOverwrite = isToOverwrite(desk.network, view);
  return { kind: 'registered', id, identifier: view.identifiers[0]?.value ?? '', patron: view, toOverwrite };
}

/**
 * Makes a record by a registration profile, or without one (USR-03 to USR-06). What the request leaves out is as proposed.
 * Refused: what a profile or USR-03 and USR-04 do not allow, and an identifier that somebody has. Likely duplicates are
 * answered first (USR-05); the same request with `despite` registers nevertheless, unless others have appeared meanwhile.
 */
export const registerPatron = action(
  'register-patron',
  { permission: 'add-patrons' },
  async (desk: Desk, request: RegisterRequest): Promise<RegisterOutcome> => {
    const { network, records } = desk;
    const profile = profileOf(network, request.profile);
    if (request.profile && !profile) return unknownProfile(request.profile);
    const { group: _, ...days } = request;
    // A code that the profile itself brings was checked when the network was loaded.
    const wrong = wrongCodeOrDay(network, request) ?? wrongCodeOrDay(network, days);
    if (wrong) return wrong;
    const whole = filled(desk, request, profile);
    const placeholder = network.placeholderEmail;
    const contacts = contactsOf(draftContacts(request), { noEmail: request.noEmail ?? false, placeholder });
    const [first, ...others] = [
      ...registrationProblems({ ...whole, ...whole.record }, { profile, today: todayOf(desk) }),
      ...profileProblems(whole),
      ...furtherProblems(whole),
      ...('code' in contacts ? [contacts] : []),
    ];
    if (first || 'code' in contacts) return refusedFor([first ?? (contacts as RegistrationProblem), ...others]);
    const lines = await records.likelyDuplicates.find({
      ...whole,
      identifiers: [whole.identifier, ...(request.identifiers ?? []).map((one) => one.value)],
      emails: contacts.filter((one) => one.kind === 'email' && one.type !== 'alternative').map((one) => one.value),
    });
    const taken = lines.filter((one) => one.taken !== null);
    if (taken.length > 0) return refusedFor([{ code: 'IDENTIFIER_TAKEN', path: 'identifier' }], taken);
    const { despite = [] } = request;
    if (despite !== 'all' && lines.some((one) => !despite.includes(one.id))) {
      const isInstitutional = profile?.kind !== 'external' && lines.some((one) => one.recordKind === 'external');
      return { kind: 'duplicates', lines, formerInstitutional: isInstitutional };
    }
    return write(desk, whole, contacts);
  },
);

export type Likely = { readonly kind: 'likely'; readonly lines: readonly LikelyDuplicate[] } | Refusal;

/** Records that may be of the person who is being typed, to be shown before anything is saved (USR-05). */
export const likelyDuplicates = action(
  'likely-duplicates',
  { permission: 'add-patrons', readOnly: true },
  async (
    { records, network }: Desk,
    request: {
      lastName: string;
      firstName?: string;
      birthDay?: Day | null;
      identifiers?: readonly string[];
      emails?: readonly string[];
    },
  ): Promise<Likely> => {
    const { birthDay, identifiers = [], emails = [] } = request;
    const placeholder = network.placeholderEmail?.toLowerCase();
    const lines = await records.likelyDuplicates.find({
      lastName: tidyName(request.lastName).slice(0, 100),
      firstName: tidyName(request.firstName ?? '').slice(0, 100),
      birthDay: birthDay && isDay(birthDay) ? birthDay : null,
      identifiers: identifiers.filter((one) => one.trim() !== '').slice(0, 20),
      emails: emails.filter((one) => one.trim() !== '' && one.trim().toLowerCase() !== placeholder).slice(0, 20),
    });
    return { kind: 'likely', lines };
  },
);
