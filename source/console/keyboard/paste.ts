import { createByteBuffer } from './byte-buffer.ts';

/** A paste beyond this many bytes is handed on in pieces, so that memory stays bounded; a piece ends at a line end. */
const PASTE_LIMIT = 4 * 1024 * 1024;

const END_MARK = Buffer.from('\x1b[201~');

export type PasteReader = {
  /** Takes bytes from `from` on. `next` is where the paste ended, or undefined while it lasts; `texts` what is complete. */
  readonly push: (
    chunk: Uint8Array,
    from: number,
  ) => { readonly texts: readonly string[]; readonly next: number | undefined };
  /** Ends a paste whose end mark never came: what there is of it. */
  readonly end: () => string;
};

/**
 * Reads the inside of a bracketed paste up to its end mark `ESC [ 201 ~`, which may be split anywhere. Other escape sequences
 * inside are part of the text, and harmless there.
 */
export function createPasteReader(limit: number = PASTE_LIMIT): PasteReader {
  const bytes = createByteBuffer();
  let matched = 0;

  /** Where the end mark is complete in this chunk: the index after it, or undefined. */
  function findEnd(chunk: Uint8Array, from: number): number | undefined {
    for (let at = from; at < chunk.length; at += 1) {
      if (chunk[at] === END_MARK[matched]) matched += 1;
      else matched = chunk[at] === END_MARK[0] ? 1 : 0;
      if (matched === END_MARK.length) return at + 1;
    }
    return undefined;
  }

  function push(chunk: Uint8Array, from: number): ReturnType<PasteReader['push']> {
    const next = findEnd(chunk, from);
    bytes.append(chunk.subarray(from, next ?? chunk.length));
    if (next !== undefined) return { texts: [take(bytes.length() - END_MARK.length)], next };
    if (bytes.length() <= limit) return { texts: [], next: undefined };
    const settled = bytes.length() - matched;
    return { texts: [bytes.take(bytes.afterLastLine(settled) || settled)], next: undefined };
  }

  function take(count: number): string {
    const text = bytes.take(count);
    bytes.clear();
    matched = 0;
    return text;
  }

  return { push, end: () => take(bytes.length() - matched) };
}
