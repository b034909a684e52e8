import { constants } from 'node:fs';
import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openFile } from '../data-set/sqlite.ts';
import { generate, sqliteFile } from '../generate.ts';
import { startPostgres } from './postgres.ts';
import { supplyFrom } from './supply.ts';
import type { Supply } from './supply.ts';
import { toRemove } from './undo.ts';

export type DatabaseName = 'SQLite' | 'PostgreSQL';

/** The data set on a database that the measurements may change: `undoAll` throws it away. */
export type BenchDatabase = {
  readonly name: DatabaseName;
  readonly url: string;
  /** Patrons and items that no measurement has used yet. */
  readonly supply: Supply;
  /** One statement past all of our own code. */
  sql<Row>(statement: string): Promise<Row[]>;
};

/** The file of a `sqlite:` URL. */
export const fileOf = (url: string): string => url.slice('sqlite:'.length);

async function onSqlite(scale: number, say: (line: string) => void): Promise<BenchDatabase> {
  const original = await sqliteFile(scale, say);
  const folder = await mkdtemp(path.join(tmpdir(), 'guichet-bench-'));
  toRemove(folder);
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
  return { name: 'SQLite', url: `sqlite:${file}`, supply: await supplyFrom(sql), sql };
}

async function onPostgres(scale: number, say: (line: string) => void): Promise<BenchDatabase> {
  const url = await startPostgres();
  say(`Data set at scale ${scale} on PostgreSQL`);
  await generate(url, scale, say);
  const sql = async <Row>(statement: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(statement)).rows as Row[];
    } finally {
      await client.end();
    }
  };
  return { name: 'PostgreSQL', url, supply: await supplyFrom(sql), sql };
}

/** Makes the data set on a database of that kind. */
export async function openBenchDatabase(
  name: DatabaseName,
  scale: number,
  say: (line: string) => void,
): Promise<BenchDatabase> {
  return name === 'SQLite' ? onSqlite(scale, say) : onPostgres(scale, say);
}
