import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { chmod, copyFile, link, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { lookInto } from '../../source/desk/backups.ts';
import { noDiskBecause, smallDisk } from '../support/broken-files.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { BIN, newGuichet, newSample } from './guichet.ts';
import type { Guichet, Sample } from './guichet.ts';

const CARD = '9921000000164';
const AT = '2026-06-01T10:00';

let guichet: Guichet;
let sample: Sample;
beforeAll(async () => {
  guichet = await newGuichet();
  sample = await newSample(guichet);
});
afterAll(async () => guichet.leave());

const made: TestDatabase[] = [];
afterEach(async () => {
  for (const one of made.splice(0)) await one.drop();
});
const [sqlite, postgres] = databases;

/** A database of a kind: `empty` with its tables, `new` without. */
async function newDatabase(kind: 'SQLite' | 'PostgreSQL', how: 'empty' | 'new'): Promise<TestDatabase> {
  const under = kind === 'SQLite' ? sqlite : postgres;
  const database = await (how === 'new' ? under?.createEmpty() : under?.create());
  if (!database) throw new Error('no database');
  made.push(database);
  return database;
}

/** A training copy in which somebody has worked. */
async function worked(kind: 'SQLite' | 'PostgreSQL'): Promise<TestDatabase> {
  const database = await newDatabase(kind, 'new');
  if (kind === 'SQLite') {
    const copy = await sample.copy('worked');
    await copyFile(copy.slice('sqlite:'.length), database.url.slice('sqlite:'.length));
  } else {
    const { status, stderr } = await guichet.run(['db', 'sample', '--db', database.url, '--at', AT]);
    if (status !== 0) throw new Error(stderr);
  }
  await lend(database.url, '37000034179', '37000034180');
  // A number that was given and is no longer seen.
  await database.sql("insert into titles (title, match_key) values ('gone', 'gone')");
  await database.sql("delete from titles where title = 'gone'");
  return database;
}

const lend = async (db: string, ...items: readonly string[]) =>
  guichet.run(['lend', CARD, ...items, '--as', 'bib', '--desk', 'sci/PRET', '--db', db]);

const inHome = (name: string): string => path.join(guichet.home, name);
const isOwn = (name: string): boolean => /^(?:sqlite_|knex_|title_words|title_fields|title_vocabulary)/.test(name);

/** Every row of every table, the same on both databases. */
async function everything({ url, sql }: TestDatabase): Promise<Record<string, string[]>> {
  const names = await sql<{ name: string }>(
    url.startsWith('sqlite:')
      ? "select name from sqlite_master where type = 'table'"
      : "select tablename as name from pg_tables where schemaname = 'public'",
  );
  const all: Record<string, string[]> = {};
  for (const { name } of names.filter((one) => !isOwn(one.name)).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const found = await sql<Record<string, string | number | boolean | null>>(`select * from "${name}"`);
    all[name] = found
      .map((one) =>
        JSON.stringify(
          Object.entries(one)
            .map(([key, value]) => [
              key,
              value === null ? null : String(typeof value === 'boolean' ? Number(value) : value),
            ])
            .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
        ),
      )
      .toSorted();
  }
  return all;
}

const nextTitle = async ({ sql }: TestDatabase): Promise<number> => {
  await sql("insert into titles (title, match_key) values ('next', 'next')");
  const [next] = await sql<{ id: number }>("select id from titles where title = 'next'");
  await sql("delete from titles where title = 'next'");
  return Number(next?.id);
};

const FREE = { stdout: '', status: 1 };

describe.each(['SQLite', 'PostgreSQL'] as const)('REL-10: a backup of %s', (kind) => {
  test('says what is in it, is sound and for its owner alone, and is the same in every database that it is restored into', async () => {
    const from = await worked(kind);
    const file = inHome(`${kind}.db`);
    const { status, value, stderr } = await guichet.json(['db', 'backup', file, '--db', from.url]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(value).toMatchObject({
      file,
      counts: { openLoans: expect.any(Number) as number },
      sound: true,
      violations: [],
    });
    expect(JSON.stringify(value)).not.toContain('test-only');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(guichet.home)).filter((name) => name.startsWith('.guichet-'))).toEqual([]);

    const before = await everything(from);
    const last = await nextTitle(from);
    for (const [into, how] of [
      ['SQLite', 'new'],
      ['SQLite', 'empty'],
      ['PostgreSQL', 'new'],
      ['PostgreSQL', 'empty'],
    ] as const) {
      const to = await newDatabase(into, how);
      const restored = await guichet.json(['db', 'restore', file, '--db', to.url]);
      expect({ into, how, ...restored }).toMatchObject({ status: 0, stderr: '', value: { sound: true } });
      expect((restored.value as { counts: unknown }).counts).toEqual((value as { counts: unknown }).counts);
      expect(await everything(to)).toEqual(before);
      // What was given once is not given again; what is lent is not lent twice.
      expect(await nextTitle(to)).toBe(last);
      expect((await lend(to.url, '37000034181', '37000034179')).stderr).toMatch(
        /^BLOCKED · .* \(37000034179\)\n.*\n1 of 2 done\.\n$/,
      );
      expect(await to.house.check()).toEqual([]);
    }
    // Now somebody has worked in it.
    const again = await guichet.run(['db', 'restore', file, '--db', made.at(-1)?.url ?? '']);
    expect(again).toMatchObject({ ...FREE, stderr: expect.stringContaining('is not empty') as string });
  }, 120_000);

  test('is one moment of a database in which a desk goes on lending, and stops no desk', async () => {
    const from = await worked(kind);
    const file = inHome(`${kind}-busy.db`);
    const child = spawn(process.execPath, [BIN, 'db', 'backup', file, '--db', from.url, '--json'], {
      stdio: 'ignore',
      cwd: guichet.home,
    });
    const over = new AbortController();
    const ended = once(child, 'close').then(([status]: unknown[]) => {
      over.abort();
      return status;
    });
    const statuses: (number | null)[] = [];
    for (let item = 37_000_034_190; !over.signal.aborted; item += 1)
      statuses.push((await lend(from.url, String(item))).status);
    expect(await ended).toBe(0);
    expect(statuses).not.toEqual([]);
    const found = await lookInto(file);
    expect(found).toMatchObject({ kind: 'backup', violations: [] });
  }, 60_000);

  test('an empty database, one of a newer program: refused; one of an older schema is copied and restored as of today', async () => {
    const file = inHome(`${kind}-older.db`);
    const older = await newDatabase(kind, 'new');
    expect(await guichet.run(['db', 'backup', file, '--db', older.url])).toMatchObject({
      ...FREE,
      stderr: expect.stringMatching(/there is no database|is empty: there is nothing to back up/) as string,
    });
    const names = migrations.map(({ name }) => name);
    await older.records.migrate(names.slice(0, -3));
    await older.sql("insert into libraries (code) values ('sci')");
    const copied = await guichet.json(['db', 'backup', file, '--db', older.url]);
    expect(copied).toMatchObject({ status: 0, value: { sound: null } });
    expect(await older.records.status()).toMatchObject({ pending: names.slice(-3) });
    for (const into of ['SQLite', 'PostgreSQL'] as const) {
      const to = await newDatabase(into, 'empty');
      expect(await guichet.json(['db', 'restore', file, '--db', to.url])).toMatchObject({
        status: 0,
        value: { sound: true },
      });
      expect(await to.sql('select code from libraries')).toEqual([{ code: 'sci' }]);
    }
    await older.sql("insert into knex_migrations (name, batch, migration_time) values ('9999-later', 9, null)");
    expect(await guichet.run(['db', 'backup', file, '--replace', '--db', older.url])).toMatchObject({
      ...FREE,
      stderr: expect.stringContaining('comes from a newer version') as string,
    });
  }, 60_000);

  test('kill -9 in the middle of it leaves no file of that name; the next one takes away what is left', async () => {
    const from = await worked(kind);
    const folder = inHome(`${kind}-killed`);
    await mkdir(folder);
    const file = path.join(folder, 'backup.db');
    const watcher = watch(folder);
    const child = spawn(process.execPath, [BIN, 'db', 'backup', file, '--db', from.url], { stdio: 'ignore' });
    const ended = once(child, 'close');
    watcher.once('change', () => child.kill('SIGKILL'));
    await ended;
    watcher.close();
    if (existsSync(file)) expect(await lookInto(file)).toMatchObject({ kind: 'backup', violations: [] });
    else expect((await readdir(folder)).length).toBeGreaterThan(0);
    expect((await guichet.run(['db', 'backup', file, '--replace', '--db', from.url])).status).toBe(0);
    expect(await readdir(folder)).toEqual(['backup.db']);
  }, 60_000);

  test('kill -9 in the middle of a restore leaves an empty database', async () => {
    const file = inHome(`${kind}-whole.db`);
    const url = await sample.copy(`${kind}-source`);
    await guichet.run(['db', 'backup', file, '--db', url]);
    const to = await newDatabase(kind, 'empty');
    const child = spawn(process.execPath, [BIN, 'db', 'restore', file, '--db', to.url], { stdio: 'ignore' });
    const over = new AbortController();
    const ended = once(child, 'close').then(() => {
      over.abort();
    });
    const isAtWork = async (): Promise<boolean> =>
      kind === 'PostgreSQL'
        ? (await to.sql("select 1 from pg_locks where relation = 'items'::regclass and mode = 'RowExclusiveLock'"))
            .length > 0
        : to.sql('pragma busy_timeout = 0; begin immediate').then(
            () => false,
            () => true,
          );
    for (;;) if (over.signal.aborted || (await isAtWork())) break;
    child.kill('SIGKILL');
    await ended;
    const left = await to.house.isEmpty();
    if (!left) expect(await to.house.check()).toEqual([]);
    else
      expect(await guichet.json(['db', 'restore', file, '--db', to.url])).toMatchObject({
        status: 0,
        value: { sound: true },
      });
  }, 60_000);

  test.skipIf(noDiskBecause() !== undefined)(
    'a full disk is told, and nothing of the backup stays',
    async () => {
      const from = await worked(kind);
      const disk = await smallDisk(1);
      try {
        const file = path.join(disk.folder, 'backup.db');
        const { status, stdout, stderr } = await guichet.run(['db', 'backup', file, '--db', from.url]);
        expect({ status, stdout }).toEqual(FREE);
        expect(stderr).toContain(`the disk of ${file} is full`);
        expect(stderr.trim().split('\n')).toHaveLength(1);
        expect(await readdir(disk.folder)).toEqual([]);
        expect(await from.house.check()).toEqual([]);
      } finally {
        await disk.remove();
      }
    },
    60_000,
  );
});

describe('REL-10: what a backup does not do', () => {
  test('it replaces a file only on purpose, and never the database itself, by whatever name', async () => {
    const db = await sample.copy('itself');
    const own = db.slice('sqlite:'.length);
    const there = inHome('there.db');
    await writeFile(there, 'something dear');
    const refused = await guichet.run(['db', 'backup', there, '--db', db]);
    expect(refused).toMatchObject({ ...FREE, stderr: expect.stringContaining('(--replace)') as string });
    expect(await readFile(there, 'utf8')).toBe('something dear');
    expect((await guichet.run(['db', 'backup', there, '--replace', '--db', db])).status).toBe(0);
    expect(await lookInto(there)).toMatchObject({ kind: 'backup' });

    await symlink(own, inHome('by-symlink.db'));
    await link(own, inHome('by-link.db'));
    for (const name of [
      own,
      inHome('by-symlink.db'),
      inHome('by-link.db'),
      `${own}-wal`,
      path.relative(guichet.home, own),
    ]) {
      expect(await guichet.run(['db', 'backup', name, '--replace', '--db', db])).toMatchObject({
        ...FREE,
        stderr: expect.stringContaining('itself: give another file') as string,
      });
    }
    expect(await guichet.run(['db', 'check', '--db', db])).toMatchObject({ status: 0 });
  });

  test('a folder that is not there, one that may not be written, a folder instead of a file', async () => {
    const db = await sample.copy('places');
    const closed = inHome('closed');
    await mkdir(closed);
    await chmod(closed, 0o500);
    const wrong: [string, string][] = [
      [inHome('no/where.db'), 'the folder of'],
      [inHome('closed'), 'is not a file to write into'],
    ];
    if (process.getuid?.() !== 0) wrong.push([path.join(closed, 'x.db'), 'cannot be written']);
    for (const [file, sentence] of wrong) {
      const { status, stdout, stderr } = await guichet.run(['db', 'backup', file, '--replace', '--db', db]);
      expect({ status, stdout }).toEqual(FREE);
      expect(stderr).toContain(sentence);
    }
  });

  test('REL-01 what SQLite left beside a database that is gone does not end up in the one that is restored', async () => {
    const db = await sample.copy('beside');
    const own = db.slice('sqlite:'.length);
    const file = inHome('beside-backup.db');
    await guichet.run(['db', 'backup', file, '--db', db]);
    const lost = await newDatabase('SQLite', 'empty');
    await lost.records.transaction(async ({ settings }) => settings.set('lost', 'yes'));
    // A crash leaves the changes of the last minutes there; then the database itself is thrown away.
    await copyFile(`${lost.url.slice('sqlite:'.length)}-wal`, `${own}-wal`);
    await rm(own);
    const refused = await guichet.run(['db', 'restore', file, '--db', db]);
    expect(refused).toMatchObject({ ...FREE, stderr: expect.stringContaining(`${own}-wal stands there`) as string });
    expect(existsSync(own)).toBe(false);
    await rm(`${own}-wal`);
    expect((await guichet.run(['db', 'restore', file, '--db', db])).status).toBe(0);
  });

  test('memory has nothing to be saved, and is no place to restore into', async () => {
    expect(await guichet.run(['db', 'backup', inHome('m.db'), '--db', 'sqlite::memory:'])).toMatchObject({
      ...FREE,
      stderr: expect.stringContaining('nothing to back up') as string,
    });
    const db = await sample.copy('memory');
    await guichet.run(['db', 'backup', inHome('memory-backup.db'), '--db', db]);
    expect(await guichet.run(['db', 'restore', inHome('memory-backup.db'), '--db', 'sqlite::memory:'])).toMatchObject({
      ...FREE,
      stderr: expect.stringContaining('forgets everything at once') as string,
    });
  });

  test('broken invariants are copied as they are, and told', async () => {
    const database = await worked('SQLite');
    await database.sql("update items set process = 'LOAN' where barcode = '37000034185'");
    const file = inHome('unsound.db');
    const { status, value, stderr } = await guichet.json(['db', 'backup', file, '--db', database.url]);
    expect({ status, value }).toMatchObject({ status: 0, value: { sound: false } });
    expect(stderr).toContain('process-loan-has-open-loan: 37000034185');
  });
});

describe('REL-10: what is no backup is not restored, and nothing is made of it', () => {
  test.each([
    ['a file that is not there', async () => undefined, 'does not exist'],
    ['a letter', async (file: string) => writeFile(file, 'Dear library,\n'.repeat(500)), 'is no backup, or is damaged'],
    ['an empty file', async (file: string) => writeFile(file, ''), 'is no backup of Guichet'],
    ['a folder', async (file: string) => mkdir(file), 'is no backup of Guichet'],
    [
      'half of a backup',
      async (file: string) => {
        const whole = await sample.copy('half');
        const bytes = await readFile(whole.slice('sqlite:'.length));
        await writeFile(file, bytes.subarray(0, bytes.length / 2));
      },
      'is no backup, or is damaged',
    ],
    [
      'a backup of a newer program',
      async (file: string) => {
        const database = await newDatabase('SQLite', 'empty');
        await database.sql("insert into knex_migrations (name, batch, migration_time) values ('9999-later', 9, null)");
        await guichet.run(['db', 'status', '--db', database.url]);
        await writeFile(file, await readFile(database.url.slice('sqlite:'.length)));
      },
      'comes from a newer version',
    ],
  ])('%s', async (what, make, sentence) => {
    const file = inHome(`wrong ${what}.db`);
    await make(file);
    const target = inHome(`target of ${what}.db`);
    const { status, stdout, stderr } = await guichet.run(['db', 'restore', file, '--db', `sqlite:${target}`]);
    expect({ status, stdout }).toEqual(FREE);
    expect(stderr).toContain(sentence);
    expect(existsSync(target)).toBe(false);
  });

  test('the backup stays as it is, byte for byte, also where it can only be read', async () => {
    const db = await sample.copy('kept');
    const folder = inHome('medium');
    await mkdir(folder);
    const file = path.join(folder, 'backup.db');
    await guichet.run(['db', 'backup', file, '--db', db]);
    const before = await readFile(file);
    await chmod(file, 0o400);
    await chmod(folder, 0o500);
    for (const name of ['one', 'two']) {
      const to = await newDatabase('SQLite', name === 'one' ? 'new' : 'empty');
      expect((await guichet.run(['db', 'restore', file, '--db', to.url])).status).toBe(0);
    }
    expect((await readFile(file)).equals(before)).toBe(true);
    expect(await readdir(folder)).toEqual(['backup.db']);
    // Somebody has looked into it, as one can into any database: nothing is left beside it then either.
    await chmod(folder, 0o700);
    await chmod(file, 0o600);
    await guichet.run(['db', 'check', '--db', `sqlite:${file}`]);
    const third = await newDatabase('SQLite', 'empty');
    expect((await guichet.run(['db', 'restore', file, '--db', third.url])).status).toBe(0);
    expect(await readdir(folder)).toEqual(['backup.db']);
    await rm(folder, { recursive: true });
  });

  test('in French too', async () => {
    await writeFile(inHome('lettre'), 'Chère bibliothèque,\n'.repeat(500));
    const { stderr } = await guichet.run(['db', 'restore', inHome('lettre'), '--db', 'sqlite:neuf.db', '--lang', 'fr']);
    expect(stderr).toContain("n'est pas une sauvegarde, ou est abîmé");
    const db = await sample.copy('dite');
    const said = await guichet.run(['db', 'backup', inHome('dite-sauvegarde.db'), '--db', db, '--lang', 'fr']);
    expect(said).toMatchObject({ status: 0, stderr: '' });
    expect(said.stdout).toMatch(
      /est copiée dans .* \(\d.* Mo\)\.\n.* lecteurs, .* en cours.*\n.*invariants tiennent\n/,
    );
  });
});
