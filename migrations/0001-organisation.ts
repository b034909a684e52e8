import type { Migration } from './types.ts';

/** The network and its staff. Libraries, locations and groups mirror the network file, so that records can refer to them. */
export const organisation: Migration = {
  name: '0001-organisation',
  async up(knex) {
    await knex.schema.createTable('settings', (table) => {
      table.text('key').primary();
      table.text('value').notNullable();
    });
    await knex.schema.createTable('network_versions', (table) => {
      table.increments('version');
      table.bigInteger('loaded_at').notNullable();
      table.integer('staff_id');
      table.text('digest').notNullable();
      table.text('document').notNullable();
      table.text('difference').notNullable();
    });
    await knex.schema.createTable('libraries', (table) => {
      table.text('code').primary();
    });
    await knex.schema.createTable('locations', (table) => {
      table.text('code').primary();
      table.text('library').notNullable().references('code').inTable('libraries');
    });
    await knex.schema.createTable('user_groups', (table) => {
      table.text('code').primary();
    });
    await knex.schema.createTable('staff', (table) => {
      table.increments('id');
      table.text('name').notNullable().unique();
      table.text('display_name').notNullable();
      table.text('password_hash');
      table.text('last_place');
      table.integer('failures').notNullable().defaultTo(0);
      table.bigInteger('locked_until');
      table.boolean('active').notNullable().defaultTo(true);
    });
    await knex.schema.createTable('staff_roles', (table) => {
      table.integer('staff_id').notNullable().references('id').inTable('staff').onDelete('CASCADE');
      table.text('role').notNullable();
      table.text('library').notNullable();
      table.primary(['staff_id', 'role', 'library']);
    });
  },
  async down(knex) {
    for (const table of [
      'staff_roles',
      'staff',
      'user_groups',
      'locations',
      'libraries',
      'network_versions',
      'settings',
    ]) {
      await knex.schema.dropTable(table);
    }
  },
};
