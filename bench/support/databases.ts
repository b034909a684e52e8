import { constants } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openFile } from '../data-set/sqlite.ts';
import { generate, sqliteFile } from '../generate.ts';
import { startPostgres } from './postgres.ts';
import { supplyFrom } from './supply.ts';
import type { Supply } from './supply.ts';

export type DatabaseName = 'SQLite' | 'PostgreSQL';

/** The data set on a database that the measurements may change: it is thrown away at the end. */
export type BenchDatabase = {
  readonly name: DatabaseName;
  readonly url: string;
  /** Patrons and items that no measurement has used yet. */
  readonly supply: Supply;
  /** One statement past all of our own code. */
  sql<Row>(statement: string): Promise<Row[]>;
  drop(): Promise<void>;
};

/** The file of a `sqlite:` URL. */
export const fileOf = (url: string): string => url.slice('sqlite:'.length);

async function onSqlite(scale: number, say: (line: string) => void): Promise<BenchDatabase> {
  const original = await sqliteFile(scale, say);
  const folder = await mkdtemp(path.join(tmpdir(), 'guichet-bench-'));
  const file = path.join(folder, 'bench.db');
  await copyFile(original, file, constants.COPYFILE_FICLONE);
  const sql = async <Row>(statement: string): Promise<Row[]> => {
    const opened = openFile(file);
    try {
      return await opened.all<Row>(statement);
    } finally {
      await opened.close();
    }
  };
  const drop = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  return { name: 'SQLite', url: `sqlite:${file}`, supply: await supplyFrom(sql), sql, drop };
}

async function onPostgres(scale: number, say: (line: string) => void): Promise<BenchDatabase> {
  const server = await startPostgres();
  try {
    say(`Data set at scale ${scale} on PostgreSQL`);
    await generate(server.url, scale, say);
    const sql = async <Row>(statement: string): Promise<Row[]> => {
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      try {
        return (await client.query(statement)).rows as Row[];
      } finally {
        await client.end();
      }
    };
    return { name: 'PostgreSQL', url: server.url, supply: await supplyFrom(sql), sql, drop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Makes the data set on a database of that kind. The caller drops it. */
export async function openBenchDatabase(
  name: DatabaseName,
  scale: number,
  say: (line: string) => void,
): Promise<BenchDatabase> {
  return name === 'SQLite' ? onSqlite(scale, say) : onPostgres(scale, say);
}
