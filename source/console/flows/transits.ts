import { TRANSIT_LISTS, TRANSIT_SORTS, transitsOf } from '../../desk/transits.ts';
import type { TransitLine, TransitList, TransitSort } from '../../desk/transits.ts';
import { printable } from '../../language/printable.ts';
import type { BrowseColumn } from '../browse.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse, refreshBrowse } from './browse.ts';
import { showItemCard } from './cards.ts';

const libraryOfDesk = (desk: string): string => desk.split('/')[0] ?? desk;

function columnsOf(runtime: Runtime): BrowseColumn<TransitLine>[] {
  const words = runtime.words().transits;
  const { columns: heads } = words;
  const dates = runtime.dates();
  const more = { byDefault: false };
  return [
    { name: 'title', head: heads.title, width: 0, cell: (row) => printable(row.title) },
    { name: 'barcode', head: heads.barcode, width: 11, cell: (row) => printable(row.barcode) },
    { name: 'from', head: heads.from, width: 7, cell: (row) => row.from },
    {
      name: 'to',
      head: heads.to,
      width: 7,
      cell: (row) => (row.department === null ? row.to : `${row.to}/${row.department}`),
    },
    { name: 'why', head: heads.why, width: 11, cell: (row) => words.reasons[row.reason] },
    { name: 'since', head: heads.since, width: 6, cell: (row) => dates.dayAndMonth(row.since) },
    {
      name: 'days',
      head: heads.days,
      width: 6,
      cell: (row) => (row.tooLong ? '! ' : '  ') + words.days(row.days),
    },
    {
      name: 'stops',
      head: heads.stops,
      width: 8,
      cell: (row) => (row.lastStop === null ? '' : words.stops(row.stops, libraryOfDesk(row.lastStop))),
    },
    { ...more, name: 'callNumber', head: heads.callNumber, width: 14, cell: (row) => printable(row.callNumber ?? '') },
    {
      ...more,
      name: 'lastStop',
      head: heads.lastStop,
      width: 20,
      cell: (row) => (row.lastStop === null ? '' : `${dates.short(row.lastStopAt ?? row.since)} ${row.lastStop}`),
    },
    { ...more, name: 'patron', head: heads.patron, width: 16, cell: (row) => printable(row.patron ?? '') },
  ];
}

/** What is on its way to or from this library, the longest first, what takes too long with a sign (TRA-01, TRA-02). */
export async function showTransits(runtime: Runtime): Promise<void> {
  const words = () => runtime.words().transits;
  let list: TransitList = 'all';
  let sort: TransitSort = 'since';
  let counts: Readonly<Record<TransitList, number>> | undefined;
  const tabs = (): string =>
    TRANSIT_LISTS.map((one) => {
      const text = `${words().lists[one]} ${counts?.[one] ?? ''}`.trim();
      return one === list ? `[${text}]` : ` ${text} `;
    }).join(' ');
  await openBrowse<TransitLine>(runtime, {
    table: 'transits',
    scansIn: true,
    title: () => words().head(runtime.store.get().place?.library ?? '', tabs()),
    name: () => words().head(runtime.store.get().place?.library ?? '', `· ${words().lists[list]}`),
    hint: () => words().hint,
    next: () => words().next,
    columns: columnsOf,
    keyOf: (row) => row.barcode,
    itemOf: (row) => row.barcode,
    tone: (row) => (row.tooLong ? 'late' : 'plain'),
    empty: () => (list === 'too-long' ? words().noneTooLong : words().nothing),
    read: async (window) => {
      const found = await runtime.perform(transitsOf, { list, sort, window });
      if (found.kind !== 'transits') {
        runtime.refuse(found);
        return undefined;
      }
      counts = found.counts;
      return found;
    },
    open: async (row) => showItemCard(runtime, row.barcode),
    commands: {
      'other-list': async () => {
        list = TRANSIT_LISTS[(TRANSIT_LISTS.indexOf(list) + 1) % TRANSIT_LISTS.length] ?? 'all';
        await refreshBrowse(runtime, { selected: 0, offset: 0, marked: [] });
      },
      'sort-list': async () => {
        sort = TRANSIT_SORTS[(TRANSIT_SORTS.indexOf(sort) + 1) % TRANSIT_SORTS.length] ?? 'since';
        await refreshBrowse(runtime, { selected: 0, offset: 0, marked: [] });
        runtime.tell('information', runtime.words().shelves.sortedBy(words().sorts[sort]));
      },
    },
  });
}
