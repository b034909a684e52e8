import { once } from 'node:events';
import pg from 'pg';
import type { Sink, TableRows, Value } from './tables.ts';

/** What `COPY … FROM STDIN` needs of a connection, beyond the types of pg. */
type CopyConnection = pg.Connection & {
  query(sql: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
};

const CHUNK = 512 * 1024;

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function fieldOf(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return value.replaceAll(/[\\\t\n\r]/g, (found) => ESCAPED[found] ?? found);
  return String(value);
}

/** Sends rows as COPY reads them, no faster than the server takes them. */
async function send(connection: CopyConnection, rows: Iterable<readonly Value[]>): Promise<number> {
  let text = '';
  let sent = 0;
  for (const row of rows) {
    text += `${row.map(fieldOf).join('\t')}\n`;
    sent += 1;
    if (text.length < CHUNK) continue;
    connection.sendCopyFromChunk(Buffer.from(text));
    text = '';
    if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
  }
  connection.sendCopyFromChunk(Buffer.from(text));
  connection.endCopyFrom();
  return sent;
}

/** Copies rows into a table: a query of pg's own kind, since pg has no COPY. */
async function copyInto(client: pg.Client, { table, columns, rows }: TableRows): Promise<number> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    const ignored = (): void => undefined;
    client.query({
      submit: (connection: pg.Connection) => {
        (connection as CopyConnection).query(`copy ${table} (${columns.join(', ')}) from stdin`);
      },
      handleCopyInResponse: (connection: CopyConnection) => {
        send(connection, rows()).then(
          (count) => {
            sent = count;
          },
          (error: unknown) => {
            connection.sendCopyFail(String(error));
          },
        );
      },
      handleCommandComplete: ignored,
      handleReadyForQuery: () => {
        resolve(sent);
      },
      handleError: reject,
    } as pg.Submittable);
  });
}

type Index = { readonly name: string; readonly sql: string };

/** Indexes that are no constraint: they are made anew when the rows are in. */
const OWN_INDEXES = `select indexname as name, indexdef as sql from pg_indexes where schemaname = 'public'
  and indexname not in (select conname from pg_constraint)`;

const NUMBERED = `select table_name as name, column_name as "column" from information_schema.columns
  where table_schema = 'public' and column_default like 'nextval(%'`;

/** Opens a migrated PostgreSQL database for being filled; its statistics are gathered at the end, as a server does by itself. */
export async function postgresSink(url: string): Promise<Sink> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // References are right by construction, and checked on SQLite, which gets the same rows.
  await client.query(
    "set session_replication_role = replica; set maintenance_work_mem = '256MB'; set synchronous_commit = off",
  );
  const indexes = (await client.query<Index>(OWN_INDEXES)).rows;
  for (const one of indexes) await client.query(`drop index ${one.name}`);
  return {
    write: async (rows) => copyInto(client, rows),
    async finish(afterwards) {
      for (const one of indexes) await client.query(one.sql);
      for (const statement of afterwards) await client.query(statement);
      const numbered = (await client.query<{ name: string; column: string }>(NUMBERED)).rows;
      for (const { name, column } of numbered) {
        await client.query(
          `select setval(pg_get_serial_sequence('${name}', '${column}'), coalesce((select max(${column}) from ${name}), 0) + 1, false)`,
        );
      }
      await client.query('vacuum analyze');
      await client.query('checkpoint');
      await client.end();
    },
  };
}
