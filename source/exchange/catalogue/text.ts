import { isUtf8 } from 'node:buffer';

/** What Windows-1252 has between 80 and 9F, where Latin-1 has control characters: by Unicode. */
const WINDOWS_1252 = new Map(
  Array.from(
    new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at)),
    (one, at) => [one.codePointAt(0) ?? 0, 0x80 + at],
  ),
);

/** The bytes that somebody took for Windows-1252; undefined: the text has other characters. */
function asWindows(text: string): Buffer | undefined {
  const bytes = Buffer.alloc(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const byte = WINDOWS_1252.get(code) ?? code;
    if (byte > 0xff) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}

/** A text that was made UTF-8 twice (`8Â°` for `8°`), read once more; undefined: it was not. */
function readOnceMore(text: string): string | undefined {
  if (!/[\u00C2-\u00F4][\u0080-\u00BF\u0152-\u0192\u02C6\u02DC\u2013-\u2122]/.test(text)) return undefined;
  const bytes = asWindows(text);
  return bytes && isUtf8(bytes) ? bytes.toString('utf8').normalize('NFC') : undefined;
}

/** Characters around words that are not sorted by (`Le `): of no use here. */
const NON_SORTING = /[\u0098\u009C]/g;
const CONTROL = /\p{Cc}/u;

export type CleanText = {
  readonly text: string;
  readonly encodedTwice: boolean;
  /** The first control character that was left out, as `U+001B`. */
  readonly control: string | undefined;
};

/** A value without what no title or note has: control characters, non-sorting marks, runs of white space. */
export function cleaned(value: string): CleanText {
  const sorted = value.replaceAll(NON_SORTING, '');
  const again = readOnceMore(sorted);
  const spaced = (again ?? sorted).replaceAll(/\s+/g, ' ').toWellFormed();
  const control = CONTROL.exec(spaced)?.[0];
  const text = control === undefined ? spaced : spaced.replaceAll(/\p{Cc}/gu, '');
  const code = control?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return { text: text.trim(), encodedTwice: again !== undefined, control: code && `U+${code}` };
}

/**
 * Without the punctuation that ISBD puts before the next element (` /`, ` :`, `,`), and without a final full stop, unless
 * it ends an initial, an abbreviation or an ellipsis.
 */
export function withoutIsbd(text: string): string {
  const bare = text.replace(/[\s/:;=,]+$/u, '');
  return /[\p{L}\p{N})\]]\.$/u.test(bare) && !/(?:^|[^\p{L}\p{M}])[\p{L}\p{M}]{1,3}\.$/u.test(bare)
    ? bare.slice(0, -1)
    : bare;
}

/** A text of so many UTF-8 bytes at most, cut between characters. */
export function cutTo(text: string, bytes: number): string {
  if (text.length * 3 <= bytes || Buffer.byteLength(text) <= bytes) return text;
  let kept = '';
  let length = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept.trimEnd();
}

const weighted = (digits: string, weight: (at: number) => number): number =>
  Array.from(digits).reduce((sum, digit, at) => sum + (digit === 'X' ? 10 : Number(digit)) * weight(at), 0);

/** An ISBN as it is stored (digits, no hyphens), and whether its check digit is right; undefined: there is none. */
export function isbnIn(text: string): { readonly isbn: string; readonly valid: boolean } | undefined {
  const found =
    /\d[\d\s\u2010-\u2015-]{7,16}[\dXx]/u
      .exec(text)?.[0]
      ?.replaceAll(/[^\dXx]/g, '')
      .toUpperCase() ?? '';
  if (/^\d{9}[\dX]$/.test(found)) return { isbn: found, valid: weighted(found, (at) => 10 - at) % 11 === 0 };
  if (/^97[89]\d{10}$/.test(found))
    return { isbn: found, valid: weighted(found, (at) => (at % 2 === 0 ? 1 : 3)) % 10 === 0 };
  return undefined;
}

/** An ISSN with its hyphen; undefined: there is none. */
export function issnIn(text: string): string | undefined {
  return /\b(\d{4})-?(\d{3}[\dXx])\b/.exec(text)?.slice(1, 3).join('-').toUpperCase();
}

/** The first year that a date of publication names. */
export function yearIn(text: string): string | undefined {
  return /(?<!\d)(?:1[0-9]|20)\d{2}(?!\d)/.exec(text)?.[0];
}
