import { wrap } from '../../../language/fit.ts';
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

/** What is said under the title, in lines; at least one, so that what is below stays where it is. */
export const saidLines = (size: Size, { said }: Pick<Page, 'said'>): string[] => {
  const lines = said.flatMap((one) => wrap(one, roomOf(size)));
  return lines.length === 0 ? [''] : lines;
};

/** Rows between the answer line and the key line: header, rule, title, what is said, answer, rule; the lesson; rule, keys. */
export function bodyRows(size: Size, page: Pick<Page, 'said'>): number {
  return Math.max(1, size.rows - 7 - saidLines(size, page).length - guideRows(size));
}

/** Rows that one entry of a list takes: a blank one follows two lines where there is room; one line, and three, stand alone. */
export const entryRows = (size: Size, { lines }: Pick<ListPage, 'lines'>): number =>
  lines === 2 && isRoomy(size) ? 3 : lines;

/** How many entries of a list have room; a field above it has its hint. */
export function entriesThatFit(size: Size, page: Pick<Page, 'said'>, list: Pick<ListPage, 'field' | 'lines'>): number {
  const rows = bodyRows(size, page) - (list.field ? 2 : 0) - 1;
  return Math.max(1, Math.floor(rows / entryRows(size, list)));
}

/** How many lines of a text have room. */
export const textRows = (size: Size, page: Pick<Page, 'said'>): number => Math.max(1, bodyRows(size, page) - 1);
