import type { Network } from '../../circulation/network.ts';
import type { Encoding } from './charsets/encodings.ts';
import { Codes } from './codes.ts';
import { readDelimited } from './delimited.ts';
import { wrongFile } from './entry.ts';
import type { CatalogueEntry } from './entry.ts';
import { readIso2709 } from './iso2709.ts';
import type { Flavour } from './iso2709.ts';
import { NO_MAPPING } from './mapping.ts';
import type { ImportMapping } from './mapping.ts';
import { entryOf, wantedTags } from './marc.ts';
import { readMarcXml } from './marcxml.ts';
import { peek } from '../peek.ts';
import { xmlEncoding } from '../xml-pieces.ts';

/** What a file of catalogue records may be (spec 8 and 9). */
export const CATALOGUE_FORMATS = ['marc21', 'unimarc', 'marcxml', 'items'] as const;
export type CatalogueFormat = (typeof CATALOGUE_FORMATS)[number];

export type CatalogueReading = {
  readonly format: CatalogueFormat;
  /** Of MARCXML: else each record is looked at. */
  readonly flavour?: Flavour;
  /** Instead of what records say of themselves. */
  readonly encoding?: Encoding;
  readonly mapping?: ImportMapping;
};

/** What MARC records are written in: XML, ISO 2709, or something else. */
function contentOf(first: Buffer): 'xml' | 'iso2709' | 'empty' | undefined {
  if ((first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0xfe && first[1] === 0xff)) return 'xml';
  const start = first.toString('latin1').replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  if (start === '') return 'empty';
  if (start.startsWith('<')) return 'xml';
  // A record whose length is damaged still has its separators.
  return /^\d{5}/.test(start) || start.includes('\u001E') || start.includes('\u001F') ? 'iso2709' : undefined;
}

/**
 * Reads a file of catalogue records as entries to be imported, in bounded memory. What is wrong with one record stops no
 * other; what is wrong with the file itself is an entry of its own (`isFile`). Throws only what `chunks` throws.
 */
export async function* readCatalogue(
  chunks: AsyncIterable<Uint8Array>,
  network: Network,
  { format, flavour, encoding, mapping = NO_MAPPING }: CatalogueReading,
): AsyncGenerator<CatalogueEntry> {
  const { first, all } = await peek(chunks);
  const codes = new Codes(network, mapping);
  const forced = encoding === undefined ? {} : { encoding };
  if (format === 'items') {
    if (first.length > 0) yield* readDelimited(first, all, { codes, mapping, ...forced });
    return;
  }
  const how = { flavour: format === 'marcxml' ? (flavour ?? null) : format, codes, mapping };
  const wants = wantedTags(how);
  const content = contentOf(first);
  if (content === 'empty') return;
  if (content === undefined || (format === 'marcxml' && content !== 'xml')) {
    yield wrongFile({ problem: 'unknown-content' });
    return;
  }
  if (content === 'iso2709') {
    for await (const read of readIso2709(all, { flavour: how.flavour ?? 'marc21', wants, ...forced }))
      yield entryOf(read, how);
    return;
  }
  const label =
    encoding === undefined ? xmlEncoding(first) : { label: encoding === 'latin-1' ? 'windows-1252' : 'utf-8' };
  if ('found' in label) {
    yield wrongFile({ problem: 'unknown-encoding', found: label.found });
    return;
  }
  for await (const read of readMarcXml(all, label.label, wants)) {
    const entry = entryOf(read, how);
    yield read.isFile ? { ...entry, isFile: true } : entry;
  }
}
