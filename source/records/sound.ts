import type { Client } from 'pg';
import type { Lender } from './sql.ts';

/** Connections that may hold half a transaction, or an answer that nobody waits for any more. */
const unsound = new WeakSet<object>();

const nothing = (): void => undefined;

/** Whether the pool may lend a connection again: of one that may hold half a transaction nobody knows what it would commit. */
export const isSound = (connection: object): boolean => !unsound.has(connection);

/**
 * Never uses a connection again. PostgreSQL's is closed at once, in the middle of a statement too: what waits for its answer
 * fails, and the server lets go of what it has locked. A file is closed by the pool.
 */
export function discard(dialect: string, connection: object): void {
  unsound.add(connection);
  if (dialect === 'postgresql') (connection as Client).end().catch(nothing);
}

/** Lends what a pool lends, until nobody waits any longer: then what is lent is closed, and nothing is lent any more. */
export function untilAbandoned(
  pool: Lender,
  signal: AbortSignal,
): { readonly lender: Lender; readonly end: () => void } {
  const lent = new Set<object>();
  const leave = (): void => {
    for (const one of lent) discard(pool.dialect, one);
  };
  signal.addEventListener('abort', leave);
  const lender: Lender = {
    dialect: pool.dialect,
    acquireConnection: async () => {
      const connection = (await pool.acquireConnection()) as object;
      if (signal.aborted) {
        await pool.releaseConnection(connection);
        throw signal.reason;
      }
      lent.add(connection);
      return connection;
    },
    releaseConnection: (connection) => {
      lent.delete(connection as object);
      return pool.releaseConnection(connection);
    },
  };
  return {
    lender,
    end: () => {
      signal.removeEventListener('abort', leave);
    },
  };
}
