import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { newGuichet, newSample } from './guichet.ts';
import type { Guichet, Sample } from './guichet.ts';

const CARD = '9921000000164';

let guichet: Guichet;
let sample: Sample;
beforeAll(async () => {
  guichet = await newGuichet();
  sample = await newSample(guichet);
});
afterAll(async () => guichet.leave());

const show = async (db: string, env: Readonly<Record<string, string>> = {}) =>
  guichet.run(['show', 'patron', CARD, '--db', db], { env });

describe('a wrong database: one sentence that says what to do, exit status 1, nothing made', () => {
  test.each([
    [
      'an URL that is none',
      'work.db',
      '"work.db" is not a database URL: sqlite:PATH, sqlite::memory: or postgres://user@host/database.',
    ],
    ['a file that is not there', 'sqlite:nope.db', 'there is no database sqlite:nope.db: check the URL'],
    ['a folder that is not there', 'sqlite:no/pe.db', 'does not exist: create it, or mend the URL'],
    ['a server that does not answer', 'postgres://a:secret@127.0.0.1:1/x', 'does not answer: check that it is running'],
  ])('%s', async (_, db, sentence) => {
    const { status, stdout, stderr } = await show(db);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('secret');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(path.join(guichet.home, 'nope.db'))).toBe(false);
    expect(existsSync(path.join(guichet.home, 'no'))).toBe(false);
  });

  test('the same in French', async () => {
    const { stderr } = await show('sqlite:nope.db', { LANG: 'fr_FR.UTF-8' });
    expect(stderr).toContain("il n'y a pas de base sqlite:nope.db : vérifiez l'adresse");
  });

  test('a file that is no database is told, and stays as it is', async () => {
    await writeFile(path.join(guichet.home, 'letter.txt'), 'Dear library,\n'.repeat(100));
    const { status, stdout, stderr } = await show('sqlite:letter.txt');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('is not a database, or is damaged');
    expect(await readFile(path.join(guichet.home, 'letter.txt'), 'utf8')).toMatch(/^Dear library,/);
  });

  test('PostgreSQL: a wrong password, a database that is not there', async () => {
    const server = new URL(inject('postgresUrl'));
    server.pathname = '/not_there';
    const missing = await show(server.href);
    expect(missing).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('there is no database postgres://') as string,
    });
    expect(missing.stderr).not.toContain(server.password);
  });
});

describe('REL-10: the schema', () => {
  test.each(databases.map((one) => [one.name, one] as const))(
    '%s: from a newer program: refused by every command, and untouched',
    async (_, { create }) => {
      const database = await create();
      try {
        await database.sql(
          "insert into knex_migrations (name, batch, migration_time) values ('9999-from-the-future', 99, null)",
        );
        for (const args of [
          ['show', 'patron', CARD],
          ['db', 'migrate'],
          ['db', 'check'],
          ['db', 'sample'],
        ]) {
          const { status, stdout, stderr } = await guichet.run([...args, '--db', database.url]);
          expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
          expect(stderr).toContain(
            'comes from a newer version of Guichet: update this program; nothing has been touched.',
          );
        }
        const { status, value } = await guichet.json(['db', 'status', '--db', database.url]);
        expect({ status, value }).toMatchObject({ status: 1, value: { unknown: ['9999-from-the-future'] } });
        expect((await guichet.run(['doctor', '--db', database.url])).status).toBe(1);
      } finally {
        await database.drop();
      }
    },
  );

  test('PostgreSQL is migrated by db migrate only', async () => {
    const [, postgres] = databases;
    const database = await postgres?.createEmpty();
    if (!database) throw new Error('no PostgreSQL');
    try {
      const early = await show(database.url);
      expect(early).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringContaining('is not up to date: run "guichet db migrate"') as string,
      });
      expect(await guichet.run(['db', 'status', '--db', database.url])).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('is empty') as string,
      });
      expect(await guichet.run(['db', 'migrate', '--db', database.url])).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('0001-organisation') as string,
      });
      expect(await guichet.run(['db', 'migrate', '--db', database.url])).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/is up to date\.$/m) as string,
      });
      expect(await guichet.run(['db', 'status', '--db', database.url])).toMatchObject({ status: 0 });
      expect(await show(database.url)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('no patron') as string,
      });
    } finally {
      await database.drop();
    }
  });

  test('an embedded database migrates itself when it is first used', async () => {
    await writeFile(path.join(guichet.home, 'empty.db'), '');
    expect(await show('sqlite:empty.db')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no patron') as string,
    });
    expect(await guichet.run(['db', 'status', '--db', 'sqlite:empty.db'])).toMatchObject({
      status: 0,
      stdout: 'sqlite:empty.db is up to date.\n',
    });
  });
});

describe('which database (spec 9)', () => {
  test('--db, else GUICHET_DB, else the configuration, else a file in the data folder, which only its owner may enter', async () => {
    const config = path.join(guichet.home, 'config');
    await mkdir(path.join(config, 'guichet'), { recursive: true });
    await writeFile(path.join(config, 'guichet', 'config.json'), '{"database": "sqlite:configured.db"}');
    const configured = { XDG_CONFIG_HOME: config };
    const where = async (args: readonly string[], env: Record<string, string>) =>
      (await guichet.run(['db', 'migrate', ...args], { env })).stdout;
    expect(await where(['--db', 'sqlite:given.db'], { ...configured, GUICHET_DB: 'sqlite:environment.db' })).toContain(
      'sqlite:given.db',
    );
    expect(await where([], { ...configured, GUICHET_DB: 'sqlite:environment.db' })).toContain('sqlite:environment.db');
    expect(await where([], configured)).toContain('sqlite:configured.db');
    const data = path.join(guichet.home, 'data');
    expect(await where([], { XDG_DATA_HOME: data })).toContain(`sqlite:${data}/guichet/guichet.db`);
    expect((await stat(path.join(data, 'guichet'))).mode & 0o777).toBe(0o700);
  });

  test('REL-03 before the first start: it says how to make the database, and where that cannot be', async () => {
    const data = path.join(guichet.home, 'first');
    const env = { XDG_DATA_HOME: data };
    const first = await guichet.run(['staff', 'list'], { env });
    expect(first).toMatchObject({ status: 1, stdout: '' });
    expect(first.stderr).toContain(`there is no database sqlite:${data}/guichet/guichet.db`);
    expect(first.stderr).toContain('"guichet db migrate');
    expect(existsSync(data)).toBe(false);

    await writeFile(data, 'a file where a folder should be');
    const blocked = await guichet.run(['db', 'migrate'], { env });
    expect(blocked).toMatchObject({ status: 1, stdout: '' });
    expect(blocked.stderr).toContain('cannot be opened: check the permissions of the file and its folder.');
  });

  test('a configuration that cannot be understood is told; doctor still answers', async () => {
    const config = path.join(guichet.home, 'broken');
    await mkdir(path.join(config, 'guichet'), { recursive: true });
    await writeFile(path.join(config, 'guichet', 'config.json'), '{"database": ');
    const env = { XDG_CONFIG_HOME: config };
    expect(await guichet.run(['db', 'status'], { env })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('config.json cannot be understood: mend or delete it.') as string,
    });
    expect(await guichet.run(['doctor'], { env })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('!! the configuration') as string,
    });
  });
});

describe('guichet db sample', () => {
  test('fills an empty database as a training copy whose clock stands, on PostgreSQL too', async () => {
    const [, postgres] = databases;
    const database = await postgres?.createEmpty();
    if (!database) throw new Error('no PostgreSQL');
    try {
      expect(await guichet.json(['db', 'sample', '--at', '2026-06-01T10:00', '--db', database.url])).toMatchObject({
        status: 0,
        value: {
          at: '2026-06-01T10:00',
          accounts: [{ name: 'bib' }, { name: 'moniteur' }, { name: 'chef' }, { name: 'admin' }],
        },
      });
      const lent = ['lend', CARD, '37000034179', '--as', 'bib', '--desk', 'sci/PRET', '--db', database.url];
      expect(await guichet.json(lent)).toMatchObject({ status: 0, value: { due: '2026-06-22T19:00' } });
      expect(await guichet.json(['db', 'check', '--db', database.url])).toMatchObject({
        status: 0,
        value: { sound: true, violations: [] },
      });
    } finally {
      await database.drop();
    }
  });

  test('a training copy is not made twice, and --at must be a time', async () => {
    const db = await sample.copy('twice');
    expect(await guichet.run(['db', 'sample', '--db', db])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is not empty') as string,
    });
    expect(await guichet.run(['db', 'sample', '--db', 'sqlite:new.db', '--at', 'noon'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('2026-06-01T10:00') as string,
    });
    expect(existsSync(path.join(guichet.home, 'new.db'))).toBe(false);
  });
});

describe('REL-01: guichet db check', () => {
  test('names the invariant that is broken and the records that break it', async () => {
    const [sqlite] = databases;
    const database = await sqlite?.createEmpty();
    if (!database) throw new Error('no SQLite');
    try {
      await guichet.run(['db', 'sample', '--db', database.url]);
      expect(await guichet.run(['db', 'check', '--db', database.url])).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('all invariants hold') as string,
      });
      await database.sql("update items set process = 'LOAN' where barcode = '37000034179'");
      expect(await guichet.run(['db', 'check', '--db', database.url])).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('process-loan-has-open-loan: 37000034179') as string,
      });
    } finally {
      await database.drop();
    }
  });
});

describe('REL-05: an unexpected error', () => {
  test('one sentence, and a log with the stack but no patron data, readable by nobody else', async () => {
    const [sqlite] = databases;
    const database = await sqlite?.create();
    if (!database) throw new Error('no SQLite');
    const state = path.join(guichet.home, 'state');
    try {
      await database.sql('drop table patron_notes');
      await database.sql('alter table patron_identifiers rename to lost_identifiers');
      const { status, stdout, stderr } = await guichet.run(['show', 'patron', 'SECRET-CARD', '--db', database.url], {
        env: { XDG_STATE_HOME: state },
      });
      const log = path.join(state, 'guichet', 'guichet.log');
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toBe(
        `guichet: unexpected error: try again; if it comes back, hand ${log} to whoever looks after Guichet.\n`,
      );
      const entry = await readFile(log, 'utf8');
      expect(JSON.parse(entry)).toMatchObject({
        command: 'show patron',
        error: { code: 'SQLITE_ERROR', message: 'SQLITE_ERROR: no such table: patron_identifiers' },
      });
      expect(entry).not.toContain('SECRET-CARD');
      expect((await stat(log)).mode & 0o777).toBe(0o600);
    } finally {
      await database.drop();
    }
  });

  test('even where the log cannot be written, one sentence', async () => {
    const [sqlite] = databases;
    const database = await sqlite?.create();
    if (!database) throw new Error('no SQLite');
    const state = path.join(guichet.home, 'no-state');
    await writeFile(state, 'a file where a folder should be');
    await chmod(state, 0o600);
    try {
      await database.sql('alter table patron_identifiers rename to lost_identifiers');
      const { status, stderr } = await guichet.run(['show', 'patron', 'X', '--db', database.url], {
        env: { XDG_STATE_HOME: state },
      });
      expect(status).toBe(1);
      expect(stderr).toContain('the log could not be written');
    } finally {
      await database.drop();
    }
  });
});
