import { isOver } from '../circulation/hold-shelf.ts';
import { routeItem } from '../circulation/routing.ts';
import type { NextStep } from '../circulation/routing.ts';
import { addDays, dayOf, isDay } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { Window } from '../records/loans.ts';
import type { QueuedRequest } from '../records/requests.ts';
import type { RequestRow, ShelfSort, SortedBy } from '../records/request-rows.ts';
import { decideStep, withoutExpiredHold } from './item-in-hand.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { maySeePatrons } from './personal.ts';
import { cardOf, requestCard } from './request-card.ts';
import type { RequestCard } from './request-card.ts';
import { findRequest } from './requests-cancel.ts';
import { libraryMeant, refusalAt } from './requests-pick.ts';
import type { Where } from './travel.ts';

/** What is to be done with something on the expired shelf: put it back here, send it away, or keep it for the next (HOLD-03). */
export type ShelfStep = 'reshelve' | 'send' | 'next';
export const SHELF_LISTS = ['active', 'expired', 'reshelve', 'send', 'next'] as const;
export type ShelfList = (typeof SHELF_LISTS)[number];

/** A line of a hold shelf. */
export type ShelfLine = Pick<
  RequestCard,
  | 'titleId'
  | 'title'
  | 'author'
  | 'description'
  | 'callNumber'
  | 'location'
  | 'patron'
  | 'card'
  | 'patronId'
  | 'pickup'
  | 'placedAt'
  | 'heldUntil'
  | 'expired'
  | 'reminderAt'
  | 'note'
> & {
  readonly request: number;
  /** The barcode of what stands there. */
  readonly item: string;
  readonly itemId: number;
  readonly itemLibrary: string;
  readonly heldSince: Instant;
  /** Its request has ended otherwise than by waiting too long (CAN-03). */
  readonly cancelled: boolean;
  /** The first day on the expired shelf: the day after the last one of the hold, or of the cancellation. */
  readonly expiredSince: Day | null;
  /** On the expired shelf: what is to be done, where it goes, and for whom. */
  readonly next: ShelfStep | null;
  readonly destination: string | null;
  readonly nextRequest: number | null;
  readonly nextRequester: string | null;
};

/** How an item leaves an expired shelf. */
type Leaving = Pick<ShelfLine, 'next' | 'destination' | 'nextRequest' | 'nextRequester'>;
const STAYS: Leaving = { next: null, destination: null, nextRequest: null, nextRequester: null };

const shelfOf = (library: string): Where => ({ kind: 'desk', library, code: '' });

/** Everything in the queues of some titles. */
async function queuesOf({ records }: Desk, titleIds: readonly number[]) {
  const all = await records.requests.waitingFor([...new Set(titleIds)]);
  return Map.groupBy(all, (one) => one.titleId);
}

/** What is to be done with an item that takes a step, for somebody or for nobody. */
function leavingBy(desk: Desk, step: NextStep, waiting: QueuedRequest | undefined, library: string): Leaving {
  const next = waiting && { nextRequest: waiting.id, nextRequester: maySeePatrons(desk) ? waiting.patron : null };
  const nobody = { nextRequest: null, nextRequester: null };
  if (step.next === 'reshelve') return { ...STAYS, next: 'reshelve' };
  if (step.next === 'hold-shelf') return { ...nobody, ...next, next: 'next', destination: library };
  const destination = step.next === 'transit' ? step.destination : step.department;
  return { ...nobody, ...next, next: 'send', destination };
}

/** What is to be done with an item whose hold is over, or that was left: as a scan at that library would say it. */
function leaving(desk: Desk, item: ItemView, library: string, queue: readonly QueuedRequest[]): Leaving {
  const where = shelfOf(library);
  const { step, waiting } = decideStep(desk, withoutExpiredHold(desk, item, where), where, queue);
  return leavingBy(desk, step, waiting, library);
}

function shelfLine(desk: Desk, row: RequestRow, way: Leaving): ShelfLine | [] {
  const { copy, heldSince, heldUntil, closedAt } = row;
  if (!copy) return [];
  const { timeZone } = desk.network;
  const card = requestCard(desk, row);
  const over = card.expired && heldUntil !== null ? addDays(heldUntil, 1) : null;
  return {
    ...card,
    request: row.id,
    item: copy.barcode,
    itemId: copy.id,
    itemLibrary: copy.library,
    heldSince: heldSince ?? closedAt ?? row.placedAt,
    cancelled: row.left,
    expiredSince: row.left && closedAt !== null ? dayOf(closedAt, timeZone) : over,
    ...way,
  };
}

/** No shelf has more; a longer one is cut. */
const MOST_EXPIRED = 5000;

/** What becomes at a desk of an item for which nobody waits and to which nothing is to be done. */
const routeHome = (owner: string, library: string): NextStep =>
  routeItem({
    owner,
    here: library,
    was: library,
    hand: { kind: 'desk' },
    treated: false,
    process: 'HOLDSHELF',
    department: null,
    transit: null,
    hold: null,
    waiting: null,
    workOrder: null,
    quickAdd: false,
    cataloguing: null,
  });

/**
 * What is to be done with everything on the expired shelf of a library, in order, by request. Only the items for which
 * somebody or a department waits are read whole: a shelf is counted whenever it is looked at.
 */
async function waysAt(desk: Desk, library: string, order: SortedBy<ShelfSort>): Promise<Map<number, Leaving>> {
  const { requestRows, items } = desk.records;
  const today = dayOf(desk.now, desk.network.timeZone);
  const expired = await requestRows.expiredShelf(library, today, order, MOST_EXPIRED);
  const queues = await queuesOf(
    desk,
    expired.map((one) => one.titleId),
  );
  const isPlain = (one: (typeof expired)[number]): boolean => one.plain && !queues.has(one.titleId);
  const found = await items.withIds(expired.flatMap((one) => (isPlain(one) ? [] : [one.itemId])));
  const byId = new Map(found.map((one) => [one.id, one]));
  return new Map(
    expired.map((one) => {
      if (isPlain(one)) return [one.id, leavingBy(desk, routeHome(one.owner, library), undefined, library)];
      const item = byId.get(one.itemId);
      return [one.id, item ? leaving(desk, item, library, queues.get(one.titleId) ?? []) : STAYS];
    }),
  );
}

export type Shelf =
  | {
      readonly kind: 'shelf';
      readonly library: string;
      readonly list: ShelfList;
      readonly total: number;
      readonly lines: readonly ShelfLine[];
      readonly counts: Readonly<Record<ShelfList, number>>;
    }
  | Refusal;

export type ShelfRequest = {
  readonly library?: string;
  readonly list: ShelfList;
  readonly sort?: ShelfSort;
  readonly descending?: boolean;
  readonly window: Window;
};

/**
 * The hold shelf of a library: `active` with what is expired until somebody deals with it (HOLD-02), `expired`, or one of
 * its three lists (HOLD-03). Sorted by date placed, end of hold, patron, call number or title. Constant number of
 * statements.
 */
export const shelf = action(
  'shelf',
  { permission: 'work-shelves', readOnly: true },
  async (desk: Desk, request: ShelfRequest): Promise<Shelf> => {
    const library = libraryMeant(desk, request.library);
    if (typeof library !== 'string') return library;
    const { list, window, descending = false, sort = list === 'active' ? 'placed' : 'expiry' } = request;
    const { requestRows } = desk.records;
    const order = { sort, descending };
    const ways = await waysAt(desk, library, order);
    const active = await requestRows.activeCount(library);
    const all = [...ways];
    const of = (step: ShelfStep): number => all.filter(([, way]) => way.next === step).length;
    const counts = { active, expired: all.length, reshelve: of('reshelve'), send: of('send'), next: of('next') };
    const { offset, limit } = window;
    const chosen = all.flatMap(([id, way]) => (list === 'expired' || way.next === list ? [id] : []));
    const rows =
      list === 'active'
        ? await requestRows.activeShelf(library, order, window)
        : await requestRows.withIds(chosen.slice(offset, offset + limit));
    const lines = rows.flatMap((row) => shelfLine(desk, row, ways.get(row.id) ?? STAYS));
    return { kind: 'shelf', library, list, total: counts[list], lines, counts };
  },
);

/** Something on a shelf, by its request, where it stands, with what is to be done with it. */
export type OnShelf = {
  readonly row: RequestRow;
  readonly item: ItemView;
  readonly way: Leaving;
  /** Its hold is over, or its request has ended: it may leave. */
  readonly mayLeave: boolean;
};

/** What stands on a hold shelf for a request; undefined: nothing does. Its title is locked. */
export async function onShelf(desk: Desk, id: number): Promise<OnShelf | undefined> {
  const { records, network, now } = desk;
  const row = await records.requestRows.byId(id);
  if (!row?.copy) return undefined;
  await records.requests.lockedQueue(row.titleId);
  const known = await records.requestRows.byId(id);
  const item = known?.copy && (await records.items.lockedById(known.copy.id));
  if (!known || !item || (known.state !== 'ON_SHELF' && !known.left)) return undefined;
  const queue = await records.requests.open(known.titleId);
  const over = known.left || isOver(known.heldUntil, dayOf(now, network.timeZone));
  const others = queue.filter((one) => one.id !== id);
  return { row: known, item, way: over ? leaving(desk, item, known.pickup, others) : STAYS, mayLeave: over };
}

export type ExpiryChanged =
  | { readonly kind: 'changed'; readonly request: RequestCard; readonly before: Day | null }
  | { readonly kind: 'not-held'; readonly request: RequestCard }
  /** A cancelled request has no end of hold that could be moved (HOLD-04). */
  | { readonly kind: 'cancelled'; readonly request: RequestCard }
  | Refusal;

/** Sets the last day of a hold by hand, also of one that is over (HOLD-04); not of a cancelled request, nor into the past. */
export const changeHoldExpiry = action(
  'change-hold-expiry',
  { permission: 'work-shelves' },
  async (desk: Desk, { request: id, until }: { request: number; until: Day }): Promise<ExpiryChanged> => {
    const { records, network, now } = desk;
    if (!isDay(until)) return { kind: 'invalid', path: 'until', problem: 'not-a-day', value: until };
    if (until < dayOf(now, network.timeZone))
      return { kind: 'invalid', path: 'until', problem: 'in-the-past', value: until };
    const found = await findRequest(desk, id);
    if ('kind' in found) return found;
    const card = await cardOf(desk, id);
    if (!found.request) return { kind: card.state === 'filled' ? 'not-held' : 'cancelled', request: card };
    const refused = refusalAt(desk, card.pickup);
    if (refused) return refused;
    if (found.request.state !== 'ON_SHELF') return { kind: 'not-held', request: card };
    const before = found.request.heldUntil;
    await records.requests.setHeldUntil(id, until);
    const data = { request: id, title: card.title, pickup: card.pickup, before, after: until };
    await records.events.append({
      at: now,
      kind: 'hold-date-changed',
      staffId: staffId(desk),
      desk: placeName(desk.place),
      patronId: found.request.patronId,
      itemId: found.request.assignedItemId,
      data,
    });
    return { kind: 'changed', request: await cardOf(desk, id), before };
  },
);
