import type { Client } from 'pg';
import type { Database } from 'sqlite3';
import { CommitUnknown, isLost } from './errors.ts';
import { discard, untilAbandoned } from './sound.ts';
import type { Connection, Lender } from './sql.ts';

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
  /** Whether nothing was kept for certain where COMMIT threw an error, and the transaction was rolled back or was not. */
  isUndone(error: unknown, rolledBack: boolean): boolean;
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
  // Its last page may stand in the log although syncing that failed: then whoever opens the file after a crash finds it.
  isUndone: (error) => (error as { code?: unknown }).code !== 'SQLITE_IOERR',
});

const onPostgres = (connection: Client): Bounds => ({
  begin: async () => connection.query('BEGIN'),
  commit: async () => {
    // After an error that somebody swallowed PostgreSQL answers COMMIT with a rollback, and no error.
    const { command } = await connection.query('COMMIT');
    if (command !== 'COMMIT') throw new Error(`COMMIT was answered by ${command}`);
  },
  rollBack: async () => connection.query('ROLLBACK'),
  // A server that refuses and stays has told the truth; one that has gone may have done it before.
  isUndone: (_, rolledBack) => rolledBack,
});

/** Ends what has failed; whether it was rolled back. A connection of which nobody knows how it stands is not used again. */
async function giveUp(dialect: string, connection: object, { rollBack }: Bounds, error: unknown): Promise<boolean> {
  const lost = isLost(error);
  if (lost) discard(dialect, connection);
  // Who does not answer would not answer this either.
  if (lost && dialect === 'postgresql') return false;
  try {
    await rollBack();
    return true;
  } catch {
    discard(dialect, connection);
    return false;
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

/** How far an attempt has come, and whether anybody waits for it still. */
export type Course = {
  readonly signal: AbortSignal | undefined;
  /** COMMIT was sent: nobody can take it back any more. */
  isCommitting: boolean;
};

/** Lends what the pool lends; of an attempt that was abandoned, nothing any more, unless it is committing. */
function awaited(pool: Lender, course: Course): { readonly lender: Lender; readonly end: () => void } {
  return course.signal ? untilAbandoned(pool, course.signal) : { lender: pool, end: nothing };
}

/**
 * Does work in one transaction on a connection of a pool. Nothing is done where BEGIN fails, and nothing is kept where the
 * work fails, COMMIT fails or nobody waits any longer before it is sent: then what was thrown is thrown. Throws
 * CommitUnknown where nobody knows whether COMMIT was carried out. Knex would go on after a BEGIN that failed, statement by
 * statement without a transaction, and give back a connection whose COMMIT failed as if it were sound.
 */
export async function inTransaction<T>(
  pool: Lender,
  work: (db: Connection) => Promise<T>,
  course: Course = { signal: undefined, isCommitting: false },
): Promise<T> {
  const { dialect } = pool;
  const waiting = awaited(pool, course);
  const connection = (await waiting.lender.acquireConnection()) as object;
  const bounds = dialect === 'postgresql' ? onPostgres(connection as Client) : onSqlite(connection as Database);
  const { lender, close } = lenderOf(dialect, connection);
  try {
    await bounds.begin();
    course.signal?.throwIfAborted();
    const answer = await work({ client: lender });
    await close();
    // From here to the statement nothing else can happen: what was abandoned before is not committed afterwards.
    course.signal?.throwIfAborted();
    waiting.end();
    course.isCommitting = true;
    await bounds.commit();
    return answer;
  } catch (error) {
    await close();
    const rolledBack = await giveUp(dialect, connection, bounds, error);
    if (course.isCommitting && !bounds.isUndone(error, rolledBack)) throw new CommitUnknown(error);
    course.isCommitting = false;
    throw error;
  } finally {
    waiting.end();
    await waiting.lender.releaseConnection(connection);
  }
}
