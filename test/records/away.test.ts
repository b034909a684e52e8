import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { DatabaseAway } from '../../source/desk/away.ts';
import { openHouse } from '../../source/desk/house.ts';
import type { AwayReason } from '../../source/desk/away.ts';
import { databases } from '../support/databases.ts';
import { commandLine, setScene } from '../support/house.ts';
import { startDesk } from '../support/other-desk.ts';

/** Why a database cannot be used, from the first thing that is asked of it; `where`: how it is named. */
async function awayAt(url: string): Promise<{ reason: AwayReason; where: string }> {
  try {
    const house = openHouse(url);
    try {
      await house.migrate();
    } finally {
      await house.close();
    }
  } catch (error) {
    if (error instanceof DatabaseAway) return { reason: error.reason, where: error.where };
    throw error;
  }
  throw new Error(`${url} is not away`);
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'guichet-away-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a database that cannot be', () => {
  it.each(['', 'x.db', 'sqlite:', 'mysql://localhost/x', 'http://localhost', 'postgres:x'])(
    'REL-03 %j is no database: bad-url',
    async (url) => {
      expect((await awayAt(url)).reason).toBe('bad-url');
    },
  );

  it('REL-03 a folder that is not there: no-folder, and it is not made', async () => {
    const url = `sqlite:${path.join(folder, 'not', 'there.db')}`;
    expect(await awayAt(url)).toEqual({ reason: 'no-folder', where: url });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('REL-03 a file that is no database: not-a-database, and it is left as it was', async () => {
    const file = path.join(folder, 'thesis.txt');
    const text = 'This is a thesis, not a database. '.repeat(200);
    writeFileSync(file, text);
    expect((await awayAt(`sqlite:${file}`)).reason).toBe('not-a-database');
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });

  it('REL-03 a folder instead of a file: no-permission', async () => {
    mkdirSync(path.join(folder, 'x.db'));
    expect((await awayAt(`sqlite:${path.join(folder, 'x.db')}`)).reason).toBe('no-permission');
  });

  it('REL-03 a password that is wrong: refused', async () => {
    const url = new URL(inject('postgresUrl'));
    url.password = 'secret-but-wrong';
    const { reason, where } = await awayAt(url.href);
    expect(reason).toBe('refused');
    expect(where).not.toContain('secret');
  });

  it('REL-03 a PostgreSQL that has no such database: missing-database', async () => {
    const url = new URL(inject('postgresUrl'));
    url.pathname = '/nowhere';
    expect((await awayAt(url.href)).reason).toBe('missing-database');
  });

  it('REL-03 a port where nobody listens: unreachable', async () => {
    const url = new URL(inject('postgresUrl'));
    url.port = '1';
    expect((await awayAt(url.href)).reason).toBe('unreachable');
  });

  it.each([
    ['postgres://bib:s3cret@127.0.0.1:1/x', 'postgres://bib:…@127.0.0.1:1/x'],
    ['postgres://bib:s3cr@et@127.0.0.1:1/x', 'postgres://bib:…@127.0.0.1:1/x'],
    ['postgres://127.0.0.1:1/x?user=bib&password=s3cret', 'postgres://127.0.0.1:1/x?user=bib&password=…'],
    ['mysql://bib:s3cret@host/x', 'mysql://bib:…@host/x'],
  ])('REL-07 no error shows the password of %s', async (url, shown) => {
    expect((await awayAt(url)).where).toBe(shown);
  });
});

describe('a file that may not be written', () => {
  /** Root may write everything: then the desk is opened as somebody who is nobody. */
  const user = userInfo().uid === 0 ? 65_534 : undefined;

  /** A database of a desk in order, in a folder that everybody may enter. */
  async function madeFile(): Promise<string> {
    const file = path.join(folder, 'guichet.db');
    const house = openHouse(`sqlite:${file}`);
    await house.migrate();
    await house.close();
    chmodSync(folder, 0o755);
    return file;
  }

  it('REL-03 a read-only file: read-only, whatever is written', async () => {
    const file = await madeFile();
    chmodSync(file, 0o444);
    chmodSync(folder, 0o777);
    const desk = await startDesk(`sqlite:${file}`, user);
    const order = {
      now: 0,
      seat: commandLine,
      what: 'first-administrator',
      request: { name: 'chief', password: 'Rangueil-31!' },
    } as const;
    expect(await desk.order(order)).toEqual({ away: 'read-only' });
    await desk.stop();
  });

  it('REL-03 a read-only file in a read-only folder: read-only', async () => {
    const file = await madeFile();
    chmodSync(file, 0o444);
    const desk = await startDesk(`sqlite:${file}`, user);
    expect(await desk.order({ now: 0, seat: commandLine, what: 'migrate' })).toEqual({ away: 'read-only' });
    await desk.stop();
  });

  it('REL-03 a file that may not be read, a folder in which none may be made: no-permission', async () => {
    const file = await madeFile();
    chmodSync(file, 0o000);
    for (const name of ['guichet.db', 'new.db']) {
      const desk = await startDesk(`sqlite:${path.join(folder, name)}`, user);
      expect(await desk.order({ now: 0, seat: commandLine, what: 'migrate' })).toEqual({ away: 'no-permission' });
      await desk.stop();
    }
    expect(existsSync(path.join(folder, 'new.db'))).toBe(false);
  });
});

describe.each(databases)('a database of another age on $name', ({ createEmpty }) => {
  it('REL-10 from a newer program: refused, nothing changed', async () => {
    const { house, sql, url, drop } = await createEmpty();
    await house.migrate();
    await sql("insert into knex_migrations (name, batch) values ('9999-from-the-future', 9)");
    await sql("delete from knex_migrations where name = '0004-circulation'");
    expect((await awayAt(url)).reason).toBe('newer-schema');
    expect(await house.status()).toMatchObject({ unknown: ['9999-from-the-future'], pending: ['0004-circulation'] });
    await drop();
  });

  it('REL-01 a step that fails leaves nothing half done, and can be done again', async () => {
    const { house, sql, drop } = await createEmpty();
    await sql('create table loans (in_the_way integer)');
    await expect(house.migrate()).rejects.toThrow(/loans/);
    expect((await house.status()).done).toEqual([]);
    await sql('drop table loans');
    expect((await house.migrate()).length).toBeGreaterThan(0);
    expect(await house.status()).toMatchObject({ pending: [], unknown: [] });
    await drop();
  });
});

describe('a PostgreSQL that throws everybody out', () => {
  it('REL-03 an action that loses its connection says so; the next one gets another', async () => {
    const postgres = databases.find((one) => one.name === 'PostgreSQL');
    if (!postgres) throw new Error('no PostgreSQL');
    const { house, sql, drop } = await postgres.createEmpty();
    await house.migrate();
    const scene = await setScene(house);
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guichet' and datname = current_database()",
    );
    expect(
      await scene.lend('P1', 'B1').catch((error: unknown) => (error instanceof DatabaseAway ? error.reason : error)),
    ).toSatisfy((answer) => answer === 'unreachable' || (answer as { kind?: unknown }).kind === 'lent');
    const again = await scene.lend('P1', 'B1');
    expect(['lent', 'blocked']).toContain(again.kind);
    await drop();
  });
});
