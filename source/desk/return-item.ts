import type { ProcessType } from '../circulation/loan.ts';
import { blockedUntil } from '../circulation/penalties.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { quickAddReturned } from './quick-add-returned.ts';
import type { QuickAddReturned } from './quick-add-returned.ts';
import { recallReturn } from './return-recalled.ts';
import type { Instruction } from './route.ts';
import { takeBack } from './take-back.ts';

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

/** What stops a return until somebody has answered: another patron's item in an open record (RET-01), a note (BLK-10). */
function questionFirst(item: ItemView, request: ReturnRequest): Exclude<ReturnOutcome, Returned | Refusal> | undefined {
  const { loan, fulfilmentNote: note } = item;
  const { within, confirmed = false, acknowledged = false } = request;
  if (loan && within !== undefined && loan.patronId !== within && !confirmed)
    return { kind: 'confirm', patron: loan.patron, patronId: loan.patronId, item: itemLine(item) };
  return note !== null && !acknowledged ? { kind: 'note', note, item: itemLine(item) } : undefined;
}

/**
 * Returns an item (RET-01 to RET-08): ends its loan if it has one, with its penalty at the effective return time, and routes
 * it. Answers `returned`, `not-on-loan`, `note` (BLK-10), `confirm` (somebody else's item), or a refusal.
 */
export const returnItem = action(
  'return',
  { permission: 'return', needsDesk: true, recall: recallReturn },
  async (desk: Desk, request: ReturnRequest): Promise<ReturnOutcome> => {
    const { records, network, now } = desk;
    const { barcode, dated } = request;
    if (dated !== undefined && dated > now) return { kind: 'invalid', path: 'dated', problem: 'in-the-future' };
    const item = await records.items.byBarcode(barcode, true);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: barcode };
    const question = questionFirst(item, request);
    if (question) return question;

    const about = { item: itemLine(item), was: item.process };
    const { instruction, ended } = await takeBack(desk, item, dated ?? now);
    const quickAdd = await quickAddReturned(desk, item, instruction);
    if (!ended || !item.loan) {
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
      quickAdd,
      ...instruction,
    };
  },
);
