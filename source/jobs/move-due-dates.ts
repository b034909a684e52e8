import { NoOpenDay } from '../circulation/calendar.ts';
import { movedByCalendar } from '../circulation/due.ts';
import type { Due } from '../circulation/due.ts';
import { libraryOf } from '../circulation/network.ts';
import type { Instant } from '../circulation/time.ts';
import { action, placeName, staffId } from '../desk/perform.ts';
import type { Desk, Refusal } from '../desk/perform.ts';
import type { NewEvent } from '../records/events.ts';
import type { DueInstant, DueLoan } from '../records/due-dates.ts';
import { JobRefused } from './job.ts';
import type { Job } from './job.ts';
import { untilDone } from './pace.ts';

export type DueDatesMoved = {
  readonly kind: 'moved';
  readonly loans: number;
  readonly barcodes: readonly string[];
  /** Libraries that never open again: their loans stay as they are. */
  readonly stuck: readonly string[];
  /** There is more to move: the same again. */
  readonly more: boolean;
};

/** A moment at which loans of a library fall due, and where they go. */
type Move = DueInstant & { readonly to: Due };

/** Loans in one transaction: no desk waits long. */
const BATCH = 100;

/** Where the loans of a library that fall due at one moment go; undefined: they stay. A library that never opens again is `stuck`. */
function moveOf({ network }: Desk, { library, due }: DueInstant, asOf: Instant, stuck: Set<string>): Move | undefined {
  try {
    const to = movedByCalendar(libraryOf(network, library), due, asOf, network.timeZone);
    return to && { library, due, to };
  } catch (error) {
    if (!(error instanceof NoOpenDay)) throw error;
    stuck.add(library);
    return undefined;
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
 * the night for which it runs, never later than now. `among`: only loans that fall due then, instead of all.
 */
export const moveDueDates = action(
  'move-due-dates',
  { permission: 'run-jobs' },
  async (
    desk: Desk,
    request: { readonly asOf?: Instant; readonly most?: number; readonly among?: readonly DueInstant[] },
  ): Promise<DueDatesMoved | Refusal> => {
    const { records, now } = desk;
    const { most = BATCH, among } = request;
    const asOf = Math.min(request.asOf ?? now, now);
    const stuck = new Set<string>();
    const moves = (among ?? (await records.dueDates.instants())).flatMap((one) => moveOf(desk, one, asOf, stuck) ?? []);
    const loans = await records.dueDates.loansAt(moves.slice(0, most), most);
    const events: NewEvent[] = [];
    for (const { library, due, to } of moves) {
      const moved = loans.filter((loan) => loan.library === library && loan.due === due);
      const ids = moved.map((loan) => loan.id);
      await records.dueDates.move(ids, to.due, to.lateFrom);
      events.push(...moved.map((loan) => eventOf(desk, loan, to)));
    }
    await records.events.appendAll(events);
    const more = loans.length === most || moves.length > most;
    return { kind: 'moved', loans: loans.length, barcodes: loans.map((one) => one.barcode), stuck: [...stuck], more };
  },
);

export type DueDatesFound =
  | { readonly kind: 'found'; readonly instants: readonly DueInstant[]; readonly stuck: readonly string[] }
  | Refusal;

/** The moments at which loans fall due that have to be moved (CAL-07). All open loans are looked at, so nothing is locked for it. */
export const findDueDates = action(
  'find-due-dates',
  { permission: 'run-jobs', readOnly: true },
  async (desk: Desk, { asOf }: { readonly asOf: Instant }): Promise<DueDatesFound> => {
    const stuck = new Set<string>();
    const all = await desk.records.dueDates.instants();
    const instants = all.filter((one) => moveOf(desk, one, Math.min(asOf, desk.now), stuck) !== undefined);
    return { kind: 'found', instants, stuck: [...stuck] };
  },
);

/** Moves due dates after a change of the calendar (CAL-07), a batch in each transaction. */
export const moveDueDatesJob: Job = {
  name: 'move-due-dates',
  schedule: { every: 'night' },
  async work(on) {
    const { asOf, batch, perform, seat } = on;
    const found = await perform(seat, findDueDates, { asOf });
    if (found.kind !== 'found') throw new JobRefused(findDueDates.name, found);
    await on.count({ lines: found.stuck.map((value) => ({ figure: 'no-open-day', value }) as const) });
    const rest = [...found.instants];
    await untilDone(on, async () => {
      const among = rest.slice(0, BATCH);
      if (among.length === 0) return false;
      const { more } = await batch(moveDueDates, { asOf, among }, ({ loans, barcodes }) => ({
        counters: { moved: loans },
        lines: barcodes.map((record) => ({ figure: 'moved', record }) as const),
      }));
      if (!more) rest.splice(0, among.length);
      return true;
    });
  },
};
