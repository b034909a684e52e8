import knexFactory from 'knex';
import { afterEach, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import type { Migration } from '../../migrations/types.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';

/** Goes up to some steps of the schema, or one step down. */
async function go({ url, house }: TestDatabase, some: readonly Migration[], how: 'latest' | 'down'): Promise<void> {
  const knex = knexFactory({
    client: house.kind === 'sqlite' ? 'sqlite3' : 'pg',
    connection: house.kind === 'sqlite' ? { filename: url.slice('sqlite:'.length) } : url,
    useNullAsDefault: true,
  });
  const migrationSource = {
    getMigrations: async () => [...some],
    getMigrationName: (one: Migration) => one.name,
    getMigration: async (one: Migration) => one,
  };
  await knex.migrate[how]({ migrationSource });
  await knex.destroy();
}

const upTo = (name: string) => migrations.filter((one) => one.name.slice(0, 4) <= name);

describe.each(databases)('wrong passwords of before on $name', ({ createEmpty }) => {
  let database: TestDatabase | undefined;
  afterEach(async () => {
    await database?.drop();
    database = undefined;
  });

  it('REL-10 REL-07 still count, and a locked account stays locked; back again too', async () => {
    database = await createEmpty();
    const { sql } = database;
    await go(database, upTo('0014'), 'latest');
    await sql(
      `insert into patrons (id, last_name, first_name, sort_name, status, kind, language, created_at)
       values (1, 'A', '', 'a', 'active', 'internal', 'fr', 1), (2, 'B', '', 'b', 'active', 'internal', 'fr', 1);
       insert into patron_passwords (patron_id, hash, set_at, failures, locked_until)
       values (1, 'one', 5, 4, 4000000000000), (2, 'two', 6, 0, null)`,
    );
    await go(database, upTo('0015'), 'latest');
    const counted = await sql('select subject, failures, locked_until as until from sign_in_attempts');
    expect(counted.map((one) => ({ ...one, until: Number(one['until']) }))).toEqual([
      { subject: 'patron:1', failures: 4, until: 4_000_000_000_000 },
    ]);
    expect((await sql('select hash from patron_passwords order by patron_id')).map((one) => one['hash'])).toEqual([
      'one',
      'two',
    ]);
    await go(database, upTo('0015'), 'down');
    const back = await sql('select failures, locked_until as until from patron_passwords order by patron_id');
    expect(back.map(({ failures, until }) => [failures, until === null ? null : Number(until)])).toEqual([
      [4, 4_000_000_000_000],
      [0, null],
    ]);
  });
});
