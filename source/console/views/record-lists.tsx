import type { ReactNode } from 'react';
import { daysLate } from '../../circulation/due.ts';
import { dayOf } from '../../circulation/time.ts';
import type { Instant } from '../../circulation/time.ts';
import type { LoanView, RequestLine } from '../../desk/views.ts';
import { datesIn } from '../../language/dates.ts';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import type { OpenRecord, ReturnRow, SessionRow, State } from '../state.ts';
import { LATE } from './style.ts';
import { Table } from './table.tsx';
import type { Column } from './table.tsx';

type Props = { readonly state: State; readonly height: number };

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

const isLate = (state: State, loan: { readonly lateFrom: Instant }): boolean => state.now >= loan.lateFrom;

/** The sign of a marked line (TAB-04). */
const marked = (record: OpenRecord, row: { readonly barcode: string }): string =>
  record.marked.includes(row.barcode) ? '* ' : '';

/** Loans of the session (TAB-01): the latest first, with the scans that did not become a loan. */
function SessionTable({ state, record, height }: Props & { readonly record: OpenRecord }): ReactNode {
  const { columns: heads, emptyLoans } = wordsOf(state).lists;
  const columns: Column<SessionRow>[] = [
    { head: heads.title, width: 0, cell: (row) => marked(record, row) + row.title },
    { head: heads.barcode, width: 14, cell: (row) => printable(row.barcode) },
    { head: heads.due, width: 16, cell: (row) => (row.kind === 'loan' ? datesOf(state).short(row.due) : '') },
    { head: heads.status, width: 15, cell: (row) => (row.kind === 'loan' ? statusText(state, row) : row.why) },
  ];
  return (
    <Table
      columns={columns}
      rows={record.lent.slice(record.offset)}
      keyOf={(row, index) => `${row.barcode} ${record.lent.length - record.offset - index}`}
      chosen={record.selected - record.offset}
      width={state.columns}
      height={height}
      empty={emptyLoans}
      styleOf={(row) => (row.kind === 'not-lent' || isLate(state, row) ? LATE : {})}
    />
  );
}

/** All open loans, a window of them (TAB-02, TUI-12); `earlier`: those that have ended (RET-05). */
function LoansTable({
  state,
  record,
  height,
  earlier,
}: Props & { readonly record: OpenRecord; readonly earlier: boolean }): ReactNode {
  const words = wordsOf(state).lists;
  const columns: Column<LoanView>[] = [
    { head: words.columns.title, width: 0, cell: (row) => marked(record, row) + printable(row.title) },
    { head: words.columns.library, width: 7, cell: (row) => row.library },
    { head: words.columns.barcode, width: 13, cell: (row) => printable(row.barcode) },
    { head: words.columns.due, width: 16, cell: (row) => datesOf(state).short(row.due) },
    earlier
      ? {
          head: words.columns.returned,
          width: 16,
          cell: (row) => (row.returnedAt === null ? '' : datesOf(state).short(row.returnedAt)),
        }
      : { head: words.columns.status, width: 15, cell: (row) => statusText(state, row) },
  ];
  return (
    <Table
      columns={columns}
      rows={record.loans}
      keyOf={(row) => String(row.id)}
      chosen={record.selected - record.offset}
      width={state.columns}
      height={height}
      empty={earlier ? words.emptyEarlier : words.emptyAll}
      styleOf={(row) => (!earlier && isLate(state, row) ? LATE : {})}
    />
  );
}

/** Returns of a session: what happened stays readable in the item's own row (RET-05, RET-08). */
function ReturnsTable({
  state,
  rows,
  chosen,
  height,
}: Props & { readonly rows: readonly ReturnRow[]; readonly chosen: number }): ReactNode {
  const words = wordsOf(state).lists;
  const columns: Column<ReturnRow>[] = [
    { head: words.columns.title, width: 0, cell: (row) => row.title },
    { head: words.columns.patron, width: 16, cell: (row) => row.patron },
    {
      head: words.columns.due,
      width: 10,
      cell: (row) => (row.due === null ? '' : datesOf(state).numeric(dayOf(row.due, state.timeZone))),
    },
    { head: words.columns.next, width: 30, cell: (row) => row.next },
  ];
  const offset = Math.max(0, chosen - height + 2);
  return (
    <Table
      columns={columns}
      rows={rows.slice(offset)}
      keyOf={(row, index) => `${row.barcode} ${rows.length - offset - index}`}
      chosen={chosen - offset}
      width={state.columns}
      height={height}
      empty={words.emptyReturns}
      styleOf={(row) => (row.ok ? {} : LATE)}
    />
  );
}

function RequestsTable({ state, record, height }: Props & { readonly record: OpenRecord }): ReactNode {
  const words = wordsOf(state).lists;
  const dates = datesOf(state);
  const columns: Column<RequestLine>[] = [
    { head: words.columns.title, width: 0, cell: (row) => printable(row.title) },
    { head: words.columns.pickup, width: 10, cell: (row) => row.pickup },
    {
      head: words.columns.state,
      width: 30,
      cell: (row) =>
        `${words.requestState[row.state]}${row.heldUntil === null ? '' : ` · ${dates.numeric(row.heldUntil)}`}`,
    },
  ];
  return (
    <Table
      columns={columns}
      rows={record.requests}
      keyOf={(row) => String(row.id)}
      chosen={record.selected - record.offset}
      width={state.columns}
      height={height}
      empty={words.emptyRequests}
    />
  );
}

/** The list of the open record, by tab and filter. */
export function RecordList({ state, record, height }: Props & { readonly record: OpenRecord }): ReactNode {
  if (record.tab === 'requests') return <RequestsTable state={state} record={record} height={height} />;
  if (record.tab === 'returns' && !record.all) {
    return <ReturnsTable state={state} rows={record.returned} chosen={record.selected} height={height} />;
  }
  if (record.all)
    return <LoansTable state={state} record={record} height={height} earlier={record.tab === 'returns'} />;
  return <SessionTable state={state} record={record} height={height} />;
}

/** Returns with no record open. */
export function ReturnsList({ state, height }: Props): ReactNode {
  return <ReturnsTable state={state} rows={state.returns} chosen={state.returnsSelected} height={height} />;
}
