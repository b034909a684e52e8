import { expect } from 'vitest';
import { addDays } from '../../source/circulation/time.ts';
import { deleteLoan } from '../../source/desk/delete-loan.ts';
import { renew } from '../../source/desk/renew.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { declareLost } from '../../source/desk/setting-the-scene.ts';
import { commandLine, seatAt } from './house.ts';
import { holderOf, lendTo, refusals } from './request-model.ts';
import type { Copy } from './request-model.ts';
import { DEPARTMENT, PATRONS, TARGETS } from './request-network.ts';
import { deskAt, inHand, turn } from './request-routes.ts';
import type { StepOf } from './request-steps.ts';
import { copyOfItem, libraryAt, oneOf, picksOf, queued } from './request-world.ts';
import type { World } from './request-world.ts';

/** REQ-04: placed, or refused for every reason that the model knows. */
export async function ask(world: World, one: StepOf<'ask'>): Promise<void> {
  const { scene, patrons, model, story } = world;
  const who = PATRONS[one.patron] ?? 'P1';
  const item = TARGETS[one.target] ?? 'A1';
  const copy = model.copies.find(({ name }) => name === item);
  if (!copy) throw new Error(`no copy ${item}`);
  const wish = { title: copy.title, volume: copy.volume ? item : null, pickup: libraryAt(one.pickup) };
  const until = one.until === null ? null : addDays(model.today, one.until);
  const answer = await scene.act(placeRequest, { patron: patrons.get(who) ?? 0, item, pickup: wish.pickup, until });
  const reasons = refusals(model, who, wish);
  const codes = answer.kind === 'refused' ? answer.reasons.map(({ code }) => code) : [];
  const placed = answer.kind === 'placed' ? answer.request : undefined;
  story.push(
    `${who} asks for ${wish.volume ?? wish.title} at ${wish.pickup}, until ${until ?? 'ever'}: ${placed ? `R${placed.id}, ${placed.task}` : codes.join()}`,
  );
  expect({ kind: answer.kind, codes }).toEqual({ kind: reasons.length > 0 ? 'refused' : 'placed', codes: reasons });
  const fresh = { state: 'WAITING', copy: null, heldUntil: null } as const;
  if (placed) model.asked.push({ ...wish, id: placed.id, patron: who, until, ...fresh });
}

/** SCAN-01 SCAN-04: a copy is scanned at a desk; where a request has to be chosen, one is. */
export async function scan(world: World, copy: Copy, at: string, which: number): Promise<void> {
  const { scene, model, story } = world;
  const seat = seatAt(scene.bib, `${at}/PRET`);
  const answer = await scene.act(scanIn, { barcode: copy.name }, seat);
  if (copy.where.kind === 'loan') {
    story.push(`${copy.name} scanned at ${at}: ${answer.kind}`);
    expect(answer.kind).toBe('on-loan');
    return;
  }
  const picks = picksOf(world);
  const { choice } = turn(model, copy, deskAt(at), picks);
  if (choice.length === 0) {
    story.push(`${copy.name} scanned at ${at}: ${answer.kind === 'scanned' ? answer.next : answer.kind}`);
    const next = inHand(model, copy, deskAt(at), picks);
    expect(answer).toMatchObject({ kind: 'scanned', request: next?.id ?? null });
    return;
  }
  expect(answer).toMatchObject({ kind: 'choose-request', requests: choice.map(({ id }) => ({ id })) });
  const request = oneOf(choice, which);
  const again = await scene.act(scanIn, { barcode: copy.name, request: request?.id ?? 0 }, seat);
  story.push(
    `${copy.name} scanned at ${at} for R${request?.id} of ${choice.map(({ id }) => `R${id}`).join()}: ${again.kind}`,
  );
  expect(again).toMatchObject({ kind: 'scanned', request: request?.id ?? 0 });
  inHand(model, copy, deskAt(at), picks, request);
}

/** ITEM-01 REQ-07: a copy is scanned at a department, which receives it or has done; an awaited reception is both. */
export async function treat(world: World, copy: Copy, at: string, treated: boolean): Promise<void> {
  const { scene, model, story } = world;
  const seat = seatAt(scene.bib, `${at}/${DEPARTMENT}`, 'department');
  const answer = await scene.act(scanIn, { barcode: copy.name, treated }, seat);
  story.push(
    `${copy.name} scanned at the department of ${at}${treated ? ', done' : ''}: ${answer.kind === 'scanned' ? answer.next : answer.kind}`,
  );
  if (copy.where.kind === 'loan') {
    expect(answer.kind).toBe('on-loan');
    return;
  }
  const isAwaited = queued(world).some(
    (one) => one.task === 'reception' && copyOfItem(world, one.plannedItemId) === copy,
  );
  const done = treated || (isAwaited && copy.acquired && copy.order === null);
  const next = inHand(model, copy, { kind: 'department', at, treated: done }, picksOf(world));
  expect(answer).toMatchObject({ kind: 'scanned', request: next?.id ?? null });
}

/** RET-03 RET-06 */
export async function giveBack(world: World, copy: Copy, at: string): Promise<void> {
  const answer = await world.scene.giveBack(copy.name, {}, seatAt(world.scene.bib, `${at}/PRET`));
  world.story.push(`${copy.name} returned at ${at}: ${'next' in answer ? answer.next : answer.kind}`);
  const kind = copy.where.kind === 'loan' ? 'returned' : 'not-on-loan';
  const next = inHand(world.model, copy, deskAt(at), picksOf(world));
  expect(answer).toMatchObject({ kind, request: next?.id ?? null });
}

/** LOAN-09: it goes where a return would send it. */
export async function unlend(world: World, copy: Copy, at: string): Promise<void> {
  const answer = await world.scene.act(
    deleteLoan,
    { barcode: copy.name },
    seatAt({ ...world.manager, place: null }, `${at}/PRET`),
  );
  world.story.push(`the loan of ${copy.name} deleted at ${at}: ${answer.kind}`);
  if (copy.where.kind !== 'loan') {
    expect(answer.kind).toBe('not-on-loan');
    return;
  }
  const next = inHand(world.model, copy, deskAt(at), picksOf(world));
  expect(answer).toMatchObject({ kind: 'deleted', request: next?.id ?? null });
}

/** BLK-08 BLK-09: blocked where it must be; lent in spite of it when told so. */
export async function lend(world: World, copy: Copy, at: string, { patron, force }: StepOf<'lend'>): Promise<void> {
  const { patrons, scene, model } = world;
  const holder = holderOf(model, copy);
  const who = PATRONS[patron] ?? holder?.patron ?? 'P1';
  const override = force ? { override: { codes: 'all' } as const } : {};
  const answer = await scene.lend(patrons.get(who) ?? 0, copy.name, override, seatAt(world.manager, `${at}/PRET`));
  world.story.push(`${copy.name} lent to ${who} at ${at}${force ? ' in spite of all' : ''}: ${answer.kind}`);
  const { where } = copy;
  const heldForOther = holder?.state === 'ON_SHELF' && holder.patron !== who;
  const blocked = heldForOther || !['shelf', 'hold'].includes(where.kind);
  if (blocked && !force) expect(answer.kind).toBe('blocked');
  else if (where.kind === 'loan' && where.to === who) {
    expect(['renewed', 'not-renewed']).toContain(answer.kind);
    if (answer.kind === 'renewed') copy.where = { ...where, lost: false };
  } else {
    expect(answer.kind).toBe('lent');
    lendTo(model, copy, at, who);
  }
}

/** REN-06: a recalled loan cannot be renewed; a lost one that is renewed is found. */
export async function renewLoan(world: World, copy: Copy): Promise<void> {
  const recalled = world.before.titles.some(({ copies }) =>
    copies.some((each) => each.barcode === copy.name && each.loan?.recalled),
  );
  const answer = await world.scene.act(renew, { barcodes: [copy.name] });
  const line = answer.kind === 'renewals' ? answer.lines[0] : undefined;
  world.story.push(`${copy.name} renewed: ${line?.kind}`);
  if (recalled)
    expect(line).toMatchObject({ kind: 'not-renewed', refusals: expect.arrayContaining(['RECALLED']) as unknown });
  if (line?.kind === 'renewed' && copy.where.kind === 'loan') copy.where = { ...copy.where, lost: false };
}

/** Its borrower has lost it. */
export async function loseLoan(world: World, copy: Copy): Promise<void> {
  const answer = await world.scene.act(declareLost, { barcode: copy.name }, commandLine);
  world.story.push(`the borrower of ${copy.name} has lost it: ${answer.kind}`);
  expect(answer.kind).toBe(copy.where.kind === 'loan' ? 'lost' : 'not-on-loan');
  if (copy.where.kind === 'loan') copy.where = { ...copy.where, lost: true };
}
