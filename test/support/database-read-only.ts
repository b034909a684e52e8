import pg from 'pg';
import { inject } from 'vitest';
import { fileLocker } from './broken-files.ts';
import type { TestDatabase } from './databases.ts';

/** Makes a database one that can be read but not written, until `back`: another program locks its file, or its server says so. */
export async function makeReadOnly({ url }: TestDatabase): Promise<{ back(): Promise<void> }> {
  if (url.startsWith('sqlite:')) {
    const other = await fileLocker(url.slice('sqlite:'.length));
    await other.lock();
    return {
      back: async () => {
        await other.unlock();
        await other.leave();
      },
    };
  }
  const name = new URL(url).pathname.slice(1);
  const set = async (value: 'on' | 'off'): Promise<void> => {
    const client = new pg.Client({ connectionString: inject('postgresUrl') });
    await client.connect();
    try {
      await client.query(`alter database ${name} set default_transaction_read_only = ${value}`);
      // Only new connections hear of it.
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
      );
    } finally {
      await client.end();
    }
  };
  await set('on');
  return { back: async () => set('off') };
}
