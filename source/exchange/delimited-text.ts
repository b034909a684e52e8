import { decoderFor, declaredByMarc21 } from './catalogue/charsets/encodings.ts';
import type { Encoding } from './catalogue/charsets/encodings.ts';

/** What a delimited file is, unless its bytes say otherwise. */
const UTF8 = declaredByMarc21('         a');

/** Files of spreadsheets may be in UTF-16: the same bytes in UTF-8; anything else as it is. Without a byte order mark. */
export async function* asUtf8(first: Uint8Array, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const label =
    first[0] === 0xff && first[1] === 0xfe ? 'utf-16le' : first[0] === 0xfe && first[1] === 0xff ? 'utf-16be' : '';
  if (label === '') {
    let isStart = first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf;
    for await (const chunk of chunks) {
      yield isStart ? chunk.subarray(3) : chunk;
      isStart = false;
    }
    return;
  }
  const decoder = new TextDecoder(label);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** The beginning of a file as text, of which only plain characters matter. */
export function startOf(first: Uint8Array): string {
  const isWide = first[0] === 0xff || first[0] === 0xfe;
  if (isWide) return new TextDecoder(first[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(first);
  return Buffer.from(first)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');
}

/** A cell whose bytes are still to be read: UTF-8, else Windows-1252. */
export function textOf(
  cell: string,
  encoding: Encoding | undefined,
): { text: string; used: Encoding; mislabelled: boolean } {
  const bytes = Buffer.from(cell, 'latin1');
  const { decode, used, mislabelled } = decoderFor(bytes, UTF8, encoding ?? (isPlain(bytes) ? 'utf-8' : undefined));
  if (!mislabelled) return { text: decode(bytes).text, used, mislabelled };
  // Nobody writes spreadsheets in MARC-8.
  return { text: decoderFor(bytes, UTF8, 'latin-1').decode(bytes).text, used: 'latin-1', mislabelled };
}

const isPlain = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);
