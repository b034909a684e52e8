import { cut, fit, widthOf } from '../language/fit.ts';
import type { PaperList } from './facts.ts';
import { centred, clean, labelled, rule } from './layout.ts';
import type { Paper } from './paper.ts';

const GAP = 2;
/** A column may give way to this many cells before a list is written record by record. */
const LEAST = 6;
/** Cells of a column that decide its width: the rare long title must not cost the others theirs. */
const WIDEST = 40;

/** How wide each column may be on the paper; undefined where they do not fit beside each other. */
function widthsOf(natural: readonly number[], width: number): number[] | undefined {
  const widths = natural.map((one) => Math.min(one, WIDEST));
  const room = width - GAP * (widths.length - 1);
  for (let excess = sum(widths) - room; excess > 0; excess -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    const current = widths[widest] ?? 0;
    if (current <= LEAST * 2) return undefined;
    widths[widest] = current - 1;
  }
  return widths;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const toTheRight = (text: string, width: number): string => {
  const short = cut(text, width);
  return ' '.repeat(Math.max(0, width - widthOf(short))) + short;
};

/**
 * A list for paper (TUI-09): a table where its columns fit beside each other, else one record below the other, each value
 * with its name. Cells are texts that are ready to be read; long ones are cut in a table only.
 */
export function listOnPaper({ title, at, columns, rows }: PaperList, paper: Paper): string[] {
  const width = paper.columns;
  const cells = rows.map((row) => columns.map((_, column) => clean(row[column] ?? '')));
  const heads = columns.map(({ head }) => clean(head));
  const natural = heads.map((head, column) =>
    Math.max(widthOf(head), ...cells.map((row) => widthOf(row[column] ?? ''))),
  );
  const widths = widthsOf(natural, width);
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => (columns[column]?.right === true ? toTheRight : fit)(text, widths?.[column] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd();
  const records = (): string[] =>
    cells.flatMap((row) => [
      ...labelled(
        heads.map((head, column) => [head, row[column] ?? ''] as const),
        width,
      ),
      '',
    ]);
  return [
    ...centred(clean(title), width),
    ...centred(`${paper.moment(at)} · ${paper.words.rows(rows.length)}`, width),
    rule(width),
    ...(widths ? [line(heads), rule(width), ...cells.map(line)] : records()),
  ];
}
