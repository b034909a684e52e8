import { existsSync } from 'node:fs';
import path from 'node:path';
import knexFactory from 'knex';
import type { Knex } from 'knex';
import PostgresClient from 'knex/lib/dialects/postgres/index.js';
import SqliteClient from 'knex/lib/dialects/sqlite3/index.js';
import pg from 'pg';
import type { Database as SqliteConnection } from 'sqlite3';
import { awayReason, DatabaseAway, isCollision, isStalePlan } from './errors.ts';
import { recordsOn } from './records.ts';
import type { Records } from './records.ts';
import { watchFile } from './same-file.ts';
import { schemaStatus, migrate } from './schema.ts';
import type { SchemaStatus } from './schema.ts';
import type { Lender } from './sql.ts';
import { forgetStatements } from './statements.ts';
import { execute, inTransaction, isSound } from './transaction.ts';

/** Where records are kept. */
export type DatabaseKind = 'sqlite' | 'postgres';

/** An open database: the only door to what the library remembers. */
export type Database = {
  readonly kind: DatabaseKind;
  /** The URL without its password. */
  readonly where: string;
  /** Does work in one durable transaction, again from the start when another desk got there first. Throws DatabaseAway. */
  transaction<T>(work: (records: Records) => Promise<T>): Promise<T>;
  /** Reads without locking anything. Throws DatabaseAway. */
  read<T>(work: (records: Records) => Promise<T>): Promise<T>;
  /** Brings the schema up to date; returns the names of the steps done. Throws DatabaseAway (`newer-schema`). */
  migrate(): Promise<string[]>;
  status(): Promise<SchemaStatus>;
  close(): Promise<void>;
};

const ATTEMPTS = 12;

/** How long a desk waits for another one, or for another program. */
type Patience = {
  /** Milliseconds that a statement waits for the file that somebody has locked. SQLite only. */
  readonly busyTimeout: number;
  /** Milliseconds after which a collision is no longer tried again: a file that somebody keeps locked is away, not slow. */
  readonly retryFor: number;
};
const PATIENCE: Patience = { busyTimeout: 5000, retryFor: 8000 };

const nothing = (): void => undefined;
/** What Knex would print, it also throws: the screen belongs to the console. */
const SILENT = { warn: nothing, error: nothing, deprecate: nothing, debug: nothing };

/** SQLite as Knex has it, with what we prepare ourselves. */
class PreparingSqlite extends SqliteClient {
  override async destroyRawConnection(connection: SqliteConnection): Promise<void> {
    await forgetStatements(connection);
    await super.destroyRawConnection(connection);
  }

  /** For migrations, the only transactions that are Knex's: the write lock is taken at once, and without it nothing begins. */
  override transaction(...args: unknown[]) {
    const transaction = super.transaction(...args);
    transaction.begin = async (connection) => execute(connection as SqliteConnection, 'BEGIN IMMEDIATE');
    return transaction;
  }
}

/** Prepares a new connection: waits for other writers, never trades durability for speed. */
const preparer =
  (busyTimeout: number) =>
  (connection: SqliteConnection, done: (error: unknown, connection: SqliteConnection) => void): void => {
    execute(
      connection,
      `PRAGMA busy_timeout = ${busyTimeout}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;`,
    ).then(
      () => {
        done(null, connection);
      },
      (error: unknown) => {
        done(error, connection);
      },
    );
  };

function openSqlite(file: string, busyTimeout: number): Knex {
  const memory = file === ':memory:';
  if (!memory && !existsSync(path.dirname(path.resolve(file)))) throw new DatabaseAway('no-folder', `sqlite:${file}`);
  return knexFactory({
    client: PreparingSqlite as unknown as typeof Knex.Client,
    connection: { filename: file },
    useNullAsDefault: true,
    pool: {
      min: memory ? 1 : 0,
      max: 1,
      idleTimeoutMillis: memory ? 2 ** 31 - 1 : 3_600_000,
      afterCreate: preparer(busyTimeout),
      validate: isSound,
    },
    acquireConnectionTimeout: 30_000,
    log: SILENT,
  });
}

const QUERY_TIMEOUT_MS = 8000;
const LOCK_TIMEOUT_MS = 8000;
const INT8 = 20;
/** pg's own parsers; its types want an enum where the protocol has numbers. */
const parserOf = pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => unknown;

function openPostgres(url: string): Knex {
  return knexFactory({
    client: PostgresClient as unknown as typeof Knex.Client,
    connection: {
      connectionString: url,
      connectionTimeoutMillis: 5000,
      keepAlive: true,
      // A server that has fallen silent must not hold a desk for ever (REL-03).
      query_timeout: QUERY_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: 30_000,
      application_name: 'guichet',
      types: {
        getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === INT8 ? Number : parserOf(oid, format)),
      },
    } as Knex.PgConnectionConfig,
    pool: { min: 0, max: 4, validate: isSound },
    acquireConnectionTimeout: 10_000,
    log: SILENT,
  });
}

/** The URL as it may be shown: without a password (REL-07). */
function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:/@]*):[^/]*@/, '$1:…@').replaceAll(/([?&]password=)[^&]*/gi, '$1…');
}

const kindOf = (url: string): DatabaseKind | undefined =>
  /^postgres(ql)?:\/\//.test(url) ? 'postgres' : url.startsWith('sqlite:') && url.length > 7 ? 'sqlite' : undefined;

const pause = async (milliseconds: number): Promise<void> => {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
};

/**
 * Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…`. Nothing is read yet. Throws DatabaseAway for an URL that is
 * neither (`bad-url`) or a folder that is not there.
 */
export function openDatabase(url: string, { busyTimeout, retryFor } = PATIENCE): Database {
  const kind = kindOf(url);
  const where = withoutPassword(url);
  if (!kind) throw new DatabaseAway('bad-url', where);
  const knex = kind === 'sqlite' ? openSqlite(url.slice('sqlite:'.length), busyTimeout) : openPostgres(url);

  const file = kind === 'sqlite' && url !== 'sqlite::memory:' ? watchFile(url.slice('sqlite:'.length)) : undefined;
  const reconnect = async (): Promise<void> => {
    await knex.destroy();
    knex.initialize();
  };
  /** The file that was opened must still be there; another one under its name is opened anew. */
  const stillThere = async (): Promise<void> => {
    const fate = await file?.look();
    if (fate === 'gone') throw new DatabaseAway('missing-database', where);
    if (fate !== 'other') return;
    await reconnect();
    file?.forget();
  };

  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      await stillThere();
      return await work();
    } catch (error) {
      const reason = awayReason(error);
      if (reason && !(error instanceof DatabaseAway)) throw new DatabaseAway(reason, where, error);
      throw error;
    }
  };

  const attempt = async <T>(work: (records: Records) => Promise<T>): Promise<T> => {
    const started = performance.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return await inTransaction(knex.client as Lender, async (db) => work(recordsOn(db)));
      } catch (error) {
        const patient = tries < ATTEMPTS && performance.now() - started < retryFor;
        if (!patient || !isCollision(error)) throw error;
        await pause(Math.random() * 10 * tries);
      }
    }
  };

  return {
    kind,
    where,
    transaction: async (work) => guarded(async () => attempt(work)),
    read: async (work) =>
      guarded(async () => {
        try {
          return await work(recordsOn(knex));
        } catch (error) {
          if (!isStalePlan(error)) throw error;
          return work(recordsOn(knex));
        }
      }),
    migrate: async () =>
      guarded(async () => {
        try {
          return await migrate(knex, where);
        } catch (error) {
          // Knex leaves a transaction open whose COMMIT failed; a file is closed with it.
          if (file) await reconnect();
          throw error;
        }
      }),
    status: async () => guarded(async () => schemaStatus(knex)),
    close: async () => {
      await knex.destroy();
    },
  };
}
