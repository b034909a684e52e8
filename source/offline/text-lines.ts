import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** A line as it stands in a file. */
export type TextLine = {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** It goes on, but no line of ours is that long. */
  readonly isLong: boolean;
  /** The file ends without ending it. */
  readonly isCut: boolean;
  /** NUL bytes stood before it: what a power cut leaves. */
  readonly hadNuls: boolean;
};

const NUL = 0;
const LF = 10;
const CR = 13;
/** So many bytes of a line are looked at: a line of ours has at most 348 characters. */
const MOST_BYTES = 2048;

const windows1252 = new TextDecoder('windows-1252');

/** The bytes of one line as text: UTF-8, or else Windows-1252, which has Latin-1 in it. */
function decoded(pieces: readonly Uint8Array[]): string {
  const bytes = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  if (bytes === undefined) return '';
  return isUtf8(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
    : windows1252.decode(bytes);
}

/** Which UTF-16 a file begins as, by its mark or, without one, by the zero bytes around its first digits. */
export function wideLabel([first, second, third, fourth]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (isDigit(first) && second === NUL && isDigit(third) && fourth === NUL) return 'utf-16le';
  if (first === NUL && isDigit(second) && third === NUL && isDigit(fourth)) return 'utf-16be';
  return undefined;
}

/** Takes the bytes of a file as they come and calls `found` for each line; only the line in hand is kept. */
function lineCutter(found: (line: TextLine) => void): { take(bytes: Uint8Array): void; end(): void } {
  let number = 1;
  let pieces: Uint8Array[] = [];
  let kept = 0;
  let isLong = false;
  let hadNuls = false;
  let isAfterCr = false;

  const keep = (bytes: Uint8Array, isPassing: boolean): void => {
    let rest = bytes;
    if (kept === 0) {
      const start = bytes.findIndex((byte) => byte !== NUL);
      hadNuls ||= start !== 0 && bytes.length > 0;
      rest = start === -1 ? bytes.subarray(bytes.length) : bytes.subarray(start);
    }
    if (rest.length > MOST_BYTES - kept) {
      isLong = true;
      rest = rest.subarray(0, MOST_BYTES - kept);
    }
    if (rest.length === 0) return;
    kept += rest.length;
    // Who reads a file in pieces may use their memory again.
    pieces.push(isPassing ? rest : Uint8Array.from(rest));
  };
  const finish = (isCut: boolean): void => {
    found({ number, text: decoded(pieces), isLong, isCut, hadNuls });
    number += 1;
    pieces = [];
    kept = 0;
    isLong = false;
    hadNuls = false;
  };
  return {
    take(bytes) {
      let from = 0;
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at];
        const isSecondOfPair = byte === LF && isAfterCr;
        isAfterCr = byte === CR;
        if (byte !== LF && byte !== CR) continue;
        if (!isSecondOfPair) {
          keep(bytes.subarray(from, at), true);
          finish(false);
        }
        from = at + 1;
      }
      keep(bytes.subarray(from), false);
    },
    end() {
      if (kept > 0 || hadNuls) finish(true);
    },
  };
}

/**
 * Takes a file in pieces and calls `found` for each of its lines, ended by LF, CR LF or CR; the empty rest after the last
 * end is none. The encoding is found out (OFF-07): UTF-16 by its mark or its look, else line by line.
 */
export function textLines(found: (line: TextLine) => void): { take(bytes: Uint8Array): void; end(): void } {
  const cutter = lineCutter(found);
  let start: Uint8Array | undefined = new Uint8Array();
  let decoder: TextDecoder | undefined;
  const pass = (bytes: Uint8Array): void =>
    cutter.take(decoder === undefined ? bytes : Buffer.from(decoder.decode(bytes, { stream: true })));
  const begin = (first: Uint8Array): void => {
    start = undefined;
    const label = wideLabel(first);
    decoder = label && new TextDecoder(label);
    pass(first);
  };
  return {
    take(bytes) {
      if (start === undefined) return pass(bytes);
      const first = start.length === 0 ? bytes : Buffer.concat([start, bytes]);
      if (first.length >= 4) begin(first);
      else start = Uint8Array.from(first);
    },
    end() {
      if (start !== undefined) begin(start);
      if (decoder !== undefined) cutter.take(Buffer.from(decoder.decode()));
      cutter.end();
    },
  };
}
