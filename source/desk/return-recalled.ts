import { blockedUntil } from '../circulation/penalties.ts';
import { dayOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import type { Trace, TraceOf } from '../records/lost-attempts.ts';
import { instructionRecalled } from './instruction-recalled.ts';
import { itemLine } from './item-line.ts';
import { placeName } from './perform.ts';
import type { Desk } from './perform.ts';
import { quickAddReturned } from './quick-add-returned.ts';
import type { Returned, ReturnRequest } from './return-item.ts';

type Back = TraceOf<'item-returned'> | TraceOf<'return-without-loan'>;

const isBack = (one: Trace): one is Back => one.kind === 'item-returned' || one.kind === 'return-without-loan';

type OfLoan = Pick<Returned, 'kind' | 'patron' | 'loan' | 'due' | 'returnedAt' | 'daysLate' | 'blockedUntil'>;

/** What the return has done to a loan; a block that has been set or deleted since counts as it stands now. */
async function loanOf(desk: Desk, back: Back, { dated }: ReturnRequest): Promise<OfLoan> {
  if (back.kind === 'return-without-loan') {
    const nothing = { patron: null, loan: null, due: null, daysLate: 0, blockedUntil: null };
    return { kind: 'not-on-loan', ...nothing, returnedAt: dated ?? back.at };
  }
  const { patronId: id, patron: name, loanId: loan, data } = back;
  const { due, returnedAt, daysLate } = data;
  const today = dayOf(desk.now, desk.network.timeZone);
  const blocks = id === null ? [] : await desk.records.blocks.standing(id, today);
  return {
    kind: 'returned',
    patron: id === null ? null : { id, name },
    loan,
    due,
    returnedAt,
    daysLate,
    blockedUntil: blockedUntil(desk.network, blocks, today),
  };
}

/** What a return has answered whose answer was lost (OFF-03): `returned` or `not-on-loan`; undefined: it was not committed. */
export async function recallReturn(
  desk: Desk,
  request: ReturnRequest,
  lost: readonly Instant[],
): Promise<Returned | undefined> {
  const { records } = desk;
  const item = await records.items.byBarcode(request.barcode, true);
  if (!item) return undefined;
  const traces = await records.lostAttempts.traces(item.id, placeName(desk.place), lost);
  const back = traces.findLast(isBack);
  const instruction = back && (await instructionRecalled(desk, item, back, traces));
  if (!instruction) return undefined;
  return {
    ...(await loanOf(desk, back, request)),
    item: itemLine(item),
    was: back.data.was ?? null,
    quickAdd: await quickAddReturned(desk, item, instruction),
    ...instruction,
  };
}
