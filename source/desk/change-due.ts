import { dueOnDay, lateAfterDay } from '../circulation/due.ts';
import type { Due } from '../circulation/due.ts';
import { libraryOf } from '../circulation/network.ts';
import { dayOf, isDay } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { LoanView } from '../records/loans.ts';
import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

export type ChangeDueRequest = {
  readonly barcodes: readonly string[];
  /** A day (`YYYY-MM-DD`): its closing hour, moved by CAL-03; or an instant, taken as it is. */
  readonly due: Day | Instant;
};

/** A loan whose due date was set by hand. */
export type DueChanged = {
  readonly item: ItemLine;
  readonly loan: number;
  readonly due: Instant;
  readonly before: Instant;
  readonly lateFrom: Instant;
};

export type ChangeDueOutcome =
  | { readonly kind: 'changed'; readonly lines: readonly DueChanged[] }
  | { readonly kind: 'not-on-loan'; readonly barcode: string }
  | Refusal;

/** The wanted due date at the owning library. Throws NoOpenDay. */
function wantedDue({ network }: Desk, loan: LoanView, due: Day | Instant): Pick<Due, 'due' | 'lateFrom'> {
  const { timeZone } = network;
  const wanted = typeof due === 'string' ? dueOnDay(libraryOf(network, loan.library), due, timeZone, []).due : due;
  // Loans counted in hours are late from their due instant (CAL-05).
  const inHours = loan.period?.unit === 'hours';
  return { due: wanted, lateFrom: inHours ? wanted : lateAfterDay(dayOf(wanted, timeZone), timeZone) };
}

/** A loan with the due date that it gets, or why it does not. */
type Judged = (DueChanged & { readonly patronId: number | null }) | Exclude<ChangeDueOutcome, { kind: 'changed' }>;

async function judge(desk: Desk, barcode: string, wish: Day | Instant): Promise<Judged> {
  const item = await desk.records.items.byBarcode(barcode, true);
  if (!item) return { kind: 'unknown', what: 'ITEM', key: barcode };
  const loan = item.loan ? await desk.records.loans.byId(item.loan.id) : undefined;
  if (!loan) return { kind: 'not-on-loan', barcode: item.barcode };
  const wanted = wantedDue(desk, loan, wish);
  if (wanted.due <= desk.now) return { kind: 'invalid', path: 'due', problem: 'in-the-past' };
  return { item: itemLine(item), loan: loan.id, patronId: loan.patronId, before: loan.due, ...wanted };
}

/**
 * Sets the due date of one or several loans by hand (REN-09), all or none. A date alone means the closing hour and moves by
 * CAL-03; a date in the past is invalid. Limited operators may not. The patron is told by letter (from the event).
 */
export const changeDue = action(
  'change-due',
  { permission: 'change-due', needsDesk: true },
  async (desk: Desk, request: ChangeDueRequest): Promise<ChangeDueOutcome> => {
    const { records, now, place } = desk;
    const { due: wish } = request;
    if (typeof wish === 'string' && !isDay(wish))
      return { kind: 'invalid', path: 'due', problem: 'not-a-day', value: wish };
    // First all lines are judged: nothing is written while one may still be refused.
    const lines = new Map<number, DueChanged & { readonly patronId: number | null }>();
    for (const barcode of request.barcodes) {
      const judged = await judge(desk, barcode, wish);
      if ('kind' in judged) return judged;
      lines.set(judged.loan, judged);
    }
    for (const { loan: loanId, patronId, item, due, before, lateFrom } of lines.values()) {
      const { id: itemId, barcode, title, library } = item;
      await records.loans.setDue(loanId, due, lateFrom, true);
      const data = { barcode, title, library, due, before };
      const by = { staffId: staffId(desk), desk: placeName(place) };
      await records.events.append({ at: now, kind: 'due-date-changed', ...by, patronId, itemId, loanId, data });
    }
    return { kind: 'changed', lines: [...lines.values()] };
  },
);
