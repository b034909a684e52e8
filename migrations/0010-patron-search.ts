import type { Knex } from 'knex';
import { isPostgres, plainText } from './types.ts';
import type { Migration } from './types.ts';

/** People whose names are read at once, and words that are written at once. */
const PAGE = 1000;

type Person = { readonly id: number; readonly last_name: string; readonly first_name: string };
type Word = readonly [word: string, patron: number, name: 'last' | 'first'];

/** The words of a name as they were stored when this migration was written: it must do tomorrow what it does today. */
function wordsOf(name: string): string[] {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('ð', 'd')
    .replaceAll('þ', 'th')
    .replaceAll('ı', 'i');
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])];
}

const wordsOfPerson = ({ id, last_name: last, first_name: first }: Person): Word[] => [
  ...wordsOf(last).map((word): Word => [word, id, 'last']),
  ...wordsOf(first).map((word): Word => [word, id, 'first']),
];

/** The words of everybody's names, each with the name that it is of. */
async function fillWords(knex: Knex): Promise<void> {
  for (let after = 0; ;) {
    const people: Person[] = await knex('patrons')
      .select('id', 'last_name', 'first_name')
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE);
    const words = people.flatMap(wordsOfPerson);
    for (let at = 0; at < words.length; at += PAGE) {
      const part = words.slice(at, at + PAGE);
      const marks = part.map(() => '(?, ?, ?)').join(', ');
      await knex.raw(`insert into patron_words (word, patron_id, name) values ${marks}`, part.flat());
    }
    const last = people.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

/** What patrons are searched by besides the words of both names together (PAT-02): each name, e-mail, birth date. */
export const patronSearch: Migration = {
  name: '0010-patron-search',
  async up(knex) {
    await knex.schema.dropTable('patron_words');
    await knex.schema.createTable('patron_words', (table) => {
      plainText(table, knex, 'word').notNullable();
      table.integer('patron_id').notNullable().references('id').inTable('patrons').onDelete('CASCADE').index();
      table.text('name').notNullable().checkIn(['last', 'first'], 'patron_words_name');
      table.primary(['word', 'patron_id', 'name']);
    });
    await fillWords(knex);
    // Without the collation, PostgreSQL could neither search by beginnings nor compare as SQLite does.
    const address = isPostgres(knex) ? 'lower(value collate "C")' : 'lower(value)';
    await knex.raw(`create index patron_contacts_by_email on patron_contacts (${address}) where kind = 'email'`);
    await knex.raw('create index patrons_by_birth_day on patrons (birth_day)');
  },
  async down(knex) {
    await knex.raw('drop index patrons_by_birth_day');
    await knex.raw('drop index patron_contacts_by_email');
    await knex.raw('create table words_kept as select distinct word, patron_id from patron_words');
    await knex.schema.dropTable('patron_words');
    await knex.schema.createTable('patron_words', (table) => {
      plainText(table, knex, 'word').notNullable();
      table.integer('patron_id').notNullable().references('id').inTable('patrons').onDelete('CASCADE').index();
      table.primary(['word', 'patron_id']);
    });
    await knex.raw('insert into patron_words (word, patron_id) select word, patron_id from words_kept');
    await knex.schema.dropTable('words_kept');
  },
};
