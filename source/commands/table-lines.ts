import { fit, widthOf } from '../language/fit.ts';

/** Rows under their heads, each column as wide as its widest text, two spaces apart; the last one as it is. */
export function tableLines(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  return all.map((row) =>
    row
      .map((text, column) => (column === row.length - 1 ? text : fit(text, widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
