import { addMonths } from '../circulation/patron-dates.ts';
import { addDays, dayOf, instantOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** Records in one transaction. */
const LETTERS = 200;
const PATRONS = 25;

type AsOf = { readonly asOf: Instant; readonly most?: number };

/** The day for which a job runs: never later than today. */
const dayAt = ({ network, now }: Desk, asOf: Instant): Day => dayOf(Math.min(asOf, now), network.timeZone);

export type LettersPurged = { readonly kind: 'purged'; readonly letters: number; readonly more: boolean } | Refusal;

/** Deletes a batch of the letters that are older than the network keeps them (LET-04). Repeatable. */
export const purgeLetters = action(
  'purge-letters',
  { permission: 'run-jobs' },
  async (desk: Desk, { asOf, most = LETTERS }: AsOf): Promise<LettersPurged> => {
    const { records, network } = desk;
    const first = addDays(dayAt(desk, asOf), -network.keepLettersDays);
    const letters = await records.nightPurge.letters(instantOf(first, 0, network.timeZone), most);
    const more = letters === most;
    if (!more) await records.nightPurge.silentNotices(first);
    return { kind: 'purged', letters, more };
  },
);

export type PreRegistrationsPurged =
  | { readonly kind: 'purged'; readonly patrons: number; readonly more: boolean }
  | Refusal;

/**
 * Deletes a batch of the pre-registrations that nobody has finished within the months that the network keeps them (USR-13).
 * What was lent or asked for meanwhile keeps a record, and so does a block. Repeatable.
 */
export const purgePreRegistrations = action(
  'purge-pre-registrations',
  { permission: 'run-jobs' },
  async (desk: Desk, { asOf, most = PATRONS }: AsOf): Promise<PreRegistrationsPurged> => {
    const { records, network, now } = desk;
    const { preRegistration, timeZone } = network;
    if (!preRegistration) return { kind: 'purged', patrons: 0, more: false };
    const { group, keepMonths } = preRegistration;
    const today = dayAt(desk, asOf);
    const before = instantOf(addDays(addMonths(today, -keepMonths), 1), 0, timeZone);
    const found = await records.nightPurge.preRegistrations(group, before, today, most);
    await records.patronPurge.remove(found.map((one) => one.id));
    // Whom it was is nobody's to know any more; statistics need the rest.
    await records.events.appendAll(
      found.map(({ kind, campus }) => ({
        at: now,
        kind: 'patron-deleted' as const,
        staffId: staffId(desk),
        desk: placeName(desk.place),
        data: { before: { kind, group, campus }, because: 'pre-registration' },
      })),
    );
    return { kind: 'purged', patrons: found.length, more: found.length === most };
  },
);

export type NightCounted =
  | {
      readonly kind: 'counted';
      readonly blocksEnded: number;
      readonly holdsExpired: number;
      readonly becameLate: number;
    }
  | Refusal;

/**
 * What a business day has ended by itself: blocks, holds, and loans that are late from its end on. All three follow from days
 * that are written down (PEN-05, HOLD-02, CAL-05), so that nothing has to be changed for it.
 */
export const countNight = action(
  'count-night',
  { permission: 'run-jobs', readOnly: true },
  async ({ records, network }: Desk, { day }: { readonly day: Day }): Promise<NightCounted> => {
    const start = (one: Day): Instant => instantOf(one, 0, network.timeZone);
    const libraries = network.libraries.map((one) => one.code);
    return {
      kind: 'counted',
      blocksEnded: await records.nightPurge.blocksEnding(day),
      holdsExpired: await records.nightPurge.holdsEnding(day),
      becameLate: await records.nightPurge.lateSince(libraries, start(day), start(addDays(day, 1))),
    };
  },
);
