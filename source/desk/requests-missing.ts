import { planQueue } from '../circulation/filling.ts';
import { against, standingOf } from '../circulation/requested-copy.ts';
import { dayOf } from '../circulation/time.ts';
import type { TitleCopy } from '../records/request-copies.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { lookedAt, pickOf } from './picked.ts';
import type { CopyLookedAt, NotAPick, OpenPick, PickMeant } from './picked.ts';
import { planFacts, replanNow } from './plan-queue.ts';
import { cardOf, cardsOf } from './request-card.ts';
import type { RequestCard } from './request-card.ts';
import { cancelNow } from './requests-cancel.ts';

export type { CopyLookedAt, PickMeant } from './picked.ts';

/** A copy that is about to be marked missing. */
export type MissingItem = {
  readonly id: number;
  readonly barcode: string;
  readonly title: string;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly location: string;
};

/** Of a described item that item; of a title the copies of that library that could have filled the request (PICK-04). */
function touched({ network, now }: Desk, { request, library, copies }: OpenPick): TitleCopy[] {
  const today = dayOf(now, network.timeZone);
  return copies.filter(
    (one) =>
      one.at === library &&
      ['in-place', 'left'].includes(standingOf(one)) &&
      against(network, today, request, one, request.pickup) === undefined,
  );
}

const missingItem = ({ id, barcode, title, description, callNumber, location }: TitleCopy): MissingItem => ({
  id,
  barcode,
  title,
  description,
  callNumber,
  location,
});

/** The other requests for which one of those copies is meant. */
const othersOf = ({ queue, request }: OpenPick, items: readonly TitleCopy[]): number[] =>
  queue
    .filter(
      (one) => one.id !== request.id && one.task === 'pick' && items.some((item) => item.id === one.plannedItemId),
    )
    .map((one) => one.id);

export type MissingPreview =
  | {
      readonly kind: 'missing-preview';
      readonly request: RequestCard;
      readonly library: string;
      /** What would be marked missing; each can be left out. */
      readonly items: readonly MissingItem[];
      /** Other requests for which one of them is meant. */
      readonly others: readonly RequestCard[];
    }
  | NotAPick
  | Refusal;

/** What marking a pick as missing would touch (PICK-04); nothing is done. */
export const previewMissing = action(
  'preview-missing',
  { permission: 'work-shelves', readOnly: true },
  async (desk: Desk, meant: PickMeant): Promise<MissingPreview> => {
    const pick = await pickOf(desk, meant);
    if ('kind' in pick) return pick;
    const { id } = pick.request;
    const items = touched(desk, pick);
    return {
      kind: 'missing-preview',
      request: await cardOf(desk, id),
      library: pick.library,
      items: items.map(missingItem),
      others: await cardsOf(desk, othersOf(pick, items)),
    };
  },
);

export type MarkedMissing =
  | {
      readonly kind: 'missing';
      /** It has been cancelled. */
      readonly request: RequestCard;
      readonly items: readonly MissingItem[];
      /** Other requests whose pick has moved. */
      readonly moved: readonly RequestCard[];
    }
  | NotAPick
  | Refusal;

async function setMissing(desk: Desk, item: TitleCopy): Promise<void> {
  const { records, now } = desk;
  const { id, barcode, title, library, at, process } = item;
  await records.items.lockedById(id);
  if (process === 'HOLDSHELF') await records.requests.takeFromShelf(id);
  await records.items.setProcess(id, 'MISSING', at);
  const data = { barcode, title, library, before: { missing: false }, after: { missing: true } };
  const by = { at: now, staffId: staffId(desk), desk: placeName(desk.place) };
  await records.events.append({ ...by, kind: 'item-changed', itemId: id, data });
}

const keyOf = (barcode: string): string => barcode.trim().toUpperCase();

/**
 * What a pick asks for cannot be found (PICK-04): the items, all that the preview names unless some are left out, are
 * missing from now on, the request is cancelled and its patron told. Other requests that were to have one of them move on.
 */
export const markMissing = action(
  'mark-missing',
  { permission: 'work-shelves' },
  async (
    desk: Desk,
    request: PickMeant & { readonly items?: readonly string[]; readonly notify?: boolean },
  ): Promise<MarkedMissing> => {
    const { items: kept, notify = true } = request;
    const pick = await pickOf(desk, request);
    if ('kind' in pick) return pick;
    const { id } = pick.request;
    const all = touched(desk, pick);
    const stranger = kept?.find((barcode) => !all.some((one) => keyOf(one.barcode) === keyOf(barcode)));
    if (stranger !== undefined) return { kind: 'invalid', path: 'items', problem: 'unknown-code', value: stranger };
    if (kept?.length === 0) return { kind: 'invalid', path: 'items', problem: 'empty' };
    const items = all.filter(
      (one) => kept === undefined || kept.some((barcode) => keyOf(barcode) === keyOf(one.barcode)),
    );
    const others = othersOf(pick, items);
    for (const item of items) await setMissing(desk, item);
    const before = await cardOf(desk, id);
    await cancelNow(desk, pick, pick.request, before, { closing: 'missing', notify });
    return {
      kind: 'missing',
      request: await cardOf(desk, id),
      items: items.map(missingItem),
      moved: await cardsOf(desk, others),
    };
  },
);

export type SkipOutcome =
  | { readonly kind: 'skipped'; readonly request: RequestCard; readonly from: string }
  | {
      readonly kind: 'not-skipped';
      /** Others have copies in place that may not travel there; or nobody has any. */
      readonly reason: 'NO_OTHER_LIBRARY' | 'PICKUP_NOT_POSSIBLE';
      readonly looked: readonly CopyLookedAt[];
      readonly request: RequestCard;
    }
  | NotAPick
  | Refusal;

/** What would be planned for a request if these libraries had passed it on, nothing else being changed. */
function planSkipping(desk: Desk, { queue, copies, request }: OpenPick, skipped: readonly string[]) {
  const { network, now } = desk;
  const waiting = queue.filter((one) => one.state === 'WAITING').map(planFacts);
  const requests = waiting.map((one) => (one.id === request.id ? { ...one, skipped, before: null } : one));
  const plans = planQueue({ network, today: dayOf(now, network.timeZone), requests, copies });
  return plans.find((one) => one.request === request.id);
}

/**
 * Passes a pick on to the next library that could fill it (PICK-05); once all have passed, the round begins anew with the
 * first. `not-skipped`: there is no other, and why.
 */
export const skipLibrary = action(
  'skip-library',
  { permission: 'work-shelves' },
  async (desk: Desk, meant: PickMeant): Promise<SkipOutcome> => {
    const { records } = desk;
    const pick = await pickOf(desk, meant);
    if ('kind' in pick) return pick;
    const { request, library, titleId, copies } = pick;
    const { id } = request;
    const passed = [...new Set([...request.skipped, library])];
    // Begun anew, a round begins with the library that is asked first, but never with the one that has just passed.
    const rounds = [passed, [], [library]];
    const skipped = rounds.find((one) => {
      const plan = planSkipping(desk, pick, one);
      return plan?.task === 'pick' && plan.library !== library && plan.skipped.join() === one.join();
    });
    if (skipped === undefined) {
      const looked = lookedAt(planSkipping(desk, pick, passed)?.looked ?? [], copies);
      const away = looked.filter((one) => one.at !== library && ['HOLDSHELF', null].includes(one.process));
      const reason = away.some((one) => one.why === 'PICKUP_NOT_POSSIBLE') ? 'PICKUP_NOT_POSSIBLE' : 'NO_OTHER_LIBRARY';
      return { kind: 'not-skipped', reason, looked, request: await cardOf(desk, id) };
    }
    const { title } = await cardOf(desk, id);
    await records.requests.setSkipped(id, skipped);
    await records.requests.unplan([id]);
    await replanNow(desk, titleId);
    const card = await cardOf(desk, id);
    const data = { request: id, title, pickup: request.pickup, before: library, after: card.library, skipped };
    const by = { at: desk.now, staffId: staffId(desk), desk: placeName(desk.place) };
    await records.events.append({ ...by, kind: 'request-skipped', patronId: request.patronId, data });
    return { kind: 'skipped', request: card, from: library };
  },
);
