import { plainText } from './types.ts';
import type { Migration } from './types.ts';

const PROCESS_TYPES = ['LOAN', 'TRANSIT', 'HOLDSHELF', 'MISSING', 'LOST_LOAN', 'ACQ', 'WORK_ORDER_DEPARTMENT'];

/** Titles and items. An item whose process is null is in place. */
export const catalogue: Migration = {
  name: '0003-catalogue',
  async up(knex) {
    await knex.schema.createTable('titles', (table) => {
      table.increments('id');
      table.text('title').notNullable();
      table.text('author');
      table.text('isbn');
      plainText(table, knex, 'match_key').notNullable().index();
    });
    await knex.schema.createTable('items', (table) => {
      table.increments('id');
      table.integer('title_id').notNullable().references('id').inTable('titles').index();
      table.text('barcode').notNullable();
      plainText(table, knex, 'barcode_key').notNullable().unique();
      table.text('library').notNullable().references('code').inTable('libraries');
      table.text('location').notNullable().references('code').inTable('locations');
      table.text('material').notNullable();
      table.text('policy');
      table.text('description');
      table.text('call_number');
      table.text('fulfilment_note');
      table.text('public_note');
      table.text('internal_note');
      table.text('process').checkIn(PROCESS_TYPES, 'items_process');
      table.text('department');
      table.text('at_library').notNullable();
      table.bigInteger('created_at').notNullable();
    });
  },
  async down(knex) {
    await knex.schema.dropTable('items');
    await knex.schema.dropTable('titles');
  },
};
