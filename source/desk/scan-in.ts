import type { ProcessType } from '../circulation/loan.ts';
import { mayServe } from '../circulation/routing.ts';
import type { Instant } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { QueuedRequest } from '../records/requests.ts';
import { candidatesFor, isAwaitedReception, routingFacts, turnOf, withoutExpiredHold } from './item-in-hand.ts';
import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Place, Refusal } from './perform.ts';
import { maySeePatrons as seesPatrons } from './personal.ts';
import { replanNow } from './plan-queue.ts';
import { recallScanIn } from './scan-in-recalled.ts';
import { route } from './route.ts';
import type { Instruction } from './route.ts';
import { routeData } from './take-back.ts';

export type ScanInRequest = {
  readonly barcode: string;
  /** The request that it is for, where several wait (SCAN-04): its number, chosen or scanned, or a card of its patron. */
  readonly request?: number | string;
  /** An item in place has been used in the house (SCAN-02). */
  readonly inHouse?: boolean;
  /** At a department: its work on the item is done (ITEM-01). */
  readonly treated?: boolean;
};

export type ScannedIn = Instruction & {
  readonly kind: 'scanned';
  /** What the screen says; `in-house`: to be reshelved, and its use was registered. */
  readonly instruction: Instruction['next'] | 'in-house';
  readonly item: ItemLine;
  /** What it was before; null: in place. */
  readonly was: ProcessType | null;
  readonly atDepartment: boolean;
};

/** A request among which the operator chooses. */
export type RequestToChoose = {
  readonly id: number;
  /** For those who may see patrons. */
  readonly patron: string | null;
  readonly card: string | null;
  readonly pickup: string;
  readonly placedAt: Instant;
};

export type ScanInOutcome =
  | ScannedIn
  | { readonly kind: 'choose-request'; readonly item: ItemLine; readonly requests: readonly RequestToChoose[] }
  | {
      readonly kind: 'on-loan';
      readonly item: ItemLine;
      readonly patron: string | null;
      readonly patronId: number | null;
      readonly due: Instant;
      readonly lost: boolean;
    }
  | Refusal;

/** It is on loan: nothing is done to it, the desk may return it. */
function onLoan(desk: Desk, item: ItemView, loan: NonNullable<ItemView['loan']>): ScanInOutcome {
  const sees = seesPatrons(desk);
  return {
    kind: 'on-loan',
    item: itemLine(item),
    patron: sees ? loan.patron : null,
    patronId: sees ? loan.patronId : null,
    due: loan.due,
    lost: item.process === 'LOST_LOAN',
  };
}

/** Whose number or card that is among the requests that wait; several, if it can be read as both. */
async function meantBy(
  { records }: Desk,
  waiting: readonly QueuedRequest[],
  key: number | string,
): Promise<QueuedRequest[]> {
  const patronId = typeof key === 'string' ? await records.patrons.idByIdentifier(key) : undefined;
  const number = String(key).trim();
  return waiting.filter((one) => String(one.id) === number || (patronId !== undefined && one.patronId === patronId));
}

type Question = Exclude<ScanInOutcome, ScannedIn>;

/**
 * The request that was meant among those that the item may fill; undefined: whose turn it is. At a desk whose library is
 * to pick copies for several of them, one has to be chosen first (SCAN-04).
 */
async function requestMeant(
  desk: Desk,
  place: Place,
  item: ItemView,
  queue: readonly QueuedRequest[],
  key: number | string | undefined,
): Promise<{ readonly chosen: number | undefined } | Question> {
  const { turn, choice } = turnOf(desk, item, place, candidatesFor(desk, item, queue));
  if (key !== undefined) {
    // Nobody overtakes the queue: what could be chosen, else whose turn it is anyway.
    const open = choice.length > 1 || turn === undefined ? choice : [turn];
    const meant = await meantBy(desk, open, key);
    if (meant.length === 0) return { kind: 'unknown', what: 'REQUEST', key: String(key) };
    return meant.length === 1 ? { chosen: meant[0]?.id } : chooseAmong(desk, item, meant);
  }
  return choice.length > 1 ? chooseAmong(desk, item, choice) : { chosen: undefined };
}

function chooseAmong(
  desk: Desk,
  item: ItemView,
  requests: readonly QueuedRequest[],
): Extract<ScanInOutcome, { kind: 'choose-request' }> {
  const sees = seesPatrons(desk);
  const lines = requests.map(({ id, patron, card, pickup, placedAt }) => ({
    id,
    patron: sees ? patron : null,
    card: sees ? card : null,
    pickup,
    placedAt,
  }));
  return { kind: 'choose-request', item: itemLine(item), requests: lines };
}

/** Used in the house: it stood in its place, and goes back there (SCAN-02). */
const isInHouseUse = (item: ItemView, place: Place, { next }: Instruction, request: ScanInRequest): boolean =>
  request.inHouse === true && item.process === null && item.at === place.library && next === 'reshelve';

/** Writes down what was scanned, and what it was before and is now. No patron: a scan is nobody's loan. */
async function log(desk: Desk, item: ItemView, instruction: Instruction, inHouse: boolean): Promise<void> {
  const { id, barcode, title, library, process, at, transit } = item;
  const { arrived, received, treated, holdEnded } = instruction;
  const from = { process, at, transit: transit && { from: transit.from, to: transit.to, since: transit.since } };
  await desk.records.events.append({
    at: desk.now,
    kind: inHouse ? 'in-house-use' : 'item-scanned',
    staffId: staffId(desk),
    desk: placeName(desk.place),
    itemId: id,
    data: {
      barcode,
      title,
      library,
      ...routeData(item, instruction),
      from,
      arrived,
      received,
      treated,
      holdEnded: holdEnded?.request ?? null,
    },
  });
}

/**
 * Scans an item in (SCAN-01 to SCAN-05). At a desk: it has arrived, was picked for a request, is put back, its hold has
 * ended. At a department: it is received, or its treatment is done. Answers `scanned` with one instruction, `choose-request`,
 * `on-loan` (nothing is done), or a refusal. Notes do not stop it.
 */
export const scanIn = action(
  'scan-in',
  { permission: 'scan-in', needsPlace: true, recall: recallScanIn },
  async (desk: Desk, request: ScanInRequest): Promise<ScanInOutcome> => {
    const { records, place } = desk;
    const { barcode } = request;
    if (!place) return { kind: 'not-permitted', permission: 'scan-in', needs: 'desk' };
    const atDepartment = place.kind === 'department';
    if (request.treated === true && !atDepartment)
      return { kind: 'invalid', path: 'treated', problem: 'unknown-code', value: placeName(place) };
    const item = await records.items.byBarcode(barcode, true);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: barcode };
    if (item.loan) return onLoan(desk, item, item.loan);

    const queue = await records.requests.queue(item.titleId);
    const treated = request.treated === true || isAwaitedReception(desk, item, place, queue);
    const known = withoutExpiredHold(desk, item, place);
    // A hold that this scan ends is no candidate.
    const others = queue.filter((one) => one.id !== item.hold?.request);
    const isFree = mayServe(routingFacts(desk, known, place, treated));
    const meant = isFree ? await requestMeant(desk, place, known, others, request.request) : { chosen: undefined };
    if ('kind' in meant) return meant;
    const instruction = await route(desk, item, { treated, queue, chosen: meant.chosen });
    if (queue.length > 0) await replanNow(desk, item.titleId);
    const inHouse = isInHouseUse(item, place, instruction, request);
    await log(desk, item, instruction, inHouse);
    return {
      kind: 'scanned',
      instruction: inHouse ? 'in-house' : instruction.next,
      item: itemLine(item),
      was: item.process,
      atDepartment,
      ...instruction,
    };
  },
);
