import { decideLoan } from '../circulation/loan.ts';
import { libraryOf } from '../circulation/network.ts';
import type { OfflineAttention, OfflineFailure, OfflineLine } from '../circulation/offline.ts';
import { dueAtUpload } from '../circulation/offline-rules.ts';
import type { LineMoment } from '../circulation/offline-rules.ts';
import type { Instant } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { DeskEvent } from '../records/offline-batch.ts';
import type { LineState } from '../records/offline-lines.ts';
import type { PatronView } from '../records/patrons.ts';
import { withLevels } from './lend.ts';
import { loanFacts } from './loan-facts.ts';
import { openLoan } from './open-loan.ts';
import { actualNow } from './perform.ts';
import type { Desk } from './perform.ts';
import { takeBack } from './take-back.ts';

/** A line of an offline file with all that was found for it. */
export type FoundLine = {
  readonly line: OfflineLine;
  readonly moment: LineMoment;
  readonly item: ItemView | undefined;
  readonly patron: PatronView | undefined;
  /** What has happened to the item at desks, from the line's minute on, in the order in which it was written. */
  readonly events: readonly DeskEvent[];
};

/** What became of a line. */
export type Applied = {
  readonly state: LineState;
  readonly failure: OfflineFailure | null;
  readonly attention: readonly OfflineAttention[];
  readonly itemId: number | null;
  readonly patronId: number | null;
  /** The loan that it has made, and when that is due. */
  readonly loanId: number | null;
  readonly due: Instant | null;
};

/** Items that were put back on the shelf while nobody could know better. */
const MUST_MOVE: Readonly<Partial<Record<string, readonly OfflineAttention[]>>> = {
  'hold-shelf': ['hold-shelf'],
  transit: ['send'],
  department: ['send'],
};

/** Why blocks were set aside, as the audit has it (BLK-06). */
const OFFLINE = 'offline';

const MOVES: ReadonlySet<DeskEvent['kind']> = new Set(['item-lent', 'item-returned', 'return-without-loan']);

/**
 * Whether the line is in the database already: the console was cut off in the middle of a commit that was carried out, and has
 * written the same transaction into its file (OFF-03). The item's last move in the line's minute is the same as the line's.
 */
function isKnown({ line, moment, events, patron }: FoundLine): boolean {
  const isIn = ({ at }: DeskEvent): boolean => moment.minutes.some(({ from, before }) => from <= at && at < before);
  const last = events.findLast((one) => MOVES.has(one.kind) && isIn(one));
  if (!last) return false;
  return line.action === 'R' ? last.kind !== 'item-lent' : last.kind === 'item-lent' && last.patronId === patron?.id;
}

/** Why a line cannot be applied; undefined: it can. */
function failureOf({ line, moment, item, patron, events }: FoundLine): OfflineFailure | undefined {
  if (!item) return 'ITEM_NOT_FOUND';
  if (line.action === 'L' && !patron) return 'PATRON_NOT_FOUND';
  return events.some(({ at }) => at >= moment.end) ? 'LATER_ACTION' : undefined;
}

/** Lends as the line says, whatever stands against it: that is in the audit (OFF-05, BLK-06). */
async function lendOffline(
  desk: Desk,
  patron: PatronView,
  item: ItemView,
): Promise<Pick<Applied, 'loanId' | 'due' | 'attention'>> {
  const { network } = desk;
  const { blocks, ...decided } = decideLoan(await loanFacts(desk, patron, item));
  const used = withLevels(desk, blocks).map(({ code, by }) => ({
    code,
    reason: OFFLINE,
    automatic: by === 'automatic',
  }));
  const owner = libraryOf(network, item.library);
  const { due, attention } = dueAtUpload(decided, owner, actualNow(desk), network.timeZone);
  const opened = await openLoan(desk, patron, item, { terms: decided.terms, due, shortened: false }, used);
  return { loanId: opened.loan, due: opened.due, attention: attention === null ? [] : [attention] };
}

/**
 * Applies a line of an offline file (OFF-04, OFF-05): at its own time, with the penalty and the due date of that time, while
 * those who are told of holds and recalls are told now. Patron and item must be locked, `found` be read since.
 */
export async function applyLine(desk: Desk, found: FoundLine): Promise<Applied> {
  const { line, moment, item, patron } = found;
  const about = { itemId: item?.id ?? null, patronId: patron?.id ?? null, loanId: null, due: null, attention: [] };
  const isFound = item !== undefined && (line.action === 'R' || patron !== undefined);
  if (isFound && isKnown(found)) return { ...about, state: 'known', failure: null };
  const failure = failureOf(found);
  if (!item || failure !== undefined) return { ...about, state: 'failed', failure: failure ?? 'ITEM_NOT_FOUND' };

  const then: Desk = { ...desk, now: moment.at, actual: desk.now };
  const early: readonly OfflineAttention[] = moment.future ? ['future'] : [];
  if (!patron) {
    const { ended, instruction } = await takeBack(then, item, moment.at);
    const attention = [...early, ...(MUST_MOVE[instruction.next] ?? [])];
    return { ...about, patronId: ended?.loan.patronId ?? null, state: 'applied', failure: null, attention };
  }
  const lent = await lendOffline(then, patron, item);
  return { ...about, ...lent, state: 'applied', failure: null, attention: [...lent.attention, ...early] };
}
