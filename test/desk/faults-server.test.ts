import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { onPostgres } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { deskOn, ready, timesDone, told, WHATS } from '../support/fault-rig.ts';
import type { OwnDesk, Ready, Told } from '../support/fault-rig.ts';
import { faultyLine } from '../support/faulty-line.ts';
import type { FaultyLine } from '../support/faulty-line.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { ownPostgres } from '../support/own-postgres.ts';
import type { OwnPostgres } from '../support/own-postgres.ts';

let server: OwnPostgres;
let database: TestDatabase;
let scene: Scene;
let line: FaultyLine;
let desk: OwnDesk;
let made = 0;

beforeAll(async () => {
  server = await ownPostgres();
  database = onPostgres(server.url, async () => server.remove());
  await database.house.migrate();
  scene = await setScene(database.house);
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  line = await faultyLine(server.url);
  desk = deskOn(line.through(server.url), scene);
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

const momentsOf = (answer: Told): number[] => ('away' in answer && answer.away.at !== null ? [answer.away.at] : []);

/** An attempt that is given up while its COMMIT is held on the line. */
async function heldAtCommit(one: Ready): Promise<Told> {
  const patience = new AbortController();
  const held = line.atCommit('hold');
  const doing = told(one.attempt(desk.perform, { signal: patience.signal }));
  await held;
  patience.abort();
  return doing;
}

describe.each(WHATS)('a PostgreSQL that fails while a desk does this: %s', (what) => {
  it('REL-03 stopped and started: away meanwhile, and nothing is left over; then the desk goes on by itself', async () => {
    const [before, one] = [await next(what), await next(what)];
    expect(await before.attempt(desk.perform)).toMatchObject({ kind: before.kind });
    await server.stop();
    const answer = await told(one.attempt(desk.perform));
    expect(answer).toMatchObject({ away: { reason: 'unreachable', at: null } });
    await server.start();
    expect(await one.attempt(desk.perform)).toMatchObject({ kind: one.kind });
    expect([await timesDone(database, before), await timesDone(database, one)]).toEqual([1, 1]);
  });

  it('REL-01 killed as soon as it has answered: what was acknowledged is there', async () => {
    const one = await next(what);
    expect(await one.attempt(desk.perform)).toMatchObject({ kind: one.kind });
    await server.kill();
    await server.start();
    expect(await timesDone(database, one)).toBe(1);
  });

  it('OFF-03 REL-01 killed before COMMIT reaches it: unknown, not recorded, done by the next attempt', async () => {
    const one = await next(what);
    const answer = await heldAtCommit(one);
    await server.kill();
    line.release();
    await server.start();
    expect(momentsOf(answer)).toHaveLength(1);
    expect(await timesDone(database, one)).toBe(0);
    expect(await one.attempt(desk.perform, { lost: momentsOf(answer) })).toMatchObject({ kind: one.kind });
    expect(await timesDone(database, one)).toBe(1);
  });

  it('OFF-03 REL-01 REL-03 paused with COMMIT before it: it commits when it goes on, and that is found', async () => {
    const one = await next(what);
    const answer = await heldAtCommit(one);
    await server.pause();
    line.release();
    const lost = momentsOf(answer);
    expect(lost).toHaveLength(1);
    const patience = new AbortController();
    const meanwhile = told(one.attempt(desk.perform, { lost, signal: patience.signal }));
    patience.abort();
    expect(await meanwhile).toMatchObject({ away: { reason: 'silent', at: null } });
    const again = one.attempt(desk.perform, { lost });
    await server.resume();
    expect(await again).toMatchObject({ kind: one.kind });
    expect(await timesDone(database, one)).toBe(1);
  });
});
