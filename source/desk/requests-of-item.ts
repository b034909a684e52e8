import type { ItemView } from '../records/items.ts';
import type { LoanStatus } from '../records/loans.ts';
import type { PatronView } from '../records/patrons.ts';
import type { Desk } from './perform.ts';

/**
 * Frees an item from what else it was in: another's hold, a transit; ends the request that the loan fills, whose number it
 * answers with (BLK-08, BLK-09).
 */
export async function settleProcess(
  { records, now }: Desk,
  patron: PatronView,
  item: ItemView,
): Promise<number | null> {
  if (item.hold && item.hold.patronId !== patron.id) await records.requests.backToQueue(item.hold.request, item.id);
  const own = await records.requests.ofPatronForTitle(patron.id, item.titleId, item.id);
  if (own) {
    await records.requests.fill(own.id, now);
    const other = own.assignedItemId !== item.id && own.state === 'ON_SHELF' ? own.assignedItemId : null;
    if (other !== null) await records.items.leaveShelf(other, own.pickup);
  }
  if (item.transit) await records.transits.end(item.id, now);
  // It has left the department that was treating it, and goes back there when it is returned (ITEM-01).
  if (item.workOrder?.received === true) await records.workOrders.setReceived(item.workOrder.id, null);
  return own?.id ?? null;
}

/** A held item was lent to another: its requester's turn recalls the new loan, unless another copy stands in place (BLK-08). */
export async function recallForRequester(
  { records }: Desk,
  patron: PatronView,
  item: ItemView,
  loan: number,
): Promise<LoanStatus> {
  if (!item.hold || item.hold.patronId === patron.id) return 'Normal';
  const copies = await records.items.copiesOfTitle(item.titleId);
  const another = copies.some((one) => one.process === null && one.barcode !== item.barcode);
  if (another && item.description === null) return 'Normal';
  await records.loans.recall(loan);
  return 'Recalled';
}
