import knexFactory from 'knex';
import { afterEach, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import type { Migration } from '../../migrations/types.ts';
import type { PatronQuestion } from '../../source/records/patron-search.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';

const NAME = '0010-patron-search';

describe.each(databases)('patrons of before the advanced search, on $name', ({ createEmpty }) => {
  let database: TestDatabase | undefined;
  afterEach(async () => {
    await database?.drop();
    database = undefined;
  });

  /** Brings a database to where it was before the migration, or undoes it and all that came later. */
  const before = async ({ url, house }: TestDatabase, how: 'latest' | 'down'): Promise<void> => {
    const list = how === 'latest' ? migrations.filter((one) => one.name < NAME) : [...migrations];
    const knex = knexFactory({
      client: house.kind === 'sqlite' ? 'sqlite3' : 'pg',
      connection: house.kind === 'sqlite' ? { filename: url.slice('sqlite:'.length) } : url,
      useNullAsDefault: true,
    });
    const migrationSource = {
      getMigrations: async () => list,
      getMigrationName: (one: Migration) => one.name,
      getMigration: async (one: Migration) => one,
    };
    const times = how === 'latest' ? 1 : migrations.filter((one) => one.name >= NAME).length;
    for (let time = 0; time < times; time += 1) await knex.migrate[how]({ migrationSource });
    await knex.destroy();
  };

  it('REL-10 PAT-02 are found by each of their names and by e-mail; and by names still, should one go back', async () => {
    database = await createEmpty();
    const { house, records, sql } = database;
    await before(database, 'latest');
    await sql(
      `insert into patrons (id, last_name, first_name, sort_name, created_at)
       values (1, 'Lévêque', 'Œdipe', 'leveque oedipe', 1), (2, 'Oedipe', 'Zoé', 'oedipe zoe', 1), (3, 'Zoé', 'Zoé', 'zoe zoe', 1);
       insert into patron_identifiers (patron_id, type, value, value_key)
       values (1, 'PRIMARY', 'P1', 'P1'), (2, 'PRIMARY', 'P2', 'P2'), (3, 'PRIMARY', 'P3', 'P3');
       insert into patron_words (word, patron_id)
       values ('leveque', 1), ('oedipe', 1), ('oedipe', 2), ('zoe', 2), ('zoe', 3);
       insert into patron_contacts (patron_id, kind, value) values (2, 'email', 'Zoe@Example.org'), (3, 'phone', 'zoe@')`,
    );
    expect(await house.migrate()).toContain(NAME);
    const find = async (asked: PatronQuestion) =>
      records.read(async ({ patronSearch }) => {
        const { lines } = await patronSearch.find(asked, { offset: 0, limit: 9 });
        return lines.map((one) => one.id);
      });
    expect(await find({ name: 'œdipe' })).toEqual([2]);
    expect(await find({ firstName: 'oedi' })).toEqual([1]);
    expect(await find({ name: 'zoe' })).toEqual([3]);
    expect(await find({ firstName: 'zoe' })).toEqual([2, 3]);
    expect(await find({ text: 'zoe' })).toEqual([2, 3]);
    expect(await find({ email: 'zoe@' })).toEqual([2]);
    expect(await house.check()).toEqual([]);

    await before(database, 'down');
    expect(await sql('select word, patron_id from patron_words order by 2, 1')).toEqual(
      [
        ['leveque', 1],
        ['oedipe', 1],
        ['oedipe', 2],
        ['zoe', 2],
        ['zoe', 3],
      ].map(([word, id]) => ({ word, patron_id: id })),
    );
    expect(await house.migrate()).toContain(NAME);
    expect(await find({ firstName: 'zoe' })).toEqual([2, 3]);
  });
});
