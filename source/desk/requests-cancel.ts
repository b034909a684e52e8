import { stored } from '../records/text.ts';
import type { QueuedRequest } from '../records/requests.ts';
import { endRequest } from './end-request.ts';
import type { End, FreedItem } from './end-request.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { byPatron } from './personal.ts';
import { replanNow } from './plan-queue.ts';
import type { Replanned } from './plan-queue.ts';
import { cardOf } from './request-card.ts';
import type { RequestCard } from './request-card.ts';

/** A request with the queue of its title, which is locked. */
export type Found = {
  readonly titleId: number;
  readonly queue: readonly QueuedRequest[];
  /** Undefined: it has ended. */
  readonly request: QueuedRequest | undefined;
};

/** A request by its number; its title is locked, so that nobody else deals with it meanwhile. */
export async function findRequest({ records }: Desk, id: number): Promise<Found | Refusal> {
  const titleId = await records.requests.titleOf(id);
  if (titleId === undefined) return { kind: 'unknown', what: 'REQUEST', key: String(id) };
  const queue = await records.requests.queue(titleId);
  return { titleId, queue, request: queue.find((one) => one.id === id) };
}

/** Cancels an open request, with its event; the queue is planned anew (CAN-01 to CAN-03). */
export async function cancelNow(
  desk: Desk,
  { titleId, queue }: Found,
  request: QueuedRequest,
  before: RequestCard,
  end: End & { readonly notify: boolean },
): Promise<{ readonly item: FreedItem | null; readonly replanned: Replanned }> {
  const item = await endRequest(desk, titleId, request, queue, end);
  const { id, pickup, patronId, state } = request;
  const { title, item: barcode, library } = before;
  const { closing, reason = null, notify } = end;
  const was = { state, item: barcode, library };
  const about = { request: id, title, pickup, closing, reason, notify, was, ...byPatron(desk) };
  const replanned = await replanNow(desk, titleId);
  const itemId = item?.item.id ?? null;
  const by = { at: desk.now, staffId: staffId(desk), desk: placeName(desk.place) };
  await desk.records.events.append({ ...by, kind: 'request-cancelled', patronId, itemId, data: about });
  return { item, replanned };
}

export type CancelOutcome =
  | {
      readonly kind: 'cancelled';
      readonly request: RequestCard;
      /** As it was before. */
      readonly was: RequestCard;
      /** What becomes of the item that it had; null: it had none, or that is no affair of the seat (KIO-07). */
      readonly item: FreedItem | null;
    }
  | { readonly kind: 'closed-already'; readonly request: RequestCard }
  | Refusal;

/** What is to be cancelled, and what is said of it. */
export type CancelRequest = {
  readonly request: number;
  readonly reason?: string | null;
  /** The patron is told by letter, unless said otherwise; at a kiosk, where they have done it themselves, only if they ask for it. */
  readonly notify?: boolean;
  /** At a kiosk, who has signed in: another's request is answered like one that does not exist (KIO-07). */
  readonly patron?: number;
};

/** What a patron may write of why they cancel. */
const LONGEST_REASON = 1000;

/** Why somebody at a kiosk cancels nothing; undefined: it is theirs. */
async function refusedAtKiosk(desk: Desk, { request, reason }: CancelRequest): Promise<Refusal | undefined> {
  if (!desk.kiosk) return undefined;
  const row = await desk.records.requestRows.byId(request);
  if (row?.patronId !== desk.kiosk.patron) return { kind: 'unknown', what: 'REQUEST', key: String(request) };
  if ((reason ?? '').length <= LONGEST_REASON) return undefined;
  return { kind: 'invalid', path: 'reason', problem: 'too-long', value: String(LONGEST_REASON) };
}

/**
 * Cancels a request for its patron, on their behalf or of the library's own accord (CAN-01), at whatever stage it is: what
 * happens to its item is CAN-03. Answers `cancelled`, `closed-already`, or a refusal.
 */
export const cancelRequest = action(
  'cancel-request',
  { permission: 'place-requests', kiosk: 'self' },
  async (desk: Desk, request: CancelRequest): Promise<CancelOutcome> => {
    const { request: id, reason, notify = desk.kiosk === undefined } = request;
    const refused = await refusedAtKiosk(desk, request);
    if (refused) return refused;
    const found = await findRequest(desk, id);
    if ('kind' in found) return found;
    const was = await cardOf(desk, id);
    if (!found.request) return { kind: 'closed-already', request: was };
    const end = { closing: 'cancelled', reason: stored(reason), notify } as const;
    const { item } = await cancelNow(desk, found, found.request, was, end);
    // Where it goes from there tells who waits for it.
    return { kind: 'cancelled', request: await cardOf(desk, id), was, item: desk.kiosk ? null : item };
  },
);
