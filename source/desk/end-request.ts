import { reminderAt } from '../circulation/hold-shelf.ts';
import { heldUntil } from '../circulation/routing.ts';
import type { Day } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { Closing, QueuedRequest } from '../records/requests.ts';
import { decideStep } from './item-in-hand.ts';
import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { actualNow, placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';
import { maySeePatrons } from './personal.ts';

/**
 * What becomes of the item that a request had when it ends (CAN-03). `reshelve`, `send`: it is on the expired shelf now, to
 * be put back here or sent to `destination`; `hold-shelf`: it stays on the active shelf, for the next; `transit`: it
 * leaves for the next one's library; `on-its-way`: it is on a journey, and the next scan says where it goes.
 */
export type FreedItem = {
  readonly item: ItemLine;
  readonly next: 'reshelve' | 'send' | 'hold-shelf' | 'transit' | 'on-its-way';
  readonly destination: string | null;
  /** Who has it now, for those who may see patrons. */
  readonly requester: string | null;
  readonly requesterId: number | null;
  readonly request: number | null;
  readonly heldUntil: Day | null;
};

/** How a request ends; who, why. */
export type End = {
  readonly closing: Closing;
  readonly reason?: string | null;
  readonly notify?: boolean;
};

const here = (desk: Desk) => ({ at: desk.now, staffId: staffId(desk), desk: placeName(desk.place) });

/** A request is ready on the hold shelf of its pickup library: the event from which its patron is told (PICK-03, HOLD-01). */
export async function tellReady(
  desk: Desk,
  item: Pick<ItemView, 'id' | 'barcode' | 'title' | 'library'>,
  request: { readonly id: number; readonly patronId: number | null; readonly pickup: string },
  until: Day,
  handedOn: boolean,
): Promise<void> {
  const { id: itemId, barcode, title, library } = item;
  const { id, patronId, pickup } = request;
  const reminder = reminderAt(desk.network, pickup, actualNow(desk), until);
  const data = { barcode, title, library, request: id, pickup, heldUntil: until, reminderAt: reminder, handedOn };
  await desk.records.events.append({ ...here(desk), kind: 'request-ready', patronId, itemId, data });
}

/** The item on the hold shelf, or on its way, goes to the next requester without anybody having it in hand (CAN-03). */
async function handOn(desk: Desk, item: ItemView, from: number, next: QueuedRequest): Promise<Day | null> {
  const { records, network, now } = desk;
  const { id: itemId, barcode, title, library, at, transit } = item;
  const staysThere = transit === null && next.pickup === at;
  const goes = { next: staysThere ? 'hold-shelf' : 'transit', destination: next.pickup };
  const data = { barcode, title, library, request: next.id, pickup: next.pickup, from, ...goes };
  await records.events.append({ ...here(desk), kind: 'request-handed-on', patronId: next.patronId, itemId, data });
  if (staysThere) {
    const until = heldUntil(network, next.pickup, actualNow(desk));
    await records.requests.putOnShelf(next.id, itemId, actualNow(desk), until);
    await tellReady(desk, item, next, until, true);
    return until;
  }
  await records.requests.sendTo(next.id, itemId);
  const purpose = { department: null, reason: 'request', requestId: next.id } as const;
  if (transit) await records.transits.turn(transit.id, purpose, next.pickup);
  else {
    await records.items.setProcess(itemId, 'TRANSIT', at);
    await records.transits.start({ ...purpose, itemId, from: at, to: next.pickup, at: now });
  }
  return null;
}

/** Who is to have the item of a request that ends: nobody while a department is to have it first. */
function nextFor(
  desk: Desk,
  item: ItemView,
  others: readonly QueuedRequest[],
): { next: QueuedRequest | undefined; home: 'reshelve' | 'send'; destination: string | null } {
  const where = { kind: 'desk', library: item.at, code: '' } as const;
  const { waiting, step } = decideStep(desk, { ...item, hold: null }, where, others);
  const destination = step.next === 'transit' ? step.destination : step.next === 'department' ? step.department : null;
  return { next: waiting, home: step.next === 'reshelve' ? 'reshelve' : 'send', destination };
}

/**
 * Ends an open request; its item, if it has one, goes to the next requester, or stays where it is until somebody deals with
 * it. The title must be locked, `queue` be its open requests; whoever calls plans it anew afterwards (`replanNow`).
 */
export async function endRequest(
  desk: Desk,
  titleId: number,
  request: QueuedRequest,
  queue: readonly QueuedRequest[],
  end: End,
): Promise<FreedItem | null> {
  const { records } = desk;
  const { id, assignedItemId } = request;
  const close = async (remains: number | null) =>
    records.requests.close({ id, titleId, ...end, at: actualNow(desk), staffId: staffId(desk), remains });
  const item = assignedItemId === null ? undefined : await records.items.lockedById(assignedItemId);
  if (!item) {
    await close(null);
    return null;
  }
  const others = queue.filter((one) => one.id !== id);
  const { next, home, destination } = nextFor(desk, item, others);
  const isOnShelf = request.state === 'ON_SHELF';
  await close(isOnShelf && !next ? item.id : null);
  const about = { item: itemLine(item), requester: null, requesterId: null, request: null, heldUntil: null };
  if (!next && isOnShelf) return { ...about, next: home, destination: home === 'send' ? destination : null };
  if (!next) return { ...about, next: 'on-its-way', destination: null };
  const until = await handOn(desk, item, id, next);
  const sees = maySeePatrons(desk);
  return {
    ...about,
    next: until === null ? (item.transit ? 'on-its-way' : 'transit') : 'hold-shelf',
    destination: next.pickup,
    requester: sees ? next.patron : null,
    requesterId: sees ? next.patronId : null,
    request: next.id,
    heldUntil: until,
  };
}
