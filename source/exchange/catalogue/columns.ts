import { matchColumns } from '../column-names.ts';
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

/** What each column of a file is, by its header; undefined: nothing that is imported. The first of two equal ones counts. */
export const columnsOf = (header: readonly string[], { columns }: ImportMapping): (Column | undefined)[] =>
  matchColumns(header, BY_NAME, columns);
