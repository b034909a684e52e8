/** Stands for bytes that are no UTF-8. */
export const REPLACEMENT = '\uFFFD';

/** A UTF-8 decoder that takes one byte at a time. */
export type Utf8 = {
  /** Takes a byte; returns the characters that are now complete: none, one, or a replacement and one. */
  readonly push: (byte: number) => string;
  /** Whether a character has begun and is not complete. */
  readonly pending: () => boolean;
  /** Gives up the incomplete character: a replacement if there was one, else nothing. */
  readonly end: () => string;
};

type Lead = { readonly more: number; readonly bits: number; readonly low: number; readonly high: number };

/** How a character begins that takes more than one byte; `low` and `high` bound its second byte. */
function leadOf(byte: number): Lead | undefined {
  if (byte >= 0xc2 && byte <= 0xdf) return { more: 1, bits: byte & 0x1f, low: 0x80, high: 0xbf };
  if (byte >= 0xe0 && byte <= 0xef) {
    return { more: 2, bits: byte & 0x0f, low: byte === 0xe0 ? 0xa0 : 0x80, high: byte === 0xed ? 0x9f : 0xbf };
  }
  if (byte >= 0xf0 && byte <= 0xf4) {
    return { more: 3, bits: byte & 0x07, low: byte === 0xf0 ? 0x90 : 0x80, high: byte === 0xf4 ? 0x8f : 0xbf };
  }
  return undefined;
}

/**
 * A UTF-8 decoder that can say whether a character is incomplete, which the platform's own cannot. Invalid bytes become
 * replacement characters exactly as the WHATWG Encoding Standard has it; nothing throws.
 */
export function createUtf8(): Utf8 {
  let more = 0;
  let point = 0;
  let low = 0x80;
  let high = 0xbf;

  function begin(byte: number): string {
    if (byte < 0x80) return String.fromCharCode(byte);
    const lead = leadOf(byte);
    if (!lead) return REPLACEMENT;
    ({ more, bits: point, low, high } = lead);
    return '';
  }

  function push(byte: number): string {
    if (more === 0) return begin(byte);
    if (byte < low || byte > high) return end() + begin(byte);
    point = (point << 6) | (byte & 0x3f);
    low = 0x80;
    high = 0xbf;
    more -= 1;
    return more === 0 ? String.fromCodePoint(point) : '';
  }

  function end(): string {
    if (more === 0) return '';
    more = 0;
    return REPLACEMENT;
  }

  return { push, pending: () => more > 0, end };
}
