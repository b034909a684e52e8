import { daysLate } from '../../circulation/due.ts';
import { dayOf } from '../../circulation/time.ts';
import type { Instant } from '../../circulation/time.ts';
import type { RequestCard } from '../../desk/request-card.ts';
import type { ItemLine, ItemRow, LoanView } from '../../desk/views.ts';
import { datesIn } from '../../language/dates.ts';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import type { OpenRecord, ReturnRow, SessionRow, State } from '../state.ts';
import { positionText, requestedText, taskText } from '../flows/request-lines.ts';
import type { Column } from './table.tsx';

const wordsOf = (state: State) => wordsIn(state.language).console;
const datesOf = (state: State) => datesIn(state.language, state.timeZone);

/** How a late loan is marked, in words (TAB-02). */
function statusText(
  state: State,
  loan: { readonly due: Instant; readonly lateFrom: Instant; readonly status: LoanView['status'] },
): string {
  const late = daysLate(loan, state.now, state.timeZone);
  if (state.now >= loan.lateFrom) return wordsOf(state).lists.late(late);
  return wordsIn(state.language).desk.loanStatus[loan.status];
}

export const isLate = (state: State, loan: { readonly lateFrom: Instant }): boolean => state.now >= loan.lateFrom;

/** The sign of a marked line (TAB-04). */
const marked = (record: OpenRecord, row: { readonly barcode: string }): string =>
  record.marked.includes(row.barcode) ? '* ' : '';

/** A column that an operator can hide and move (TUI-07). */
type NamedColumn<Row> = Column<Row> & { readonly name: string; readonly byDefault?: boolean };

/** What a list may show of the item itself, beyond its usual columns. */
function itemColumns<Row>(state: State, itemOf: (row: Row) => Partial<ItemLine> | null): NamedColumn<Row>[] {
  const { columns: heads } = wordsOf(state).lists;
  const column = (name: 'author' | 'description' | 'callNumber' | 'location' | 'material', width: number) => ({
    name,
    head: heads[name],
    width,
    byDefault: false,
    cell: (row: Row) => printable(itemOf(row)?.[name] ?? ''),
  });
  return [
    column('author', 16),
    column('description', 10),
    column('callNumber', 14),
    column('location', 10),
    column('material', 9),
  ];
}

/** Loans of the session (TAB-01): the latest first, with the scans that did not become a loan. */
export function sessionColumns(state: State, record: OpenRecord): NamedColumn<SessionRow>[] {
  const { columns: heads } = wordsOf(state).lists;
  return [
    { name: 'title', head: heads.title, width: 0, cell: (row) => marked(record, row) + row.title },
    { name: 'barcode', head: heads.barcode, width: 14, cell: (row) => printable(row.barcode) },
    {
      name: 'due',
      head: heads.due,
      width: 16,
      cell: (row) => (row.kind === 'loan' ? datesOf(state).short(row.due) : ''),
    },
    {
      name: 'status',
      head: heads.status,
      width: 15,
      cell: (row) => (row.kind === 'loan' ? statusText(state, row) : row.why),
    },
    { name: 'library', head: heads.library, width: 7, byDefault: false, cell: (row) => row.item?.library ?? '' },
    ...itemColumns<SessionRow>(state, (row) => row.item),
  ];
}

/** All open loans, a window of them (TAB-02, TUI-12); `earlier`: those that have ended (RET-05). */
export function loanColumns(state: State, record: OpenRecord, earlier: boolean): NamedColumn<LoanView>[] {
  const { columns: heads } = wordsOf(state).lists;
  const dates = datesOf(state);
  return [
    { name: 'title', head: heads.title, width: 0, cell: (row) => marked(record, row) + printable(row.title) },
    { name: 'library', head: heads.library, width: 7, cell: (row) => row.library },
    { name: 'barcode', head: heads.barcode, width: 13, cell: (row) => printable(row.barcode) },
    { name: 'due', head: heads.due, width: 16, cell: (row) => dates.short(row.due) },
    earlier
      ? {
          name: 'returned',
          head: heads.returned,
          width: 16,
          cell: (row) => (row.returnedAt === null ? '' : dates.short(row.returnedAt)),
        }
      : { name: 'status', head: heads.status, width: 15, cell: (row) => statusText(state, row) },
    { name: 'loaned', head: heads.loaned, width: 16, byDefault: false, cell: (row) => dates.short(row.loanedAt) },
    { name: 'renewals', head: heads.renewals, width: 5, byDefault: false, cell: (row) => String(row.renewals) },
    ...itemColumns<LoanView>(state, (row) => row),
  ];
}

/** Returns of a session: what happened stays readable in the item's own row (RET-05, RET-08). */
export function returnColumns(state: State): NamedColumn<ReturnRow>[] {
  const { columns: heads } = wordsOf(state).lists;
  const dates = datesOf(state);
  return [
    { name: 'title', head: heads.title, width: 0, cell: (row) => row.title },
    { name: 'patron', head: heads.patron, width: 14, cell: (row) => row.patron },
    {
      name: 'due',
      head: heads.due,
      width: 10,
      cell: (row) => (row.due === null ? '' : dates.numeric(dayOf(row.due, state.timeZone))),
    },
    { name: 'next', head: heads.next, width: 32, cell: (row) => row.next },
    { name: 'barcode', head: heads.barcode, width: 13, byDefault: false, cell: (row) => row.barcode },
    {
      name: 'returned',
      head: heads.returned,
      width: 16,
      byDefault: false,
      cell: (row) => (row.returnedAt === null ? '' : dates.short(row.returnedAt)),
    },
    { name: 'library', head: heads.library, width: 7, byDefault: false, cell: (row) => row.item?.library ?? '' },
    ...itemColumns<ReturnRow>(state, (row) => row.item),
  ];
}

export function scannedColumns(state: State): NamedColumn<ReturnRow>[] {
  const { columns: heads } = wordsOf(state).lists;
  return [
    { name: 'title', head: heads.title, width: 0, cell: (row) => row.title },
    { name: 'barcode', head: heads.barcode, width: 13, cell: (row) => row.barcode },
    { name: 'next', head: heads.next, width: 38, cell: (row) => row.next },
    { name: 'library', head: heads.library, width: 7, byDefault: false, cell: (row) => row.item?.library ?? '' },
    ...itemColumns<ReturnRow>(state, (row) => row.item),
  ];
}

export function requestColumns(state: State): NamedColumn<RequestCard>[] {
  const words = wordsOf(state);
  const { columns: heads } = words.lists;
  const dates = datesOf(state);
  return [
    { name: 'title', head: heads.title, width: 0, cell: requestedText },
    { name: 'pickup', head: heads.pickup, width: 10, cell: (row) => row.pickup },
    { name: 'position', head: words.requests.columns.position, width: 5, cell: positionText },
    { name: 'state', head: heads.state, width: 30, cell: (row) => taskText(row, words, dates) },
    { name: 'placed', head: heads.placed, width: 16, byDefault: false, cell: (row) => dates.short(row.placedAt) },
    { name: 'barcode', head: heads.barcode, width: 13, byDefault: false, cell: (row) => printable(row.item ?? '') },
  ];
}

/** Which of the record's tables is shown, by tab and filter. */
export function tableOf(record: OpenRecord): 'session' | 'loans' | 'returns' | 'returned' | 'requests' {
  if (record.tab === 'requests') return 'requests';
  if (record.tab === 'returns') return record.all ? 'returned' : 'returns';
  return record.all ? 'loans' : 'session';
}

type NamedTable = {
  readonly table: string;
  readonly columns: readonly { name: string; head: string; byDefault?: boolean }[];
};

/** The table that is shown outside lists of their own, with every column it could have (TUI-07). */
export function recordColumns(state: State): NamedTable | undefined {
  const { record, screen } = state;
  if (screen === 'returns') return { table: 'returns', columns: returnColumns(state) };
  if (screen === 'scan-in') return { table: 'scans', columns: scannedColumns(state) };
  if (!record) return undefined;
  const table = tableOf(record);
  const columns = {
    session: () => sessionColumns(state, record),
    loans: () => loanColumns(state, record, false),
    returned: () => loanColumns(state, record, true),
    returns: () => returnColumns(state),
    requests: () => requestColumns(state),
  };
  return { table, columns: columns[table]() };
}

/** Items that match what is typed where an item is expected (TAB-05). */
export function matchColumns(state: State): NamedColumn<ItemRow>[] {
  const { lists } = wordsOf(state);
  const { columns: heads } = lists;
  return [
    {
      name: 'title',
      head: heads.title,
      width: 0,
      cell: (row) => printable([row.title, row.description].filter(Boolean).join(' · ')),
    },
    { name: 'author', head: heads.author, width: 11, cell: (row) => printable(row.author ?? '') },
    { name: 'callNumber', head: heads.callNumber, width: 11, cell: (row) => printable(row.callNumber ?? '') },
    { name: 'location', head: heads.location, width: 9, cell: (row) => row.location },
    { name: 'barcode', head: heads.barcode, width: 12, cell: (row) => printable(row.barcode) },
    {
      name: 'process',
      head: heads.status,
      width: 8,
      cell: (row) => (row.process === null ? lists.inPlace : lists.process[row.process]),
    },
  ];
}
