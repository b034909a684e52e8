import { expect } from 'vitest';
import { changeItem } from '../../source/desk/catalogue-items.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { markMissing } from '../../source/desk/requests-missing.ts';
import { pickList } from '../../source/desk/requests-pick.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { showRequest } from '../../source/desk/requests-queue.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { showItem } from '../../source/desk/show.ts';
import { cancelWorkOrder, placeWorkOrder } from '../../source/desk/work-orders.ts';
import { onBothDatabases } from '../support/desk.ts';
import { seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const WANTED = { title: 'Wanted', location: 'sci/63S' };
const ACQUIRED = { ...WANTED, process: 'ACQ', department: 'ACQ' } as const;

async function placed(scene: Scene, patron: string, item: string, pickup = 'sci'): Promise<number> {
  const answer = await scene.act(placeRequest, { patron, item, pickup });
  if (answer.kind !== 'placed') throw new Error(`not placed: ${JSON.stringify(answer)}`);
  return answer.request.id;
}
const requestIn = async (scene: Scene, request: number) => {
  const answer = await scene.act(showRequest, { request });
  return answer.kind === 'request' ? answer.request : answer.kind;
};
const atDepartment = async (scene: Scene, barcode: string, treated = false, library = 'sci') =>
  scene.act(scanIn, { barcode, treated }, seatAt(scene.bib, `${library}/ACQ`, 'department'));
const picksOf = async (scene: Scene, library: string) => {
  const answer = await scene.act(pickList, { library, window: { offset: 0, limit: 9 } });
  return answer.kind === 'picks' ? answer.lines.map((one) => one.item) : answer.kind;
};

onBothDatabases('requests and what departments do', (it) => {
  it('REQ-09 the end of a treatment at the pickup library takes a request over from the library that was asked', async ({
    scene,
  }) => {
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...WANTED }, { barcode: 'B2', ...WANTED, location: 'med/SALLE' });
    await scene.act(placeWorkOrder, { barcode: 'B1' });
    const id = await placed(scene, 'P1', 'B1');
    expect(await picksOf(scene, 'med')).toEqual(['B2']);
    expect(await atDepartment(scene, 'B1', true)).toMatchObject({
      next: 'transit',
      destination: 'sci',
      requester: 'Name P1 Ana',
      request: id,
    });
    expect(await picksOf(scene, 'med')).toEqual([]);
    expect(await requestIn(scene, id)).toMatchObject({ state: 'transit', task: 'transit', item: 'B1' });
    // Whoever comes now asks for the other copy.
    const next = await placed(scene, 'P2', 'B1');
    expect(await requestIn(scene, next)).toMatchObject({ task: 'pick', item: 'B2' });
    expect(await scene.act(scanIn, { barcode: 'B1' })).toMatchObject({ next: 'hold-shelf', request: id });
  });

  it('CAN-03 cancelled between the department and the desk: back to its shelf', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', ...WANTED });
    await scene.act(placeWorkOrder, { barcode: 'B1' });
    const id = await placed(scene, 'P1', 'B1');
    await atDepartment(scene, 'B1', true);
    expect(await scene.act(cancelRequest, { request: id })).toMatchObject({ item: { next: 'on-its-way' } });
    expect(await scene.act(scanIn, { barcode: 'B1' })).toMatchObject({ next: 'reshelve', arrived: true });
  });

  it('REQ-07 the reception of what is being acquired fills the request that waits for it', async ({ scene }) => {
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...ACQUIRED }, { barcode: 'B2', ...ACQUIRED, title: 'Other' });
    const id = await placed(scene, 'P1', 'B1');
    expect(await requestIn(scene, id)).toMatchObject({ task: 'reception', library: 'sci', item: 'B1' });
    expect(await atDepartment(scene, 'B1')).toMatchObject({ next: 'transit', request: id, treated: true });
    expect(await scene.act(scanIn, { barcode: 'B1' })).toMatchObject({ next: 'hold-shelf', request: id });
    // Nobody waits for the other: it stays until the department has done with it.
    expect(await atDepartment(scene, 'B2')).toMatchObject({ next: 'department', received: true, treated: false });
  });

  it('REQ-07 ITEM-01 what is to be treated as well is treated before anybody has it', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', ...ACQUIRED });
    await scene.act(placeWorkOrder, { barcode: 'B1' });
    const id = await placed(scene, 'P1', 'B1');
    expect(await atDepartment(scene, 'B1')).toMatchObject({ next: 'department', received: true, request: null });
    expect(await atDepartment(scene, 'B1', true)).toMatchObject({ next: 'transit', request: id });
  });

  it('ITEM-01 RET-06 what one library acquires is brought to the department of another that is to treat it', async ({
    scene,
  }) => {
    await scene.items({ barcode: 'B1', ...ACQUIRED });
    await scene.act(placeWorkOrder, { barcode: 'B1', department: 'med/ACQ' });
    const answer = await scene.act(scanIn, { barcode: 'B1' }, seatAt(scene.bib, 'med/PRET'));
    expect(answer).toMatchObject({ next: 'department', destination: 'ACQ', received: false });
    expect(await scene.act(showItem, { barcode: 'B1' })).toMatchObject({
      item: { process: 'TRANSIT', at: 'med', transit: { to: 'med', department: 'ACQ', reason: 'treatment' } },
    });
  });

  it('ITEM-01 a treatment that is withdrawn lets the next requester have the item', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', ...WANTED });
    await scene.act(placeWorkOrder, { barcode: 'B1' });
    const id = await placed(scene, 'P1', 'B1');
    expect(await scene.act(cancelWorkOrder, { barcode: 'B1' })).toMatchObject({
      instruction: { next: 'transit', destination: 'sci', request: id },
    });
    expect(await requestIn(scene, id)).toMatchObject({ state: 'transit', item: 'B1' });
  });

  it('ITEM-01 REL-01 a missing item that is to be treated goes to its department once it is found', async ({
    scene,
  }) => {
    await scene.items({ barcode: 'B1', ...WANTED });
    await scene.act(changeItem, { barcode: 'B1', change: { missing: true } });
    await scene.act(placeWorkOrder, { barcode: 'B1' });
    expect(await scene.act(changeItem, { barcode: 'B1', change: { missing: false } })).toMatchObject({
      kind: 'changed',
      item: { process: 'TRANSIT', transit: { to: 'sci', department: 'ACQ', reason: 'treatment' } },
    });
  });

  it('PICK-04 what was missed on another library’s hold shelf is found in its own place', async ({ scene }) => {
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...WANTED });
    const held = await placed(scene, 'P1', 'B1', 'med');
    await scene.act(scanIn, { barcode: 'B1' });
    await scene.act(scanIn, { barcode: 'B1' }, seatAt(scene.bib, 'med/PRET'));
    await scene.act(cancelRequest, { request: held });
    const next = await placed(scene, 'P2', 'B1', 'med');
    expect(await requestIn(scene, next)).toMatchObject({ task: 'pick', library: 'med' });
    expect(await scene.act(markMissing, { request: next })).toMatchObject({ kind: 'missing' });
    await scene.act(changeItem, { barcode: 'B1', change: { missing: false } });
    expect(await scene.act(showItem, { barcode: 'B1' })).toMatchObject({ item: { process: null, at: 'sci' } });
  });

  it('REQ-07 REL-01 whoever waits for what is left on a shelf and is to be treated waits for its treatment', async ({
    scene,
  }) => {
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...WANTED });
    const held = await placed(scene, 'P1', 'B1');
    await scene.act(scanIn, { barcode: 'B1' });
    await scene.act(placeWorkOrder, { barcode: 'B1' });
    await scene.act(cancelRequest, { request: held });
    const next = await placed(scene, 'P2', 'B1');
    expect(await requestIn(scene, next)).toMatchObject({ task: 'reception', item: 'B1' });
    expect(await scene.house.check()).toEqual([]);
    expect(await scene.act(scanIn, { barcode: 'B1' })).toMatchObject({ next: 'department', destination: 'ACQ' });
  });
});
