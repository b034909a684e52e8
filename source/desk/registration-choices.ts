import { libraryOf } from '../circulation/network.ts';
import type { Network, RegistrationProfile, Statistic, StatisticType, Words } from '../circulation/network.ts';
import { proposedExpiry, proposedPurge, RECORD_LANGUAGES } from '../circulation/registration.ts';
import { dayOf, isDay } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { Desk, Refusal } from './perform.ts';

/** A code with its name, as a form lists it. */
export type Choice = { readonly code: string; readonly name: string | Words };

/** What the fields of a registration may be (USR-01, USR-06). */
export type RegistrationChoices = {
  readonly profiles: readonly { readonly code: string; readonly name: Words }[];
  readonly groups: readonly { readonly code: string; readonly name: Words }[];
  readonly campuses: readonly { readonly code: string; readonly name: string }[];
  readonly languages: readonly string[];
  readonly categories: readonly { readonly code: string; readonly name: Words }[];
  readonly statisticTypes: readonly StatisticType[];
  readonly statistics: readonly Statistic[];
};

const named = <One extends Choice>({ code, name }: One) => ({ code, name }) as Pick<One, 'code' | 'name'>;

/** The choices that a profile leaves; without one, all of the network's. */
export function choicesOf(network: Network, profile: RegistrationProfile | undefined): RegistrationChoices {
  const { groups, campuses, categories = [], statisticTypes = [], statistics = [] } = network;
  return {
    profiles: network.registrationProfiles.map(named),
    groups: profile
      ? profile.groups.flatMap((code) => groups.filter((one) => one.code === code)).map(named)
      : groups.filter((one) => one.code !== network.preRegistration?.group).map(named),
    campuses: campuses.filter((one) => profile?.campus === undefined || profile.campus === one.code),
    languages: RECORD_LANGUAGES,
    categories: categories.filter((one) => profile?.category === undefined || profile.category === one.code),
    statisticTypes,
    statistics,
  };
}

/** The day on which a registration is made. */
export const todayOf = ({ now, network }: Desk): Day => dayOf(now, network.timeZone);

/** The campus that registers: that of the desk's library; null: nobody sits anywhere. */
export const campusHere = ({ network, place }: Desk): string | null =>
  place ? libraryOf(network, place.library).campus : null;

/** What a form proposes; an expiry date that was typed has its purge date follow (USR-04). */
export type ProposedRecord = {
  readonly group: string | null;
  readonly campus: string | null;
  readonly language: string;
  readonly expiry: Day | null;
  readonly purge: Day | null;
  readonly category: string | null;
  readonly statistics: readonly string[];
};

/** What a profile proposes for a record that begins today (USR-03, USR-06). */
export function proposalsOf(
  desk: Desk,
  profile: RegistrationProfile | undefined,
  typedExpiry: Day | undefined,
): ProposedRecord {
  const expiry = typedExpiry ?? proposedExpiry(profile, todayOf(desk));
  return {
    group: profile?.groups[0] ?? null,
    campus: profile?.campus ?? campusHere(desk),
    language: RECORD_LANGUAGES[0],
    expiry,
    purge: proposedPurge(profile, expiry),
    category: profile?.category ?? null,
    statistics: profile?.statistics ?? [],
  };
}

/** The codes and days of a record, which have to be such. */
export type CodesAndDays = {
  readonly group?: string | null;
  readonly campus?: string | null;
  readonly language?: string;
  readonly category?: string | null;
  readonly statistics?: readonly string[];
  readonly birthDay?: Day | null;
  readonly expiry?: Day | null;
  readonly purge?: Day | null;
};

/** The first code that the network does not have, or day that is none; undefined: all is well. */
export function wrongCodeOrDay(
  { groups, campuses, categories = [], statistics = [] }: Network,
  given: CodesAndDays,
): Refusal | undefined {
  const lists: readonly (readonly [string, readonly (string | null | undefined)[], readonly string[]])[] = [
    ['group', [given.group], groups.map((one) => one.code)],
    ['campus', [given.campus], campuses.map((one) => one.code)],
    ['language', [given.language], [...RECORD_LANGUAGES]],
    ['category', [given.category], categories.map((one) => one.code)],
    ['statistics', given.statistics ?? [], statistics.map((one) => one.code)],
  ];
  for (const [path, values, known] of lists) {
    const value = values.find((one) => one && !known.includes(one));
    if (value) return { kind: 'invalid', path, problem: 'unknown-code', value };
  }
  for (const path of ['birthDay', 'expiry', 'purge'] as const) {
    const value = given[path];
    if (value && !isDay(value)) return { kind: 'invalid', path, problem: 'not-a-day', value };
  }
  return undefined;
}
