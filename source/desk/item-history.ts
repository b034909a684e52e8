import type { ItemEvent, ItemLoan } from '../records/item-history.ts';
import type { Window } from '../records/loans.ts';
import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { impersonal, maySeePatrons } from './personal.ts';

export type ItemHistory =
  | {
      readonly kind: 'item-history';
      readonly item: ItemLine;
      /** Whether this account may see who the borrowers were; else every `patron` is null. */
      readonly borrowers: boolean;
      readonly loans: { readonly total: number; readonly lines: readonly ItemLoan[] };
      readonly events: { readonly total: number; readonly lines: readonly ItemEvent[] };
    }
  | Refusal;

/**
 * The loans of an item with their borrowers, until they are anonymised, and what else happened to it (ITEM-03): a window
 * of each, the newest first. Unknown: `ITEM`.
 */
export const itemHistory = action(
  'item-history',
  { permission: 'view-items', readOnly: true },
  async (desk: Desk, request: { barcode: string; window: Window }): Promise<ItemHistory> => {
    const { records } = desk;
    const item = await records.items.byBarcode(request.barcode);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: request.barcode };
    const loans = await records.itemHistory.loans(item.id, request.window);
    const events = await records.itemHistory.events(item.id, request.window);
    const borrowers = maySeePatrons(desk);
    if (borrowers) return { kind: 'item-history', item: itemLine(item), borrowers, loans, events };
    return {
      kind: 'item-history',
      item: itemLine(item),
      borrowers,
      loans: { ...loans, lines: loans.lines.map((one) => ({ ...one, patron: null })) },
      events: { ...events, lines: events.lines.map((one) => ({ ...one, data: impersonal(one.kind, one.data) })) },
    };
  },
);
