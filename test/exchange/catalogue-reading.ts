import { readCatalogue } from '../../source/exchange/catalogue/read.ts';
import type { CatalogueReading } from '../../source/exchange/catalogue/read.ts';
import type { CatalogueEntry } from '../../source/exchange/catalogue/entry.ts';
import { readImportMapping } from '../../source/exchange/catalogue/mapping.ts';
import type { ImportMapping } from '../../source/exchange/catalogue/mapping.ts';
import { inPieces } from '../support/marc.ts';
import { smallNetwork } from '../support/network.ts';

/** A mapping of a test, against the small network. Throws what is wrong with it. */
export function mappingOf(text: string): ImportMapping {
  const read = readImportMapping(text, smallNetwork);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.mapping;
}

/** Everything that goes to `sci/63S`. */
export const ANYWHERE = mappingOf('locations: {"*": sci/63S}');

/** The entries of a file. */
export async function entriesIn(
  file: Buffer | string,
  reading: CatalogueReading,
  size?: number,
): Promise<CatalogueEntry[]> {
  const all: CatalogueEntry[] = [];
  for await (const one of readCatalogue(inPieces(file, size), smallNetwork, reading)) all.push(one);
  return all;
}

/** The only entry of a file. */
export async function entryIn(file: Buffer | string, reading: CatalogueReading): Promise<CatalogueEntry> {
  const [first, ...more] = await entriesIn(file, reading);
  if (!first || more.length > 0) throw new Error(`${more.length + 1} entries`);
  return first;
}

/** The codes of an entry's problems, with their fields. */
export const said = ({ problems }: CatalogueEntry): string[] =>
  problems.map((one) => [one.problem, one.field].filter(Boolean).join(' '));
