import { breakLines, wrap } from '../../../language/fit.ts';
import { printable } from '../../../language/printable.ts';
import { guideRows } from '../lesson/shown.ts';
import type { KioskState, ListPage, Page } from '../state.ts';

/** Margin of everything that is read, on either side. */
const MARGIN = 2;
/** Below this many rows blank lines go first. */
const COMFORTABLE_ROWS = 20;

type Size = Pick<KioskState, 'columns' | 'rows' | 'listened' | 'lesson' | 'language' | 'page'>;

/** Whether there is room for blank lines between what is read. */
export const isRoomy = ({ rows }: Size): boolean => rows >= COMFORTABLE_ROWS;

/** The columns in which sentences are written. */
export const roomOf = ({ columns }: Pick<Size, 'columns'>): number => Math.max(10, columns - 2 * MARGIN - 1);

/** Rows that are something else: header, rule, title, answer, rule; rule, keys. */
const FRAME_ROWS = 7;
/** So many rows are the page's own, however much is said above it. */
const LEAST_ROWS = 3;
/** Below this many rows of its own a page leaves out what is not typed or chosen. */
const TIGHT_ROWS = 5;

/** What is said under the title, in lines; at least one, so that what is below stays where it is. */
export const saidLines = (size: Size, { said }: Pick<Page, 'said'>): string[] => {
  const most = Math.max(1, size.rows - FRAME_ROWS - LEAST_ROWS - guideRows(size));
  const lines = said.flatMap((one) => wrap(one, roomOf(size))).slice(0, most);
  return lines.length === 0 ? [''] : lines;
};

/** Rows between the answer line and the key line: header, rule, title, what is said, answer, rule; the lesson; rule, keys. */
export function bodyRows(size: Size, page: Pick<Page, 'said'>): number {
  return Math.max(1, size.rows - FRAME_ROWS - saidLines(size, page).length - guideRows(size));
}

/** Whether a page has hardly any rows. */
export const isTight = (size: Size, page: Pick<Page, 'said'>): boolean => bodyRows(size, page) < TIGHT_ROWS;

/** Rows that one entry of a list takes: a blank one follows two lines where there is room; one line, and three, stand alone. */
export const entryRows = (size: Size, { lines }: Pick<ListPage, 'lines'>): number =>
  lines === 2 && isRoomy(size) ? 3 : lines;

/** How many entries of a list have room; a field above it has its hint. */
export function entriesThatFit(size: Size, page: Pick<Page, 'said'>, list: Pick<ListPage, 'field' | 'lines'>): number {
  const rows = bodyRows(size, page) - (list.field ? (isTight(size, page) ? 1 : 2) : 0) - 1;
  return Math.max(1, Math.floor(rows / entryRows(size, list)));
}

/** The lines of a text as they are shown: what is longer than a line goes on below, as far in as it began. */
export const linesOf = ({ columns }: Pick<Size, 'columns'>, lines: readonly string[]): string[] =>
  lines.flatMap((line) => {
    const text = printable(line.trimStart());
    const margin = ' '.repeat(line.length - line.trimStart().length);
    if (text === '') return [''];
    return breakLines(text, Math.max(10, columns - MARGIN - margin.length)).map((one) => `${margin}${one}`);
  });

/** How many lines of a text have room. */
export const textRows = (size: Size, page: Pick<Page, 'said'>): number => Math.max(1, bodyRows(size, page) - 1);
