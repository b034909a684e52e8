import { daysBetween, dayOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import { underWay } from '../circulation/transit.ts';
import type { EventKind } from '../records/events.ts';
import { LIST_NAMES, LIST_SOURCES } from '../records/lists.ts';
import type { ColumnKey, ColumnType, ListName, ListRow } from '../records/lists.ts';
import type { Window } from '../records/loans.ts';
import { searchFor } from './list-search.ts';
import type { ListQuestion } from './list-search.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { isPermitted } from './permissions.ts';
import { impersonal, maySeePatrons } from './personal.ts';

export { LIST_NAMES };
export type { ColumnKey, ColumnType, ListName, ListRow } from '../records/lists.ts';
export type { ListQuestion } from './list-search.ts';

/** A column as a table shows it. Every column can be sorted by. */
export type ListColumn = { readonly key: ColumnKey; readonly type: ColumnType };

/** A window of a list. */
export type ListRead =
  | {
      readonly kind: 'list';
      readonly list: ListName;
      readonly at: Instant;
      readonly total: number;
      readonly columns: readonly ListColumn[];
      readonly rows: readonly ListRow[];
    }
  | Refusal;

/** All rows of a list by their keys, in order. Null: its rows have none; `readList` reads them all. */
export type ListKeys =
  | {
      readonly kind: 'keys';
      readonly list: ListName;
      readonly at: Instant;
      readonly columns: readonly ListColumn[];
      readonly keys: readonly number[] | null;
    }
  | Refusal;

/** The columns of a list by which it can be sorted. */
export const columnsIn = (list: ListName): ColumnKey[] => LIST_SOURCES[list].columns.map(({ key }) => key);

/** What may be asked of some lists only, and says nothing of this one: its rows have no such day, no patron, no way. */
export function unanswerable(list: ListName): ('from' | 'to' | 'days' | 'tooLong' | 'patron')[] {
  const { id, time, day, since, patron, ends } = LIST_SOURCES[list];
  const hasDays = id === null || time !== null || day !== null;
  return [
    ...(hasDays ? [] : (['from', 'to'] as const)),
    ...(since === null ? (['days'] as const) : []),
    ...(ends === null ? (['tooLong'] as const) : []),
    ...(patron === null ? (['patron'] as const) : []),
  ];
}

/** The most rows that one export has: as many as a sheet holds, with its heads. */
export const MOST_ROWS = 1_048_575;

/** The columns of a list for these eyes. */
function columnsFor(desk: Desk, list: ListName): ListColumn[] {
  const personal = maySeePatrons(desk);
  return LIST_SOURCES[list].columns
    .filter((one) => personal || one.personal !== true)
    .map(({ key, type }) => ({ key, type }));
}

/** Who reads the audit needs a right of its own (REL-09). */
function refusalFor({ staff, place }: Desk, list: ListName): Refusal | undefined {
  if (list !== 'audit' || isPermitted(staff.roles, 'view-audit', place?.library ?? null)) return undefined;
  return { kind: 'not-permitted', permission: 'view-audit', needs: 'role' };
}

function isTooLong({ network, now }: Desk, { from, to, since }: ListRow): boolean {
  if (typeof from !== 'string' || typeof to !== 'string' || typeof since !== 'number') return false;
  return underWay(network, { from, to, since }, now).tooLong;
}

/** Rows as they are shown: days counted until today, people left out for who may not see them. */
export function shown(desk: Desk, list: ListName, rows: readonly ListRow[]): ListRow[] {
  const { now, network } = desk;
  const today = dayOf(now, network.timeZone);
  const personal = maySeePatrons(desk);
  const counted = LIST_SOURCES[list].columns.filter((one) => one.daysSince !== undefined);
  const hidden = LIST_SOURCES[list].columns.filter((one) => one.personal === true);
  return rows.map((row) => {
    const more: Partial<Record<ColumnKey, string | number | null>> = {};
    for (const { key, daysSince } of counted) {
      const since = row[key];
      const days = typeof since === 'number' ? daysBetween(dayOf(since, network.timeZone), today) : null;
      more[key] = days !== null && daysSince === 'late' ? Math.max(0, days) : days;
    }
    if (list === 'transits') more.tooLong = isTooLong(desk, row) ? 1 : 0;
    if (!personal) {
      for (const { key } of hidden) more[key] = null;
      if (typeof row.data === 'string') {
        const data = JSON.parse(row.data) as Record<string, unknown>;
        more.data = JSON.stringify(impersonal(row.event as EventKind, data));
      }
    }
    return { ...row, ...more };
  });
}

/** A window of a list (JOB-05, TUI-09), sorted by any one of its columns. */
export const readList = action(
  'read-list',
  { permission: 'view-lists', readOnly: true },
  async (desk: Desk, request: ListQuestion & { readonly window: Window }): Promise<ListRead> => {
    const { list, window } = request;
    const { records, now, network } = desk;
    const search = refusalFor(desk, list) ?? (await searchFor(desk, request, dayOf(now, network.timeZone)));
    if ('kind' in search) return search;
    return {
      kind: 'list',
      list,
      at: now,
      total: await records.lists.count(list, search),
      columns: columnsFor(desk, list),
      rows: shown(desk, list, await records.lists.page(list, search, window)),
    };
  },
);

/** The keys of a whole list in order: so that it is sorted once and read piece by piece, however long it is. */
export const listKeys = action(
  'list-keys',
  { permission: 'view-lists', readOnly: true },
  async (desk: Desk, request: ListQuestion): Promise<ListKeys> => {
    const { list } = request;
    const { records, now, network } = desk;
    const search = refusalFor(desk, list) ?? (await searchFor(desk, request, dayOf(now, network.timeZone)));
    if ('kind' in search) return search;
    const keys = await records.lists.keys(list, search, MOST_ROWS);
    return { kind: 'keys', list, at: now, columns: columnsFor(desk, list), keys };
  },
);

/** The rows of some keys of a list, in their order; what has left the list meanwhile is left out. */
export const rowsOfList = action(
  'rows-of-list',
  { permission: 'view-lists', readOnly: true },
  async (
    desk: Desk,
    { list, keys }: { list: ListName; keys: readonly number[] },
  ): Promise<{ readonly kind: 'rows'; readonly rows: readonly ListRow[] } | Refusal> => {
    const refusal = refusalFor(desk, list);
    if (refusal) return refusal;
    if (LIST_SOURCES[list].patron !== null && !maySeePatrons(desk)) {
      return { kind: 'not-permitted', permission: 'view-patrons', needs: 'role' };
    }
    const { now, network } = desk;
    const today = dayOf(now, network.timeZone);
    return { kind: 'rows', rows: shown(desk, list, await desk.records.lists.ofKeys(list, keys, { now, today })) };
  },
);

/** What has been exported: one of the lists here, or whatever a screen showed, by its name. */
export type ExportNote = {
  readonly list: string;
  /** What the list was asked for, as plain data. */
  readonly asked?: Readonly<Record<string, unknown>>;
  readonly patron?: number | string;
  readonly rows: number;
  readonly form: 'xlsx' | 'csv' | 'print';
};

const isList = (name: string): name is ListName => LIST_NAMES.some((one) => one === name);

/** Notes that a list has left the house (REL-09): who, which one, of what, how many rows, in which form. */
export const recordExport = action(
  'record-export',
  { permission: 'view-lists' },
  async (desk: Desk, { list, asked, patron, rows, form }: ExportNote): Promise<{ kind: 'recorded' } | Refusal> => {
    const refusal = isList(list) ? refusalFor(desk, list) : undefined;
    if (refusal) return refusal;
    const id = typeof patron === 'string' ? await desk.records.patrons.idByIdentifier(patron) : patron;
    await desk.records.events.append({
      at: desk.now,
      kind: 'list-exported',
      staffId: staffId(desk),
      desk: desk.place === null ? null : placeName(desk.place),
      patronId: id ?? null,
      data: { list, ...asked, rows, form },
    });
    return { kind: 'recorded' };
  },
);
