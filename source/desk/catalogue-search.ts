import type { HoldingView, ItemRow, TitleItem, TitleLine, TitleView } from '../records/catalogue.ts';
import type { Window } from '../records/loans.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** What is looked for; `library`: only what that library has. */
export type CatalogueSearch = { readonly text: string; readonly library?: string; readonly window: Window };

export type TitlesFound = { readonly kind: 'titles'; readonly total: number; readonly lines: readonly TitleLine[] };
export type ItemsFound = { readonly kind: 'items'; readonly total: number; readonly lines: readonly ItemRow[] };

/**
 * Titles by words of title, author, call number or ISBN, the last one as it is being typed, or by a barcode (TAB-05): how
 * many, and a window of them, those that begin with the text first. In place here: at the desk's library.
 */
export const searchCatalogue = action(
  'search-catalogue',
  { permission: 'view-items', readOnly: true },
  async ({ records, place }: Desk, { text, library, window }: CatalogueSearch): Promise<TitlesFound> => {
    const where = { here: place?.library ?? null, library: library ?? null, window };
    return { kind: 'titles', ...(await records.catalogue.searchTitles(text, where)) };
  },
);

/** The items of those titles, one line each, the desk's own library first; the item of a barcode before all (TAB-05). */
export const searchItems = action(
  'search-items',
  { permission: 'view-items', readOnly: true },
  async ({ records, place }: Desk, { text, library, window }: CatalogueSearch): Promise<ItemsFound> => {
    const where = { here: place?.library ?? null, library: library ?? null, window };
    return { kind: 'items', ...(await records.catalogue.searchItems(text, where)) };
  },
);

export type TitleOpened = {
  readonly kind: 'title';
  readonly title: TitleView;
  /** Those of the desk's library first. */
  readonly holdings: readonly HoldingView[];
  /** How many requests for it are open. */
  readonly requests: number;
  /** How many items it has, and a window of them in the order of their holdings. */
  readonly total: number;
  readonly items: readonly TitleItem[];
};

const WINDOW: Window = { offset: 0, limit: 200 };

/** A title with its holdings and items. */
export const openTitle = action(
  'open-title',
  { permission: 'view-items', readOnly: true },
  async (
    { records, place }: Desk,
    { title: id, window = WINDOW }: { readonly title: number; readonly window?: Window },
  ): Promise<TitleOpened | Refusal> => {
    const title = await records.catalogue.title(id);
    if (!title) return { kind: 'unknown', what: 'TITLE', key: String(id) };
    const here = place?.library ?? null;
    const holdings = await records.catalogue.holdingsOfTitle(id, here);
    const requests = await records.catalogue.openRequests(id);
    return {
      kind: 'title',
      title,
      holdings,
      requests,
      ...(await records.catalogue.itemsOfTitle(id, { here, window })),
    };
  },
);
