import type { CardProblem } from '../../circulation/card-system.ts';
import { peek } from '../peek.ts';
import { xmlEncoding } from '../xml-pieces.ts';
import { readAlmaXml } from './alma-xml.ts';
import type { PatronReadingHow } from './alma-xml.ts';
import { readDelimitedPatrons } from './delimited.ts';
import type { PatronEntry } from './said.ts';

/** What a file of card holders may be (spec 8 and 9). */
export const PATRON_FORMATS = ['alma-xml', 'delimited'] as const;
export type PatronFormat = (typeof PATRON_FORMATS)[number];

/** How the bytes of a file may be written; `latin-1` is read as Windows-1252, which contains it. */
export const PATRON_ENCODINGS = ['utf-8', 'latin-1'] as const;
export type PatronEncoding = (typeof PATRON_ENCODINGS)[number];

/** What a TextDecoder is told of an XML file, by what was said, else by what the file says. */
export const xmlLabel = (
  first: Uint8Array,
  encoding: PatronEncoding | undefined,
): { readonly label: string } | { readonly found: string } =>
  encoding === undefined ? xmlEncoding(first) : { label: encoding === 'latin-1' ? 'windows-1252' : 'utf-8' };

/** Whether a file begins like XML, in whatever encoding. */
const isXml = (first: Uint8Array): boolean =>
  (first[0] === 0xff && first[1] === 0xfe) ||
  (first[0] === 0xfe && first[1] === 0xff) ||
  /^(?:\xef\xbb\xbf)?\s*</.test(Buffer.from(first.subarray(0, 200)).toString('latin1'));

/**
 * Reads a file of card holders as entries, in bounded memory. What is wrong with one record stops no other; what is wrong with
 * the file itself is an entry of its own. Throws only what `chunks` throws.
 */
export async function* readPatrons(
  chunks: AsyncIterable<Uint8Array>,
  format: PatronFormat,
  how: PatronReadingHow,
  encoding?: PatronEncoding,
): AsyncGenerator<PatronEntry> {
  const { first, all } = await peek(chunks);
  if (first.length === 0) return;
  const wrong = (problem: CardProblem): PatronEntry => ({ kind: 'file', problem, bytes: 0 });
  if (format === 'delimited') {
    if (isXml(first) && first[0] !== 0xff && first[0] !== 0xfe) yield wrong({ problem: 'unknown-content', line: 1 });
    else yield* readDelimitedPatrons(first, all, { ...how, ...(encoding === undefined ? {} : { encoding }) });
    return;
  }
  if (!isXml(first)) {
    yield wrong({ problem: 'unknown-content', line: 1 });
    return;
  }
  const label = xmlLabel(first, encoding);
  if ('found' in label) yield wrong({ problem: 'unknown-encoding', found: label.found, line: 1 });
  else yield* readAlmaXml(all, label.label, how);
}
