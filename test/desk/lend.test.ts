import { expect } from 'vitest';
import { onBothDatabases, blockCodes } from '../support/desk.ts';
import { local, said, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { days, library, network, smallNetwork, week, withLibrary } from '../support/network.ts';

/** A patron and a book, ready to be lent. */
async function patronAndBook(scene: Scene): Promise<number> {
  const patron = await scene.patron({ id: 'P1' });
  await scene.items({ barcode: 'B1', title: 'Algèbre' });
  return patron;
}

onBothDatabases('lending', (it) => {
  it('LOAN-01 CAL-04 lends for the period of group and location, until the closing hour', async ({ scene }) => {
    const patron = await patronAndBook(scene);
    expect(await scene.lend('P1', 'B1')).toEqual({
      kind: 'lent',
      loan: expect.any(Number) as number,
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
      patronId: patron,
      due: local('2026-06-22T19:00'),
      loanedAt: local('2026-06-01T10:00'),
      lateFrom: local('2026-06-23T00:00'),
      status: 'Normal',
      overridden: [],
      returnedFrom: null,
    });
  });

  it('PAT-01 finds the patron by any identifier or by number, the item by its barcode, case and spaces aside', async ({
    scene,
  }) => {
    const identifiers = [
      { type: 'primary', value: 'abc' },
      { type: 'barcode', value: '9921000000164' },
    ];
    const patron = await scene.patron({ id: 'abc', identifiers });
    await scene.items({ barcode: 'x1' }, { barcode: 'x2' }, { barcode: 'x3' });
    expect(await scene.lend('9921000000164', ' X1')).toMatchObject({ kind: 'lent', patronId: patron });
    expect(await scene.lend('ABC ', 'x2')).toMatchObject({ kind: 'lent', patronId: patron });
    expect(await scene.lend(patron, 'x3')).toMatchObject({ kind: 'lent', patronId: patron });
  });

  it('LOAN-01 the item is on loan afterwards, where it is and to whom', async ({ scene, database }) => {
    await patronAndBook(scene);
    await scene.lend('P1', 'B1');
    const item = await database.records.read(async (records) => records.items.byBarcode('B1'));
    expect(item).toMatchObject({
      process: 'LOAN',
      at: 'sci',
      loan: { patron: 'Name P1 Ana', due: local('2026-06-22T19:00') },
    });
  });

  it('DESK-01 a loan needs a desk', async ({ scene }) => {
    await patronAndBook(scene);
    const refusal = { kind: 'not-permitted', permission: 'lend', needs: 'desk' };
    expect(await scene.lend('P1', 'B1', {}, { ...scene.bib, place: null })).toEqual(refusal);
    expect(await scene.lend('P1', 'B1', {}, seatAt(scene.bib, 'sci/ACQ', 'department'))).toEqual(refusal);
  });

  it('CAL-03 a library without an open day is a configuration error, said as such, and lends nothing', async ({
    scene,
    database,
  }) => {
    await patronAndBook(scene);
    await scene.load(withLibrary('sci', { hours: week('') }));
    expect(await scene.lend('P1', 'B1')).toMatchObject({
      kind: 'invalid',
      path: 'libraries.sci',
      problem: 'no-open-day',
    });
    expect(await database.sql('select id from loans')).toEqual([]);
  });
});

onBothDatabases('due after the patron’s expiry', (it) => {
  const blocks = [
    {
      code: 'DUE_AFTER_EXPIRY',
      facts: [{ due: local('2026-06-22T19:00'), expiry: '2026-06-14', shortened: local('2026-06-13T12:30') }],
    },
  ];

  it('LOAN-07 the desk must choose: the full period …', async ({ scene, database }) => {
    await scene.patron({ id: 'P1', expiry: '2026-06-14' });
    await scene.items({ barcode: 'B1' });
    expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'blocked', blocks, due: local('2026-06-22T19:00') });
    const lent = await scene.lend('P1', 'B1', { expiry: 'keep' });
    expect(lent).toMatchObject({ kind: 'lent', due: local('2026-06-22T19:00'), overridden: ['DUE_AFTER_EXPIRY'] });
    expect(await database.sql('select code from overrides')).toEqual([{ code: 'DUE_AFTER_EXPIRY' }]);
  });

  it('LOAN-07 … or the last open day that is still valid, which overrides nothing and is remembered', async ({
    scene,
    database,
  }) => {
    await scene.patron({ id: 'P1', expiry: '2026-06-14' });
    await scene.items({ barcode: 'B1' });
    const lent = await scene.lend('P1', 'B1', { expiry: 'shorten' });
    expect(lent).toMatchObject({
      kind: 'lent',
      due: local('2026-06-13T12:30'),
      lateFrom: local('2026-06-14T00:00'),
      overridden: [],
    });
    expect(await database.sql('select code from overrides')).toEqual([]);
    expect(
      (await database.sql<{ shortened: unknown }>('select shortened from loans')).map((one) => Boolean(one.shortened)),
    ).toEqual([true]);
  });

  it('LOAN-07 an override of the code keeps the full period too', async ({ scene }) => {
    await scene.patron({ id: 'P1', expiry: '2026-06-14' });
    await scene.items({ barcode: 'B1' });
    expect(await scene.lend('P1', 'B1', { override: { codes: 'all' } })).toMatchObject({
      due: local('2026-06-22T19:00'),
    });
  });

  it('LOAN-07 shortening is open to those who may not override', async ({ scene }) => {
    await scene.patron({ id: 'P1', expiry: '2026-06-14' });
    await scene.items({ barcode: 'B1' });
    await scene.load(network({ overrides: [{ code: 'DUE_AFTER_EXPIRY', by: 'nobody' }] }));
    expect(await scene.lend('P1', 'B1', { expiry: 'keep' })).toMatchObject({ kind: 'blocked', mayOverride: false });
    expect(said(((await scene.lend('P1', 'B1', { expiry: 'shorten' })) as { due?: number }).due)).toBe(
      '2026-06-13T12:30',
    );
  });

  it('LOAN-07 shortening does not answer any other block', async ({ scene }) => {
    await scene.patron({ id: 'P1', expiry: '2026-06-14', status: 'inactive' });
    await scene.items({ barcode: 'B1' });
    expect(blockCodes(await scene.lend('P1', 'B1', { expiry: 'shorten' }))).toEqual(['PATRON_INACTIVE']);
  });
});

onBothDatabases('an item with a fulfilment note', (it) => {
  const note = 'check the 3 discs';

  it('BLK-10 the loan waits until the note is acknowledged', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', fulfilmentNote: note });
    expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'note', note, overridden: [] });
    expect(await scene.lend('P1', 'B1', { acknowledged: true })).toMatchObject({ kind: 'lent' });
  });

  it('BLK-10 it comes after the blocks; overrides given meanwhile hold and are recorded once', async ({
    scene,
    database,
  }) => {
    await scene.patron({ id: 'P1', status: 'inactive' });
    await scene.items({ barcode: 'B1', fulfilmentNote: note, policy: 'EXC' });
    expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'blocked' });
    const waiting = await scene.lend('P1', 'B1', { override: { codes: 'all', reason: 'dean' } });
    expect(waiting).toMatchObject({ kind: 'note', note, overridden: ['PATRON_INACTIVE', 'NOT_LOANABLE'] });
    const lent = await scene.lend('P1', 'B1', { standing: ['PATRON_INACTIVE', 'NOT_LOANABLE'], acknowledged: true });
    expect(lent).toMatchObject({ kind: 'lent' });
    const recorded = await database.sql('select code, reason from overrides order by id');
    expect(recorded).toEqual([
      { code: 'PATRON_INACTIVE', reason: 'dean' },
      { code: 'NOT_LOANABLE', reason: 'dean' },
    ]);
  });

  it('BLK-10 acknowledging answers no block', async ({ scene }) => {
    await scene.patron({ id: 'P1', status: 'inactive' });
    await scene.items({ barcode: 'B1', fulfilmentNote: note });
    expect(await scene.lend('P1', 'B1', { acknowledged: true })).toMatchObject({ kind: 'blocked' });
  });
});

onBothDatabases('rules of the network in force', (it) => {
  it('LOAN-04 vacation loans fall due on their date; the loan remembers which version and which row', async ({
    scene,
    database,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', location: 'buc/ETE' });
    scene.at('2026-07-01T10:00');
    expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'lent', due: local('2026-09-15T20:00') });
    const loan = await database.records.read(async (records) =>
      records.loans.ofPatron(1, 'due', { offset: 0, limit: 1 }),
    );
    expect(loan).toMatchObject([{ ruleRow: 9, networkVersion: 1, period: null }]);
  });

  it('CONF-01 a new version counts from the next loan on, at every desk', async ({ scene, database }) => {
    await patronAndBook(scene);
    await scene.items({ barcode: 'B2' });
    await scene.lend('P1', 'B1');
    const longer = smallNetwork.loanRules.map((row) => (row.group?.includes('L') ? { ...row, period: days(28) } : row));
    await scene.load(network({ loanRules: longer }));
    expect(await scene.lend('P1', 'B2')).toMatchObject({ due: local('2026-06-29T19:00') });
    const loans = await database.records.read(async (records) =>
      records.loans.ofPatron(1, 'loaned', { offset: 0, limit: 9 }),
    );
    expect(loans.map((one) => one.networkVersion)).toEqual([2, 1]);
  });

  it('CAL-04 the library’s own time zone counts', async ({ scene }) => {
    await patronAndBook(scene);
    await scene.load(
      network({ timeZone: 'America/Cayenne', libraries: [...smallNetwork.libraries, library({ code: 'cay' })] }),
    );
    expect(await scene.lend('P1', 'B1')).toMatchObject({ due: local('2026-06-22T19:00', 'America/Cayenne') });
  });
});
