import { vocabularyIn, wordsFor } from '../../source/records/title-words.ts';
import type { IndexedTitle } from '../../source/records/title-words.ts';
import type { TableRows } from './tables.ts';

/** A title with what it is found by. */
export type Worded = IndexedTitle & { readonly id: number };

/** The full text of titles, by the program's own words; each database knows its titles by another name. */
export function wordTables(kind: 'sqlite' | 'postgres', titles: () => Iterable<Worded>): TableRows[] {
  const table = (name: 'title_words' | 'title_fields', part: 'words' | 'fields'): TableRows => ({
    table: name,
    columns: [kind === 'sqlite' ? 'rowid' : 'title_id', 'words'],
    *rows() {
      for (const one of titles()) yield [one.id, wordsFor(one)[part]];
    },
  });
  const vocabulary: TableRows = {
    table: 'title_vocabulary',
    columns: ['word'],
    *rows() {
      const seen = new Set<string>();
      for (const one of titles()) {
        const fresh = vocabularyIn(wordsFor(one).words).filter((word) => !seen.has(word));
        for (const word of fresh) {
          seen.add(word);
          yield [word];
        }
      }
    },
  };
  return [table('title_words', 'words'), table('title_fields', 'fields'), vocabulary];
}
