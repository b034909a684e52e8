import { expect } from 'vitest';
import { addDays } from '../../source/circulation/time.ts';
import { changeItem } from '../../source/desk/catalogue-items.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { activateNext, reshelve, send } from '../../source/desk/requests-clear-shelf.ts';
import { markMissing, skipLibrary } from '../../source/desk/requests-missing.ts';
import { settleRequests } from '../../source/desk/requests-outdated.ts';
import { moveInQueue } from '../../source/desk/requests-queue.ts';
import { changeHoldExpiry } from '../../source/desk/requests-shelf.ts';
import { cancelWorkOrder, placeWorkOrder } from '../../source/desk/work-orders.ts';
import { commandLine } from './house.ts';
import { canFill, end, isOver, night, standsFree } from './request-model.ts';
import type { Asked, Copy } from './request-model.ts';
import { DEPARTMENT } from './request-network.ts';
import { deskAt, find, inHand, orderWork, withdraw } from './request-routes.ts';
import type { StepOf } from './request-steps.ts';
import { byId, copyOfItem, oneOf, picksOf, queuedWith } from './request-world.ts';
import type { World } from './request-world.ts';

/** A request whose library is asked to pick, and that library. */
export type Pick = readonly [request: number, library: string];

/** CAN-01 CAN-03 */
export async function cancel(world: World, request: Asked): Promise<void> {
  const answer = await world.scene.act(cancelRequest, { request: request.id });
  const next = answer.kind === 'cancelled' ? (answer.item?.next ?? 'no item') : answer.kind;
  world.story.push(`R${request.id} is cancelled: ${next}`);
  expect(answer.kind).toBe('cancelled');
  end(world.model, request);
}

/** PICK-05: never to the one that has just passed. */
export async function skip(world: World, [request, library]: Pick): Promise<void> {
  const answer = await world.scene.act(skipLibrary, { request });
  const to = answer.kind === 'skipped' ? answer.request.library : answer.kind;
  world.story.push(`${library} passes R${request} on: ${to}`);
  expect(['skipped', 'not-skipped']).toContain(answer.kind);
  expect(to).not.toBe(library);
}

/** PICK-04: the copies of that library that could have filled it, or the one that was meant. */
export async function missing(world: World, [id, library]: Pick, all: boolean): Promise<void> {
  const { model, scene } = world;
  const request = byId(world, id);
  const planned = copyOfItem(world, queuedWith(world, id)?.plannedItemId ?? null);
  if (!request || !planned) return;
  const there = model.copies.filter(
    (each) => standsFree(model, each) && each.where.at === library && canFill(model, each, request),
  );
  const gone = all ? there : [planned];
  const answer = await scene.act(markMissing, { request: id, items: gone.map(({ name }) => name) });
  world.story.push(`${gone.map(({ name }) => name).join()} not found for R${id}: ${answer.kind}`);
  expect(answer.kind).toBe('missing');
  for (const each of gone) Object.assign(each, { where: { kind: 'missing', at: library }, left: null });
  end(model, request);
}

/** Somebody finds that a copy is not in its place, or that it is there again. */
export async function mark(world: World, copy: Copy, isMissing: boolean): Promise<void> {
  const { where } = copy;
  const answer = await world.scene.act(changeItem, { barcode: copy.name, change: { missing: isMissing } });
  world.story.push(`${copy.name} ${isMissing ? 'is missing' : 'has been found'}: ${answer.kind}`);
  const inUse = isMissing && !['shelf', 'missing'].includes(where.kind);
  expect(answer.kind).toBe(inUse ? 'in-use' : 'changed');
  if (isMissing && where.kind === 'shelf') copy.where = { kind: 'missing', at: where.at };
  if (!isMissing && where.kind === 'missing') find(world.model, copy);
}

/** CAN-02: the rules allow a copy to be requested no more, or again. */
export async function exclude(world: World, copy: Copy): Promise<void> {
  const policy = copy.requestable ? 'P48NN' : null;
  const answer = await world.scene.act(changeItem, { barcode: copy.name, change: { policy } });
  world.story.push(`${copy.name} may ${copy.requestable ? 'not be requested any more' : 'be requested'}`);
  expect(answer.kind).toBe('changed');
  copy.requestable = !copy.requestable;
}

/** ITEM-01 */
export async function treatment(world: World, copy: Copy, library: string): Promise<void> {
  const request = { barcode: copy.name, department: `${library}/${DEPARTMENT}` };
  const answer = await world.scene.act(placeWorkOrder, request);
  world.story.push(`${copy.name} is to be treated at ${library}: ${answer.kind}`);
  expect(answer.kind).toBe(copy.order ? 'ordered-already' : 'placed');
  if (!copy.order) orderWork(world.model, copy, library);
}

/** ITEM-01 */
export async function withdrawTreatment(world: World, copy: Copy): Promise<void> {
  const answer = await world.scene.act(cancelWorkOrder, { barcode: copy.name });
  world.story.push(`${copy.name} is not to be treated: ${answer.kind}`);
  expect(answer.kind).toBe(copy.order ? 'cancelled' : 'no-work-order');
  if (copy.order) withdraw(world.model, copy);
}

/** HOLD-04: of what is held, nothing else. */
export async function changeExpiry(world: World, request: Asked, days: number): Promise<void> {
  const until = addDays(world.model.today, days);
  const answer = await world.scene.act(changeHoldExpiry, { request: request.id, until });
  world.story.push(`R${request.id} held until ${until}: ${answer.kind}`);
  expect(answer.kind).toBe(request.state === 'ON_SHELF' ? 'changed' : 'not-held');
  if (request.state === 'ON_SHELF') request.heldUntil = until;
}

/** CAN-02 */
export async function passNight(world: World): Promise<void> {
  const answer = await world.scene.act(settleRequests, {}, commandLine);
  world.story.push(`the night of ${world.model.today}`);
  expect(answer.kind).toBe('settled');
  night(world.model);
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
export async function clear(world: World, { chosen: index, list }: StepOf<'clear'>): Promise<void> {
  const { model } = world;
  const [id, copy] = oneOf(shelved(world), index) ?? [];
  if (id === undefined || copy === undefined || copy.where.kind !== 'hold') return;
  const { at } = copy.where;
  const holder = byId(world, id);
  const mayLeave = holder === undefined || isOver(model, holder);
  const trial = structuredClone(model);
  const same = trial.copies.find(({ name }) => name === copy.name);
  const next = mayLeave && same ? inHand(trial, same, deskAt(at), picksOf(world)) : undefined;
  const instead = mayLeave && same ? LIST_OF[same.where.kind as keyof typeof LIST_OF] : null;
  const answer = await world.scene.act(CLEARING[list], { requests: [id] });
  const [line] = answer.kind === 'shelved' ? answer.lines : [];
  world.story.push(`${list} R${id} with ${copy.name} at ${at}: ${line?.kind ?? answer.kind}`);
  if (instead === list) {
    expect(line).toMatchObject({ kind: 'done', instruction: { request: next?.id ?? null } });
    inHand(model, copy, deskAt(at), picksOf(world));
  } else expect(line).toMatchObject({ kind: 'not-there', reason: mayLeave ? 'OTHER_LIST' : 'NOT_EXPIRED', instead });
}

/** REQ-03: those for the same thing change places among themselves. */
export async function move(world: World, request: Asked, to: number): Promise<void> {
  const { asked } = world.model;
  const isPeer = (one: Asked): boolean => one.title === request.title && one.volume === request.volume;
  const peers = asked.filter(isPeer);
  const answer = await world.scene.act(moveInQueue, { request: request.id, to }, world.manager);
  world.story.push(`R${request.id} moved to place ${to}: ${answer.kind}`);
  expect(answer.kind).toBe(to > peers.length ? 'invalid' : 'moved');
  if (to > peers.length) return;
  const others = peers.filter((one) => one !== request).toSpliced(to - 1, 0, request);
  world.model.asked = asked.map((one) => (isPeer(one) ? (others.shift() ?? one) : one));
}
