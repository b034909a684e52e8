import sqlite3 from 'sqlite3';
import type { Sink, TableRows, Value } from './tables.ts';

/** SQLite takes so many values in one statement; fewer are as fast and need less memory. */
const VALUES_PER_STATEMENT = 12_000;

type Index = { readonly name: string; readonly sql: string };

const failedOr =
  <T>(resolve: (value: T) => void, reject: (error: Error) => void) =>
  (error: Error | null, value?: T): void => {
    if (error) reject(error);
    else resolve(value as T);
  };

/** Statements of one SQLite file as promises. */
export function openFile(file: string) {
  const database = new sqlite3.Database(file);
  return {
    database,
    run: async (sql: string): Promise<void> =>
      new Promise((resolve, reject) => void database.exec(sql, failedOr(resolve, reject))),
    all: async <Row>(sql: string): Promise<Row[]> =>
      new Promise((resolve, reject) => void database.all<Row>(sql, failedOr(resolve, reject))),
    prepare: async (sql: string): Promise<sqlite3.Statement> =>
      new Promise((resolve, reject) => {
        const statement = database.prepare(sql, (error: Error | null) => {
          if (error) reject(error);
          else resolve(statement);
        });
      }),
    close: async (): Promise<void> =>
      new Promise((resolve, reject) => {
        database.close(failedOr(resolve, reject));
      }),
  };
}

const execute = async (statement: sqlite3.Statement, values: readonly Value[]): Promise<void> =>
  new Promise((resolve, reject) => void statement.run(values, failedOr(resolve, reject)));

const finalize = async (statement: sqlite3.Statement): Promise<void> =>
  new Promise((resolve, reject) => void statement.finalize(failedOr(resolve, reject)));

type File = ReturnType<typeof openFile>;

/** Writes the rows of a table, many in each statement. */
async function writeTable(file: File, { table, columns, rows }: TableRows): Promise<number> {
  const size = Math.floor(VALUES_PER_STATEMENT / columns.length);
  const marks = `(${columns.map(() => '?').join(', ')})`;
  const insert = (count: number): string =>
    `insert into ${table} (${columns.join(', ')}) values ${Array.from({ length: count }, () => marks).join(', ')}`;
  const many = await file.prepare(insert(size));
  let values: Value[] = [];
  let written = 0;
  for (const row of rows()) {
    values.push(...row);
    written += 1;
    if (written % size === 0) {
      await execute(many, values);
      values = [];
    }
  }
  await finalize(many);
  if (values.length > 0) {
    const rest = await file.prepare(insert(values.length / columns.length));
    await execute(rest, values);
    await finalize(rest);
  }
  return written;
}

/**
 * Opens a migrated SQLite file for being filled: without journal or waiting for the disk (a file that was not finished is
 * thrown away), its indexes made anew at the end from the migrations' own words.
 */
export async function sqliteSink(path: string): Promise<Sink> {
  const file = openFile(path);
  await file.run(
    'pragma locking_mode = exclusive; pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = off; pragma temp_store = memory; pragma cache_size = -600000',
  );
  const indexes = await file.all<Index>("select name, sql from sqlite_master where type = 'index' and sql is not null");
  await file.run(['begin', ...indexes.map((one) => `drop index ${one.name}`)].join('; '));
  return {
    write: async (rows) => writeTable(file, rows),
    async finish(afterwards) {
      await file.run([...indexes.map((one) => one.sql), ...afterwards, 'commit'].join('; '));
      const dangling = await file.all('pragma foreign_key_check');
      if (dangling.length > 0) throw new Error(`${dangling.length} rows of the data set refer to nothing`);
      await file.run('pragma locking_mode = normal; pragma journal_mode = wal');
      await file.close();
    },
  };
}
