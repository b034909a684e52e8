import { NoOpenDay } from '../circulation/calendar.ts';
import { dueOnDay, lateAfterDay } from '../circulation/due.ts';
import type { Due } from '../circulation/due.ts';
import { libraryOf } from '../circulation/network.ts';
import { dayOf, isDay } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { LoanView } from '../records/loans.ts';
import type { ItemLine } from './lend.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

export type ChangeDueRequest = {
  readonly barcodes: readonly string[];
  /** A day (`YYYY-MM-DD`): its closing hour, moved by CAL-03; or an instant, taken as it is. */
  readonly due: Day | Instant;
};

/** A loan whose due date was set by hand. */
export type DueChanged = { readonly item: ItemLine; readonly loan: number; readonly due: Instant; readonly before: Instant; readonly lateFrom: Instant };

export type ChangeDueOutcome =
  | { readonly kind: 'changed'; readonly lines: readonly DueChanged[] }
  | { readonly kind: 'not-on-loan'; readonly barcode: string }
  | Refusal;

/** The wanted due date at the owning library. */
function wantedDue(desk: Desk, loan: LoanView, due: Day | Instant): Pick<Due, 'due' | 'lateFrom'> {
  const { timeZone } = desk.network;
  const wanted = typeof due === 'string' ? dueOnDay(libraryOf(desk.network, loan.library), due, timeZone, []).due : due;
  // Loans counted in hours are late from their due instant (CAL-05).
  const inHours = loan.period?.unit === 'hours';
  return { due: wanted, lateFrom: inHours ? wanted : lateAfterDay(dayOf(wanted, timeZone), timeZone) };
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
    if (typeof request.due === 'string' && !isDay(request.due)) return { kind: 'invalid', path: 'due', problem: 'not-a-day', value: request.due };
    // First all lines are judged: nothing is written while one may still be refused.
    const lines: (DueChanged & { readonly patronId: number | null })[] = [];
    for (const barcode of request.barcodes) {
      const item = await records.items.byBarcode(barcode, true);
      if (!item) return { kind: 'unknown', what: 'ITEM', key: barcode };
      const loan = item.loan ? await records.loans.byId(item.loan.id) : undefined;
      if (!loan) return { kind: 'not-on-loan', barcode };
      const wanted = dueOr(desk, loan, request.due);
      if ('kind' in wanted) return wanted;
      if (wanted.due <= now) return { kind: 'invalid', path: 'due', problem: 'in-the-past' };
      lines.push({ item: { id: item.id, barcode: item.barcode, title: item.title, library: item.library }, loan: loan.id, patronId: loan.patronId, before: loan.due, ...wanted });
    }
    for (const line of lines) {
      const { id, barcode, title, library } = line.item;
      const { patronId } = line;
      await records.loans.setDue(line.loan, line.due, line.lateFrom, true);
      const data = { barcode, title, library, due: line.due, before: line.before };
      await records.events.append({ at: now, kind: 'due-date-changed', staffId: staffId(desk), desk: placeName(place), patronId, itemId: id, loanId: line.loan, data });
    }
    return { kind: 'changed', lines };
  },
);

function dueOr(desk: Desk, loan: LoanView, due: Day | Instant): Pick<Due, 'due' | 'lateFrom'> | Refusal {
  try {
    const { due: at, lateFrom } = wantedDue(desk, loan, due);
    return { due: at, lateFrom };
  } catch (error) {
    if (error instanceof NoOpenDay) return { kind: 'invalid', path: `libraries.${error.library}`, problem: 'no-open-day', value: error.from };
    throw error;
  }
}
