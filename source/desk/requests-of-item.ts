import type { ItemView } from '../records/items.ts';
import type { PatronView } from '../records/patrons.ts';
import type { QueuedRequest } from '../records/requests.ts';
import { endRequest } from './end-request.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';

/** The request of a patron that a loan of an item fills: the one that has it, else any for the same (HOLD-05). */
function ownRequest(patron: PatronView, item: ItemView, queue: readonly QueuedRequest[]): QueuedRequest | undefined {
  const isMeant = (one: QueuedRequest): boolean =>
    one.itemId === null ? item.description === null : one.itemId === item.id;
  const own = queue.filter((one) => one.patronId === patron.id && (one.assignedItemId === item.id || isMeant(one)));
  return own.find((one) => one.assignedItemId === item.id) ?? own[0];
}

/** Another's item is lent: their request goes back to its place in the queue (BLK-08). */
async function backToQueue(desk: Desk, item: ItemView, hold: NonNullable<ItemView['hold']>): Promise<void> {
  const { id: itemId, barcode, title, library } = item;
  const { request, patronId, pickup } = hold;
  await desk.records.requests.backToQueue(request, itemId);
  await desk.records.events.append({
    at: desk.now,
    kind: 'request-requeued',
    staffId: staffId(desk),
    desk: placeName(desk.place),
    patronId,
    itemId,
    data: { barcode, title, library, request, pickup },
  });
}

/** What a loan does to requests: the one that it fills, and whether any are left to be planned anew. */
export type Settled = { readonly filled: number | null; readonly replan: boolean };

/**
 * Frees an item that is about to be lent from what else it was in: another's hold, a transit, a shelf where it was left;
 * ends the request that the loan fills (BLK-08, BLK-09, HOLD-05). Whoever calls plans the queue anew once it is lent.
 */
export async function settleProcess(desk: Desk, patron: PatronView, item: ItemView): Promise<Settled> {
  const { records, now } = desk;
  const { titleId } = item;
  let queue = await records.requests.queue(titleId);
  if (item.hold && item.hold.patronId !== patron.id) {
    await backToQueue(desk, item, item.hold);
    queue = await records.requests.open(titleId);
  }
  const own = ownRequest(patron, item, queue);
  // Its own item is not handed on: it is being lent.
  if (own) {
    const held = own.assignedItemId === item.id ? { ...own, assignedItemId: null } : own;
    await endRequest(desk, titleId, held, queue, { closing: 'filled' });
  }
  if (item.process === 'HOLDSHELF' && item.hold === null) await records.requests.takeFromShelf(item.id);
  if (item.transit) await records.transits.end(item.id, now);
  // It has left the department that was treating it, and goes back there when it is returned (ITEM-01).
  if (item.workOrder?.received === true) await records.workOrders.setReceived(item.workOrder.id, null);
  return { filled: own?.id ?? null, replan: queue.length > 0 };
}
