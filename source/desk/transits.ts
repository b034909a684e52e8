import type { TransitReason } from '../circulation/routing.ts';
import type { Instant } from '../circulation/time.ts';
import { dayOf } from '../circulation/time.ts';
import type { ListRow, ListSearch } from '../records/lists.ts';
import type { Window } from '../records/loans.ts';
import { searchFor } from './list-search.ts';
import type { ListQuestion } from './list-search.ts';
import { shown } from './lists.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** Journeys of a library: all, those that come to it, those that have left it, those that take too long (TRA-02). */
export const TRANSIT_LISTS = ['all', 'coming', 'leaving', 'too-long'] as const;
export type TransitList = (typeof TRANSIT_LISTS)[number];

/** What journeys can be sorted by; `since`: the longest under way first. */
export const TRANSIT_SORTS = ['since', 'title', 'from', 'to'] as const;
export type TransitSort = (typeof TRANSIT_SORTS)[number];

/** An item on its way (TRA-01). */
export type TransitLine = {
  readonly title: string;
  readonly barcode: string;
  readonly callNumber: string | null;
  readonly from: string;
  readonly to: string;
  /** The department there; null: its desk. */
  readonly department: string | null;
  readonly reason: TransitReason;
  readonly since: Instant;
  /** Calendar days under way, and whether that is too long (TRA-02). */
  readonly days: number;
  readonly tooLong: boolean;
  /** Where it was scanned on its way: how often, and where (`LIBRARY/DESK`) and when last. */
  readonly stops: number;
  readonly lastStop: string | null;
  readonly lastStopAt: Instant | null;
  /** Who waits for it, for those who may see patrons. */
  readonly patron: string | null;
};

export type Transits =
  | {
      readonly kind: 'transits';
      readonly library: string;
      readonly total: number;
      readonly lines: readonly TransitLine[];
      readonly counts: Readonly<Record<TransitList, number>>;
    }
  | Refusal;

const PARTS: Readonly<Record<TransitList, Partial<ListSearch>>> = {
  all: {},
  coming: { end: 'to' },
  leaving: { end: 'from' },
  'too-long': { onlyTooLong: true },
};

const text = (value: ListRow[keyof ListRow]): string | null => (typeof value === 'string' ? value : null);

function lineOf(row: ListRow): TransitLine {
  return {
    title: text(row.title) ?? '',
    barcode: text(row.barcode) ?? '',
    callNumber: text(row.callNumber),
    from: text(row.from) ?? '',
    to: text(row.to) ?? '',
    department: text(row.department),
    reason: row.reason as TransitReason,
    since: Number(row.since),
    days: Number(row.days),
    tooLong: row.tooLong === 1,
    stops: Number(row.stops),
    lastStop: text(row.lastStop),
    lastStopAt: typeof row.lastStopAt === 'number' ? row.lastStopAt : null,
    patron: text(row.patron),
  };
}

/**
 * Items on their way to or from a library, the desk's own unless another is named (TRA-01, TRA-02): the rows of the list
 * `transits`, so that a screen and a file say the same.
 */
export const transitsOf = action(
  'transits-of',
  { permission: 'view-items', readOnly: true },
  async (
    desk: Desk,
    request: {
      readonly library?: string;
      readonly list: TransitList;
      readonly sort?: TransitSort;
      readonly window: Window;
    },
  ): Promise<Transits> => {
    const { records, now, network } = desk;
    const library = request.library ?? desk.place?.library;
    if (library === undefined) return { kind: 'not-permitted', permission: 'view-items', needs: 'desk' };
    const question: ListQuestion = { list: 'transits', library, sort: { by: request.sort ?? 'since' } };
    const search = await searchFor(desk, question, dayOf(now, network.timeZone));
    if ('kind' in search) return search;
    const counts: Record<TransitList, number> = { all: 0, coming: 0, leaving: 0, 'too-long': 0 };
    for (const list of TRANSIT_LISTS) {
      counts[list] = await records.lists.count('transits', { ...search, ...PARTS[list] });
    }
    const rows = await records.lists.page('transits', { ...search, ...PARTS[request.list] }, request.window);
    const lines = shown(desk, 'transits', rows).map(lineOf);
    return { kind: 'transits', library, total: counts[request.list], lines, counts };
  },
);
