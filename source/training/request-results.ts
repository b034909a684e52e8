import type { ShelfCleared } from '../desk/requests-clear-shelf.ts';
import type { CancelOutcome } from '../desk/requests-cancel.ts';
import type { MarkedMissing, SkipOutcome } from '../desk/requests-missing.ts';
import type { PickList } from '../desk/requests-pick.ts';
import type { PlaceOutcome } from '../desk/requests-place.ts';
import type { RequestShown } from '../desk/requests-queue.ts';
import type { Shelf } from '../desk/requests-shelf.ts';
import type { RequestCard } from '../desk/request-card.ts';
import { failureResult, local, present } from './results.ts';
import type { PlainResult, Zone } from './results.ts';

/** How a result names a request: by the name that the scenario gave it, else by its number. */
export type NameOfRequest = (id: number) => string | number;
const byNumber: NameOfRequest = (id) => id;

/** A request: `task, library, item, position, until` (last useful day), `held` (end of hold), and how it ended. */
function requestFields(card: RequestCard, network: Zone, nameOf: NameOfRequest): Record<string, unknown> {
  const { id, task, library, item, position, until, heldUntil, state, pickup, closing, reason, expired, due } = card;
  const isHeld = state === 'on-shelf' || state === 'transit';
  return present({
    request: nameOf(id),
    title: card.title,
    description: card.description,
    patron: card.card,
    pickup,
    state,
    task,
    library,
    item,
    position,
    until,
    held: isHeld ? heldUntil : undefined,
    expired: expired ? true : undefined,
    reminder: local(card.reminderAt, network),
    due: local(due, network),
    placed: local(card.placedAt, network),
    note: card.note,
    closing,
    reason,
  });
}

/** A request that was placed, or `refused` with the first `reason` and all `reasons` (REQ-04). */
export function placeResult(outcome: PlaceOutcome, network: Zone, nameOf: NameOfRequest = byNumber): PlainResult {
  switch (outcome.kind) {
    case 'placed':
      return { outcome: 'placed', ...requestFields(outcome.request, network, nameOf) };
    case 'refused': {
      const codes = outcome.reasons.map((one) => one.code);
      const where = outcome.reasons.flatMap((one) =>
        one.code === 'PICKUP_NOT_POSSIBLE' ? [one.facts.possible] : [],
      )[0];
      return { outcome: 'refused', reason: codes[0], reasons: codes, ...present({ possible: where }) };
    }
    default:
      return failureResult(outcome);
  }
}

/** The state of a request (`show`). */
export function requestResult(shown: RequestShown, network: Zone, nameOf: NameOfRequest = byNumber): PlainResult {
  return shown.kind === 'request' ? requestFields(shown.request, network, nameOf) : failureResult(shown);
}

/** A cancellation, and what becomes of the item: `next: reshelve, send, hold-shelf, transit, on-its-way` (CAN-03). */
export function cancelResult(outcome: CancelOutcome): PlainResult {
  switch (outcome.kind) {
    case 'cancelled': {
      const { item } = outcome;
      const goes = { item: item?.item.barcode, next: item?.next, destination: item?.destination };
      return { outcome: 'cancelled', ...present({ ...goes, requester: item?.requester, until: item?.heldUntil }) };
    }
    case 'closed-already':
      return { outcome: 'refused', reason: 'CLOSED_ALREADY' };
    default:
      return failureResult(outcome);
  }
}

/** A pick list: `count, lines`. */
export function pickListResult(outcome: PickList, network: Zone, nameOf: NameOfRequest = byNumber): PlainResult {
  if (outcome.kind !== 'picks') return failureResult(outcome);
  const lines = outcome.lines.map((one) => {
    const { title, callNumber, location, item, library, pickup, here, card, description, onHoldShelf } = one;
    const about = { request: nameOf(one.request), title, description, callNumber, location, item, library, pickup };
    const destination = here ? 'hold-shelf' : pickup;
    const taken = { printed: one.printedAt !== null, reported: one.reportedAt !== null };
    return {
      ...present({ ...about, destination, patron: card, placed: local(one.placedAt, network) }),
      onHoldShelf,
      ...taken,
    };
  });
  return { library: outcome.library, count: outcome.total, lines };
}

/** Missing: the items that were marked; the request is cancelled. */
export function missingResult(outcome: MarkedMissing, nameOf: NameOfRequest = byNumber): PlainResult {
  switch (outcome.kind) {
    case 'missing': {
      const items = outcome.items.map((one) => one.barcode);
      return { outcome: 'missing', items, moved: outcome.moved.map((one) => nameOf(one.id)) };
    }
    case 'not-a-pick':
      return { outcome: 'refused', reason: 'NOT_A_PICK' };
    default:
      return failureResult(outcome);
  }
}

/** A library that was skipped, with who is asked now; or why there is nobody else. */
export function skipResult(outcome: SkipOutcome, network: Zone, nameOf: NameOfRequest = byNumber): PlainResult {
  switch (outcome.kind) {
    case 'skipped':
      return { outcome: 'skipped', from: outcome.from, ...requestFields(outcome.request, network, nameOf) };
    case 'not-skipped':
      return { outcome: 'refused', reason: outcome.reason };
    case 'not-a-pick':
      return { outcome: 'refused', reason: 'NOT_A_PICK' };
    default:
      return failureResult(outcome);
  }
}

/** A hold shelf: `count, lines`. */
export function shelfResult(outcome: Shelf, network: Zone, nameOf: NameOfRequest = byNumber): PlainResult {
  if (outcome.kind !== 'shelf') return failureResult(outcome);
  const lines = outcome.lines.map((one) => {
    const { item, title, description, callNumber, card, patron, heldUntil, expiredSince, next, destination } = one;
    const about = {
      request: nameOf(one.request),
      item,
      title,
      description,
      callNumber,
      patron: card,
      requester: patron,
    };
    const until = { until: heldUntil, held: heldUntil, since: local(one.heldSince, network), expiredSince };
    const goes = { next, destination, nextRequester: one.nextRequester };
    const following = one.nextRequest === null ? {} : { nextRequest: nameOf(one.nextRequest) };
    return {
      ...present({ ...about, ...until, ...goes, ...following }),
      expired: one.expired,
      cancelled: one.cancelled,
    };
  });
  return { library: outcome.library, count: outcome.total, counts: outcome.counts, lines };
}

/** Something taken off the expired shelf: `done` with where it goes; or `refused` with the `reason`. */
export function clearedResult(outcome: ShelfCleared, done: string): PlainResult {
  if (outcome.kind !== 'shelved') return failureResult(outcome);
  const lines = outcome.lines.map((line): PlainResult => {
    if (line.kind === 'not-there')
      return { outcome: 'refused', reason: line.reason, ...present({ instead: line.instead }) };
    const { next, destination, requesterCard, requester, heldUntil } = line.instruction;
    const goes = { instruction: next, destination, patron: requesterCard, requester, until: heldUntil };
    return { outcome: done, item: line.item.barcode, ...present(goes) };
  });
  return lines.length === 1 ? { ...lines[0] } : { lines };
}
