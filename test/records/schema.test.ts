import knexFactory from 'knex';
import { afterEach, describe, expect, it } from 'vitest';
import { runSettleRequests } from '../../source/desk/requests-outdated.ts';
import { migrations } from '../../migrations/index.ts';
import type { Migration } from '../../migrations/types.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { setScene } from '../support/house.ts';

/** A database as an earlier program has left it. */
async function bringTo({ url, house }: TestDatabase, some: readonly Migration[]): Promise<void> {
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
  await knex.migrate.latest({ migrationSource });
  await knex.destroy();
}

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
    const { house, records, sql } = database;
    const before = migrations.filter((one) => one.name < '0006');
    await bringTo(database, before);
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

  it('REL-10 REQ-03 REQ-08 requests of before keep their order, what was recalled its request, and are planned at the first touch', async () => {
    database = await createEmpty();
    const { house, sql } = database;
    const before = migrations.filter((one) => one.name < '0009');
    await bringTo(database, before);
    await sql(
      `insert into libraries (code) values ('sci');
       insert into locations (code, library) values ('sci/63S', 'sci');
       insert into user_groups (code) values ('L');
       insert into staff (id, name, display_name, failures, active) values (100, 'old', 'old', 0, true);
       insert into patrons (id, last_name, first_name, sort_name, group_code, status, kind, language, created_at)
       values (1, 'A', '', 'a', 'L', 'active', 'internal', 'fr', 1), (2, 'B', '', 'b', 'L', 'active', 'internal', 'fr', 1),
         (3, 'C', '', 'c', 'L', 'active', 'internal', 'fr', 1);
       insert into patron_identifiers (patron_id, type, value, value_key) values (1, 'P', 'A', 'A'), (2, 'P', 'B', 'B'), (3, 'P', 'C', 'C');
       insert into titles (id, title, match_key) values (1, 'Wanted', 'wanted'), (2, 'Free', 'free');
       insert into holdings (id, title_id, library, location, created_at) values (1, 1, 'sci', 'sci/63S', 1), (2, 2, 'sci', 'sci/63S', 1);
       insert into items (id, title_id, holding_id, barcode, barcode_key, library, location, material, at_library, created_at, process)
       values (1, 1, 1, 'B1', 'B1', 'sci', 'sci/63S', 'BOOK', 'sci', 1, 'LOAN'), (2, 1, 1, 'B2', 'B2', 'sci', 'sci/63S', 'BOOK', 'sci', 1, 'HOLDSHELF'),
         (3, 2, 2, 'B3', 'B3', 'sci', 'sci/63S', 'BOOK', 'sci', 1, 'LOAN');
       insert into loans (id, item_id, title_id, patron_id, library, location, material, described, loaned_at, loaned_desk, loaned_by, due_at, late_from, network_version, recalled)
       values (1, 1, 1, 3, 'sci', 'sci/63S', 'BOOK', false, 1, 'sci/PRET', 100, 9, 9, 1, true),
         (2, 3, 2, 3, 'sci', 'sci/63S', 'BOOK', false, 1, 'sci/PRET', 100, 9, 9, 1, true);
       insert into events (at, kind, data, loan_id) values (1, 'item-lent', '{}', 1), (1, 'item-lent', '{}', 2);
       insert into requests (id, title_id, patron_id, pickup, state, placed_at, assigned_item_id, held_since, held_until, closed_at)
       values (1, 1, 2, 'sci', 'WAITING', 20, null, null, null, null), (2, 1, 1, 'sci', 'ON_SHELF', 10, 2, 11, '2026-06-10', null),
         (3, 1, 3, 'sci', 'WAITING', 30, null, null, null, null), (4, 2, 1, 'sci', 'FILLED', 5, null, null, null, 6),
         (5, 2, 1, 'sci', 'CANCELLED', 5, null, null, null, 7);
       insert into title_words (${house.kind === 'sqlite' ? 'rowid' : 'title_id'}, words) values (1, 'wanted'), (2, 'free')`,
    );
    expect(await house.migrate()).toEqual(migrations.slice(before.length).map((one) => one.name));
    expect(await house.check()).toEqual([]);
    const read = async () =>
      sql('select id, queue_position as place, task, recalled_loan_id as loan, closing from requests order by id');
    expect(await read()).toEqual([
      { id: 1, place: 2, task: 'recall', loan: 1, closing: null },
      { id: 2, place: 1, task: null, loan: null, closing: null },
      { id: 3, place: 3, task: null, loan: null, closing: null },
      { id: 4, place: null, task: null, loan: null, closing: 'filled' },
      { id: 5, place: null, task: null, loan: null, closing: 'expired' },
    ]);
    expect((await sql('select id from loans where recalled order by id')).map((one) => one['id'])).toEqual([1]);
    // Nobody has decided yet who fills the last one: the night does.
    const scene = await setScene(house);
    expect(await runSettleRequests(scene.perform)).toMatchObject({ titles: 1, changed: 1 });
    expect((await read()).map((one) => one['task'])).toEqual(['recall', null, 'wait', null, null]);
    expect(await house.check()).toEqual([]);
  });

  it('REL-01 a migrated, empty database breaks no invariant', async () => {
    database = await create();
    expect(await database.house.check()).toEqual([]);
  });
});
