import { expect } from 'vitest';
import { changeDue } from '../../source/desk/change-due.ts';
import { blockPatron } from '../../source/desk/patron-blocks.ts';
import { renew } from '../../source/desk/renew.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, said } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { network, withLibrary } from '../support/network.ts';
import { lettersIn, nightOf, nightsFrom, noticesIn, runFor } from '../support/nights.ts';
import type { TestDatabase } from '../support/databases.ts';

/** `buc` renews by itself: 14 days, at most 21. Everything is lent on Monday 1 June, due Monday 15 June. */
const automatic = withLibrary('buc', { autoRenew: true }, network({ limits: [] }));

async function lendAtBuc(scene: Scene, ...barcodes: readonly string[]): Promise<number> {
  await scene.load(automatic);
  const patron = await scene.patron({ id: 'P1', email: 'p1@example.org' });
  await scene.items(...barcodes.map((barcode) => ({ barcode, location: 'buc/SALLE' })));
  for (const barcode of barcodes) expect(await scene.lend('P1', barcode)).toMatchObject({ kind: 'lent' });
  return patron;
}

async function dues(database: TestDatabase): Promise<Record<string, string | null>> {
  const found = await database.sql<{ barcode: string; due: number | string }>(
    'select i.barcode, l.due_at as due from loans l join items i on i.id = l.item_id where l.returned_at is null',
  );
  return Object.fromEntries(found.map((one) => [one.barcode, said(Number(one.due))]));
}

const reasons = async (database: TestDatabase) =>
  (await lettersIn(database)).flatMap(({ facts }) => ('notRenewed' in facts ? facts.notRenewed : []));

onBothDatabases('automatic renewals', (it) => {
  it('REN-10 happens with the courtesy notice, of which there is none then; an event says it', async ({
    scene,
    database,
  }) => {
    const patron = await lendAtBuc(scene, 'B1', 'B2');
    await nightsFrom(scene, '2026-06-10', '2026-06-11', 'notices-courtesy');
    expect(await dues(database)).toEqual({ B1: '2026-06-15T20:00', B2: '2026-06-15T20:00' });
    expect(await nightOf(scene, '2026-06-12', 'notices-courtesy')).toEqual({ renewed: 2 });
    // Counted from Friday the 12th: the week that the maximum leaves.
    expect(await dues(database)).toEqual({ B1: '2026-06-19T20:00', B2: '2026-06-19T20:00' });
    expect(await lettersIn(database)).toEqual([]);
    const [event] = await database.records.read(async (records) => records.events.latest('loan-renewed', 1));
    expect(event).toMatchObject({
      at: local('2026-06-13T00:30'),
      staff: null,
      patronId: patron,
      data: { library: 'buc', because: 'automatic', before: local('2026-06-15T20:00'), due: local('2026-06-19T20:00') },
    });
    const [loan] = await database.records.read(async (records) =>
      records.loans.ofPatron(patron, 'due', { offset: 0, limit: 1 }),
    );
    expect(loan).toMatchObject({ status: 'Renewed', renewals: 1, lateFrom: local('2026-06-20T00:00') });
  });

  it('REN-10 CYC-04 run again it renews nothing more; the next time it fails, and the letter says why', async ({
    scene,
    database,
  }) => {
    await lendAtBuc(scene, 'B1');
    await nightOf(scene, '2026-06-12', 'notices-courtesy');
    for (const _ of [1, 2]) expect(await runFor(scene, 'notices-courtesy', '2026-06-12')).toEqual({});
    await nightsFrom(scene, '2026-06-13', '2026-06-15', 'notices-courtesy');
    // Due the 19th: on the 16th it would come to the 22nd, the maximum of 21 days.
    expect(await nightOf(scene, '2026-06-16', 'notices-courtesy')).toEqual({ renewed: 1 });
    expect(await dues(database)).toEqual({ B1: '2026-06-22T20:00' });
    await nightsFrom(scene, '2026-06-17', '2026-06-18', 'notices-courtesy');
    expect(await nightOf(scene, '2026-06-19', 'notices-courtesy')).toEqual({ courtesy: 1, notRenewed: 1 });
    expect(await noticesIn(database)).toEqual(['2026-06-19 courtesy P1 buc B1']);
    expect(await reasons(database)).toEqual([{ barcode: 'B1', reason: 'DUE_DATE_UNCHANGED' }]);
  });

  it('REN-10 an earlier renewal by hand does not prevent it', async ({ scene, database }) => {
    await lendAtBuc(scene, 'B1');
    scene.at('2026-06-11T10:00');
    expect(await scene.act(renew, { barcodes: ['B1'] })).toMatchObject({ lines: [{ due: local('2026-06-18T20:00') }] });
    expect(await nightOf(scene, '2026-06-15', 'notices-courtesy')).toEqual({ renewed: 1 });
    expect(await dues(database)).toEqual({ B1: '2026-06-22T20:00' });
  });

  it('REN-10 REN-05 one who is late gets the letter; one who has the due date today is not late yet', async ({
    scene,
    database,
  }) => {
    await lendAtBuc(scene, 'B1');
    const other = await scene.patron({ id: 'P2', email: 'p2@example.org' });
    await scene.items({ barcode: 'SHORT', policy: 'P48NN' }, { barcode: 'B2', location: 'buc/SALLE' });
    await scene.lend(other, 'B2');
    scene.at('2026-06-10T10:00');
    // Due on Friday the 12th: late from the 13th on, after the end of the business day.
    await scene.lend('P1', 'SHORT');
    scene.at('2026-06-01T11:00');
    await scene.items({ barcode: 'LATE', policy: 'P48NN' });
    await scene.lend(other, 'LATE');
    expect(await nightOf(scene, '2026-06-12', 'notices-courtesy')).toEqual({ renewed: 1, courtesy: 1, notRenewed: 1 });
    expect(await noticesIn(database)).toEqual(['2026-06-12 courtesy P2 buc B2']);
    expect(await reasons(database)).toEqual([{ barcode: 'B2', reason: 'PATRON_OVERDUE' }]);
  });

  it('REN-10 REN-05 an expired, inactive or blocked patron, and an item for which somebody waits', async ({
    scene,
    database,
    requests,
  }) => {
    const stops = [{ code: 'MANUAL' as const, stops: ['loan' as const, 'renewal' as const] }];
    await scene.load({ ...automatic, blockTypes: stops });
    const who = ['EXPIRED', 'BLOCKED', 'WANTED', 'FINE'];
    const patrons = new Map<string, number>();
    for (const id of who) {
      const expiry = id === 'EXPIRED' ? '2026-06-12' : '2027-10-30';
      patrons.set(id, await scene.patron({ id, email: `${id.toLowerCase()}@example.org`, expiry }));
      await scene.items({ barcode: `B-${id}`, location: 'buc/SALLE' });
      await scene.lend(id, `B-${id}`, { expiry: 'keep', override: { codes: 'all' } });
    }
    await scene.act(blockPatron, { patron: patrons.get('BLOCKED') ?? 0, type: 'MANUAL' });
    await requests.place({ patron: await scene.patron({ id: 'R' }), barcode: 'B-WANTED' });
    expect(await nightOf(scene, '2026-06-12', 'notices-courtesy')).toEqual({ renewed: 1, courtesy: 3, notRenewed: 3 });
    expect((await reasons(database)).toSorted((a, b) => a.barcode.localeCompare(b.barcode))).toEqual([
      { barcode: 'B-BLOCKED', reason: 'PATRON_BLOCKED' },
      { barcode: 'B-EXPIRED', reason: 'EXPIRES_BEFORE_RENEWAL' },
      { barcode: 'B-WANTED', reason: 'RECALLED' },
    ]);
    expect((await dues(database))['B-FINE']).toBe('2026-06-19T20:00');
  });

  it('REN-10 is the owning library’s matter, whoever the patron is', async ({ scene, database }) => {
    await lendAtBuc(scene, 'B1');
    await scene.items({ barcode: 'M1', location: 'med/SALLE' });
    await scene.lend('P1', 'M1');
    await nightsFrom(scene, '2026-06-12', '2026-06-18', 'notices-courtesy');
    // `med`: 20 days, due Sunday 21 June.
    expect(await noticesIn(database)).toEqual(['2026-06-18 courtesy P1 med M1']);
    expect(await reasons(database)).toEqual([]);
  });

  it('REN-10 CYC-04 a caught-up night renews as it would have: from its business day', async ({ scene, database }) => {
    await lendAtBuc(scene, 'B1');
    scene.at('2026-06-15T09:00');
    for (const day of ['2026-06-12', '2026-06-13']) await runFor(scene, 'notices-courtesy', day);
    expect(await dues(database)).toEqual({ B1: '2026-06-19T20:00' });
    expect(await lettersIn(database)).toEqual([]);
  });

  it('REN-10 a library that never opens again renews nothing: its patrons are told, and nobody else suffers', async ({
    scene,
    database,
  }) => {
    await lendAtBuc(scene, 'B1');
    await scene.load(withLibrary('med', { autoRenew: true }, automatic));
    await scene.items({ barcode: 'M1', location: 'med/SALLE' });
    await scene.lend('P1', 'M1', { override: { codes: 'all' } });
    await scene.act(changeDue, { barcodes: ['M1'], due: '2026-06-15' });
    const closed = [{ from: '2026-06-16', to: '2029-06-16' }];
    await scene.load(withLibrary('buc', { closures: closed }, withLibrary('med', { autoRenew: true }, automatic)));
    expect(await nightOf(scene, '2026-06-12', 'notices-courtesy')).toEqual({ courtesy: 1, renewed: 1 });
    expect(await noticesIn(database)).toEqual(['2026-06-12 courtesy P1 buc B1']);
  });
});
