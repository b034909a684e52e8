import { searchCatalogue } from '../../desk/catalogue-search.ts';
import type { TitleLine } from '../../desk/views.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse } from './browse.ts';
import { scanAnything, showTitle } from './cards.ts';
import { showQueue } from './request-actions.ts';
import { placeByForm } from './requests-place.ts';
import { newTitle } from './title-forms.ts';

/** Below so many characters a search would find half the library. */
const SHORTEST_SEARCH = 2;

/** The catalogue: what is typed finds titles as it is typed, by title, author, call number, ISBN or barcode. */
export async function showCatalogue(runtime: Runtime): Promise<void> {
  const wanted = { text: '' };
  await openBrowse<TitleLine>(runtime, {
    table: 'catalogue',
    title: () => runtime.words().catalogue.head,
    hint: () => runtime.words().catalogue.hint,
    field: () => runtime.words().catalogue.field,
    columns: () => {
      const { columns: heads } = runtime.words().catalogue;
      const { lists } = runtime.words();
      return [
        { name: 'title', head: lists.columns.title, width: 0, cell: (row) => printable(row.title) },
        { name: 'author', head: lists.columns.author, width: 20, cell: (row) => printable(row.author ?? '') },
        { name: 'year', head: heads.year, width: 5, cell: (row) => row.year ?? '' },
        { name: 'here', head: heads.here, width: 5, cell: (row) => String(row.inPlaceHere) },
        { name: 'elsewhere', head: heads.elsewhere, width: 9, cell: (row) => String(row.inPlaceElsewhere) },
        { name: 'copies', head: heads.copies, width: 7, cell: (row) => String(row.copies) },
        { name: 'isbn', head: 'ISBN', width: 17, byDefault: false, cell: (row) => printable(row.isbn ?? '') },
      ];
    },
    keyOf: (row) => String(row.id),
    empty: () =>
      wanted.text.length < SHORTEST_SEARCH ? '' : runtime.words().catalogue.noMatch(printable(wanted.text)),
    typed: (text) => {
      wanted.text = text.trim();
    },
    read: async (window) => {
      if (wanted.text.length < SHORTEST_SEARCH) return { total: 0, lines: [] };
      const found = await runtime.perform(searchCatalogue, { text: wanted.text, window });
      if (found.kind !== 'titles') {
        runtime.refuse(found);
        return undefined;
      }
      runtime.tell('information', runtime.words().catalogue.titles(found.total));
      return found;
    },
    // A book's barcode scanned in the catalogue is looked up, whatever place is beneath (VII.2.1).
    scan: async (code) => scanAnything(runtime, code),
    open: async (row) => showTitle(runtime, row.id),
    commands: {
      request: async (row) => {
        if (row) await placeByForm(runtime, { title: row.id });
      },
      queue: async (row) => {
        if (row) await showQueue(runtime, row.id);
      },
      add: async () => {
        const id = await newTitle(runtime, wanted.text);
        if (id !== undefined) await showTitle(runtime, id);
      },
    },
  });
}
