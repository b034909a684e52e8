import { localText } from '../../circulation/time.ts';
import type { Instant } from '../../circulation/time.ts';

/** What the cells of a column are: texts, numbers, instants (UTC milliseconds) or days (`YYYY-MM-DD`). */
export type TableColumn = {
  readonly head: string;
  readonly type: 'text' | 'number' | 'instant' | 'day';
};
export type Cell = string | number | null;

/**
 * Control characters, line separators and the marks that turn text (REL-06), and what no file may have. Invisible characters
 * that belong to words stay data: Persian and Indic scripts are not read without their joiners and non-joiners.
 */
const UNSAFE = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\p{Noncharacter_Code_Point}]/gu;
const C0 = 0x20;
const DELETE = 0x7f;

/** A text as a file may have it: control characters become visible pictures, halves of characters �. */
export function safeText(text: string): string {
  return text.toWellFormed().replaceAll(UNSAFE, (found) => {
    const code = found.codePointAt(0) ?? 0;
    if (code < C0) return String.fromCodePoint(0x24_00 + code);
    return code === DELETE ? '\u2421' : '\uFFFD';
  });
}

/** What a spreadsheet takes for the beginning of a formula, also in its wide forms. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** A text that no spreadsheet takes for a formula when it opens a CSV file: such a one gets an apostrophe (REL-06). */
export function neutral(text: string): string {
  return FORMULA.test(text) ? `'${safeText(text)}` : safeText(text);
}

/** `2026-06-22 19:00`, local: what every spreadsheet takes for a date, in every language. */
export const localMoment = (instant: Instant, timeZone: string): string =>
  localText(instant, timeZone).replace('T', ' ');
