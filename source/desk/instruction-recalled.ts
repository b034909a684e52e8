import type { ItemView } from '../records/items.ts';
import type { Trace, TraceOf } from '../records/lost-attempts.ts';
import type { Desk } from './perform.ts';
import { maySeePatrons as seesPatrons } from './personal.ts';
import type { Instruction } from './route.ts';

/** What is left of an item that somebody had in hand. */
export type Handled =
  | TraceOf<'item-returned'>
  | TraceOf<'return-without-loan'>
  | TraceOf<'item-scanned'>
  | TraceOf<'in-house-use'>;

/** What is left of an event at the same moment. */
const beside = <Kind extends Trace['kind']>(
  traces: readonly Trace[],
  handled: Handled,
  kind: Kind,
): Extract<Trace, { kind: Kind }> | undefined =>
  traces.find(
    (one): one is Extract<Trace, { kind: Kind }> => one.kind === kind && one.at === handled.at && one.id !== handled.id,
  );

/** For whom it is held or travels; only those who may see patrons are told. */
async function requesterOf(
  desk: Desk,
  request: number | null,
): Promise<Pick<Instruction, 'requester' | 'requesterId' | 'requesterCard'>> {
  const row = request === null || !seesPatrons(desk) ? undefined : await desk.records.requestRows.byId(request);
  return { requester: row?.patron ?? null, requesterId: row?.patronId ?? null, requesterCard: row?.card ?? null };
}

/**
 * Where an item goes, as it was said when it was in hand, from what was written then (OFF-03). Treatment is told as it stands
 * now. Undefined for an event that says nothing of it.
 */
export async function instructionRecalled(
  desk: Desk,
  item: ItemView,
  handled: Handled,
  traces: readonly Trace[],
): Promise<Instruction | undefined> {
  const { data, at } = handled;
  if (data.next === undefined) return undefined;
  const ended = beside(traces, handled, 'request-expired');
  const ready = beside(traces, handled, 'request-ready');
  const stops = data.journey === null ? [] : await desk.records.transits.stops(data.journey);
  const { next, destination, department, heldUntil, filling, arrived } = data;
  return {
    next,
    destination,
    department,
    received: 'received' in data && data.received,
    ...(await requesterOf(desk, filling)),
    heldUntil,
    request: filling,
    reminderAt: ready?.data.reminderAt ?? null,
    workOrder: item.workOrder,
    treated: 'treated' in data && data.treated,
    arrived,
    stops: stops.filter((one) => one.at <= at),
    holdEnded: ended
      ? {
          request: ended.data.request,
          patron: seesPatrons(desk) ? ended.patron : null,
          until: ended.data.heldUntil,
        }
      : null,
  };
}
