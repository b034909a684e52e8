import type { Knex } from 'knex';
import { plainText } from './types.ts';
import type { Migration } from './types.ts';

/** What a record knows beside names and dates (USR-02, USR-06, USR-08). */
async function records(knex: Knex): Promise<void> {
  await knex.schema.alterTable('patrons', (table) => {
    /** A code of the network's categories, such as *to overwrite* (USR-06, IMP-04). */
    table.text('category');
    /** All inherited fields may be changed by hand (USR-08) … */
    table.boolean('open_for_update').notNullable().defaultTo(false);
    /** … and the next import leaves the group alone. */
    table.boolean('group_protected').notNullable().defaultTo(false);
    /** Digest of what the card system last said; null: unknown, or changed here since (IMP-03). */
    table.text('card_digest');
    table.bigInteger('imported_at');
    /** Since when the record is inactive, and why: `kiosk-quitus`, `by-hand`, `import` (QUI-03, QUI-04). */
    table.bigInteger('deactivated_at');
    table.text('deactivated_because');
  });
  await knex.raw('create index patrons_by_category on patrons (category) where category is not null');
  await knex.raw('create index patrons_by_purge_day on patrons (purge_day) where purge_day is not null');
  // A record that goes is looked for in these: without an index that takes seconds for a hundred of them (IMP-05).
  for (const table of ['loans', 'requests', 'patron_blocks']) {
    await knex.raw(`create index ${table}_by_patron on ${table} (patron_id)`);
  }
  await knex.schema.alterTable('patron_contacts', (table) => {
    /** Of an address; its lines are the value, one below the other. */
    table.text('city');
    table.text('postal_code');
    table.text('country');
  });
  await knex.schema.createTable('patron_statistics', (table) => {
    table.increments('id');
    table.integer('patron_id').notNullable().references('id').inTable('patrons').onDelete('CASCADE');
    /** A code of the network's statistical categories. */
    table.text('code').notNullable();
    table.boolean('external').notNullable().defaultTo(false);
    table.unique(['patron_id', 'code']);
  });
}

/** Passwords and one-time codes, apart from what lists read (USR-11, REL-07). */
async function secrets(knex: Knex): Promise<void> {
  await knex.schema.createTable('patron_passwords', (table) => {
    table.integer('patron_id').primary().references('id').inTable('patrons').onDelete('CASCADE');
    /** Null: none has been set. */
    table.text('hash');
    table.bigInteger('set_at');
    /** Wrong ones in a row; how long the next try has to wait. */
    table.integer('failures').notNullable().defaultTo(0);
    table.bigInteger('locked_until');
  });
  await knex.schema.createTable('patron_codes', (table) => {
    table.increments('id');
    table.integer('patron_id').notNullable().references('id').inTable('patrons').onDelete('CASCADE').index();
    table.text('hash').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('used_at');
    table.integer('failures').notNullable().defaultTo(0);
  });
}

/** The queue of letters, and what was sent: 365 days (USR-07, LET-01). One per cause, whatever is tried again. */
async function letters(knex: Knex): Promise<void> {
  await knex.schema.createTable('letters', (table) => {
    table.increments('id');
    table.text('kind').notNullable();
    plainText(table, knex, 'cause').notNullable().unique();
    table.integer('patron_id').references('id').inTable('patrons').onDelete('SET NULL').index();
    /** The library that writes; null: the network. */
    table.text('library');
    table.text('language').notNullable();
    /** Null: nobody can be written to; it waits to be printed. */
    table.text('to_address');
    /** What the template says is made of this, as JSON. Never a secret: codes are made when a letter leaves. */
    table.text('facts').notNullable();
    table
      .text('state')
      .notNullable()
      .defaultTo('queued')
      .checkIn(['queued', 'sent', 'printed', 'failed', 'cancelled'], 'letters_state');
    table.bigInteger('created_at').notNullable();
    table.integer('created_by').references('id').inTable('staff');
    table.bigInteger('sent_at');
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('next_attempt_at');
    table.text('error');
  });
  await knex.raw("create index letters_to_send on letters (next_attempt_at, id) where state = 'queued'");
  await knex.raw('create index letters_by_age on letters (created_at)');
}

/** Clearances (QUI-02 to QUI-04) and runs of jobs with what they could not do (IMP-02, JOB-02). */
async function clearancesAndRuns(knex: Knex): Promise<void> {
  await knex.schema.createTable('clearances', (table) => {
    table.increments('id');
    table.integer('patron_id').notNullable().references('id').inTable('patrons').onDelete('CASCADE').index();
    table.text('at').notNullable().checkIn(['desk', 'kiosk'], 'clearances_at');
    table.text('library');
    table.bigInteger('issued_at').notNullable();
    table.integer('issued_by').references('id').inTable('staff');
    table.integer('letter_id').references('id').inTable('letters').onDelete('SET NULL');
    table.integer('block_id').references('id').inTable('patron_blocks').onDelete('SET NULL');
  });
  await knex.schema.createTable('job_runs', (table) => {
    table.increments('id');
    table.text('job').notNullable();
    /** What it was about: a day, or the name and digest of a file. */
    table.text('subject');
    table.text('state').notNullable().checkIn(['running', 'done', 'failed', 'interrupted'], 'job_runs_state');
    table.bigInteger('started_at').notNullable();
    table.bigInteger('ended_at');
    table.integer('staff_id').references('id').inTable('staff');
    /** How far it is, and what it counted, as JSON. */
    table.text('counters').notNullable().defaultTo('{}');
    table.text('error');
  });
  await knex.raw('create index job_runs_latest on job_runs (job, id)');
  await knex.schema.createTable('job_run_lines', (table) => {
    table.increments('id');
    table.integer('run_id').notNullable().references('id').inTable('job_runs').onDelete('CASCADE').index();
    /** From 1: of the file, else of the report. */
    table.integer('line').notNullable();
    table.text('record');
    table.text('field');
    table.text('problem').notNullable();
    table.text('value');
  });
}

/** Patrons' records in full, passwords, letters, clearances, runs of jobs. */
export const patronsRecords: Migration = {
  name: '0012-patrons-records',
  async up(knex) {
    await records(knex);
    await secrets(knex);
    await letters(knex);
    await clearancesAndRuns(knex);
  },
  async down(knex) {
    for (const table of [
      'job_run_lines',
      'job_runs',
      'clearances',
      'letters',
      'patron_codes',
      'patron_passwords',
      'patron_statistics',
    ]) {
      await knex.schema.dropTable(table);
    }
    for (const table of ['loans', 'requests', 'patron_blocks']) await knex.raw(`drop index ${table}_by_patron`);
    await knex.raw('drop index patrons_by_purge_day');
    await knex.raw('drop index patrons_by_category');
    await knex.schema.alterTable('patron_contacts', (table) => table.dropColumns('city', 'postal_code', 'country'));
    await knex.schema.alterTable('patrons', (table) =>
      table.dropColumns(
        'category',
        'open_for_update',
        'group_protected',
        'card_digest',
        'imported_at',
        'deactivated_at',
        'deactivated_because',
      ),
    );
  },
};
