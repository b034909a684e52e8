import type { Terminal } from '@xterm/headless';

/** How a cell looks. Colours: a number of the palette (0–15), `#rrggbb`, or null for the terminal's own. */
export type Look = {
  readonly colour: number | string | null;
  readonly paper: number | string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underlined: boolean;
  readonly inverse: boolean;
};

/** Neighbouring cells of one row that look alike; `columns`: how many cells wide the text is. */
export type Run = { readonly text: string; readonly column: number; readonly columns: number; readonly look: Look };

/** The rows of a screen, each in runs; blank cells at the end of a row that show nothing are left out. */
export type Screen = readonly (readonly Run[])[];

type Cell = NonNullable<ReturnType<NonNullable<ReturnType<Terminal['buffer']['active']['getLine']>>['getCell']>>;

const hex = (value: number): string => `#${value.toString(16).padStart(6, '0')}`;

const foregroundOf = (cell: Cell): number | string | null =>
  cell.isFgPalette() ? cell.getFgColor() : cell.isFgRGB() ? hex(cell.getFgColor()) : null;

const backgroundOf = (cell: Cell): number | string | null =>
  cell.isBgPalette() ? cell.getBgColor() : cell.isBgRGB() ? hex(cell.getBgColor()) : null;

function lookOf(cell: Cell): Look {
  return {
    colour: foregroundOf(cell),
    paper: backgroundOf(cell),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underlined: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
  };
}

const NAMES = ['colour', 'paper', 'bold', 'dim', 'italic', 'underlined', 'inverse'] as const;

/** Whether two cells look alike. */
export const looksLike = (one: Look, other: Look): boolean => NAMES.every((name) => one[name] === other[name]);

/** Whether blanks that look so can be seen. */
const showsBlanks = ({ paper, inverse, underlined }: Look): boolean => paper !== null || inverse || underlined;

function withoutBlankEnd(runs: readonly Run[]): Run[] {
  const last = runs.at(-1);
  if (!last || showsBlanks(last.look)) return [...runs];
  const text = last.text.trimEnd();
  if (text === last.text) return [...runs];
  const rest = runs.slice(0, -1);
  return text === ''
    ? withoutBlankEnd(rest)
    : [...rest, { ...last, text, columns: last.columns - (last.text.length - text.length) }];
}

function rowOf(terminal: Terminal, row: number): Run[] {
  const { active } = terminal.buffer;
  const line = active.getLine(active.viewportY + row);
  const runs: Run[] = [];
  for (let column = 0; column < terminal.cols; column += 1) {
    const cell = line?.getCell(column);
    // The second half of a wide character belongs to the first.
    if (!cell || cell.getWidth() === 0) continue;
    const look = lookOf(cell);
    const [text, columns] = [cell.getChars() || ' ', cell.getWidth()];
    const last = runs.at(-1);
    if (last && looksLike(last.look, look))
      runs[runs.length - 1] = { ...last, text: last.text + text, columns: last.columns + columns };
    else runs.push({ text, column, columns, look });
  }
  return withoutBlankEnd(runs);
}

/** What stands on the screen of an emulator, with its colours. */
export const screenOf = (terminal: Terminal): Screen =>
  Array.from({ length: terminal.rows }, (_, row) => rowOf(terminal, row));

/** The same as plain text, without blanks at the ends of lines. */
export const textOf = (screen: Screen): string =>
  screen
    .map((runs) => {
      let [line, width] = ['', 0];
      for (const { text, column, columns } of runs) {
        line += ' '.repeat(column - width) + text;
        width = column + columns;
      }
      return line.trimEnd();
    })
    .join('\n');
