import type { ClientBase } from 'pg';
import { isStalePlan } from './errors.ts';
import type { Database, Statement } from 'sqlite3';

/** What may be bound to a statement. */
export type Value = string | number | boolean | null;

/**
 * More values than these are a list of some length, whose text hardly comes again. Everything else is prepared once for
 * each connection: half of what a loan costs on PostgreSQL would be planning the same statements again.
 */
const KEPT_UP_TO = 40;

const keptBySqlite = new WeakMap<Database, Map<string, Promise<Statement>>>();

async function prepare(connection: Database, sql: string): Promise<Statement> {
  return new Promise((resolve, reject) => {
    const statement = connection.prepare(sql, (error: Error | null) => {
      if (error) reject(error);
      else resolve(statement);
    });
  });
}

/** The statement of that text, prepared already or now. One that cannot be prepared is not kept. */
async function prepared(connection: Database, sql: string): Promise<Statement> {
  const kept = keptBySqlite.get(connection) ?? new Map<string, Promise<Statement>>();
  keptBySqlite.set(connection, kept);
  const known = kept.get(sql);
  if (known) return known;
  const fresh = prepare(connection, sql);
  kept.set(sql, fresh);
  fresh.catch(() => kept.delete(sql));
  return fresh;
}

/** Lets go of what a connection has prepared: SQLite does not close a file before. */
export async function forgetStatements(connection: Database): Promise<void> {
  const kept = keptBySqlite.get(connection) ?? new Map<string, Promise<Statement>>();
  const statements = Array.from(kept.values());
  keptBySqlite.delete(connection);
  for (const one of await Promise.allSettled(statements)) {
    if (one.status === 'rejected') continue;
    await new Promise<void>((resolve) => {
      one.value.finalize(() => {
        resolve();
      });
    });
  }
}

/** Runs a statement on a SQLite connection. */
export async function onSqlite<T>(connection: Database, sql: string, values: readonly Value[]): Promise<T[]> {
  const target = values.length > KEPT_UP_TO ? undefined : await prepared(connection, sql);
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, found: T[]): void => {
      if (error) reject(error);
      else resolve(found);
    };
    if (target) target.all<T>(values, done);
    else connection.all<T>(sql, values, done);
  });
}

/** `$1`, `$2` … for the question marks. None of our texts has one that means itself. */
function numbered(sql: string): string {
  let mark = 0;
  return sql.replaceAll('?', () => {
    mark += 1;
    return `$${mark}`;
  });
}

/** Names are new after a migration by another program: plans of before it are of no use any more. */
let generation = 0;
const namedForPostgres = new Map<string, { readonly name: string; readonly text: string }>();

function named(sql: string): { readonly name: string; readonly text: string } {
  const known = namedForPostgres.get(sql);
  if (known) return known;
  const fresh = { name: `guichet-${generation}-${namedForPostgres.size}`, text: numbered(sql) };
  namedForPostgres.set(sql, fresh);
  return fresh;
}

/** Runs a statement on a PostgreSQL connection. `isPlannedAnew`: its best plan depends on the values. */
export async function onPostgres<T>(
  connection: ClientBase,
  sql: string,
  values: readonly Value[],
  isPlannedAnew = false,
): Promise<T[]> {
  const text = isPlannedAnew || values.length > KEPT_UP_TO ? { text: numbered(sql) } : named(sql);
  try {
    const { rows } = await connection.query({ ...text, values: [...values] });
    return rows as T[];
  } catch (error) {
    if (isStalePlan(error)) {
      generation += 1;
      namedForPostgres.clear();
    }
    throw error;
  }
}
