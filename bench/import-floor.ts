// The floor of an import: the least that any program must do, with the raw driver: a title and two items for each record, in
// durable transactions of 500 records, into the same tables with the same indexes.
import pg from 'pg';
import sqlite3 from 'sqlite3';
import type { BenchDatabase } from './support/databases.ts';
import { fileOf } from './support/databases.ts';

const BATCH = 500;

/** Inserts titles with two items each; answers with the seconds that it took. */
export type ImportFloor = { insert(records: number): Promise<number>; close(): Promise<void> };

type Value = string | number | null;
type Ask = (sql: string, values: readonly Value[]) => Promise<{ id: number }[]>;

const rowsOf = (rows: readonly (readonly Value[])[]): { marks: string; values: Value[] } => ({
  marks: rows.map((row) => `(${row.map(() => '?').join(', ')})`).join(', '),
  values: rows.flat(),
});

async function insertBatch(ask: Ask, first: number): Promise<void> {
  const numbers = Array.from({ length: BATCH }, (_, at) => first + at);
  const titles = rowsOf(
    numbers.map((one) => [`Floor title ${one}`, 'Author', `floor title ${one}\u0001author`, `floor:${one}`]),
  );
  await ask('begin', []);
  const made = await ask(
    `insert into titles (title, author, match_key, control_key) values ${titles.marks} returning id`,
    titles.values,
  );
  const items = rowsOf(
    made.flatMap(({ id }, at) =>
      [0, 1].map((copy) => [
        id,
        `FLOOR-${first + at}-${copy}`,
        `FLOOR-${first + at}-${copy}`,
        'sci',
        'sci/63S',
        'BOOK',
        'sci',
        0,
      ]),
    ),
  );
  await ask(
    `insert into items (title_id, barcode, barcode_key, library, location, material, at_library, created_at) values ${items.marks}`,
    items.values,
  );
  await ask('commit', []);
}

async function insertAll(ask: Ask, records: number): Promise<number> {
  const start = performance.now();
  for (let done = 0; done < records; done += BATCH) await insertBatch(ask, done);
  return (performance.now() - start) / 1000;
}

async function onSqlite(file: string): Promise<ImportFloor> {
  const database = new sqlite3.Database(file);
  const ask: Ask = async (sql, values) =>
    new Promise((resolve, reject) => {
      database.all<{ id: number }>(sql, values, (error, found) => {
        if (error) reject(error);
        else resolve(found);
      });
    });
  await ask('pragma busy_timeout = 5000', []);
  await ask('pragma journal_mode = wal', []);
  await ask('pragma synchronous = full', []);
  await ask('pragma foreign_keys = on', []);
  return {
    insert: async (records) => insertAll(ask, records),
    close: async () => {
      await new Promise((resolve) => {
        database.close(resolve);
      });
    },
  };
}

async function onPostgres(url: string): Promise<ImportFloor> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const ask: Ask = async (sql, values) => {
    let mark = 0;
    const text = sql.replaceAll('?', () => `$${(mark += 1)}`);
    return (await client.query<{ id: number }>(text, [...values])).rows;
  };
  return { insert: async (records) => insertAll(ask, records), close: async () => client.end() };
}

/** Opens the floor on a database of the bench. */
export async function openImportFloor({ name, url }: BenchDatabase): Promise<ImportFloor> {
  return name === 'SQLite' ? onSqlite(fileOf(url)) : onPostgres(url);
}
