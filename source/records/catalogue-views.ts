import type { ProcessType } from '../circulation/loan.ts';
import type { ResourceType } from '../circulation/resource-types.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { row, rows, truth } from './sql.ts';
import type { Connection, Row } from './sql.ts';
import { subjectsFrom } from './text.ts';

/** A title as a list shows it, with its copies: all of them, and those in place at the library that asks, and elsewhere. */
export type TitleLine = {
  readonly id: number;
  readonly title: string;
  readonly author: string | null;
  readonly year: string | null;
  readonly isbn: string | null;
  readonly resourceType: ResourceType;
  /** Kept out of the public catalogue. */
  readonly suppressed: boolean;
  readonly copies: number;
  readonly inPlaceHere: number;
  readonly inPlaceElsewhere: number;
};

/** A title's own record. */
export type TitleView = {
  readonly id: number;
  readonly title: string;
  readonly author: string | null;
  readonly isbn: string | null;
  readonly publisher: string | null;
  readonly year: string | null;
  readonly resourceType: ResourceType;
  readonly suppressed: boolean;
  readonly subjects: readonly string[];
};

/** A title's holding at a location, with how many items it has. */
export type HoldingView = {
  readonly id: number;
  readonly titleId: number;
  readonly library: string;
  /** `LIBRARY/LOCATION`. */
  readonly location: string;
  readonly callNumber: string | null;
  readonly note: string | null;
  readonly items: number;
};

/** An item as a list shows it. */
export type ItemRow = {
  readonly id: number;
  readonly titleId: number;
  readonly title: string;
  readonly author: string | null;
  readonly barcode: string;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly library: string;
  /** `LIBRARY/LOCATION`. */
  readonly location: string;
  readonly material: string;
  readonly policy: string | null;
  readonly process: ProcessType | null;
  readonly department: string | null;
  readonly due: Instant | null;
  readonly quickAdd: boolean;
};

/** An item among those of its title. */
export type TitleItem = ItemRow & {
  readonly holdingId: number;
  /** Stands for a while at another place than its holding's. */
  readonly temporary: boolean;
  /** The library where it is. */
  readonly at: string;
  readonly hold: { readonly pickup: string; readonly state: 'ON_SHELF' | 'TRANSIT'; readonly until: Day | null } | null;
  /** Where it travels to. */
  readonly destination: string | null;
  readonly notes: { readonly fulfilment: boolean; readonly public: boolean; readonly internal: boolean };
};

/** A holding to which an item can be added, with its title. */
export type HoldingChoice = {
  readonly holding: number;
  readonly titleId: number;
  readonly title: string;
  readonly author: string | null;
  readonly location: string;
  readonly callNumber: string | null;
  readonly items: number;
};

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');

/** Things in the order of their ids. */
function inOrder<T extends { readonly id: number }>(ids: readonly number[], found: readonly T[]): T[] {
  const byId = new Map(found.map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Lines of the titles with those ids, in that order. `here`: the library that asks. */
export async function titleLines(db: Connection, ids: readonly number[], here: string | null): Promise<TitleLine[]> {
  if (ids.length === 0) return [];
  const inPlace = (where: string): string => `count(case when i.process is null and i.library ${where} then i.id end)`;
  const found = await rows<TitleLine>(
    db,
    `select t.id, t.title, t.author, t.year, t.isbn, t.resource_type as "resourceType", t.suppressed, count(i.id) as copies,
       ${inPlace('= ?')} as "inPlaceHere", ${inPlace('<> ?')} as "inPlaceElsewhere"
     from titles t left join items i on i.title_id = t.id and i.deleted_at is null
     where t.id in (${marks(ids)}) group by t.id`,
    [here ?? '', here ?? '', ...ids],
  );
  return inOrder(
    ids,
    found.map((one) => ({ ...one, suppressed: truth(one.suppressed) })),
  );
}

const ITEM_ROW = `i.id, i.title_id as "titleId", t.title, t.author, i.barcode, i.description, i.call_number as "callNumber", i.library,
  i.location, i.material, i.policy, i.process, i.department, l.due_at as due, i.quick_add as "quickAdd"`;
const ITEM_ROWS = `items i join titles t on t.id = i.title_id left join loans l on l.item_id = i.id and l.returned_at is null`;

/** Lines of the items with those ids, in that order. */
export async function itemRows(db: Connection, ids: readonly number[]): Promise<ItemRow[]> {
  if (ids.length === 0) return [];
  const found = await rows<ItemRow>(
    db,
    `select ${ITEM_ROW} from ${ITEM_ROWS} where i.id in (${marks(ids)}) and i.deleted_at is null`,
    ids,
  );
  return inOrder(
    ids,
    found.map((one) => ({ ...one, quickAdd: truth(one.quickAdd) })),
  );
}

/** A title that has not been deleted. */
export async function titleView(db: Connection, id: number): Promise<TitleView | undefined> {
  const found = await row<TitleView & { readonly subjects: string | null }>(
    db,
    `select id, title, author, isbn, publisher, year, resource_type as "resourceType", suppressed, subjects from titles
     where id = ? and deleted_at is null`,
    [id],
  );
  return found && { ...found, suppressed: truth(found.suppressed), subjects: subjectsFrom(found.subjects) };
}

const HOLDING = `h.id, h.title_id as "titleId", h.library, h.location, h.call_number as "callNumber", h.note,
  (select count(*) from items i where i.holding_id = h.id and i.deleted_at is null) as items`;
/** The library that asks first. */
const HOLDING_ORDER = 'case when h.library = ? then 0 else 1 end, lower(h.library), h.id';

/** A holding that has not been deleted. */
export async function holdingView(db: Connection, id: number): Promise<HoldingView | undefined> {
  return row(db, `select ${HOLDING} from holdings h where h.id = ? and h.deleted_at is null`, [id]);
}

/** The holdings of a title, those of the library that asks first. */
export async function holdingsOfTitle(db: Connection, titleId: number, here: string | null): Promise<HoldingView[]> {
  return rows(
    db,
    `select ${HOLDING} from holdings h where h.title_id = ? and h.deleted_at is null order by ${HOLDING_ORDER}`,
    [titleId, here ?? ''],
  );
}

function titleItemFrom(one: Row): TitleItem {
  const { fulfilment, public: shown, internal, pickup, state, until, ...line } = one as unknown as ItemRow & Row;
  const hold = typeof pickup === 'string' ? ({ pickup, state, until } as TitleItem['hold']) : null;
  return {
    ...(line as unknown as TitleItem),
    quickAdd: truth(line.quickAdd),
    temporary: truth(line['temporary']),
    hold,
    notes: { fulfilment: truth(fulfilment), public: truth(shown), internal: truth(internal) },
  };
}

/** A window of the items of a title, in the order of its holdings; and how many there are. */
export async function itemsOfTitle(
  db: Connection,
  titleId: number,
  { here, window }: { readonly here: string | null; readonly window: Window },
): Promise<{ total: number; items: TitleItem[] }> {
  const total = await row<{ n: number }>(
    db,
    'select count(*) as n from items i where i.title_id = ? and i.deleted_at is null',
    [titleId],
  );
  const found = await rows(
    db,
    `select ${ITEM_ROW}, i.holding_id as "holdingId", i.temporary, i.at_library as at, x.to_library as destination,
       r.pickup, r.state, r.held_until as until, i.fulfilment_note is not null as fulfilment,
       i.public_note is not null as public, i.internal_note is not null as internal
     from ${ITEM_ROWS} join holdings h on h.id = i.holding_id
       left join requests r on r.assigned_item_id = i.id and r.closed_at is null
       left join transits x on x.item_id = i.id and x.ended_at is null
     where i.title_id = ? and i.deleted_at is null order by ${HOLDING_ORDER}, i.id limit ? offset ?`,
    [titleId, here ?? '', window.limit, window.offset],
  );
  return { total: total?.n ?? 0, items: found.map(titleItemFrom) };
}

/** The holdings at a library of some titles, in the order of those. */
export async function holdingChoices(
  db: Connection,
  titleIds: readonly number[],
  library: string,
): Promise<HoldingChoice[]> {
  if (titleIds.length === 0) return [];
  const found = await rows<HoldingChoice>(
    db,
    `select h.id as holding, t.id as "titleId", t.title, t.author, h.location, h.call_number as "callNumber",
       (select count(*) from items i where i.holding_id = h.id and i.deleted_at is null) as items
     from holdings h join titles t on t.id = h.title_id
     where t.id in (${marks(titleIds)}) and h.library = ? and h.deleted_at is null order by h.id`,
    [...titleIds, library],
  );
  return titleIds.flatMap((id) => found.filter((one) => one.titleId === id));
}
