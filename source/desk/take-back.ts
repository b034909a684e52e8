import type { Instant } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import { endLoan } from './end-loan.ts';
import type { EndedLoan } from './end-loan.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';
import { replanNow } from './plan-queue.ts';
import { route } from './route.ts';
import type { Instruction } from './route.ts';

/** What an event says of where the item went. */
export const routeData = (
  item: ItemView,
  { next, destination, department, heldUntil, request, arrived }: Instruction,
) => ({
  was: item.process,
  next,
  destination,
  department,
  heldUntil,
  filling: request,
  arrived,
  journey: item.transit?.id ?? null,
});

/** The item was not on loan: that is logged without a patron (RET-06). */
async function logReturn(desk: Desk, item: ItemView, instruction: Instruction): Promise<void> {
  const { id, barcode, title, library } = item;
  await desk.records.events.append({
    at: desk.now,
    kind: 'return-without-loan',
    staffId: staffId(desk),
    desk: placeName(desk.place),
    itemId: id,
    data: { barcode, title, library, ...routeData(item, instruction) },
  });
}

/** An item that is back: where it goes, and the loan that has ended; null: it was on none. */
export type TakenBack = { readonly instruction: Instruction; readonly ended: EndedLoan | null };

/**
 * Takes an item back at an instant that is not after now (RET-02 to RET-06): routes it, ends its loan, if it has one, with its
 * penalty, and plans the queue of its title anew. The item must be locked.
 */
export async function takeBack(desk: Desk, item: ItemView, returnedAt: Instant): Promise<TakenBack> {
  const queue = await desk.records.requests.queue(item.titleId);
  const instruction = await route(desk, item, { queue });
  const { loan } = item;
  const ended = loan && (await endLoan(desk, item, loan.id, returnedAt, routeData(item, instruction)));
  if (!ended) await logReturn(desk, item, instruction);
  if (queue.length > 0) await replanNow(desk, item.titleId);
  return { instruction, ended };
}
