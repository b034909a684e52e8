import { rename } from 'node:fs/promises';
import pg from 'pg';
import { inject } from 'vitest';
import type { TestDatabase } from './databases.ts';

const ENDINGS = ['', '-wal', '-shm'];

async function moveFile(from: string, to: string): Promise<void> {
  for (const ending of ENDINGS) await rename(from + ending, to + ending).catch(() => undefined);
}

async function onServer(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Takes a database away for good, connections and all, until `back`: its file is moved, or it gets another name on its server. */
export async function takeAway({ url }: TestDatabase): Promise<{ back(): Promise<void> }> {
  if (url.startsWith('sqlite:')) {
    const file = url.slice('sqlite:'.length);
    await moveFile(file, `${file}.away`);
    return { back: async () => moveFile(`${file}.away`, file) };
  }
  const name = new URL(url).pathname.slice(1);
  const leave = (database: string) =>
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}' and pid <> pg_backend_pid()`;
  // Between the two statements a pool may connect again; then the rename is refused, and tried again.
  for (let tries = 0; ; tries += 1) {
    try {
      await onServer(leave(name), `alter database ${name} rename to ${name}_away`);
      break;
    } catch (error) {
      if (tries === 20) throw error;
    }
  }
  return { back: async () => onServer(`alter database ${name}_away rename to ${name}`) };
}
