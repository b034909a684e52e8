import { isAscii, isUtf8 } from 'node:buffer';
import { decodeSets } from './iso2022.ts';
import type { Decoded, Fault, Sets } from './iso2022.ts';
import { ASCII, CYRILLIC, EXTENDED_CYRILLIC, EXTENDED_LATIN, GREEK, ISO_5426 } from './sets.ts';
import type { CodeSet } from './sets.ts';

/** How the bytes of a record may be written; `latin-1` is read as Windows-1252, which contains it. */
export const ENCODINGS = ['utf-8', 'marc-8', 'iso-5426', 'latin-1'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Reads the bytes of one value. */
export type Decoder = (bytes: Uint8Array) => Decoded;

/** What a record says of itself. */
export type Declared = { readonly encoding: Encoding; readonly sets: Sets };

/** MARC 21: leader/09 `a` is UTF-8, blank MARC-8. */
export function declaredByMarc21(leader: string): Declared {
  return { encoding: leader[9] === 'a' ? 'utf-8' : 'marc-8', sets: { g0: ASCII, g1: EXTENDED_LATIN } };
}

const UNIMARC_SETS: Readonly<Record<string, CodeSet>> = {
  '01': ASCII,
  '02': CYRILLIC,
  '03': ISO_5426,
  '04': EXTENDED_CYRILLIC,
  '05': GREEK,
};

/** UNIMARC: 100 $a/26-29 name the sets of left and right; `50` is ISO 10646, which is UTF-8 in exchange. */
export function declaredByUnimarc(field100: string | undefined): Declared {
  const codes: readonly string[] = field100?.slice(26, 34).match(/../g) ?? [];
  const sets = { g0: UNIMARC_SETS[codes[0] ?? ''] ?? ASCII, g1: UNIMARC_SETS[codes[1] ?? ''] ?? ISO_5426 };
  return { encoding: codes.includes('50') ? 'utf-8' : 'iso-5426', sets };
}

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The place of the first byte that is not UTF-8. */
function firstBroken(bytes: Uint8Array): number {
  let from = 0;
  let to = bytes.length;
  // The longest beginning that is whole characters: a cut inside one only moves the answer back to its first byte.
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    const end = wholeUntil(bytes, middle);
    if (isUtf8(bytes.subarray(0, end))) from = middle;
    else to = middle;
  }
  return wholeUntil(bytes, from);
}

/** Before a place, where a character ends. */
function wholeUntil(bytes: Uint8Array, place: number): number {
  let end = place;
  while (end > 0 && end > place - 3 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}

function decodeUtf8(bytes: Uint8Array): Decoded {
  const text = view(bytes).toString('utf8').normalize('NFC');
  if (isUtf8(bytes)) return { text, faults: [] };
  const at = firstBroken(bytes);
  const found = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return { text, faults: [{ at, fault: 'unknown-character', found }] };
}

const windows1252 = new TextDecoder('windows-1252');
const decodeLatin: Decoder = (bytes) => ({ text: windows1252.decode(bytes).normalize('NFC'), faults: [] });

const ESCAPE = 0x1b;

/** How far bytes look like UTF-8 that was damaged: whole characters beyond ASCII, and broken ones. */
function utf8Share(bytes: Uint8Array): { good: number; bad: number } {
  let [good, bad] = [0, 0];
  for (const character of view(bytes).toString('utf8')) {
    if (character === '\uFFFD') bad += 1;
    else if (character >= '\u0080') good += 1;
  }
  return { good, bad };
}

const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
const isSmall = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a;

/** Marks that stand over two letters never make one character with either. */
const isHalf = (mark: string): boolean => /[\uFE20-\uFE23]/.test(mark);

/** Whether a mark before a letter (or another mark) makes sense. */
function isPlausibleMark(set: CodeSet, mark: string, next: number): boolean {
  if (next >= 0xa0) return set.marks.has(next & 0x7f);
  if (!isLetter(next)) return false;
  const composed = (String.fromCharCode(next) + mark).normalize('NFC');
  return isHalf(mark) || composed.length === 1;
}

/**
 * Whether bytes beyond ASCII cannot well be of a set whose marks stand before their letters, so that they are Latin-1:
 * marks that no letter follows or that none carries, capitals inside of words, places that are empty.
 */
function looksLikeLatin(bytes: Uint8Array, { g1: set }: Sets): boolean {
  let [likely, unlikely] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0xa0) continue;
    const place = byte & 0x7f;
    const character = set.characters[place];
    const before = bytes[at - 1] ?? 0;
    const makesSense =
      character !== undefined &&
      (set.marks.has(place)
        ? isPlausibleMark(set, character, bytes[at + 1] ?? 0)
        : !(isSmall(before) && /\p{Lu}/u.test(character)));
    if (makesSense) likely += 1;
    else unlikely += 1;
  }
  return unlikely > likely;
}

/** The encoding of a record's bytes: what it says, unless the bytes say otherwise. Valid UTF-8 wins. */
function encodingOf(bytes: Uint8Array, { encoding, sets }: Declared): Encoding {
  if (isAscii(bytes)) return encoding;
  if (isUtf8(bytes)) return 'utf-8';
  const { good, bad } = utf8Share(bytes);
  if (good >= (encoding === 'utf-8' ? bad : bad * 4)) return 'utf-8';
  if (looksLikeLatin(bytes, sets)) return 'latin-1';
  return encoding === 'utf-8' ? (sets.g1 === EXTENDED_LATIN ? 'marc-8' : 'iso-5426') : encoding;
}

/**
 * How to read a record. `forced`: by somebody who knows better than the record. `mislabelled`: it says another encoding
 * than its bytes have.
 */
export function decoderFor(
  bytes: Uint8Array,
  declared: Declared,
  forced?: Encoding,
): { readonly decode: Decoder; readonly used: Encoding; readonly mislabelled: boolean } {
  const used = forced ?? encodingOf(bytes, declared);
  const mislabelled = forced === undefined && used !== declared.encoding;
  if (used === 'utf-8') return { decode: decodeUtf8, used, mislabelled };
  if (used === 'latin-1') return { decode: decodeLatin, used, mislabelled };
  const sets = used === declared.encoding ? declared.sets : SETS_OF[used];
  const plain = isAscii(bytes) && !bytes.includes(ESCAPE);
  return { decode: plain ? decodeUtf8 : (value) => decodeSets(value, sets), used, mislabelled };
}

const SETS_OF: Readonly<Record<'marc-8' | 'iso-5426', Sets>> = {
  'marc-8': { g0: ASCII, g1: EXTENDED_LATIN },
  'iso-5426': { g0: ASCII, g1: ISO_5426 },
};

export type { Decoded, Fault };
