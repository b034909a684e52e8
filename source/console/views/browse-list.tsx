import type { ReactNode } from 'react';
import type { BrowseColumn, OpenBrowse, RowTone } from '../browse.ts';
import { chosenColumns } from '../columns.ts';
import type { Runtime } from '../runtime.ts';
import type { State } from '../state.ts';
import { LATE, QUIET } from './style.ts';
import type { Style } from './style.ts';
import { Table } from './table.tsx';

const TONES: Readonly<Record<RowTone, Style>> = { plain: {}, late: LATE, quiet: QUIET, head: { bold: true } };

/** The list on top: its columns as the operator has them, marked rows with a star. */
export function BrowseList({
  state,
  runtime,
  top,
  height,
}: {
  readonly state: State;
  readonly runtime: Runtime;
  readonly top: OpenBrowse;
  readonly height: number;
}): ReactNode {
  const { source } = top;
  const isMarked = (row: unknown) => top.marked.some((one) => source.keyOf(one) === source.keyOf(row));
  const columns = chosenColumns(state, source.table, source.columns(runtime)).map((one, index): BrowseColumn<unknown> =>
    index > 0 ? one : { ...one, cell: (row) => (isMarked(row) ? '* ' : '') + one.cell(row) },
  );
  return (
    <Table
      columns={columns}
      rows={top.lines}
      keyOf={(row, index) => `${source.keyOf(row)} ${top.offset + index}`}
      chosen={top.selected - top.offset}
      width={state.columns}
      height={height}
      empty={source.empty(runtime)}
      styleOf={(row) => TONES[source.tone?.(row) ?? 'plain']}
    />
  );
}
