import type { ReactNode } from 'react';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import { chosenColumns } from '../columns.ts';
import type { ItemMatches, OpenRecord, ReturnRow, State } from '../state.ts';
import {
  isLate,
  loanColumns,
  matchColumns,
  requestColumns,
  returnColumns,
  scannedColumns,
  sessionColumns,
  tableOf,
} from './record-columns.ts';
import { LATE } from './style.ts';
import { Table } from './table.tsx';

type Props = { readonly state: State; readonly height: number };

const wordsOf = (state: State) => wordsIn(state.language).console;

function ReturnRows({
  state,
  rows,
  chosen,
  height,
  table,
}: Props & {
  readonly rows: readonly ReturnRow[];
  readonly chosen: number;
  readonly table: 'returns' | 'scans';
}): ReactNode {
  const words = wordsOf(state).lists;
  const offset = Math.max(0, chosen - height + 2);
  const all = table === 'scans' ? scannedColumns(state) : returnColumns(state);
  return (
    <Table
      columns={chosenColumns(state, table, all)}
      rows={rows.slice(offset)}
      keyOf={(row, index) => `${row.barcode} ${rows.length - offset - index}`}
      chosen={chosen - offset}
      width={state.columns}
      height={height}
      empty={table === 'scans' ? words.emptyScans : words.emptyReturns}
      styleOf={(row) => (row.ok ? {} : LATE)}
    />
  );
}

/** The list of the open record, by tab and filter. */
export function RecordList({ state, record, height }: Props & { readonly record: OpenRecord }): ReactNode {
  const words = wordsOf(state).lists;
  const chosen = record.selected - record.offset;
  const size = { width: state.columns, height, chosen };
  const table = tableOf(record);
  switch (table) {
    case 'returns':
      return (
        <ReturnRows state={state} rows={record.returned} chosen={record.selected} height={height} table="returns" />
      );
    case 'requests':
      return (
        <Table
          {...size}
          columns={chosenColumns(state, table, requestColumns(state))}
          rows={record.requests}
          keyOf={(row) => String(row.id)}
          empty={words.emptyRequests}
        />
      );
    case 'session':
      return (
        <Table
          {...size}
          columns={chosenColumns(state, table, sessionColumns(state, record))}
          rows={record.lent.slice(record.offset)}
          keyOf={(row, index) => `${row.barcode} ${record.lent.length - record.offset - index}`}
          empty={words.emptyLoans}
          styleOf={(row) => (row.kind === 'not-lent' || isLate(state, row) ? LATE : {})}
        />
      );
    case 'loans':
    case 'returned': {
      const earlier = table === 'returned';
      return (
        <Table
          {...size}
          columns={chosenColumns(state, table, loanColumns(state, record, earlier))}
          rows={record.loans}
          keyOf={(row) => String(row.id)}
          empty={earlier ? words.emptyEarlier : words.emptyAll}
          styleOf={(row) => (!earlier && isLate(state, row) ? LATE : {})}
        />
      );
    }
  }
}

/** Returns with no record open. */
export function ReturnsList({ state, height }: Props): ReactNode {
  return (
    <ReturnRows state={state} rows={state.returns} chosen={state.returnsSelected} height={height} table="returns" />
  );
}

/** Items scanned in at this place. */
export function ScannedInList({ state, height }: Props): ReactNode {
  return (
    <ReturnRows state={state} rows={state.scannedIn} chosen={state.scannedInSelected} height={height} table="scans" />
  );
}

/** Items that match what is typed where an item is expected (TAB-05). */
export function ItemMatchesList({ state, matches, height }: Props & { readonly matches: ItemMatches }): ReactNode {
  const words = wordsOf(state);
  const columns = matchColumns(state);
  return (
    <Table
      columns={columns}
      rows={matches.lines}
      keyOf={(row) => String(row.id)}
      chosen={matches.selected - matches.offset}
      width={state.columns}
      height={height}
      empty={words.catalogue.noMatch(printable(matches.text))}
    />
  );
}
