import { penaltyFor } from '../circulation/penalties.ts';
import type { Penalty } from '../circulation/penalties.ts';
import type { Instant } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { LoanView } from '../records/loans.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';

/** A loan that has just ended, and what it cost. */
export type EndedLoan = { readonly loan: LoanView; readonly penalty: Penalty; readonly returnedAt: Instant };

/**
 * Ends an open loan at an instant (never later than now, never before the loan): closes it, sets the block that a late
 * return costs (PEN-02 to PEN-07) and appends the event. Where the item goes is somebody else's step; the event says it
 * too, where it has been decided before (`more`).
 */
export async function endLoan(
  desk: Desk,
  item: ItemView,
  loanId: number,
  at: Instant,
  more: Readonly<Record<string, unknown>> = {},
): Promise<EndedLoan> {
  const { records, network, now, place } = desk;
  const loan = await records.loans.byId(loanId);
  if (!loan) throw new Error(`loan ${loanId} has gone while its item was locked`);
  const returnedAt = Math.max(Math.min(at, now), loan.loanedAt);
  const penalty = penaltyFor(network, loan, returnedAt);
  await records.loans.close(loanId, returnedAt, placeName(place), desk.staff.id);
  const event = {
    at: now,
    staffId: staffId(desk),
    desk: placeName(place),
    patronId: loan.patronId,
    itemId: item.id,
    loanId,
  };
  const { barcode, title, library } = item;
  const data = {
    barcode,
    title,
    library,
    due: loan.due,
    returnedAt,
    daysLate: penalty.daysLate,
    blockedUntil: penalty.until,
    ...more,
  };
  await records.events.append({ ...event, kind: 'item-returned', data });
  if (penalty.until !== null && loan.patronId !== null) {
    const { until } = penalty;
    const block = await records.blocks.add({
      patronId: loan.patronId,
      type: 'LATE_RETURN',
      until,
      note: null,
      library: loan.library,
      loanId,
      at: now,
      staffId: staffId(desk),
    });
    await records.events.append({
      ...event,
      kind: 'block-set',
      data: { block, type: 'LATE_RETURN', library: loan.library, until, note: null, daysLate: penalty.daysLate },
    });
  }
  return { loan, penalty, returnedAt };
}
