import { expect, it } from 'vitest';
import { randomFrom, seedFromEnvironment } from '../support/random.ts';
import { databases } from '../support/databases.ts';
import { deskOn, ready, timesDone, told, WHATS } from '../support/fault-rig.ts';
import { faultyLine } from '../support/faulty-line.ts';
import { setScene } from '../support/house.ts';

const ROUNDS = 60;
/** COMMIT is 12 bytes long, its answer 24: so much of the line is looked at more closely than the rest. */
const COMMIT_AND_ANSWER = 40;
/** What a loan takes of the line, and a little more: some rounds go well. */
const ALL = 30_000;

it(`OFF-03 REL-01 a line that is cut at any byte, ${ROUNDS} times: what was acknowledged is there once, what was not, at most once`, async () => {
  const seed = seedFromEnvironment();
  const random = randomFrom(seed);
  const postgres = databases.find((one) => one.name === 'PostgreSQL');
  if (!postgres) throw new Error('no PostgreSQL');
  const database = await postgres.create();
  const scene = await setScene(database.house);
  const line = await faultyLine(database.url);
  const { house, perform } = deskOn(line.through(database.url), scene);
  const figures = { acknowledged: 0, unknown: 0, committed: 0, nothing: 0 };
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
const s0=performance.now();
      const about = `seed ${seed}, round ${round}`;
      const one = await ready(scene, WHATS[random(WHATS.length)] ?? 'lend', round);
      const atCommit = random(2) === 0;
      void line.cutAfter(random(atCommit ? COMMIT_AND_ANSWER : ALL), atCommit ? 'commit' : 'now');
const t0=performance.now();
      const first = await told(one.attempt(perform));
      line.forget();
const t1=performance.now();
      const times = await timesDone(database, one);
      if ('outcome' in first) {
        expect(first.outcome.kind, about).toBe(one.kind);
        expect(times, about).toBe(1);
        figures.acknowledged += 1;
        continue;
      }
const t2=performance.now();
      const { at } = first.away;
      // Known not to be there, it is not; else it may be.
      expect(at === null ? times : Math.min(times, 1), about).toBe(at === null ? 0 : times);
      figures[at === null ? 'nothing' : times === 1 ? 'committed' : 'unknown'] += 1;
      expect(await one.attempt(perform, { lost: at === null ? [] : [at] }), about).toMatchObject({ kind: one.kind });
      expect(await timesDone(database, one), about).toBe(1);
 if (round<60) console.log('T', Math.round(t0-s0), Math.round(t1-t0), Math.round(t2-t1), Math.round(performance.now()-t2), at===null);
    }
    console.log('carried', line.carried());
    console.log(`cut lines (seed ${seed}):`, JSON.stringify(figures));
    expect(await database.house.check()).toEqual([]);
    expect(figures.committed, `seed ${seed}`).toBeGreaterThan(0);
    expect(figures.unknown, `seed ${seed}`).toBeGreaterThan(0);
    expect(figures.nothing, `seed ${seed}`).toBeGreaterThan(0);
  } finally {
    await line.close();
    await house.close();
    await database.drop();
  }
}, 180_000);
