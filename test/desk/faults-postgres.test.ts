import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { faultyLine } from '../support/faulty-line.ts';
import type { FaultyLine } from '../support/faulty-line.ts';
import { deskOn, ready, timesDone, told, WHATS } from '../support/fault-rig.ts';
import type { OwnDesk, Ready } from '../support/fault-rig.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

let database: TestDatabase;
let scene: Scene;
let line: FaultyLine;
let desk: OwnDesk;
let made = 0;

beforeAll(async () => {
  const postgres = databases.find((one) => one.name === 'PostgreSQL');
  if (!postgres) throw new Error('no PostgreSQL');
  database = await postgres.create();
  scene = await setScene(database.house);
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  line = await faultyLine(database.url);
  desk = deskOn(line.through(database.url), scene);
});
afterEach(async () => {
  await line.close();
  await desk.house.close();
  expect(await database.house.check()).toEqual([]);
});

const next = async (what: Ready['what']): Promise<Ready> => {
  made += 1;
  return ready(scene, what, made);
};

/** Waits until somebody waits for a lock in this database. */
async function untilWaiting(): Promise<void> {
  for (;;) {
    const waiting = await database.sql('select 1 from pg_locks where not granted');
    if (waiting.length > 0) return;
  }
}

/** That it is done once, and told as if nothing had happened, when it is asked for again. */
async function expectOnce(one: Ready, lost: readonly number[]): Promise<void> {
  expect(await one.attempt(desk.perform, { lost })).toMatchObject({ kind: one.kind });
  expect(await timesDone(database, one)).toBe(1);
  // Whatever is left of the attempts before: the desk has all its connections, and each of them works.
  const others = await Promise.all(WHATS.map(async (what) => next(what)));
  const answers = await Promise.all(others.map(async (other) => other.attempt(desk.perform)));
  expect(answers.map(({ kind }) => kind)).toEqual(others.map(({ kind }) => kind));
  expect(await timesDone(database, one)).toBe(1);
}

describe.each(WHATS)('a line to PostgreSQL that fails while a desk does this: %s', (what) => {
  it.each([
    ['before COMMIT gets through', 'cut-before', 0],
    ['after COMMIT, before its answer', 'cut-after', 1],
  ] as const)('OFF-03 REL-01 REL-03 cut %s: it says when, and is done once', async (_, fault, times) => {
    const one = await next(what);
    const happened = line.atCommit(fault);
    const answer = await told(one.attempt(desk.perform));
    await happened;
    expect(answer).toMatchObject({ away: { reason: 'unreachable', at: expect.any(Number) as number } });
    expect(await timesDone(database, one)).toBe(times);
    await expectOnce(one, 'away' in answer && answer.away.at !== null ? [answer.away.at] : []);
  });

  it('OFF-03 REL-03 silent after COMMIT: nobody waits longer than they want, and it is done once', async () => {
    const one = await next(what);
    const patience = new AbortController();
    const happened = line.atCommit('swallow');
    const doing = told(one.attempt(desk.perform, { signal: patience.signal }));
    await happened;
    patience.abort();
    const answer = await doing;
    expect(answer).toMatchObject({ away: { reason: 'silent', at: expect.any(Number) as number } });
    await expectOnce(one, 'away' in answer && answer.away.at !== null ? [answer.away.at] : []);
  });

  it('OFF-03 REL-01 a COMMIT that arrives only while it is tried again: the second attempt waits for it', async () => {
    const one = await next(what);
    const patience = new AbortController();
    const held = line.atCommit('hold');
    const doing = told(one.attempt(desk.perform, { signal: patience.signal }));
    await held;
    patience.abort();
    const answer = await doing;
    const lost = 'away' in answer && answer.away.at !== null ? [answer.away.at] : [];
    expect(lost).toHaveLength(1);
    expect(await timesDone(database, one)).toBe(0);
    const again = one.attempt(desk.perform, { lost });
    await untilWaiting();
    line.release();
    expect(await again).toMatchObject({ kind: one.kind });
    await expectOnce(one, lost);
  });

  it('OFF-03 REL-01 a COMMIT that never arrives: it is done by the second attempt', async () => {
    const one = await next(what);
    const patience = new AbortController();
    const held = line.atCommit('hold');
    const doing = told(one.attempt(desk.perform, { signal: patience.signal }));
    await held;
    patience.abort();
    const answer = await doing;
    await line.refuse();
    expect(await told(one.attempt(desk.perform))).toMatchObject({ away: { reason: 'unreachable', at: null } });
    await line.accept();
    await expectOnce(one, 'away' in answer && answer.away.at !== null ? [answer.away.at] : []);
  });

  it('OFF-03 REL-03 the server throws everybody out while COMMIT is on its way: unknown, and done once', async () => {
    const one = await next(what);
    const held = line.atCommit('hold');
    const doing = told(one.attempt(desk.perform));
    await held;
    await database.sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'",
    );
    line.release();
    const answer = await doing;
    expect(answer).toMatchObject({ away: { reason: 'unreachable', at: expect.any(Number) as number } });
    await expectOnce(one, 'away' in answer && answer.away.at !== null ? [answer.away.at] : []);
  });

  it('REL-01 REL-03 abandoned while it waits for another desk: nothing was recorded, nothing will be', async () => {
    const one = await next(what);
    const patience = new AbortController();
    let doing: ReturnType<typeof told> | undefined;
    await database.records.transaction(async (records) => {
      await records.items.byBarcode(one.barcode, true);
      doing = told(one.attempt(desk.perform, { signal: patience.signal }));
      await untilWaiting();
      patience.abort();
      expect(await doing).toMatchObject({ away: { reason: 'silent', at: null } });
    });
    expect(await timesDone(database, one)).toBe(0);
    await expectOnce(one, []);
  });

  it('REL-01 REL-03 a line that falls silent before: nothing was recorded, whatever arrives later', async () => {
    const one = await next(what);
    // One that is open already, and one that is not.
    expect(await (await next('scan-in')).attempt(desk.perform)).toMatchObject({ kind: 'scanned' });
    line.silence();
    for (let attempts = 0; attempts < 6; attempts += 1) {
      const patience = new AbortController();
      const doing = told(one.attempt(desk.perform, { signal: patience.signal }));
      for (let turns = 0; turns < attempts; turns += 1) await turn();
      patience.abort();
      expect(await doing).toMatchObject({ away: { reason: 'silent', at: null } });
    }
    line.speak();
    await expectOnce(one, []);
  });
});
