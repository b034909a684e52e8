import type { Look, Run, Screen } from './screen.ts';

const CELL = { width: 8.4, height: 18 };
const BASELINE = 13;
const MARGIN = 12;
const PAPER = '#fdfdfb';
const INK = '#1c1c1c';
const FAINT = '#6f6f6f';
/** The sixteen colours on light paper, each with a contrast of 4.5 and more; bright ones are the same. */
const COLOURS = ['#1c1c1c', '#b3261e', '#1b7f3b', '#7d5800', '#1f4fa3', '#8e24aa', '#00707a', '#6b6b6b'];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Without digits that say nothing. */
const short = (value: number): string => String(Math.round(value * 10) / 10);

const inColour = (colour: number | string, shipped: string): string =>
  typeof colour === 'string' ? colour : colour < 16 ? (COLOURS[colour % COLOURS.length] ?? shipped) : shipped;

/** The colours of text and paper; paper null: that of the whole picture. */
function coloursOf({ colour, paper, dim, inverse }: Look): { readonly text: string; readonly paper: string | null } {
  const ink = colour === null ? (dim ? FAINT : INK) : inColour(colour, INK);
  const ground = paper === null ? null : inColour(paper, PAPER);
  return inverse ? { text: ground ?? PAPER, paper: ink } : { text: ink, paper: ground };
}

/** Where a run stands: its left edge, its width. */
const placeOf = ({ column, columns }: Run): { readonly x: string; readonly wide: string } => ({
  x: short(MARGIN + column * CELL.width),
  wide: short(columns * CELL.width),
});

function paperOf(run: Run, row: number): string {
  const { paper } = coloursOf(run.look);
  if (paper === null) return '';
  const { x, wide } = placeOf(run);
  return `<rect x="${x}" y="${MARGIN + row * CELL.height}" width="${wide}" height="${CELL.height}" fill="${paper}"/>`;
}

/** `textLength` keeps the columns in line whatever font the reader has. */
function wordsOf(run: Run, row: number): string {
  const { text, look } = run;
  const { x, wide } = placeOf(run);
  const colours = coloursOf(look);
  const style = [
    colours.text === INK ? '' : ` fill="${colours.text}"`,
    look.bold ? ' font-weight="bold"' : '',
    look.italic ? ' font-style="italic"' : '',
    look.underlined ? ' text-decoration="underline"' : '',
  ].join('');
  const y = MARGIN + row * CELL.height + BASELINE;
  return `<text x="${x}" y="${y}" textLength="${wide}"${style}>${escaped(text)}</text>`;
}

/**
 * Words that stand apart (two blanks and more) one by one: each begins where its cell is, and no blanks are left that a reader of SVG
 * may take away. Where a character is wider than a cell, places cannot be counted in the text: it stays in one piece.
 */
function apart(run: Run): Run[] {
  const { text, column, columns } = run;
  if (text.length !== columns) return [run];
  return Array.from(text.matchAll(/\S+(?: \S+)*/gu), ({ 0: words, index }) => ({
    ...run,
    text: words,
    column: column + index,
    columns: words.length,
  }));
}

const rowOf = (runs: readonly Run[], row: number): string =>
  runs
    .map((run) => {
      const words = apart(run).map((one) => wordsOf(one, row));
      return paperOf(run, row) + words.join('');
    })
    .join('');

/** A picture (SVG) of a screen; `title` is what it is called for who cannot see it. */
export function pictureOf(screen: Screen, columns: number, title: string): string {
  const [width, height] = [short(columns * CELL.width + 2 * MARGIN), screen.length * CELL.height + 2 * MARGIN];
  const rows = screen.map(rowOf).filter((row) => row !== '');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="${INK}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${PAPER}" stroke="#c9c9c4"/>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}
