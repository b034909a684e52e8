import { expect } from 'vitest';
import { blockCodes, onBothDatabases } from '../support/desk.ts';
import { local } from '../support/house.ts';
import { days, network, smallNetwork, withLibrary } from '../support/network.ts';

onBothDatabases('an item that is on loan to somebody else', (it) => {
  it('BLK-07 overridden: the previous loan is returned with its penalty and the new one made, in one transaction', async ({
    scene,
    database,
  }) => {
    await scene.patron({ id: 'P1' });
    const second = await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-30T11:00');
    const answer = await scene.lend('P2', 'B1', { override: { codes: ['ON_LOAN_TO_OTHER'] } });
    expect(answer).toMatchObject({
      kind: 'lent',
      patronId: second,
      returnedFrom: 'Name P1 Ana',
      overridden: ['ON_LOAN_TO_OTHER'],
    });
    const blocks = await database.sql('select type, until_day, library from patron_blocks');
    expect(blocks).toEqual([{ type: 'LATE_RETURN', until_day: '2026-07-05', library: 'sci' }]);
    const events = await database.sql<{ kind: string }>(
      "select kind from events where kind like 'item-%' or kind like 'block-%' order by id",
    );
    expect(events.map((one) => one.kind)).toEqual(['item-lent', 'item-returned', 'block-set', 'item-lent']);
  });

  it('BLK-07 not late: returned without a penalty', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1');
    expect(await scene.lend('P2', 'B1', { override: { codes: 'all' } })).toMatchObject({ kind: 'lent' });
    expect(await database.sql('select id from patron_blocks')).toEqual([]);
  });

  it('BLK-07 REL-01 where the new loan cannot be made, the previous one is not returned either', async ({
    scene,
    database,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-30T11:00');
    // The event of the new loan is the last thing written: without a member of staff of that number, it cannot be.
    const ghost = { ...scene.bib, staff: { ...scene.bib.staff, id: 4711 } };
    await expect(scene.lend('P2', 'B1', { override: { codes: 'all' } }, ghost)).rejects.toThrow(/foreign key/i);
    expect(await database.sql('select count(*) as n from loans where returned_at is null and patron_id = 1')).toEqual([
      { n: expect.toSatisfy((n) => Number(n) === 1) },
    ]);
    expect(await database.sql('select id from patron_blocks')).toEqual([]);
  });
});

onBothDatabases('an item that is on loan to the same patron', (it) => {
  it('BLK-07 offers a renewal; overridden, it renews', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    const first = await scene.lend('P1', 'B1');
    scene.at('2026-06-20T10:00');
    expect(await scene.lend('P1', 'B1')).toMatchObject({
      kind: 'blocked',
      blocks: [{ code: 'ON_LOAN_TO_SAME', facts: [{ due: local('2026-06-22T19:00') }] }],
    });
    const renewed = await scene.lend('P1', 'B1', { override: { codes: ['ON_LOAN_TO_SAME'] } });
    expect(renewed).toMatchObject({
      kind: 'renewed',
      status: 'Renewed',
      due: local('2026-06-27T12:30'),
      lateFrom: local('2026-06-28T00:00'),
    });
    expect(renewed).toMatchObject({ loan: first.kind === 'lent' ? first.loan : 0 });
    const loans = await database.records.read(async (records) =>
      records.loans.ofPatron(1, 'due', { offset: 0, limit: 9 }),
    );
    expect(loans).toMatchObject([
      { status: 'Renewed', renewals: 1, renewedAt: local('2026-06-20T10:00'), due: local('2026-06-27T12:30') },
    ]);
  });

  it('BLK-07 REN-03 or says why not: on the day of the loan', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1');
    expect(await scene.lend('P1', 'B1', { override: { codes: 'all' } })).toMatchObject({
      kind: 'not-renewed',
      refusals: ['DUE_DATE_UNCHANGED'],
      due: local('2026-06-22T19:00'),
    });
  });

  it('BLK-07 REN-03 and a second time on the same day', async ({ scene }) => {
    await scene.load(network({ loanRules: [{ period: days(7), max: days(60) }] }));
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-04T10:00');
    expect(await scene.lend('P1', 'B1', { override: { codes: 'all' } })).toMatchObject({
      kind: 'renewed',
      due: local('2026-07-27T19:00'),
    });
    scene.at('2026-06-04T16:00');
    expect(await scene.lend('P1', 'B1', { override: { codes: 'all' } })).toMatchObject({
      kind: 'not-renewed',
      refusals: ['DUE_DATE_UNCHANGED'],
    });
  });

  it('BLK-07 REN-05 not a recalled one, nor one for which a request waits', async ({ scene, requests }) => {
    await scene.patron({ id: 'P1' });
    const other = await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1');
    await requests.place({ patron: other, barcode: 'B1' });
    scene.at('2026-06-20T10:00');
    const answer = await scene.lend('P1', 'B1', { override: { codes: 'all' } });
    expect(answer).toMatchObject({ kind: 'not-renewed', refusals: ['RECALLED'] });
  });

  it('BLK-09 REN-06 a late one, overridden as such, is not refused for being late or after closing', async ({
    scene,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-24T10:00');
    expect(blockCodes(await scene.lend('P1', 'B1'))).toEqual(['PATRON_OVERDUE', 'ON_LOAN_TO_SAME']);
    const answer = await scene.lend('P1', 'B1', { override: { codes: 'all' } });
    expect(answer).toMatchObject({ kind: 'renewed', due: local('2026-06-29T19:00') });
  });

  it('REN-06 an operator does not renew an expired patron’s loan by overriding, a manager does', async ({ scene }) => {
    await scene.patron({ id: 'P1', expiry: '2026-06-18' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1', { expiry: 'keep' });
    scene.at('2026-06-19T10:00');
    const override = { codes: 'all' } as const;
    expect(await scene.lend('P1', 'B1', { override })).toMatchObject({
      kind: 'not-renewed',
      refusals: ['PATRON_EXPIRED', 'EXPIRES_BEFORE_RENEWAL'],
    });
    const head = await scene.staff('head', 'manager');
    expect(await scene.lend('P1', 'B1', { override }, head)).toMatchObject({
      kind: 'renewed',
      due: local('2026-06-26T19:00'),
    });
  });

  it('LOAN-05 LOAN-08 the limits and the first copy are no reason against a renewal', async ({ scene }) => {
    await scene.load(withLibrary('sci', { parallelLoans: 'forbidden' }, { ...smallNetwork, limits: [{ max: 1 }] }));
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1');
    expect(blockCodes(await scene.lend('P1', 'B1'))).toEqual(['ON_LOAN_TO_SAME']);
  });
});
