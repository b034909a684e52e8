import { checkData } from './check.ts';
import type { Violation } from './check.ts';
import { copyTables, isEmpty, ReadingFailed } from './copy-tables.ts';
import { openDatabase } from './database.ts';
import { countRows } from './counts.ts';
import type { Counts } from './counts.ts';
import { awayReason, DatabaseAway } from './errors.ts';
import { hasTitleWords, stepsIn } from './schema.ts';
import type { SchemaStatus } from './schema.ts';
import { isPostgres, rows } from './sql.ts';
import type { Connection, Lender } from './sql.ts';
import { withServer } from './server.ts';
import { withSqliteFile } from './sqlite-file.ts';
import { indexAllTitles } from './title-words.ts';
import { execute, inTransaction } from './transaction.ts';

/** What of a file has failed, not of the database. */
function ofFile(error: unknown, file: string): unknown {
  const reason = error instanceof DatabaseAway ? error.reason : awayReason(error);
  return reason === undefined ? error : new DatabaseAway(reason, file, error);
}

/** The database that is copied, or filled: its URL, and how it may be shown. */
type Place = { readonly url: string; readonly where: string };

const fileOf = ({ url }: Place): string | undefined =>
  url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined;

const IN_THE_NEW_FILE = ['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'];

async function copySqlite(from: string, file: string, signal: AbortSignal | undefined): Promise<void> {
  await withSqliteFile(from, async ({ db, connection }) => {
    const stop = (): void => {
      connection.interrupt();
    };
    signal?.addEventListener('abort', stop);
    try {
      await rows(db, 'vacuum into ?', [file]);
    } catch (error) {
      throw IN_THE_NEW_FILE.includes(String((error as { code?: unknown }).code)) ? ofFile(error, file) : error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  });
}

/** Makes a file with the schema that a database has. */
async function makeFile(file: string, steps: readonly string[]): Promise<void> {
  const made = openDatabase(`sqlite:${file}`);
  try {
    await made.migrate(steps);
  } finally {
    await made.close();
  }
}

/** Does something with a file that nobody has yet: if anything fails it goes, and it is synced when it is whole. */
async function inNewFile(file: string, work: (db: Connection) => Promise<void>): Promise<void> {
  await withSqliteFile(file, async ({ db, connection }) => {
    await execute(connection, 'PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;');
    await execute(connection, 'PRAGMA foreign_keys = OFF; BEGIN');
    await work(db);
    await execute(connection, 'COMMIT');
  });
}

/** Such a file needs no program but this one, and fills a database of either kind. Answers with the steps of its schema. */
async function copyPostgres(
  from: Connection,
  file: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  await rows(from, 'set transaction isolation level repeatable read, read only');
  const { done } = await stepsIn(from);
  try {
    await makeFile(file, done);
    await inNewFile(file, async (db) => copyTables(from, db, signal));
    return done;
  } catch (error) {
    throw error instanceof ReadingFailed ? error.cause : ofFile(error, file);
  }
}

/** What goes wrong with the database itself, as DatabaseAway of it. */
async function guarded<T>({ where }: Place, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof DatabaseAway) throw error;
    throw ofFile(error, where);
  }
}

/**
 * Copies a database into a SQLite file that is empty, as it stands at one moment, while others write (REL-10). Nothing makes sure
 * yet that the file survives a power cut. Throws DatabaseAway of the database or of the file, and what the signal says.
 */
export async function backUp(place: Place, file: string, signal?: AbortSignal): Promise<void> {
  const from = fileOf(place);
  await guarded(place, signal, async () => {
    if (from !== undefined) return copySqlite(from, file, signal);
    const steps = await withServer(place.url, async (lender) =>
      inTransaction(lender, async (db) => copyPostgres(db, file, signal), { signal, isCommitting: false }),
    );
    if (!hasTitleWords(steps)) return;
    try {
      await inNewFile(file, indexAllTitles);
    } catch (error) {
      throw ofFile(error, file);
    }
  });
}

/**
 * Fills an empty database from a backup of the same schema, in one transaction (REL-10); `not-empty`: there is something in it,
 * and it has not been touched. Throws DatabaseAway of the database or of the file, and what the signal says.
 */
export async function fillFrom(file: string, place: Place, signal?: AbortSignal): Promise<'filled' | 'not-empty'> {
  const fill = async (from: Connection, to: Connection): Promise<'filled' | 'not-empty'> => {
    // Nobody may move in meanwhile.
    if (isPostgres(to)) await rows(to, 'lock table settings, staff in share row exclusive mode');
    if (!(await isEmpty(to))) return 'not-empty';
    await copyTables(from, to, signal);
    await indexAllTitles(to);
    // Nobody knows yet how much there is of what: until somebody does, everything would be looked for the long way.
    if (isPostgres(to)) await rows(to, 'analyze');
    return 'filled';
  };
  const target = fileOf(place);
  const within = async (from: Connection, lender: Lender) =>
    inTransaction(lender, async (to) => fill(from, to), { signal, isCommitting: false });
  return guarded(place, signal, async () => {
    try {
      return await withSqliteFile(file, async ({ db: from, connection }) => {
        await execute(connection, 'BEGIN');
        if (target === undefined) return withServer(place.url, async (lender) => within(from, lender));
        return withSqliteFile(target, async ({ db: { client }, connection: to }) => {
          await execute(to, 'PRAGMA foreign_keys = OFF');
          return within(from, client);
        });
      });
    } catch (error) {
      throw error instanceof ReadingFailed ? ofFile(error.cause, file) : error;
    }
  });
}

/** What a file is: a backup, and what is in it; or something else. */
export type Backup =
  | {
      readonly kind: 'backup';
      readonly schema: SchemaStatus;
      readonly counts: Counts;
      /** Broken invariants (REL-01); null: they are those of another schema, and were not asked. */
      readonly violations: readonly Violation[] | null;
    }
  | { readonly kind: 'damaged' | 'foreign' };

async function whatIsIn(db: Connection): Promise<Backup> {
  const [sound] = await rows<{ quick_check: string }>(db, 'pragma quick_check(1)');
  if (sound?.quick_check !== 'ok') return { kind: 'damaged' };
  const known = await rows(db, "select 1 from sqlite_master where type = 'table' and name = 'knex_migrations'");
  const schema = known.length > 0 ? await stepsIn(db) : undefined;
  if (!schema?.done.includes('0001-organisation')) return { kind: 'foreign' };
  const isCurrent = schema.pending.length === 0 && schema.unknown.length === 0;
  return { kind: 'backup', schema, counts: await countRows(db), violations: isCurrent ? await checkData(db) : null };
}

/** Looks into a file without changing it. Throws DatabaseAway where it cannot be opened. */
export async function lookInto(file: string): Promise<Backup> {
  try {
    return await withSqliteFile(file, async ({ db }) => whatIsIn(db));
  } catch (error) {
    const reason = awayReason(error);
    if (reason === 'not-a-database') return { kind: 'damaged' };
    throw ofFile(error, file);
  }
}
