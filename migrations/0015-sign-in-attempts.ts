import type { Knex } from 'knex';
import { plainText } from './types.ts';
import type { Migration } from './types.ts';

const COUNTS = ['failures', 'locked_until'] as const;

async function attempts(knex: Knex): Promise<void> {
  await knex.schema.createTable('sign_in_attempts', (table) => {
    /** A patron (`patron:12`), a terminal (`terminal:hall`), or the bucket of a name that is nobody's here (`name:3f2a`). */
    plainText(table, knex, 'subject').primary();
    /** Wrong ones that still count: in a row; of a terminal, less what time has forgotten. */
    table.integer('failures').notNullable().defaultTo(0);
    /** When nothing of them counts any more. */
    table.bigInteger('forgotten_at').notNullable();
    /** Null: nobody has to wait. */
    table.bigInteger('locked_until');
  });
  await knex.raw('create index sign_in_attempts_by_age on sign_in_attempts (forgotten_at)');
}

const DAY = 86_400_000;

/** Wrong passwords are counted for accounts, for names that are nobody's, and for terminals, in one place (KIO-02, REL-07). */
export const signInAttempts: Migration = {
  name: '0015-sign-in-attempts',
  async up(knex) {
    await attempts(knex);
    await knex.raw(
      `insert into sign_in_attempts (subject, failures, forgotten_at, locked_until)
       select 'patron:' || patron_id, failures, ? + coalesce(locked_until, ?), locked_until from patron_passwords where failures > 0`,
      [DAY, Date.now()],
    );
    await knex.schema.alterTable('patron_passwords', (table) => table.dropColumns(...COUNTS));
  },
  async down(knex) {
    await knex.schema.alterTable('patron_passwords', (table) => {
      table.integer('failures').notNullable().defaultTo(0);
      table.bigInteger('locked_until');
    });
    await knex.raw(
      `update patron_passwords set
         failures = coalesce((select a.failures from sign_in_attempts a where a.subject = 'patron:' || patron_id), 0),
         locked_until = (select a.locked_until from sign_in_attempts a where a.subject = 'patron:' || patron_id)`,
    );
    await knex.schema.dropTable('sign_in_attempts');
  },
};
