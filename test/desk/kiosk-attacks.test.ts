import { expect } from 'vitest';
import { changeItem } from '../../source/desk/catalogue-items.ts';
import { anonymise } from '../../source/desk/anonymise.ts';
import { ownAccount, ownHistory } from '../../source/desk/own-account.ts';
import { ownLoans } from '../../source/desk/own-loans.ts';
import { ownMessages } from '../../source/desk/own-messages.ts';
import { ownRequests } from '../../source/desk/own-requests.ts';
import { blockPatron } from '../../source/desk/patron-blocks.ts';
import { addPatronNote } from '../../source/desk/patron-notes.ts';
import type { Action } from '../../source/desk/perform.ts';
import { openPatron } from '../../source/desk/patrons.ts';
import { renew } from '../../source/desk/renew.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { placeRequest, requestForm } from '../../source/desk/requests-place.ts';
import { showItem } from '../../source/desk/show.ts';
import type { TestDatabase } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import { everyAction } from '../support/every-action.ts';
import { commandLine } from '../support/house.ts';
import { asPatron, kioskOf } from '../support/kiosk.ts';
import { everyRow } from '../support/snapshot.ts';

const window = { offset: 0, limit: 50 };
const ACTIONS = await everyAction();

/** Everything that an attack could have changed. */
const everything = async (database: TestDatabase) => ({
  ...(await everyRow(database)),
  patrons: await database.sql('select * from patrons order by id'),
  passwords: await database.sql('select * from patron_passwords order by patron_id'),
  notes: await database.sql('select * from patron_notes order by id'),
  staff: await database.sql('select * from staff order by id'),
  settings: await database.sql('select * from settings order by 1'),
});

onBothDatabases('somebody at a kiosk who calls what no screen offers', (it) => {
  it('KIO-07 REL-08 is refused every action of the staff, whatever the request says, and nothing is written', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    const other = await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P2', 'B1');
    const requests: unknown[] = [undefined, {}, { patron }, { patron: 'P1' }, { patron: other, barcode: 'B1' }];
    const staffOnly = ACTIONS.filter((one) => one.kiosk === null);
    expect(staffOnly.length).toBeGreaterThan(100);
    const before = await everything(database);
    const passed: string[] = [];
    for (const what of staffOnly)
      for (const seat of [kioskOf(null), kioskOf(patron), { ...scene.bib, ...kioskOf(patron), staff: scene.bib.staff }])
        for (const request of requests) {
          const { kind } = await scene.perform(seat, what, request as never);
          if (kind !== 'not-permitted') passed.push(what.name);
        }
    expect(passed).toEqual([]);
    expect(await everything(database)).toEqual(before);
  });

  it('KIO-07 does for nobody else what they may do for themselves, however they are named', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    const other = await scene.patron({ id: 'P2' });
    const own = ACTIONS.filter((one) => one.kiosk === 'self');
    expect(own.map((one) => one.name)).toEqual(expect.arrayContaining(['renew', 'cancel-request', 'own-loans']));
    const others = [
      other,
      String(other),
      'P2',
      String(patron),
      'P1',
      null,
      undefined,
      [patron],
      { id: patron },
      NaN,
      0,
    ];
    const before = await everything(database);
    const passed: unknown[] = [];
    for (const what of own) {
      const attempts: [ReturnType<typeof kioskOf>, unknown][] = [
        ...others.map((key): [ReturnType<typeof kioskOf>, unknown] => [kioskOf(patron), { patron: key }]),
        [kioskOf(patron), {}],
        [kioskOf(patron), undefined],
        [kioskOf(null), { patron }],
        [kioskOf(null), { patron: null }],
        [kioskOf(null), {}],
      ];
      for (const [seat, request] of attempts) {
        const { kind } = await scene.perform(seat, what as Action<unknown, { kind: string }>, request);
        if (kind !== 'not-permitted') passed.push([what.name, request]);
      }
    }
    expect(passed).toEqual([]);
    expect(await everything(database)).toEqual(before);
  });
});

onBothDatabases('what belongs to others', (it) => {
  it('KIO-07 a barcode of theirs is answered as one that does not exist', async ({ scene, database, requests }) => {
    const patron = await scene.patron({ id: 'P1' });
    const other = await scene.patron({ id: 'P2' });
    const barcodes = ['LENT', 'IN-PLACE', 'HELD', 'LATE', 'RETURNED', 'NOTHING'];
    await scene.items(...barcodes.slice(0, 5).map((barcode) => ({ barcode, location: 'med/SALLE' })));
    for (const barcode of ['LENT', 'LATE']) await scene.lend(other, barcode);
    await requests.place({ patron: other, barcode: 'HELD' });
    await scene.giveBack('HELD');
    // Once their own, now nobody's.
    await scene.lend(patron, 'RETURNED');
    await scene.giveBack('RETURNED');
    scene.at('2026-06-10T10:00');
    const before = await everything(database);
    const answered = await asPatron(scene, patron, renew, { barcodes });
    const unknown = barcodes.map((key) => ({ kind: 'unknown', what: 'ITEM', key }));
    expect(answered).toEqual({ kind: 'renewals', lines: unknown });
    expect(await everything(database)).toEqual(before);
    expect(await scene.act(renew, { barcodes: ['LENT'] })).toMatchObject({ lines: [{ kind: 'renewed' }] });
  });

  it('KIO-07 a request of theirs is answered as one that does not exist', async ({ scene, database, requests }) => {
    const patron = await scene.patron({ id: 'P1' });
    const other = await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' }, { barcode: 'B3' }, { barcode: 'B4' });
    const own = await requests.place({ patron, barcode: 'B4' });
    await scene.act(cancelRequest, { request: own });
    scene.at('2026-10-01T10:00');
    await scene.perform(commandLine, anonymise, { asOf: scene.now() });
    const waiting = await requests.place({ patron: other, barcode: 'B1' });
    const held = await requests.place({ patron: other, barcode: 'B2' });
    await scene.giveBack('B2');
    const closed = await requests.place({ patron: other, barcode: 'B3' });
    await scene.act(cancelRequest, { request: closed });
    const before = await everything(database);
    for (const request of [waiting, held, closed, own, 999_999, -1]) {
      const answered = await asPatron(scene, patron, cancelRequest, { request, reason: 'x' });
      expect(answered).toEqual({ kind: 'unknown', what: 'REQUEST', key: String(request) });
    }
    expect(await everything(database)).toEqual(before);
  });

  it('KIO-07 stands in no answer to a patron: names, cards, what staff wrote or who they are', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1', firstName: 'Ana', lastName: 'Martin' });
    const people = ['SECRET-CARD-1', 'SECRET-CARD-2', 'SECRET-CARD-3'].map((id) => ({
      id,
      firstName: 'Secret',
      lastName: 'Secretson',
      email: `${id}@secret.org`,
    }));
    for (const one of people) await scene.patron(one);
    const [first = '', second = '', third = ''] = people.map((one) => one.id);
    await scene.items(
      { barcode: 'B1', location: 'med/SALLE' },
      { barcode: 'B2', location: 'med/SALLE' },
      { barcode: 'B3', location: 'med/SALLE' },
      { barcode: 'B4' },
    );
    for (const barcode of ['B1', 'B2', 'B4'])
      await scene.act(changeItem, { barcode, change: { internalNote: 'SECRET item', fulfilmentNote: 'SECRET note' } });
    const acknowledged = { acknowledged: true };
    await scene.lend(patron, 'B1', acknowledged);
    await scene.lend(first, 'B2', acknowledged);
    for (const id of [first, second, third])
      await scene.act(placeRequest, { patron: id, item: 'B1', pickup: 'med', note: 'SECRET' });
    await scene.act(placeRequest, { patron: first, item: 'B4', pickup: 'sci' });
    await scene.act(addPatronNote, { patron, text: 'SECRET to staff', popup: true });
    await scene.act(blockPatron, { patron, type: 'MANUAL', note: 'SECRET why' });
    await scene.act(placeRequest, { patron, item: 'B2', pickup: 'med', note: 'SECRET of the desk' });
    await scene.act(placeRequest, { patron, item: 'B3', pickup: 'med' });
    scene.at('2026-06-10T10:00');
    const shown = await asPatron(scene, patron, ownRequests, {});
    const mine = shown.kind === 'requests' ? shown.lines.map((one) => one.request) : [];
    expect(mine).toHaveLength(2);
    const answers: { kind: string }[] = [
      shown,
      await asPatron(scene, patron, ownAccount, {}),
      await asPatron(scene, patron, ownLoans, { sort: 'due', window }),
      await asPatron(scene, patron, ownHistory, { window }),
      await asPatron(scene, patron, ownMessages, {}),
      await asPatron(scene, patron, renew, {}),
      await asPatron(scene, patron, renew, { barcodes: ['B2', 'B4'] }),
      await asPatron(scene, patron, requestForm, { item: 'B1' }),
      await asPatron(scene, patron, requestForm, { item: 'B4' }),
      await asPatron(scene, patron, placeRequest, { item: 'B1', pickup: 'med' }),
      await asPatron(scene, patron, placeRequest, { item: 'B4', pickup: 'sci' }),
      await asPatron(scene, patron, cancelRequest, { request: mine[0] ?? 0 }),
      await asPatron(scene, patron, cancelRequest, { request: mine[0] ?? 0 }),
      await asPatron(scene, patron, cancelRequest, { request: mine[1] ?? 0 }),
    ];
    expect(answers.map((one) => one.kind)).toEqual(
      'requests account loans history messages renewals renewals form form refused placed cancelled closed-already cancelled'.split(
        ' ',
      ),
    );
    expect(JSON.stringify(answers)).not.toMatch(/secret|\bbib\b/iu);
    const atTheDesk = [await scene.act(openPatron, { patron }), await scene.act(showItem, { barcode: 'B2' })];
    for (const one of atTheDesk) expect(JSON.stringify(one)).toMatch(/secret/iu);
    // Only their own number is in them.
    const numbers = [...JSON.stringify(answers).matchAll(/"patron(?:Id)?":(\d+)/gu)].map((one) => Number(one[1]));
    expect(numbers.filter((one) => one !== patron && one !== 0)).toEqual([]);
  });
});
