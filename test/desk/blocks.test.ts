import { expect } from 'vitest';
import { blockCodes, onBothDatabases } from '../support/desk.ts';
import { local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

/** A patron and a book, ready to be lent. */
async function patronAndBook(scene: Scene): Promise<number> {
  const patron = await scene.patron({ id: 'P1' });
  await scene.items({ barcode: 'B1', title: 'Algèbre' });
  return patron;
}

onBothDatabases('blocks at the moment of lending', (it) => {
  it('BLK-01 ITEM_UNKNOWN and PATRON_UNKNOWN, together, which nobody overrides', async ({ scene }) => {
    const answer = await scene.lend('nobody', 'nothing', { override: { codes: 'all' } });
    expect(answer).toEqual({
      kind: 'blocked',
      blocks: [
        { code: 'ITEM_UNKNOWN', facts: [{ barcode: 'nothing' }], total: 1, by: 'nobody', mayOverride: false },
        { code: 'PATRON_UNKNOWN', facts: [{ identifier: 'nobody' }], total: 1, by: 'nobody', mayOverride: false },
      ],
      mayOverride: false,
      item: null,
      due: null,
    });
  });

  it('BLK-01 PATRON_EXPIRED, PATRON_INACTIVE and PATRON_GROUP_NOT_ALLOWED', async ({ scene }) => {
    await scene.items({ barcode: 'B1', location: 'med/SALLE' });
    await scene.patron({ id: 'P1', expiry: '2026-05-31', status: 'inactive', group: null });
    await scene.patron({ id: 'P2', group: 'PEB' });
    await scene.patron({ id: 'P3', expiry: '2026-06-30' });
    expect(await scene.lend('P1', 'B1')).toMatchObject({
      kind: 'blocked',
      mayOverride: true,
      blocks: [
        { code: 'PATRON_EXPIRED', facts: [{ expiry: '2026-05-31' }] },
        { code: 'PATRON_INACTIVE', facts: [{}] },
        { code: 'PATRON_GROUP_NOT_ALLOWED', facts: [{ group: null }] },
      ],
    });
    expect(await scene.lend('P2', 'B1')).toMatchObject({
      kind: 'blocked',
      blocks: [{ code: 'PATRON_GROUP_NOT_ALLOWED', facts: [{ group: 'PEB' }] }],
    });
    expect(await scene.lend('P3', 'B1')).toMatchObject({ kind: 'lent' });
  });

  it('BLK-01 PATRON_OVERDUE names the late loans, the oldest first, and counts them all', async ({ scene }) => {
    await patronAndBook(scene);
    await scene.items({ barcode: 'B2', title: 'Optique' }, { barcode: 'B3', location: 'buc/SALLE' }, { barcode: 'B4' });
    await scene.lend('P1', 'B1');
    await scene.lend('P1', 'B3');
    scene.at('2026-06-26T10:00');
    const answer = await scene.lend('P1', 'B2');
    expect(answer).toMatchObject({
      kind: 'blocked',
      blocks: [
        {
          code: 'PATRON_OVERDUE',
          total: 2,
          facts: [
            { barcode: 'B3', library: 'buc', due: local('2026-06-15T20:00'), daysLate: 11 },
            { barcode: 'B1', title: 'Algèbre', library: 'sci', due: local('2026-06-22T19:00'), daysLate: 4 },
          ],
        },
      ],
      due: local('2026-07-17T19:00'),
    });
  });

  it('PEN-01 CAL-05 a loan that is due, not late, blocks nothing', async ({ scene }) => {
    await patronAndBook(scene);
    await scene.items({ barcode: 'B2' }, { barcode: 'B3' });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-22T23:59');
    expect(await scene.lend('P1', 'B2')).toMatchObject({ kind: 'lent' });
    scene.at('2026-06-23T00:00');
    expect(blockCodes(await scene.lend('P1', 'B3'))).toEqual(['PATRON_OVERDUE']);
  });

  it('BLK-01 PATRON_BLOCK_LATE_RETURN, PATRON_BLOCK_MANUAL and PATRON_BLOCK_QUITUS, as long as they are in force', async ({
    scene,
  }) => {
    await scene.items({ barcode: 'B1' });
    const blocks = [
      { type: 'QUITUS', note: 'sci 2026-05-02' },
      { type: 'LATE_RETURN', until: '2026-06-05' },
      { type: 'MANUAL', until: '2026-06-02', note: 'clé' },
      { type: 'LATE_RETURN', until: '2026-06-01' },
      { type: 'LATE_RETURN', until: '2026-05-31' },
    ] as const;
    await scene.patron({ id: 'P1', blocks });
    const answer = await scene.lend('P1', 'B1');
    expect(answer).toMatchObject({
      mayOverride: false,
      blocks: [
        {
          code: 'PATRON_BLOCK_LATE_RETURN',
          mayOverride: true,
          facts: [{ until: '2026-06-05' }, { until: '2026-06-01' }],
        },
        { code: 'PATRON_BLOCK_MANUAL', mayOverride: true, facts: [{ until: '2026-06-02', note: 'clé', item: null }] },
        {
          code: 'PATRON_BLOCK_QUITUS',
          mayOverride: false,
          by: 'nobody',
          facts: [{ until: null, note: 'sci 2026-05-02' }],
        },
      ],
    });
    scene.at('2026-06-06T10:00');
    expect(blockCodes(await scene.lend('P1', 'B1', { override: { codes: 'all' } }))).toEqual(['PATRON_BLOCK_QUITUS']);
  });

  it('LOAN-05 LOAN-06 LOAN_LIMIT says scope, count and maximum; a returned loan no longer counts', async ({
    scene,
  }) => {
    await scene.patron({ id: 'P1' });
    const discs = ['D1', 'D2', 'D3'].map((barcode) => ({ barcode, material: 'DVD' }));
    await scene.items(...discs, { barcode: 'B1' });
    await scene.lend('P1', 'D1');
    await scene.lend('P1', 'D2');
    expect(await scene.lend('P1', 'D3')).toMatchObject({
      kind: 'blocked',
      blocks: [
        { code: 'LOAN_LIMIT', facts: [{ row: 3, library: ['sci'], material: ['DVD'], group: null, count: 2, max: 2 }] },
      ],
    });
    expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'lent' });
    await scene.giveBack('D1');
    expect(await scene.lend('P1', 'D3')).toMatchObject({ kind: 'lent' });
  });

  it('LOAN-03 BLK-11 NOT_LOANABLE: by its policy, or because no row speaks for it; overridden, due in a minute', async ({
    scene,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', policy: 'EXC' }, { barcode: 'B2', location: 'sci/CLOSED' });
    expect(await scene.lend('P1', 'B1')).toMatchObject({
      blocks: [{ code: 'NOT_LOANABLE', facts: [{ row: 1, policy: 'EXC' }] }],
    });
    expect(await scene.lend('P1', 'B2')).toMatchObject({
      blocks: [{ code: 'NOT_LOANABLE', facts: [{ row: null, location: 'sci/CLOSED' }] }],
    });
    const lent = await scene.lend('P1', 'B1', { override: { codes: ['NOT_LOANABLE'] } });
    expect(lent).toMatchObject({ kind: 'lent', due: local('2026-06-01T10:01'), lateFrom: local('2026-06-02T00:00') });
  });

  it('BLK-01 ON_LOAN_TO_OTHER says to whom, until when, how late', async ({ scene }) => {
    await patronAndBook(scene);
    await scene.patron({ id: 'P2' });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-24T10:00');
    expect(await scene.lend('P2', 'B1')).toMatchObject({
      blocks: [
        { code: 'ON_LOAN_TO_OTHER', facts: [{ patron: 'Name P1 Ana', due: local('2026-06-22T19:00'), daysLate: 2 }] },
      ],
    });
  });

  it('LOAN-08 SAME_TITLE where the second copy’s library forbids it, not for volumes, not once the first is back', async ({
    scene,
  }) => {
    await scene.patron({ id: 'P1' });
    const copies = [
      { barcode: 'C1' },
      { barcode: 'C2' },
      { barcode: 'C3', location: 'med/SALLE' },
      { barcode: 'C4', description: 'T. 2' },
    ];
    await scene.items(...copies.map((one) => ({ ...one, title: 'Algèbre', author: 'Durand' })));
    await scene.items({ barcode: 'C5', title: 'Algèbre', author: 'Martin' });
    await scene.lend('P1', 'C1');
    expect(await scene.lend('P1', 'C2')).toMatchObject({
      kind: 'blocked',
      blocks: [{ code: 'SAME_TITLE', facts: [{ barcode: 'C1', title: 'Algèbre', due: local('2026-06-22T19:00') }] }],
    });
    for (const other of ['C3', 'C4', 'C5']) expect(await scene.lend('P1', other)).toMatchObject({ kind: 'lent' });
    await scene.giveBack('C1');
    await scene.giveBack('C3');
    expect(await scene.lend('P1', 'C2')).toMatchObject({ kind: 'lent' });
  });

  it('BLK-01 ITEM_MISSING and ITEM_IN_PROCESS; overridden, the item is simply on loan', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', process: 'MISSING' }, { barcode: 'B2', process: 'ACQ', department: 'ACQ' });
    expect(blockCodes(await scene.lend('P1', 'B1'))).toEqual(['ITEM_MISSING']);
    expect(await scene.lend('P1', 'B2')).toMatchObject({
      blocks: [{ code: 'ITEM_IN_PROCESS', facts: [{ process: 'ACQ', department: 'ACQ' }] }],
    });
    for (const barcode of ['B1', 'B2']) {
      expect(await scene.lend('P1', barcode, { override: { codes: 'all' } })).toMatchObject({ kind: 'lent' });
      expect(await scene.giveBack(barcode)).toMatchObject({ kind: 'returned', next: 'reshelve' });
    }
  });

  it('BLK-01 ITEM_IN_TRANSIT says from where to where; overridden, the journey ends', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', location: 'med/SALLE' });
    expect(await scene.giveBack('B1')).toMatchObject({ next: 'transit', destination: 'med' });
    const since = local('2026-06-01T10:00');
    expect(await scene.lend('P1', 'B1')).toMatchObject({
      blocks: [{ code: 'ITEM_IN_TRANSIT', facts: [{ from: 'sci', to: 'med', since }] }],
    });
    expect(await scene.lend('P1', 'B1', { override: { codes: ['ITEM_IN_TRANSIT'] } })).toMatchObject({ kind: 'lent' });
  });

  it('BLK-01 ITEM_LOST says who lost it; overridden, the lost loan ends and the new one begins', async ({
    scene,
    database,
  }) => {
    await patronAndBook(scene);
    await scene.patron({ id: 'P2' });
    await scene.lend('P1', 'B1');
    await database.sql(`update loans set lost_at = ${scene.now()}`);
    await database.sql("update items set process = 'LOST_LOAN'");
    expect(await scene.lend('P2', 'B1')).toMatchObject({
      blocks: [{ code: 'ITEM_LOST', facts: [{ patron: 'Name P1 Ana' }] }],
    });
    const lent = await scene.lend('P2', 'B1', { override: { codes: ['ITEM_LOST'] } });
    expect(lent).toMatchObject({ kind: 'lent', returnedFrom: 'Name P1 Ana', status: 'Normal' });
  });

  it('BLK-01 several at once, each once, in the public order', async ({ scene, requests }) => {
    const holder = await scene.patron({ id: 'P2' });
    await scene.patron({ id: 'P1', expiry: '2026-06-10', status: 'inactive' });
    await scene.items({ barcode: 'B1', title: 'Algèbre' }, { barcode: 'B2', title: 'Algèbre' }, { barcode: 'B3' });
    await scene.lend('P1', 'B2', { override: { codes: 'all' } });
    await requests.place({ patron: holder, barcode: 'B1' });
    await scene.giveBack('B1');
    expect(blockCodes(await scene.lend('P1', 'B1'))).toEqual([
      'PATRON_INACTIVE',
      'HELD_FOR_OTHER',
      'SAME_TITLE',
      'DUE_AFTER_EXPIRY',
    ]);
  });
});
