import { expect } from 'vitest';
import { shelf } from '../../source/desk/requests-shelf.ts';
import { showLoan } from '../../source/desk/show.ts';
import { blockCodes, onBothDatabases } from '../support/desk.ts';
import type { Requests } from '../support/desk.ts';
import { seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

/** A copy on the hold shelf of `sci` for P2, and P1 who would like it; answers with the request. */
async function heldForP2(scene: Scene, requests: Requests): Promise<number> {
  await scene.patron({ id: 'P1' });
  const requester = await scene.patron({ id: 'P2', lastName: 'Dupont', firstName: 'Luc' });
  await scene.items({ barcode: 'B1', title: 'Algèbre' });
  const request = await requests.place({ patron: requester, barcode: 'B1' });
  expect(await scene.giveBack('B1')).toMatchObject({
    next: 'hold-shelf',
    requester: 'Dupont Luc',
    heldUntil: '2026-06-10',
  });
  return request;
}

onBothDatabases('an item on the hold shelf', (it) => {
  it('BLK-01 HELD_FOR_OTHER says for whom, where and until when', async ({ scene, requests }) => {
    await heldForP2(scene, requests);
    expect(await scene.lend('P1', 'B1')).toMatchObject({
      kind: 'blocked',
      blocks: [{ code: 'HELD_FOR_OTHER', facts: [{ patron: 'Dupont Luc', until: '2026-06-10', library: 'sci' }] }],
    });
  });

  it('BLK-08 overridden: the loan is made and the request goes back to its place in the queue', async ({
    scene,
    requests,
  }) => {
    const request = await heldForP2(scene, requests);
    const later = await scene.patron({ id: 'P3' });
    scene.at('2026-06-02T10:00');
    const second = await requests.place({ patron: later, barcode: 'B1' });
    const answer = await scene.lend('P1', 'B1', { override: { codes: ['HELD_FOR_OTHER'] } });
    expect(answer).toMatchObject({ kind: 'lent', overridden: ['HELD_FOR_OTHER'] });
    expect(await requests.state(request)).toEqual({ state: 'WAITING', assigned: null });
    scene.at('2026-06-05T10:00');
    expect(await scene.giveBack('B1')).toMatchObject({
      next: 'hold-shelf',
      requester: 'Dupont Luc',
      heldUntil: '2026-06-15',
    });
    expect(await requests.state(request)).toMatchObject({ state: 'ON_SHELF' });
    expect(await requests.state(second)).toMatchObject({ state: 'WAITING' });
  });

  it('BLK-08 the new loan is recalled, as nothing else can fill the request …', async ({ scene, requests }) => {
    await heldForP2(scene, requests);
    const answer = await scene.lend('P1', 'B1', { override: { codes: 'all' } });
    expect(answer).toMatchObject({ kind: 'lent', status: 'Recalled' });
    expect(await scene.act(showLoan, { barcode: 'B1' })).toMatchObject({ loan: { status: 'Recalled' } });
  });

  it('BLK-08 … and is not where another copy stands in its place', async ({ scene, requests }) => {
    await heldForP2(scene, requests);
    await scene.items({ barcode: 'B2', title: 'Algèbre' });
    const answer = await scene.lend('P1', 'B1', { override: { codes: 'all' } });
    expect(answer).toMatchObject({ kind: 'lent', status: 'Normal' });
    expect(await scene.act(showLoan, { barcode: 'B1' })).toMatchObject({ loan: { status: 'Normal' } });
  });

  it('BLK-09 the requester’s own item is lent without a question, and the loan fills the request', async ({
    scene,
    requests,
  }) => {
    const request = await heldForP2(scene, requests);
    expect(await scene.lend('P2', 'B1')).toMatchObject({ kind: 'lent', overridden: [] });
    expect(await requests.state(request)).toEqual({ state: 'FILLED', assigned: null });
    expect(await scene.giveBack('B1')).toMatchObject({ kind: 'returned', next: 'reshelve' });
  });

  it('BLK-09 HOLD-02 also when the hold has expired but the item still stands there', async ({ scene, requests }) => {
    await heldForP2(scene, requests);
    scene.at('2026-06-20T10:00');
    expect(await scene.lend('P2', 'B1')).toMatchObject({ kind: 'lent' });
  });

  it('HOLD-05 another copy of the title fills the request too; the one that was held waits on the expired shelf', async ({
    scene,
    requests,
    database,
  }) => {
    const request = await heldForP2(scene, requests);
    await scene.items({ barcode: 'B2', title: 'Algèbre' });
    expect(await scene.lend('P2', 'B2')).toMatchObject({ kind: 'lent' });
    expect(await requests.state(request)).toMatchObject({ state: 'FILLED' });
    // Nobody has taken it from its shelf yet: it is not in its place.
    expect(await database.sql("select process from items where barcode = 'B1'")).toEqual([{ process: 'HOLDSHELF' }]);
    const window = { offset: 0, limit: 9 };
    expect(await scene.act(shelf, { list: 'reshelve', window })).toMatchObject({ lines: [{ request, item: 'B1' }] });
    expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'lent' });
    expect(await scene.act(shelf, { list: 'expired', window })).toMatchObject({ lines: [] });
  });

  it('REQ-01 a request of one volume is filled by that volume only', async ({ scene, requests }) => {
    const requester = await scene.patron({ id: 'P2' });
    await scene.items(
      { barcode: 'V1', title: 'Œuvres', description: 'T. 1' },
      { barcode: 'V2', title: 'Œuvres', description: 'T. 2' },
    );
    const request = await requests.place({ patron: requester, barcode: 'V2', ofItem: true });
    expect(await scene.lend('P2', 'V1')).toMatchObject({ kind: 'lent' });
    expect(await requests.state(request)).toMatchObject({ state: 'WAITING' });
    expect(await scene.giveBack('V1')).toMatchObject({ next: 'reshelve' });
    expect(await scene.giveBack('V2')).toMatchObject({ next: 'hold-shelf' });
    expect(await scene.lend('P2', 'V2')).toMatchObject({ kind: 'lent' });
    expect(await requests.state(request)).toMatchObject({ state: 'FILLED' });
  });
});

onBothDatabases('an item on its way to its requester', (it) => {
  it('RET-03 returned elsewhere it travels to the pickup library, and is put on the shelf on arrival', async ({
    scene,
    requests,
  }) => {
    const requester = await scene.patron({ id: 'P2', lastName: 'Dupont', firstName: 'Luc' });
    await scene.items({ barcode: 'B1' });
    const request = await requests.place({ patron: requester, barcode: 'B1', pickup: 'med' });
    expect(await scene.giveBack('B1')).toMatchObject({
      next: 'transit',
      destination: 'med',
      requester: 'Dupont Luc',
      heldUntil: null,
    });
    expect(await requests.state(request)).toMatchObject({ state: 'TRANSIT' });
    const arrival = await scene.giveBack('B1', {}, seatAt(scene.bib, 'med/PRET'));
    expect(arrival).toMatchObject({
      kind: 'not-on-loan',
      next: 'hold-shelf',
      requester: 'Dupont Luc',
      heldUntil: '2026-06-09',
    });
    expect(await requests.state(request)).toMatchObject({ state: 'ON_SHELF' });
  });

  it('SCAN-05 scanned on its way at a third library, it goes on', async ({ scene, requests, database }) => {
    const requester = await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' });
    await requests.place({ patron: requester, barcode: 'B1', pickup: 'med' });
    await scene.giveBack('B1');
    expect(await scene.giveBack('B1', {}, seatAt(scene.bib, 'buc/PRET'))).toMatchObject({
      next: 'transit',
      destination: 'med',
    });
    expect(await database.sql('select to_library from transits where ended_at is null')).toEqual([
      { to_library: 'med' },
    ]);
  });

  it('BLK-01 BLK-08 lent to somebody else on the way: the journey ends, the request waits again', async ({
    scene,
    requests,
    database,
  }) => {
    await scene.patron({ id: 'P1' });
    const requester = await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' });
    const request = await requests.place({ patron: requester, barcode: 'B1', pickup: 'med' });
    await scene.giveBack('B1');
    expect(blockCodes(await scene.lend('P1', 'B1'))).toEqual(['ITEM_IN_TRANSIT']);
    expect(await scene.lend('P1', 'B1', { override: { codes: 'all' } })).toMatchObject({ kind: 'lent' });
    expect(await requests.state(request)).toEqual({ state: 'WAITING', assigned: null });
    expect(await database.sql('select id from transits where ended_at is null')).toEqual([]);
  });

  it('HOLD-01 scanned in again it is not held any longer', async ({ scene, requests }) => {
    await heldForP2(scene, requests);
    scene.at('2026-06-03T10:00');
    expect(await scene.giveBack('B1')).toMatchObject({ next: 'hold-shelf', heldUntil: '2026-06-10' });
  });
});
