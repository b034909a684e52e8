import { expect, it } from 'vitest';
import { randomFrom, seedFromEnvironment } from '../support/random.ts';
import { databases } from '../support/databases.ts';
import { deskOn, ready, timesDone, told, WHATS } from '../support/fault-rig.ts';
import { faultyLine } from '../support/faulty-line.ts';
import { setScene } from '../support/house.ts';

const ROUNDS = 200;
/** COMMIT is 12 bytes long, its answer 24: so much of the line is looked at more closely than the rest. */
const COMMIT_AND_ANSWER = 40;
/** What a loan takes of the line, and a little more: some rounds go well. */
const ALL = 6000;

it(`OFF-03 REL-01 a line that is cut at any byte, ${ROUNDS} times: what was acknowledged is there once, what was not, at most once`, async () => {
  const seed = seedFromEnvironment();
  const random = randomFrom(seed);
  const postgres = databases.find((one) => one.name === 'PostgreSQL');
  if (!postgres) throw new Error('no PostgreSQL');
  const database = await postgres.create();
  const scene = await setScene(database.house);
  const line = await faultyLine(database.url);
  const { house, perform } = deskOn(line.through(database.url), scene);
  const figures = { acknowledged: 0, committed: 0, uncommitted: 0, nothing: 0 };
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const about = `seed ${seed}, round ${round}`;
      const one = await ready(scene, WHATS[random(WHATS.length)] ?? 'lend', round);
      const atCommit = random(2) === 0;
      void line.cutAfter(random(atCommit ? COMMIT_AND_ANSWER : ALL), atCommit ? 'commit' : 'now');
      const first = await told(one.attempt(perform));
      line.forget();
      const times = await timesDone(database, one);
      if ('outcome' in first) {
        expect({ about, kind: first.outcome.kind, times }).toEqual({ about, kind: one.kind, times: 1 });
        figures.acknowledged += 1;
        continue;
      }
      const { at } = first.away;
      // Known not to be there, it is not; else it may be, once.
      expect({ about, times }).toEqual({ about, times: at === null || times === 0 ? 0 : 1 });
      figures[at === null ? 'nothing' : times === 1 ? 'committed' : 'uncommitted'] += 1;
      const { kind } = await one.attempt(perform, { lost: at === null ? [] : [at] });
      const after = await timesDone(database, one);
      expect({ about, kind, after }).toEqual({ about, kind: one.kind, after: 1 });
    }
    console.log(`cut lines (seed ${seed}):`, JSON.stringify(figures));
    expect(await database.house.check()).toEqual([]);
    // The cuts were where they prove something.
    expect(Object.values(figures).every((count) => count > 0)).toBe(true);
  } finally {
    await line.close();
    await house.close();
    await database.drop();
  }
}, 180_000);
