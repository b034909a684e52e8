// The floor of a loan (spec 11): the least that any program must do, with the raw driver, in one durable transaction.
import pg from 'pg';
import type sqlite3 from 'sqlite3';
import { openFile } from './data-set/sqlite.ts';
import { NOW } from './data-set/scale.ts';
import { fileOf } from './support/databases.ts';
import type { BenchDatabase } from './support/databases.ts';

/** Reads patron and item, inserts loan and event, updates the item, commits. */
export type Floor = {
  loan(patron: number, barcode: string): Promise<void>;
  close(): Promise<void>;
};

type Row = Readonly<Record<string, unknown>>;
type Ask = (name: StatementName, values: readonly unknown[]) => Promise<Row[]>;

const LOAN_COLUMNS =
  'item_id, title_id, patron_id, library, location, material, policy, described, loaned_at, loaned_desk, loaned_by, due_at, late_from, period_unit, period_count, shortened, network_version, rule_row';

const STATEMENTS = {
  patron: 'select * from patrons where id = ?',
  item: 'select * from items where barcode_key = ?',
  loan: `insert into loans (${LOAN_COLUMNS}) values (${LOAN_COLUMNS.split(', ')
    .map(() => '?')
    .join(', ')}) returning id`,
  event:
    'insert into events (at, kind, staff_id, desk, patron_id, item_id, loan_id, data) values (?, ?, ?, ?, ?, ?, ?, ?)',
  update: "update items set process = 'LOAN', at_library = ? where id = ?",
} as const;
type StatementName = keyof typeof STATEMENTS;
const NAMES = Object.keys(STATEMENTS) as StatementName[];

const DAYS = 86_400_000;

/** Between begin and commit. */
async function body(ask: Ask, patron: number, barcode: string): Promise<void> {
  await ask('patron', [patron]);
  const [item] = await ask('item', [barcode]);
  if (!item) throw new Error(`no item ${barcode}`);
  const { id, title_id: title, library, location, material } = item;
  const due = NOW + 21 * DAYS;
  const values = [
    id,
    title,
    patron,
    library,
    location,
    material,
    null,
    false,
    NOW,
    'sci/PRET',
    1,
    due,
    due + DAYS,
    'days',
    21,
    false,
    1,
    20,
  ];
  const [loan] = await ask('loan', values);
  await ask('event', [
    NOW,
    'item-lent',
    1,
    'sci/PRET',
    patron,
    id,
    loan?.['id'],
    JSON.stringify({ barcode, title, library, due }),
  ]);
  await ask('update', [library, id]);
}

async function sqliteFloor(file: string): Promise<Floor> {
  const opened = openFile(file);
  await opened.run(
    'pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on',
  );
  const prepared = new Map<string, sqlite3.Statement>();
  for (const name of NAMES) prepared.set(name, await opened.prepare(STATEMENTS[name]));
  const begin = await opened.prepare('begin immediate');
  const commit = await opened.prepare('commit');
  const all = async (statement: sqlite3.Statement | undefined, values: readonly unknown[]): Promise<Row[]> =>
    new Promise((resolve, reject) => {
      statement?.all<Row>(values, (error, found) => {
        if (error) reject(error);
        else resolve(found);
      });
    });
  return {
    async loan(patron, barcode) {
      await all(begin, []);
      await body(async (name, values) => all(prepared.get(name), values), patron, barcode);
      await all(commit, []);
    },
    async close() {
      for (const statement of [begin, commit, ...prepared.values()]) {
        await new Promise<void>((resolve) => void statement.finalize(() => resolve()));
      }
      await opened.close();
    },
  };
}

async function postgresFloor(url: string): Promise<Floor> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const texts = new Map<string, string>();
  for (const name of NAMES) {
    let mark = 0;
    texts.set(
      name,
      STATEMENTS[name].replaceAll('?', () => `$${(mark += 1)}`),
    );
  }
  const ask: Ask = async (name, values) =>
    (await client.query<Row>({ name, text: texts.get(name) ?? '', values: [...values] })).rows;
  return {
    async loan(patron, barcode) {
      await client.query('begin');
      await body(ask, patron, barcode);
      await client.query('commit');
    },
    close: async () => client.end(),
  };
}

/** Opens the raw driver on a database, its statements prepared. */
export async function openFloor({ name, url }: BenchDatabase): Promise<Floor> {
  return name === 'SQLite' ? sqliteFloor(fileOf(url)) : postgresFloor(url);
}
