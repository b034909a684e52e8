import type { Network, RegistrationProfile, Statistic, StatisticType } from '../circulation/network.ts';
import { dateProblem, proposedExpiry, proposedPurge } from '../circulation/registration.ts';
import type { RegistrationProblem } from '../circulation/registration.ts';
import { isDay } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { PatronGeneral } from '../records/patron-record.ts';
import type { PatronView } from '../records/patrons.ts';
import { recordAbout } from './patron-events.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { campusHere, todayOf, wrongCodeOrDay } from './registration-choices.ts';

/** What is updated together when somebody registers again (USR-12). */
export type ReRegistration = {
  readonly campus: string | null;
  readonly expiry: Day | null;
  readonly purge: Day | null;
  /** Of our own; those of the card system stay as they are. */
  readonly statistics: readonly string[];
};

export type ReRegistrationForm = {
  readonly kind: 're-registration';
  readonly patron: PatronView;
  /** The record comes from the card system: `reRegister` warns (USR-12). */
  readonly external: boolean;
  readonly proposed: ReRegistration;
  readonly campuses: Network['campuses'];
  readonly statisticTypes: readonly StatisticType[];
  readonly statistics: readonly Statistic[];
};

export type ReRegisterRequest = Partial<ReRegistration> & {
  readonly patron: number | string;
  /** The warning about an external record was read. */
  readonly despite?: true;
};

export type ReRegisterOutcome =
  | { readonly kind: 're-registered'; readonly patron: PatronView; readonly statistics: readonly string[] }
  | { readonly kind: 'warning'; readonly because: 'external-record'; readonly patron: PatronView }
  | ({ readonly kind: 'refused' } & RegistrationProblem)
  | Refusal;

/** The profile by which a record was made, as far as it shows: what begins its primary identifier, group and category. */
function profileOfRecord(network: Network, { kind, group, category, identifiers }: PatronView) {
  const primary = identifiers[0]?.value ?? '';
  const alike = network.registrationProfiles.filter(
    (one) =>
      one.kind === kind &&
      one.groups.includes(group ?? '') &&
      one.identifier.primary &&
      one.identifier.prefixes.some((prefix) => primary.startsWith(prefix)),
  );
  return alike.find((one) => one.category === category) ?? alike.find((one) => one.category === undefined);
}

/** The statistics that shall be there: of the campus's institution instead of another's (manual IX.2.2.2). */
function statisticsFor({ statistics: all = [] }: Network, now: readonly string[], campus: string | null): string[] {
  const institutions = all.filter((one) => one.campus !== undefined);
  const there = institutions.filter((one) => one.campus === campus);
  if (there.length === 0) return [...now];
  const types = new Set(there.map((one) => one.type));
  const others = now.filter((code) => !institutions.some((one) => one.code === code && types.has(one.type)));
  return [...others, ...there.map((one) => one.code)];
}

/** Dates as the profile has them, from today; a date that is later already stays. */
function expiryFor(desk: Desk, profile: RegistrationProfile | undefined, now: Day | null): Day | null {
  const proposed = proposedExpiry(profile, todayOf(desk));
  return now !== null && proposed !== null && now > proposed ? now : proposed;
}

async function proposalsFor(
  desk: Desk,
  patron: PatronView,
  typed: { readonly campus?: string | null; readonly expiry?: Day | null },
): Promise<ReRegistration & { readonly own: readonly string[] }> {
  const { records, network } = desk;
  const profile = profileOfRecord(network, patron);
  const campus = typed.campus ?? profile?.campus ?? campusHere(desk) ?? patron.campus;
  const expiry = typed.expiry ?? expiryFor(desk, profile, patron.expiry);
  const statistics = await records.patronStatistics.ofPatron(patron.id);
  const own = statistics.filter((one) => !one.external).map((one) => one.code);
  const external = statistics.filter((one) => one.external).map((one) => one.code);
  const wanted = statisticsFor(network, own, campus).filter((code) => !external.includes(code));
  return { campus, expiry, purge: proposedPurge(profile, expiry), statistics: wanted, own };
}

async function viewOf({ records }: Desk, general: PatronGeneral): Promise<PatronView> {
  const patron = await records.patrons.byId(general.id);
  if (!patron) throw new Error(`patron ${general.id} has gone while being read`);
  return patron;
}

/** What registering again at this desk's campus proposes; `expiry` and `campus`: what was typed instead (USR-12, USR-04). */
export const reRegistrationForm = action(
  're-registration-form',
  { permission: 'edit-patrons', readOnly: true },
  async (
    desk: Desk,
    request: { patron: number | string; campus?: string; expiry?: Day },
  ): Promise<ReRegistrationForm | Refusal> => {
    const { records, network } = desk;
    const general = await records.patronRecord.general(request.patron);
    if (!general) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    if (request.expiry !== undefined && !isDay(request.expiry))
      return { kind: 'invalid', path: 'expiry', problem: 'not-a-day', value: request.expiry };
    const patron = await viewOf(desk, general);
    const { own: _, ...proposed } = await proposalsFor(desk, patron, request);
    return {
      kind: 're-registration',
      patron,
      external: patron.kind === 'external',
      proposed,
      campuses: network.campuses,
      statisticTypes: network.statisticTypes ?? [],
      statistics: network.statistics ?? [],
    };
  },
);

/**
 * Registers somebody again, perhaps with another institution: campus, statistics and dates together, in one event (USR-12).
 * What the request leaves out is as proposed. A record of the card system is answered with a warning first: whoever was its
 * patron and now comes as an authorised reader gets a new record.
 */
export const reRegister = action(
  're-register',
  { permission: 'edit-patrons' },
  async (desk: Desk, request: ReRegisterRequest): Promise<ReRegisterOutcome> => {
    const { records, network } = desk;
    const before = await records.patronRecord.locked(request.patron);
    if (!before) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const wrong = wrongCodeOrDay(network, request);
    if (wrong) return wrong;
    const patron = await viewOf(desk, before);
    const { own, ...proposed } = await proposalsFor(desk, patron, request);
    const { campus, expiry } = proposed;
    const purge = request.purge ?? proposed.purge;
    const statistics = [...new Set(request.statistics ?? proposed.statistics)];
    const problem = dateProblem(expiry, purge);
    if (problem) return { kind: 'refused', ...problem };
    if (patron.kind === 'external' && !request.despite) return { kind: 'warning', because: 'external-record', patron };
    await records.patronRecord.change(before, { campus, expiry, purge });
    const theirs = (await records.patronStatistics.ofPatron(before.id)).filter((one) => one.external);
    const added = statistics.filter((code) => !own.includes(code) && !theirs.some((one) => one.code === code));
    const gone = own.filter((code) => !statistics.includes(code));
    await records.patronStatistics.change(before.id, { gone, added });
    if (patron.kind === 'external') await records.patronRecord.forgetDigest(before.id);
    await recordAbout(desk, 'patron-changed', before.id, {
      before: { campus: before.campus, expiry: before.expiry, purge: before.purge, statistics: own },
      after: { campus, expiry, purge, statistics },
    });
    return { kind: 're-registered', patron: await viewOf(desk, before), statistics };
  },
);
