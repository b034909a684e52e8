import { plainText } from './types.ts';
import type { Migration } from './types.ts';

/** Patrons with their identifiers, contacts, notes and the words of their names. Days are `YYYY-MM-DD`, instants UTC milliseconds. */
export const patrons: Migration = {
  name: '0002-patrons',
  async up(knex) {
    await knex.schema.createTable('patrons', (table) => {
      table.increments('id');
      table.text('last_name').notNullable();
      table.text('first_name').notNullable();
      plainText(table, knex, 'sort_name').notNullable();
      table.text('group_code').references('code').inTable('user_groups');
      table.text('campus');
      table.text('birth_day');
      table.text('status').notNullable().defaultTo('active').checkIn(['active', 'inactive'], 'patrons_status');
      table.text('kind').notNullable().defaultTo('internal').checkIn(['internal', 'external'], 'patrons_kind');
      table.text('language').notNullable().defaultTo('fr');
      table.text('expiry_day');
      table.text('purge_day');
      table.bigInteger('created_at').notNullable();
    });
    await knex.schema.createTable('patron_identifiers', (table) => {
      table.increments('id');
      table.integer('patron_id').notNullable().references('id').inTable('patrons').onDelete('CASCADE').index();
      table.text('type').notNullable();
      table.text('value').notNullable();
      plainText(table, knex, 'value_key').notNullable().unique();
      table.boolean('external').notNullable().defaultTo(false);
    });
    await knex.schema.createTable('patron_words', (table) => {
      plainText(table, knex, 'word').notNullable();
      table.integer('patron_id').notNullable().references('id').inTable('patrons').onDelete('CASCADE').index();
      table.primary(['word', 'patron_id']);
    });
    await knex.schema.createTable('patron_contacts', (table) => {
      table.increments('id');
      table.integer('patron_id').notNullable().references('id').inTable('patrons').onDelete('CASCADE').index();
      table.text('kind').notNullable().checkIn(['email', 'phone', 'address'], 'patron_contacts_kind');
      table.text('type');
      table.text('value').notNullable();
      table.boolean('preferred').notNullable().defaultTo(false);
      table.boolean('external').notNullable().defaultTo(false);
    });
    await knex.schema.createTable('patron_notes', (table) => {
      table.increments('id');
      table.integer('patron_id').notNullable().references('id').inTable('patrons').onDelete('CASCADE').index();
      table.text('text').notNullable();
      table.text('type').notNullable().defaultTo('general');
      table.boolean('popup').notNullable().defaultTo(false);
      table.boolean('visible').notNullable().defaultTo(false);
      table.boolean('external').notNullable().defaultTo(false);
      table.bigInteger('created_at').notNullable();
      table.integer('created_by').references('id').inTable('staff');
      table.bigInteger('deleted_at');
    });
  },
  async down(knex) {
    for (const table of ['patron_notes', 'patron_contacts', 'patron_words', 'patron_identifiers', 'patrons']) {
      await knex.schema.dropTable(table);
    }
  },
};
