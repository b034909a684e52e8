import type { OfflineLine } from '../circulation/offline.ts';
import { parseLine } from './line.ts';
import type { BadLineReason } from './line.ts';
import { textLines } from './text-lines.ts';
import type { TextLine } from './text-lines.ts';

/** A line that cannot be read, as it stands in the file. */
export type BadLine = { readonly number: number; readonly raw: string; readonly why: BadLineReason };

/** What an offline file has in it. */
export type OfflineFile = {
  /** In the order of the file. */
  readonly lines: readonly OfflineLine[];
  /** The first million of them. */
  readonly bad: readonly BadLine[];
  /** How many bad lines there are beyond those. */
  readonly moreBad: number;
  /** How many lines are blank. */
  readonly blank: number;
  /** The number of the last line where the file does not end it, but it reads as a whole one; it is one of `lines`. */
  readonly unfinished: number | null;
};

/** What is kept of a bad line, how many of them, and of how much text in all: a film that somebody took for the file does no harm. */
const MOST_RAW = 500;
const MOST_BAD = 1_000_000;
const MOST_BAD_TEXT = 32_000_000;

const BEFORE = /^[\s\0\uFEFF]+/;
const isMark = (code: number): boolean => code < 0x20 || code === 0xfeff;

/** A line without edges that are no part of it: marks of encodings, NULs that a power cut left, the end mark of DOS (^Z). */
function withoutMarks(text: string): string {
  let end = text.length;
  while (end > 0 && isMark(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end).replace(BEFORE, '');
}

function collector(): { found(line: TextLine): void; result(): OfflineFile } {
  const lines: OfflineLine[] = [];
  const bad: BadLine[] = [];
  let moreBad = 0;
  let blank = 0;
  let unfinished: number | null = null;
  let textLeft = MOST_BAD_TEXT;

  const refuse = (number: number, text: string, why: BadLineReason): void => {
    if (bad.length === MOST_BAD) {
      moreBad += 1;
      return;
    }
    const raw = text.slice(0, Math.min(MOST_RAW, textLeft));
    textLeft -= raw.length;
    bad.push({ number, raw, why });
  };
  return {
    found({ number, text, isLong, isCut, hadNuls }) {
      const raw = withoutMarks(text);
      if (raw.trim() === '' && !isLong) {
        // NULs in the place of a line: something stood there.
        if (hadNuls || text.includes('\0')) refuse(number, '', 'unreadable');
        else blank += 1;
        return;
      }
      const read = parseLine(raw, isCut);
      if (isLong && read !== 'unreadable') return refuse(number, raw, 'too-long');
      if (typeof read === 'string') return refuse(number, raw, read);
      lines.push({ number, ...read, raw });
      if (isCut) unfinished = number;
    },
    result: () => ({ lines, bad, moreBad, blank, unfinished }),
  };
}

/**
 * Reads a whole offline file (OFF-02, OFF-07). Any bytes will do: what cannot be read is in `bad` with its number, never an
 * error. Lower case letters count as L and R; what follows the columns of a return is left out.
 */
export function readOfflineFile(bytes: Uint8Array): OfflineFile {
  const { found, result } = collector();
  const reader = textLines(found);
  reader.take(bytes);
  reader.end();
  return result();
}

/** The same for a file that comes in pieces (`createReadStream(file)`), so that a large one is never whole in memory. */
export async function readOfflineChunks(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<OfflineFile> {
  const { found, result } = collector();
  const reader = textLines(found);
  for await (const chunk of chunks) reader.take(chunk);
  reader.end();
  return result();
}
