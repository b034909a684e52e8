import { daysLate } from './due.ts';
import { libraryOf } from './network.ts';
import type { BlockType, Network, Penalties, Period, Stops } from './network.ts';
import { addDays, dayOf } from './time.ts';
import type { Day, Instant } from './time.ts';

/** Penalties as the owning library applies them: its own settings over the network's (PEN-08). */
export function penaltiesAt(network: Network, library: string): Penalties {
  return { ...network.penalties, ...libraryOf(network, library).penalties };
}

/** Whether a period counts as a short loan (PEN-03). Fixed due dates (no period) are standard. */
const isShort = (period: Period | null, upToDays: number): boolean =>
  period !== null && (period.unit === 'hours' ? period.count <= upToDays * 24 : period.count <= upToDays);

/** The days that are forgiven (PEN-03): the class is that of the rule's period; null (a fixed due date) is standard. */
export function graceDaysFor(settings: Penalties, period: Period | null): number {
  return isShort(period, settings.shortLoan.upToDays) ? settings.shortLoan.graceDays : settings.graceDays;
}

/** What a return costs: calendar days late, grace, and until when the patron is suspended. */
export type Penalty = {
  readonly daysLate: number;
  readonly graceDays: number;
  readonly daysBlocked: number;
  /** Last blocked day, inclusive (PEN-05); null: none. */
  readonly until: Day | null;
};

/**
 * The penalty of a return at `returnedAt` (PEN-02, PEN-03): (calendar days late − grace) × rate, the days that follow
 * the return day. `period` is that of the rule under which the loan was made; null for a fixed date.
 */
export function penaltyFor(
  network: Network,
  loan: { readonly library: string; readonly due: Instant; readonly lateFrom: Instant; readonly period: Period | null },
  returnedAt: Instant,
): Penalty {
  const settings = penaltiesAt(network, loan.library);
  const late = daysLate(loan, returnedAt, network.timeZone);
  const graceDays = graceDaysFor(settings, loan.period);
  const full = Math.ceil(Math.max(0, late - graceDays) * settings.daysPerDayLate);
  const daysBlocked = Math.min(full, settings.maxDays ?? full);
  const until = daysBlocked > 0 ? addDays(dayOf(returnedAt, network.timeZone), daysBlocked) : null;
  return { daysLate: late, graceDays, daysBlocked, until };
}

/** A block on a patron as far as the rules look at it. `library`: the one that set it, or whose item came back late. */
export type BlockInForce = {
  readonly type: BlockType;
  readonly until: Day | null;
  readonly library: string | null;
};

/** What a type of block stops, at a library or in the network (PEN-08). */
export function stopsOf(network: Network, type: BlockType, library: string | null): readonly Stops[] {
  const own = network.libraries.find((one) => one.code === library)?.blockTypes;
  const rows = [...(own ?? []), ...network.blockTypes];
  return rows.find((row) => row.code === type)?.stops ?? [];
}

/** Whether a block is in force on a day: its end date is inclusive, an expired one never blocks (PEN-05). */
export function isInForce(block: { readonly until: Day | null }, today: Day): boolean {
  return block.until === null || block.until >= today;
}

/** Until when a patron cannot borrow: the latest end counts, blocks do not add up (PEN-04). Null: not blocked, or open-ended. */
export function blockedUntil(network: Network, blocks: readonly BlockInForce[], today: Day): Day | null {
  const ends = blocks
    .filter((one) => isInForce(one, today) && stopsOf(network, one.type, one.library).includes('loan'))
    .map((one) => one.until)
    .filter((until) => until !== null);
  return ends.reduce<Day | null>((latest, until) => (latest === null || until > latest ? until : latest), null);
}
