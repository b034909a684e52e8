import pg from 'pg';
import { checkData } from './check.ts';
import type { Violation } from './check.ts';
import { PATIENT_MS, postgresSettings } from './database.ts';
import { awayReason, DatabaseAway } from './errors.ts';
import type { Lender } from './sql.ts';

/** Does something on one connection to a server, with patience. Throws the driver's errors. */
export async function withServer<T>(url: string, work: (lender: Lender) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    ...postgresSettings(url, PATIENT_MS),
    // The server waits while what it has said is written, indexed and checked.
    idle_in_transaction_session_timeout: PATIENT_MS,
  });
  // What waits for an answer hears of it too.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work({
      dialect: 'postgresql',
      acquireConnection: async () => client,
      releaseConnection: () => undefined,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Proves the invariants of a PostgreSQL database, however long it takes (REL-01). Throws DatabaseAway. */
export async function checkServer(url: string, where: string): Promise<Violation[]> {
  try {
    return await withServer(url, async (client) => checkData({ client }));
  } catch (error) {
    const reason = awayReason(error);
    throw reason === undefined ? error : new DatabaseAway(reason, where, error);
  }
}
