import type { Migration } from './types.ts';

/** Due dates that were set by hand stay where they are when the calendar changes (CAL-07). */
export const datesByHand: Migration = {
  name: '0005-dates-by-hand',
  async up(knex) {
    await knex.schema.alterTable('loans', (table) => {
      table.boolean('due_by_hand').notNullable().defaultTo(false);
    });
  },
  async down(knex) {
    await knex.schema.alterTable('loans', (table) => {
      table.dropColumn('due_by_hand');
    });
  },
};
