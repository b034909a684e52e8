import sqlite3 from 'sqlite3';
import type { Database } from 'sqlite3';
import { forgetStatements } from './statements.ts';
import type { Connection, Lender } from './sql.ts';
import { execute } from './transaction.ts';

/** One connection to a SQLite file, beside those of the pool: for files that are copied from or to. */
export type SqliteFile = { readonly db: Connection & { readonly client: Lender }; readonly connection: Database };

/** A file that may only be read is opened so. Opened for reading alone, one that has been worked in would keep its log beside it. */
async function connect(file: string): Promise<Database> {
  return new Promise((resolve, reject) => {
    const connection = new sqlite3.Database(file, sqlite3.OPEN_READWRITE, (error) => {
      if (error) reject(error);
      else resolve(connection);
    });
  });
}

/** Does something with a file that is there, and closes it whatever happens. Throws the driver's errors. */
export async function withSqliteFile<T>(file: string, work: (opened: SqliteFile) => Promise<T>): Promise<T> {
  const connection = await connect(file);
  try {
    await execute(connection, 'PRAGMA busy_timeout = 5000');
    const client: Lender = {
      dialect: 'sqlite3',
      acquireConnection: async () => connection,
      releaseConnection: () => undefined,
    };
    return await work({ db: { client }, connection });
  } finally {
    await forgetStatements(connection);
    await new Promise<void>((resolve) => {
      connection.close(() => {
        resolve();
      });
    });
  }
}
