import { afterEach, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
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

  it('REL-01 a migrated, empty database breaks no invariant', async () => {
    database = await create();
    expect(await database.house.check()).toEqual([]);
  });
});
