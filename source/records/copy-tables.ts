import { isPostgres, row, rows } from './sql.ts';
import type { Connection, Row, Value } from './sql.ts';

/** Rows that are read and written at once. */
const PIECE = 1000;
/** Values in one statement of SQLite. */
const VALUES = 900;

/** What every database makes of itself: the steps of its schema, and the words of titles, which each kind has in its own way. */
const OWN = /^(?:sqlite_|knex_migrations|title_words|title_fields|title_vocabulary)/;

const quoted = (name: string): string => `"${name}"`;

/** The tables that are copied, in the order of their names. */
export async function tablesOf(db: Connection): Promise<string[]> {
  const found = await rows<{ name: string }>(
    db,
    isPostgres(db)
      ? 'select tablename as name from pg_tables where schemaname = current_schema()'
      : "select name from sqlite_master where type = 'table'",
  );
  return found
    .map(({ name }) => name)
    .filter((name) => !OWN.test(name))
    .toSorted();
}

/** Whether no table has a row in it. */
export async function isEmpty(db: Connection): Promise<boolean> {
  for (const table of await tablesOf(db)) {
    if ((await rows(db, `select 1 as one from ${quoted(table)} limit 1`)).length > 0) return false;
  }
  return true;
}

async function columnsOf(db: Connection, table: string): Promise<string[]> {
  const found = await rows<{ name: string }>(
    db,
    isPostgres(db)
      ? 'select column_name as name from information_schema.columns where table_schema = current_schema() and table_name = ? order by column_name'
      : 'select name from pragma_table_info(?) order by name',
    [table],
  );
  return found.map(({ name }) => name);
}

async function* fromSqlite(db: Connection, table: string, columns: readonly string[]): AsyncGenerator<Row[]> {
  const sql = `select rowid as "guichet row", ${columns.map(quoted).join(', ')} from ${quoted(table)} where rowid > ? order by rowid limit ${PIECE}`;
  for (let last = -Number.MAX_SAFE_INTEGER; ;) {
    const piece = await rows(db, sql, [last]);
    if (piece.length === 0) return;
    yield piece;
    last = Number(piece.at(-1)?.['guichet row']);
  }
}

/** Only in a transaction. */
async function* fromPostgres(db: Connection, table: string, columns: readonly string[]): AsyncGenerator<Row[]> {
  const list = columns.map(quoted).join(', ');
  const cursor = `copy_of_${table}`;
  await rows(db, `declare ${cursor} no scroll cursor for select ${list} from ${quoted(table)}`);
  for (;;) {
    const piece = await rows(db, `fetch ${PIECE} from ${cursor}`);
    if (piece.length === 0) break;
    yield piece;
  }
  await rows(db, `close ${cursor}`);
}

async function intoSqlite(
  db: Connection,
  table: string,
  columns: readonly string[],
  piece: readonly Row[],
): Promise<void> {
  const size = Math.floor(VALUES / columns.length);
  const marks = `(${columns.map(() => '?').join(', ')})`;
  for (let start = 0; start < piece.length; start += size) {
    const part = piece.slice(start, start + size);
    await rows(
      db,
      `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values ${part.map(() => marks).join(', ')}`,
      part.flatMap((one) => columns.map((column) => (one[column] ?? null) as Value)),
    );
  }
}

/** PostgreSQL knows no character 0 in a text. */
const asJson = (columns: readonly string[], piece: readonly Row[]): string =>
  JSON.stringify(
    piece.map((one) =>
      Object.fromEntries(
        columns.map((column) => {
          const value = one[column];
          return [column, typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value];
        }),
      ),
    ),
  );

async function intoPostgres(
  db: Connection,
  table: string,
  columns: readonly string[],
  piece: readonly Row[],
): Promise<void> {
  const list = columns.map(quoted).join(', ');
  await rows(
    db,
    `insert into ${quoted(table)} (${list}) select ${list} from json_populate_recordset(null::${quoted(table)}, cast(? as json))`,
    [asJson(columns, piece)],
  );
}

/** The columns that PostgreSQL numbers by itself. */
async function numberedColumns(db: Connection): Promise<{ table: string; sequence: string }[]> {
  return rows(
    db,
    `select t.relname as "table", pg_get_serial_sequence(quote_ident(t.relname), a.attname) as sequence
     from pg_class t join pg_namespace n on n.oid = t.relnamespace join pg_attribute a on a.attrelid = t.oid
     where n.nspname = current_schema() and t.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and pg_get_serial_sequence(quote_ident(t.relname), a.attname) is not null`,
  );
}

/** The last number that was given in each table, whether its row is there still or not: none is given twice. */
async function lastNumbers(db: Connection): Promise<{ table: string; last: number }[]> {
  if (!isPostgres(db)) return rows(db, 'select name as "table", seq as last from sqlite_sequence where seq > 0');
  const found: { table: string; last: number }[] = [];
  for (const { table, sequence } of await numberedColumns(db)) {
    const state = await row<{ last: number }>(db, `select last_value as last from ${sequence} where is_called`);
    if (state) found.push({ table, last: state.last });
  }
  return found;
}

async function goOnAfter(
  db: Connection,
  numbers: readonly { readonly table: string; readonly last: number }[],
): Promise<void> {
  const sequences = isPostgres(db) ? await numberedColumns(db) : [];
  for (const { table, last } of numbers) {
    if (OWN.test(table)) continue;
    const sequence = sequences.find((one) => one.table === table)?.sequence;
    if (sequence !== undefined) await rows(db, 'select setval(cast(? as regclass), ?)', [sequence, last]);
    if (isPostgres(db)) continue;
    await rows(db, 'delete from sqlite_sequence where name = ?', [table]);
    await rows(db, 'insert into sqlite_sequence (name, seq) values (?, ?)', [table, last]);
  }
}

/** What refers to other rows is checked once, at the end: tables are filled one after the other, and some refer to each other. */
async function withoutReferences(db: Connection, work: () => Promise<void>): Promise<void> {
  if (!isPostgres(db)) {
    await work();
    const [broken] = await rows<{ table: string }>(db, 'pragma foreign_key_check');
    if (broken) throw new Error(`a row of ${broken.table} refers to nothing`);
    return;
  }
  const references = await rows<{ table: string; name: string; rule: string }>(
    db,
    `select cast(c.conrelid as regclass)::text as "table", quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as rule
     from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname = current_schema() and c.contype = 'f'`,
  );
  for (const { table, name } of references) await rows(db, `alter table ${table} drop constraint ${name}`);
  await work();
  for (const { table, name, rule } of references) await rows(db, `alter table ${table} add constraint ${name} ${rule}`);
}

/** What is copied from has failed; its cause is what the driver said. Anything else has failed in what is copied to. */
export class ReadingFailed extends Error {
  constructor(cause: unknown) {
    super('what is copied cannot be read', { cause });
    this.name = 'ReadingFailed';
  }
}

async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ReadingFailed(error);
  }
}

/**
 * Copies every row from one database to another of the same schema, whose tables are empty and in which a transaction is open
 * (SQLite: without `foreign_keys`); the words of titles are not copied. Throws ReadingFailed.
 */
export async function copyTables(from: Connection, to: Connection, signal: AbortSignal | undefined): Promise<void> {
  await withoutReferences(to, async () => {
    const known = await reading(async () => tablesOf(from));
    // A database may hold what is not ours.
    for (const table of (await tablesOf(to)).filter((one) => known.includes(one))) {
      const columns = await columnsOf(to, table);
      const pieces = isPostgres(from) ? fromPostgres(from, table, columns) : fromSqlite(from, table, columns);
      const write = isPostgres(to) ? intoPostgres : intoSqlite;
      for (;;) {
        const { value, done } = await reading(async () => pieces.next());
        if (done === true) break;
        signal?.throwIfAborted();
        await write(to, table, columns, value);
      }
    }
  });
  await goOnAfter(to, await reading(async () => lastNumbers(from)));
}
