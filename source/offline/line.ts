import { remembering } from '../circulation/remember.ts';
import { isDay } from '../circulation/time.ts';
import { offlineStamp } from '../circulation/offline.ts';
import type { OfflineLine } from '../circulation/offline.ts';
import { hasUnusable, MOST_ITEM, MOST_PATRON } from './codes.ts';

/** What a line says, without where it stands. */
export type Transaction = Omit<OfflineLine, 'number' | 'raw'>;

/** Why a line cannot be read (OFF-07). */
export const BAD_LINE_REASONS = [
  'unreadable',
  'letter',
  'date',
  'no-item',
  'no-patron',
  'ambiguous',
  'too-long',
  'characters',
] as const;
export type BadLineReason = (typeof BAD_LINE_REASONS)[number];

const STAMP = 12;
/** Where the barcode begins, and where the patron's identifier does in the padded form. */
const CODES = STAMP + 1;
const PATRON = CODES + MOST_ITEM;

/** Clocks have been wrong by decades, not by centuries. */
const FIRST_YEAR = '1900';

const exists = remembering(isDay);

type Codes = { readonly item: string; readonly patron: string | null };

/** The local day and minutes of `yyyymmddhhmm`; undefined: there is no such time. */
function timeOf(stamp: string): Pick<Transaction, 'day' | 'minutes'> | undefined {
  const day = `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}`;
  const hours = Number(stamp.slice(8, 10));
  const minutes = Number(stamp.slice(10, STAMP));
  if (stamp < FIRST_YEAR || !exists(day) || hours > 23 || minutes > 59) return undefined;
  return { day, minutes: hours * 60 + minutes };
}

/** The codes of a loan. Padded, the barcode has its columns to itself; else one space parts it from the patron's identifier. */
function codesOfLoan(text: string, isCut: boolean): Codes | BadLineReason {
  const patron = text.slice(PATRON).trim();
  if (patron !== '') return { item: text.slice(CODES, PATRON).trim(), patron };
  const rest = text.slice(CODES);
  const [first, second, ...more] = rest.trim().split(/ +/);
  if (first === undefined || first === '') return 'no-item';
  // A file that ends within the padding had a patron that is gone: then the second word is part of the barcode.
  if (second === undefined || (isCut && rest.endsWith(' '))) return 'no-patron';
  return more.length > 0 || rest.startsWith(' ') ? 'ambiguous' : { item: first, patron: second };
}

/** The code of a return; what follows its columns is a patron whom a return does not need. */
function codesOfReturn(text: string): Codes | BadLineReason {
  const item = text.slice(CODES, PATRON).trim();
  if (text.length > PATRON && text[PATRON - 1] !== ' ' && text[PATRON] !== ' ') return 'too-long';
  // Not padded, a second word may be a patron or belong to the barcode: nobody can know, and a wrong guess returns another item.
  if (text.length < PATRON && item.includes(' ')) return 'ambiguous';
  return { item, patron: null };
}

/**
 * Reads one line of an offline file without its line end, padded or in the manual's short form (OFF-02); a reason where it
 * cannot be read. `isCut`: the file ends without ending this line.
 */
export function parseLine(text: string, isCut: boolean): Transaction | BadLineReason {
  if (!/^\d{12}/.test(text)) return 'unreadable';
  const action = text.charAt(STAMP).toUpperCase();
  if (action !== 'L' && action !== 'R') return 'letter';
  const time = timeOf(text.slice(0, STAMP));
  if (time === undefined) return 'date';
  if (hasUnusable(text)) return 'characters';
  const codes = action === 'L' ? codesOfLoan(text, isCut) : codesOfReturn(text);
  if (typeof codes === 'string') return codes;
  if (codes.item === '') return 'no-item';
  if (codes.item.length > MOST_ITEM || (codes.patron ?? '').length > MOST_PATRON) return 'too-long';
  return { ...time, action, ...codes };
}

/**
 * One line of an offline file as Alma's own program writes it (OFF-02): the barcode padded to columns 14 to 93, the patron
 * after it, CR LF. Codes are usable ones (`usableCode`), the year has four digits.
 */
export function writeLine({ day, minutes, action, item, patron }: Transaction): string {
  return `${offlineStamp(day, minutes)}${action}${item.padEnd(MOST_ITEM)}${action === 'L' ? (patron ?? '') : ''}\r\n`;
}
