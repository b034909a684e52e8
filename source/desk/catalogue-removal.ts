import type { HoldingView, TitleView } from '../records/catalogue.ts';
import type { ItemView } from '../records/items.ts';
import type { InUse } from './catalogue-fields.ts';
import type { ItemLine } from './item-line.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';

/** *Delete the bibliographic records that have no other holdings*: what else goes, if nothing else hangs on it (RET-07). */
export type Also = 'nothing' | 'what-is-empty';

/** What has gone. */
export type Deleted = {
  readonly kind: 'deleted';
  readonly item: ItemLine | null;
  readonly holding: number | null;
  readonly title: number | null;
};

/** An event of the catalogue, here and now. */
export const eventHere = (desk: Desk) => ({ at: desk.now, staffId: staffId(desk), desk: placeName(desk.place) });

/** Takes a holding away that has no items any more. */
export async function removeHolding(desk: Desk, title: TitleView, holding: HoldingView): Promise<void> {
  await desk.records.catalogue.removeHolding(holding, desk.now);
  const { id: holdingId, location, callNumber, note } = holding;
  const data = { title: title.title, titleId: title.id, holdingId, before: { location, callNumber, note } };
  await desk.records.events.append({ ...eventHere(desk), kind: 'holding-deleted', data });
}

/** Takes a title away that has no holdings any more. */
export async function removeTitle(desk: Desk, title: TitleView): Promise<void> {
  await desk.records.catalogue.removeTitle(title.id, desk.now);
  const { id: titleId, ...before } = title;
  const data = { title: title.title, titleId, before };
  await desk.records.events.append({ ...eventHere(desk), kind: 'title-deleted', data });
}

/** Takes away a holding on which nothing hangs any more, and then its title, if nothing hangs on that either. */
export async function removeWhatIsEmpty(
  desk: Desk,
  title: TitleView,
  holdingId: number | null,
): Promise<{ holding: number | null; title: number | null }> {
  const { catalogue } = desk.records;
  const holding = holdingId === null ? undefined : await catalogue.holding(holdingId);
  if (holding && holding.items > 0) return { holding: null, title: null };
  if (holding) await removeHolding(desk, title, holding);
  const others = await catalogue.holdingsOfTitle(title.id, null);
  const isWanted = (await catalogue.openRequests(title.id)) > 0;
  if (others.length > 0 || isWanted) return { holding: holding?.id ?? null, title: null };
  await removeTitle(desk, title);
  return { holding: holding?.id ?? null, title: title.id };
}

const IN_THE_MIDDLE: Readonly<Record<string, InUse['because']>> = {
  LOAN: 'on-loan',
  LOST_LOAN: 'on-loan',
  TRANSIT: 'in-transit',
  HOLDSHELF: 'on-shelf',
  ACQ: 'in-treatment',
  WORK_ORDER_DEPARTMENT: 'in-treatment',
};

/** Why something in a process cannot change its library; undefined: it can. */
export function staysBecause(process: string | null): InUse | undefined {
  const because = process === null ? undefined : IN_THE_MIDDLE[process];
  return because && { kind: 'in-use', because };
}

/** Why an item cannot be deleted. What was made at the desk may go while it is on its way to be catalogued (RET-07). */
export async function itemInUse({ records }: Desk, item: ItemView): Promise<InUse | undefined> {
  if (item.hold) return { kind: 'in-use', because: item.hold.state === 'ON_SHELF' ? 'on-shelf' : 'in-transit' };
  const stays = staysBecause(item.process);
  if (stays && (stays.because === 'on-loan' || !item.quickAdd)) return stays;
  if (item.workOrder && !item.quickAdd) return { kind: 'in-use', because: 'in-treatment' };
  const copies = await records.items.copiesOfTitle(item.titleId);
  const isWanted =
    (await records.catalogue.isRequested(item.id, item.titleId)) ||
    (copies.length === 1 && (await records.catalogue.openRequests(item.titleId)) > 0);
  return isWanted ? { kind: 'in-use', because: 'requested' } : undefined;
}

/** Ends what an item was in the middle of: its journey, its treatment. */
export async function endProcesses(desk: Desk, item: ItemView): Promise<void> {
  const { records, now } = desk;
  if (item.transit) await records.transits.end(item.id, now);
  if (!item.workOrder) return;
  const { id, library, department, type } = item.workOrder;
  await records.workOrders.close(id, now, false);
  const data = { barcode: item.barcode, title: item.title, library, department, type, done: false };
  await records.events.append({ ...eventHere(desk), kind: 'work-order-closed', itemId: item.id, data });
}
