import type { Knex } from 'knex';
import type { Migration } from './types.ts';

/** Files that were recorded without the database, and what became of their lines (OFF-04 to OFF-06). */
async function tables(knex: Knex): Promise<void> {
  await knex.schema.createTable('offline_uploads', (table) => {
    table.increments('id');
    table.text('file').notNullable();
    /** Of its bytes: an upload that was cut off is known again by it. */
    table.text('digest').notNullable();
    table.text('desk').notNullable();
    table.integer('staff_id').references('id').inTable('staff');
    table.bigInteger('started_at').notNullable();
    /** Null: not finished; the same file again goes on with it. */
    table.bigInteger('ended_at');
    /** Lines of the file, the bad ones too; what became of them, once it has ended. */
    table.integer('lines').notNullable();
    table.integer('completed').notNullable().defaultTo(0);
    table.integer('failed').notNullable().defaultTo(0);
    table.integer('duplicates').notNullable().defaultTo(0);
  });
  await knex.schema.createTable('offline_lines', (table) => {
    table.increments('id');
    table.integer('upload_id').notNullable().references('id').inTable('offline_uploads');
    table.integer('number').notNullable();
    /** Digest of the transaction, the same for the short and the padded form; null: the line is none. */
    table.text('key');
    /** The line as it stands in the file; null: kept no longer. */
    table.text('raw');
    table.bigInteger('line_at');
    /** From when `raw` grows old: the line's own time where it was applied, else the time of its upload. */
    table.bigInteger('kept_from').notNullable();
    table.text('state').notNullable().checkIn(['applied', 'known', 'failed'], 'offline_lines_state');
    table.text('failure');
    /** What somebody should look at, with spaces between. */
    table.text('attention');
    table.integer('item_id');
    table.integer('loan_id').references('id').inTable('loans').onDelete('SET NULL');
    table.integer('patron_id').references('id').inTable('patrons').onDelete('SET NULL');
    table.check("(state = 'failed') = (failure is not null)", {}, 'offline_lines_failure');
    table.check("state = 'failed' or key is not null", {}, 'offline_lines_key');
  });
}

/** One upload of a file at a desk at a time. A transaction is applied once, whatever is uploaded how often and by how many (OFF-06): the database sees to it. */
const INDEXES = [
  "unique index offline_lines_applied_once on offline_lines (key) where state <> 'failed'",
  'unique index offline_lines_of_upload on offline_lines (upload_id, number)',
  'index offline_lines_to_see on offline_lines (upload_id, number) where failure is not null or attention is not null',
  'index offline_lines_to_empty on offline_lines (kept_from) where raw is not null',
  'index offline_lines_of_loan on offline_lines (loan_id) where loan_id is not null',
  'index offline_lines_of_patron on offline_lines (patron_id) where patron_id is not null',
  'unique index offline_uploads_unfinished on offline_uploads (digest, desk) where ended_at is null',
];

/** Offline files; where the report of an upload is sent. */
export const offlineUploads: Migration = {
  name: '0014-offline-uploads',
  async up(knex) {
    await tables(knex);
    for (const index of INDEXES) await knex.raw(`create ${index}`);
    await knex.schema.alterTable('staff', (table) => {
      /** Where reports are sent to; null: nowhere. */
      table.text('email');
    });
  },
  async down(knex) {
    await knex.schema.alterTable('staff', (table) => table.dropColumns('email'));
    await knex.schema.dropTable('offline_lines');
    await knex.schema.dropTable('offline_uploads');
  },
};
