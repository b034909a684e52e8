import type { ItemFields } from '../records/catalogue.ts';
import type { ItemView } from '../records/items.ts';
import { keyOf, stored } from '../records/text.ts';
import {
  barcodeProblem,
  codeProblem,
  differenceOf,
  locationProblem,
  notPermittedAt,
  tooLong,
} from './catalogue-fields.ts';
import type { InUse } from './catalogue-fields.ts';
import { holdingFor, moveForGood, placeOf } from './catalogue-places.ts';
import type { AddItemRequest, ItemChange } from './catalogue-places.ts';
import { endProcesses, eventHere, itemInUse, removeWhatIsEmpty, staysBecause } from './catalogue-removal.ts';
import type { Also, Deleted } from './catalogue-removal.ts';
import { itemLine } from './item-line.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { discreetItem } from './personal.ts';
import { replan } from './plan-queue.ts';
import { sendToTreatment } from './work-orders.ts';

export type { InUse } from './catalogue-fields.ts';
export type { AddItemRequest, ItemChange } from './catalogue-places.ts';
export type { Also, Deleted } from './catalogue-removal.ts';

export type ItemAdded = { readonly kind: 'added'; readonly id: number; readonly holding: number } | Refusal;

/** Adds an item to a title's holding; without a call number of its own it gets the holding's. */
export const addItem = action(
  'add-item',
  { permission: 'edit-items' },
  async (desk: Desk, request: AddItemRequest): Promise<ItemAdded> => {
    const { catalogue, events } = desk.records;
    const problem =
      tooLong(request) ?? codeProblem(desk.network, request) ?? (await barcodeProblem(desk, request.barcode));
    if (problem) return problem;
    const found = await holdingFor(desk, request.holding);
    if ('kind' in found) return found;
    const { title, holding } = found;
    const refused = notPermittedAt(desk, 'edit-items', holding.library);
    if (refused) return refused;
    const after = {
      barcode: request.barcode.trim(),
      location: holding.location,
      material: request.material,
      policy: stored(request.policy),
      description: stored(request.description),
      callNumber: stored(request.callNumber) ?? holding.callNumber,
      fulfilmentNote: stored(request.fulfilmentNote),
      publicNote: stored(request.publicNote),
      internalNote: stored(request.internalNote),
    };
    const where = { titleId: title.id, holdingId: holding.id, temporary: false, quickAdd: false };
    const id = await catalogue.addItem({ ...after, ...where }, desk.now);
    const data = { count: 1, barcode: after.barcode, title: title.title, ...where, after };
    await events.append({ ...eventHere(desk), kind: 'items-added', itemId: id, data });
    await replan(desk, title.id);
    return { kind: 'added', id, holding: holding.id };
  },
);

export type ChangeItemRequest = { readonly barcode: string; readonly change: ItemChange };

export type ItemChanged =
  | { readonly kind: 'changed'; readonly item: ItemView; readonly changed: readonly string[] }
  | InUse
  | Refusal;

const NOTES = ['fulfilmentNote', 'publicNote', 'internalNote'] as const;
const TEXTS = ['policy', 'description', 'callNumber', ...NOTES] as const;

/** Notes may be changed by more people than the rest (ITEM-02); either way where the item belongs. */
function refusalFor(desk: Desk, item: ItemView, change: ItemChange): Refusal | undefined {
  const names = Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const onlyNotes = names.every((name) => (NOTES as readonly string[]).includes(name));
  return notPermittedAt(desk, onlyNotes ? 'edit-item-notes' : 'edit-items', item.library);
}

async function invalidChange(desk: Desk, item: ItemView, change: ItemChange): Promise<Refusal | undefined> {
  const { barcode, location } = change;
  const wrong =
    tooLong(change) ??
    codeProblem(desk.network, change) ??
    (location === undefined ? undefined : locationProblem(desk.network, location));
  if (wrong) return wrong;
  const isSame = barcode === undefined || keyOf(barcode) === keyOf(item.barcode);
  return isSame ? undefined : barcodeProblem(desk, barcode);
}

/** Whether an item can be marked missing, or as found again. */
function missingProblem(item: ItemView, missing: boolean | undefined): InUse | undefined {
  if (missing === undefined || item.process === null || item.process === 'MISSING') return undefined;
  return missing ? staysBecause(item.process) : undefined;
}

/** It stands in its own place again, wherever it was missed; what is to be treated goes to its department from there (ITEM-01). */
async function findAgain(desk: Desk, id: number, library: string): Promise<void> {
  const { items } = desk.records;
  await items.setProcess(id, null, library);
  const item = await items.lockedById(id);
  if (item?.workOrder) await sendToTreatment(desk, item);
}

/**
 * Changes what is given of an item (ITEM-02): notes, description, policy at any time; its library not while it is on loan,
 * on its way, held or being treated. Answers `changed` with the item as it is now, `in-use`, or a refusal.
 */
export const changeItem = action(
  'change-item',
  { permission: 'edit-item-notes' },
  async (desk: Desk, request: ChangeItemRequest): Promise<ItemChanged> => {
    const { records } = desk;
    const { change } = request;
    const item = await records.items.byBarcode(request.barcode, true);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: request.barcode };
    const refused = refusalFor(desk, item, change) ?? (await invalidChange(desk, item, change));
    if (refused) return refused;
    const title = await records.catalogue.lockedTitle(item.titleId);
    const holding = await records.catalogue.holding(item.holdingId ?? 0);
    if (!title || !holding) throw new Error(`item ${item.id} hangs on nothing`);

    const place = placeOf(item, holding, change);
    const library = place.location.split('/')[0] ?? '';
    const stays = library === item.library ? undefined : staysBecause(item.process);
    const inUse = stays ?? missingProblem(item, change.missing);
    if (inUse) return inUse;

    const texts = Object.fromEntries(
      TEXTS.flatMap((name) => (change[name] === undefined ? [] : [[name, stored(change[name])]])),
    ) as Partial<ItemFields>;
    const { changed, before, after } = differenceOf<Partial<ItemFields>>(
      { ...item, holdingId: holding.id },
      {
        ...texts,
        ...(change.barcode === undefined ? {} : { barcode: change.barcode.trim() }),
        ...(change.material === undefined ? {} : { material: change.material }),
        location: place.location,
        temporary: place.temporary,
      },
    );
    const isFound = change.missing === false && item.process === 'MISSING';
    const isLost = change.missing === true && item.process === null;
    const names = isFound || isLost ? [...changed, 'missing'] : changed;
    if (names.length > 0) {
      const moves = !place.temporary && place.location !== holding.location;
      const holdingId = moves ? await moveForGood(desk, title, holding, place.location) : holding.id;
      const at = library === item.library ? undefined : library;
      await records.catalogue.changeItem(item, { ...after, holdingId }, at);
      if (isLost) await records.items.setProcess(item.id, 'MISSING', at ?? item.at);
      if (isFound) await findAgain(desk, item.id, library);
      const data = {
        barcode: item.barcode,
        title: item.title,
        library: item.library,
        before: { ...before, ...(isFound ? { missing: true } : isLost ? { missing: false } : {}) },
        after: { ...after, ...(isFound ? { missing: false } : isLost ? { missing: true } : {}) },
      };
      await records.events.append({ ...eventHere(desk), kind: 'item-changed', itemId: item.id, data });
      await replan(desk, item.titleId);
    }
    const now = await records.items.byBarcode(change.barcode ?? item.barcode);
    return { kind: 'changed', item: discreetItem(desk, now ?? item), changed: names };
  },
);

/**
 * Deletes an item; `what-is-empty`: then its holding and its title, if nothing else hangs on them (RET-07, *Supprimer les
 * notices bibliographiques qui n'ont pas d'autres notices de fonds*). Its loans stay, its barcode is free again. Whoever
 * may make items at the desk may delete those; other items take more.
 */
export const deleteItem = action(
  'delete-item',
  { permission: 'edit-item-notes' },
  async (
    desk: Desk,
    request: { readonly barcode: string; readonly also?: Also },
  ): Promise<Deleted | InUse | Refusal> => {
    const { records, now } = desk;
    const item = await records.items.byBarcode(request.barcode, true);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: request.barcode };
    const refused = notPermittedAt(desk, 'edit-items', item.library);
    if (refused && !(item.quickAdd && !notPermittedAt(desk, 'quick-add', item.library))) return refused;
    const title = await records.catalogue.lockedTitle(item.titleId);
    if (!title) throw new Error(`item ${item.id} hangs on no title`);
    const kept = await itemInUse(desk, item);
    if (kept) return kept;
    await endProcesses(desk, item);
    await records.catalogue.removeItem(item, now);
    const { barcode, library, location, titleId, holdingId, quickAdd, description, callNumber } = item;
    const before = { barcode, location, description, callNumber, quickAdd };
    const data = { barcode, title: item.title, library, titleId, holdingId, before };
    await records.events.append({ ...eventHere(desk), kind: 'item-deleted', itemId: item.id, data });
    await replan(desk, titleId);
    const also =
      request.also === 'what-is-empty'
        ? await removeWhatIsEmpty(desk, title, holdingId)
        : { holding: null, title: null };
    return { kind: 'deleted', item: itemLine(item), ...also };
  },
);
