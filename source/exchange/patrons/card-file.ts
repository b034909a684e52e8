import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Day } from '../../circulation/time.ts';
import type { CardFound, CardSystem } from '../../desk/card-system.ts';
import { keyOf } from '../../records/text.ts';
import { delimiterOf } from '../column-names.ts';
import { startOf } from '../delimited-text.ts';
import { beginningOf } from '../xml-pieces.ts';
import { readUser } from './alma-xml.ts';
import type { PatronReadingHow } from './alma-xml.ts';
import { RowReader } from './delimited.ts';
import { cellsOf } from './lines.ts';
import { readPatrons, xmlLabel } from './read.ts';
import type { PatronEncoding, PatronFormat } from './read.ts';
import type { ReadPatron } from './said.ts';

export type CardFileOptions = {
  /** A file, or a folder whose newest file is meant. */
  readonly file: string;
  readonly format: PatronFormat;
  readonly encoding?: PatronEncoding;
};

/** Bytes that are searched at once. */
const WINDOW = 4 * 1024 * 1024;
/** Bytes around a place within which its record begins and ends. */
const AROUND = 256 * 1024;
/** Places that are looked at for one identifier: it may also be a telephone number. */
const MOST_PLACES = 200;

/** The newest file of a folder; a file itself. Throws where there is none. */
export async function latestFile(file: string): Promise<string> {
  if (!(await stat(file)).isDirectory()) return file;
  const names = await readdir(file, { withFileTypes: true });
  const files = names
    .filter((one) => one.isFile() && !one.name.startsWith('.'))
    .map((one) => path.join(file, one.name));
  const dated = await Promise.all(files.map(async (one) => ({ one, at: (await stat(one)).mtimeMs })));
  const latest = dated.toSorted((one, other) => other.at - one.at)[0]?.one;
  if (latest === undefined) throw new Error(`no file in ${file}`);
  return latest;
}

/** How an identifier may be written: as it is, in capitals, in small letters, with the two characters that XML writes otherwise. */
function formsOf(identifier: string, format: PatronFormat): Buffer[] {
  const written = identifier.trim();
  const forms = new Set([written, written.toUpperCase(), written.toLowerCase()]);
  const escaped = [...forms].map((one) =>
    format === 'alma-xml' ? one.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : one,
  );
  return [...new Set(escaped)].filter((one) => one !== '').map((one) => Buffer.from(one));
}

async function bytesAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}

/** The places of some bytes in a file, in its order. */
async function* placesOf(file: FileHandle, size: number, needles: readonly Buffer[]): AsyncGenerator<number> {
  const overlap = Math.max(...needles.map((one) => one.length)) - 1;
  for (let from = 0; from < size; from += WINDOW) {
    const bytes = await bytesAt(file, from, Math.min(WINDOW + overlap, size - from));
    const found = new Set<number>();
    for (const needle of needles) {
      for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) {
        if (at < WINDOW) found.add(from + at);
        if (found.size >= MOST_PLACES) break;
      }
    }
    yield* [...found].toSorted((one, other) => one - other);
  }
}

/** Reads the record at a place; undefined: there is none around it. */
type ReadAt = (bytes: Buffer, place: number) => ReadPatron | undefined;

/** Where the record around a place begins, and where the next one does. */
function around(text: string, place: number): { readonly begin: number; readonly end: number } | undefined {
  const begins = [...text.matchAll(beginningOf('user'))].map((one) => one.index);
  const begin = begins.findLast((one) => one < place);
  return begin === undefined ? undefined : { begin, end: begins.find((one) => one > place) ?? text.length };
}

/** Of XML: from the `<user>` before the place to the next one. */
function userAt(label: string, how: PatronReadingHow): ReadAt {
  const decoder = new TextDecoder(label);
  return (bytes, place) => {
    const text = bytes.toString('latin1');
    const user = around(text, place);
    return user && readUser(decoder.decode(bytes.subarray(user.begin, user.end)), 1, null, how);
  };
}

/** Of a delimited file: the line of the place. */
function rowAt(first: Buffer, how: PatronReadingHow, encoding: PatronEncoding | undefined): ReadAt {
  const [header = ''] = startOf(first).split(/\r?\n/, 1);
  const delimiter = delimiterOf(header);
  const reader = new RowReader(cellsOf(header, delimiter) ?? [], {
    ...how,
    ...(encoding === undefined ? {} : { encoding }),
  });
  return (bytes, place) => {
    const from = bytes.lastIndexOf('\n', place) + 1;
    const end = bytes.indexOf('\n', place);
    const text = bytes.toString('latin1', from, end < 0 ? bytes.length : end).replace(/\r$/, '');
    const cells = cellsOf(text, delimiter);
    return cells ? reader.read({ line: 1, bytes: 0, text, cells }, null) : undefined;
  };
}

/** The record, where it has one of the identifiers; what is wrong with it, where it seems to be the one. */
function foundIn(read: ReadPatron | undefined, keys: ReadonlySet<string>): CardFound | undefined {
  if (!read) return undefined;
  const { record, identifier, problems } = read;
  if (record) {
    const own = [record.patron.primaryId, ...(record.patron.identifiers ?? []).map((one) => one.value)];
    return own.some((one) => keys.has(keyOf(one))) ? record : undefined;
  }
  const problem = problems[0];
  return problem && identifier !== null && keys.has(keyOf(identifier)) ? { problem } : undefined;
}

/** Looks for a record through a whole file: in encodings whose bytes are not those of the identifier. */
async function readThrough(
  file: string,
  how: PatronReadingHow,
  { format, encoding }: CardFileOptions,
  keys: ReadonlySet<string>,
): Promise<CardFound | undefined> {
  for await (const entry of readPatrons(createReadStream(file), format, how, encoding)) {
    const found = entry.kind === 'record' ? foundIn(entry.read(), keys) : undefined;
    if (found) return found;
  }
  return undefined;
}

/**
 * A card system that is the latest file of the daily import (IMP-04): its bytes are searched for the identifier, and only the
 * record around it is read, so that one of 100,000 is found in a fraction of a second. `today`: nobody is born later.
 */
export function cardFile(options: CardFileOptions, codes: PatronReadingHow['codes'], today: () => Day): CardSystem {
  return {
    async lookUp(identifiers) {
      const name = await latestFile(options.file);
      const how = { codes, today: today() };
      const keys = new Set(identifiers.map(keyOf));
      const needles = identifiers.flatMap((one) => formsOf(one, options.format));
      if (needles.length === 0) return undefined;
      const file = await open(name, 'r');
      try {
        const { size } = await file.stat();
        const first = await bytesAt(file, 0, 64 * 1024);
        const label = xmlLabel(first, options.encoding);
        const isWide = (first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0xfe && first[1] === 0xff);
        if (isWide || ('label' in label && label.label.startsWith('utf-16')))
          return await readThrough(name, how, options, keys);
        const readAt =
          options.format === 'delimited'
            ? rowAt(first, how, options.encoding)
            : userAt('label' in label ? label.label : 'utf-8', how);
        for await (const place of placesOf(file, size, needles)) {
          const from = Math.max(0, place - AROUND);
          const found = foundIn(readAt(await bytesAt(file, from, 2 * AROUND), place - from), keys);
          if (found) return found;
        }
        return undefined;
      } finally {
        await file.close();
      }
    },
  };
}
