import type { Perform, Seat } from '../desk/perform.ts';
import { showLoan } from '../desk/show.ts';
import { primaryOf } from './results.ts';

/** The identifier of the patron who has an item on loan now, asked before it is returned; undefined: nobody, or no such item. */
export async function borrowerOf(perform: Perform, seat: Seat, barcode: string): Promise<string | undefined> {
  const state = await perform(seat, showLoan, { barcode });
  return state.kind === 'loan' ? primaryOf(state.patron) : undefined;
}
