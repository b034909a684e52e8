import { deleteLoan } from '../../desk/delete-loan.ts';
import { endSession } from '../../desk/patrons.ts';
import type { Action, Attempt, Desk, Refusal, Seat } from '../../desk/perform.ts';
import { returnItem } from '../../desk/return-item.ts';
import { borrowerOf } from '../borrower.ts';
import type { Stage } from '../scenario/stage.ts';
import type { Seen } from './seen.ts';

const ASKS_BORROWER: readonly string[] = [returnItem.name, deleteLoan.name];

/** A session that ends with all loans that were made in it: those that the lesson made itself, too. */
function withAllLoans<Request>(what: { readonly name: string }, request: Request, loansOf: LoansOf): Request {
  if (what.name !== endSession.name) return request;
  const { patron, loans } = request as { patron: number; loans: readonly number[] };
  return { ...request, loans: [...new Set([...loansOf(patron), ...loans])] };
}

/** The loans that a lesson knows of in the open session of a patron. */
export type LoansOf = (patron: number) => readonly number[];

/** Where things are done, and by whom what is asked besides. */
export type Watching = Pick<Stage, 'perform' | 'seat'>;

/** What an action was asked at the console, and what became of it. */
export type Watched<Outcome> = { readonly outcome: Outcome | Refusal; readonly seen: Seen };

/** Does an action for the console, and notes what it was, what it answered and whether it has changed anything. Throws DatabaseAway. */
export async function watch<Request, Outcome>(
  stage: Watching,
  loansOf: LoansOf,
  [seat, what, asked, attempt]: readonly [Seat, Action<Request, Outcome>, Request, Attempt | undefined],
): Promise<Watched<Outcome>> {
  const request = withAllLoans(what, asked, loansOf);
  const barcode = ASKS_BORROWER.includes(what.name) ? (request as { barcode: string }).barcode : undefined;
  const borrower = barcode === undefined ? undefined : await borrowerOf(stage.perform, stage.seat, barcode);
  let wrote = false;
  let patron: number | undefined;
  const looking: Action<Request, Outcome> = {
    ...what,
    run: async (desk: Desk, again, prepared) => {
      const outcome = await what.run(desk, again, prepared);
      const events = desk.records.events.written();
      wrote = events.length > 0;
      patron = events.find((one) => typeof one.patronId === 'number')?.patronId ?? undefined;
      return outcome;
    },
  };
  const outcome = await stage.perform(seat, looking, request, attempt);
  return { outcome, seen: { what, request, outcome, wrote, patron, borrower, kiosk: seat.kiosk } };
}
