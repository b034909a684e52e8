import type { ItemView } from '../records/items.ts';

/** An item as an answer names it, with what lists and slips show of it. */
export type ItemLine = {
  readonly id: number;
  readonly barcode: string;
  readonly title: string;
  readonly author: string | null;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly library: string;
  /** `LIBRARY/LOCATION`. */
  readonly location: string;
  readonly material: string;
};

/** What an answer says of an item. */
export const itemLine = (item: ItemView): ItemLine => ({
  id: item.id,
  barcode: item.barcode,
  title: item.title,
  author: item.author,
  description: item.description,
  callNumber: item.callNumber,
  library: item.library,
  location: item.location,
  material: item.material,
});
