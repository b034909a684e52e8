import type { Task } from '../circulation/filling.ts';
import { isOver, reminderAt } from '../circulation/hold-shelf.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { Closing } from '../records/requests.ts';
import type { RequestRow } from '../records/request-rows.ts';
import type { Desk } from './perform.ts';
import { maySeePatrons } from './personal.ts';

/** What a request is in. `expired`: it ended on the shelf, because nobody came; `cancelled`: any other end but a loan. */
export type RequestState = 'waiting' | 'transit' | 'on-shelf' | 'filled' | 'cancelled' | 'expired';

/** One request as every screen, slip, letter, step and `--json` shows it. People are null for who may not see patrons. */
export type RequestCard = {
  readonly id: number;
  readonly titleId: number;
  readonly title: string;
  readonly author: string | null;
  /** Of the volume or issue that is asked for. */
  readonly description: string | null;
  readonly patronId: number | null;
  readonly patron: string | null;
  readonly card: string | null;
  readonly pickup: string;
  readonly state: RequestState;
  /** What is done for it; null: it is closed. */
  readonly task: Task | 'transit' | 'hold-shelf' | null;
  /** Pick, reception: the library that is asked; recall: the copy's; transit, hold shelf: the pickup library. */
  readonly library: string | null;
  /** The barcode of the copy that it has, or that is meant for it. */
  readonly item: string | null;
  readonly itemId: number | null;
  readonly callNumber: string | null;
  /** `LIBRARY/LOCATION` of the copy. */
  readonly location: string | null;
  /** When the loan that was recalled for it falls due. */
  readonly due: Instant | null;
  /** Among the open requests for the same, from 1; null: closed. */
  readonly position: number | null;
  readonly of: number | null;
  readonly placedAt: Instant;
  /** Last day on which it is of use. */
  readonly until: Day | null;
  readonly note: string | null;
  readonly heldSince: Instant | null;
  /** Last day of the hold. */
  readonly heldUntil: Day | null;
  /** Its hold is over and its item still stands there. */
  readonly expired: boolean;
  /** When its patron is reminded (HOLD-01). */
  readonly reminderAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly closing: Closing | null;
  readonly reason: string | null;
  readonly closedBy: string | null;
  /** Whether the patron is told that it was cancelled. */
  readonly notified: boolean | null;
  readonly printedAt: Instant | null;
  readonly reportedAt: Instant | null;
  /** Libraries that have passed it on in this round (PICK-05). */
  readonly skipped: readonly string[];
};

/** A request that has not ended. */
export type OpenRequest = RequestCard & { readonly state: 'waiting' | 'transit' | 'on-shelf' };

const STATES: Readonly<Record<RequestRow['state'], RequestState>> = {
  WAITING: 'waiting',
  TRANSIT: 'transit',
  ON_SHELF: 'on-shelf',
  FILLED: 'filled',
  CANCELLED: 'cancelled',
};

function taskOf(row: RequestRow): RequestCard['task'] {
  if (row.state === 'WAITING') return row.task ?? 'wait';
  if (row.state === 'TRANSIT') return 'transit';
  return row.state === 'ON_SHELF' ? 'hold-shelf' : null;
}

function libraryOfTask(row: RequestRow): string | null {
  if (row.state === 'TRANSIT' || row.state === 'ON_SHELF') return row.pickup;
  if (row.state !== 'WAITING') return null;
  return row.task === 'recall' ? (row.copy?.library ?? null) : row.askedLibrary;
}

/** What staff have noted and done is for them, not for the patron at a kiosk (KIO-07). */
const OF_STAFF = { note: null, reason: null, closedBy: null, printedAt: null, reportedAt: null, skipped: [] } as const;

/** What a row of the records says, for the person on the seat. */
export function requestCard(desk: Desk, row: RequestRow): RequestCard {
  const { network, now } = desk;
  const { id, titleId, title, author, description, pickup, state, heldSince, heldUntil, copy } = row;
  const sees = maySeePatrons(desk);
  const isHeld = state === 'ON_SHELF' && heldSince !== null && heldUntil !== null;
  return {
    id,
    titleId,
    title,
    author,
    description,
    patronId: sees ? row.patronId : null,
    patron: sees ? row.patron : null,
    card: sees ? row.card : null,
    pickup,
    state: row.closing === 'expired' ? 'expired' : STATES[state],
    task: taskOf(row),
    library: libraryOfTask(row),
    item: copy?.barcode ?? null,
    itemId: copy?.id ?? null,
    callNumber: copy?.callNumber ?? null,
    location: copy?.location ?? null,
    due: row.due,
    position: row.position,
    of: row.of,
    placedAt: row.placedAt,
    until: row.notAfter,
    note: row.note,
    heldSince,
    heldUntil,
    expired: state === 'ON_SHELF' && isOver(heldUntil, dayOf(now, network.timeZone)),
    reminderAt: isHeld ? reminderAt(network, pickup, heldSince, heldUntil) : null,
    closedAt: row.closedAt,
    closing: row.closing,
    reason: row.reason,
    closedBy: row.closedBy,
    notified: row.notify,
    printedAt: row.printedAt,
    reportedAt: row.reportedAt,
    skipped: row.skipped,
    ...(desk.kiosk ? OF_STAFF : {}),
  };
}

/** The request of that number, as it is now. Throws if there is none: it has just been read. */
export async function cardOf(desk: Desk, id: number): Promise<RequestCard> {
  const row = await desk.records.requestRows.byId(id);
  if (!row) throw new Error(`request ${id} has gone while its title was locked`);
  return requestCard(desk, row);
}

/** Several requests as they are now, in that order. */
export const cardsOf = async (desk: Desk, ids: readonly number[]): Promise<RequestCard[]> =>
  (await desk.records.requestRows.withIds(ids)).map((row) => requestCard(desk, row));

/** Whether a request is open, as far as its card says so. */
export const isOpenRequest = (card: RequestCard): card is OpenRequest =>
  card.state === 'waiting' || card.state === 'transit' || card.state === 'on-shelf';
