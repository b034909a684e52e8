import type { PrintJob } from './job.ts';
import { textOf } from './job.ts';

/** Printer controller mode (VT102 and later): what follows goes to the terminal's printer, until it is told to stop. */
const START = '\u001B[5i';
const STOP = '\u001B[4i';

/**
 * A letter whose last UTF-8 byte is 0x9B, before what could follow an 8-bit CSI: a terminal that reads bytes, not UTF-8,
 * would see the end of the copy in it.
 */
const LIKE_CSI = /[^\0-\u007F](?=[0-9:;<=>?i])/gu;
const endsLikeCsi = (letter: string): boolean => ((letter.codePointAt(0) ?? 0) & 0x3f) === 0x1b;

/** The same letter without its accent; `?` where it is nothing without. */
const plainLetter = (letter: string): string => {
  const [first = '?'] = letter.normalize('NFD');
  return first < '\u0080' ? first : '?';
};

/** What follows a job: thermal paper is moved past its edge, a sheet is thrown out. */
const AFTER = { 42: '\r\n'.repeat(4), 80: '\f' } as const;

/**
 * The bytes (UTF-8) that print a job on the printer of a terminal (TUI-08): media copy, lines ended by CR LF. No text can
 * end the copy early: it has no control characters, nor bytes that look like them.
 */
export function mediaCopy(job: PrintJob, columns: 42 | 80): string {
  const text = textOf(job, '\r\n').replaceAll(LIKE_CSI, (letter) =>
    endsLikeCsi(letter) ? plainLetter(letter) : letter,
  );
  return `${START}${text}${AFTER[columns]}${STOP}`;
}
