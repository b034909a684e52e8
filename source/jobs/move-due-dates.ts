import { NoOpenDay } from '../circulation/calendar.ts';
import { movedByCalendar } from '../circulation/due.ts';
import type { Due } from '../circulation/due.ts';
import { libraryOf } from '../circulation/network.ts';
import type { Instant } from '../circulation/time.ts';
import { action, COMMAND_LINE, placeName, staffId } from '../desk/perform.ts';
import type { Desk, Perform, Refusal } from '../desk/perform.ts';
import type { NewEvent } from '../records/events.ts';
import type { DueInstant, DueLoan } from '../records/due-dates.ts';

export type DueDatesMoved = {
  readonly kind: 'moved';
  readonly loans: number;
  /** There is more to move: the same again. */
  readonly more: boolean;
};

/** A moment at which loans of a library fall due, and where they go. */
type Move = DueInstant & { readonly to: Due };

/** Loans in one transaction: about half a second with a hundred thousand loans open. */
const BATCH = 2000;

/** Where the loans of a library that fall due at one moment go; undefined: they stay, also at a library that never opens again. */
function moveOf({ network }: Desk, { library, due }: DueInstant, asOf: Instant): Move | undefined {
  try {
    const to = movedByCalendar(libraryOf(network, library), due, asOf, network.timeZone);
    return to && { library, due, to };
  } catch (error) {
    if (error instanceof NoOpenDay) return undefined;
    throw error;
  }
}

/** What the patron is told, and what the audit keeps. */
function eventOf(desk: Desk, loan: DueLoan, to: Due): NewEvent {
  const { barcode, title, library, due: before, id: loanId, itemId, patronId } = loan;
  const data = { barcode, title, library, due: to.due, before, because: 'calendar' };
  const by = { staffId: staffId(desk), desk: placeName(desk.place) };
  return { at: desk.now, kind: 'due-date-changed', ...by, patronId, itemId, loanId, data };
}

/**
 * Moves due dates that now fall on closed days (CAL-07): decided once for all loans of a library that fall due together,
 * written for `most` loans at once, so that no desk waits long. Repeatable: what has been moved is not moved again. `asOf`:
 * the night for which it runs, never later than now.
 */
export const moveDueDates = action(
  'move-due-dates',
  { permission: 'run-jobs' },
  async (
    desk: Desk,
    request: { readonly asOf?: Instant; readonly most?: number },
  ): Promise<DueDatesMoved | Refusal> => {
    const { records, now } = desk;
    const { most = BATCH } = request;
    const asOf = Math.min(request.asOf ?? now, now);
    const moves = (await records.dueDates.instants()).flatMap((one) => moveOf(desk, one, asOf) ?? []);
    const loans = await records.dueDates.loansAt(moves.slice(0, most), most);
    const events: NewEvent[] = [];
    for (const { library, due, to } of moves) {
      const moved = loans.filter((loan) => loan.library === library && loan.due === due);
      const ids = moved.map((loan) => loan.id);
      await records.dueDates.move(ids, to.due, to.lateFrom);
      events.push(...moved.map((loan) => eventOf(desk, loan, to)));
    }
    await records.events.appendAll(events);
    return { kind: 'moved', loans: loans.length, more: loans.length === most || moves.length > most };
  },
);

/** The nightly job: moves all of them, a batch in each transaction. Answers with the number of loans. */
export async function runMoveDueDates(perform: Perform, asOf: Instant): Promise<number> {
  const seat = { staff: COMMAND_LINE, place: null };
  let loans = 0;
  let more = true;
  while (more) {
    const done = await perform(seat, moveDueDates, { asOf });
    if (done.kind !== 'moved') throw new Error(`the command line may not run jobs: ${JSON.stringify(done)}`);
    loans += done.loans;
    more = done.more;
  }
  return loans;
}
