import { expect } from 'vitest';
import { deleteLoan } from '../../source/desk/delete-loan.ts';
import { endSession, overrideRecord } from '../../source/desk/patrons.ts';
import { renew } from '../../source/desk/renew.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { onBothDatabases } from '../support/desk.ts';
import type { TestDatabase } from '../support/databases.ts';
import { local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { network } from '../support/network.ts';
import { nightOf, nightsFrom, runFor } from '../support/nights.ts';

/** Every column of every table that can name a patron, where it names that one. */
async function linksTo(database: TestDatabase, patron: number): Promise<string[]> {
  const tables = ['loans', 'events', 'requests', 'patron_blocks'];
  const found = await Promise.all(
    tables.map(async (table) =>
      database.sql<{ id: number }>(`select id from ${table} where patron_id = ${patron} order by id`),
    ),
  );
  return found.flatMap((some, index) => some.map((one) => `${tables[index]} ${one.id}`));
}

/** A loan of 1 June with all that can happen to one, returned late on 1 July. */
async function eventfulLoan(scene: Scene): Promise<number> {
  const patron = await scene.patron({ id: 'P1', group: 'L', campus: 'UPS', email: 'p1@example.org' });
  await scene.items({ barcode: 'S1', policy: 'EXC' }, { barcode: 'S2' });
  const reason = 'Ana Martin l’a promis';
  const lent = await scene.lend('P1', 'S1', { override: { codes: 'all', reason } });
  expect(lent).toMatchObject({ kind: 'lent' });
  const loans = lent.kind === 'lent' ? [lent.loan] : [];
  await scene.act(renew, { barcodes: ['S1'], override: { codes: 'all', reason } });
  await scene.act(endSession, { patron, loans, because: 'done' });
  scene.at('2026-07-01T10:00');
  expect(await scene.giveBack('S1')).toMatchObject({ kind: 'returned', blockedUntil: expect.any(String) as string });
  return patron;
}

onBothDatabases('anonymising', (it) => {
  it('JOB-06 three months after the return nothing says any more whose the loan was', async ({ scene, database }) => {
    const patron = await eventfulLoan(scene);
    expect(await nightOf(scene, '2026-09-29', 'anonymise-loans')).toEqual({});
    expect(await database.sql('select patron_id as patron from loans')).toEqual([{ patron }]);
    expect(await nightOf(scene, '2026-09-30', 'anonymise-loans')).toEqual({ anonymised: 1 });
    expect(await runFor(scene, 'anonymise-loans', '2026-09-30')).toEqual({});
    const [loan] = await database.sql(
      'select patron_id as patron, patron_group as "group", patron_campus as campus, loaned_desk as desk, library from loans',
    );
    expect(loan).toEqual({ patron: null, group: 'L', campus: 'UPS', desk: 'sci/PRET', library: 'sci' });
    // The record itself, its addition and its block are there; the block says no more what it was for.
    const kinds = await database.sql<{ kind: string }>(
      `select kind from events where patron_id = ${patron} order by id`,
    );
    expect(kinds.map((one) => one.kind)).toEqual(['patron-added']);
    expect(await database.sql('select loan_id as loan from patron_blocks')).toEqual([{ loan: null }]);
    expect(await database.sql('select reason from overrides where reason is not null')).toEqual([]);
    expect(await database.sql('select * from notices')).toEqual([]);
    const texts = await database.sql<{ data: string }>("select data from events where kind = 'block-set'");
    expect(texts).toEqual([{ data: '{}' }]);
  });

  it('JOB-06 statistics by group, campus, day and desk survive, and so does the audit of staff', async ({
    scene,
    database,
  }) => {
    await eventfulLoan(scene);
    const counted =
      'select kind, desk, staff_id, count(*) as n from events group by kind, desk, staff_id order by 1, 2, 3';
    const before = await database.sql(counted);
    const overrides = await database.sql('select event_id, code, automatic from overrides order by id');
    await nightOf(scene, '2026-10-31', 'anonymise-loans');
    const after = await database.sql<{ kind: string }>(counted);
    expect(after.filter(({ kind }) => kind !== 'job-run' && kind !== 'loans-anonymised')).toEqual(
      (before as { kind: string }[]).filter(({ kind }) => kind !== 'job-run'),
    );
    expect(await database.sql('select event_id, code, automatic from overrides order by id')).toEqual(overrides);
    const [lent] = await database.records.read(async (records) => records.events.latest('item-lent', 1));
    expect(lent).toMatchObject({
      at: local('2026-06-01T10:00'),
      staff: 'bib',
      desk: 'sci/PRET',
      patronId: null,
      data: { barcode: 'S1', library: 'sci', group: 'L', campus: 'UPS' },
    });
    const [told] = await database.records.read(async (records) => records.events.latest('loans-anonymised', 1));
    expect(told).toMatchObject({ staff: null, patronId: null, data: { loans: 1, before: local('2026-08-02T00:00') } });
  });

  it('JOB-06 ITEM-03 open loans, and those returned since, keep their patron', async ({ scene, database }) => {
    const patron = await eventfulLoan(scene);
    scene.at('2026-09-20T10:00');
    expect(await scene.lend('P1', 'S2', { override: { codes: 'all' } })).toMatchObject({ kind: 'lent' });
    await nightOf(scene, '2026-10-15', 'anonymise-loans');
    const history = await database.records.read(async (records) => ({
      old: await records.itemHistory.loans(1, { offset: 0, limit: 5 }),
      open: await records.itemHistory.loans(2, { offset: 0, limit: 5 }),
    }));
    expect(history.old.lines).toMatchObject([{ patron: null, returnedDesk: 'sci/PRET' }]);
    expect(history.open.lines).toMatchObject([{ patron: { id: patron } }]);
    expect(await linksTo(database, patron)).toContain('loans 2');
    const [lent] = await database.records.read(async (records) => records.events.latest('item-lent', 1));
    expect(lent).toMatchObject({ patronId: patron, itemId: 2 });
  });

  it('JOB-06 closed requests, deleted loans and what was set aside for a record lose their patron too', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1', expiry: '2026-05-01', email: 'p1@example.org' });
    await scene.items({ barcode: 'S1' }, { barcode: 'S2' });
    await scene.act(overrideRecord, { patron, override: { codes: 'all', reason: 'vieille amie' } });
    await scene.lend('P1', 'S1', { override: { codes: 'all' } });
    expect(await scene.act(deleteLoan, { barcode: 'S1' })).toMatchObject({ kind: 'deleted' });
    await database.sql(`update patrons set expiry_day = '2027-10-30'`);
    const placed = await scene.act(placeRequest, { patron, item: 'S2', pickup: 'sci', note: 'pour son mémoire' });
    if (placed.kind !== 'placed') throw new Error(JSON.stringify(placed));
    await scene.act(cancelRequest, { request: placed.request.id, reason: 'parti à Lyon' });
    expect((await linksTo(database, patron)).length).toBeGreaterThan(4);
    await nightOf(scene, '2026-08-31', 'anonymise-loans');
    const kinds = await database.sql<{ kind: string }>(`select kind from events where patron_id = ${patron}`);
    expect(kinds.map((one) => one.kind)).toEqual(['patron-added']);
    expect(await linksTo(database, patron)).toHaveLength(1);
    const texts = await database.sql<{ data: string }>("select data from events where kind <> 'patron-added'");
    const all = texts.map((one) => one.data).join(' ');
    for (const personal of ['Lyon', 'mémoire', 'amie', '"patronId"']) expect(all).not.toContain(personal);
    expect(await database.sql('select note, closed_reason as reason from requests')).toEqual([
      { note: null, reason: null },
    ]);
    expect(await database.sql('select reason from overrides where reason is not null')).toEqual([]);
  });

  it('JOB-06 open requests keep theirs', async ({ scene, database, requests }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'S1' });
    const id = await requests.place({ patron, barcode: 'S1' });
    await nightOf(scene, '2026-12-01', 'anonymise-loans');
    expect(await linksTo(database, patron)).toContain(`requests ${id}`);
  });

  it('JOB-06 as many months as the network says; in batches, all of them', async ({ scene, database }) => {
    await scene.load(network({ limits: [], anonymiseAfterMonths: 1 }));
    await scene.patron({ id: 'P1' });
    const barcodes = Array.from({ length: 230 }, (_, one) => `S${one}`);
    await scene.items(...barcodes.map((barcode) => ({ barcode, title: 'X' })));
    await database.sql(`insert into loans (item_id, title_id, patron_id, library, location, material, described, loaned_at,
        loaned_desk, loaned_by, due_at, late_from, network_version, returned_at)
      select id, title_id, 1, 'sci', 'sci/63S', 'BOOK', true, ${local('2026-06-01T10:00')}, 'sci/PRET', 1,
        ${local('2026-06-22T19:00')}, ${local('2026-06-23T00:00')}, 1, ${local('2026-06-10T10:00')} from items;
      insert into events (at, kind, patron_id, item_id, loan_id, data)
        select loaned_at, 'item-lent', 1, item_id, id, '{}' from loans`);
    expect(await nightOf(scene, '2026-07-08', 'anonymise-loans')).toEqual({});
    expect(await nightOf(scene, '2026-07-09', 'anonymise-loans')).toEqual({ anonymised: 230 });
    const left = await linksTo(database, 1);
    expect(left).toHaveLength(1);
  });

  it('JOB-06 REL-09 the audit still only grows: nothing but the link may go', async ({ scene, database }) => {
    const patron = await eventfulLoan(scene);
    await nightsFrom(scene, '2026-10-31', '2026-10-31', 'anonymise-loans');
    for (const statement of [
      "update events set data = '{}' where kind = 'item-lent'",
      `update events set patron_id = ${patron} where kind = 'item-lent'`,
      "delete from events where kind = 'item-lent'",
    ])
      await expect(database.sql(statement)).rejects.toThrow(/append-only/u);
  });
});
