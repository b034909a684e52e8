import type { Due } from '../circulation/due.ts';
import type { Terms } from '../circulation/rules.ts';
import type { Instant } from '../circulation/time.ts';
import type { UsedOverride } from '../records/events.ts';
import type { ItemView } from '../records/items.ts';
import type { LoanStatus } from '../records/loans.ts';
import type { PatronView } from '../records/patrons.ts';
import { endLoan } from './end-loan.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';
import { replanNow } from './plan-queue.ts';
import { settleProcess } from './requests-of-item.ts';

/** What was decided of a loan: its terms, and its due date, which may have been shortened to the patron's expiry (LOAN-07). */
export type DecidedLoan = { readonly terms: Terms; readonly due: Due; readonly shortened: boolean };

/** A loan that has just been made. */
export type Opened = {
  readonly loan: number;
  readonly due: Instant;
  readonly lateFrom: Instant;
  readonly status: LoanStatus;
};

/** Writes the loan. */
async function writeLoan(
  desk: Desk,
  patron: PatronView,
  item: ItemView,
  { terms, due, shortened }: DecidedLoan,
): Promise<number> {
  const { records, now, networkVersion, place } = desk;
  const loan = await records.loans.open({
    itemId: item.id,
    titleId: item.titleId,
    patronId: patron.id,
    library: item.library,
    location: item.location,
    material: item.material,
    policy: item.policy,
    described: item.description !== null,
    loanedAt: now,
    desk: placeName(place),
    staffId: desk.staff.id,
    due: due.due,
    lateFrom: due.lateFrom,
    period: terms.dueOn === null ? terms.period : null,
    shortened,
    networkVersion,
    ruleRow: terms.row,
  });
  await records.items.setProcess(item.id, 'LOAN', place?.library ?? item.library);
  return loan;
}

/** Writes the loan's event: what the item was in before, and what became of requests. */
async function logLoan(
  desk: Desk,
  patron: PatronView,
  item: ItemView,
  opened: Opened & { readonly filled: number | null },
  used: readonly UsedOverride[],
): Promise<void> {
  const { records, now, place } = desk;
  const { barcode, title, library, process, at } = item;
  const { group, campus } = patron;
  const { loan: loanId, due, filled, status } = opened;
  const event = { at: now, kind: 'item-lent', staffId: staffId(desk), desk: placeName(place) } as const;
  const before = { process, at, transit: item.transit?.to ?? null, hold: item.hold?.request ?? null };
  const data = { barcode, title, library, due, group, campus, before, filled, status };
  await records.events.append({ ...event, patronId: patron.id, itemId: item.id, loanId, data }, used);
}

/**
 * Makes a loan about which everything has been decided: the loan that the item is still on ends first, at the same time and
 * with its penalty; holds, transits and requests are settled; the queue is planned anew; the event has the overrides that
 * were used. Patron and item must be locked.
 */
export async function openLoan(
  desk: Desk,
  patron: PatronView,
  item: ItemView,
  decided: DecidedLoan,
  used: readonly UsedOverride[],
): Promise<Opened> {
  if (item.loan) await endLoan(desk, item, item.loan.id, desk.now);
  const settled = await settleProcess(desk, patron, item);
  const loan = await writeLoan(desk, patron, item, decided);
  const replanned = settled.replan ? await replanNow(desk, item.titleId) : undefined;
  // Recalled at once, it may fall due sooner than the rules say (REQ-08).
  const recalled = replanned?.recalled.includes(loan) === true ? await desk.records.loans.byId(loan) : undefined;
  const { due, lateFrom } = recalled ?? decided.due;
  const opened = { loan, due, lateFrom, status: recalled?.status ?? 'Normal' };
  await logLoan(desk, patron, item, { ...opened, filled: settled.filled }, used);
  return opened;
}
