import type { Client } from 'pg';
import type { Database } from 'sqlite3';
import { awayReason } from './errors.ts';
import type { Connection, Lender } from './sql.ts';

/** Connections that may hold half a transaction. */
const unsound = new WeakSet<object>();

/** Whether the pool may lend a connection again: of one that may hold half a transaction nobody knows what it would commit. */
export const isSound = (connection: object): boolean => !unsound.has(connection);

const nothing = (): void => undefined;

/** Runs a statement without values on a SQLite connection. Throws the driver's error. */
export async function execute(connection: Database, sql: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.exec(sql, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** The three statements that bound a transaction, each of which throws where it did not do what it says. */
type Bounds = {
  begin(): Promise<unknown>;
  commit(): Promise<unknown>;
  /** Leaves nothing open. */
  rollBack(): Promise<unknown>;
  /** Lets go of the connection at once, where that lets go of what it has locked. */
  leave(): void;
};

/** The write lock is taken at once: a read that becomes a write could otherwise not be tried again. */
const onSqlite = (connection: Database): Bounds => ({
  begin: async () => execute(connection, 'BEGIN IMMEDIATE'),
  commit: async () => execute(connection, 'COMMIT'),
  rollBack: async () => {
    try {
      await execute(connection, 'ROLLBACK');
    } catch (error) {
      // SQLite has rolled back itself, or never begun.
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
    }
  },
  leave: nothing,
});

const onPostgres = (connection: Client): Bounds => ({
  begin: async () => connection.query('BEGIN'),
  commit: async () => {
    // After an error that somebody swallowed PostgreSQL answers COMMIT with a rollback, and no error.
    const { command } = await connection.query('COMMIT');
    if (command !== 'COMMIT') throw new Error(`COMMIT was answered by ${command}`);
  },
  rollBack: async () => connection.query('ROLLBACK'),
  leave: () => {
    connection.end().catch(nothing);
  },
});

/** Ends what has failed. A connection of which nobody knows how it stands is not used again. */
async function giveUp(connection: object, { rollBack, leave }: Bounds, error: unknown): Promise<void> {
  try {
    // Who does not answer would not answer this either.
    if (awayReason(error) === 'unreachable') throw error;
    await rollBack();
  } catch {
    unsound.add(connection);
    leave();
  }
}

/** Lends the one connection of a transaction until the transaction ends, to all that its work does at once. */
function lenderOf(dialect: string, connection: object) {
  let isOver = false;
  let lent = 0;
  let whenIdle = nothing;
  const lender: Lender = {
    dialect,
    acquireConnection: async () => {
      // Outside of its transaction a statement would be committed by itself.
      if (isOver) throw new Error('the transaction is over');
      lent += 1;
      return connection;
    },
    releaseConnection: () => {
      lent -= 1;
      if (lent === 0) whenIdle();
    },
  };
  return {
    lender,
    /** Lends no more, and waits for the statements that still run. */
    close: async (): Promise<void> => {
      isOver = true;
      if (lent === 0) return;
      await new Promise<void>((resolve) => {
        whenIdle = resolve;
      });
    },
  };
}

/**
 * Does work in one transaction on a connection of a pool. Nothing is done where BEGIN fails, and nothing is kept where the
 * work or COMMIT fails: then the driver's error is thrown. Knex would go on after a BEGIN that failed, statement by
 * statement without a transaction, and give back a connection whose COMMIT failed as if it were sound.
 */
export async function inTransaction<T>(pool: Lender, work: (db: Connection) => Promise<T>): Promise<T> {
  const connection = (await pool.acquireConnection()) as object;
  const bounds = pool.dialect === 'postgresql' ? onPostgres(connection as Client) : onSqlite(connection as Database);
  const { lender, close } = lenderOf(pool.dialect, connection);
  try {
    await bounds.begin();
    const answer = await work({ client: lender });
    await close();
    await bounds.commit();
    return answer;
  } catch (error) {
    await close();
    await giveUp(connection, bounds, error);
    throw error;
  } finally {
    await pool.releaseConnection(connection);
  }
}
