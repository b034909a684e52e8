import { mayDelete } from '../circulation/overrides.ts';
import { dayOf } from '../circulation/time.ts';
import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { rankAt } from './permissions.ts';
import { replanNow } from './plan-queue.ts';
import { route } from './route.ts';
import type { Instruction } from './route.ts';

export type LoanDeleted = Instruction & {
  readonly kind: 'deleted';
  readonly item: ItemLine;
  readonly patronId: number | null;
};
export type DeleteLoanOutcome = LoanDeleted | { readonly kind: 'not-on-loan'; readonly barcode: string } | Refusal;

/**
 * Deletes a loan that was made by mistake (LOAN-09): the item is routed like a return, without penalty; the loan is gone
 * from every list and statistic and stays in the audit. Operators may delete loans of the same day, managers any.
 */
export const deleteLoan = action(
  'delete-loan',
  { permission: 'delete-loan', needsDesk: true },
  async (desk: Desk, request: { barcode: string }): Promise<DeleteLoanOutcome> => {
    const { records, network, now, place, staff } = desk;
    const item = await records.items.byBarcode(request.barcode, true);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: request.barcode };
    const loan = item.loan ? await records.loans.byId(item.loan.id) : undefined;
    if (!loan) return { kind: 'not-on-loan', barcode: item.barcode };
    const [loanDay, today] = [dayOf(loan.loanedAt, network.timeZone), dayOf(now, network.timeZone)];
    if (!mayDelete(rankAt(staff.roles, place?.library ?? ''), loanDay, today)) {
      return { kind: 'not-permitted', permission: 'delete-loan', needs: 'role' };
    }
    const { id, barcode, title, library } = item;
    const data = { barcode, title, library, loan: { ...loan } };
    await records.loans.remove(loan.id);
    await records.events.append({
      at: now,
      kind: 'loan-deleted',
      staffId: staffId(desk),
      desk: placeName(place),
      patronId: loan.patronId,
      itemId: id,
      loanId: loan.id,
      data,
    });
    const queue = await records.requests.queue(item.titleId);
    const instruction = await route(desk, { ...item, loan: null }, { queue });
    if (queue.length > 0) await replanNow(desk, item.titleId);
    return { kind: 'deleted', item: itemLine(item), patronId: loan.patronId, ...instruction };
  },
);
