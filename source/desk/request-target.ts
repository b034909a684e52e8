import { requesterRefusals, titleRefusals } from '../circulation/request-refusals.ts';
import type { PlacingFacts, RequestRefusal } from '../circulation/request-refusals.ts';
import { dayOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import type { PatronView } from '../records/patrons.ts';
import type { TitleCopy } from '../records/request-copies.ts';
import type { QueuedRequest } from '../records/requests.ts';
import type { Desk, Refusal } from './perform.ts';

/** A title, or an item of it: the volume or issue that is meant; of any other item, its title (REQ-01). */
export type Asked = { readonly title?: number; readonly item?: string };

/** A volume or an issue that can be chosen. */
export type Volume = {
  readonly barcode: string;
  readonly description: string;
  readonly library: string;
  readonly location: string;
  readonly callNumber: string | null;
  readonly process: string | null;
  readonly due: Instant | null;
};

/** What is asked for, found: its title with all its copies, and the volume that is meant. */
export type Target = {
  readonly titleId: number;
  readonly title: string;
  readonly author: string | null;
  readonly copies: readonly TitleCopy[];
  readonly volume: TitleCopy | null;
};

/** The title that is asked for. */
export async function titleAsked({ records }: Desk, { title, item }: Asked): Promise<number | Refusal> {
  if (item === undefined) return title ?? { kind: 'invalid', path: 'title', problem: 'empty' };
  const found = await records.items.byBarcode(item);
  return found?.titleId ?? { kind: 'unknown', what: 'ITEM', key: item };
}

const keyOf = (barcode: string): string => barcode.trim().toUpperCase();

/** What is asked for, of a title that was found. */
export async function targetOf(desk: Desk, titleId: number, { item }: Asked): Promise<Target | Refusal> {
  const title = await desk.records.catalogue.title(titleId);
  if (!title) return { kind: 'unknown', what: 'TITLE', key: String(titleId) };
  const copies = await desk.records.requestCopies.ofTitle(titleId);
  const named = item === undefined ? undefined : copies.find((one) => keyOf(one.barcode) === keyOf(item));
  if (item !== undefined && !named) return { kind: 'unknown', what: 'ITEM', key: item };
  return {
    titleId,
    title: title.title,
    author: title.author,
    copies,
    volume: named?.described === true ? named : null,
  };
}

/** Whether a volume has to be chosen: the title has nothing else that could be asked for. */
export const needsVolume = ({ copies, volume }: Target): boolean =>
  volume === null && copies.length > 0 && copies.every((one) => one.described);

/** What the rules of placing look at. */
export const placingFacts = (
  { network, now }: Desk,
  { copies, volume }: Target,
  group: string | null,
): PlacingFacts => ({
  network,
  today: dayOf(now, network.timeZone),
  wanted: { itemId: volume?.id ?? null, group },
  copies,
});

/** What the patron has of it: on loan, and asked for already. Of volumes only the very one counts (REQ-04). */
function alreadyTheirs(patron: PatronView, { copies, volume }: Target, queue: readonly QueuedRequest[]) {
  const isSame = (one: { readonly id: number; readonly described: boolean }): boolean =>
    volume === null ? !one.described : one.id === volume.id;
  const lent = copies.find((one) => isSame(one) && one.loan?.patronId === patron.id);
  const asked = queue.find((one) => one.patronId === patron.id && one.itemId === (volume?.id ?? null));
  return {
    onLoan: lent?.loan ? { barcode: lent.barcode, due: lent.loan.due } : null,
    asked: asked ? { request: asked.id, pickup: asked.pickup, placedAt: asked.placedAt } : null,
  };
}

/** Every reason against a request, in the order of REQ-04. */
export async function refusalsOf(
  desk: Desk,
  patron: PatronView | undefined,
  target: Target,
  queue: readonly QueuedRequest[],
  pickup: string | null,
): Promise<RequestRefusal[]> {
  const { records, network, now } = desk;
  const today = dayOf(now, network.timeZone);
  const ofTitle = needsVolume(target) ? [] : titleRefusals(placingFacts(desk, target, patron?.group ?? null), pickup);
  if (!patron) return ofTitle;
  const { open } = await records.requests.countsOfPatron(patron.id);
  const blocks = await records.blocks.standing(patron.id, today);
  const facts = { ...patron, blocks, open, ...alreadyTheirs(patron, target, queue) };
  return [...requesterRefusals(network, today, facts), ...ofTitle];
}
