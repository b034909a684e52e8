import { expect } from 'vitest';
import { readList } from '../../source/desk/lists.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { activateNext, reshelve, send } from '../../source/desk/requests-clear-shelf.ts';
import { markMissing, previewMissing, skipLibrary } from '../../source/desk/requests-missing.ts';
import { markTaken, pickList } from '../../source/desk/requests-pick.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { showRequest } from '../../source/desk/requests-queue.ts';
import { changeHoldExpiry, shelf } from '../../source/desk/requests-shelf.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { placeWorkOrder } from '../../source/desk/work-orders.ts';
import type { AtTheDesk } from '../support/desk.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { loanRules, network } from '../support/network.ts';

const window = { offset: 0, limit: 20 };

async function placed(scene: Scene, patron: string, item: string, pickup = 'sci'): Promise<number> {
  const answer = await scene.act(placeRequest, { patron, item, pickup });
  if (answer.kind !== 'placed') throw new Error(`not placed: ${JSON.stringify(answer)}`);
  return answer.request.id;
}
const cardOf = async (scene: Scene, id: number) => {
  const answer = await scene.act(showRequest, { request: id });
  if (answer.kind !== 'request') throw new Error(`no request: ${JSON.stringify(answer)}`);
  return answer.request;
};
const picks = async (scene: Scene, more: Partial<Parameters<typeof pickList.run>[1]> = {}) => {
  const answer = await scene.act(pickList, { window, ...more });
  if (answer.kind !== 'picks') throw new Error(`no list: ${JSON.stringify(answer)}`);
  return answer;
};
const shelved = async (scene: Scene, list: Parameters<typeof shelf.run>[1]['list'], more: object = {}) => {
  const answer = await scene.act(shelf, { list, window, ...more });
  if (answer.kind !== 'shelf') throw new Error(`no shelf: ${JSON.stringify(answer)}`);
  return answer;
};

/** Three picks of sci: Botanique and Algèbre for its own shelf, Chimie for med; a fourth at med. */
async function fourPicks(scene: Scene): Promise<number[]> {
  await scene.patron({ id: 'P1', lastName: 'Zola' });
  await scene.patron({ id: 'P2', lastName: 'Aron' });
  await scene.items(
    { barcode: 'B1', title: 'Botanique', callNumber: '58 BOT' },
    { barcode: 'B2', title: 'Algèbre', callNumber: '51 ALG', location: 'sci/CLOSED' },
    { barcode: 'B3', title: 'Chimie', callNumber: '54 CHI' },
    { barcode: 'B4', title: 'Droit', location: 'med/SALLE' },
  );
  const rules = [{ location: ['sci/CLOSED'], period: { unit: 'days', count: 14 } as const }];
  await scene.load(network({ loanRules: [...rules, ...loanRules] }));
  const ids: number[] = [];
  for (const [at, patron, item, pickup] of [
    ['10:00', 'P1', 'B1', 'sci'],
    ['10:10', 'P2', 'B2', 'sci'],
    ['10:20', 'P1', 'B3', 'med'],
    ['10:30', 'P1', 'B4', 'sci'],
  ] as const) {
    scene.at(`2026-06-01T${at}`);
    ids.push(await placed(scene, patron, item, pickup));
  }
  return ids;
}

onBothDatabases('the pick list', (it) => {
  it('PICK-01 the library’s own, in the order of its shelves; filtered, sorted, in windows', async ({ scene }) => {
    const [botany, algebra, chemistry] = await fourPicks(scene);
    const all = await picks(scene, { counts: true });
    expect(all).toMatchObject({
      library: 'sci',
      total: 3,
      lines: [
        { request: chemistry, title: 'Chimie', callNumber: '54 CHI', location: 'sci/63S', pickup: 'med', here: false },
        {
          request: botany,
          title: 'Botanique',
          here: true,
          patron: 'Zola Ana',
          card: 'P1',
          placedAt: local('2026-06-01T10:00'),
        },
        { request: algebra, location: 'sci/CLOSED', type: 'title', printedAt: null, onHoldShelf: false },
      ],
      locations: [
        { code: 'sci/63S', count: 2 },
        { code: 'sci/CLOSED', count: 1 },
      ],
      destinations: [
        { code: 'med', count: 1 },
        { code: 'sci', count: 2 },
      ],
    });
    const titles = async (more: Parameters<typeof picks>[1]) =>
      (await picks(scene, more)).lines.map((one) => one.title);
    expect(await titles({ location: 'sci/CLOSED' })).toEqual(['Algèbre']);
    expect(await titles({ destination: 'here', sort: 'title' })).toEqual(['Algèbre', 'Botanique']);
    expect(await titles({ destination: 'elsewhere' })).toEqual(['Chimie']);
    expect(await titles({ destination: 'med' })).toEqual(['Chimie']);
    expect(await titles({ type: 'item' })).toEqual([]);
    expect(await titles({ sort: 'placed', descending: true })).toEqual(['Chimie', 'Algèbre', 'Botanique']);
    expect(await titles({ sort: 'patron' })).toEqual(['Algèbre', 'Botanique', 'Chimie']);
    expect(await titles({ sort: 'title', window: { offset: 1, limit: 1 } })).toEqual(['Botanique']);
    expect(await titles({ library: 'med' })).toEqual(['Droit']);
    expect(await scene.act(pickList, { library: 'moon', window })).toMatchObject({ kind: 'unknown', what: 'LIBRARY' });
    expect(await scene.act(pickList, { window }, { ...scene.bib, place: null })).toMatchObject({ needs: 'desk' });
  });

  it('PICK-02 slips printed or exported: marked as taken in hand, one by one or several', async ({
    scene,
    database,
  }) => {
    const [botany = 0, algebra = 0, chemistry = 0, law = 0] = await fourPicks(scene);
    scene.at('2026-06-01T11:00');
    const marked = await scene.act(markTaken, { requests: [botany, chemistry, 99], as: 'printed' });
    expect(marked).toMatchObject({
      kind: 'marked',
      requests: [botany, chemistry],
      lines: [{ title: 'Botanique' }, {}],
    });
    await scene.act(markTaken, { requests: [algebra], as: 'reported' });
    const ids = async (more: Parameters<typeof picks>[1]) => (await picks(scene, more)).lines.map((one) => one.request);
    expect(await ids({ printed: true, sort: 'placed' })).toEqual([botany, chemistry]);
    expect(await ids({ printed: false })).toEqual([algebra]);
    expect(await ids({ reported: true })).toEqual([algebra]);
    expect((await picks(scene, { printed: true })).lines[0]).toMatchObject({ printedAt: scene.now() });
    const [, event] = await eventsIn(database, 'picks-marked');
    expect(event).toMatchObject({
      desk: 'sci/PRET',
      data: { as: 'printed', library: 'sci', requests: [botany, chemistry] },
    });
    // A pick that another library gets is in nobody's hand yet; one of another library is not ours to mark.
    await scene.items({ barcode: 'B5', title: 'Botanique', location: 'med/SALLE' });
    expect(await scene.act(skipLibrary, { request: botany })).toMatchObject({ kind: 'skipped', from: 'sci' });
    expect(await cardOf(scene, botany)).toMatchObject({ library: 'med', printedAt: null, skipped: ['sci'] });
    const local63 = await scene.staff('local', 'operator', 'sci');
    expect(await scene.act(markTaken, { requests: [law], as: 'printed' }, local63)).toMatchObject({
      kind: 'not-permitted',
    });
    expect(await scene.act(markTaken, { requests: [law, algebra], as: 'printed' }, local63)).toMatchObject({
      requests: [algebra],
    });
  });

  it('REL-08 whoever may not see patrons is not told for whom', async ({ scene }) => {
    const [botany = 0] = await fourPicks(scene);
    const cataloguer = await scene.staff('cat', 'cataloguer');
    const shown = await scene.act(showRequest, { request: botany }, cataloguer);
    expect(shown).toMatchObject({ kind: 'request', request: { patron: null, card: null, patronId: null } });
    expect(await scene.act(pickList, { window }, cataloguer)).toMatchObject({ kind: 'not-permitted' });
  });

  it('PICK-04 what marking as missing touches is shown before, and told after', async ({ scene, database }) => {
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items(...['B1', 'B2', 'B3'].map((barcode) => ({ barcode, title: 'Wanted' })), {
      barcode: 'B4',
      title: 'Wanted',
      location: 'med/SALLE',
    });
    await scene.lend('P2', 'B3');
    const first = await placed(scene, 'P1', 'B1');
    await scene.patron({ id: 'P3' });
    const second = await placed(scene, 'P3', 'B1');
    expect(await scene.act(previewMissing, { request: first })).toMatchObject({
      kind: 'missing-preview',
      library: 'sci',
      items: [{ barcode: 'B1' }, { barcode: 'B2' }],
      others: [{ id: second, item: 'B2' }],
    });
    const wrong = [
      [['B4'], 'unknown-code'],
      [[], 'empty'],
    ] as const;
    for (const [items, problem] of wrong)
      expect(await scene.act(markMissing, { request: first, items })).toMatchObject({
        kind: 'invalid',
        path: 'items',
        problem,
      });
    expect(await scene.act(markMissing, { request: first, items: ['b1', 'b2'] })).toMatchObject({
      kind: 'missing',
      request: { state: 'cancelled', closing: 'missing', notified: true },
      items: [{ barcode: 'B1' }, { barcode: 'B2' }],
      moved: [{ id: second, library: 'med', item: 'B4' }],
    });
    expect((await eventsIn(database, 'item-changed')).map((one) => one.data['after'])).toEqual([
      { missing: true },
      { missing: true },
    ]);
    expect(await eventsIn(database, 'request-cancelled')).toMatchObject([
      {
        patronId: 1,
        data: { closing: 'missing', notify: true, was: { state: 'WAITING', library: 'sci', item: 'B1' } },
      },
    ]);
    expect(await scene.act(markMissing, { request: first })).toMatchObject({ kind: 'not-a-pick' });
  });

  it('PICK-05 no other library: which copies were looked at, and why each does not do', async ({ scene }) => {
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', title: 'Wanted' }, { barcode: 'B2', title: 'Wanted', location: 'med/SALLE' });
    await scene.lend('P2', 'B2');
    const request = await placed(scene, 'P1', 'B1');
    expect(await scene.act(skipLibrary, { request })).toMatchObject({
      kind: 'not-skipped',
      reason: 'NO_OTHER_LIBRARY',
      looked: [
        { barcode: 'B1', why: 'CHOSEN' },
        { barcode: 'B2', why: 'FURTHER', process: 'LOAN' },
      ],
    });
    expect(await scene.act(skipLibrary, { item: 'B9' })).toMatchObject({ kind: 'unknown', what: 'ITEM' });
    expect(await scene.act(skipLibrary, { item: 'B2' })).toMatchObject({ kind: 'unknown', what: 'REQUEST' });
  });
});

/** A copy on the hold shelf of sci since Monday 1 June for P1; answers with the request. */
async function heldForP1(scene: Scene, location = 'sci/63S'): Promise<number> {
  await scene.patron({ id: 'P1', lastName: 'Zola' });
  await scene.patron({ id: 'P2', lastName: 'Aron' });
  await scene.items({ barcode: 'B1', title: 'Wanted', location });
  const request = await placed(scene, 'P1', 'B1');
  expect(await scene.act(scanIn, { barcode: 'B1' })).toMatchObject({ instruction: 'hold-shelf', request });
  return request;
}

onBothDatabases('the hold shelf', (it) => {
  it('PICK-03 HOLD-01 put there, the patron is told at once, and reminded: one event, however often it is scanned', async ({
    scene,
    database,
  }) => {
    const request = await heldForP1(scene);
    await scene.act(scanIn, { barcode: 'B1' });
    await scene.act(scanIn, { barcode: 'B1' }, seatAt(scene.bib, 'med/PRET'));
    scene.at('2026-06-03T10:00');
    expect(await scene.act(scanIn, { barcode: 'B1' })).toMatchObject({
      instruction: 'hold-shelf',
      heldUntil: '2026-06-10',
    });
    const events = await eventsIn(database, 'request-ready');
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      patronId: 1,
      data: { request, pickup: 'sci', heldUntil: '2026-06-10', reminderAt: local('2026-06-05T08:00'), handedOn: false },
    });
  });

  it('HOLD-04 the end of a hold by hand, also of one that is over; not of a cancelled one', async ({
    scene,
    database,
  }) => {
    const request = await heldForP1(scene);
    expect(await scene.act(changeHoldExpiry, { request, until: '2026-06-03' })).toMatchObject({
      kind: 'changed',
      before: '2026-06-10',
      request: { heldUntil: '2026-06-03', expired: false },
    });
    scene.at('2026-06-04T10:00');
    expect((await shelved(scene, 'expired')).lines).toMatchObject([{ request, expiredSince: '2026-06-04' }]);
    for (const [until, problem] of [
      ['2026-06-03', 'in-the-past'],
      ['soon', 'not-a-day'],
    ])
      expect(await scene.act(changeHoldExpiry, { request, until: until ?? '' })).toMatchObject({
        kind: 'invalid',
        problem,
      });
    expect(await scene.act(changeHoldExpiry, { request, until: '2026-06-12' })).toMatchObject({ kind: 'changed' });
    expect((await shelved(scene, 'expired')).lines).toEqual([]);
    expect(await eventsIn(database, 'hold-date-changed')).toMatchObject([
      { data: { before: '2026-06-03', after: '2026-06-12' } },
      { data: { before: '2026-06-10', after: '2026-06-03' } },
    ]);
    await scene.act(cancelRequest, { request });
    expect(await scene.act(changeHoldExpiry, { request, until: '2026-06-20' })).toMatchObject({ kind: 'cancelled' });
    const other = await placed(scene, 'P2', 'B1');
    expect(await scene.act(changeHoldExpiry, { request: other, until: '2026-06-20' })).toMatchObject({
      kind: 'not-held',
    });
  });

  it('CAN-01 CAN-03 cancelled by staff: reason, whether the patron is told, and what becomes of the item', async ({
    scene,
    database,
  }) => {
    const request = await heldForP1(scene, 'med/SALLE');
    const answer = await scene.act(cancelRequest, { request, reason: ' n’en veut plus ', notify: false });
    expect(answer).toMatchObject({
      kind: 'cancelled',
      was: { state: 'on-shelf', item: 'B1' },
      request: { state: 'cancelled', closing: 'cancelled', reason: 'n’en veut plus', notified: false, closedBy: 'bib' },
      item: { item: { barcode: 'B1' }, next: 'send', destination: 'med', requester: null, heldUntil: null },
    });
    expect((await eventsIn(database, 'request-cancelled'))[0]).toMatchObject({
      patronId: 1,
      itemId: 1,
      data: { reason: 'n’en veut plus', notify: false, was: { state: 'ON_SHELF', item: 'B1' } },
    });
    // Somebody asks for it before anybody has dealt with it: it is there, on the shelf.
    const next = await placed(scene, 'P2', 'B1');
    expect(await cardOf(scene, next)).toMatchObject({ task: 'pick', library: 'sci', item: 'B1' });
    expect((await picks(scene)).lines).toMatchObject([{ request: next, onHoldShelf: true }]);
    expect((await shelved(scene, 'next')).lines).toMatchObject([
      { request, cancelled: true, nextRequester: 'Aron Ana' },
    ]);
    expect(await scene.act(activateNext, { items: ['B1'] })).toMatchObject({
      kind: 'shelved',
      lines: [{ kind: 'done', request, instruction: { next: 'hold-shelf', request: next, heldUntil: '2026-06-10' } }],
    });
    expect((await shelved(scene, 'expired')).lines).toEqual([]);
  });

  it('CAN-03 handed on to the next: whoever waits first, told at once, though another library was asked', async ({
    scene,
    database,
  }) => {
    const request = await heldForP1(scene);
    await scene.items({ barcode: 'B2', title: 'Wanted', location: 'med/SALLE' });
    const next = await placed(scene, 'P2', 'B1');
    expect(await cardOf(scene, next)).toMatchObject({ task: 'pick', library: 'med' });
    scene.at('2026-06-02T10:00');
    expect(await scene.act(cancelRequest, { request })).toMatchObject({
      item: { next: 'hold-shelf', request: next, requester: 'Aron Ana', heldUntil: '2026-06-11' },
    });
    expect(await cardOf(scene, next)).toMatchObject({ state: 'on-shelf', heldUntil: '2026-06-11', position: 1 });
    expect((await picks(scene, { library: 'med' })).lines).toEqual([]);
    expect(await eventsIn(database, 'request-handed-on')).toMatchObject([
      { patronId: 2, data: { request: next, from: request, next: 'hold-shelf', destination: 'sci' } },
    ]);
    expect((await eventsIn(database, 'request-ready'))[0]).toMatchObject({ patronId: 2, data: { handedOn: true } });
  });

  it('CAN-03 ITEM-01 what is to be treated first goes there, not to the next', async ({ scene }) => {
    const request = await heldForP1(scene);
    const next = await placed(scene, 'P2', 'B1');
    expect(await scene.act(placeWorkOrder, { barcode: 'B1' })).toMatchObject({ when: 'later' });
    expect(await scene.act(cancelRequest, { request })).toMatchObject({ item: { next: 'send', destination: 'ACQ' } });
    expect(await cardOf(scene, next)).toMatchObject({ task: 'reception' });
    expect(await scene.act(send, { requests: [request] })).toMatchObject({
      lines: [{ kind: 'done', instruction: { next: 'department', department: 'ACQ' } }],
    });
  });

  it('HOLD-03 several marked lines: each answers for itself; permission is looked for at their library', async ({
    scene,
  }) => {
    const request = await heldForP1(scene);
    await scene.items({ barcode: 'B2' }, { barcode: 'B3', location: 'med/SALLE' });
    for (const barcode of ['B2', 'B3']) {
      await placed(scene, 'P1', barcode);
      await scene.act(scanIn, { barcode });
    }
    expect(await scene.act(reshelve, { requests: [request] })).toMatchObject({
      lines: [{ kind: 'not-there', reason: 'NOT_EXPIRED' }],
    });
    scene.at('2026-06-11T10:00');
    const stranger = await scene.staff('stranger', 'operator', 'med', 'med/PRET');
    expect(await scene.act(reshelve, { requests: [request] }, stranger)).toMatchObject({ kind: 'not-permitted' });
    expect(await scene.act(reshelve, { requests: [request, 99], items: ['b2', 'B3'] })).toMatchObject({
      kind: 'shelved',
      lines: [
        { kind: 'not-there', key: '99', reason: 'NOT_ON_SHELF' },
        { kind: 'done', item: { barcode: 'B1' }, instruction: { next: 'reshelve', holdEnded: { request } } },
        { kind: 'done', item: { barcode: 'B2' } },
        { kind: 'not-there', key: 'B3', reason: 'OTHER_LIST', instead: 'send' },
      ],
    });
    expect(await cardOf(scene, request)).toMatchObject({
      state: 'expired',
      closing: 'expired',
      closedBy: 'bib',
      notified: null,
    });
  });

  it('HOLD-02 sorted by date placed, expiry, patron, call number, in windows, with the counts of all lists', async ({
    scene,
  }) => {
    await scene.patron({ id: 'P1', lastName: 'Zola' });
    await scene.patron({ id: 'P2', lastName: 'Aron' });
    await scene.items(
      { barcode: 'B1', callNumber: 'C' },
      { barcode: 'B2', callNumber: 'A' },
      { barcode: 'B3', callNumber: 'B' },
    );
    for (const [day, patron, barcode] of [
      ['01', 'P1', 'B1'],
      ['02', 'P2', 'B2'],
      ['03', 'P1', 'B3'],
    ] as const) {
      scene.at(`2026-06-${day}T10:00`);
      await placed(scene, patron, barcode);
      await scene.act(scanIn, { barcode });
    }
    const items = async (more: object) => (await shelved(scene, 'active', more)).lines.map((one) => one.item).join(' ');
    expect(await items({})).toBe('B1 B2 B3');
    expect(await items({ sort: 'placed', descending: true })).toBe('B3 B2 B1');
    expect(await items({ sort: 'patron' })).toBe('B2 B1 B3');
    expect(await items({ sort: 'callNumber' })).toBe('B2 B3 B1');
    expect(await items({ sort: 'title' })).toBe('B1 B2 B3');
    expect(await items({ window: { offset: 1, limit: 1 } })).toBe('B2');
    scene.at('2026-06-12T10:00');
    expect(await items({ sort: 'expiry' })).toBe('B1 B2 B3');
    expect((await shelved(scene, 'reshelve')).counts).toEqual({ active: 3, expired: 2, reshelve: 2, send: 0, next: 0 });
    expect((await shelved(scene, 'expired', { sort: 'patron' })).lines.map((one) => one.item)).toEqual(['B2', 'B1']);
  });
});

onBothDatabases('lists of requests', (it) => {
  const rows = async (
    scene: Scene,
    list: 'open-requests' | 'pick-list' | 'active-shelf' | 'expired-shelf',
    library = 'sci',
  ) => {
    const answer = await scene.act(readList, { list, library, window });
    if (answer.kind !== 'list') throw new Error(`no list: ${JSON.stringify(answer)}`);
    return answer.rows;
  };

  it('TUI-09 PICK-02 JOB-05 open requests by age, pick list, active and expired shelf for a spreadsheet', async ({
    scene,
  }: AtTheDesk) => {
    const request = await heldForP1(scene);
    await scene.items({ barcode: 'B2', title: 'Other', callNumber: '51 OTH' });
    await placed(scene, 'P2', 'B2', 'med');
    expect(await rows(scene, 'pick-list')).toMatchObject([
      { barcode: 'B2', location: 'sci/63S', callNumber: '51 OTH', pickup: 'med', patron: 'Aron Ana', days: 0 },
    ]);
    expect(await rows(scene, 'active-shelf')).toMatchObject([
      { barcode: 'B1', heldUntil: '2026-06-10', patron: 'Zola Ana' },
    ]);
    expect(await rows(scene, 'expired-shelf')).toEqual([]);
    scene.at('2026-06-11T10:00');
    expect(await rows(scene, 'open-requests')).toMatchObject([
      { barcode: 'B1', task: 'hold-shelf', position: 1, days: 10 },
      { barcode: 'B2', task: 'pick', library: 'sci', pickup: 'med' },
    ]);
    expect(await rows(scene, 'open-requests', 'med')).toMatchObject([{ barcode: 'B2' }]);
    expect(await rows(scene, 'expired-shelf')).toMatchObject([{ barcode: 'B1', closing: 'waiting' }]);
    await scene.act(cancelRequest, { request });
    expect(await rows(scene, 'active-shelf')).toEqual([]);
    expect(await rows(scene, 'expired-shelf')).toMatchObject([{ barcode: 'B1', closing: 'cancelled' }]);
  });
});
