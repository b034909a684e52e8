import type { ProcessType } from '../circulation/loan.ts';
import { blockedUntil } from '../circulation/penalties.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { QueuedRequest } from '../records/requests.ts';
import { itemInUse } from './catalogue-removal.ts';
import { endLoan } from './end-loan.ts';
import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { isPermitted } from './permissions.ts';
import { replanNow } from './plan-queue.ts';
import { route } from './route.ts';
import type { Instruction } from './route.ts';

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

/** What may be done with an item that was made at the desk, now that it is back (RET-07). */
export type QuickAddReturned = {
  /** This operator may delete it, and nothing hangs on it. */
  readonly mayDelete: boolean;
  /** Nothing else hangs on its holding, its title: they may go too. */
  readonly withHolding: boolean;
  readonly withTitle: boolean;
};

export type Returned = Instruction & {
  readonly kind: 'returned' | 'not-on-loan';
  readonly item: ItemLine;
  /** What it was before: on loan, lost, missing, on its way …; null: in place. */
  readonly was: ProcessType | null;
  /** The patron whose loan it was; absent from the log of returns without a loan. */
  readonly patron: { readonly id: number; readonly name: string } | null;
  /** The loan that has ended, for the receipt. */
  readonly loan: number | null;
  readonly due: Instant | null;
  /** The date applied: now, or what the book drop says. */
  readonly returnedAt: Instant;
  readonly daysLate: number;
  /** Until when the patron is blocked now, whatever the reason: the end that counts (RET-02, PEN-04). */
  readonly blockedUntil: Day | null;
  /** Made at the desk and not catalogued yet; null: it is not such an item. */
  readonly quickAdd: QuickAddReturned | null;
};

export type ReturnOutcome =
  | Returned
  | { readonly kind: 'note'; readonly note: string; readonly item: ItemLine }
  | { readonly kind: 'confirm'; readonly patron: string; readonly patronId: number; readonly item: ItemLine }
  | Refusal;

/** What an event says of where the item went. */
export const routeData = (item: ItemView, { next, destination, department, heldUntil }: Instruction) => ({
  was: item.process,
  next,
  destination,
  department,
  heldUntil,
});

/** A quick-add item is back: whether it may be deleted on the spot, and what with it (RET-07). */
async function quickAddReturned(desk: Desk, item: ItemView, { next }: Instruction): Promise<QuickAddReturned | null> {
  if (!item.quickAdd) return null;
  const { roles } = desk.staff;
  const permitted = isPermitted(roles, 'edit-items', item.library) || isPermitted(roles, 'quick-add', item.library);
  // Somebody has it assigned, or it is to be treated: it stays.
  const awaited = next === 'hold-shelf' || item.hold !== null || item.workOrder !== null;
  const inUse = await itemInUse(desk, { ...item, loan: null, process: null });
  const loose = await desk.records.quickAdds.loose(item);
  return { mayDelete: permitted && !awaited && inUse === undefined, ...loose };
}

/** What stops a return until somebody has answered: another patron's item in an open record (RET-01), a note (BLK-10). */
function questionFirst(item: ItemView, request: ReturnRequest): Exclude<ReturnOutcome, Returned | Refusal> | undefined {
  const { loan, fulfilmentNote: note } = item;
  const { within, confirmed = false, acknowledged = false } = request;
  if (loan && within !== undefined && loan.patronId !== within && !confirmed)
    return { kind: 'confirm', patron: loan.patron, patronId: loan.patronId, item: itemLine(item) };
  return note !== null && !acknowledged ? { kind: 'note', note, item: itemLine(item) } : undefined;
}

/** The item is not on loan: it is routed all the same, and logged without a patron (RET-06). */
async function routeOnly(desk: Desk, item: ItemView, queue: readonly QueuedRequest[]): Promise<Instruction> {
  const { id, barcode, title, library } = item;
  const instruction = await route(desk, item, { queue });
  await desk.records.events.append({
    at: desk.now,
    kind: 'return-without-loan',
    staffId: staffId(desk),
    desk: placeName(desk.place),
    itemId: id,
    data: { barcode, title, library, ...routeData(item, instruction) },
  });
  return instruction;
}

/**
 * Returns an item (RET-01 to RET-08): ends its loan if it has one, with its penalty at the effective return time, and routes
 * it. Answers `returned`, `not-on-loan`, `note` (BLK-10), `confirm` (somebody else's item), or a refusal.
 */
export const returnItem = action(
  'return',
  { permission: 'return', needsDesk: true },
  async (desk: Desk, request: ReturnRequest): Promise<ReturnOutcome> => {
    const { records, network, now } = desk;
    const { barcode, dated } = request;
    if (dated !== undefined && dated > now) return { kind: 'invalid', path: 'dated', problem: 'in-the-future' };
    const item = await records.items.byBarcode(barcode, true);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: barcode };
    const question = questionFirst(item, request);
    if (question) return question;

    const about = { item: itemLine(item), was: item.process };
    const queue = await records.requests.queue(item.titleId);
    if (!item.loan) {
      const instruction = await routeOnly(desk, item, queue);
      if (queue.length > 0) await replanNow(desk, item.titleId);
      const quickAdd = await quickAddReturned(desk, item, instruction);
      const nothing = {
        patron: null,
        loan: null,
        due: null,
        returnedAt: dated ?? now,
        daysLate: 0,
        blockedUntil: null,
      };
      return { kind: 'not-on-loan', ...about, ...nothing, quickAdd, ...instruction };
    }
    const { id: loanId, patronId, patron: name } = item.loan;
    const instruction = await route(desk, item, { queue });
    const ended = await endLoan(desk, item, loanId, dated ?? now, routeData(item, instruction));
    if (queue.length > 0) await replanNow(desk, item.titleId);
    const today = dayOf(now, network.timeZone);
    const blocks = await records.blocks.standing(patronId, today);
    return {
      kind: 'returned',
      ...about,
      patron: { id: patronId, name },
      loan: loanId,
      due: ended.loan.due,
      returnedAt: ended.returnedAt,
      daysLate: ended.penalty.daysLate,
      blockedUntil: blockedUntil(network, blocks, today),
      quickAdd: await quickAddReturned(desk, item, instruction),
      ...instruction,
    };
  },
);
