import type { ProcessType } from '../circulation/loan.ts';
import type { ResourceType } from '../circulation/resource-types.ts';
import type { Instant } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { publicTitles } from './public-search.ts';
import type { PublicFound, PublicSearch } from './public-search.ts';
import { row, rows, truth } from './sql.ts';
import type { Connection } from './sql.ts';
import { subjectsFrom } from './text.ts';

/** A title as patrons see it in a list. */
export type PublicTitleRow = {
  readonly id: number;
  readonly title: string;
  readonly author: string | null;
  readonly year: string | null;
  readonly publisher: string | null;
  readonly resourceType: ResourceType;
};

/** A title's own record, as patrons see it. */
export type PublicTitleView = PublicTitleRow & {
  readonly isbn: string | null;
  readonly subjects: readonly string[];
};

/** So many items of a title that are alike: what the rules and their shelves say of them. */
export type PublicCopies = {
  readonly titleId: number;
  readonly holdingId: number;
  readonly library: string;
  /** `LIBRARY/LOCATION`. */
  readonly location: string;
  readonly material: string;
  readonly policy: string | null;
  readonly process: ProcessType | null;
  readonly count: number;
};

export type PublicHoldingRow = {
  readonly id: number;
  readonly library: string;
  readonly location: string;
  readonly callNumber: string | null;
};

/** An item as patrons see it: nothing of who has it, nothing that staff have written for each other. */
export type PublicItemRow = {
  readonly holdingId: number;
  readonly barcode: string;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly library: string;
  readonly location: string;
  readonly temporary: boolean;
  readonly material: string;
  readonly policy: string | null;
  readonly process: ProcessType | null;
  readonly due: Instant | null;
  readonly publicNote: string | null;
};

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');

const TITLE = 't.id, t.title, t.author, t.year, t.publisher, t.resource_type as "resourceType"';
/** The library that asks first; each with what is alike together. */
const ORDER = 'case when h.library = ? then 0 else 1 end, lower(h.library), h.location, h.id';

/** The catalogue as patrons see it (KIO-01). */
export function publicTitlesOn(db: Connection) {
  return {
    /** The titles that a text finds (`publicTitles`). */
    search: async (text: string, search: PublicSearch): Promise<PublicFound> => publicTitles(db, text, search),

    /** The titles with those ids, in that order. */
    async withIds(ids: readonly number[]): Promise<PublicTitleRow[]> {
      if (ids.length === 0) return [];
      const found = await rows<PublicTitleRow>(db, `select ${TITLE} from titles t where t.id in (${marks(ids)})`, ids);
      const byId = new Map(found.map((one) => [one.id, one]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },

    /** The items of some titles, counted by what is alike. */
    async copiesOf(titleIds: readonly number[]): Promise<PublicCopies[]> {
      if (titleIds.length === 0) return [];
      const alike = 'i.title_id, i.holding_id, i.library, i.location, i.material, i.policy, i.process';
      return rows<PublicCopies>(
        db,
        `select i.title_id as "titleId", i.holding_id as "holdingId", i.library, i.location, i.material, i.policy,
           i.process, count(*) as count
         from items i where i.title_id in (${marks(titleIds)}) and i.deleted_at is null group by ${alike}`,
        titleIds,
      );
    },

    /** A title that patrons see: neither deleted nor suppressed, with a holding. */
    async byId(id: number): Promise<PublicTitleView | undefined> {
      const found = await row<PublicTitleView & { readonly subjects: string | null }>(
        db,
        `select ${TITLE}, t.isbn, t.subjects from titles t where t.id = ? and t.deleted_at is null and not t.suppressed
           and exists (select 1 from holdings h where h.title_id = t.id and h.deleted_at is null)`,
        [id],
      );
      return found && { ...found, subjects: subjectsFrom(found.subjects) };
    },

    /** The holdings of a title, those of the library `here` first. */
    async holdingsOf(titleId: number, here: string | null): Promise<PublicHoldingRow[]> {
      return rows<PublicHoldingRow>(
        db,
        `select h.id, h.library, h.location, h.call_number as "callNumber" from holdings h
         where h.title_id = ? and h.deleted_at is null order by ${ORDER}`,
        [titleId, here ?? ''],
      );
    },

    /** A window of the items of a title, in the order of its holdings. */
    async itemsOf(
      titleId: number,
      { here, window }: { readonly here: string | null; readonly window: Window },
    ): Promise<PublicItemRow[]> {
      const found = await rows<PublicItemRow & { readonly temporary: unknown }>(
        db,
        `select i.holding_id as "holdingId", i.barcode, i.description, i.call_number as "callNumber", i.library, i.location,
           i.temporary, i.material, i.policy, i.process, l.due_at as due, i.public_note as "publicNote"
         from items i join holdings h on h.id = i.holding_id
           left join loans l on l.item_id = i.id and l.returned_at is null and i.process = 'LOAN'
         where i.title_id = ? and i.deleted_at is null order by ${ORDER}, i.id limit ? offset ?`,
        [titleId, here ?? '', window.limit, window.offset],
      );
      return found.map((one) => ({ ...one, temporary: truth(one.temporary) }));
    },
  };
}
