/** A record of a file in ISO 2709, still in bytes, with what is wrong about its ends. */
export type Frame = {
  readonly bytes: Buffer;
  /** Where it begins in the file. */
  readonly at: number;
  readonly fault?: 'truncated' | 'record-too-long' | 'no-terminator';
};

/** Lengths have five digits: no record is longer. */
export const MOST_BYTES = 99_999;
const RECORD_END = 0x1d;
const LEADER = 24;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const areDigits = (bytes: Buffer, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if (!isDigit(bytes[at])) return false;
  return true;
};

/** Whether a leader may begin at a place: a length, a base address, printable text between. */
function isLeaderAt(bytes: Buffer, at: number): boolean {
  if (bytes.length < at + LEADER || !areDigits(bytes, at, at + 5) || !areDigits(bytes, at + 12, at + 17)) return false;
  for (let place = at + 5; place < at + LEADER; place += 1) {
    const byte = bytes[place] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}

/** What may stand between records without meaning anything: line ends, spaces, zeros, DOS's end of file, a byte order mark, a second terminator. */
const PADDING: ReadonlySet<number> = new Set([...Array(0x1b).keys(), RECORD_END, 0x20, 0xef, 0xbb, 0xbf]);
const isPadding = (byte: number | undefined): boolean => byte !== undefined && PADDING.has(byte);

/** The length that a record says it has; 0: it says none. */
function saidLength(bytes: Buffer): number {
  return areDigits(bytes, 0, 5) ? Number(bytes.toString('latin1', 0, 5)) : 0;
}

/** Where the record at the start of some bytes ends (exclusive); undefined: more bytes are needed to tell. */
function endOf(bytes: Buffer, isLast: boolean): { readonly end: number; readonly fault?: Frame['fault'] } | undefined {
  const said = saidLength(bytes);
  const first = bytes.indexOf(RECORD_END) + 1;
  if (first > 0 && first === said) return { end: first };
  // Both what is said and what follows it must be in sight before the two can be weighed.
  const needed = Math.min(said, MOST_BYTES) + LEADER + 1;
  if (!isLast && bytes.length < needed) return undefined;
  // A stray terminator inside of a record whose length is right.
  if (first > 0 && first < said && bytes[said - 1] === RECORD_END && !isLeaderAt(bytes, skipPadding(bytes, first)))
    return { end: said };
  // A record that has lost its terminator: the next one begins where it says it ends.
  const lost = [said, said - 1].find((place) => place >= LEADER && isLeaderAt(bytes, place));
  if (lost !== undefined && (first === 0 || first > said)) return { end: lost, fault: 'no-terminator' };
  if (first > 0 && first <= MOST_BYTES) return { end: first };
  if (bytes.length > MOST_BYTES || first > 0) return { end: first, fault: 'record-too-long' };
  return isLast ? { end: bytes.length, fault: 'truncated' } : undefined;
}

function skipPadding(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && isPadding(bytes[at])) at += 1;
  return at;
}

/**
 * Cuts a file in ISO 2709 into records. The terminator counts where the length is wrong; a record without terminator ends
 * where the next one begins; what is longer than any record may be is passed over until the next terminator. Holds two
 * records at most, and one piece of the file.
 */
export async function* framesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  let at = 0;
  let isSkipping = false;
  function* take(isLast: boolean): Generator<Frame> {
    for (;;) {
      if (isSkipping) {
        const end = held.indexOf(RECORD_END) + 1;
        at += end === 0 ? held.length : end;
        held = end === 0 ? Buffer.alloc(0) : held.subarray(end);
        if (end === 0) return;
        isSkipping = false;
      }
      const start = skipPadding(held, 0);
      held = held.subarray(start);
      at += start;
      if (held.length === 0) return;
      const found = endOf(held, isLast);
      if (!found) return;
      const { end, fault } = found;
      yield { bytes: held.subarray(0, end === 0 ? LEADER : end), at, ...(fault === undefined ? {} : { fault }) };
      if (end === 0) isSkipping = true;
      else {
        held = held.subarray(end);
        at += end;
      }
    }
  }
  for await (const chunk of chunks) {
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    yield* take(false);
  }
  yield* take(true);
}
