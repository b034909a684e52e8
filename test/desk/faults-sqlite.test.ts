import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { userInfo } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { openDatabase } from '../../source/records/database.ts';
import { fileLocker, noDiskBecause, smallDisk, takeAway } from '../support/broken-files.ts';
import type { SmallDisk } from '../support/broken-files.ts';
import { sqliteFile } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { deskOn, ready, timesDone, told, WHATS } from '../support/fault-rig.ts';
import type { OwnDesk, Ready } from '../support/fault-rig.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { startDesk } from '../support/other-desk.ts';

let database: TestDatabase;
let scene: Scene;
let desk: OwnDesk;
let file: string;
let made = 0;

async function openAt(folder?: string): Promise<void> {
  database = await sqliteFile(inject('sqliteTemplate'), folder);
  scene = await setScene(database.house);
  file = database.url.slice('sqlite:'.length);
  desk = deskOn(database.url, scene);
}
async function close(): Promise<void> {
  await desk.house.close();
  const violations = await database.house.check();
  await database.drop();
  expect(violations).toEqual([]);
}

const next = async (what: Ready['what']): Promise<Ready> => {
  made += 1;
  return ready(scene, what, made);
};

/** That nothing of it is there, and that it is done once when it is asked for again. */
async function expectDoneNow(one: Ready): Promise<void> {
  expect(await timesDone(database, one)).toBe(0);
  expect(await one.attempt(desk.perform)).toMatchObject({ kind: one.kind });
  expect(await timesDone(database, one)).toBe(1);
}

describe.each(WHATS)('a SQLite file that fails while a desk does this: %s', (what) => {
  beforeEach(async () => openAt());
  afterEach(close);

  it('REL-01 REL-03 locked: nobody waits longer than they want, and what was given up is not done later', async () => {
    const one = await next(what);
    const other = await fileLocker(file);
    await other.lock();
    for (let attempts = 0; attempts < 3; attempts += 1) {
      const patience = new AbortController();
      const doing = told(one.attempt(desk.perform, { signal: patience.signal }));
      for (let turns = 0; turns < 20 * attempts; turns += 1) await turn();
      patience.abort();
      expect(await doing).toMatchObject({ away: { reason: 'silent', at: null } });
    }
    await other.unlock();
    await other.leave();
    // Behind all that was given up: there is one connection.
    await (await next('scan-in')).attempt(desk.perform);
    await expectDoneNow(one);
  });

  it('REL-01 REL-03 taken away and put back: away meanwhile, nothing done, and the desk goes on', async () => {
    const one = await next(what);
    expect(await (await next('scan-in')).attempt(desk.perform)).toMatchObject({ kind: 'scanned' });
    const putBack = await takeAway(file);
    expect(await told(one.attempt(desk.perform))).toMatchObject({ away: { reason: 'missing-database', at: null } });
    await putBack();
    await expectDoneNow(one);
  });
});

describe('a SQLite file that is taken away while another connection is needed', () => {
  beforeEach(async () => openAt());
  afterEach(close);

  it('REL-01 REL-03 is not made anew in its place: what stands beside it would be mixed with the old one', async () => {
    const other = openDatabase(database.url);
    let second: Promise<unknown> | undefined;
    const taken: (() => Promise<void>)[] = [];
    const first = other.transaction(async () => {
      second = other.read(async (records) => records.networks.currentVersion());
      second.catch(() => undefined);
      // It has looked at the file, and waits for the one connection.
      for (let turns = 0; turns < 50; turns += 1) await turn();
      taken.push(await takeAway(file));
      throw Object.assign(new Error('the disk is broken'), { code: 'SQLITE_IOERR' });
    });
    await expect(first).rejects.toMatchObject({ reason: 'full', at: null });
    await expect(second).rejects.toMatchObject({ reason: 'missing-database', at: null });
    expect(existsSync(file)).toBe(false);
    for (const putBack of taken) await putBack();
    expect(await other.read(async (records) => records.networks.currentVersion())).toBe(1);
    await other.close();
  });
});

describe('a SQLite file that may only be read for a while', () => {
  beforeEach(async () => openAt());
  afterEach(close);
  /** Root may write everything: then the desk is somebody who is nobody. */
  const user = userInfo().uid === 0 ? 65_534 : undefined;

  it.each(WHATS)('REL-01 REL-03 %s: read-only meanwhile, and the desk goes on by itself', async (what) => {
    const one = await next(what);
    const folder = path.dirname(file);
    chmodSync(folder, 0o777);
    for (const beside of ['', '-wal', '-shm']) chmodSync(file + beside, beside === '' ? 0o444 : 0o666);
    const nobody = await startDesk(database.url, user);
    const barcode = one.barcode;
    const seat = scene.bib;
    const orders = {
      lend: { what: 'lend', request: { patron: barcode.replace('FB', 'FP'), barcode } },
      return: { what: 'return', request: { barcode } },
      'scan-in': { what: 'scan-in', request: { barcode, inHouse: true } },
    } as const;
    const order = { now: scene.now() + 1000, seat, ...orders[what] };
    expect(await nobody.order(order)).toEqual({ away: 'read-only' });
    expect(await timesDone(database, one)).toBe(0);
    chmodSync(file, 0o666);
    expect(await nobody.order(order)).toMatchObject({ done: { kind: one.kind } });
    expect(await timesDone(database, one)).toBe(1);
    await nobody.stop();
  });
});

const noDisk = noDiskBecause();
describe.skipIf(noDisk !== undefined)(
  `a disk that is full${noDisk === undefined ? '' : ` (skipped: ${noDisk})`}`,
  () => {
    let disk: SmallDisk;
    beforeAll(async () => {
      disk = await smallDisk(24);
      await openAt(disk.folder);
    });
    afterAll(async () => {
      await desk.house.close();
      expect(await database.house.check()).toEqual([]);
      await database.house.close();
      await database.records.close();
      await disk.remove();
    });

    it.each(WHATS)(
      'REL-01 REL-03 %s: full, nothing recorded; when there is room again, the desk goes on',
      async (what) => {
        const one = await next(what);
        await disk.fill();
        let answer = await told(one.attempt(desk.perform));
        // There may be room left in the log for a few.
        const done: Ready[] = [];
        let last = one;
        while ('outcome' in answer) {
          done.push(last);
          await disk.free();
          last = await next(what);
          await disk.fill();
          answer = await told(last.attempt(desk.perform));
        }
        expect(answer).toMatchObject({ away: { reason: 'full', at: null } });
        await disk.free();
        for (const acknowledged of done) expect(await timesDone(database, acknowledged)).toBe(1);
        await expectDoneNow(last);
      },
    );
  },
);
