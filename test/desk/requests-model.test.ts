import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../source/circulation/time.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { checkWorld } from '../support/request-invariants.ts';
import * as library from '../support/request-play-library.ts';
import * as play from '../support/request-play.ts';
import { anyStep } from '../support/request-steps.ts';
import type { Step } from '../support/request-steps.ts';
import { copyOfItem, newWorld, oneOf, picksOf, placeOf, queuedWith, snapshot } from '../support/request-world.ts';
import type { World } from '../support/request-world.ts';

type About<Key extends string> = Extract<Step, Readonly<Record<Key, unknown>>>;

/** What is done to a copy, somewhere. */
async function playCopy(world: World, one: About<'chosen'>): Promise<void> {
  const copy = oneOf(world.model.copies, one.chosen);
  if (!copy) return undefined;
  const at = 'desk' in one ? placeOf(copy, one.desk) : copy.library;
  switch (one.does) {
    case 'scan':
      return play.scan(world, copy, at, one.which);
    case 'treat':
      return play.treat(world, copy, at, one.treated);
    case 'give-back':
      return play.giveBack(world, copy, at);
    case 'lend':
      return play.lend(world, copy, at, one);
    case 'delete-loan':
      return play.unlend(world, copy, at);
    case 'lose-loan':
      return play.loseLoan(world, copy);
    case 'renew':
      return play.renewLoan(world, copy);
    case 'lose':
    case 'find':
      return library.mark(world, copy, one.does === 'lose');
    case 'order':
      return library.treatment(world, copy, at);
    case 'withdraw':
      return library.withdrawTreatment(world, copy);
    case 'exclude':
      return library.exclude(world, copy);
    default:
      return playRequest(world, one);
  }
}

/** What is done to a request, or to a line of a pick list or a shelf. */
async function playRequest(world: World, one: About<'chosen'>): Promise<void> {
  const request = oneOf(world.model.asked, one.chosen);
  const pick = oneOf([...picksOf(world)], one.chosen);
  switch (one.does) {
    case 'pick': {
      const copy = pick && copyOfItem(world, queuedWith(world, pick[0])?.plannedItemId ?? null);
      return pick && copy && play.scan(world, copy, pick[1], one.which);
    }
    case 'skip':
      return pick && library.skip(world, pick);
    case 'missing':
      return pick && library.missing(world, pick, one.all);
    case 'clear':
      return library.clear(world, one);
    case 'cancel':
      return request && library.cancel(world, request);
    case 'change-expiry':
      return request && library.changeExpiry(world, request, one.days);
    case 'move':
      return request && library.move(world, request, one.to);
    default:
      throw new Error(`nobody plays ${one.does}`);
  }
}

/** What a step does to the house and, by what it must have done, to the model. */
async function playStep(world: World, one: Step): Promise<void> {
  switch (one.does) {
    case 'ask':
      return play.ask(world, one);
    case 'days-pass':
      world.model.today = addDays(world.model.today, one.days);
      world.story.push(`it is ${world.model.today}`);
      return undefined;
    case 'night':
      return library.passNight(world);
    default:
      return playCopy(world, one);
  }
}

const counted = { steps: 0 };

async function playAll(database: TestDatabase, steps: readonly Step[]): Promise<void> {
  const world = await newWorld(database);
  try {
    for (const [index, one] of steps.entries()) {
      world.scene.at(`${world.model.today}T1${String(Math.floor(index / 60))}:${String(index % 60).padStart(2, '0')}`);
      const told = world.story.length;
      await playStep(world, one);
      // There was nothing to which it could be done.
      if (world.story.length === told) continue;
      const after = await snapshot(world);
      await checkWorld(world, after);
      world.before = after;
      counted.steps += 1;
    }
  } catch (error) {
    const story = world.story.map((line, index) => `${index + 1}. ${line}`).join('\n');
    throw new Error(`${story}\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

const STEPS = { SQLite: Number(process.env['GUICHET_MODEL_STEPS'] ?? 10_000), PostgreSQL: 600 } as const;
const LONGEST = 240;

describe.each(databases)('requests against a model on $name', ({ name, create }) => {
  it('REQ-03 REQ-07 REQ-08 REQ-09 PICK-04 PICK-05 HOLD-03 HOLD-05 CAN-02 CAN-03 ITEM-01 REL-01 whatever happens, in whatever order', async () => {
    counted.steps = 0;
    const property = fc.asyncProperty(fc.array(anyStep, { maxLength: LONGEST, size: 'max' }), async (steps) => {
      const database = await create();
      try {
        await playAll(database, steps);
      } finally {
        await database.drop();
      }
    });
    for (let seed = Number(process.env['GUICHET_MODEL_SEED'] ?? 1); counted.steps < STEPS[name]; seed += 1)
      await fc.assert(property, { seed, numRuns: 10, interruptAfterTimeLimit: 40_000 });
    expect(counted.steps).toBeGreaterThanOrEqual(STEPS[name]);
  }, 600_000);
});
