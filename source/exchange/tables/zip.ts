import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of an archive: its name there, and its text as it is made. */
export type ZipEntry = { readonly name: string; readonly text: AsyncIterable<string> | Iterable<string> };

type Packed = {
  readonly name: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly packed: number;
  readonly offset: number;
};

/** 1980-01-01: an archive of the same rows is the same archive. */
const DATE = 0x0021;
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
const MOST = 0xffff_ffff;

/** Numbers as an archive has them, little end first: each with its length in bytes. */
function numbers(...pairs: readonly (readonly [number, 2 | 4])[]): Buffer {
  const bytes = Buffer.alloc(pairs.reduce((sum, [, length]) => sum + length, 0));
  let at = 0;
  for (const [value, length] of pairs) at = bytes.writeUIntLE(value, at, length);
  return bytes;
}

const localHeader = (name: Buffer): Buffer =>
  Buffer.concat([
    numbers(
      [0x0403_4b50, 4],
      [VERSION, 2],
      [FLAGS, 2],
      [DEFLATED, 2],
      [0, 2],
      [DATE, 2],
      [0, 4],
      [0, 4],
      [0, 4],
      [name.length, 2],
      [0, 2],
    ),
    name,
  ]);

const sizesOf = ({ crc, size, packed }: Packed): [number, 4][] => [
  [crc, 4],
  [packed, 4],
  [size, 4],
];

const directoryEntry = (one: Packed): Buffer =>
  Buffer.concat([
    numbers(
      [0x0201_4b50, 4],
      [VERSION, 2],
      [VERSION, 2],
      [FLAGS, 2],
      [DEFLATED, 2],
      [0, 2],
      [DATE, 2],
      ...sizesOf(one),
    ),
    numbers([one.name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [one.offset, 4]),
    one.name,
  ]);

/** Counts and sums the bytes of a text that passes. */
async function* measured(text: ZipEntry['text'], sums: { crc: number; size: number }): AsyncGenerator<Buffer> {
  for await (const part of text) {
    const bytes = Buffer.from(part);
    sums.crc = crc32(bytes, sums.crc);
    sums.size += bytes.length;
    yield bytes;
  }
}

/** The bytes of one file, packed. */
function deflated(text: ZipEntry['text'], sums: { crc: number; size: number }): AsyncIterable<Buffer> {
  // What goes wrong before it is thrown by whoever reads what comes out.
  return pipeline(Readable.from(measured(text, sums)), createDeflateRaw(), () => undefined);
}

/**
 * An archive (ZIP, deflated) as it is made: nothing of it is kept but the names and sums of its files, so it may be of any
 * length up to 4 GB. Throws RangeError beyond.
 */
export async function* zipOf(entries: readonly ZipEntry[]): AsyncGenerator<Buffer> {
  const directory: Packed[] = [];
  let offset = 0;
  const counted = (bytes: Buffer): Buffer => {
    offset += bytes.length;
    if (offset > MOST) throw new RangeError('archive too large');
    return bytes;
  };
  for (const { name: text, text: content } of entries) {
    const name = Buffer.from(text);
    const start = offset;
    yield counted(localHeader(name));
    const sums = { crc: 0, size: 0 };
    const begin = offset;
    for await (const bytes of deflated(content, sums)) yield counted(bytes);
    const one: Packed = { name, ...sums, packed: offset - begin, offset: start };
    if (sums.size > MOST) throw new RangeError('file too large');
    yield counted(numbers([0x0807_4b50, 4], ...sizesOf(one)));
    directory.push(one);
  }
  const start = offset;
  for (const one of directory) yield counted(directoryEntry(one));
  const count = directory.length;
  yield numbers([0x0605_4b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [offset - start, 4], [start, 4], [0, 2]);
}
