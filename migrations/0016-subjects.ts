import type { Knex } from 'knex';
import { isPostgres } from './types.ts';
import type { Migration } from './types.ts';

/**
 * The words of titles are all written anew (by whoever runs the migration): by title, author, subject and ISBN too, with the
 * libraries that have them. Each text comes as words with spaces between. Where patrons type the beginning of a word, the
 * words that there are (`title_vocabulary`) are asked for in its place: several times as fast, and an index that is never asked
 * for beginnings needs no positions, which halves it.
 */
async function search(knex: Knex): Promise<void> {
  if (isPostgres(knex)) {
    await knex.raw('delete from title_words');
    await knex.raw(
      'create table title_fields (title_id integer primary key references titles (id) on delete cascade, words tsvector not null)',
    );
    await knex.raw('create index title_fields_found on title_fields using gin (words)');
    // Without a key: two that write the same new word at once do not wait for each other, and having it twice does no harm.
    await knex.raw('create table title_vocabulary (word text collate "C" not null)');
    await knex.raw('create index title_vocabulary_words on title_vocabulary (word)');
    return;
  }
  const fts = (more: string): string =>
    `using fts5(words, content='', contentless_delete=1, tokenize='ascii', ${more})`;
  await knex.raw('drop table title_words');
  await knex.raw(`create virtual table title_words ${fts("prefix='3'")}`);
  await knex.raw(`create virtual table title_fields ${fts("prefix='4', detail=none")}`);
  await knex.raw('create table title_vocabulary (word text primary key) without rowid');
}

/** Subjects of titles, and what patrons search by (KIO-01). */
export const subjects: Migration = {
  name: '0016-subjects',
  async up(knex) {
    await knex.schema.alterTable('titles', (table) => {
      /** One on each line; null: none. */
      table.text('subjects');
    });
    await search(knex);
  },
  async down(knex) {
    await knex.raw('drop table title_vocabulary');
    await knex.raw('drop table title_fields');
    await knex.schema.alterTable('titles', (table) => {
      table.dropColumns('subjects');
    });
  },
};
