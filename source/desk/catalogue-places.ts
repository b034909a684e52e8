import type { HoldingView, ItemFields, TitleView } from '../records/catalogue.ts';
import type { ItemView } from '../records/items.ts';
import { stored } from '../records/text.ts';
import { locationProblem, notPermittedAt, tooLong } from './catalogue-fields.ts';
import type { ItemTexts } from './catalogue-fields.ts';
import { eventHere, removeHolding } from './catalogue-removal.ts';
import type { Desk, Refusal } from './perform.ts';

/** What is given of a holding. */
export type NewHolding = {
  readonly location: string;
  readonly callNumber?: string | null;
  readonly note?: string | null;
};

/** Makes a holding, and says so in the audit. */
export async function makeHolding(
  desk: Desk,
  title: Pick<TitleView, 'id' | 'title'>,
  { location, ...texts }: NewHolding,
): Promise<number> {
  const after = { location, callNumber: stored(texts.callNumber), note: stored(texts.note) };
  const holdingId = await desk.records.catalogue.addHolding({ titleId: title.id, ...after }, desk.now);
  const data = { title: title.title, titleId: title.id, holdingId, after };
  await desk.records.events.append({ ...eventHere(desk), kind: 'holding-added', data });
  return holdingId;
}

/** An item for a holding that there is, or for a title's holding at a location, which is made if it is missing. */
export type AddItemRequest = ItemTexts & {
  readonly holding: number | { readonly title: number; readonly location: string; readonly callNumber?: string | null };
  readonly barcode: string;
  readonly material: string;
};

/** The holding that is meant, with its title; made if it is missing. */
export async function holdingFor(
  desk: Desk,
  wanted: AddItemRequest['holding'],
): Promise<{ title: TitleView; holding: HoldingView } | Refusal> {
  const { catalogue } = desk.records;
  if (typeof wanted === 'number') {
    const found = await catalogue.holding(wanted);
    const title = found && (await catalogue.lockedTitle(found.titleId));
    const holding = title && (await catalogue.holding(wanted));
    return holding
      ? { title, holding }
      : { kind: 'invalid', path: 'holding', problem: 'unknown-code', value: String(wanted) };
  }
  const problem = locationProblem(desk.network, wanted.location) ?? tooLong(wanted);
  if (problem) return problem;
  const refused = notPermittedAt(desk, 'edit-items', wanted.location.split('/')[0] ?? '');
  if (refused) return refused;
  const title = await catalogue.lockedTitle(wanted.title);
  if (!title) return { kind: 'unknown', what: 'TITLE', key: String(wanted.title) };
  const callNumber = stored(wanted.callNumber);
  const isIt = (one: HoldingView): boolean => one.location === wanted.location && one.callNumber === callNumber;
  const known = (await catalogue.holdingsOfTitle(title.id, null)).find(isIt);
  const id = known?.id ?? (await makeHolding(desk, title, { location: wanted.location, callNumber }));
  const holding = await catalogue.holding(id);
  if (!holding) throw new Error(`holding ${id} has gone while its title was locked`);
  return { title, holding };
}

/** What is given of an item; what is left out stays as it is. */
export type ItemChange = ItemTexts & {
  readonly barcode?: string;
  /** `LIBRARY/LOCATION`; an item that stands there for a while only stays its holding's, else it moves for good. */
  readonly location?: string;
  /** False: it goes back to its holding's place, unless a location is given. */
  readonly temporary?: boolean;
  /** Marked missing, or found again in its place. */
  readonly missing?: boolean;
};

type Place = Pick<ItemFields, 'location' | 'temporary' | 'holdingId'>;

/** Where an item is to stand: its holding stays the same where it stands elsewhere for a while. */
export function placeOf(
  item: ItemView,
  holding: HoldingView,
  { location, temporary = item.temporary }: ItemChange,
): Place {
  const target = location ?? (temporary ? item.location : holding.location);
  return { location: target, temporary: temporary && target !== holding.location, holdingId: holding.id };
}

/**
 * The holding of an item that moves for good: the one of its title at the new place; else its own moves with it if it
 * stands alone there; else a new one. One that is left without items and says nothing goes.
 */
export async function moveForGood(
  desk: Desk,
  title: TitleView,
  holding: HoldingView,
  location: string,
): Promise<number> {
  const { catalogue, events } = desk.records;
  const { callNumber } = holding;
  const isIt = (one: HoldingView): boolean => one.location === location && one.callNumber === callNumber;
  const known = (await catalogue.holdingsOfTitle(title.id, null)).find(isIt);
  const isAlone = holding.items === 1;
  if (known) {
    if (isAlone && holding.note === null) await removeHolding(desk, title, { ...holding, items: 0 });
    return known.id;
  }
  if (!isAlone) return makeHolding(desk, title, { location, callNumber });
  await catalogue.changeHolding(holding, { ...holding, location });
  const data = {
    title: title.title,
    titleId: title.id,
    holdingId: holding.id,
    before: { location: holding.location },
    after: { location },
  };
  await events.append({ ...eventHere(desk), kind: 'holding-changed', data });
  return holding.id;
}
