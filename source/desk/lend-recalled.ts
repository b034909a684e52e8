import type { BlockCode } from '../circulation/blocks.ts';
import type { Instant } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { Trace, TraceOf } from '../records/lost-attempts.ts';
import { itemLine } from './item-line.ts';
import type { LendOutcome, LendRequest } from './lend.ts';
import { placeName } from './perform.ts';
import type { Desk } from './perform.ts';

type Made = TraceOf<'item-lent'> | TraceOf<'loan-renewed'> | TraceOf<'record-overridden'>;

const isMade = (one: Trace): one is Made =>
  one.kind === 'item-lent' || one.kind === 'loan-renewed' || one.kind === 'record-overridden';

/** The loan as it was answered; what became of it since is another desk's. */
async function lentOrRenewed(
  { records }: Desk,
  item: ItemView,
  made: Exclude<Made, TraceOf<'record-overridden'>>,
  overridden: readonly BlockCode[],
  traces: readonly Trace[],
): Promise<LendOutcome> {
  const { due } = made.data;
  const loan = made.loanId === null ? undefined : await records.loans.byId(made.loanId);
  const before = traces.find((one) => one.kind === 'item-returned' && one.at === made.at);
  const about = {
    loan: made.loanId ?? 0,
    item: itemLine(item),
    patronId: made.patronId ?? 0,
    due,
    loanedAt: loan?.loanedAt ?? made.at,
    lateFrom: loan?.lateFrom ?? due,
    overridden,
  };
  if (made.kind === 'item-lent')
    return { kind: 'lent', ...about, status: made.data.status, returnedFrom: before?.patron ?? null };
  return { kind: 'renewed', ...about, status: loan?.recalled === true ? 'Recalled' : 'Renewed', returnedFrom: null };
}

/**
 * What a loan has answered whose answer was lost (OFF-03): `lent`, `renewed`, or the `note` for which overrides were recorded;
 * undefined: it was not committed. Codes that stood already are not among those overridden: the session has them.
 */
export async function recallLend(
  desk: Desk,
  request: LendRequest,
  lost: readonly Instant[],
): Promise<LendOutcome | undefined> {
  const { records } = desk;
  const patron = await records.patrons.locked(request.patron);
  const item = patron && (await records.items.byBarcode(request.barcode, true));
  if (!item) return undefined;
  const traces = await records.lostAttempts.traces(item.id, placeName(desk.place), lost);
  const made = traces.filter(isMade).findLast((one) => one.patronId === patron.id);
  if (!made) return undefined;
  const overridden = (await records.lostAttempts.setAside(made.id)) as BlockCode[];
  if (made.kind !== 'record-overridden') return lentOrRenewed(desk, item, made, overridden, traces);
  return item.fulfilmentNote === null
    ? undefined
    : { kind: 'note', note: item.fulfilmentNote, item: itemLine(item), overridden };
}
