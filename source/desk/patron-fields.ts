import type { Network } from '../circulation/network.ts';
import { LONGEST_IDENTIFIER, LONGEST_NAME, tidyName } from '../circulation/registration.ts';
import { dayOf, isDay } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { Desk, Refusal } from './perform.ts';

/** What is to be changed of a record; what is left out stays as it is. An empty text of what may be missing is none. */
export type PatronChange = {
  readonly lastName?: string;
  readonly firstName?: string;
  readonly birthDay?: Day | null;
  readonly group?: string | null;
  readonly campus?: string | null;
  readonly language?: string;
  readonly category?: string | null;
  readonly status?: 'active' | 'inactive';
  readonly expiry?: Day | null;
  /** A day, null (none), or `keep`. Left out while the expiry date changes: it follows (USR-04). */
  readonly purge?: Day | null;
  /** The primary one. */
  readonly identifier?: string;
  /** Codes: all that shall be there. Those of the card system stay anyway while they are locked. */
  readonly statistics?: readonly string[];
};

type Invalid = Extract<Refusal, { kind: 'invalid' }>;
const invalid = (path: string, problem: Invalid['problem'], value?: string | null): Invalid => ({
  kind: 'invalid',
  path,
  problem,
  ...(value === undefined || value === null ? {} : { value }),
});

/** The languages that letters are written in (USR-01). */
const LANGUAGES: readonly string[] = ['fr', 'en'];

/** The codes of the network that a field of a record may have; undefined: it has no list of them. */
function codesOf(network: Network, path: 'group' | 'campus' | 'category' | 'statistics'): readonly string[] {
  const profiles = network.registrationProfiles;
  const codes = (list: readonly { readonly code: string }[] | undefined) => (list ?? []).map((one) => one.code);
  switch (path) {
    case 'group':
      return codes(network.groups);
    case 'campus':
      return codes(network.campuses);
    case 'category':
      return [...codes(network.categories), ...profiles.flatMap((one) => one.category ?? [])];
    case 'statistics':
      return [...codes(network.statistics), ...profiles.flatMap((one) => one.statistics)];
  }
}

const emptyIsNone = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text.trim());

/** A change as it would be written: texts tidied, empty ones none. */
export function tidyChange(change: PatronChange): PatronChange {
  const { lastName, firstName, group, campus, category, identifier, statistics } = change;
  return {
    ...change,
    ...(lastName === undefined ? {} : { lastName: tidyName(lastName) }),
    ...(firstName === undefined ? {} : { firstName: tidyName(firstName) }),
    ...(group === undefined ? {} : { group: emptyIsNone(group) }),
    ...(campus === undefined ? {} : { campus: emptyIsNone(campus) }),
    ...(category === undefined ? {} : { category: emptyIsNone(category) }),
    ...(identifier === undefined ? {} : { identifier: tidyName(identifier) }),
    ...(statistics === undefined ? {} : { statistics: [...new Set(statistics)] }),
  };
}

function nameProblem({ lastName, firstName, identifier }: PatronChange): Invalid | undefined {
  if (lastName === '') return invalid('lastName', 'empty');
  if (identifier === '') return invalid('identifier', 'empty');
  const texts = [
    ['lastName', lastName, LONGEST_NAME],
    ['firstName', firstName, LONGEST_NAME],
    ['identifier', identifier, LONGEST_IDENTIFIER],
  ] as const;
  const tooLong = texts.find(([, text, longest]) => (text ?? '').length > longest);
  return tooLong && invalid(tooLong[0], 'too-long', String(tooLong[2]));
}

/** The first of the days that is none: nothing can be reckoned from it. */
export function notADay({ birthDay, expiry, purge }: PatronChange): Invalid | undefined {
  const days = { birthDay, expiry, purge: purge === 'keep' ? null : purge };
  const wrong = Object.entries(days).find(([, day]) => typeof day === 'string' && !isDay(day));
  return wrong && invalid(wrong[0], 'not-a-day', wrong[1]);
}

function birthProblem({ network, now }: Desk, { birthDay }: PatronChange): Invalid | undefined {
  const isFuture = birthDay && birthDay >= dayOf(now, network.timeZone);
  return isFuture ? invalid('birthDay', 'in-the-future', birthDay) : undefined;
}

function codeProblem({ network }: Desk, change: PatronChange): Invalid | undefined {
  if (change.group === null) return invalid('group', 'empty');
  for (const path of ['group', 'campus', 'category'] as const) {
    const code = change[path];
    if (code && !codesOf(network, path).includes(code)) return invalid(path, 'unknown-code', code);
  }
  const { language, statistics = [] } = change;
  if (language !== undefined && !LANGUAGES.includes(language)) return invalid('language', 'unknown-code', language);
  const unknown = statistics.find((code) => !codesOf(network, 'statistics').includes(code));
  return unknown === undefined ? undefined : invalid('statistics', 'unknown-code', unknown);
}

/** What is wrong with what has changed of a record, by itself; whether an identifier is taken is not asked here. */
export const fieldProblem = (desk: Desk, change: PatronChange): Invalid | undefined =>
  nameProblem(change) ?? birthProblem(desk, change) ?? codeProblem(desk, change);
