import { isClearanceBarcode } from '../circulation/clearance.ts';
import { WORK_ORDER_TYPES } from '../circulation/routing.ts';
import type { NewItem } from '../records/items.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { replanItems } from './plan-queue.ts';

export type ItemsAdded = { readonly kind: 'added'; readonly count: number } | Refusal;

/** What is being treated has an order that says so (ITEM-01). */
const isTreated = ({ process }: NewItem): boolean => process === 'WORK_ORDER_DEPARTMENT';

/**
 * Adds items with their titles, all or none. Refused with the path of the first wrong field, or a barcode that is taken
 * or stands for a clearance (QUI-02).
 */
export const addItems = action(
  'add-items',
  { permission: 'add-items' },
  async (desk: Desk, request: { items: readonly NewItem[] }): Promise<ItemsAdded> => {
    const { records, network, now, place } = desk;
    const locations = new Set(
      network.libraries.flatMap((one) => one.locations.map((here) => `${one.code}/${here.code}`)),
    );
    const materials = new Set(network.materials.map((one) => one.code));
    const policies = new Set(network.itemPolicies.map((one) => one.code));
    const seen = new Set<string>();
    for (const [index, item] of request.items.entries()) {
      const at = `items[${index}]`;
      const key = item.barcode.trim().toUpperCase();
      if (key === '') return { kind: 'invalid', path: `${at}.barcode`, problem: 'empty' };
      if (item.title.trim() === '') return { kind: 'invalid', path: `${at}.title`, problem: 'empty' };
      if (seen.has(key) || isClearanceBarcode(key))
        return { kind: 'invalid', path: `${at}.barcode`, problem: 'taken', value: item.barcode };
      seen.add(key);
      if (!locations.has(item.location))
        return { kind: 'invalid', path: `${at}.location`, problem: 'unknown-code', value: item.location };
      if (!materials.has(item.material))
        return { kind: 'invalid', path: `${at}.material`, problem: 'unknown-code', value: item.material };
      if (item.policy && !policies.has(item.policy))
        return { kind: 'invalid', path: `${at}.policy`, problem: 'unknown-code', value: item.policy };
      if (isTreated(item) && !item.department) return { kind: 'invalid', path: `${at}.department`, problem: 'empty' };
    }
    const [taken] = await records.items.taken([...seen]);
    if (taken !== undefined) return { kind: 'invalid', path: 'items.barcode', problem: 'taken', value: taken };
    await records.items.add(request.items, now);
    const treated = request.items.filter(isTreated).map((one) => one.barcode);
    await records.workOrders.ofNewItems(treated, WORK_ORDER_TYPES[0], now, staffId(desk));
    await records.events.append({
      at: now,
      kind: 'items-added',
      staffId: staffId(desk),
      desk: placeName(place),
      data: { count: request.items.length, barcodes: request.items.map((one) => one.barcode.trim()) },
    });
    await replanItems(desk, [...seen]);
    return { kind: 'added', count: request.items.length };
  },
);
