import type { ClientBase } from 'pg';
import type { Database } from 'sqlite3';
import { isLost } from './errors.ts';
import { discard } from './sound.ts';
import { onPostgres, onSqlite } from './statements.ts';
import type { Value } from './statements.ts';

export type { Value } from './statements.ts';

/** What lends connections: a knex instance those of its pool, a transaction its only one. */
export type Lender = {
  readonly dialect: string;
  acquireConnection(): Promise<unknown>;
  releaseConnection(connection: unknown): unknown;
};

/** A knex instance or an open transaction. */
export type Connection = { readonly client: Lender };

/** A row as the driver gives it; numbers, also counts and instants, are JavaScript numbers on both databases. */
export type Row = Readonly<Record<string, unknown>>;

export const isPostgres = (db: Connection): boolean => db.client.dialect === 'postgresql';

/**
 * Runs one parameterised statement that reads the same on both databases; `?` are its values. It goes to the driver itself:
 * what Knex does with a statement that needs nothing done takes longer than SQLite takes to answer it. `isPlannedAnew`: how
 * PostgreSQL does it best depends on the values.
 */
export async function rows<T = Row>(
  db: Connection,
  sql: string,
  values: readonly Value[] = [],
  isPlannedAnew = false,
): Promise<T[]> {
  const lender = db.client;
  const connection = await lender.acquireConnection();
  try {
    if (isPostgres(db)) return await onPostgres<T>(connection as ClientBase, sql, values, isPlannedAnew);
    return await onSqlite<T>(connection as Database, sql, values);
  } catch (error) {
    // The answer may come yet, and the next question would wait for it, on a line that may be dead.
    if (isLost(error)) discard(lender.dialect, connection as object);
    throw error;
  } finally {
    await lender.releaseConnection(connection);
  }
}

/** The first row of a statement. */
export async function row<T = Row>(db: Connection, sql: string, values: readonly Value[] = []): Promise<T | undefined> {
  return (await rows<T>(db, sql, values))[0];
}

/** `for no key update of x` where rows can be locked (does not bar foreign keys to the row); SQLite's transactions are alone already (BEGIN IMMEDIATE). */
export const lock = (db: Connection, alias: string): string => (isPostgres(db) ? ` for no key update of ${alias}` : '');

/** Keeps everybody else from changing a table until the transaction ends; SQLite's transactions are alone already. */
export async function lockTable(db: Connection, table: string): Promise<void> {
  if (isPostgres(db)) await rows(db, `lock table ${table} in share row exclusive mode`);
}

/** Inserts one row and returns its id. Column names are ours, never data. */
export async function insert(db: Connection, table: string, values: Readonly<Record<string, Value>>): Promise<number> {
  const columns = Object.keys(values);
  const marks = columns.map(() => '?').join(', ');
  const sql = `insert into ${table} (${columns.join(', ')}) values (${marks}) returning id`;
  const inserted = await row<{ id: number }>(db, sql, Object.values(values));
  if (!inserted) throw new Error(`no id from ${table}`);
  return inserted.id;
}

/** Inserts many rows of the same shape in few statements. */
export async function insertMany(
  db: Connection,
  table: string,
  list: readonly Readonly<Record<string, Value>>[],
): Promise<void> {
  if (list.length === 0) return;
  const columns = Object.keys(list[0] ?? {});
  const size = Math.max(1, Math.floor(900 / Math.max(1, columns.length)));
  for (let start = 0; start < list.length; start += size) {
    const part = list.slice(start, start + size);
    const marks = part.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
    const values = part.flatMap((one) => columns.map((column) => one[column] ?? null));
    await rows(db, `insert into ${table} (${columns.join(', ')}) values ${marks}`, values);
  }
}

/** Inserts rows of the same shape in one statement; answers with their ids, in the order of the rows. */
export async function insertManyForIds(
  db: Connection,
  table: string,
  list: readonly Readonly<Record<string, Value>>[],
): Promise<number[]> {
  if (list.length === 0) return [];
  const columns = Object.keys(list[0] ?? {});
  const marks = list.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
  const values = list.flatMap((one) => columns.map((column) => one[column] ?? null));
  const sql = `insert into ${table} (${columns.join(', ')}) values ${marks} returning id`;
  // Numbers are given in the order of the rows; the order of what is returned is nobody's promise.
  return (await rows<{ id: number }>(db, sql, values)).map(({ id }) => id).toSorted((one, other) => one - other);
}

/** A boolean column: true/false on PostgreSQL, 1/0 on SQLite. */
export const truth = (value: unknown): boolean => value === true || value === 1;
