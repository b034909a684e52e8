import { expect } from 'vitest';
import { penaltiesAt } from '../../source/circulation/penalties.ts';
import { deleteItem } from '../../source/desk/catalogue-items.ts';
import { placeWorkOrder } from '../../source/desk/work-orders.ts';
import type { TestDatabase } from '../support/databases.ts';
import { blockCodes, onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene, TestItem } from '../support/house.ts';
import { days, network, smallNetwork, withLibrary } from '../support/network.ts';

/** P1 has B1 since 1 June: due on Monday 22 June at 19:00. */
async function lentToP1(scene: Scene): Promise<number> {
  const patron = await scene.patron({ id: 'P1', lastName: 'Martin', firstName: 'Ana' });
  await scene.items({ barcode: 'B1', title: 'Algèbre' });
  expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'lent', due: local('2026-06-22T19:00') });
  return patron;
}

onBothDatabases('returning', (it) => {
  it('RET-02 RET-08 on time: who had it, when it was due, the date applied, where it goes', async ({ scene }) => {
    const patron = await lentToP1(scene);
    scene.at('2026-06-22T18:00');
    expect(await scene.giveBack('b1 ')).toEqual({
      kind: 'returned',
      item: {
        id: expect.any(Number) as number,
        barcode: 'B1',
        title: 'Algèbre',
        author: null,
        description: null,
        callNumber: null,
        library: 'sci',
        location: 'sci/63S',
        material: 'BOOK',
      },
      was: 'LOAN',
      loan: expect.any(Number) as number,
      patron: { id: patron, name: 'Martin Ana' },
      due: local('2026-06-22T19:00'),
      returnedAt: local('2026-06-22T18:00'),
      daysLate: 0,
      blockedUntil: null,
      next: 'reshelve',
      destination: null,
      department: null,
      received: false,
      requester: null,
      requesterId: null,
      requesterCard: null,
      heldUntil: null,
      request: null,
      reminderAt: null,
      workOrder: null,
      treated: false,
      arrived: false,
      stops: [],
      holdEnded: null,
      quickAdd: null,
    });
  });

  it('RET-05 REL-09 the event says what the screen says: the date applied, and where the item goes', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', location: 'med/SALLE' });
    await scene.lend('P1', 'B1');
    await scene.giveBack('B1');
    const [event] = await database.records.read(async (records) => records.events.latest('item-returned', 9));
    expect(event).toMatchObject({
      patronId: patron,
      data: { barcode: 'B1', returnedAt: scene.now(), was: 'LOAN', next: 'transit', destination: 'med' },
    });
  });

  it('RET-06 what was lost is found: its loan ends as others do', async ({ scene, database }) => {
    await lentToP1(scene);
    await database.records.transaction(async (records) => {
      const item = await records.items.byBarcode('B1');
      await records.loans.markLost(item?.loan?.id ?? 0, scene.now());
      await records.items.setProcess(item?.id ?? 0, 'LOST_LOAN', 'sci');
    });
    scene.at('2026-06-30T11:00');
    expect(await scene.giveBack('B1')).toMatchObject({
      kind: 'returned',
      was: 'LOST_LOAN',
      patron: { name: 'Martin Ana' },
      daysLate: 8,
      blockedUntil: '2026-07-05',
      next: 'reshelve',
    });
  });

  const returns: [string, string, number, string | null][] = [
    ['the evening of the due day', '2026-06-22T23:00', 0, null],
    ['Thursday, in grace', '2026-06-25T10:00', 3, null],
    ['Friday: one day', '2026-06-26T10:00', 4, '2026-06-27'],
    ['eight days late: five', '2026-06-30T11:00', 8, '2026-07-05'],
  ];
  it.for(returns)(
    'PEN-02 PEN-03 RET-02 due Monday, returned %s',
    async ([, when, daysLate, blockedUntil], { scene, database }) => {
      const patron = await lentToP1(scene);
      scene.at(when);
      expect(await scene.giveBack('B1')).toMatchObject({ kind: 'returned', daysLate, blockedUntil });
      const blocks = await database.records.read(async (records) => records.blocks.standing(patron, '2026-06-22'));
      const item = { barcode: 'B1', title: 'Algèbre', returned: local(when) };
      const expected = { type: 'LATE_RETURN', until: blockedUntil, note: null, library: 'sci', item };
      expect(blocks).toEqual(blockedUntil === null ? [] : [expected]);
    },
  );

  it('PEN-05 PEN-06 blocked until 5 July inclusive: borrowing again on the 6th, with no nightly run in between', async ({
    scene,
  }) => {
    await lentToP1(scene);
    await scene.items({ barcode: 'B2' });
    scene.at('2026-06-30T11:00');
    await scene.giveBack('B1');
    scene.at('2026-07-05T18:59');
    expect(await scene.lend('P1', 'B2')).toMatchObject({
      kind: 'blocked',
      blocks: [
        {
          code: 'PATRON_BLOCK_LATE_RETURN',
          facts: [{ until: '2026-07-05', item: { barcode: 'B1', title: 'Algèbre' } }],
        },
      ],
    });
    scene.at('2026-07-06T08:00');
    expect(await scene.lend('P1', 'B2')).toMatchObject({ kind: 'lent' });
  });

  it('PEN-04 RET-02 several late returns do not add up: each says the end that counts', async ({ scene }) => {
    await lentToP1(scene);
    await scene.items({ barcode: 'B2' });
    scene.at('2026-06-05T10:00');
    await scene.lend('P1', 'B2');
    scene.at('2026-07-06T10:00');
    expect(await scene.giveBack('B1')).toMatchObject({ daysLate: 14, blockedUntil: '2026-07-17' });
    expect(await scene.giveBack('B2')).toMatchObject({ daysLate: 10, blockedUntil: '2026-07-17' });
    expect(await scene.lend('P1', 'B1')).toMatchObject({
      blocks: [{ facts: [{ until: '2026-07-17' }, { until: '2026-07-13' }] }],
    });
  });

  it('RET-02 a return on time says until when its patron is blocked for other reasons', async ({ scene }) => {
    await scene.patron({ id: 'P1', blocks: [{ type: 'MANUAL', until: '2026-06-20' }] });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1', { override: { codes: 'all' } });
    expect(await scene.giveBack('B1')).toMatchObject({ daysLate: 0, blockedUntil: '2026-06-20' });
  });

  it('PEN-08 the owning library’s own practice: no suspension at all, blocked only while something is late', async ({
    scene,
    database,
  }) => {
    await lentToP1(scene);
    await scene.items({ barcode: 'B2' });
    await scene.load(withLibrary('sci', { penalties: { ...penaltiesAt(smallNetwork, 'sci'), daysPerDayLate: 0 } }));
    scene.at('2026-06-30T11:00');
    expect(blockCodes(await scene.lend('P1', 'B2'))).toEqual(['PATRON_OVERDUE']);
    expect(await scene.giveBack('B1')).toMatchObject({ daysLate: 8, blockedUntil: null });
    expect(await scene.lend('P1', 'B2')).toMatchObject({ kind: 'lent' });
    expect(await database.sql('select id from patron_blocks')).toEqual([]);
  });

  it('PEN-03 a short loan has one day of grace; its class is that of its own rule, whatever the rules say now', async ({
    scene,
  }) => {
    await scene.load(network({ loanRules: [{ period: days(7) }] }));
    await lentToP1WithPeriod(scene, '2026-06-08T19:00');
    await scene.load(network({ loanRules: [{ period: days(21) }] }));
    scene.at('2026-06-10T10:00');
    expect(await scene.giveBack('B1')).toMatchObject({ daysLate: 2, blockedUntil: '2026-06-11' });
  });

  it('RET-01 an unknown barcode is an answer, not an error', async ({ scene }) => {
    expect(await scene.giveBack('nothing')).toEqual({ kind: 'unknown', what: 'ITEM', key: 'nothing' });
  });
});

async function lentToP1WithPeriod(scene: Scene, due: string): Promise<void> {
  await scene.patron({ id: 'P1' });
  await scene.items({ barcode: 'B1' });
  expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'lent', due: local(due) });
}

onBothDatabases('the book drop', (it) => {
  it('PEN-07 RET-04 a return is judged at its chosen time, not at the time of the scan', async ({ scene }) => {
    await lentToP1(scene);
    scene.at('2026-06-30T11:00');
    const answer = await scene.giveBack('B1', { dated: local('2026-06-24T22:00') });
    expect(answer).toMatchObject({
      kind: 'returned',
      daysLate: 2,
      blockedUntil: null,
      returnedAt: local('2026-06-24T22:00'),
    });
  });

  it('PEN-07 the block follows the chosen day, and may have ended by now', async ({ scene, database }) => {
    await lentToP1(scene);
    scene.at('2026-07-06T11:00');
    const answer = await scene.giveBack('B1', { dated: local('2026-06-26T22:00') });
    expect(answer).toMatchObject({ daysLate: 4, blockedUntil: null });
    expect(await database.sql('select until_day from patron_blocks')).toEqual([{ until_day: '2026-06-27' }]);
  });

  it('PEN-07 a time in the future is refused, and nothing is returned', async ({ scene }) => {
    await lentToP1(scene);
    const answer = await scene.giveBack('B1', { dated: scene.now() + 1 });
    expect(answer).toEqual({ kind: 'invalid', path: 'dated', problem: 'in-the-future' });
    expect(await scene.giveBack('B1')).toMatchObject({ kind: 'returned' });
  });

  it('RET-04 HOLD-01 TRA-01 what is held or sent on is so from now on, whatever the date of its return', async ({
    scene,
    requests,
    database,
  }) => {
    await lentToP1(scene);
    await scene.items({ barcode: 'B2', location: 'med/SALLE' });
    await scene.lend('P1', 'B2');
    scene.at('2026-06-22T10:00');
    await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'B1' });
    const dated = local('2026-06-05T22:00');
    expect(await scene.giveBack('B1', { dated })).toMatchObject({
      returnedAt: dated,
      next: 'hold-shelf',
      heldUntil: '2026-07-01',
    });
    expect(await scene.giveBack('B2', { dated })).toMatchObject({ returnedAt: dated, next: 'transit' });
    const at = await database.sql('select since, held_since from transits cross join requests');
    expect(Object.values(at[0] ?? {}).map(Number)).toEqual([scene.now(), scene.now()]);
  });

  it('PEN-07 a time before the loan counts as the loan’s own', async ({ scene }) => {
    await lentToP1(scene);
    const answer = await scene.giveBack('B1', { dated: local('2026-05-01T10:00') });
    expect(answer).toMatchObject({ kind: 'returned', daysLate: 0, returnedAt: local('2026-06-01T10:00') });
  });
});

onBothDatabases('returning within a patron’s record', (it) => {
  it('RET-01 another patron’s item asks for confirmation, and then is returned', async ({ scene }) => {
    const owner = await lentToP1(scene);
    const open = await scene.patron({ id: 'P2' });
    expect(await scene.giveBack('B1', { within: open })).toMatchObject({
      kind: 'confirm',
      patron: 'Martin Ana',
      patronId: owner,
      item: { barcode: 'B1' },
    });
    expect(await scene.giveBack('B1', { within: open, confirmed: true })).toMatchObject({
      kind: 'returned',
      patron: { id: owner },
    });
  });

  it('RET-01 the patron’s own does not, nor what is not on loan', async ({ scene }) => {
    const owner = await lentToP1(scene);
    expect(await scene.giveBack('B1', { within: owner })).toMatchObject({ kind: 'returned' });
    expect(await scene.giveBack('B1', { within: owner })).toMatchObject({ kind: 'not-on-loan' });
  });
});

onBothDatabases('returning what is not on loan', (it) => {
  it('RET-06 says so and routes it: in place, missing, in process, foreign', async ({ scene, database }) => {
    await scene.items(
      { barcode: 'B1' },
      { barcode: 'B2', process: 'MISSING' },
      { barcode: 'B3', process: 'ACQ', department: 'ACQ' },
      { barcode: 'B4', location: 'med/SALLE' },
    );
    const nothing = { kind: 'not-on-loan', patron: null, due: null, daysLate: 0, blockedUntil: null };
    expect(await scene.giveBack('B1')).toMatchObject({ ...nothing, next: 'reshelve' });
    expect(await scene.giveBack('B2')).toMatchObject({ ...nothing, next: 'reshelve', was: 'MISSING' });
    expect(await scene.giveBack('B3')).toMatchObject({
      ...nothing,
      next: 'department',
      destination: 'ACQ',
      was: 'ACQ',
    });
    expect(await scene.giveBack('B4')).toMatchObject({ ...nothing, next: 'transit', destination: 'med' });
    const states = await database.sql('select barcode, process, at_library from items order by barcode');
    expect(states).toEqual([
      { barcode: 'B1', process: null, at_library: 'sci' },
      { barcode: 'B2', process: null, at_library: 'sci' },
      { barcode: 'B3', process: 'ACQ', at_library: 'sci' },
      { barcode: 'B4', process: 'TRANSIT', at_library: 'sci' },
    ]);
  });

  it('RET-06 the scan is recorded without a patron', async ({ scene, database }) => {
    await lentToP1(scene);
    await scene.giveBack('B1');
    await scene.giveBack('B1');
    const events = await database.sql("select patron_id, loan_id from events where kind = 'return-without-loan'");
    expect(events).toEqual([{ patron_id: null, loan_id: null }]);
  });

  it('RET-03 another library’s item travels home; on arrival it is back in place', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', location: 'med/SALLE' });
    await scene.lend('P1', 'B1');
    expect(await scene.giveBack('B1')).toMatchObject({ kind: 'returned', next: 'transit', destination: 'med' });
    expect(await scene.giveBack('B1')).toMatchObject({ kind: 'not-on-loan', next: 'transit', destination: 'med' });
    expect(await database.sql('select from_library, to_library, ended_at from transits')).toEqual([
      { from_library: 'sci', to_library: 'med', ended_at: null },
    ]);
    expect(await scene.giveBack('B1', {}, seatAt(scene.bib, 'med/PRET'))).toMatchObject({ next: 'reshelve' });
    expect(await database.sql('select process, at_library from items')).toEqual([{ process: null, at_library: 'med' }]);
  });
});

onBothDatabases('returning an item with a note', (it) => {
  it('BLK-10 the return waits until it is acknowledged', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', fulfilmentNote: 'check the 3 discs' });
    await scene.lend('P1', 'B1', { acknowledged: true });
    expect(await scene.giveBack('B1')).toMatchObject({ kind: 'note', note: 'check the 3 discs' });
    expect(await database.sql('select process from items')).toEqual([{ process: 'LOAN' }]);
    expect(await scene.giveBack('B1', { acknowledged: true })).toMatchObject({ kind: 'returned' });
  });

  it('BLK-10 one that was not on loan shows its note too', async ({ scene }) => {
    await scene.items({ barcode: 'B1', fulfilmentNote: 'check the 3 discs' });
    expect(await scene.giveBack('B1')).toMatchObject({ kind: 'note' });
    expect(await scene.giveBack('B1', { acknowledged: true })).toMatchObject({ kind: 'not-on-loan', next: 'reshelve' });
  });
});

/** P1 has B1, which was made at the desk and is not catalogued. */
async function lentQuickAdd(scene: Scene, database: TestDatabase, more: Partial<TestItem> = {}): Promise<void> {
  await scene.patron({ id: 'P1' });
  await scene.items({ barcode: 'B1', ...more });
  await database.sql(`update items set quick_add = ${database.house.kind === 'sqlite' ? '1' : 'true'}`);
  expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'lent' });
}

onBothDatabases('returning what was made at the desk', (it) => {
  it('RET-07 it goes to the department of its library, and may be deleted with its holding and title', async ({
    scene,
    database,
  }) => {
    await lentQuickAdd(scene, database);
    expect(await scene.giveBack('B1')).toMatchObject({
      kind: 'returned',
      next: 'department',
      destination: 'ACQ',
      received: false,
      quickAdd: { mayDelete: true, withTitle: true, withHolding: true },
    });
    expect(await database.sql('select to_library, to_department, reason from transits')).toEqual([
      { to_library: 'sci', to_department: 'ACQ', reason: 'acquisition' },
    ]);
    expect(await database.sql('select process, at_library from items')).toEqual([
      { process: 'TRANSIT', at_library: 'sci' },
    ]);
  });

  it('RET-07 what may be deleted can be, on its way to the department', async ({ scene, database }) => {
    await lentQuickAdd(scene, database);
    await scene.giveBack('B1');
    expect(await scene.act(deleteItem, { barcode: 'B1', also: 'what-is-empty' })).toMatchObject({
      kind: 'deleted',
      holding: expect.any(Number) as number,
      title: expect.any(Number) as number,
    });
    expect(await scene.giveBack('B1')).toMatchObject({ kind: 'unknown', what: 'ITEM' });
    expect(await database.sql('select id from transits where ended_at is null')).toEqual([]);
  });

  it('RET-07 another copy keeps the title, and the holding if it stands under it', async ({ scene, database }) => {
    await lentQuickAdd(scene, database, { title: 'Two', callNumber: '1' });
    await scene.items({ barcode: 'B2', title: 'Two', callNumber: '2' });
    expect(await scene.giveBack('B1')).toMatchObject({
      quickAdd: { mayDelete: true, withTitle: false, withHolding: true },
    });
    await scene.items({ barcode: 'B3', title: 'Two', callNumber: '1' });
    expect(await scene.giveBack('B1')).toMatchObject({
      kind: 'not-on-loan',
      quickAdd: { mayDelete: true, withTitle: false, withHolding: false },
    });
  });

  it('RET-07 REL-08 what is deleted is the owning library’s affair; what is to be treated stays', async ({
    scene,
    database,
  }) => {
    await lentQuickAdd(scene, database);
    const neighbour = await scene.staff('eve', 'operator', 'med', 'med/PRET');
    expect(await scene.giveBack('B1', {}, neighbour)).toMatchObject({ quickAdd: { mayDelete: false } });
    expect(await scene.giveBack('B1')).toMatchObject({ quickAdd: { mayDelete: true } });
    await scene.act(placeWorkOrder, { barcode: 'B1' });
    expect(await scene.giveBack('B1')).toMatchObject({ quickAdd: { mayDelete: false } });
  });

  it('RET-07 somebody who waits for it keeps its title; they have it once it is catalogued', async ({
    scene,
    database,
    requests,
  }) => {
    await lentQuickAdd(scene, database);
    await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'B1', ofItem: true });
    expect(await scene.giveBack('B1')).toMatchObject({
      next: 'department',
      requester: null,
      quickAdd: { mayDelete: false, withTitle: false },
    });
  });

  it('RET-03 RET-07 returned elsewhere it travels to its library’s department; without one it is put in place', async ({
    scene,
    database,
  }) => {
    await lentQuickAdd(scene, database);
    const elsewhere = await scene.giveBack('B1', {}, seatAt(scene.bib, 'med/PRET'));
    expect(elsewhere).toMatchObject({ next: 'transit', destination: 'sci', department: 'ACQ' });
    await scene.load(withLibrary('sci', { departments: [] }));
    expect(await scene.giveBack('B1')).toMatchObject({ next: 'reshelve', quickAdd: { mayDelete: true } });
  });
});
