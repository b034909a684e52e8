import { expect } from 'vitest';
import { scanIn } from '../../source/desk/scan-in.ts';
import type { ScanInRequest } from '../../source/desk/scan-in.ts';
import type { Seat } from '../../source/desk/perform.ts';
import type { EventKind } from '../../source/records/events.ts';
import type { TestDatabase } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const scan = async (scene: Scene, barcode: string, more: Partial<ScanInRequest> = {}, seat: Seat = scene.bib) =>
  scene.act(scanIn, { barcode, ...more }, seat);

const events = async (database: TestDatabase, kind: EventKind) =>
  database.records.read(async (records) => records.events.latest(kind, 9));

onBothDatabases('scanning in at a desk', (it) => {
  it('SCAN-01 SCAN-03 an item in place is reshelved; the log says so, without a patron', async ({
    scene,
    database,
  }) => {
    await scene.items({ barcode: 'B1', title: 'Algèbre', callNumber: '512 ALG' });
    expect(await scan(scene, 'b1')).toMatchObject({
      kind: 'scanned',
      instruction: 'reshelve',
      next: 'reshelve',
      item: { barcode: 'B1', title: 'Algèbre', callNumber: '512 ALG', location: 'sci/63S' },
      was: null,
      arrived: false,
      atDepartment: false,
      treated: false,
      destination: null,
      requester: null,
    });
    const [event] = await events(database, 'item-scanned');
    expect(event).toMatchObject({
      staff: 'bib',
      desk: 'sci/PRET',
      patronId: null,
      data: { barcode: 'B1', was: null, next: 'reshelve', from: { process: null, at: 'sci', transit: null } },
    });
    expect(await events(database, 'in-house-use')).toEqual([]);
  });

  it('SCAN-01 what was missing is back in its place; another library’s item goes home', async ({ scene }) => {
    await scene.items({ barcode: 'B1', process: 'MISSING' }, { barcode: 'B2', location: 'med/SALLE' });
    expect(await scan(scene, 'B1')).toMatchObject({ instruction: 'reshelve', was: 'MISSING' });
    expect(await scan(scene, 'B1')).toMatchObject({ instruction: 'reshelve', was: null });
    expect(await scan(scene, 'B2')).toMatchObject({ instruction: 'transit', destination: 'med', department: null });
  });

  it('SCAN-01 PICK-03 a pick from the shelf: on the hold shelf for its requester', async ({
    scene,
    requests,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P2', lastName: 'Dupont', firstName: 'Luc' });
    await scene.items({ barcode: 'B1' });
    const request = await requests.place({ patron, barcode: 'B1' });
    expect(await scan(scene, 'B1')).toMatchObject({
      instruction: 'hold-shelf',
      destination: 'sci',
      requester: 'Dupont Luc',
      requesterId: patron,
      requesterCard: 'P2',
      heldUntil: '2026-06-10',
    });
    expect(await requests.state(request)).toEqual({ state: 'ON_SHELF', assigned: 1 });
    expect(await database.sql('select process from items')).toEqual([{ process: 'HOLDSHELF' }]);
    // Again: still there, no longer than before, and its requester is named.
    scene.at('2026-06-05T10:00');
    expect(await scan(scene, 'B1')).toMatchObject({
      instruction: 'hold-shelf',
      was: 'HOLDSHELF',
      requester: 'Dupont Luc',
      requesterCard: 'P2',
      heldUntil: '2026-06-10',
    });
  });

  it('SCAN-01 HOLD-03 the end of a hold: the item of an expired one goes back to its shelf …', async ({
    scene,
    requests,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' });
    const request = await requests.place({ patron, barcode: 'B1' });
    await scan(scene, 'B1');
    // The last day is its patron's to the end.
    scene.at('2026-06-10T23:59');
    expect(await scan(scene, 'B1')).toMatchObject({ instruction: 'hold-shelf', holdEnded: null });
    scene.at('2026-06-11T08:00');
    expect(await scan(scene, 'B1')).toMatchObject({
      instruction: 'reshelve',
      was: 'HOLDSHELF',
      holdEnded: { request, patron: 'Name P2 Ana', until: '2026-06-10' },
    });
    expect(await requests.state(request)).toEqual({ state: 'CANCELLED', assigned: null });
    expect(await database.sql('select process from items')).toEqual([{ process: null }]);
    const [event] = await events(database, 'item-scanned');
    expect(event).toMatchObject({ data: { was: 'HOLDSHELF', holdEnded: request } });
  });

  it('HOLD-03 … or to whoever waits next, here or elsewhere, or home', async ({ scene, requests }) => {
    const [one, two] = [await scene.patron({ id: 'P2' }), await scene.patron({ id: 'P3' })];
    await scene.items({ barcode: 'B1', location: 'med/SALLE' }, { barcode: 'B2' });
    await requests.place({ patron: one, barcode: 'B1' });
    await requests.place({ patron: one, barcode: 'B2' });
    await scan(scene, 'B1');
    await scan(scene, 'B2');
    await requests.place({ patron: two, barcode: 'B2', pickup: 'buc' });
    scene.at('2026-06-11T08:00');
    expect(await scan(scene, 'B1')).toMatchObject({ instruction: 'transit', destination: 'med', requester: null });
    expect(await scan(scene, 'B2')).toMatchObject({ instruction: 'transit', destination: 'buc', requesterId: two });
  });

  it('SCAN-01 what is on loan is not returned silently: whose it is, for those who may know', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1');
    const answer = { kind: 'on-loan', due: local('2026-06-22T19:00'), lost: false };
    expect(await scan(scene, 'B1')).toMatchObject({ ...answer, patron: 'Name P1 Ana', patronId: patron });
    const cataloguer = await scene.staff('cat', 'cataloguer', 'sci');
    expect(await scan(scene, 'B1', {}, cataloguer)).toMatchObject({ ...answer, patron: null, patronId: null });
    expect(await database.sql('select process from items')).toEqual([{ process: 'LOAN' }]);
    expect(await events(database, 'item-scanned')).toEqual([]);
  });

  it('SCAN-01 DESK-01 needs a desk or a department', async ({ scene }) => {
    await scene.items({ barcode: 'B1' });
    const nowhere = await scan(scene, 'B1', {}, { ...scene.bib, place: null });
    expect(nowhere).toEqual({ kind: 'not-permitted', permission: 'scan-in', needs: 'desk' });
    const department = seatAt(scene.bib, 'sci/ACQ', 'department');
    expect(await scan(scene, 'B1', {}, department)).toMatchObject({ kind: 'scanned', atDepartment: true });
  });

  it('SCAN-01 BLK-10 the note of an item stops a loan and a return, not a scan', async ({ scene }) => {
    await scene.items({ barcode: 'B1', fulfilmentNote: 'check the 3 discs' });
    expect(await scan(scene, 'B1')).toMatchObject({ kind: 'scanned', instruction: 'reshelve' });
  });

  it('SCAN-01 an unknown barcode is an answer; so is `treated` where nothing is treated', async ({ scene }) => {
    await scene.items({ barcode: 'B1' });
    expect(await scan(scene, 'NOPE')).toEqual({ kind: 'unknown', what: 'ITEM', key: 'NOPE' });
    expect(await scan(scene, 'B1', { treated: true })).toMatchObject({ kind: 'invalid', path: 'treated' });
  });
});

onBothDatabases('in-house use', (it) => {
  it('SCAN-02 is registered for an item that stood in its place, and only when it is asked for', async ({
    scene,
    database,
  }) => {
    await scene.items({ barcode: 'B1' });
    expect(await scan(scene, 'B1', { inHouse: true })).toMatchObject({ instruction: 'in-house', next: 'reshelve' });
    expect(await scan(scene, 'B1')).toMatchObject({ instruction: 'reshelve' });
    const used = await events(database, 'in-house-use');
    expect(used).toMatchObject([{ itemId: 1, patronId: null, desk: 'sci/PRET', data: { barcode: 'B1' } }]);
  });

  it('SCAN-02 not for what arrives, is held, missing, on loan, or not at home', async ({
    scene,
    requests,
    database,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(
      { barcode: 'B1' },
      { barcode: 'B2' },
      { barcode: 'B3', process: 'MISSING' },
      { barcode: 'B4', location: 'med/SALLE' },
      { barcode: 'B5' },
    );
    await scan(scene, 'B1', {}, seatAt(scene.bib, 'med/PRET'));
    await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'B2' });
    await scene.lend('P1', 'B5');
    const answers = [];
    for (const barcode of ['B1', 'B2', 'B2', 'B3', 'B4', 'B5']) {
      const answer = await scan(scene, barcode, { inHouse: true });
      answers.push(answer.kind === 'scanned' ? answer.instruction : answer.kind);
    }
    expect(answers).toEqual(['reshelve', 'hold-shelf', 'hold-shelf', 'reshelve', 'transit', 'on-loan']);
    expect(await events(database, 'in-house-use')).toEqual([]);
  });
});

/** Three requests of one title in turn, the first to be fetched at med, and a copy at sci for each of some. */
async function threeWait(
  scene: Scene,
  place: (patron: number, pickup: string) => Promise<number>,
  copies = 1,
): Promise<number[]> {
  for (const copy of ['B1', 'B2', 'B3'].slice(0, copies)) await scene.items({ barcode: copy, title: 'Wanted' });
  const ids: number[] = [];
  for (const [id, pickup] of [
    ['P1', 'med'],
    ['P2', 'sci'],
    ['P3', 'sci'],
  ] as const) {
    ids.push(await place(await scene.patron({ id }), pickup));
    scene.at(`2026-06-01T1${ids.length}:00`);
  }
  return ids;
}

onBothDatabases('a copy for which several wait', (it) => {
  it('SCAN-04 two picks at this library: the request is to be chosen, and nothing is done before', async ({
    scene,
    requests,
    database,
  }) => {
    const [first, second, third] = await threeWait(
      scene,
      async (patron, pickup) => requests.place({ patron, barcode: 'B1', pickup }),
      3,
    );
    expect(await scan(scene, 'B1')).toMatchObject({
      kind: 'choose-request',
      item: { barcode: 'B1' },
      requests: [
        { id: first, patron: 'Name P1 Ana', card: 'P1', pickup: 'med', placedAt: local('2026-06-01T10:00') },
        { id: second, patron: 'Name P2 Ana', card: 'P2', pickup: 'sci', placedAt: local('2026-06-01T11:00') },
        { id: third, patron: 'Name P3 Ana', card: 'P3', pickup: 'sci', placedAt: local('2026-06-01T12:00') },
      ],
    });
    expect(await database.sql('select process from items where process is not null')).toEqual([]);
    expect(await events(database, 'item-scanned')).toEqual([]);
    expect(await scan(scene, 'B1', { request: third ?? 0 })).toMatchObject({
      instruction: 'hold-shelf',
      requester: 'Name P3 Ana',
    });
  });

  it.for([
    ['its number as a slip has it', 1, (id: number) => String(id)],
    ['the card of its patron', 2, () => 'p3'],
    ['one that is to be fetched elsewhere', 0, (id: number) => id],
  ] as const)('SCAN-04 is chosen by %s', async ([, which, key], { scene, requests }) => {
    const ids = await threeWait(scene, async (patron, pickup) => requests.place({ patron, barcode: 'B1', pickup }), 3);
    const id = ids[which] ?? 0;
    expect(await scan(scene, 'B1', { request: key(id) })).toMatchObject({
      kind: 'scanned',
      requester: `Name P${which + 1} Ana`,
    });
    expect(await requests.state(id)).toMatchObject({ assigned: 1 });
  });

  it('SCAN-04 a number that is also somebody’s card is asked, never guessed; an unknown one is an answer', async ({
    scene,
    requests,
  }) => {
    const [first] = await threeWait(
      scene,
      async (patron, pickup) => requests.place({ patron, barcode: 'B1', pickup }),
      3,
    );
    const clash = await scene.patron({ id: String(first) });
    await scene.items({ barcode: 'B4', title: 'Wanted' });
    const last = await requests.place({ patron: clash, barcode: 'B1' });
    expect(await scan(scene, 'B1', { request: String(first) })).toMatchObject({
      kind: 'choose-request',
      requests: [{ id: first }, { id: last }],
    });
    const unknown = { kind: 'unknown', what: 'REQUEST', key: '4711' };
    expect(await scan(scene, 'B1', { request: 4711 })).toEqual(unknown);
    expect(await scan(scene, 'B1', { request: '4711' })).toEqual(unknown);
  });

  it('SCAN-04 REQ-03 REQ-09 brought to another library, a copy goes to whose turn it is', async ({
    scene,
    requests,
  }) => {
    const [first, second] = await threeWait(scene, async (patron, pickup) =>
      requests.place({ patron, barcode: 'B1', pickup }),
    );
    // One copy, one pick: the others wait, and nobody overtakes.
    const overtaking = await scan(scene, 'B1', { request: second ?? 0 }, seatAt(scene.bib, 'med/PRET'));
    expect(overtaking).toEqual({ kind: 'unknown', what: 'REQUEST', key: String(second) });
    const answer = await scan(scene, 'B1', {}, seatAt(scene.bib, 'med/PRET'));
    expect(answer).toMatchObject({ instruction: 'hold-shelf', destination: 'med', requester: 'Name P1 Ana' });
    expect(await requests.state(first ?? 0)).toMatchObject({ state: 'ON_SHELF' });
  });

  it('SCAN-04 REQ-01 a request of another volume is none of this one’s', async ({ scene, requests }) => {
    await scene.items(
      { barcode: 'V1', title: 'Œuvres', description: 'T. 1' },
      { barcode: 'V2', title: 'Œuvres', description: 'T. 2' },
    );
    const patron = await scene.patron({ id: 'P1' });
    await requests.place({ patron, barcode: 'V1', ofItem: true });
    await requests.place({ patron, barcode: 'V2', ofItem: true });
    expect(await scan(scene, 'V2')).toMatchObject({ instruction: 'hold-shelf', requester: 'Name P1 Ana' });
  });

  it('SCAN-03 REL-08 who may not see patrons chooses by number, and is told where it goes, not for whom', async ({
    scene,
    requests,
  }) => {
    const [first] = await threeWait(
      scene,
      async (patron, pickup) => requests.place({ patron, barcode: 'B1', pickup }),
      3,
    );
    const cataloguer = await scene.staff('cat', 'cataloguer', 'sci');
    expect(await scan(scene, 'B1', {}, cataloguer)).toMatchObject({
      kind: 'choose-request',
      requests: [
        { id: first, patron: null, card: null },
        { patron: null, card: null },
        { patron: null, card: null },
      ],
    });
    expect(await scan(scene, 'B1', { request: first ?? 0 }, cataloguer)).toMatchObject({
      instruction: 'transit',
      destination: 'med',
      requester: null,
      requesterId: null,
      requesterCard: null,
    });
  });
});
