import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';

/** Nine thousand patrons, all of them Marie: four thousand named A0001 … A4000, then five thousand named Z4001 … Z9000. */
const NINE_THOUSAND = `
  insert into patrons (id, last_name, first_name, sort_name, created_at)
    with recursive n(id) as (select 1 union all select id + 1 from n where id < 9000)
    select id, case when id <= 4000 then 'A' else 'Z' end || (10000 + id), 'Marie',
      case when id <= 4000 then 'a' else 'z' end || (10000 + id) || ' marie', 1 from n;
  insert into patron_words (word, patron_id, name)
    select case when id <= 4000 then 'a' else 'z' end || (10000 + id), id, 'last' from patrons;
  insert into patron_words (word, patron_id, name) select 'marie', id, 'first' from patrons;
  insert into patron_words (word, patron_id, name) select 'max', id, 'first' from patrons where id % 1000 = 0`;

describe.each(databases)('a search by name that thousands match, on $name', ({ createEmpty }) => {
  let database: TestDatabase | undefined;
  afterEach(async () => {
    await database?.drop();
    database = undefined;
  });

  it('PAT-01 PERF-05 says how many there are and lists them by name, wherever they stand in the order of names', async () => {
    database = await createEmpty();
    const { house, records, sql } = database;
    await house.migrate();
    await sql(NINE_THOUSAND);
    const search = async (text: string, offset = 0) =>
      records.read(async ({ patrons }) => {
        const { total, lines } = await patrons.search(text, { offset, limit: 3 });
        return [total, ...lines.map((one) => one.id)];
      });
    // Everybody: the first by name. A patron with two such words counts once.
    expect(await search('m')).toEqual([9000, 1, 2, 3]);
    expect(await search('m', 4999)).toEqual([9000, 5000, 5001, 5002]);
    expect(await search('marie', 8998)).toEqual([9000, 8999, 9000]);
    // Thousands who all come late in the order of names.
    expect(await search('z')).toEqual([5000, 4001, 4002, 4003]);
    expect(await search('z marie', 4998)).toEqual([5000, 8999, 9000]);
    expect(await search('a', 3999)).toEqual([4000, 4000]);
    expect(await search('MAX')).toEqual([9, 1000, 2000, 3000]);
    expect(await search('m z', 1)).toEqual([5000, 4002, 4003, 4004]);
    expect(await search('max a')).toEqual([4, 1000, 2000, 3000]);
    expect(await search('a z')).toEqual([0]);
  });
});
