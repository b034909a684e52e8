import type { Instant } from '../circulation/time.ts';
import { itemsFound, titlesFound } from './catalogue-search.ts';
import {
  holdingChoices,
  holdingsOfTitle,
  holdingView,
  itemRows,
  itemsOfTitle,
  titleLines,
  titleView,
} from './catalogue-views.ts';
import type { HoldingChoice, HoldingView, ItemRow, TitleItem, TitleLine, TitleView } from './catalogue-views.ts';
import type { Window } from './loans.ts';
import { insert, lock, row, rows } from './sql.ts';
import type { Connection, Value } from './sql.ts';
import { keyOf, matchKey, subjectsText } from './text.ts';
import { indexTitles } from './title-words.ts';

export type { HoldingChoice, HoldingView, ItemRow, TitleItem, TitleLine, TitleView } from './catalogue-views.ts';

/** What is written of a title. */
export type TitleFields = Omit<TitleView, 'id'>;

/** What is written of a new item; its title and library are its holding's and its location's. */
export type NewCatalogueItem = {
  readonly titleId: number;
  readonly holdingId: number;
  readonly barcode: string;
  /** `LIBRARY/LOCATION`: where it stands, its holding's place or for a while another. */
  readonly location: string;
  readonly temporary: boolean;
  readonly quickAdd: boolean;
  readonly material: string;
  readonly policy: string | null;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly fulfilmentNote: string | null;
  readonly publicNote: string | null;
  readonly internalNote: string | null;
};

/** What may change of an item. */
export type ItemFields = Omit<NewCatalogueItem, 'titleId' | 'quickAdd'>;

const ITEM_COLUMNS: Readonly<Record<keyof ItemFields, string>> = {
  holdingId: 'holding_id',
  barcode: 'barcode',
  location: 'location',
  temporary: 'temporary',
  material: 'material',
  policy: 'policy',
  description: 'description',
  callNumber: 'call_number',
  fulfilmentNote: 'fulfilment_note',
  publicNote: 'public_note',
  internalNote: 'internal_note',
};

const libraryAt = (location: string): string => location.split('/')[0] ?? '';

const titleColumns = (title: TitleFields): Record<string, Value> => ({
  title: title.title,
  author: title.author,
  isbn: title.isbn,
  publisher: title.publisher,
  year: title.year,
  subjects: subjectsText(title.subjects),
  resource_type: title.resourceType,
  suppressed: title.suppressed,
  match_key: matchKey(title.title, title.author),
});

/** Titles, holdings and items as staff look them up and keep them in order. */
export function catalogueOn(db: Connection) {
  const update = async (table: string, id: number, columns: Readonly<Record<string, Value>>): Promise<void> => {
    const names = Object.keys(columns);
    if (names.length === 0) return;
    const sets = names.map((name) => `${name} = ?`).join(', ');
    await rows(db, `update ${table} set ${sets} where id = ?`, [...Object.values(columns), id]);
  };

  return {
    /** The titles that a text finds (`titlesFound`); `here`: the library that asks. */
    async searchTitles(
      text: string,
      { here, ...where }: { here: string | null; library?: string | null; window: Window },
    ): Promise<{ total: number; lines: TitleLine[] }> {
      const { total, ids } = await titlesFound(db, text, where);
      return { total, lines: await titleLines(db, ids, here) };
    },

    /** The items of the titles that a text finds (`itemsFound`), those of the library `here` first. */
    async searchItems(
      text: string,
      where: { here: string | null; library?: string | null; window: Window },
    ): Promise<{ total: number; lines: ItemRow[] }> {
      const { total, ids } = await itemsFound(db, text, where);
      return { total, lines: await itemRows(db, ids) };
    },

    /** The holdings at a library of the titles that a text finds, and how many titles there are. */
    async searchHoldings(
      text: string,
      { library, window }: { library: string; window: Window },
    ): Promise<{ total: number; lines: HoldingChoice[] }> {
      const { total, ids } = await titlesFound(db, text, { library, window });
      return { total, lines: await holdingChoices(db, ids, library) };
    },

    title: async (id: number): Promise<TitleView | undefined> => titleView(db, id),
    holding: async (id: number): Promise<HoldingView | undefined> => holdingView(db, id),
    holdingsOfTitle: async (id: number, here: string | null): Promise<HoldingView[]> => holdingsOfTitle(db, id, here),
    itemsOfTitle: async (
      id: number,
      options: { here: string | null; window: Window },
    ): Promise<{ total: number; items: TitleItem[] }> => itemsOfTitle(db, id, options),

    /** A title whose holdings and items nobody else changes until the transaction ends. */
    async lockedTitle(id: number): Promise<TitleView | undefined> {
      const locked = lock(db, 't');
      if (locked !== '') await rows(db, `select t.id from titles t where t.id = ?${locked}`, [id]);
      return titleView(db, id);
    },

    /** How many requests for a title are open. */
    async openRequests(titleId: number): Promise<number> {
      const sql = 'select count(*) as n from requests where title_id = ? and closed_at is null';
      return (await row<{ n: number }>(db, sql, [titleId]))?.n ?? 0;
    },

    /** Whether an open request is for that very item. */
    async isRequested(itemId: number, titleId: number): Promise<boolean> {
      const sql = 'select id from requests where title_id = ? and item_id = ? and closed_at is null limit 1';
      return (await row(db, sql, [titleId, itemId])) !== undefined;
    },

    /** Adds a title of its own, whatever other titles there are; returns its id. */
    async addTitle(title: TitleFields): Promise<number> {
      const id = await insert(db, 'titles', titleColumns(title));
      await indexTitles(db, [id]);
      return id;
    },

    async changeTitle(id: number, title: TitleFields): Promise<void> {
      await update('titles', id, titleColumns(title));
      await indexTitles(db, [id]);
    },

    /** Takes a title out of every search; its loans keep it, and its number keeps an import from making it again. */
    async removeTitle(id: number, now: Instant): Promise<void> {
      await update('titles', id, { deleted_at: now, match_key: '' });
      await indexTitles(db, [id]);
    },

    /** Adds a holding of its own; returns its id. */
    async addHolding(
      holding: { titleId: number; location: string; callNumber: string | null; note: string | null },
      now: Instant,
    ): Promise<number> {
      const id = await insert(db, 'holdings', {
        title_id: holding.titleId,
        library: libraryAt(holding.location),
        location: holding.location,
        call_number: holding.callNumber,
        note: holding.note,
        created_at: now,
      });
      await indexTitles(db, [holding.titleId]);
      return id;
    },

    /** Changes a holding. Its items that stand there move with it; those with its call number get the new one. */
    async changeHolding(
      { id, titleId, callNumber: before }: HoldingView,
      { location, callNumber, note }: Pick<HoldingView, 'location' | 'callNumber' | 'note'>,
    ): Promise<void> {
      const library = libraryAt(location);
      await update('holdings', id, { location, library, call_number: callNumber, note });
      await rows(
        db,
        `update items set location = ?, library = ?, at_library = case when process is null then ? else at_library end
         where holding_id = ? and temporary = ? and location <> ? and deleted_at is null`,
        [location, library, library, id, false, location],
      );
      await rows(
        db,
        `update items set call_number = ? where holding_id = ? and coalesce(call_number, '') = ? and deleted_at is null`,
        [callNumber, id, before ?? ''],
      );
      await indexTitles(db, [titleId]);
    },

    /** The items that would leave their library if a holding did: what they are in the middle of. */
    async processesOfHolding(id: number): Promise<string[]> {
      const found = await rows<{ process: string }>(
        db,
        `select distinct process from items
         where holding_id = ? and temporary = ? and process is not null and deleted_at is null order by process`,
        [id, false],
      );
      return found.map((one) => one.process);
    },

    async removeHolding({ id, titleId }: Pick<HoldingView, 'id' | 'titleId'>, now: Instant): Promise<void> {
      await update('holdings', id, { deleted_at: now });
      await indexTitles(db, [titleId]);
    },

    /** Adds an item, in place at its location; returns its id. */
    async addItem(item: NewCatalogueItem, now: Instant): Promise<number> {
      const { titleId, quickAdd, ...fields } = item;
      const columns = Object.entries(fields).map(([name, value]) => [ITEM_COLUMNS[name as keyof ItemFields], value]);
      const library = libraryAt(item.location);
      const id = await insert(db, 'items', {
        ...(Object.fromEntries(columns) as Record<string, Value>),
        title_id: titleId,
        quick_add: quickAdd,
        barcode_key: keyOf(item.barcode),
        library,
        at_library: library,
        created_at: now,
      });
      await indexTitles(db, [titleId]);
      return id;
    },

    /** Changes what is given of an item. `at`: where it is now, if it has moved. */
    async changeItem(
      { id, titleId }: { readonly id: number; readonly titleId: number },
      fields: Partial<ItemFields>,
      at?: string,
    ): Promise<void> {
      const columns = Object.entries(fields).map(([name, value]) => [ITEM_COLUMNS[name as keyof ItemFields], value]);
      await update('items', id, {
        ...(Object.fromEntries(columns) as Record<string, Value>),
        ...(fields.barcode === undefined ? {} : { barcode_key: keyOf(fields.barcode) }),
        ...(fields.location === undefined ? {} : { library: libraryAt(fields.location) }),
        ...(at === undefined ? {} : { at_library: at }),
      });
      await indexTitles(db, [titleId]);
    },

    /** Takes an item out of every list; its loans keep it, and its barcode is free. It must be in no process. */
    async removeItem({ id, titleId }: { readonly id: number; readonly titleId: number }, now: Instant): Promise<void> {
      await update('items', id, {
        deleted_at: now,
        barcode_key: `deleted-${id}`,
        process: null,
        department: null,
      });
      await indexTitles(db, [titleId]);
    },
  };
}
