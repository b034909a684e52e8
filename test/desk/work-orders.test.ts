import { expect } from 'vitest';
import { scanIn } from '../../source/desk/scan-in.ts';
import type { ScanInRequest } from '../../source/desk/scan-in.ts';
import { showItem } from '../../source/desk/show.ts';
import { cancelWorkOrder, listWorkOrders, placeWorkOrder } from '../../source/desk/work-orders.ts';
import { onBothDatabases } from '../support/desk.ts';
import { commandLine, local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { smallNetwork, withLibrary } from '../support/network.ts';
import { addItems } from '../../source/desk/add-items.ts';

/** The network in which sci has a binder's shop besides its acquisitions. */
const network = withLibrary('sci', {
  departments: [
    { code: 'ACQ', name: 'Acquisitions' },
    { code: 'REL', name: 'Reliure' },
  ],
});

const B1 = { barcode: 'B1' };
const window = { offset: 0, limit: 10 };
const atDesk = async (scene: Scene, place: string, more: Partial<ScanInRequest> = {}) =>
  scene.act(scanIn, { ...B1, ...more }, seatAt(scene.bib, place));
const atDepartment = async (scene: Scene, place: string, more: Partial<ScanInRequest> = {}) =>
  scene.act(scanIn, { ...B1, ...more }, seatAt(scene.bib, place, 'department'));
const kindsOf = async (scene: Scene, state: 'received' | 'expected' | 'all', library?: string) => {
  const found = await scene.act(listWorkOrders, { state, window, ...(library === undefined ? {} : { library }) });
  return found.kind === 'work-orders' ? found.orders.map((one) => one.barcode) : found.kind;
};

onBothDatabases('internal treatment', (it) => {
  it('ITEM-01 ordered while on loan: it takes effect on return, is received, done, and back in place', async ({
    scene,
    database,
  }) => {
    await scene.load(network);
    await scene.patron({ id: 'P1' });
    await scene.items(B1);
    await scene.lend('P1', 'B1');
    const order = { library: 'sci', department: 'REL', type: 'TREATMENT', note: 'recoller le dos' };
    const placed = await scene.act(placeWorkOrder, { ...B1, department: 'REL', note: ' recoller le dos ' });
    expect(placed).toMatchObject({ kind: 'placed', when: 'on-return', instruction: null, order });
    expect(await database.sql('select process from items')).toEqual([{ process: 'LOAN' }]);

    scene.at('2026-06-02T10:00');
    expect(await scene.giveBack('B1')).toMatchObject({
      kind: 'returned',
      next: 'department',
      destination: 'REL',
      department: 'REL',
      received: false,
      workOrder: order,
    });
    expect(await scene.act(showItem, B1)).toMatchObject({
      item: {
        process: 'TRANSIT',
        at: 'sci',
        transit: { from: 'sci', to: 'sci', department: 'REL', reason: 'treatment' },
        workOrder: { ...order, received: false },
      },
    });
    expect([await kindsOf(scene, 'received'), await kindsOf(scene, 'expected')]).toEqual([[], ['B1']]);

    scene.at('2026-06-03T10:00');
    expect(await atDepartment(scene, 'sci/REL')).toMatchObject({
      instruction: 'department',
      destination: 'REL',
      received: true,
      arrived: true,
      treated: false,
      was: 'TRANSIT',
      workOrder: { ...order, received: true },
    });
    expect(await scene.act(showItem, B1)).toMatchObject({
      item: { process: 'WORK_ORDER_DEPARTMENT', department: 'REL', transit: null },
    });
    expect(await scene.act(listWorkOrders, { window })).toMatchObject({
      total: 1,
      orders: [
        {
          barcode: 'B1',
          title: 'Title B1',
          process: 'WORK_ORDER_DEPARTMENT',
          ...order,
          orderedAt: local('2026-06-01T10:00'),
          orderedBy: 'bib',
          receivedAt: local('2026-06-03T10:00'),
        },
      ],
    });

    scene.at('2026-06-04T10:00');
    expect(await atDepartment(scene, 'sci/REL', { treated: true })).toMatchObject({
      instruction: 'transit',
      destination: 'sci',
      department: null,
      treated: true,
      workOrder: null,
    });
    expect(await kindsOf(scene, 'all')).toEqual([]);
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({ instruction: 'reshelve', arrived: true, was: 'TRANSIT' });
    expect(await scene.act(showItem, B1)).toMatchObject({ item: { process: null, department: null, workOrder: null } });
    const kinds = await database.sql<{ kind: string }>(
      "select kind from events where kind like 'work-order%' order by id",
    );
    expect(kinds.map((one) => one.kind)).toEqual(['work-order-placed', 'work-order-received', 'work-order-closed']);
    const [closed] = await database.sql(
      'select done, received_at is null as lost from work_orders where closed_at is not null',
    );
    expect(Object.values(closed ?? {}).map(Boolean)).toEqual([true, false]);
  });

  it('ITEM-01 RET-06 ordered for an item in place, also at its return: it goes to the department at once', async ({
    scene,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(B1);
    await scene.lend('P1', 'B1');
    await scene.giveBack('B1');
    expect(await scene.act(placeWorkOrder, B1)).toMatchObject({
      when: 'now',
      order: { library: 'sci', department: 'ACQ', type: 'TREATMENT', note: null },
      instruction: { next: 'department', destination: 'ACQ', received: false },
    });
    expect(await scene.act(showItem, B1)).toMatchObject({ item: { process: 'TRANSIT', at: 'sci' } });
    // At the desk it is still to be brought there, on the same journey.
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({ instruction: 'department', arrived: false });
    expect(await atDepartment(scene, 'sci/ACQ')).toMatchObject({ instruction: 'department', received: true });
    // Scanned at the desk meanwhile, it belongs back there, and its treatment goes on.
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({ instruction: 'department', received: false });
    expect(await kindsOf(scene, 'received')).toEqual(['B1']);
  });

  it('ITEM-01 at a department of another library, from anywhere: there and back in transit', async ({ scene }) => {
    await scene.items({ ...B1, location: 'med/SALLE' });
    expect(await scene.act(placeWorkOrder, { ...B1, department: 'sci/ACQ' })).toMatchObject({
      when: 'now',
      order: { library: 'sci', department: 'ACQ' },
      instruction: { next: 'transit', destination: 'sci', department: 'ACQ' },
    });
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({
      instruction: 'department',
      destination: 'ACQ',
      arrived: false,
      stops: [{ library: 'sci', desk: 'sci/PRET' }],
    });
    expect(await atDepartment(scene, 'sci/ACQ')).toMatchObject({ received: true, arrived: true });
    expect(await atDepartment(scene, 'sci/ACQ', { treated: true })).toMatchObject({
      instruction: 'transit',
      destination: 'med',
      department: null,
    });
    expect(await atDesk(scene, 'med/PRET')).toMatchObject({ instruction: 'reshelve', arrived: true });
  });

  it('ITEM-01 what is held or on its way is treated afterwards', async ({ scene, requests }) => {
    const patron = await scene.patron({ id: 'P2' });
    await scene.items(B1, { barcode: 'B2', location: 'med/SALLE' });
    await requests.place({ patron, barcode: 'B1' });
    await scene.giveBack('B1');
    await scene.giveBack('B2');
    expect(await scene.act(placeWorkOrder, B1)).toMatchObject({ when: 'later', instruction: null });
    expect(await scene.act(placeWorkOrder, { barcode: 'B2' })).toMatchObject({ when: 'later', instruction: null });
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({
      instruction: 'hold-shelf',
      workOrder: { received: false },
    });
    expect(await scene.lend('P2', 'B1')).toMatchObject({ kind: 'lent' });
    expect(await scene.giveBack('B1')).toMatchObject({ next: 'department', destination: 'ACQ' });
    expect(await scene.act(scanIn, { barcode: 'B2' }, seatAt(scene.bib, 'med/PRET'))).toMatchObject({
      instruction: 'department',
      destination: 'ACQ',
      arrived: true,
    });
  });

  it('REQ-09 ITEM-01 who waits for an item has it when its treatment is done', async ({ scene, requests }) => {
    const [here, there] = [await scene.patron({ id: 'P2' }), await scene.patron({ id: 'P3' })];
    await scene.items(B1);
    await scene.act(placeWorkOrder, B1);
    const first = await requests.place({ patron: here, barcode: 'B1' });
    expect(await atDepartment(scene, 'sci/ACQ')).toMatchObject({ received: true, requester: null });
    expect(await requests.state(first)).toMatchObject({ state: 'WAITING' });
    expect(await atDepartment(scene, 'sci/ACQ', { treated: true })).toMatchObject({
      instruction: 'transit',
      destination: 'sci',
    });
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({ instruction: 'hold-shelf', requesterId: here });
    await scene.lend('P2', 'B1');
    await scene.act(placeWorkOrder, B1);
    await scene.giveBack('B1');
    const second = await requests.place({ patron: there, barcode: 'B1', pickup: 'med' });
    expect(await atDepartment(scene, 'sci/ACQ', { treated: true })).toMatchObject({
      instruction: 'transit',
      destination: 'med',
      requesterId: there,
      treated: true,
    });
    expect(await requests.state(second)).toMatchObject({ state: 'TRANSIT' });
  });

  it('ITEM-01 BLK-01 lent in the middle of its treatment it goes back there', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(B1);
    await scene.act(placeWorkOrder, B1);
    await atDepartment(scene, 'sci/ACQ');
    const override = { codes: ['ITEM_IN_PROCESS'] } as const;
    expect(await scene.lend('P1', 'B1', { override })).toMatchObject({ kind: 'lent' });
    expect([await kindsOf(scene, 'received'), await kindsOf(scene, 'expected')]).toEqual([[], ['B1']]);
    expect(await scene.giveBack('B1')).toMatchObject({ next: 'department', workOrder: { received: false } });
    expect(await atDepartment(scene, 'sci/ACQ')).toMatchObject({ received: true });
  });

  it('ITEM-01 found at another library in the middle of its treatment it travels back', async ({ scene }) => {
    await scene.items(B1);
    await scene.act(placeWorkOrder, B1);
    await atDepartment(scene, 'sci/ACQ');
    expect(await atDesk(scene, 'buc/PRET')).toMatchObject({
      instruction: 'transit',
      destination: 'sci',
      department: 'ACQ',
      workOrder: { received: false },
    });
    expect(await kindsOf(scene, 'received', 'sci')).toEqual([]);
    expect(await atDepartment(scene, 'sci/ACQ')).toMatchObject({ received: true, arrived: true });
  });

  it('ITEM-01 a department that is no more keeps nothing', async ({ scene }) => {
    await scene.load(network);
    await scene.items(B1);
    await scene.act(placeWorkOrder, { ...B1, department: 'REL' });
    await scene.load(smallNetwork);
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({
      instruction: 'reshelve',
      workOrder: { department: 'REL' },
    });
    expect(await scene.act(cancelWorkOrder, B1)).toMatchObject({ kind: 'cancelled', instruction: null });
  });

  it('ITEM-01 one order at a time; departments, libraries and types are those that there are', async ({
    scene,
    database,
  }) => {
    await scene.items(B1);
    const unknown = async (more: Readonly<Record<string, string>>, path: string) => {
      expect(await scene.act(placeWorkOrder, { ...B1, ...more })).toMatchObject({
        kind: 'invalid',
        path,
        problem: 'unknown-code',
      });
    };
    await unknown({ department: 'REL' }, 'department');
    await unknown({ department: 'nowhere/ACQ' }, 'library');
    await unknown({ library: 'nowhere' }, 'library');
    await unknown({ type: 'BURN' }, 'type');
    expect(await scene.act(placeWorkOrder, { barcode: 'NOPE' })).toMatchObject({ kind: 'unknown', what: 'ITEM' });
    expect(await scene.act(placeWorkOrder, { ...B1, library: 'buc', department: 'ACQ' })).toMatchObject({
      kind: 'placed',
    });
    expect(await scene.act(placeWorkOrder, B1)).toMatchObject({
      kind: 'ordered-already',
      item: { barcode: 'B1' },
      order: { library: 'buc', department: 'ACQ', received: false },
    });
    expect(await database.sql('select id from work_orders')).toHaveLength(1);
  });
});

onBothDatabases('a work order that is withdrawn', (it) => {
  it('ITEM-01 before the item came back: nothing happens to it', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(B1);
    await scene.lend('P1', 'B1');
    await scene.act(placeWorkOrder, { ...B1, note: 'recoller' });
    expect(await scene.act(cancelWorkOrder, B1)).toMatchObject({
      kind: 'cancelled',
      order: { note: 'recoller' },
      instruction: null,
    });
    expect(await scene.act(cancelWorkOrder, B1)).toMatchObject({ kind: 'no-work-order', item: { barcode: 'B1' } });
    expect(await scene.giveBack('B1')).toMatchObject({ next: 'reshelve', workOrder: null });
    expect(await scene.act(cancelWorkOrder, { barcode: 'NOPE' })).toMatchObject({ kind: 'unknown', what: 'ITEM' });
  });

  it('ITEM-01 TRA-01 on its way there, or there already: to the desk, which puts it in place', async ({
    scene,
    database,
  }) => {
    await scene.items(B1);
    await scene.act(placeWorkOrder, B1);
    const toTheDesk = { kind: 'cancelled', instruction: { next: 'transit', destination: 'sci', department: null } };
    expect(await scene.act(cancelWorkOrder, B1)).toMatchObject(toTheDesk);
    expect(await scene.act(showItem, B1)).toMatchObject({
      item: { process: 'TRANSIT', transit: { department: null, reason: 'home' } },
    });
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({ instruction: 'reshelve', arrived: true });
    expect(await database.sql('select id from transits')).toHaveLength(1);
    await scene.act(placeWorkOrder, B1);
    await atDepartment(scene, 'sci/ACQ');
    expect(await scene.act(cancelWorkOrder, B1)).toMatchObject(toTheDesk);
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({ instruction: 'reshelve', arrived: true });
    const done = await database.sql<{ done: unknown }>('select done from work_orders');
    expect(done.map((one) => Boolean(one.done))).toEqual([false, false]);
  });
});

onBothDatabases('a department', (it) => {
  it('RET-07 SCAN-01 receives what was made at the desk, and keeps it until it is catalogued', async ({
    scene,
    database,
  }) => {
    await scene.items(B1);
    await database.sql(`update items set quick_add = ${database.house.kind === 'sqlite' ? '1' : 'true'}`);
    expect(await scene.giveBack('B1')).toMatchObject({ next: 'department', destination: 'ACQ' });
    expect(await atDepartment(scene, 'sci/ACQ')).toMatchObject({
      instruction: 'department',
      received: true,
      arrived: true,
      workOrder: null,
    });
    expect(await scene.act(showItem, B1)).toMatchObject({
      item: { process: 'ACQ', department: 'ACQ', quickAdd: true },
    });
    expect(await atDepartment(scene, 'sci/ACQ')).toMatchObject({ instruction: 'department', received: true });
    expect(await atDepartment(scene, 'sci/ACQ', { treated: true })).toMatchObject({
      instruction: 'transit',
      destination: 'sci',
      treated: true,
    });
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({ instruction: 'reshelve', was: 'TRANSIT' });
    expect(await scene.giveBack('B1')).toMatchObject({ next: 'reshelve', quickAdd: null });
  });

  it('SCAN-01 ends an acquisition: the desk then puts the new item in place', async ({ scene }) => {
    await scene.items({ ...B1, process: 'ACQ', department: 'ACQ' });
    expect(await atDepartment(scene, 'sci/ACQ')).toMatchObject({ instruction: 'department', received: true });
    expect(await atDesk(scene, 'buc/PRET')).toMatchObject({
      instruction: 'transit',
      destination: 'sci',
      department: 'ACQ',
    });
    expect(await atDepartment(scene, 'sci/ACQ')).toMatchObject({
      instruction: 'department',
      received: true,
      arrived: true,
    });
    expect(await atDepartment(scene, 'sci/ACQ', { treated: true })).toMatchObject({
      instruction: 'transit',
      treated: true,
    });
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({ instruction: 'reshelve' });
  });

  it('SCAN-01 has nothing to do with an item: it sends it to the desk', async ({ scene, requests }) => {
    await scene.items(B1, { barcode: 'B2' });
    expect(await atDepartment(scene, 'sci/ACQ', { treated: true, inHouse: true })).toMatchObject({
      instruction: 'transit',
      destination: 'sci',
      treated: false,
    });
    const patron = await scene.patron({ id: 'P2' });
    const request = await requests.place({ patron, barcode: 'B2' });
    await scene.giveBack('B2');
    // Taken from the hold shelf by mistake: it goes back there, for the same patron.
    expect(await atDepartment(scene, 'sci/ACQ', { barcode: 'B2' })).toMatchObject({
      instruction: 'transit',
      destination: 'sci',
      requesterId: patron,
    });
    expect(await requests.state(request)).toMatchObject({ state: 'TRANSIT' });
    expect(await atDesk(scene, 'sci/PRET', { barcode: 'B2' })).toMatchObject({
      instruction: 'hold-shelf',
      heldUntil: '2026-06-10',
    });
  });

  it('SCAN-04 REQ-03 REQ-09 what a department sends to the desk is for the first in the queue: nobody is asked', async ({
    scene,
    requests,
  }) => {
    await scene.items(B1, { barcode: 'B2', title: 'Title B1' }, { barcode: 'B3', title: 'Title B1' });
    for (const id of ['P1', 'P2']) await requests.place({ patron: await scene.patron({ id }), barcode: 'B1' });
    const first = { requester: 'Name P1 Ana', request: 1 };
    expect(await atDepartment(scene, 'sci/ACQ')).toMatchObject({ instruction: 'transit', ...first });
    expect(await atDesk(scene, 'sci/PRET')).toMatchObject({ instruction: 'hold-shelf', ...first });
  });
});

onBothDatabases('the list of what is in treatment', (it) => {
  it('ITEM-01 by library and department, the longest there first, in windows', async ({ scene }) => {
    await scene.load(network);
    await scene.items(
      { barcode: 'B1' },
      { barcode: 'B2' },
      { barcode: 'B3', location: 'med/SALLE' },
      { barcode: 'B4' },
    );
    for (const [barcode, department] of [
      ['B1', 'sci/ACQ'],
      ['B2', 'sci/REL'],
      ['B3', 'med/ACQ'],
      ['B4', 'sci/ACQ'],
    ] as const)
      await scene.act(placeWorkOrder, { barcode, department });
    scene.at('2026-06-02T10:00');
    await scene.act(scanIn, { barcode: 'B2' }, seatAt(scene.bib, 'sci/REL', 'department'));
    scene.at('2026-06-03T10:00');
    await scene.act(scanIn, { barcode: 'B1' }, seatAt(scene.bib, 'sci/ACQ', 'department'));
    expect(await kindsOf(scene, 'received')).toEqual(['B2', 'B1']);
    expect(await kindsOf(scene, 'expected')).toEqual(['B4']);
    expect(await kindsOf(scene, 'all')).toEqual(['B2', 'B1', 'B4']);
    expect(await kindsOf(scene, 'all', 'med')).toEqual(['B3']);
    const some = { state: 'all' as const, window: { offset: 1, limit: 1 } };
    expect(await scene.act(listWorkOrders, some)).toMatchObject({ total: 3, orders: [{ barcode: 'B1' }] });
    expect(await scene.act(listWorkOrders, { department: 'REL', window })).toMatchObject({
      total: 1,
      orders: [{ barcode: 'B2', receivedAt: local('2026-06-02T10:00') }],
    });
    const nowhere = { ...scene.bib, place: null };
    expect(await scene.act(listWorkOrders, { state: 'all', window }, nowhere)).toMatchObject({ total: 4 });
  });

  it('ITEM-01 an item that is added while it is being treated is on it', async ({ scene }) => {
    await scene.items({ ...B1, process: 'WORK_ORDER_DEPARTMENT', department: 'ACQ' });
    expect(await kindsOf(scene, 'received')).toEqual(['B1']);
    expect(await atDepartment(scene, 'sci/ACQ', { treated: true })).toMatchObject({ treated: true });
    const nowhere = { barcode: 'B2', title: 'T', library: 'sci', location: 'sci/63S', material: 'BOOK' };
    expect(
      await scene.act(addItems, { items: [{ ...nowhere, process: 'WORK_ORDER_DEPARTMENT' }] }, commandLine),
    ).toMatchObject({ kind: 'invalid', path: 'items[0].department' });
  });
});
