import { expect } from 'vitest';
import { changeDue } from '../../source/desk/change-due.ts';
import type { ChangeDueRequest } from '../../source/desk/change-due.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { renew } from '../../source/desk/renew.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { hours, network, withLibrary } from '../support/network.ts';

/** P1 has S1 of `sci` (due Monday 22 June, 19:00) and B1 of `buc` (due Monday 15 June, 20:00). */
async function lent(scene: Scene): Promise<number> {
  const id = await scene.patron({ id: 'P1' });
  await scene.items({ barcode: 'S1' }, { barcode: 'B1', location: 'buc/SALLE' });
  for (const barcode of ['S1', 'B1']) expect(await scene.lend('P1', barcode)).toMatchObject({ kind: 'lent' });
  return id;
}

const change = async (scene: Scene, due: ChangeDueRequest['due'], barcodes = ['S1'], seat?: Seat) =>
  scene.act(changeDue, { barcodes, due }, seat);

onBothDatabases('a due date by hand', (it) => {
  it('REN-09 a day means its closing hour; the loan and its event say so, from what to what', async ({
    scene,
    database,
  }) => {
    const patron = await lent(scene);
    const due = local('2026-07-01T19:00');
    expect(await change(scene, '2026-07-01')).toMatchObject({
      kind: 'changed',
      lines: [{ item: { barcode: 'S1' }, due, before: local('2026-06-22T19:00'), lateFrom: local('2026-07-02T00:00') }],
    });
    const loans = await database.sql("select due_at, renewals from loans where library = 'sci'");
    expect(loans).toMatchObject([{ due_at: expect.toSatisfy((at) => Number(at) === due), renewals: 0 }]);
    const [event] = await database.records.read(async (records) => records.events.latest('due-date-changed', 9));
    expect(event).toMatchObject({
      at: local('2026-06-01T10:00'),
      staff: 'bib',
      desk: 'sci/PRET',
      patronId: patron,
      data: { barcode: 'S1', title: 'Title S1', library: 'sci', due, before: local('2026-06-22T19:00') },
    });
    expect(event?.data).not.toHaveProperty('because');
  });

  it.for([
    ['a Sunday: the next open day', '2026-06-28', '2026-06-29T19:00'],
    ['Christmas: the reopening', '2026-12-24', '2027-01-04T19:00'],
    ['a Saturday: its own closing hour', '2026-06-27', '2026-06-27T12:30'],
    ['today', '2026-06-01', '2026-06-01T19:00'],
  ] as const)('REN-09 CAL-03 CAL-04 %s', async ([, day, expected], { scene }) => {
    await lent(scene);
    expect(await change(scene, day)).toMatchObject({ lines: [{ due: local(expected) }] });
  });

  it('REN-09 a time is taken as it is, also on a closed day', async ({ scene }) => {
    await lent(scene);
    expect(await change(scene, local('2026-06-28T11:15'))).toMatchObject({
      lines: [{ due: local('2026-06-28T11:15'), lateFrom: local('2026-06-29T00:00') }],
    });
  });

  it('REN-09 CAL-05 a loan counted in hours is late from its new due instant', async ({ scene }) => {
    await scene.load(network({ loanRules: [{ period: hours(2) }] }));
    await lent(scene);
    expect(await change(scene, local('2026-06-01T15:00'))).toMatchObject({
      lines: [{ lateFrom: local('2026-06-01T15:00') }],
    });
    expect(await change(scene, '2026-06-02')).toMatchObject({
      lines: [{ due: local('2026-06-02T19:00'), lateFrom: local('2026-06-02T19:00') }],
    });
  });

  it('REN-09 in the past is INVALID, and changes nothing', async ({ scene, database }) => {
    await lent(scene);
    const past = { kind: 'invalid', path: 'due', problem: 'in-the-past' };
    expect(await change(scene, '2026-05-29')).toEqual(past);
    expect(await change(scene, local('2026-06-01T10:00'))).toEqual(past);
    scene.at('2026-06-01T19:00');
    expect(await change(scene, '2026-06-01')).toEqual(past);
    expect(await change(scene, '2026-06-31')).toEqual({
      kind: 'invalid',
      path: 'due',
      problem: 'not-a-day',
      value: '2026-06-31',
    });
    expect(await database.sql("select id from events where kind = 'due-date-changed'")).toEqual([]);
  });

  it('REN-09 several loans, each by the calendar of its own library', async ({ scene, database }) => {
    await lent(scene);
    expect(await change(scene, '2026-06-27', ['S1', 'B1', 's1'])).toMatchObject({
      lines: [
        { item: { barcode: 'S1' }, due: local('2026-06-27T12:30') },
        { item: { barcode: 'B1' }, due: local('2026-06-29T20:00') },
      ],
    });
    expect(await database.sql("select id from events where kind = 'due-date-changed'")).toHaveLength(2);
  });

  it('REN-09 all or none: one that is unknown, not on loan, or at a library that never opens again', async ({
    scene,
    database,
  }) => {
    await lent(scene);
    await scene.items({ barcode: 'FREE' });
    expect(await change(scene, '2026-07-01', ['S1', 'NOPE'])).toEqual({ kind: 'unknown', what: 'ITEM', key: 'NOPE' });
    expect(await change(scene, '2026-07-01', ['S1', 'FREE'])).toEqual({ kind: 'not-on-loan', barcode: 'FREE' });
    await scene.load(withLibrary('buc', { closures: [{ from: '2026-06-16', to: '2029-06-01' }] }));
    expect(await change(scene, '2026-07-01', ['S1', 'B1'])).toMatchObject({
      kind: 'invalid',
      path: 'libraries.buc',
      problem: 'no-open-day',
    });
    expect(await database.sql("select id from events where kind = 'due-date-changed'")).toEqual([]);
    expect(await database.sql('select distinct due_by_hand from loans')).toHaveLength(1);
  });

  it('REN-09 REN-05 pushed past its maximum period, a loan can no longer be renewed', async ({ scene }) => {
    await lent(scene);
    await change(scene, '2026-06-22', ['B1']);
    scene.at('2026-06-10T10:00');
    expect(await scene.act(renew, { barcodes: ['B1'] })).toMatchObject({
      lines: [{ refusals: ['DUE_DATE_UNCHANGED'] }],
    });
    await change(scene, '2026-06-23', ['B1']);
    const manager = await scene.staff('head', 'manager');
    expect(await scene.act(renew, { barcodes: ['B1'], override: { codes: 'all' } }, manager)).toMatchObject({
      lines: [{ refusals: ['RENEWAL_PERIOD_EXCEEDED', 'DUE_DATE_UNCHANGED'], mayOverride: false }],
    });
  });

  it('REN-09 brought forward, it can be renewed again', async ({ scene }) => {
    await lent(scene);
    await change(scene, '2026-06-08', ['B1']);
    scene.at('2026-06-06T10:00');
    expect(await scene.act(renew, { barcodes: ['B1'] })).toMatchObject({
      lines: [{ kind: 'renewed', due: local('2026-06-15T20:00') }],
    });
  });

  it('REN-09 PEN-01 a late loan that gets a later date is late no more', async ({ scene }) => {
    await lent(scene);
    scene.at('2026-06-20T10:00');
    await scene.items({ barcode: 'S2' });
    expect(await scene.lend('P1', 'S2')).toMatchObject({ kind: 'blocked', blocks: [{ code: 'PATRON_OVERDUE' }] });
    await change(scene, '2026-06-22', ['B1']);
    expect(await scene.lend('P1', 'S2')).toMatchObject({ kind: 'lent' });
  });

  it('REN-09 limited operators may not', async ({ scene, database }) => {
    await lent(scene);
    const helper = await scene.staff('mon', 'limited-operator');
    expect(await change(scene, '2026-07-01', ['S1'], helper)).toEqual({
      kind: 'not-permitted',
      permission: 'change-due',
      needs: 'role',
    });
    expect(await database.sql("select id from events where kind = 'due-date-changed'")).toEqual([]);
  });
});
