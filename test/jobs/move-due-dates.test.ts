import { expect } from 'vitest';
import { changeDue } from '../../source/desk/change-due.ts';
import { renew } from '../../source/desk/renew.ts';
import { moveDueDates } from '../../source/jobs/move-due-dates.ts';
import type { Instant } from '../../source/circulation/time.ts';
import type { Perform } from '../../source/desk/perform.ts';
import { onBothDatabases } from '../support/desk.ts';
import type { TestDatabase } from '../support/databases.ts';
import { commandLine, local, said } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { days, hours, loanRules, network, withLibrary } from '../support/network.ts';

/** Every open loan's due date, by its item. */
async function dues(database: TestDatabase): Promise<Record<string, string | null>> {
  const found = await database.sql<{ barcode: string; due_at: unknown }>(
    'select i.barcode, l.due_at from loans l join items i on i.id = l.item_id where l.returned_at is null order by i.barcode',
  );
  return Object.fromEntries(found.map((one) => [one.barcode, said(Number(one.due_at))]));
}

/** Moves all of them, as of a night; how many. */
async function runMoveDueDates(perform: Perform, asOf: Instant): Promise<number> {
  let loans = 0;
  for (let more = true; more;) {
    const done = await perform(commandLine, moveDueDates, { asOf });
    if (done.kind !== 'moved') throw new Error(done.kind);
    loans += done.loans;
    more = done.more;
  }
  return loans;
}

const night = async (scene: Scene): Promise<number> => runMoveDueDates(scene.perform, scene.now());
const changes = async (database: TestDatabase) =>
  database.records.read(async (records) => records.events.latest('due-date-changed', 9999));

/** Moves so many at once, until there are no more; how many each time. */
async function inBatches(scene: Scene, most: number): Promise<number[]> {
  const counts: number[] = [];
  for (let more = true; more;) {
    const done = await scene.perform(commandLine, moveDueDates, { most });
    if (done.kind !== 'moved') throw new Error(done.kind);
    counts.push(done.loans);
    more = done.more;
  }
  return counts;
}

const closedOn22 = withLibrary('sci', { closures: [{ from: '2026-06-22', to: '2026-06-23', name: 'Travaux' }] });

onBothDatabases('the night after a change of the calendar', (it) => {
  it('CAL-07 moves the loans that fall due on a day that has closed, and leaves an event for each', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'S1' }, { barcode: 'S2' }, { barcode: 'B1', location: 'buc/SALLE' });
    for (const barcode of ['S1', 'S2', 'B1']) await scene.lend('P1', barcode);
    await scene.load(closedOn22);
    scene.at('2026-06-02T00:30');
    expect(await night(scene)).toBe(2);
    expect(await dues(database)).toEqual({ B1: '2026-06-15T20:00', S1: '2026-06-24T19:00', S2: '2026-06-24T19:00' });
    const [loan] = await database.records.read(async (records) =>
      records.loans.ofPatron(patron, 'title', { offset: 1, limit: 1 }),
    );
    expect(loan).toMatchObject({ barcode: 'S1', lateFrom: local('2026-06-25T00:00'), renewals: 0, status: 'Normal' });
    const events = await changes(database);
    expect(events.map((one) => String(one.data['barcode'])).toSorted()).toEqual(['S1', 'S2']);
    expect(events[0]).toMatchObject({
      at: local('2026-06-02T00:30'),
      staff: null,
      patronId: patron,
      data: {
        title: 'Title S2',
        library: 'sci',
        because: 'calendar',
        before: local('2026-06-22T19:00'),
        due: local('2026-06-24T19:00'),
      },
    });
  });

  it('CAL-07 run twice, it changes nothing the second time', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'S1' });
    await scene.lend('P1', 'S1');
    expect(await night(scene)).toBe(0);
    await scene.load(closedOn22);
    expect(await night(scene)).toBe(1);
    expect(await night(scene)).toBe(0);
    expect(await changes(database)).toHaveLength(1);
  });

  it('CAL-07 loans counted in hours, of one minute, by hand, and returned ones stay', async ({ scene, database }) => {
    const rules = [{ location: ['med/SALLE'], period: hours(24) }, ...loanRules];
    await scene.load(network({ loanRules: rules }));
    await scene.patron({ id: 'P1' });
    await scene.items(
      { barcode: 'HOURS', location: 'med/SALLE' },
      { barcode: 'HAND' },
      { barcode: 'BACK' },
      { barcode: 'EXC', policy: 'EXC' },
    );
    scene.at('2026-06-21T15:00');
    await scene.lend('P1', 'HOURS');
    await scene.lend('P1', 'EXC', { override: { codes: 'all' } });
    scene.at('2026-06-22T09:00');
    for (const barcode of ['HAND', 'BACK']) await scene.lend('P1', barcode, { override: { codes: 'all' } });
    await scene.act(changeDue, { barcodes: ['HAND'], due: '2026-06-23' });
    await scene.giveBack('BACK');
    const before = await dues(database);
    const closures = [{ from: '2026-06-20', to: '2026-07-31' }];
    await scene.load(withLibrary('sci', { closures }, withLibrary('med', { closures }, network({ loanRules: rules }))));
    expect(await night(scene)).toBe(0);
    expect(await dues(database)).toEqual(before);
  });

  it('CAL-07 a date by hand that was renewed since is a date of the calendar again', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', location: 'buc/SALLE' });
    await scene.lend('P1', 'B1');
    await scene.act(changeDue, { barcodes: ['B1'], due: '2026-06-16' });
    scene.at('2026-06-12T10:00');
    expect(await scene.act(renew, { barcodes: ['B1'] })).toMatchObject({ lines: [{ due: local('2026-06-19T20:00') }] });
    await scene.load(withLibrary('buc', { closures: [{ from: '2026-06-19', to: '2026-06-19' }] }));
    expect(await night(scene)).toBe(1);
    expect(await dues(database)).toEqual({ B1: '2026-06-22T20:00' });
  });

  it('CAL-07 LOAN-04 vacation loans follow the calendar too', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'ETE', location: 'buc/ETE' });
    scene.at('2026-07-01T10:00');
    await scene.lend('P1', 'ETE');
    await scene.load(withLibrary('buc', { closures: [{ from: '2026-09-15', to: '2026-09-15' }] }));
    expect(await night(scene)).toBe(1);
    expect(await dues(database)).toEqual({ ETE: '2026-09-16T20:00' });
  });

  it('CAL-07 a library that never opens again stops nobody else', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'S1' }, { barcode: 'M1', location: 'med/SALLE' });
    await scene.lend('P1', 'S1');
    await scene.lend('P1', 'M1');
    const gone = withLibrary('med', { closures: [{ from: '2026-06-10', to: '2029-06-10' }] }, closedOn22);
    await scene.load(gone);
    expect(await night(scene)).toBe(1);
    expect(await dues(database)).toEqual({ M1: '2026-06-21T18:00', S1: '2026-06-24T19:00' });
  });

  it('CAL-07 a night that is caught up later decides as it would have', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'S1' }, { barcode: 'S2' });
    await scene.lend('P1', 'S1');
    await scene.load(closedOn22);
    scene.at('2026-06-26T09:00');
    // As of now the loan is late since Wednesday: nothing to move any more.
    expect(await runMoveDueDates(scene.perform, scene.now())).toBe(0);
    expect(await runMoveDueDates(scene.perform, local('2026-06-23T00:30'))).toBe(1);
    expect(await dues(database)).toEqual({ S1: '2026-06-24T19:00' });
    expect((await changes(database))[0]?.at).toBe(local('2026-06-26T09:00'));
  });

  it('CAL-07 in batches, each a transaction of its own: every loan once', async ({ scene, database }) => {
    await scene.load(network({ limits: [] }));
    await scene.patron({ id: 'P1' });
    const barcodes = Array.from({ length: 25 }, (_, one) => `S${one}`);
    await scene.items(...barcodes.map((barcode) => ({ barcode })));
    for (const barcode of barcodes) await scene.lend('P1', barcode);
    await scene.load({ ...closedOn22, limits: [] });
    expect(await inBatches(scene, 10)).toEqual([10, 10, 5]);
    expect(new Set(Object.values(await dues(database)))).toEqual(new Set(['2026-06-24T19:00']));
    const told = (await changes(database)).map((one) => one.data['barcode']);
    expect([told.length, new Set(told).size]).toEqual([25, 25]);
  });

  it('CAL-07 hundreds of loans, each due at a moment of its own', async ({ scene, database }) => {
    const rules = network({ limits: [], loanRules: [{ period: days(30) }] });
    await scene.load(rules);
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'S0' });
    await scene.lend('P1', 'S0');
    // Past our own code, which would take a minute for them: from Wednesday 1 July, 19:00, one a minute until Thursday morning.
    await scene.items(...Array.from({ length: 700 }, (_, one) => ({ barcode: `X${one}`, title: 'X' })));
    await database.sql(`insert into loans (item_id, title_id, patron_id, library, location, material, described, loaned_at,
        loaned_desk, loaned_by, due_at, late_from, period_unit, period_count, network_version)
      select i.id, i.title_id, 1, 'sci', 'sci/63S', 'BOOK', l.described, l.loaned_at, l.loaned_desk, l.loaned_by,
        l.due_at + i.id * 60000, l.late_from, 'days', 30, 1 from items i, loans l where i.barcode <> 'S0';
      insert into events (at, kind, loan_id, data) select loaned_at, 'item-lent', id, '{}' from loans where item_id > 1;
      update items set process = 'LOAN'`);
    await scene.load(withLibrary('sci', { closures: [{ from: '2026-07-01', to: '2026-07-05' }] }, rules));
    expect(await inBatches(scene, 300)).toEqual([300, 300, 101]);
    expect(await night(scene)).toBe(0);
    expect(new Set(Object.values(await dues(database)))).toEqual(new Set(['2026-07-06T19:00']));
    expect(await changes(database)).toHaveLength(701);
  });
});

onBothDatabases('running jobs', (it) => {
  it('REL-08 is for network administrators and the command line', async ({ scene }) => {
    expect(await scene.act(moveDueDates, {})).toEqual({ kind: 'not-permitted', permission: 'run-jobs', needs: 'role' });
    const manager = await scene.staff('head', 'manager');
    expect(await scene.act(moveDueDates, {}, manager)).toMatchObject({ kind: 'not-permitted' });
    const administrator = await scene.staff('admin', 'network-administrator');
    expect(await scene.act(moveDueDates, {}, { ...administrator, place: null })).toEqual({
      kind: 'moved',
      loans: 0,
      barcodes: [],
      stuck: [],
      more: false,
    });
    expect(await scene.perform(commandLine, moveDueDates, {})).toMatchObject({ kind: 'moved' });
  });
});
