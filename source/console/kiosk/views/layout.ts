import { breakLines } from '../../../language/fit.ts';
import { printable } from '../../../language/printable.ts';
import { guideRows } from '../lesson/shown.ts';
import type { KioskState, ListPage, Page } from '../state.ts';
import { HANGING } from '../ui.ts';

/** Margin of everything that is read, on either side. */
const MARGIN = 2;
/** A line of a text: its margin, how it goes on, what it says. */
const LINE = new RegExp(`^( *)(${HANGING}?)([^]*)$`);
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
  const lines = said.flatMap((one) => breakLines(one, roomOf(size))).slice(0, most);
  return lines.length === 0 ? [''] : lines;
};

/** Rows between the answer line and the key line: header, rule, title, what is said, answer, rule; the lesson; rule, keys. */
export function bodyRows(size: Size, page: Pick<Page, 'said'>): number {
  return Math.max(1, size.rows - FRAME_ROWS - saidLines(size, page).length - guideRows(size));
}

/** Whether a page has hardly any rows. */
export const isTight = (size: Size, page: Pick<Page, 'said'>): boolean => bodyRows(size, page) < TIGHT_ROWS;

/**
 * Rows that one entry of a list takes: a blank one follows two lines where there is room; one line, and three, stand alone. Who
 * listens hears each entry in one.
 */
export const entryRows = (size: Size, { lines }: Pick<ListPage, 'lines'>): number =>
  size.listened ? 1 : lines === 2 && isRoomy(size) ? 3 : lines;

/** How many entries of a list have room; a field above it has its hint. */
export function entriesThatFit(size: Size, page: Pick<Page, 'said'>, list: Pick<ListPage, 'field' | 'lines'>): number {
  const rows = bodyRows(size, page) - (list.field ? (isTight(size, page) ? 1 : 2) : 0) - 1;
  return Math.max(1, Math.floor(rows / entryRows(size, list)));
}

/** Longer lines are not read with ease. */
const MOST_COLUMNS = 76;

const broken = (columns: number, lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => {
    const [, margin = '', hangs = '', text = ''] = LINE.exec(line) ?? [];
    if (text.trim() === '') return [''];
    const below = hangs === '' ? margin : `${margin}  `;
    const room = Math.max(10, Math.min(columns - MARGIN, MOST_COLUMNS) - below.length);
    return breakLines(printable(text), room).map((one, at) => `${at === 0 ? margin : below}${one}`);
  });

/** What has been broken into lines is not broken again with each key: somebody may have hundreds of messages. */
const known = new WeakMap<readonly string[], { readonly columns: number; readonly shown: readonly string[] }>();

/**
 * The lines of a text as they are shown: what is longer than a line goes on below, as far in as it began, or further after
 * HANGING; nothing of it is lost.
 */
export function linesOf({ columns }: Pick<Size, 'columns'>, lines: readonly string[]): readonly string[] {
  const before = known.get(lines);
  if (before?.columns === columns) return before.shown;
  const shown = broken(columns, lines);
  known.set(lines, { columns, shown });
  return shown;
}

/** How many lines of a text have room. */
export const textRows = (size: Size, page: Pick<Page, 'said'>): number => Math.max(1, bodyRows(size, page) - 1);
