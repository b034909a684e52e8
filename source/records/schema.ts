import type { Knex } from 'knex';
import { migrations } from '../../migrations/index.ts';
import type { Migration } from '../../migrations/types.ts';
import { DatabaseAway } from './errors.ts';
import { rows } from './sql.ts';

/** Where a database stands: what has been done to it, what is still to do, and what a newer program did. */
export type SchemaStatus = {
  readonly done: readonly string[];
  readonly pending: readonly string[];
  /** Steps that this program does not know: a newer one was here (REL-10). */
  readonly unknown: readonly string[];
};

/** Knex stores the names: ours have no file endings, so that source and bundle agree. */
const migrationSource = {
  getMigrations: async () => [...migrations],
  getMigrationName: (migration: Migration) => migration.name,
  getMigration: async (migration: Migration) => migration,
};

/** Reads which steps have been done. An empty database has none. */
export async function schemaStatus(knex: Knex): Promise<SchemaStatus> {
  const exists = await knex.schema.hasTable('knex_migrations');
  const list = exists ? await rows<{ name: string }>(knex, 'select name from knex_migrations order by id') : [];
  const done = list.map((one) => one.name);
  const known = migrations.map((one) => one.name);
  return {
    done,
    pending: known.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !known.includes(name)),
  };
}

/** Brings the schema up to date and returns the steps done. Throws DatabaseAway `newer-schema` and changes nothing (REL-10). */
export async function migrate(knex: Knex, where: string): Promise<string[]> {
  const status = await schemaStatus(knex);
  if (status.unknown.length > 0) throw new DatabaseAway('newer-schema', where);
  if (status.pending.length === 0) return [];
  const [, done] = (await knex.migrate.latest({ migrationSource })) as [number, string[]];
  return done;
}
