import { expect } from 'vitest';
import { addItems } from '../../source/desk/add-items.ts';
import { consultRules, showItem, showLoan, showPatron, showTitle } from '../../source/desk/show.ts';
import { onBothDatabases } from '../support/desk.ts';
import { commandLine, local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { days } from '../support/network.ts';

onBothDatabases('showing', (it) => {
  it('a patron: loans, late ones, what was returned, blocks in force', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
    await scene.lend('P1', 'B1');
    await scene.lend('P1', 'B2');
    scene.at('2026-06-30T11:00');
    await scene.giveBack('B1');
    expect(await scene.act(showPatron, { identifier: 'p1' })).toMatchObject({
      kind: 'patron',
      patron: { identifiers: [{ type: 'primary', value: 'P1' }], expiry: '2027-10-30' },
      loans: 1,
      late: 1,
      returned: 1,
      blocks: ['PATRON_OVERDUE', 'PATRON_BLOCK_LATE_RETURN'],
      blockedUntil: '2026-07-05',
    });
    expect(await scene.act(showPatron, { identifier: 'who' })).toEqual({ kind: 'unknown', what: 'PATRON', key: 'who' });
  });

  it('an item and its loan: who has it, who had it last', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1', title: 'Algèbre', author: 'Durand' });
    expect(await scene.act(showLoan, { barcode: 'B1' })).toMatchObject({ kind: 'loan', loan: null, patron: null });
    await scene.lend('P1', 'B1');
    await scene.giveBack('B1');
    await scene.lend('P2', 'B1');
    const p1 = { identifiers: [{ value: 'P1' }] };
    const p2 = { identifiers: [{ value: 'P2' }] };
    expect(await scene.act(showItem, { barcode: 'b1' })).toMatchObject({
      kind: 'item',
      item: { process: 'LOAN' },
      patron: p2,
      lastPatron: p1,
    });
    expect(await scene.act(showLoan, { barcode: 'b1' })).toMatchObject({
      loan: { due: local('2026-06-22T19:00'), status: 'Normal' },
      patron: p2,
    });
    expect(await scene.act(showItem, { barcode: 'x' })).toMatchObject({ kind: 'unknown', what: 'ITEM' });
    expect(await scene.act(showLoan, { barcode: 'x' })).toMatchObject({ kind: 'unknown', what: 'ITEM' });
  });

  it('titles that begin with a text, with their copies: same text and author are the same title', async ({ scene }) => {
    await scene.items(
      { barcode: 'B1', title: 'Algèbre', author: 'Durand' },
      { barcode: 'B2', title: 'ALGEBRE', author: 'durand' },
      { barcode: 'B3', title: 'Algèbre' },
    );
    const answer = await scene.act(showTitle, { text: 'algeb' });
    expect(answer).toMatchObject({
      kind: 'titles',
      titles: [{ copies: [{ barcode: 'B1' }, { barcode: 'B2' }] }, { copies: [{ barcode: 'B3' }] }],
    });
    expect(await scene.act(showTitle, { text: '100%' })).toMatchObject({ kind: 'unknown', what: 'TITLE' });
  });
});

onBothDatabases('consulting the rules', (it) => {
  it('CONF-03 for a patron and an item, without a loan: the row, its table’s version, the due date step by step', async ({
    scene,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    scene.at('2026-06-07T10:00');
    expect(await scene.act(consultRules, { patron: 'P1', item: 'B1' })).toMatchObject({
      kind: 'rules',
      subject: { library: 'sci', location: 'sci/63S', group: 'L', material: 'BOOK', policy: null },
      terms: { row: 5, period: days(21), max: days(28), renewable: true },
      rule: { group: ['L'] },
      rows: [{ row: 5 }],
      mayBorrow: true,
      due: {
        due: local('2026-06-29T19:00'),
        steps: [
          { kind: 'period', from: '2026-06-07', to: '2026-06-28' },
          { kind: 'closed', day: '2026-06-28', because: { kind: 'weekly' }, to: '2026-06-29' },
          { kind: 'closing', day: '2026-06-29' },
        ],
      },
      graceDays: 3,
      networkVersion: 1,
    });
  });

  it('CONF-03 for a group and a location, a material, a policy', async ({ scene }) => {
    const ask = async (request: Parameters<typeof consultRules.run>[1]) => scene.act(consultRules, request);
    expect(await ask({ group: 'M', location: 'sci/63S' })).toMatchObject({
      terms: { row: 6 },
      due: { due: local('2026-06-29T19:00') },
    });
    expect(await ask({ group: 'M', location: 'sci/63S', material: 'DVD' })).toMatchObject({
      terms: { row: 4 },
      graceDays: 1,
    });
    expect(await ask({ group: 'M', location: 'sci/63S', policy: 'EXC' })).toMatchObject({
      terms: { row: 1, loanable: false },
      due: { steps: [{ kind: 'one-minute' }] },
    });
    expect(await ask({ group: 'PEB', location: 'sci/63S' })).toMatchObject({ mayBorrow: false });
    expect(await ask({ group: 'M', location: 'sci/CLOSED' })).toMatchObject({
      terms: { row: null },
      rule: null,
      rows: [],
    });
  });

  it('CONF-03 what does not exist is named', async ({ scene }) => {
    const ask = async (request: Parameters<typeof consultRules.run>[1]) => scene.act(consultRules, request);
    expect(await ask({ patron: 'who', location: 'sci/63S' })).toEqual({ kind: 'unknown', what: 'PATRON', key: 'who' });
    expect(await ask({ group: 'L', item: 'x' })).toEqual({ kind: 'unknown', what: 'ITEM', key: 'x' });
    expect(await ask({ group: 'X', location: 'sci/63S' })).toMatchObject({ kind: 'invalid', path: 'group' });
    expect(await ask({ group: 'L', location: 'sci/MOON' })).toMatchObject({ kind: 'invalid', path: 'location' });
    expect(await ask({ group: 'L', location: 'sci/63S', material: 'X' })).toMatchObject({
      kind: 'invalid',
      path: 'material',
    });
    expect(await ask({ group: 'L', location: 'sci/63S', policy: 'X' })).toMatchObject({
      kind: 'invalid',
      path: 'policy',
    });
  });
});

onBothDatabases('adding items', (it) => {
  const item = { barcode: 'B1', title: 'Algèbre', library: 'sci', location: 'sci/63S', material: 'BOOK' };
  const add = async (scene: Scene, ...items: Partial<typeof item & { policy: string }>[]) =>
    scene.act(addItems, { items: items.map((one) => ({ ...item, ...one })) }, commandLine);

  it('all or none: the first wrong field is named by its path', async ({ scene, database }) => {
    await scene.items({ barcode: 'OLD' });
    expect(await add(scene, {}, { barcode: ' ' })).toEqual({
      kind: 'invalid',
      path: 'items[1].barcode',
      problem: 'empty',
    });
    expect(await add(scene, { title: '' })).toEqual({ kind: 'invalid', path: 'items[0].title', problem: 'empty' });
    expect(await add(scene, {}, { barcode: 'b1 ' })).toMatchObject({ path: 'items[1].barcode', problem: 'taken' });
    expect(await add(scene, { location: 'sci/MOON' })).toMatchObject({
      path: 'items[0].location',
      problem: 'unknown-code',
    });
    expect(await add(scene, { material: 'X' })).toMatchObject({ path: 'items[0].material', problem: 'unknown-code' });
    expect(await add(scene, { policy: 'X' })).toMatchObject({ path: 'items[0].policy', problem: 'unknown-code' });
    expect(await add(scene, {}, { barcode: ' old' })).toMatchObject({ problem: 'taken', value: 'OLD' });
    expect((await database.sql('select id from items')).length).toBe(1);
  });

  it('thousands at once, each title once', async ({ scene, database }) => {
    const many = Array.from({ length: 1200 }, (_, one) => ({ barcode: `M${one}`, title: `Title ${one % 300}` }));
    expect(await add(scene, ...many)).toEqual({ kind: 'added', count: 1200 });
    const [counts] = await database.sql(
      'select (select count(*) from items) as items, (select count(*) from titles) as titles',
    );
    expect([Number(counts?.['items']), Number(counts?.['titles'])]).toEqual([1200, 300]);
  });
});
