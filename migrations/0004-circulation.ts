import type { Migration } from './types.ts';

/** Loans, blocks, requests, transits, and what happened. The unique indexes are the rules that no race may break. */
export const circulation: Migration = {
  name: '0004-circulation',
  async up(knex) {
    await knex.schema.createTable('loans', (table) => {
      table.increments('id');
      table.integer('item_id').notNullable().references('id').inTable('items');
      table.integer('title_id').notNullable();
      table.integer('patron_id').references('id').inTable('patrons');
      table.text('library').notNullable();
      table.text('location').notNullable();
      table.text('material').notNullable();
      table.text('policy');
      table.boolean('described').notNullable();
      table.bigInteger('loaned_at').notNullable();
      table.text('loaned_desk').notNullable();
      table.integer('loaned_by').notNullable().references('id').inTable('staff');
      table.bigInteger('due_at').notNullable();
      table.bigInteger('late_from').notNullable();
      table.text('period_unit');
      table.integer('period_count');
      table.boolean('shortened').notNullable().defaultTo(false);
      table.integer('network_version').notNullable();
      table.integer('rule_row');
      table.integer('renewals').notNullable().defaultTo(0);
      table.bigInteger('renewed_at');
      table.boolean('recalled').notNullable().defaultTo(false);
      table.bigInteger('lost_at');
      table.bigInteger('returned_at');
      table.text('returned_desk');
      table.integer('returned_by').references('id').inTable('staff');
      table.check('due_at > loaned_at', {}, 'loans_due_after_loan');
      table.check('returned_at is null or returned_at >= loaned_at', {}, 'loans_returned_after_loan');
    });
    await knex.raw('create unique index loans_one_open_per_item on loans (item_id) where returned_at is null');
    await knex.raw(
      'create index loans_open_of_patron on loans (patron_id, due_at, library, location, material, policy, late_from, title_id, described) where returned_at is null',
    );
    await knex.raw('create index loans_of_item on loans (item_id, returned_at)');
    await knex.raw(
      'create index loans_returned_of_patron on loans (patron_id, returned_at) where returned_at is not null',
    );

    await knex.schema.createTable('patron_blocks', (table) => {
      table.increments('id');
      table.integer('patron_id').notNullable().references('id').inTable('patrons');
      table.text('type').notNullable().checkIn(['LATE_RETURN', 'MANUAL', 'QUITUS'], 'patron_blocks_type');
      table.text('until_day');
      table.text('note');
      table.text('library');
      table.integer('loan_id').references('id').inTable('loans');
      table.bigInteger('created_at').notNullable();
      table.integer('created_by').references('id').inTable('staff');
      table.bigInteger('lifted_at');
      table.check("type <> 'LATE_RETURN' or until_day is not null", {}, 'patron_blocks_late_return_ends');
    });
    await knex.raw(
      'create index patron_blocks_standing on patron_blocks (patron_id, until_day) where lifted_at is null',
    );
    await knex.raw(
      'create unique index patron_blocks_one_per_loan on patron_blocks (loan_id) where loan_id is not null',
    );

    await knex.schema.createTable('requests', (table) => {
      table.increments('id');
      table.integer('title_id').notNullable().references('id').inTable('titles');
      table.integer('item_id').references('id').inTable('items');
      table.integer('patron_id').references('id').inTable('patrons');
      table.text('pickup').notNullable().references('code').inTable('libraries');
      table
        .text('state')
        .notNullable()
        .checkIn(['WAITING', 'TRANSIT', 'ON_SHELF', 'FILLED', 'CANCELLED'], 'requests_state');
      table.integer('assigned_item_id').references('id').inTable('items');
      table.bigInteger('placed_at').notNullable();
      table.text('not_after');
      table.bigInteger('held_since');
      table.text('held_until');
      table.bigInteger('closed_at');
      table.check(
        "state <> 'ON_SHELF' or (assigned_item_id is not null and held_until is not null)",
        {},
        'requests_on_shelf',
      );
      table.check("(state in ('FILLED', 'CANCELLED')) = (closed_at is not null)", {}, 'requests_closed');
    });
    await knex.raw(
      'create unique index requests_one_per_item on requests (assigned_item_id) where closed_at is null and assigned_item_id is not null',
    );
    await knex.raw('create index requests_queue on requests (title_id, placed_at) where closed_at is null');
    await knex.raw('create index requests_of_patron on requests (patron_id) where closed_at is null');

    await knex.schema.createTable('transits', (table) => {
      table.increments('id');
      table.integer('item_id').notNullable().references('id').inTable('items');
      table.text('from_library').notNullable();
      table.text('to_library').notNullable();
      table.text('reason').notNullable();
      table.integer('request_id').references('id').inTable('requests');
      table.bigInteger('since').notNullable();
      table.bigInteger('ended_at');
    });
    await knex.raw('create unique index transits_one_open_per_item on transits (item_id) where ended_at is null');

    await knex.schema.createTable('events', (table) => {
      table.increments('id');
      table.bigInteger('at').notNullable();
      table.text('kind').notNullable();
      table.integer('staff_id').references('id').inTable('staff');
      table.text('desk');
      table.integer('patron_id');
      table.integer('item_id');
      table.integer('loan_id');
      table.text('data').notNullable();
      table.text('cause').unique();
    });
    await knex.raw('create index events_of_desk on events (desk, id)');
    await knex.raw('create index events_of_patron on events (patron_id, id)');
    await knex.raw('create index events_of_item on events (item_id, id)');

    await knex.schema.createTable('overrides', (table) => {
      table.increments('id');
      table.integer('event_id').notNullable().references('id').inTable('events');
      table.text('code').notNullable();
      table.text('reason');
      table.boolean('automatic').notNullable().defaultTo(false);
    });
  },
  async down(knex) {
    for (const table of ['overrides', 'events', 'transits', 'requests', 'patron_blocks', 'loans']) {
      await knex.schema.dropTable(table);
    }
  },
};
