import type { ReactNode } from 'react';
import { fit } from '../../language/fit.ts';
import { Line } from './lines.tsx';
import { CHOSEN, QUIET, SIGNS } from './style.ts';
import type { Style } from './style.ts';

/** A column: its head, its width in cells (0: what is left over), and what it shows of a row. */
export type Column<Row> = { readonly head: string; readonly width: number; readonly cell: (row: Row) => string };

type Props<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string;
  /** Index in `rows` of the chosen line; -1: none. */
  readonly chosen: number;
  readonly width: number;
  /** Rows of the screen, the head included. */
  readonly height: number;
  readonly empty: string;
  readonly styleOf?: (row: Row) => Style;
};

/** The widths of columns: fixed ones as they are, the flexible one takes the rest. */
function widths<Row>(columns: readonly Column<Row>[], room: number): number[] {
  const fixed = columns.reduce((sum, one) => sum + one.width + 1, 0);
  return columns.map((one) => (one.width === 0 ? Math.max(8, room - fixed) : one.width));
}

/** The one table of the console: a head, rows, a sign at the chosen line. Fills its height. */
export function Table<Row>({ columns, rows, keyOf, chosen, width, height, empty, styleOf }: Props<Row>): ReactNode {
  const sizes = widths(columns, width - 3);
  const line = (cells: readonly string[]) => cells.map((cell, index) => fit(cell, sizes[index] ?? 0)).join(' ');
  const shown = rows.slice(0, height - 1);
  const filler = Math.max(0, height - 1 - Math.max(1, shown.length));
  return (
    <>
      <Line text={`   ${line(columns.map((one) => one.head))}`} style={QUIET} />
      {shown.length === 0 && <Line text={`   ${empty}`} style={QUIET} />}
      {shown.map((row, index) => (
        <Line
          key={keyOf(row, index)}
          text={` ${index === chosen ? SIGNS.chosen : ' '} ${line(columns.map((one) => one.cell(row)))}`}
          style={{ ...styleOf?.(row), ...(index === chosen ? CHOSEN : {}) }}
        />
      ))}
      {Array.from({ length: filler }, (_, index) => (
        <Line key={`filler ${index}`} text="" />
      ))}
    </>
  );
}

/** Lines of text in a fixed height, from an offset; blank below. */
export function Pane({
  lines,
  offset,
  height,
}: {
  readonly lines: readonly (string | { readonly text: string; readonly style: Style })[];
  readonly offset: number;
  readonly height: number;
}): ReactNode {
  const shown = lines.slice(offset, offset + height);
  const filler = Math.max(0, height - shown.length);
  return (
    <>
      {shown.map((line, index) => {
        const { text, style } = typeof line === 'string' ? { text: line, style: {} } : line;
        return <Line key={`line ${offset + index}`} text={text} style={style} />;
      })}
      {Array.from({ length: filler }, (_, index) => (
        <Line key={`filler ${index}`} text="" />
      ))}
    </>
  );
}
