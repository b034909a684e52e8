import { existsSync } from 'node:fs';
import path from 'node:path';
import knexFactory from 'knex';
import type { Knex } from 'knex';
import PostgresClient from 'knex/lib/dialects/postgres/index.js';
import SqliteClient from 'knex/lib/dialects/sqlite3/index.js';
import pg from 'pg';
import type { Database as SqliteConnection } from 'sqlite3';
import type { Instant } from '../circulation/time.ts';
import { awayReason, CommitUnknown, DatabaseAway, isCollision, isStalePlan } from './errors.ts';
import { recordsOn } from './records.ts';
import type { Records } from './records.ts';
import { watchFile } from './same-file.ts';
import { schemaStatus, migrate } from './schema.ts';
import type { SchemaStatus } from './schema.ts';
import { isSound, untilAbandoned } from './sound.ts';
import type { Lender } from './sql.ts';
import { forgetStatements } from './statements.ts';
import { execute, inTransaction } from './transaction.ts';
import type { Course } from './transaction.ts';

/** Where records are kept. */
export type DatabaseKind = 'sqlite' | 'postgres';

/** One attempt to do something: its moment, and how it learns that nobody waits any longer. */
export type Attempt = { readonly at: Instant; readonly signal?: AbortSignal | undefined };

/** An open database: the only door to what the library remembers. */
export type Database = {
  readonly kind: DatabaseKind;
  /** The URL without its password. */
  readonly where: string;
  /**
   * Does work in one durable transaction, again from the start when another desk got there first. Throws DatabaseAway: with the
   * moment of the attempt (without one, the machine's) where nobody knows whether COMMIT was carried out. As soon as the signal
   * is aborted it throws (`silent`); what has not been sent to be committed by then never will be.
   */
  transaction<T>(work: (records: Records) => Promise<T>, attempt?: Attempt): Promise<T>;
  /** Reads without locking anything. Throws DatabaseAway, as soon as the signal is aborted too. */
  read<T>(work: (records: Records) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Brings the schema up to date (`only`: by these steps); returns the names of the steps done. Throws DatabaseAway (`newer-schema`). */
  migrate(only?: readonly string[]): Promise<string[]>;
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

  /** A file that was there is never made anew: who took it away may put it back, and what stands beside it belongs to it. */
  override async acquireRawConnection(): Promise<SqliteConnection> {
    const { filename, wasSeen } = this.connectionSettings as { filename: string; wasSeen?: () => boolean };
    if (wasSeen?.() !== true) return super.acquireRawConnection();
    const { Database, OPEN_READWRITE } = this.driver;
    return new Promise((resolve, reject) => {
      const connection = new Database(filename, OPEN_READWRITE, (error) => {
        if (error) reject(error);
        else resolve(connection);
      });
    });
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

function openSqlite(file: string, busyTimeout: number, wasSeen: () => boolean): Knex {
  const memory = file === ':memory:';
  if (!memory && !existsSync(path.dirname(path.resolve(file)))) throw new DatabaseAway('no-folder', `sqlite:${file}`);
  return knexFactory({
    client: PreparingSqlite as unknown as typeof Knex.Client,
    connection: { filename: file, wasSeen } as Knex.Sqlite3ConnectionConfig,
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
/** Who changes, copies or proves everything waits longer than a desk. */
export const PATIENT_MS = 600_000;
const LOCK_TIMEOUT_MS = 8000;
const INT8 = 20;
/** pg's own parsers; its types want an enum where the protocol has numbers. */
const parserOf = pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => unknown;

/**
 * The first rows of many are the same ones each time (KIO-01): a scan that stops early would otherwise let the next one go on
 * where it stopped.
 */
const readInOrder = (connection: pg.Client, done: (error: Error | null, connection: pg.Client) => void): void => {
  connection.query('set synchronize_seqscans = off', (error) => {
    done(error, connection);
  });
};

/** How a server is spoken to; it counts as silent after so many milliseconds. */
export const postgresSettings = (url: string, silentAfter = QUERY_TIMEOUT_MS) => ({
  connectionString: url,
  connectionTimeoutMillis: 5000,
  keepAlive: true,
  // A server that has fallen silent must not hold a desk for ever (REL-03).
  query_timeout: silentAfter,
  lock_timeout: LOCK_TIMEOUT_MS,
  idle_in_transaction_session_timeout: 30_000,
  application_name: 'guichet',
  types: {
    getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === INT8 ? Number : parserOf(oid, format)),
  },
});

function openPostgres(url: string, silentAfter?: number): Knex {
  return knexFactory({
    client: PostgresClient as unknown as typeof Knex.Client,
    connection: postgresSettings(url, silentAfter) as Knex.PgConnectionConfig,
    pool: { min: 0, max: 4, validate: isSound, afterCreate: readInOrder },
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

/** The answer, unless nobody waits for it any longer: then at once that it is away, whatever comes of the rest. */
async function whileAwaited<T>(
  doing: () => Promise<T>,
  signal: AbortSignal | undefined,
  away: () => DatabaseAway,
): Promise<T> {
  if (!signal) return doing();
  if (signal.aborted) throw away();
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(away());
    };
    signal.addEventListener('abort', stop);
    void doing()
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener('abort', stop);
      });
  });
}

/**
 * Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…`. Nothing is read yet. Throws DatabaseAway for an URL that is
 * neither (`bad-url`) or a folder that is not there.
 */
export function openDatabase(url: string, { busyTimeout, retryFor } = PATIENCE): Database {
  const kind = kindOf(url);
  const where = withoutPassword(url);
  if (!kind) throw new DatabaseAway('bad-url', where);
  const name = url.slice('sqlite:'.length);
  const file = kind === 'sqlite' && url !== 'sqlite::memory:' ? watchFile(name) : undefined;
  const knex = kind === 'sqlite' ? openSqlite(name, busyTimeout, () => file?.wasSeen() ?? false) : openPostgres(url);

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

  const guarded = async <T>(work: () => Promise<T>, at: Instant | null = null): Promise<T> => {
    try {
      await stillThere();
      return await work();
    } catch (error) {
      if (error instanceof DatabaseAway) throw error;
      const known = awayReason(error);
      const reason = known === 'no-permission' && (await file?.look()) === 'gone' ? 'missing-database' : known;
      if (reason) throw new DatabaseAway(reason, where, error, error instanceof CommitUnknown ? at : null);
      throw error;
    }
  };

  const silent = (signal: AbortSignal | undefined, at: Instant | null): DatabaseAway =>
    new DatabaseAway('silent', where, signal?.reason, at);

  const attempt = async <T>(work: (records: Records) => Promise<T>, course: Course): Promise<T> => {
    const started = performance.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return await inTransaction(knex.client as Lender, async (db) => work(recordsOn(db)), course);
      } catch (error) {
        const patient = tries < ATTEMPTS && performance.now() - started < retryFor && course.signal?.aborted !== true;
        if (!patient || !isCollision(error)) throw error;
        await pause(Math.random() * 10 * tries);
      }
    }
  };

  const reading = async <T>(work: (records: Records) => Promise<T>, lender: Lender): Promise<T> => {
    try {
      return await work(recordsOn({ client: lender }));
    } catch (error) {
      if (!isStalePlan(error)) throw error;
      return work(recordsOn({ client: lender }));
    }
  };

  return {
    kind,
    where,
    transaction: async (work, { at, signal } = { at: Date.now() }) => {
      const course: Course = { signal, isCommitting: false };
      const doing = async () => guarded(async () => attempt(work, course), at);
      return whileAwaited(doing, signal, () => silent(signal, course.isCommitting ? at : null));
    },
    read: async (work, signal) => {
      const pool = knex.client as Lender;
      if (!signal) return guarded(async () => reading(work, pool));
      const { lender, end } = untilAbandoned(pool, signal);
      const doing = async () => guarded(async () => reading(work, lender).finally(end));
      return whileAwaited(doing, signal, () => silent(signal, null));
    },
    migrate: async (only) =>
      guarded(async () => {
        const patient = kind === 'sqlite' ? knex : openPostgres(url, PATIENT_MS);
        try {
          return await migrate(patient, where, only);
        } catch (error) {
          // Knex leaves a transaction open whose COMMIT failed; a file is closed with it.
          if (file) await reconnect();
          throw error;
        } finally {
          if (patient !== knex) await patient.destroy();
        }
      }),
    status: async () => guarded(async () => schemaStatus(knex)),
    close: async () => {
      await knex.destroy();
    },
  };
}
