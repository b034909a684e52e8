import { plain } from '../../records/text.ts';
import type { Column, ImportMapping } from './mapping.ts';
import { COLUMNS } from './mapping.ts';

/** Names of columns in French and in English, without accents, spaces and capitals. */
const NAMES: Readonly<Record<Column, string>> = {
  barcode: 'barcode codebarres codeabarres codebarre itembarcode cab',
  title: 'title titre titrepropre',
  author: 'author auteur auteurs authors',
  isbn: 'isbn issn isbnissn',
  publisher: 'publisher editeur',
  year: 'year annee date datedepublication publicationyear',
  location: 'location localisation emplacement magasin',
  library: 'library bibliotheque site',
  material: 'material materialtype materiel typedemateriel support',
  policy: 'policy itempolicy exception exceptiondecirculation regledepret',
  description: 'description volume tome enumeration',
  callNumber: 'callnumber cote',
  fulfilmentNote: 'note fulfilmentnote fulfillmentnote notedetraitement notedepret',
  publicNote: 'publicnote notepublique',
  internalNote: 'internalnote noteinterne',
};

const BY_NAME = new Map(COLUMNS.flatMap((column) => NAMES[column].split(' ').map((name) => [name, column] as const)));

const keyOf = (name: string): string => plain(name).replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What each column of a file is, by its header; undefined: nothing that is imported. The first of two equal ones counts. */
export function columnsOf(header: readonly string[], { columns }: ImportMapping): (Column | undefined)[] {
  const own = new Map(Object.entries(columns).map(([name, column]) => [keyOf(name), column]));
  const taken = new Set<Column>();
  return header.map((name) => {
    const column = own.get(keyOf(name)) ?? BY_NAME.get(keyOf(name));
    if (column === undefined || taken.has(column)) return undefined;
    taken.add(column);
    return column;
  });
}

/** The delimiter of a header line: what stands most often outside of quotes. */
export function delimiterOf(line: string): string {
  const bare = line.replaceAll(/"[^"]*"/g, '');
  const counted = [';', ',', '\t'].map((mark) => ({ mark, count: bare.split(mark).length }));
  return counted.toSorted((one, other) => other.count - one.count)[0]?.mark ?? ';';
}
