import { pickupChoices } from '../circulation/request-refusals.ts';
import type { PickupChoice, RequestRefusal } from '../circulation/request-refusals.ts';
import { dayOf, isDay } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { TitleCopy } from '../records/request-copies.ts';
import { stored } from '../records/text.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { byPatron, forPatron, maySeePatrons, notPermitted } from './personal.ts';
import { replanNow } from './plan-queue.ts';
import { cardOf } from './request-card.ts';
import type { RequestCard } from './request-card.ts';
import { needsVolume, placingFacts, refusalsOf, targetOf, titleAsked } from './request-target.ts';
import type { Asked, Volume } from './request-target.ts';

export type { Volume } from './request-target.ts';

const volumeOf = (one: TitleCopy): Volume => ({
  barcode: one.barcode,
  description: one.description ?? '',
  library: one.library,
  location: one.location,
  callNumber: one.callNumber,
  process: one.process,
  due: one.loan?.due ?? null,
});

export type RequestForm = {
  readonly kind: 'form';
  readonly titleId: number;
  readonly title: string;
  readonly author: string | null;
  readonly patron: { readonly id: number; readonly name: string; readonly card: string | null } | null;
  /** Volumes and issues to choose from, before the pickup library (REQ-01). */
  readonly volumes: readonly Volume[];
  /** The barcode of the one that is meant. */
  readonly volume: string | null;
  readonly needsVolume: boolean;
  /** Every library with a desk (at a kiosk only the possible ones), in the network's order: whether it is possible, and why not (REQ-02). */
  readonly libraries: readonly PickupChoice[];
  readonly possible: readonly string[];
  /** The library of the desk or of the kiosk, else the first that is possible. */
  readonly proposed: string | null;
  /** What stands against it, whatever library is chosen. */
  readonly refusals: readonly RequestRefusal[];
};

/** What the form of a request offers (REQ-02): volumes, possible pickup libraries, and what stands against it. */
export const requestForm = action(
  'request-form',
  { permission: 'place-requests', readOnly: true, kiosk: 'self' },
  async (desk: Desk, request: Asked & { readonly patron?: number | string }): Promise<RequestForm | Refusal> => {
    const { records, place, kiosk } = desk;
    const titleId = await titleAsked(desk, request);
    if (typeof titleId !== 'number') return titleId;
    const { patron: key } = request;
    const id = typeof key === 'string' ? await records.patrons.idByIdentifier(key) : key;
    const patron = id === undefined ? undefined : await records.patrons.byId(id);
    if (key !== undefined && !patron) return { kind: 'unknown', what: 'PATRON', key: String(key) };
    const target = await targetOf(desk, titleId, request);
    if ('kind' in target) return target;
    // What may be requested depends on the group: without a patron, nothing can be said (REQ-02).
    const libraries = needsVolume(target) || !patron ? [] : pickupChoices(placingFacts(desk, target, patron.group));
    const possible = libraries.flatMap((one) => (one.possible ? [one.code] : []));
    const here = possible.find((code) => code === (kiosk ?? place)?.library);
    const queue = await records.requests.open(titleId);
    const named = patron && maySeePatrons(desk);
    return {
      kind: 'form',
      titleId,
      title: target.title,
      author: target.author,
      patron: named
        ? {
            id: patron.id,
            name: `${patron.lastName} ${patron.firstName}`.trim(),
            card: patron.identifiers[0]?.value ?? null,
          }
        : null,
      volumes: target.copies.filter((one) => one.described).map(volumeOf),
      volume: target.volume?.barcode ?? null,
      needsVolume: needsVolume(target),
      libraries: kiosk ? libraries.filter((one) => one.possible) : libraries,
      possible,
      proposed: here ?? possible[0] ?? null,
      refusals: patron ? forPatron(desk, await refusalsOf(desk, patron, target, queue, null)) : [],
    };
  },
);

export type PlaceRequest = Asked & {
  readonly patron: number | string;
  readonly pickup: string;
  /** Last day on which it is of use, that day included. */
  readonly until?: Day | null;
  readonly note?: string | null;
};

export type PlaceOutcome =
  | { readonly kind: 'placed'; readonly request: RequestCard }
  | {
      readonly kind: 'refused';
      /** All of them, in the order of REQ-04. */
      readonly reasons: readonly RequestRefusal[];
      readonly titleId: number;
      readonly title: string;
    }
  | Refusal;

/** A note that goes on a slip. */
const LONGEST_NOTE = 1000;

function invalidField({ network, now }: Desk, { pickup, until, note }: PlaceRequest): Refusal | undefined {
  if (!network.libraries.some((one) => one.code === pickup)) return { kind: 'unknown', what: 'LIBRARY', key: pickup };
  if (until != null && !isDay(until)) return { kind: 'invalid', path: 'until', problem: 'not-a-day', value: until };
  if (until != null && until < dayOf(now, network.timeZone))
    return { kind: 'invalid', path: 'until', problem: 'in-the-past', value: until };
  if ((note ?? '').length > LONGEST_NOTE) return { kind: 'invalid', path: 'note', problem: 'too-long' };
  return undefined;
}

/** A request that nothing stands against any more. Its title must be locked. */
type Accepted = Omit<PlaceRequest, 'patron' | keyof Asked> & {
  readonly patronId: number;
  readonly titleId: number;
  readonly title: string;
  readonly volume: { readonly id: number; readonly barcode: string } | null;
};

/** Places a request at the end of its queue, and plans the queue anew (REQ-03, REQ-07, REQ-08). */
export async function enqueue(desk: Desk, accepted: Accepted): Promise<RequestCard> {
  const { records, now } = desk;
  const { patronId, titleId, title, volume, pickup, until = null } = accepted;
  const note = stored(accepted.note);
  const itemId = volume?.id ?? null;
  const id = await records.requests.place({ titleId, itemId, patronId, pickup, at: now, notAfter: until, note });
  await replanNow(desk, titleId);
  const card = await cardOf(desk, id);
  const { task, library } = card;
  const about = { request: id, title, pickup, item: volume?.barcode ?? null, until, note, ...byPatron(desk) };
  await records.events.append({
    at: now,
    kind: 'request-placed',
    staffId: staffId(desk),
    desk: placeName(desk.place),
    patronId,
    itemId,
    data: { ...about, task, library, position: card.position ?? 0 },
  });
  return card;
}

/**
 * Places a request (REQ-01 to REQ-04): on the title, or on a volume or issue. Answers `placed` with who is to fill it,
 * `refused` with every reason, or a refusal: the patron, the title, the item or the library is unknown, the day is none, a
 * volume has to be chosen first (`item`). At a kiosk without a note, which is for the desk's slips (KIO-04).
 */
export const placeRequest = action(
  'place-request',
  { permission: 'place-requests', kiosk: 'self' },
  async (desk: Desk, request: PlaceRequest): Promise<PlaceOutcome> => {
    const { records } = desk;
    if (desk.kiosk && request.note != null) return notPermitted('place-requests');
    // Patrons are locked first, as by every loan: a count decides (REL-02).
    const locked = await records.patrons.locked(request.patron);
    if (!locked) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const wrong = invalidField(desk, request);
    if (wrong) return wrong;
    const titleId = await titleAsked(desk, request);
    if (typeof titleId !== 'number') return titleId;
    const queue = await records.requests.lockedQueue(titleId);
    const target = await targetOf(desk, titleId, request);
    if ('kind' in target) return target;
    if (needsVolume(target)) return { kind: 'invalid', path: 'item', problem: 'empty' };
    const reasons = await refusalsOf(desk, locked, target, queue, request.pickup);
    const { title, volume } = target;
    if (reasons.length > 0) return { kind: 'refused', reasons: forPatron(desk, reasons), titleId, title };
    const { pickup, until = null, note = null } = request;
    return {
      kind: 'placed',
      request: await enqueue(desk, { patronId: locked.id, titleId, title, volume, pickup, until, note }),
    };
  },
);
