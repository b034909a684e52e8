import { once } from 'node:events';
import sqlite3 from 'sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseAway } from '../../source/desk/away.ts';
import { openDatabase } from '../../source/records/database.ts';
import type { Database } from '../../source/records/database.ts';
import type { Records } from '../../source/records/records.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';

const NOTHING = { run: 'test', added: 0, updated: 0, items: { added: 0, updated: 0 } };

/** Writes one event, by which a test sees what was kept. */
const write = async (records: Records, file: string, staffId: number | null = null): Promise<number> =>
  records.events.append({ at: 0, kind: 'catalogue-imported', staffId, desk: null, data: { ...NOTHING, file } });

const kept = async (database: TestDatabase): Promise<unknown[]> =>
  (await database.sql<{ data: string }>("select data from events where kind = 'catalogue-imported' order by id")).map(
    (one) => (JSON.parse(one.data) as { file: unknown }).file,
  );

const awayOf = async (doing: Promise<unknown>): Promise<unknown> =>
  doing.then(
    () => 'done',
    (error: unknown) => (error instanceof DatabaseAway ? error.reason : error),
  );

/** Another program that has the file open. */
async function otherProgram(url: string): Promise<{ say(sql: string): Promise<void>; leave(): Promise<void> }> {
  const connection = new sqlite3.Database(url.slice('sqlite:'.length));
  await once(connection, 'open');
  return {
    say: async (sql) =>
      new Promise((resolve, reject) => {
        connection.exec(sql, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
    leave: async () =>
      new Promise((resolve) => {
        connection.close(() => {
          resolve();
        });
      }),
  };
}

describe('a SQLite file that another program keeps locked', () => {
  let database: TestDatabase;
  const open: { close?: () => Promise<void>; leave?: () => Promise<void> }[] = [];
  beforeEach(async () => {
    const sqlite = databases.find((one) => one.name === 'SQLite');
    if (!sqlite) throw new Error('no SQLite');
    database = await sqlite.create();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await (one.close?.() ?? one.leave?.());
    await database.drop();
  });

  const opened = (busyTimeout: number, retryFor: number): Database => {
    const desk = openDatabase(database.url, { busyTimeout, retryFor });
    open.push(desk);
    return desk;
  };
  const program = async (): ReturnType<typeof otherProgram> => {
    const other = await otherProgram(database.url);
    open.push(other);
    return other;
  };

  it('REL-01 REL-03 for longer than a desk waits: locked, and nothing was done; afterwards the desk goes on', async () => {
    const desk = opened(20, 60);
    await desk.transaction(async (records) => write(records, 'before'));
    const other = await program();
    await other.say('begin exclusive');
    let times = 0;
    const work = async (records: Records) => {
      times += 1;
      return write(records, 'meanwhile');
    };
    expect(await awayOf(desk.transaction(work))).toBe('locked');
    expect(times).toBe(0);
    await other.say('rollback');
    await desk.transaction(async (records) => write(records, 'after'));
    expect(await kept(database)).toEqual(['before', 'after']);
  });

  it('REL-01 REL-02 for longer than one statement waits: the work is done once, when the file is free', async () => {
    const desk = opened(200, 60_000);
    await desk.transaction(async (records) => write(records, 'before'));
    const [other, third] = [await program(), await program()];
    await third.say('pragma busy_timeout = 300');
    await other.say('begin exclusive');
    let times = 0;
    const doing = desk.transaction(async (records) => {
      times += 1;
      await write(records, 'one');
      return write(records, 'two');
    });
    // Who waits longer has given up by now: so has the first BEGIN of the desk.
    await expect(third.say('begin immediate')).rejects.toThrow(/SQLITE_BUSY/);
    expect(times).toBe(0);
    await other.say('rollback');
    await doing;
    expect(times).toBe(1);
    expect(await kept(database)).toEqual(['before', 'one', 'two']);
  });

  it('REL-01 REL-10 a schema is not brought up to date half', async () => {
    const sqlite = databases.find((one) => one.name === 'SQLite');
    const empty = await sqlite?.createEmpty();
    if (!empty) throw new Error('no SQLite');
    const desk = openDatabase(empty.url, { busyTimeout: 20, retryFor: 60 });
    try {
      expect((await desk.status()).done).toEqual([]);
      const other = await otherProgram(empty.url);
      await other.say('begin exclusive');
      expect(await awayOf(desk.migrate())).toBe('locked');
      await other.say('rollback');
      await other.leave();
      expect(await empty.sql("select name from sqlite_master where type = 'table'")).toEqual([]);
      await desk.migrate();
      expect((await desk.status()).pending).toEqual([]);
    } finally {
      await desk.close();
      await empty.drop();
    }
  });
});

/** Makes the COMMIT of whoever writes an event fail: an event must have what it never has when its transaction ends. */
const TRAP = {
  SQLite: `create table trap (event_id integer references events (id) deferrable initially deferred);
    create trigger trapped after insert on events begin insert into trap values (-1); end`,
  PostgreSQL: `create table trap (event_id integer references events (id) deferrable initially deferred);
    create function spring() returns trigger language plpgsql as $$ begin insert into trap values (-1); return null; end $$;
    create trigger trapped after insert on events for each row execute function spring()`,
};
const NO_TRAP = {
  SQLite: 'drop trigger trapped; drop table trap',
  PostgreSQL: 'drop function spring() cascade; drop table trap',
};

describe.each(databases)('a transaction on $name', ({ name, createEmpty }) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createEmpty();
    await database.records.migrate();
  });
  afterEach(async () => {
    await database.drop();
  });

  it('REL-01 whose COMMIT fails is reported, leaves nothing, and bars nobody', async () => {
    const { records } = database;
    if (name === 'SQLite') {
      // In one piece: a trigger has a semicolon of its own.
      const other = await otherProgram(database.url);
      await other.say(TRAP.SQLite);
      await other.leave();
    } else await database.sql(TRAP[name]);
    await expect(records.transaction(async (all) => write(all, 'lost'))).rejects.toThrow(/foreign key|FOREIGN KEY/);
    await database.sql(NO_TRAP[name]);
    await records.transaction(async (all) => write(all, 'kept'));
    expect(await kept(database)).toEqual(['kept']);
  });

  it('REL-01 takes back an attempt that throws, and keeps the rest', async () => {
    const { records } = database;
    await records.transaction(async (all) => {
      await write(all, 'first');
      const attempt = all.attempt(
        async () => {
          await write(all, 'attempted');
          throw new Error('no use');
        },
        () => true,
      );
      await expect(attempt).rejects.toThrow('no use');
      await write(all, 'last');
    });
    expect(await kept(database)).toEqual(['first', 'last']);
  });

  it('REL-01 an attempt in which the database refuses something is taken back as well', async () => {
    const { records } = database;
    await records.transaction(async (all) => {
      await write(all, 'first');
      await expect(all.attempt(async () => write(all, 'of nobody', 999), Boolean)).rejects.toThrow(/foreign key/i);
      await write(all, 'last');
    });
    expect(await kept(database)).toEqual(['first', 'last']);
  });

  it('REL-01 that is over writes nothing any more', async () => {
    const { records } = database;
    const late = await records.transaction(async (all) => ({ records: all }));
    await expect(write(late.records, 'late')).rejects.toThrow('the transaction is over');
    expect(await kept(database)).toEqual([]);
  });

  it('REL-01 whose work throws waits for the statements that it has begun, and keeps none of them', async () => {
    const { records } = database;
    const work = async (all: Records) => {
      await Promise.all([write(all, 'of nobody', 999), write(all, 'one'), write(all, 'two')]);
    };
    await expect(records.transaction(work)).rejects.toThrow(/foreign key/i);
    await records.transaction(async (all) => write(all, 'kept'));
    expect(await kept(database)).toEqual(['kept']);
  });
});

describe('a transaction on PostgreSQL', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    const postgres = databases.find((one) => one.name === 'PostgreSQL');
    if (!postgres) throw new Error('no PostgreSQL');
    database = await postgres.createEmpty();
    await database.records.migrate();
  });
  afterEach(async () => {
    await database.drop();
  });

  it('REL-01 in which an error was swallowed was rolled back, and says so', async () => {
    const work = async (records: Records) => {
      await write(records, 'lost');
      await write(records, 'of nobody', 999).catch(() => undefined);
    };
    await expect(database.records.transaction(work)).rejects.toThrow(/COMMIT was answered by ROLLBACK/);
    expect(await kept(database)).toEqual([]);
  });

  it('REL-01 REL-03 that loses its connection is away and left undone; the next one gets another', async () => {
    const work = async (records: Records) => {
      await write(records, 'lost');
      await database.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guichet' and datname = current_database()",
      );
      return write(records, 'lost too');
    };
    expect(await awayOf(database.records.transaction(work))).toBe('unreachable');
    await database.records.transaction(async (records) => write(records, 'kept'));
    expect(await kept(database)).toEqual(['kept']);
  });
});
