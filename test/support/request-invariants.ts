import { expect } from 'vitest';
import { planQueue } from '../../source/circulation/filling.ts';
import { planFacts } from '../../source/desk/plan-queue.ts';
import type { ItemView } from '../../source/records/items.ts';
import type { QueuedRequest } from '../../source/records/requests.ts';
import { mayCome, canFill, standsFree } from './request-model.ts';
import type { Asked, Copy, Where } from './request-model.ts';
import { LIMIT, PATRONS, requestNetwork, TITLES } from './request-network.ts';
import { byId, copyOfItem, queuedWith } from './request-world.ts';
import type { Snapshot, World } from './request-world.ts';

const SHELVES = {
  HOLDSHELF: 'hold',
  MISSING: 'missing',
  ACQ: 'department',
  WORK_ORDER_DEPARTMENT: 'department',
} as const;

/** Where a copy is, as the database has it. */
function whereIs({ process, at, transit, loan }: ItemView, patrons: World['patrons']): Where {
  switch (process) {
    case 'LOAN':
    case 'LOST_LOAN': {
      const to = [...patrons].find(([, id]) => id === loan?.patronId)?.[0] ?? '?';
      return { kind: 'loan', at, to, lost: process === 'LOST_LOAN' };
    }
    case 'TRANSIT':
      return { kind: 'transit', at, to: transit?.to ?? '?', department: transit?.department != null };
    case null:
      return { kind: 'shelf', at };
    default:
      return { kind: SHELVES[process], at };
  }
}

const orderOf = ({ workOrder }: ItemView): Copy['order'] =>
  workOrder && { library: workOrder.library, received: workOrder.received };
const isAcquired = ({ process, transit }: ItemView): boolean => process === 'ACQ' || transit?.reason === 'acquisition';

/** REQ-03 TRA-01 the house is as the model says: who waits in which order, where every copy is, who has it. */
function agrees(world: World, after: Snapshot): void {
  const { patrons, itemIds, model } = world;
  const nameOf = (id: number | null): string | null => copyOfItem(world, id)?.name ?? null;
  const found = after.titles.map(({ queue }) =>
    queue.map(({ id, itemId, pickup, state, assignedItemId, heldUntil }) => {
      const [volume, copy] = [nameOf(itemId), nameOf(assignedItemId)];
      return { id, volume, pickup, state, copy, heldUntil };
    }),
  );
  const said = (one: Asked) => {
    const { id, volume, pickup, state, copy, heldUntil } = one;
    return { id, volume, pickup, state, copy, heldUntil };
  };
  expect(found, 'the queues').toEqual(
    TITLES.map((title) => model.asked.filter((one) => one.title === title).map((one) => said(one))),
  );
  const places = after.items.map((one) => ({
    name: one.barcode,
    where: whereIs(one, patrons),
    order: orderOf(one),
    acquired: isAcquired(one),
  }));
  expect(places, 'the copies').toEqual(
    model.copies.map(({ name, where, order, acquired }) => ({ name, where, order, acquired })),
  );
  expect(after.items.map((one) => one.id)).toEqual(itemIds);
  for (const { queue } of after.titles)
    expect(queue.map(({ position }) => position)).toEqual(queue.map((_, index) => index + 1));
  for (const who of PATRONS) expect(model.asked.filter((one) => one.patron === who).length).toBeLessThanOrEqual(LIMIT);
}

/** REQ-07 what is planned is what the planner says when it is asked again: nothing has been forgotten. */
function isPlanned(world: World, { titles }: Snapshot): void {
  for (const { queue, copies } of titles) {
    const waiting = queue.filter(({ state }) => state === 'WAITING');
    const facts = { network: requestNetwork, today: world.model.today, copies };
    const plans = planQueue({ ...facts, requests: waiting.map(planFacts) });
    expect(
      waiting.map((one) => [one.id, one.task, one.askedLibrary, one.plannedItemId, one.recalledLoanId, one.skipped]),
      'the plan',
    ).toEqual(plans.map((one) => [one.request, one.task, one.library, one.copy, one.loan, one.skipped]));
  }
}

const namesOf = (copies: readonly Copy[]): string => copies.map(({ name }) => name).join();

/** A request that waits has the best of what there is for it, by the model's own rules: a copy in place, else one that comes. */
function hasItsBest(world: World, request: QueuedRequest, asked: Asked, open: readonly Copy[]): void {
  const { model } = world;
  const planned = copyOfItem(world, request.plannedItemId);
  const who = `R${request.id}, ${request.task}`;
  const free = open.filter((one) => standsFree(model, one) && canFill(model, one, asked));
  if (free.length > 0) expect(request.task, `${who}: ${namesOf(free)} stands still`).toBe('pick');
  if (request.task === 'pick') {
    expect(free, `${who}: ${planned?.name} cannot fill it`).toContain(planned);
    return;
  }
  const coming = open.filter((one) => mayCome(model, one, asked));
  if (coming.length === 0) {
    expect([request.task, planned], `${who}: there is nothing to wait for`).toEqual(['wait', undefined]);
    return;
  }
  expect(coming, `${who}: could have ${namesOf(coming)}`).toContain(planned);
  const kind = planned?.where.kind;
  if (request.task !== 'recall') {
    // Treated, it may stand anywhere; else it is on its way.
    if (request.task === 'wait') expect(kind, `${who}: ${planned?.name}`).toBe('transit');
    else expect(planned?.order !== null || planned?.acquired, `${who}: ${planned?.name}`).toBe(true);
    return;
  }
  expect(kind, `${who}: ${planned?.name} is to be on loan`).toBe('loan');
  // A loan that was recalled stays so, though a copy is on its way meanwhile; none is recalled anew.
  if (queuedWith(world, request.id)?.recalledLoanId === request.recalledLoanId) return;
  const sooner = coming.filter(({ where }) => where.kind !== 'loan');
  expect(namesOf(sooner), `${who}: a copy comes anyway`).toBe('');
}

/** REQ-03 REQ-07 REQ-08 nothing stands still for somebody who waits, nobody is overtaken, no loan is recalled for nobody. */
function nobodyWaitsInVain(world: World, { titles }: Snapshot): void {
  for (const { queue, copies } of titles) {
    const byNumber = (ids: readonly number[]): number[] => ids.toSorted((one, other) => one - other);
    expect(byNumber(queue.flatMap(({ recalledLoanId }) => recalledLoanId ?? [])), 'recalled loans').toEqual(
      byNumber(copies.flatMap(({ loan }) => (loan?.recalled ? [loan.id] : []))),
    );
    const taken = new Set<number>();
    for (const request of queue) {
      const asked = byId(world, request.id);
      const open = world.model.copies.filter((_, at) => !taken.has(world.itemIds[at] ?? 0));
      if (request.state === 'WAITING' && asked) hasItsBest(world, request, asked, open);
      if (request.plannedItemId !== null) taken.add(request.plannedItemId);
    }
  }
}

/** Everything that must hold after a step, whatever it was; throws what does not. */
export async function checkWorld(world: World, after: Snapshot): Promise<void> {
  agrees(world, after);
  isPlanned(world, after);
  nobodyWaitsInVain(world, after);
  expect(await world.database.house.check()).toEqual([]);
}
