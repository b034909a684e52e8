import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planQueue } from '../../source/circulation/filling.ts';
import { addDays, dayOf } from '../../source/circulation/time.ts';
import { planFacts } from '../../source/desk/plan-queue.ts';
import { renew } from '../../source/desk/renew.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { activateNext, reshelve, send } from '../../source/desk/requests-clear-shelf.ts';
import { markMissing, skipLibrary } from '../../source/desk/requests-missing.ts';
import { settleRequests } from '../../source/desk/requests-outdated.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { moveInQueue } from '../../source/desk/requests-queue.ts';
import { changeHoldExpiry } from '../../source/desk/requests-shelf.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import type { ItemView } from '../../source/records/items.ts';
import type { TitleCopy } from '../../source/records/request-copies.ts';
import type { QueuedRequest } from '../../source/records/requests.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { commandLine, seatAt, setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import * as model from '../support/request-model.ts';
import type { Asked, Copy, Model } from '../support/request-model.ts';

const [patron, pickup, chosen] = [fc.nat(4), fc.nat(3), fc.nat(30)];
/** Mostly the first title: queues are to grow. */
const target = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.integer({ min: 2, max: 3 }) },
);
/** A desk of one of the libraries; 4: the one where the copy belongs or is expected. */
const desk = fc.oneof({ weight: 2, arbitrary: fc.nat(3) }, { weight: 3, arbitrary: fc.constant(4) });
const step = <Kind extends string, Rest>(does: Kind, weight: number, rest: fc.Arbitrary<Rest>) => ({
  weight,
  arbitrary: rest.map((more) => ({ does, ...more })),
});
/** One thing that happens. Numbers choose among what there is at that moment. */
const anyStep = fc.oneof(
  step('ask', 9, fc.record({ patron, target, pickup, until: fc.option(fc.nat(4)) })),
  step('scan', 7, fc.record({ chosen, desk, which: fc.nat(3) })),
  step('give-back', 3, fc.record({ chosen, desk })),
  step('lend', 5, fc.record({ chosen, desk, patron: fc.nat(5), force: fc.boolean() })),
  step('pick', 3, fc.record({ chosen, which: fc.nat(3) })),
  step('cancel', 1, fc.record({ chosen })),
  step('skip', 1, fc.record({ chosen })),
  step('missing', 1, fc.record({ chosen, all: fc.boolean() })),
  step('clear', 3, fc.record({ chosen, list: fc.constantFrom('reshelve', 'send', 'next') })),
  step('change-expiry', 1, fc.record({ chosen, days: fc.nat(2) })),
  step('move', 1, fc.record({ chosen, to: fc.integer({ min: 1, max: 5 }) })),
  step('renew', 1, fc.record({ chosen })),
  step('days-pass', 2, fc.record({ days: fc.integer({ min: 1, max: 3 }) })),
  step('night', 1, fc.record({})),
);
type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never;

/** What the database has of a title. */
type Known = { readonly queue: readonly QueuedRequest[]; readonly copies: readonly TitleCopy[] };
type Snapshot = { readonly titles: readonly Known[]; readonly items: readonly ItemView[] };

/** A world of its own for one sequence: the house, the model, and the story of what has happened so far. */
type World = {
  readonly database: TestDatabase;
  readonly scene: Scene;
  readonly manager: Scene['bib'];
  readonly model: Model;
  readonly patrons: ReadonlyMap<string, number>;
  readonly titles: readonly number[];
  readonly itemIds: readonly number[];
  readonly story: string[];
  before: Snapshot;
};

const START = '2026-06-01T10:00';

async function snapshot({ database, titles, itemIds }: Omit<World, 'before'>): Promise<Snapshot> {
  return database.records.read(async ({ requests, requestCopies, items }) => {
    const found: Known[] = [];
    for (const title of titles)
      found.push({ queue: await requests.open(title), copies: await requestCopies.ofTitle(title) });
    return { titles: found, items: await items.withIds(itemIds) };
  });
}

async function newWorld(database: TestDatabase): Promise<World> {
  const scene = await setScene(database.house, { network: model.requestNetwork, at: START });
  const manager = await scene.staff('chief', 'manager', '*', 'a/PRET');
  const patrons = new Map<string, number>();
  for (const id of model.PATRONS) patrons.set(id, await scene.patron({ id, expiry: '2035-01-01' }));
  const start = model.newModel(dayOf(scene.now(), model.requestNetwork.timeZone));
  await scene.items(
    ...start.copies.map(({ name, title, library, location, volume, requestable }) => ({
      barcode: name,
      title,
      location: `${library}/${location}`,
      description: volume ? name : null,
      policy: requestable ? null : 'P48NN',
    })),
  );
  const items = await database.records.read(async (records) =>
    Promise.all(start.copies.map(async ({ name }) => records.items.byBarcode(name))),
  );
  const titles = [...new Set(items.flatMap((one) => one?.titleId ?? []))];
  const itemIds = items.flatMap((one) => one?.id ?? []);
  const world = { database, scene, manager, model: start, patrons, titles, itemIds, story: [] };
  return { ...world, before: await snapshot(world) };
}

const oneOf = <One>(all: readonly One[], index: number): One | undefined => all[index % Math.max(all.length, 1)];
const libraryAt = (index: number): string => model.LIBRARIES[index] ?? 'a';

/** Where a copy is expected: its shelf, the end of its journey, the shelf where it is held. */
function naturalDesk(copy: Copy): string {
  const { where } = copy;
  if (where.kind === 'shelf' || where.kind === 'hold') return where.at;
  return where.kind === 'transit' ? where.to : copy.library;
}
const deskOf = (copy: Copy, index: number): string => (index === 4 ? naturalDesk(copy) : libraryAt(index));

/** The libraries that are asked to pick, by request. */
const picksOf = ({ before }: World): model.Picks =>
  new Map(
    before.titles.flatMap(({ queue }) =>
      queue.flatMap((one) =>
        one.task === 'pick' && one.askedLibrary !== null ? [[one.id, one.askedLibrary] as const] : [],
      ),
    ),
  );
const queued = ({ before }: World, id: number): QueuedRequest | undefined =>
  before.titles.flatMap(({ queue }) => queue).find((one) => one.id === id);
const byId = (world: World, id: number): Asked | undefined => world.model.asked.find((one) => one.id === id);
const copyOfItem = (world: World, id: number | null): Copy | undefined =>
  world.model.copies[world.itemIds.findIndex((one) => one === id)];

async function ask(world: World, one: Extract<Step, { does: 'ask' }>): Promise<void> {
  const { scene, patrons } = world;
  const who = model.PATRONS[one.patron] ?? 'P1';
  const item = model.TARGETS[one.target] ?? 'A1';
  const copy = world.model.copies.find(({ name }) => name === item);
  if (!copy) throw new Error(`no copy ${item}`);
  const wish = { title: copy.title, volume: copy.volume ? item : null, pickup: libraryAt(one.pickup) };
  const until = one.until === null ? null : addDays(world.model.today, one.until);
  const answer = await scene.act(placeRequest, { patron: patrons.get(who) ?? 0, item, pickup: wish.pickup, until });
  const reasons = model.refusals(world.model, who, wish);
  const codes = answer.kind === 'refused' ? answer.reasons.map(({ code }) => code) : [];
  const placed = answer.kind === 'placed' ? answer.request : undefined;
  world.story.push(
    `${who} asks for ${wish.volume ?? wish.title} at ${wish.pickup}, until ${until ?? 'ever'}: ${placed ? `R${placed.id}, ${placed.task}` : codes.join()}`,
  );
  expect({ kind: answer.kind, codes }).toEqual({ kind: reasons.length > 0 ? 'refused' : 'placed', codes: reasons });
  if (placed)
    world.model.asked.push({
      ...wish,
      id: placed.id,
      patron: who,
      until,
      state: 'WAITING',
      copy: null,
      heldUntil: null,
    });
}

async function scan(world: World, copy: Copy, at: string, which: number): Promise<void> {
  const seat = seatAt(world.scene.bib, `${at}/PRET`);
  const answer = await world.scene.act(scanIn, { barcode: copy.name }, seat);
  if (copy.where.kind === 'loan') {
    world.story.push(`${copy.name} scanned at ${at}: ${answer.kind}`);
    expect(answer.kind).toBe('on-loan');
    return;
  }
  const picks = picksOf(world);
  const { choice } = model.turn(world.model, copy, at, picks);
  if (choice.length === 0) {
    world.story.push(`${copy.name} scanned at ${at}: ${answer.kind === 'scanned' ? answer.next : answer.kind}`);
    const next = model.inHand(world.model, copy, at, picks);
    expect(answer).toMatchObject({ kind: 'scanned', request: next?.id ?? null });
    return;
  }
  expect(answer).toMatchObject({ kind: 'choose-request', requests: choice.map(({ id }) => ({ id })) });
  const request = oneOf(choice, which);
  const again = await world.scene.act(scanIn, { barcode: copy.name, request: request?.id ?? 0 }, seat);
  world.story.push(
    `${copy.name} scanned at ${at} for R${request?.id} of ${choice.map(({ id }) => `R${id}`).join()}: ${again.kind}`,
  );
  expect(again).toMatchObject({ kind: 'scanned', request: request?.id ?? 0 });
  model.inHand(world.model, copy, at, picks, request);
}

async function giveBack(world: World, copy: Copy, at: string): Promise<void> {
  const answer = await world.scene.giveBack(copy.name, {}, seatAt(world.scene.bib, `${at}/PRET`));
  world.story.push(`${copy.name} returned at ${at}: ${'next' in answer ? answer.next : answer.kind}`);
  const kind = copy.where.kind === 'loan' ? 'returned' : 'not-on-loan';
  const next = model.inHand(world.model, copy, at, picksOf(world));
  expect(answer).toMatchObject({ kind, request: next?.id ?? null });
}

async function lend(world: World, copy: Copy, at: string, who: string, force: boolean): Promise<void> {
  const { patrons, scene } = world;
  const override = force ? { override: { codes: 'all' } as const } : {};
  const answer = await scene.lend(patrons.get(who) ?? 0, copy.name, override, seatAt(world.manager, `${at}/PRET`));
  world.story.push(`${copy.name} lent to ${who} at ${at}${force ? ' in spite of all' : ''}: ${answer.kind}`);
  const holder = model.holderOf(world.model, copy);
  const { where } = copy;
  const heldForOther = holder?.state === 'ON_SHELF' && holder.patron !== who;
  const blocked = heldForOther || ['loan', 'transit', 'missing'].includes(where.kind);
  if (blocked && !force) expect(answer.kind).toBe('blocked');
  else if (where.kind === 'loan' && where.to === who) expect(['renewed', 'not-renewed']).toContain(answer.kind);
  else {
    expect(answer.kind).toBe('lent');
    model.lendTo(world.model, copy, who);
  }
}

/** What a step does to the house and, by what it must have done, to the model. */
async function play(world: World, one: Step): Promise<void> {
  const { scene } = world;
  const waiting = (index: number) => oneOf(world.model.asked, index);
  const copy = 'chosen' in one ? oneOf(world.model.copies, one.chosen) : undefined;
  const asking = 'chosen' in one ? oneOf([...picksOf(world)], one.chosen) : undefined;
  const planned = asking && copyOfItem(world, queued(world, asking[0])?.plannedItemId ?? null);
  switch (one.does) {
    case 'ask':
      return ask(world, one);
    case 'scan':
      return copy && scan(world, copy, deskOf(copy, one.desk), one.which);
    case 'give-back':
      return copy && giveBack(world, copy, deskOf(copy, one.desk));
    case 'lend': {
      const holder = copy && model.holderOf(world.model, copy);
      const who = model.PATRONS[one.patron] ?? holder?.patron ?? 'P1';
      return copy && lend(world, copy, deskOf(copy, one.desk), who, one.force);
    }
    case 'pick':
      return asking && planned && scan(world, planned, asking[1], one.which);
    case 'cancel': {
      const request = waiting(one.chosen);
      if (!request) return undefined;
      const answer = await scene.act(cancelRequest, { request: request.id });
      world.story.push(
        `R${request.id} is cancelled: ${answer.kind === 'cancelled' ? (answer.item?.next ?? 'no item') : answer.kind}`,
      );
      expect(answer.kind).toBe('cancelled');
      return model.end(world.model, request);
    }
    case 'skip': {
      if (!asking) return undefined;
      const answer = await scene.act(skipLibrary, { request: asking[0] });
      const to = answer.kind === 'skipped' ? answer.request.library : answer.kind;
      world.story.push(`${asking[1]} passes R${asking[0]} on: ${to}`);
      expect(['skipped', 'not-skipped']).toContain(answer.kind);
      expect(to).not.toBe(asking[1]);
      return undefined;
    }
    case 'missing': {
      const request = asking && byId(world, asking[0]);
      if (!request || !planned) return undefined;
      const all = world.model.copies.filter(
        (each) =>
          model.standsFree(world.model, each) && naturalDesk(each) === asking[1] && model.canFill(each, request),
      );
      const gone = one.all ? all : [planned];
      const answer = await scene.act(markMissing, { request: request.id, items: gone.map(({ name }) => name) });
      world.story.push(`${gone.map(({ name }) => name).join()} not found for R${request.id}: ${answer.kind}`);
      expect(answer.kind).toBe('missing');
      for (const each of gone) Object.assign(each, { where: { kind: 'missing' }, left: null });
      return model.end(world.model, request);
    }
    case 'clear':
      return clear(world, one);
    case 'change-expiry': {
      const request = waiting(one.chosen);
      if (!request) return undefined;
      const until = addDays(world.model.today, one.days);
      const answer = await scene.act(changeHoldExpiry, { request: request.id, until });
      world.story.push(`R${request.id} held until ${until}: ${answer.kind}`);
      expect(answer.kind).toBe(request.state === 'ON_SHELF' ? 'changed' : 'not-held');
      if (request.state === 'ON_SHELF') request.heldUntil = until;
      return undefined;
    }
    case 'move':
      return move(world, waiting(one.chosen), one.to);
    case 'renew': {
      if (!copy) return undefined;
      const recalled = world.before.titles.some(({ copies }) =>
        copies.some((each) => each.barcode === copy.name && each.loan?.recalled),
      );
      const answer = await scene.act(renew, { barcodes: [copy.name] });
      const line = answer.kind === 'renewals' ? answer.lines[0] : undefined;
      world.story.push(`${copy.name} renewed: ${line?.kind}`);
      if (recalled)
        expect(line).toMatchObject({ kind: 'not-renewed', refusals: expect.arrayContaining(['RECALLED']) as unknown });
      return undefined;
    }
    case 'days-pass':
      world.model.today = addDays(world.model.today, one.days);
      world.story.push(`it is ${world.model.today}`);
      return undefined;
    case 'night': {
      const answer = await scene.act(settleRequests, {}, commandLine);
      world.story.push(`the night of ${world.model.today}`);
      expect(answer.kind).toBe('settled');
      return model.night(world.model);
    }
  }
}

/** What is on the hold shelves: by request, the copy that stands there. */
const shelved = ({ model: { asked, copies } }: World): (readonly [number, Copy])[] =>
  copies.flatMap((copy) => {
    const id = copy.left ?? asked.find((one) => one.state === 'ON_SHELF' && one.copy === copy.name)?.id;
    return id === undefined ? [] : [[id, copy] as const];
  });

const CLEARING = { reshelve, send, next: activateNext } as const;
const LIST_OF = { shelf: 'reshelve', transit: 'send', hold: 'next' } as const;

/** HOLD-03: each list takes only what is on it. */
async function clear(world: World, { chosen: index, list }: Extract<Step, { does: 'clear' }>): Promise<void> {
  const [id, copy] = oneOf(shelved(world), index) ?? [];
  if (id === undefined || copy === undefined || copy.where.kind !== 'hold') return;
  const { at } = copy.where;
  const holder = byId(world, id);
  const mayLeave = holder === undefined || model.isOver(world.model, holder);
  const trial = structuredClone(world.model);
  const same = trial.copies.find(({ name }) => name === copy.name);
  const next = mayLeave && same ? model.inHand(trial, same, at, picksOf(world)) : undefined;
  const instead = mayLeave && same ? LIST_OF[same.where.kind as keyof typeof LIST_OF] : null;
  const answer = await world.scene.act(CLEARING[list], { requests: [id] });
  const [line] = answer.kind === 'shelved' ? answer.lines : [];
  world.story.push(`${list} R${id} with ${copy.name} at ${at}: ${line?.kind ?? answer.kind}`);
  if (instead === list) {
    expect(line).toMatchObject({ kind: 'done', instruction: { request: next?.id ?? null } });
    model.inHand(world.model, copy, at, picksOf(world));
  } else expect(line).toMatchObject({ kind: 'not-there', reason: mayLeave ? 'OTHER_LIST' : 'NOT_EXPIRED', instead });
}

/** REQ-03: those for the same thing change places among themselves. */
async function move(world: World, request: Asked | undefined, to: number): Promise<void> {
  if (!request) return;
  const { asked } = world.model;
  const isPeer = (one: Asked): boolean => one.title === request.title && one.volume === request.volume;
  const peers = asked.filter(isPeer);
  const answer = await world.scene.act(moveInQueue, { request: request.id, to }, world.manager);
  world.story.push(`R${request.id} moved to place ${to}: ${answer.kind}`);
  expect(answer.kind).toBe(to > peers.length ? 'invalid' : 'moved');
  if (to > peers.length) return;
  const order = peers.filter((one) => one !== request).toSpliced(to - 1, 0, request);
  world.model.asked = asked.map((one) => (isPeer(one) ? (order.shift() ?? one) : one));
}

/** Where a copy is, as the database has it. */
function whereIs({ process, at, transit, loan }: ItemView, patrons: World['patrons']): model.Where {
  const to = [...patrons].find(([, id]) => id === loan?.patronId)?.[0] ?? '?';
  if (process === 'LOAN') return { kind: 'loan', to };
  if (process === 'TRANSIT') return { kind: 'transit', to: transit?.to ?? '?' };
  if (process === 'MISSING') return { kind: 'missing' };
  if (process !== null && process !== 'HOLDSHELF') throw new Error(`unexpected process ${process}`);
  return { kind: process === null ? 'shelf' : 'hold', at };
}

/** REQ-03 TRA-01 the house is as the model says: who waits in which order, where every copy is, who has it. */
function agrees(world: World, after: Snapshot): void {
  const { patrons, itemIds, model: said } = world;
  const nameOf = (id: number | null): string | null => copyOfItem(world, id)?.name ?? null;
  const found = after.titles.map(({ queue }) =>
    queue.map(({ id, itemId, pickup: library, state, assignedItemId, heldUntil }) => ({
      id,
      volume: nameOf(itemId),
      pickup: library,
      state,
      copy: nameOf(assignedItemId),
      heldUntil,
    })),
  );
  const expected = model.TITLES.map((title) =>
    said.asked
      .filter((one) => one.title === title)
      .map(({ id, volume, pickup: library, state, copy, heldUntil }) => ({
        id,
        volume,
        pickup: library,
        state,
        copy,
        heldUntil,
      })),
  );
  expect(found, 'the queues').toEqual(expected);
  const places = after.items.map((one) => whereIs(one, patrons));
  expect(places, 'the copies').toEqual(said.copies.map(({ where }) => where));
  expect(after.items.map((one) => one.id)).toEqual(itemIds);
  for (const { queue } of after.titles)
    expect(queue.map(({ position }) => position)).toEqual(queue.map((_, index) => index + 1));
  for (const who of model.PATRONS)
    expect(said.asked.filter((one) => one.patron === who).length).toBeLessThanOrEqual(model.LIMIT);
}

/** REQ-07 what is planned is what the planner says when it is asked again: nothing has been forgotten. */
function isPlanned(world: World, { titles }: Snapshot): void {
  for (const { queue, copies } of titles) {
    const waiting = queue.filter(({ state }) => state === 'WAITING');
    const facts = { network: model.requestNetwork, today: world.model.today, copies };
    const plans = planQueue({ ...facts, requests: waiting.map(planFacts) });
    expect(
      waiting.map((one) => [one.id, one.task, one.askedLibrary, one.plannedItemId, one.recalledLoanId, one.skipped]),
      'the plan',
    ).toEqual(plans.map((one) => [one.request, one.task, one.library, one.copy, one.loan, one.skipped]));
  }
}

/** REQ-03 REQ-07 REQ-08 by the model's own rules: nothing stands still for somebody who waits, nobody is overtaken. */
function nobodyWaitsInVain(world: World, { titles }: Snapshot): void {
  for (const { queue, copies } of titles) {
    const recalls = queue.flatMap(({ recalledLoanId }) => recalledLoanId ?? []);
    const recalled = copies.flatMap(({ loan }) => (loan?.recalled ? [loan.id] : []));
    expect(
      recalls.toSorted((one, other) => one - other),
      'recalled loans',
    ).toEqual(recalled.toSorted((one, other) => one - other));
    for (const [index, request] of queue.entries()) {
      const asked = byId(world, request.id);
      if (request.state !== 'WAITING' || !asked) continue;
      const earlier = new Set(queue.slice(0, index).flatMap(({ plannedItemId }) => plannedItemId ?? []));
      const open = world.model.copies.filter(
        (one, at) => !earlier.has(world.itemIds[at] ?? 0) && model.canFill(one, asked),
      );
      const free = open.filter((one) => model.standsFree(world.model, one));
      const planned = copyOfItem(world, request.plannedItemId);
      const who = `R${request.id}, ${request.task}`;
      if (free.length > 0)
        expect(request.task, `${who}: ${free.map(({ name }) => name).join()} stands still`).toBe('pick');
      if (request.task === 'pick') expect(free, `${who}: ${planned?.name} cannot fill it`).toContain(planned);
      const others = open.filter(({ where, name }) =>
        where.kind === 'loan'
          ? where.to !== asked.patron
          : where.kind === 'transit' && !world.model.asked.some(({ copy }) => copy === name),
      );
      if (request.task !== 'pick' && others.length > 0)
        expect(others, `${who}: could have ${others.map(({ name }) => name).join()}`).toContain(planned);
      if (request.task !== 'recall') continue;
      expect(planned?.where.kind, `${who}: ${planned?.name} is to be on loan`).toBe('loan');
      // A loan that was recalled stays so, though a copy is on its way meanwhile; none is recalled anew.
      const before = queued(world, request.id);
      if (before?.recalledLoanId !== request.recalledLoanId)
        expect(
          others.filter(({ where }) => where.kind === 'transit'),
          `${who}: a copy is on its way`,
        ).toEqual([]);
    }
  }
}

const counted = { steps: 0 };

async function playAll(database: TestDatabase, steps: readonly Step[]): Promise<void> {
  const world = await newWorld(database);
  try {
    for (const [index, one] of steps.entries()) {
      world.scene.at(`${world.model.today}T1${String(Math.floor(index / 60))}:${String(index % 60).padStart(2, '0')}`);
      const told = world.story.length;
      await play(world, one);
      // There was nothing to which it could be done.
      if (world.story.length === told) continue;
      const after = await snapshot(world);
      agrees(world, after);
      isPlanned(world, after);
      nobodyWaitsInVain(world, after);
      expect(await database.house.check()).toEqual([]);
      world.before = after;
      counted.steps += 1;
    }
  } catch (error) {
    const story = world.story.map((line, index) => `${index + 1}. ${line}`).join('\n');
    throw new Error(`${story}\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

const STEPS = { SQLite: Number(process.env['GUICHET_MODEL_STEPS'] ?? 10_000), PostgreSQL: 600 } as const;
const LONGEST = 120;

describe.each(databases)('requests against a model on $name', ({ name, create }) => {
  it('REQ-03 REQ-07 REQ-08 REQ-09 PICK-04 PICK-05 HOLD-03 HOLD-05 CAN-02 CAN-03 REL-01 whatever happens, in whatever order', async () => {
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
