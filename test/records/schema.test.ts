import knexFactory from 'knex';
import { afterEach, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import type { Migration } from '../../migrations/types.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';

describe.each(databases)('schema on $name', ({ create, createEmpty }) => {
  let database: TestDatabase | undefined;
  afterEach(async () => {
    await database?.drop();
    database = undefined;
  });

  it('REL-10 an empty database is brought up to date, once', async () => {
    database = await createEmpty();
    const names = migrations.map((one) => one.name);
    expect(await database.house.status()).toEqual({ done: [], pending: names, unknown: [] });
    expect(await database.house.migrate()).toEqual(names);
    expect(await database.house.migrate()).toEqual([]);
    expect(await database.house.status()).toEqual({ done: names, pending: [], unknown: [] });
  });

  it('REL-10 TAB-05 a catalogue of before holdings and full text has both afterwards', async () => {
    database = await createEmpty();
    const { url, house, records, sql } = database;
    const before = migrations.filter((one) => one.name < '0006');
    const knex = knexFactory({
      client: house.kind === 'sqlite' ? 'sqlite3' : 'pg',
      connection: house.kind === 'sqlite' ? { filename: url.slice('sqlite:'.length) } : url,
      useNullAsDefault: true,
    });
    const migrationSource = {
      getMigrations: async () => before,
      getMigrationName: (one: Migration) => one.name,
      getMigration: async (one: Migration) => one,
    };
    await knex.migrate.latest({ migrationSource });
    await knex.destroy();
    await sql(
      `insert into libraries (code) values ('sci');
       insert into locations (code, library) values ('sci/63S', 'sci');
       insert into titles (id, title, author, isbn, match_key) values (1, 'L’été', 'Cœuré', '2-07-036822-X', 'l’ete\u0001coeure');
       insert into items (title_id, barcode, barcode_key, library, location, material, at_library, created_at, call_number, description)
       values (1, 'B1', 'B1', 'sci', 'sci/63S', 'BOOK', 'sci', 1, 'CÔTE 12', 't. 1'),
         (1, 'B2', 'B2', 'sci', 'sci/63S', 'BOOK', 'sci', 1, null, null)`,
    );
    expect(await house.migrate()).toEqual(migrations.slice(before.length).map((one) => one.name));
    expect(await house.check()).toEqual([]);
    expect(await sql('select location, call_number from holdings order by id')).toHaveLength(2);
    for (const text of ['ete', 'coeur', '978-2-07-036822-8', 'cote 12', 't 1', 'b2']) {
      const window = { offset: 0, limit: 9 };
      const found = await records.read(async ({ catalogue }) => catalogue.searchTitles(text, { here: null, window }));
      expect(found).toMatchObject({ total: 1, lines: [{ id: 1, copies: 2 }] });
    }
  });

  it('REL-01 a migrated, empty database breaks no invariant', async () => {
    database = await create();
    expect(await database.house.check()).toEqual([]);
  });
});
