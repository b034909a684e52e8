import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import sqlite3 from 'sqlite3';
import { inject } from 'vitest';
import { openHouse } from '../../source/desk/house.ts';
import type { House } from '../../source/desk/house.ts';
import type { PasswordCost } from '../../source/desk/passwords.ts';
import { openDatabase } from '../../source/records/database.ts';
import type { Database } from '../../source/records/database.ts';
import { quickFolder } from './quick-folder.ts';

/** What the houses of tests do for a hash (REL-07): next to nothing. Those of the program itself, and of the tests of hashes, do it all. */
const passwordCost: PasswordCost = { N: 16, r: 8, p: 1 };

/** A database of its own for one test or one file of tests: migrated and empty. */
export type TestDatabase = {
  readonly url: string;
  readonly house: House;
  /** The same database behind the door of the records: for what no action does yet, and for what only a test reads. */
  readonly records: Database;
  /** Statements past all of our own code, separated by semicolons: to look, or to break something. Rows of the last one. */
  sql<Row = Record<string, unknown>>(statement: string): Promise<Row[]>;
  /** Closes the house and takes the database away. */
  drop(): Promise<void>;
};

/** A kind of database on which the tests run. */
export type DatabaseUnderTest = {
  readonly name: 'SQLite' | 'PostgreSQL';
  create(): Promise<TestDatabase>;
  /** One that has no tables yet: also for tests that change the schema by hand. */
  createEmpty(): Promise<TestDatabase>;
};

/** The rows of the last of some statements, separated by semicolons, on a connection of their own. */
async function onFile<Row>(file: string, statements: string): Promise<Row[]> {
  const connection = new sqlite3.Database(file);
  let found: Row[] = [];
  try {
    for (const statement of statements.split(';')) {
      found = await new Promise<Row[]>((resolve, reject) => {
        connection.all<Row>(statement, (error, all) => {
          if (error) reject(error);
          else resolve(all);
        });
      });
    }
  } finally {
    await new Promise((resolve) => {
      connection.close(resolve);
    });
  }
  return found;
}

/** A SQLite file of its own, copied from a template, in a folder that goes with it. */
export async function sqliteFile(template: string | undefined, within?: string): Promise<TestDatabase> {
  const folder = within ?? (await mkdtemp(path.join(quickFolder, 'guichet-')));
  const file = path.join(folder, 'guichet.db');
  if (template !== undefined) await copyFile(template, file);
  const url = `sqlite:${file}`;
  const house = openHouse(url, { passwordCost });
  const records = openDatabase(url);
  return {
    url,
    house,
    records,
    sql: async (statement) => onFile(file, statement),
    drop: async () => {
      await house.close();
      await records.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function onServer<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const answer = (await client.query<Row>(statement)) as pg.QueryResult<Row> | pg.QueryResult<Row>[];
    return (Array.isArray(answer) ? answer.at(-1)?.rows : answer.rows) ?? [];
  } finally {
    await client.end();
  }
}

/**
 * As a new database would be. Rows are deleted, which takes a tenth of the time that a truncation of forty tables does; but no table
 * keeps more pages than the planner supposes of an empty one (ten), so that it plans here as it does there.
 */
const EMPTY_ALL = `set session_replication_role = replica;
  do $$ declare one record; begin
    if exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 10 * 8192) then
      execute (select 'truncate ' || string_agg(format('%I', tablename), ', ') || ' restart identity cascade'
        from pg_tables where schemaname = 'public' and tablename not like 'knex_%');
    else
      for one in select oid::regclass as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and relname not like 'knex_%' and pg_relation_size(oid) > 0
      loop execute 'delete from ' || one.name; end loop;
      perform setval(seqrelid, seqstart, false) from pg_sequence join pg_class on pg_class.oid = seqrelid
        where relname not like 'knex_%' and pg_sequence_last_value(seqrelid) is not null;
    end if;
  end $$`;

/** A new database of the server, copied from a template; returns its URL. */
async function newOnServer(template: string): Promise<string> {
  const name = `guichet_${randomUUID().replaceAll('-', '')}`;
  await onServer(inject('postgresUrl'), `create database ${name} template ${template}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

/** A database on a server, whoever has made it; `leave`: what is done with it at last. */
export function onPostgres(url: string, leave: () => Promise<void>): TestDatabase {
  const house = openHouse(url, { passwordCost });
  const records = openDatabase(url);
  return {
    url,
    house,
    records,
    sql: async <Row>(statement: string) => (await onServer(url, statement)) as Row[],
    drop: async () => {
      await house.close();
      await records.close();
      await leave();
    },
  };
}

/** Databases that a test has left, emptied for the next one of this process: making one takes five times as long. */
const left: string[] = [];

async function postgresDatabase(): Promise<TestDatabase> {
  const url = left.pop() ?? (await newOnServer(inject('postgresTemplate')));
  return onPostgres(url, async () => {
    await onServer(url, EMPTY_ALL);
    left.push(url);
  });
}

async function emptyPostgresDatabase(): Promise<TestDatabase> {
  const url = await newOnServer('template0');
  return onPostgres(url, async () => {
    await onServer(inject('postgresUrl'), `drop database ${new URL(url).pathname.slice(1)} with (force)`);
  });
}

/** Every test of an action runs on both: `describe.each(databases)('… on $name', ({create}) => …)`. */
export const databases: readonly DatabaseUnderTest[] = [
  {
    name: 'SQLite',
    create: async () => sqliteFile(inject('sqliteTemplate')),
    createEmpty: async () => sqliteFile(undefined),
  },
  {
    name: 'PostgreSQL',
    create: postgresDatabase,
    createEmpty: emptyPostgresDatabase,
  },
];
