import type { ScanInOutcome } from '../desk/scan-in.ts';
import type { PlaceWorkOrderOutcome } from '../desk/work-orders.ts';
import type { NameOfRequest } from './request-results.ts';
import { failureResult, local, present } from './results.ts';
import type { PlainResult, Zone } from './results.ts';

/**
 * A scan: `instruction: reshelve, hold-shelf, transit, department, in-house, choose-request`, or `on-loan` (`outcome:
 * refused`: nothing is done). `patron`: the identifier of the requester, `until`: the last day of the hold.
 */
export function scanInResult(outcome: ScanInOutcome, network: Zone, nameOf: NameOfRequest = (id) => id): PlainResult {
  switch (outcome.kind) {
    case 'scanned': {
      const { instruction, item, destination, department, requesterCard, requester, heldUntil, workOrder } = outcome;
      const { was, arrived, received, treated } = outcome;
      const stops = outcome.stops.map((one) =>
        present({ library: one.library, desk: one.desk, at: local(one.at, network) }),
      );
      return {
        outcome: 'scanned',
        instruction,
        item: item.barcode,
        title: item.title,
        arrived,
        received,
        treated,
        ...present({ destination, department, patron: requesterCard, requester, until: heldUntil, was }),
        ...(outcome.request === null ? {} : { request: nameOf(outcome.request) }),
        ...present({ note: workOrder?.note, stops: stops.length > 0 ? stops : undefined }),
      };
    }
    case 'choose-request': {
      const requests = outcome.requests.map(({ id, card, pickup, placedAt }) => ({
        request: nameOf(id),
        ...present({ patron: card, pickup, placed: local(placedAt, network) }),
      }));
      return { instruction: 'choose-request', item: outcome.item.barcode, requests };
    }
    case 'on-loan':
      return {
        outcome: 'refused',
        reason: 'ON_LOAN',
        instruction: 'on-loan',
        item: outcome.item.barcode,
        ...present({ due: local(outcome.due, network) }),
      };
    default:
      return failureResult(outcome);
  }
}

/** A work order: `outcome: placed` with `when: now, on-return, later` and where the item goes, or `refused`. */
export function workOrderResult(outcome: PlaceWorkOrderOutcome): PlainResult {
  switch (outcome.kind) {
    case 'placed': {
      const { item, order, when, instruction } = outcome;
      const { library, department, note } = order;
      const goes = present({ next: instruction?.next, destination: instruction?.destination });
      return { outcome: 'placed', item: item.barcode, library, department, when, ...present({ note }), ...goes };
    }
    case 'ordered-already':
      return { outcome: 'refused', reason: 'ORDERED_ALREADY', item: outcome.item.barcode };
    default:
      return failureResult(outcome);
  }
}
