import type { Knex } from 'knex';
import { subjects } from '../../migrations/0016-subjects.ts';
import { migrations } from '../../migrations/index.ts';
import type { Migration } from '../../migrations/types.ts';
import { DatabaseAway } from './errors.ts';
import { isPostgres, rows } from './sql.ts';
import type { Connection } from './sql.ts';
import { indexAllTitles } from './title-words.ts';

/** Where a database stands: what has been done to it, what is still to do, and what a newer program did. */
export type SchemaStatus = {
  readonly done: readonly string[];
  readonly pending: readonly string[];
  /** Steps that this program does not know: a newer one was here (REL-10). */
  readonly unknown: readonly string[];
};

/** Knex stores the names: ours have no file endings, so that source and bundle agree. */
const sourceOf = (steps: readonly Migration[]) => ({
  getMigrations: async () => [...steps],
  getMigrationName: (migration: Migration) => migration.name,
  getMigration: async (migration: Migration) => migration,
});

/** Reads which steps have been done. An empty database has none. */
export async function schemaStatus(knex: Knex): Promise<SchemaStatus> {
  return (await knex.schema.hasTable('knex_migrations')) ? stepsIn(knex) : statusOf([]);
}

/** The same of a database that has a schema of Knex. */
export async function stepsIn(db: Connection): Promise<SchemaStatus> {
  const list = await rows<{ name: string }>(db, 'select name from knex_migrations order by id');
  return statusOf(list.map((one) => one.name));
}

/** Whether a step was done that writes the words of all titles. */
export const hasTitleWords = (done: readonly string[]): boolean => done.includes(subjects.name);

function statusOf(done: readonly string[]): SchemaStatus {
  const known = migrations.map((one) => one.name);
  return {
    done,
    pending: known.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !known.includes(name)),
  };
}

/** Any number, the same for every program that changes the schema of a PostgreSQL database. */
const MIGRATION_LOCK = 4_748_332;

/**
 * Brings the schema up to date and returns the steps done, all of them in one transaction: a program that is killed
 * meanwhile leaves nothing behind, and of two that start at once the second waits and finds it done. Throws DatabaseAway
 * `newer-schema` and changes nothing (REL-10). `only`: no more than these steps, the oldest first.
 */
export async function migrate(knex: Knex, where: string, only?: readonly string[]): Promise<string[]> {
  const { pending, unknown } = await schemaStatus(knex);
  if (unknown.length > 0) throw new DatabaseAway('newer-schema', where);
  if (pending.length === 0) return [];
  return knex.transaction(async (transaction) => {
    // Knex goes on where BEGIN failed, and throws its error in the end: nothing may happen until then.
    if (transaction.isCompleted()) throw new Error('the transaction has not begun');
    if (isPostgres(transaction)) await rows(transaction, 'select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    const steps = only ? migrations.filter(({ name }) => only.includes(name)) : migrations;
    const [, done] = (await transaction.migrate.latest({ migrationSource: sourceOf(steps) })) as [number, string[]];
    if (hasTitleWords(done)) await indexAllTitles(transaction);
    return done;
  });
}
