import { expect } from 'vitest';
import { addItem, changeItem, deleteItem } from '../../source/desk/catalogue-items.ts';
import { openTitle } from '../../source/desk/catalogue-search.ts';
import { deleteLoan } from '../../source/desk/delete-loan.ts';
import { listRequests } from '../../source/desk/patrons.ts';
import { renew } from '../../source/desk/renew.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { placeRequest, requestForm } from '../../source/desk/requests-place.ts';
import { moveInQueue, showRequest, titleRequests, whyThisCopy } from '../../source/desk/requests-queue.ts';
import { runSettleRequests } from '../../source/desk/requests-outdated.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { placeWorkOrder } from '../../source/desk/work-orders.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { smallNetwork, withLibrary } from '../support/network.ts';

const window = { offset: 0, limit: 20 };
const WANTED = { title: 'Wanted' };

/** Places a request; answers with its card. */
async function placed(scene: Scene, patron: string, item: string, more: { pickup?: string; until?: string } = {}) {
  const answer = await scene.act(placeRequest, { patron, item, pickup: 'sci', ...more });
  if (answer.kind !== 'placed') throw new Error(`not placed: ${JSON.stringify(answer)}`);
  return answer.request;
}
const cardOf = async (scene: Scene, id: number) => {
  const answer = await scene.act(showRequest, { request: id });
  if (answer.kind !== 'request') throw new Error(`no request: ${JSON.stringify(answer)}`);
  return answer.request;
};

onBothDatabases('placing a request', (it) => {
  it('REQ-02 REQ-03 the form: volumes, libraries with the reason why not, what stands against it', async ({
    scene,
  }) => {
    await scene.load(withLibrary('sci', { pickup: [{ at: 'any', except: ['med'], notOnSite: true }] }));
    const patron = await scene.patron({ id: 'P1', lastName: 'Martin' });
    await scene.items({ barcode: 'B1', ...WANTED, author: 'Rey' });
    const answer = await scene.act(requestForm, { patron: 'p1', item: 'b1' });
    expect(answer).toMatchObject({
      kind: 'form',
      title: 'Wanted',
      author: 'Rey',
      patron: { id: patron, name: 'Martin Ana', card: 'P1' },
      volumes: [],
      needsVolume: false,
      libraries: [
        { code: 'sci', possible: false, why: 'NOT_ON_SITE' },
        { code: 'buc', possible: true, why: null },
        { code: 'med', possible: false, why: 'PICKUP_NOT_POSSIBLE' },
      ],
      possible: ['buc'],
      proposed: 'buc',
      refusals: [],
    });
    // Nobody is chosen yet: nothing can be said.
    expect(await scene.act(requestForm, { item: 'B1' })).toMatchObject({ patron: null, possible: [], refusals: [] });
    await scene.lend('P1', 'B1');
    expect(await scene.act(requestForm, { patron, item: 'B1' })).toMatchObject({
      refusals: [{ code: 'TITLE_ON_LOAN_TO_PATRON', facts: { barcode: 'B1', due: local('2026-06-22T19:00') } }],
    });
    expect(await scene.act(requestForm, { patron: 'P9', item: 'B1' })).toMatchObject({
      kind: 'unknown',
      what: 'PATRON',
    });
    expect(await scene.act(requestForm, { patron, title: 99 })).toMatchObject({ kind: 'unknown', what: 'TITLE' });
    expect(await scene.act(requestForm, {})).toMatchObject({ kind: 'invalid', path: 'title' });
  });

  it('REQ-01 volumes are chosen before the pickup library', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(
      { barcode: 'V1', title: 'Œuvres', description: 'T. 1' },
      { barcode: 'V2', title: 'Œuvres', description: 'T. 2', location: 'med/SALLE' },
    );
    const form = await scene.act(requestForm, { patron: 'P1', title: 1 });
    expect(form).toMatchObject({
      needsVolume: true,
      volume: null,
      possible: [],
      volumes: [
        { barcode: 'V1', description: 'T. 1', library: 'sci' },
        { barcode: 'V2', description: 'T. 2', library: 'med' },
      ],
    });
    expect(await scene.act(requestForm, { patron: 'P1', item: 'V2' })).toMatchObject({
      needsVolume: false,
      volume: 'V2',
      possible: ['sci', 'buc', 'med'],
      proposed: 'sci',
    });
    expect(await scene.act(placeRequest, { patron: 'P1', title: 1, pickup: 'sci' })).toEqual({
      kind: 'invalid',
      path: 'item',
      problem: 'empty',
    });
    expect(await placed(scene, 'P1', 'V2')).toMatchObject({ description: 'T. 2', item: 'V2', library: 'med' });
    // The very same volume once only; the others as often as one likes.
    expect(await scene.act(placeRequest, { patron: 'P1', item: 'V2', pickup: 'sci' })).toMatchObject({
      kind: 'refused',
      reasons: [{ code: 'ALREADY_REQUESTED' }],
    });
    expect(await placed(scene, 'P1', 'V1')).toMatchObject({ item: 'V1' });
  });

  it('REQ-03 REL-09 who, when, where, what for: the card and the event', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', ...WANTED, callNumber: '512 GRI' });
    const request = { patron: 'P1', title: 1, pickup: 'med', until: '2026-06-30', note: ' pour lundi ' };
    expect(await scene.act(placeRequest, request)).toMatchObject({
      kind: 'placed',
      request: {
        title: 'Wanted',
        patronId: patron,
        patron: 'Name P1 Ana',
        card: 'P1',
        state: 'waiting',
        task: 'pick',
        library: 'sci',
        item: 'B1',
        callNumber: '512 GRI',
        location: 'sci/63S',
        pickup: 'med',
        position: 1,
        of: 1,
        placedAt: scene.now(),
        until: '2026-06-30',
        note: 'pour lundi',
        heldUntil: null,
        closing: null,
      },
    });
    const [event] = await eventsIn(database, 'request-placed');
    const data = {
      request: 1,
      title: 'Wanted',
      pickup: 'med',
      task: 'pick',
      library: 'sci',
      position: 1,
      note: 'pour lundi',
    };
    expect(event).toMatchObject({ staff: 'bib', desk: 'sci/PRET', patronId: patron, data });
    expect(await scene.act(listRequests, { patron, window })).toMatchObject({
      total: 1,
      lines: [{ task: 'pick', pickup: 'med' }],
    });
    expect(await scene.act(openTitle, { title: 1 })).toMatchObject({ requests: 1 });
  });

  it.for([
    [{ until: '2026-02-30' }, { kind: 'invalid', path: 'until', problem: 'not-a-day' }],
    [{ until: '2026-05-31' }, { kind: 'invalid', path: 'until', problem: 'in-the-past' }],
    [{ note: 'x'.repeat(1001) }, { kind: 'invalid', path: 'note', problem: 'too-long' }],
    [{ pickup: 'moon' }, { kind: 'unknown', what: 'LIBRARY', key: 'moon' }],
    [{ patron: 'P9' }, { kind: 'unknown', what: 'PATRON', key: 'P9' }],
    [{ title: 9 }, { kind: 'unknown', what: 'TITLE', key: '9' }],
  ] as const)('REQ-02 %o is no request', async ([more, answer], { scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', ...WANTED });
    expect(await scene.act(placeRequest, { patron: 'P1', title: 1, pickup: 'sci', ...more })).toMatchObject(answer);
    expect(await database.sql('select id from requests')).toEqual([]);
  });

  it('REQ-02 today is a day on which it may still be of use', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', ...WANTED });
    expect(await placed(scene, 'P1', 'B1', { until: '2026-06-01' })).toMatchObject({ until: '2026-06-01' });
  });
});

onBothDatabases('the queue of a title', (it) => {
  it('REQ-03 only a manager moves a request; what is planned follows, what is held stays', async ({
    scene,
    database,
  }) => {
    for (const id of ['P1', 'P2', 'P3']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...WANTED });
    const [one, two, three] = [
      await placed(scene, 'P1', 'B1'),
      await placed(scene, 'P2', 'B1'),
      await placed(scene, 'P3', 'B1'),
    ];
    expect(await scene.act(moveInQueue, { request: three.id, to: 1 })).toMatchObject({ kind: 'not-permitted' });
    const chef = await scene.staff('chef', 'manager');
    const moved = await scene.act(moveInQueue, { request: three.id, to: 1 }, chef);
    expect(moved).toMatchObject({ kind: 'moved', before: 3, request: { position: 1, task: 'pick', item: 'B1' } });
    const queue = await scene.act(titleRequests, { title: 1 });
    expect(queue).toMatchObject({
      kind: 'queue',
      title: 'Wanted',
      total: 3,
      requests: [
        { id: three.id, position: 1, of: 3, task: 'pick' },
        { id: one.id, position: 2, task: 'wait' },
        { id: two.id, position: 3, task: 'wait' },
      ],
    });
    const [event] = await eventsIn(database, 'request-moved');
    expect(event).toMatchObject({ staff: 'chef', data: { request: three.id, before: 3, after: 1 } });
    for (const to of [0, 4, 1.5])
      expect(await scene.act(moveInQueue, { request: three.id, to }, chef)).toMatchObject({
        kind: 'invalid',
        path: 'to',
      });
    // Held for P3: moved behind the others, it stays theirs.
    await scene.act(scanIn, { barcode: 'B1' });
    expect(await scene.act(moveInQueue, { request: three.id, to: 3 }, chef)).toMatchObject({
      request: { position: 3, state: 'on-shelf', item: 'B1' },
    });
    await scene.act(cancelRequest, { request: two.id });
    expect(await scene.act(moveInQueue, { request: two.id, to: 1 }, chef)).toMatchObject({ kind: 'closed-already' });
  });

  it('REQ-03 volumes have queues of their own', async ({ scene }) => {
    for (const id of ['P1', 'P2', 'P3']) await scene.patron({ id });
    await scene.items(
      { barcode: 'V1', title: 'Œuvres', description: 'T. 1' },
      { barcode: 'V2', title: 'Œuvres', description: 'T. 2' },
    );
    const first = await placed(scene, 'P1', 'V1');
    expect(await placed(scene, 'P2', 'V2')).toMatchObject({ position: 1, of: 1 });
    const last = await placed(scene, 'P3', 'V1');
    const chef = await scene.staff('chef', 'manager');
    await scene.act(moveInQueue, { request: last.id, to: 1 }, chef);
    expect(await cardOf(scene, first.id)).toMatchObject({ position: 2, task: 'wait' });
    expect(await cardOf(scene, last.id)).toMatchObject({ position: 1, task: 'pick' });
  });

  it('CONF-03 why this copy: the rule, and what was made of every other', async ({ scene }) => {
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items(
      { barcode: 'B1', ...WANTED, location: 'med/SALLE' },
      { barcode: 'B2', ...WANTED, policy: 'P48NN' },
      { barcode: 'B3', ...WANTED, location: 'buc/SALLE' },
    );
    await scene.lend('P2', 'B3');
    const { id } = await placed(scene, 'P1', 'B1');
    expect(await scene.act(whyThisCopy, { request: id })).toMatchObject({
      kind: 'why',
      because: 'SAME_CAMPUS',
      routing: 'campus',
      networkVersion: 1,
      copies: [
        { barcode: 'B1', library: 'med', why: 'CHOSEN', days: 3, row: 11, process: null },
        { barcode: 'B2', library: 'sci', why: 'NOT_REQUESTABLE', row: 2 },
        { barcode: 'B3', library: 'buc', why: 'FURTHER', process: 'LOAN', due: local('2026-06-15T20:00') },
      ],
    });
    await scene.act(scanIn, { barcode: 'B1' }, seatAt(scene.bib, 'med/PRET'));
    expect(await scene.act(whyThisCopy, { request: id })).toMatchObject({ because: null, copies: [] });
    expect(await scene.act(whyThisCopy, { request: 99 })).toEqual({ kind: 'unknown', what: 'REQUEST', key: '99' });
  });
});

onBothDatabases('everything that changes a copy plans its queue anew', (it) => {
  it('REQ-07 lent: the pick moves to another library, or the new loan is recalled', async ({ scene, database }) => {
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...WANTED }, { barcode: 'B2', ...WANTED, location: 'med/SALLE' });
    const { id } = await placed(scene, 'P1', 'B1');
    await scene.lend('P2', 'B1');
    expect(await cardOf(scene, id)).toMatchObject({ task: 'pick', library: 'med', item: 'B2' });
    const [event] = await eventsIn(database, 'pick-moved');
    expect(event).toMatchObject({ patronId: 1, data: { request: id, before: 'sci', after: 'med' } });
    expect(await scene.lend('P2', 'B2', { override: { codes: 'all' } })).toMatchObject({
      kind: 'lent',
      status: 'Normal',
    });
    expect(await cardOf(scene, id)).toMatchObject({
      task: 'recall',
      library: 'sci',
      item: 'B1',
      due: local('2026-06-22T19:00'),
    });
    const [recalled] = await eventsIn(database, 'loan-recalled');
    expect(recalled).toMatchObject({ patronId: 2, itemId: 1, data: { barcode: 'B1', title: 'Wanted', request: id } });
  });

  it('REQ-08 a recall ends with its request, and the borrower is told; not where another waits', async ({
    scene,
    database,
  }) => {
    for (const id of ['P1', 'P2', 'P3']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...WANTED });
    await scene.lend('P1', 'B1');
    const first = await placed(scene, 'P2', 'B1');
    const second = await placed(scene, 'P3', 'B1');
    await scene.act(cancelRequest, { request: first.id });
    expect(await eventsIn(database, 'loan-recall-ended')).toEqual([]);
    expect(await eventsIn(database, 'loan-recalled')).toHaveLength(1);
    await scene.act(cancelRequest, { request: second.id });
    expect(await eventsIn(database, 'loan-recall-ended')).toMatchObject([{ patronId: 1, data: { barcode: 'B1' } }]);
    scene.at('2026-06-18T10:00');
    expect(await scene.act(renew, { barcodes: ['B1'] })).toMatchObject({
      lines: [{ kind: 'renewed', status: 'Renewed' }],
    });
  });

  it('LOAN-09 REQ-08 a loan deleted by mistake goes to whoever it was recalled for', async ({ scene }) => {
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...WANTED });
    await scene.lend('P1', 'B1');
    const { id } = await placed(scene, 'P2', 'B1');
    expect(await scene.act(deleteLoan, { barcode: 'B1' })).toMatchObject({ next: 'hold-shelf', request: id });
    expect(await cardOf(scene, id)).toMatchObject({ state: 'on-shelf' });
  });

  it('REQ-07 a new copy, one that is found, moved, treated, deleted', async ({ scene }) => {
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...WANTED }, { barcode: 'B2', ...WANTED, process: 'MISSING' });
    await scene.lend('P2', 'B1');
    const { id } = await placed(scene, 'P1', 'B1');
    const task = async () => {
      const { task: what, library, item } = await cardOf(scene, id);
      return [what, library, item].join(' ');
    };
    expect(await task()).toBe('recall sci B1');
    await scene.items({ barcode: 'B3', ...WANTED, location: 'med/SALLE' });
    expect(await task()).toBe('pick med B3');
    const change = async (barcode: string, what: Parameters<typeof changeItem.run>[1]['change']) =>
      expect(await scene.act(changeItem, { barcode, change: what })).toMatchObject({ kind: 'changed' });
    await change('B3', { policy: 'P48NN' });
    expect(await task()).toBe('recall sci B1');
    await change('B2', { missing: false });
    expect(await task()).toBe('pick sci B2');
    await change('B2', { missing: true });
    await change('B3', { policy: null });
    expect(await task()).toBe('pick med B3');
    expect(await scene.act(placeWorkOrder, { barcode: 'B3' })).toMatchObject({ kind: 'placed', when: 'now' });
    expect(await task()).toBe('recall sci B1');
    const added = { holding: { title: 1, location: 'buc/SALLE' }, barcode: 'B4', material: 'BOOK' };
    expect(await scene.act(addItem, added)).toMatchObject({ kind: 'added' });
    expect(await task()).toBe('pick buc B4');
    expect(await scene.act(deleteItem, { barcode: 'B4' })).toMatchObject({ kind: 'deleted' });
    expect(await task()).toBe('recall sci B1');
  });

  it('CAN-02 the night: a batch at a time, and nothing more the second time', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(...['B1', 'B2', 'B3'].map((barcode) => ({ barcode })));
    for (const barcode of ['B1', 'B2', 'B3']) await placed(scene, 'P1', barcode, { until: '2026-06-02' });
    scene.at('2026-06-02T23:00');
    expect(await runSettleRequests(scene.perform, 2)).toEqual({ titles: 3, notNeeded: 0, notAllowed: 0, changed: 0 });
    scene.at('2026-06-03T00:40');
    await scene.load({ ...smallNetwork, name: 'Again' });
    expect(await runSettleRequests(scene.perform, 2)).toEqual({ titles: 3, notNeeded: 3, notAllowed: 0, changed: 0 });
    expect(await runSettleRequests(scene.perform, 2)).toMatchObject({ titles: 0, notNeeded: 0 });
    const events = await eventsIn(database, 'request-cancelled');
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({ staff: null, patronId: 1, data: { closing: 'not-needed', notify: true } });
  });
});
