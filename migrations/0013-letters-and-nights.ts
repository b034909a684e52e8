import type { Knex } from 'knex';
import type { Migration } from './types.ts';

/** A letter as it left, so that it can be shown and sent again as it was (LET-04). */
async function letters(knex: Knex): Promise<void> {
  await knex.schema.alterTable('letters', (table) => {
    /** How it travels: by mail, or on paper to the printer of its library (LET-06). */
    table.text('channel').notNullable().defaultTo('mail').checkIn(['mail', 'paper'], 'letters_channel');
    /** Sender and reply-to when it left; null: not yet. */
    table.text('sender');
    table.text('reply_to');
    /** What it said; the code of an identity message is not in it. Null: it has not left yet. */
    table.text('subject');
    table.text('body_text');
    table.text('body_html');
    /** The business day of the night that wrote it (CYC-02); null: it was written at once. */
    table.text('night');
  });
}

/** What was said of which loan (CYC-02): the same notice of a due date leaves once, however often a night is run. */
async function notices(knex: Knex): Promise<void> {
  await knex.schema.createTable('notices', (table) => {
    table.integer('loan_id').notNullable().references('id').inTable('loans').onDelete('CASCADE');
    table.text('kind').notNullable();
    /** The due day that it was about: a renewed loan is warned of again. */
    table.text('due_day').notNullable();
    /** The business day of the night that wrote it. */
    table.text('night').notNullable();
    /** `renewed`: nobody is told (REN-10). */
    table.text('outcome').notNullable().checkIn(['letter', 'renewed'], 'notices_outcome');
    table.integer('letter_id').references('id').inTable('letters').onDelete('SET NULL').index();
    table.primary(['loan_id', 'kind', 'due_day']);
  });
}

/** Loans by the day on which they fall due, and by the day of their return; what statistics keep of a patron (JOB-06). */
async function loans(knex: Knex): Promise<void> {
  await knex.schema.alterTable('loans', (table) => {
    /** Group and campus of the patron when the loan was anonymised. */
    table.text('patron_group');
    table.text('patron_campus');
  });
  await knex.raw('create index loans_open_by_due on loans (library, due_at, patron_id) where returned_at is null');
  await knex.raw(
    'create index loans_to_anonymise on loans (returned_at) where returned_at is not null and patron_id is not null',
  );
  await knex.raw('create index loans_lost on loans (due_at) where returned_at is null and lost_at is not null');
  await knex.raw(
    'create index requests_to_anonymise on requests (closed_at) where closed_at is not null and patron_id is not null',
  );
  await knex.raw(
    "create index events_to_anonymise on events (kind, at) where patron_id is not null and (loan_id is null or kind = 'loan-deleted')",
  );
  // What is purged looks for who refers to it.
  await knex.raw('create index clearances_of_letter on clearances (letter_id) where letter_id is not null');
}

/** Who works at a run, and until when nobody else may think that it has crashed (JOB-02). */
async function runs(knex: Knex): Promise<void> {
  await knex.schema.alterTable('job_runs', (table) => {
    table.text('worker').notNullable().defaultTo('');
    table.bigInteger('seen_at').notNullable().defaultTo(0);
    /** Of a nightly or monthly job: the business day that it is for. */
    table.text('day');
    /** Only one run of such a job at a time: the database sees to it. */
    table.boolean('exclusive').notNullable().defaultTo(false);
  });
  await knex.raw("create unique index job_runs_one_running on job_runs (job) where state = 'running' and exclusive");
  await knex.raw('create index job_runs_days on job_runs (job, day, state) where day is not null');
}

/** Letters as they left, notices, anonymous loans, runs of jobs under a lock. */
export const lettersAndNights: Migration = {
  name: '0013-letters-and-nights',
  async up(knex) {
    await letters(knex);
    await notices(knex);
    await loans(knex);
    await runs(knex);
  },
  async down(knex) {
    await knex.raw('drop index job_runs_days');
    await knex.raw('drop index job_runs_one_running');
    await knex.schema.alterTable('job_runs', (table) => table.dropColumns('worker', 'seen_at', 'day', 'exclusive'));
    for (const index of [
      'clearances_of_letter',
      'events_to_anonymise',
      'requests_to_anonymise',
      'loans_lost',
      'loans_to_anonymise',
      'loans_open_by_due',
    ])
      await knex.raw(`drop index ${index}`);
    await knex.schema.alterTable('loans', (table) => table.dropColumns('patron_group', 'patron_campus'));
    await knex.schema.dropTable('notices');
    await knex.schema.alterTable('letters', (table) =>
      table.dropColumns('channel', 'sender', 'reply_to', 'subject', 'body_text', 'body_html', 'night'),
    );
  },
};
