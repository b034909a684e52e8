import { blockedUntil } from '../circulation/penalties.ts';
import { heldUntil, routeItem } from '../circulation/routing.ts';
import type { NextStep } from '../circulation/routing.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import { endLoan } from './end-loan.ts';
import type { ItemLine } from './lend.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

export type ReturnRequest = {
  readonly barcode: string;
  /** Book drop (RET-04): the instant that counts, in the past. */
  readonly dated?: Instant;
  /** The patron whose record is open (RET-01). */
  readonly within?: number;
  /** Somebody else's item is to be returned all the same. */
  readonly confirmed?: boolean;
  readonly acknowledged?: boolean;
};

/** Where the item in hand goes, with what a slip says: one answer for screen, slip and letter. */
export type Instruction = {
  readonly next: NextStep['next'];
  readonly destination: string | null;
  /** The requester for whom it is held, and until when. */
  readonly requester: string | null;
  readonly heldUntil: Day | null;
};

export type Returned = Instruction & {
  readonly kind: 'returned' | 'not-on-loan';
  readonly item: ItemLine;
  /** The patron whose loan it was; absent from the log of returns without a loan. */
  readonly patron: { readonly id: number; readonly name: string } | null;
  readonly due: Instant | null;
  readonly returnedAt: Instant;
  readonly daysLate: number;
  /** Until when the patron is blocked now, whatever the reason: the end that counts (RET-02, PEN-04). */
  readonly blockedUntil: Day | null;
};

export type ReturnOutcome =
  | Returned
  | { readonly kind: 'note'; readonly note: string; readonly item: ItemLine }
  | { readonly kind: 'confirm'; readonly patron: string; readonly item: ItemLine }
  | Refusal;

/** Sends the item where it goes next and says so (RET-03, RET-06). */
export async function route(desk: Desk, item: ItemView): Promise<Instruction> {
  const { records, network, now, place } = desk;
  const here = place?.library ?? item.library;
  if (item.process === 'ACQ' || item.process === 'WORK_ORDER_DEPARTMENT') {
    return { next: 'department', destination: item.department, requester: null, heldUntil: null };
  }
  const waiting = item.hold ? undefined : await records.requests.firstWaiting(item.titleId, item.id);
  const request = item.hold ? { id: item.hold.request, pickup: item.hold.pickup } : (waiting ?? null);
  const step = routeItem({ owner: item.library, here, request });
  const requesterId = item.hold?.patronId ?? waiting?.patronId;
  const requester = requesterId === undefined ? undefined : await records.patrons.byId(requesterId);
  const name = requester ? `${requester.lastName} ${requester.firstName}`.trim() : null;

  if (item.transit && (step.next !== 'transit' || item.transit.to !== step.destination)) {
    await records.requests.endTransit(item.id, now);
  }
  switch (step.next) {
    case 'reshelve':
      await records.items.setProcess(item.id, null, here);
      return { next: 'reshelve', destination: null, requester: null, heldUntil: null };
    case 'hold-shelf': {
      const until = item.hold?.until ?? heldUntil(network, here, now);
      await records.requests.putOnShelf(step.request, item.id, now, until);
      await records.items.setProcess(item.id, 'HOLDSHELF', here);
      return { next: 'hold-shelf', destination: here, requester: name, heldUntil: until };
    }
    case 'transit':
      await records.items.setProcess(item.id, 'TRANSIT', here);
      if (step.request !== null) await records.requests.sendTo(step.request, item.id);
      if (item.transit?.to !== step.destination) {
        const reason = step.request === null ? 'home' : 'request';
        await records.requests.startTransit({
          itemId: item.id,
          from: here,
          to: step.destination,
          reason,
          requestId: step.request,
          at: now,
        });
      }
      return { next: 'transit', destination: step.destination, requester: name, heldUntil: null };
    case 'department':
      return { next: 'department', destination: step.destination, requester: null, heldUntil: null };
  }
}

/**
 * Returns an item (RET-01, RET-02, RET-05, RET-06): ends its loan if it has one, with its penalty at the effective return
 * time, and routes it. Answers `returned`, `not-on-loan`, `note` (BLK-10), `confirm` (somebody else's item), or a refusal.
 */
export const returnItem = action(
  'return',
  { permission: 'return', needsDesk: true },
  async (desk: Desk, request: ReturnRequest): Promise<ReturnOutcome> => {
    const { records, network, now } = desk;
    if (request.dated !== undefined && request.dated > now)
      return { kind: 'invalid', path: 'dated', problem: 'in-the-future' };
    const item = await records.items.byBarcode(request.barcode, true);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: request.barcode };
    const { id, barcode, title, library } = item;
    const line: ItemLine = { id, barcode, title, library };
    if (
      item.loan &&
      request.within !== undefined &&
      item.loan.patronId !== request.within &&
      request.confirmed !== true
    ) {
      return { kind: 'confirm', patron: item.loan.patron, item: line };
    }
    if (item.fulfilmentNote !== null && request.acknowledged !== true)
      return { kind: 'note', note: item.fulfilmentNote, item: line };

    const at = request.dated ?? now;
    if (!item.loan) {
      const instruction = await route(desk, item);
      const data = { barcode, title, library, next: instruction.next, destination: instruction.destination };
      await records.events.append({
        at: now,
        kind: 'return-without-loan',
        staffId: staffId(desk),
        desk: placeName(desk.place),
        itemId: id,
        data,
      });
      return {
        kind: 'not-on-loan',
        item: line,
        patron: null,
        due: null,
        returnedAt: at,
        daysLate: 0,
        blockedUntil: null,
        ...instruction,
      };
    }
    const ended = await endLoan(desk, item, item.loan.id, at);
    const instruction = await route(desk, { ...item, process: null });
    const today = dayOf(now, network.timeZone);
    const blocks = await records.blocks.standing(item.loan.patronId, today);
    return {
      kind: 'returned',
      item: line,
      patron: { id: item.loan.patronId, name: item.loan.patron },
      due: ended.loan.due,
      returnedAt: ended.returnedAt,
      daysLate: ended.penalty.daysLate,
      blockedUntil: blockedUntil(network, blocks, today),
      ...instruction,
    };
  },
);
