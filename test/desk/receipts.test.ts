import { expect } from 'vitest';
import { deleteLoan } from '../../source/desk/delete-loan.ts';
import { activityReport, loanReceipt, requestsReport, returnReceipt } from '../../source/desk/receipts.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const SCI = { code: 'sci', name: expect.any(String) as string };

/** P1 borrows items that exist; answers with the loans' numbers. */
async function lent(scene: Scene, ...barcodes: string[]): Promise<number[]> {
  const loans: number[] = [];
  for (const barcode of barcodes) {
    const answer = await scene.lend('P1', barcode);
    if (answer.kind !== 'lent') throw new Error(JSON.stringify(answer));
    loans.push(answer.loan);
  }
  return loans;
}

onBothDatabases('receipts', (it) => {
  it('TAB-07 a loan receipt: the session’s loans in their order, with all that the patron has', async ({ scene }) => {
    const identifiers = [
      { type: 'PRIMARY', value: 'P1' },
      { type: 'UNR', value: '42' },
    ];
    const patron = await scene.patron({ id: 'P1', lastName: 'Martin', language: 'en', identifiers });
    await scene.items(
      { barcode: 'B1', title: 'Optique', author: 'Durand', callNumber: '535 DUR', description: 'T. 2' },
      { barcode: 'B2' },
      { barcode: 'B3', location: 'buc/SALLE' },
      { barcode: 'B4' },
    );
    await lent(scene, 'B4');
    scene.at('2026-06-02T10:00');
    const loans = await lent(scene, 'B3', 'B1', 'B2');
    await scene.giveBack('B2');
    const answer = await scene.act(loanReceipt, { patron, loans });
    expect(answer).toMatchObject({
      kind: 'loan-receipt',
      patron: { id: patron, lastName: 'Martin', firstName: 'Ana', language: 'en', identifiers, group: 'L' },
      library: SCI,
      desk: 'sci/PRET',
      at: local('2026-06-02T10:00'),
      loans: [{ barcode: 'B3' }, { barcode: 'B1' }],
      onLoan: 3,
      late: 0,
    });
    const second = answer.kind === 'loan-receipt' ? answer.loans[1] : undefined;
    expect(second).toEqual({
      loan: loans[1],
      barcode: 'B1',
      title: 'Optique',
      author: 'Durand',
      description: 'T. 2',
      callNumber: '535 DUR',
      library: SCI,
      loanedAt: local('2026-06-02T10:00'),
      due: local('2026-06-23T19:00'),
      late: false,
      daysLate: 0,
      renewals: 0,
      status: 'Normal',
      returnedAt: null,
    });
  });

  it('TAB-07 nothing of somebody else’s, nothing that was deleted, nothing that was not asked for', async ({
    scene,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
    const other = await scene.lend('P2', 'B1');
    const loans = await lent(scene, 'B2');
    await scene.act(deleteLoan, { barcode: 'B2' });
    const asked = [...loans, ...(other.kind === 'lent' ? [other.loan] : []), 999];
    expect(await scene.act(loanReceipt, { patron, loans: asked })).toMatchObject({ loans: [], onLoan: 0 });
    expect(await scene.act(returnReceipt, { patron, loans: asked })).toMatchObject({ loans: [], onLoan: 0 });
    expect(await scene.act(loanReceipt, { patron: 99, loans })).toEqual({ kind: 'unknown', what: 'PATRON', key: '99' });
  });

  it('TAB-07 RET-02 a return receipt: what came back, how late, what is still out, until when they are blocked', async ({
    scene,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' }, { barcode: 'B3' }, { barcode: 'B4' });
    const loans = await lent(scene, 'B1', 'B2', 'B3', 'B4');
    scene.at('2026-06-10T10:00');
    await scene.giveBack('B4');
    scene.at('2026-06-30T11:00');
    await scene.giveBack('B2');
    scene.at('2026-06-30T11:01');
    await scene.giveBack('B1');
    expect(await scene.act(returnReceipt, { patron, loans: loans.slice(0, 3) })).toMatchObject({
      kind: 'return-receipt',
      loans: [
        {
          barcode: 'B2',
          late: true,
          daysLate: 8,
          returnedAt: local('2026-06-30T11:00'),
          due: local('2026-06-22T19:00'),
        },
        { barcode: 'B1', daysLate: 8, returnedAt: local('2026-06-30T11:01') },
      ],
      onLoan: 1,
      late: 1,
      blockedUntil: '2026-07-05',
    });
  });
});

onBothDatabases('reports', (it) => {
  it('TAB-09 everything on loan, library by library, those with late loans first, late ones first in each', async ({
    scene,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items(
      { barcode: 'S1' },
      { barcode: 'S2' },
      { barcode: 'D1', material: 'DVD' },
      { barcode: 'U1', location: 'buc/SALLE' },
      { barcode: 'M1', location: 'med/SALLE' },
    );
    await lent(scene, 'D1', 'U1', 'M1');
    scene.at('2026-06-08T10:00');
    await lent(scene, 'S1');
    scene.at('2026-06-09T09:00');
    await scene.lend('P1', 'S2', { override: { codes: 'all' } });
    scene.at('2026-06-16T12:00');
    const report = await scene.act(activityReport, { patron: ' p1' });
    expect(report).toMatchObject({ kind: 'activity', patron: { id: patron }, total: 5, late: 2 });
    const said =
      report.kind === 'activity'
        ? report.libraries.map(({ library, late, loans }) => [library.code, late, ...loans.map((one) => one.barcode)])
        : [];
    expect(said).toEqual([
      ['sci', 1, 'D1', 'S1', 'S2'],
      ['buc', 1, 'U1'],
      ['med', 0, 'M1'],
    ]);
    expect(report).toMatchObject({ at: scene.now() });
  });

  it('TAB-09 a loan by the hour is late before it is so by a day', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'H1', policy: 'H2' });
    await lent(scene, 'H1');
    scene.at('2026-06-01T13:00');
    expect(await scene.act(activityReport, { patron: 'P1' })).toMatchObject({
      late: 1,
      libraries: [{ late: 1, loans: [{ barcode: 'H1', late: true, daysLate: 0 }] }],
    });
  });

  it('TAB-09 everything that was asked for, where it will wait and until when', async ({ scene, requests }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', title: 'Optique' }, { barcode: 'B2', title: 'Algèbre' });
    await requests.place({ patron, barcode: 'B1', pickup: 'med' });
    scene.at('2026-06-01T11:00');
    await requests.place({ patron, barcode: 'B2' });
    await scene.giveBack('B2');
    const report = await scene.act(requestsReport, { patron });
    expect(report).toMatchObject({
      kind: 'requests-report',
      patron: { id: patron },
      total: 2,
      lines: [
        { title: 'Optique', pickup: 'med', pickupLibrary: { code: 'med' }, state: 'waiting', heldUntil: null },
        { title: 'Algèbre', pickupLibrary: SCI, state: 'on-shelf', placedAt: local('2026-06-01T11:00') },
      ],
    });
    const nobody = { kind: 'unknown', what: 'PATRON', key: 'P9' };
    expect(await scene.act(requestsReport, { patron: 'P9' })).toEqual(nobody);
    expect(await scene.act(activityReport, { patron: 'P9' })).toEqual(nobody);
  });

  it('TAB-09 where somebody sits nowhere, or elsewhere, the report is the same but for its sender', async ({
    scene,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    const receipt = async (place: string) => scene.act(loanReceipt, { patron, loans: [] }, seatAt(scene.bib, place));
    expect(await receipt('buc/PRET')).toMatchObject({ library: { code: 'buc' }, desk: 'buc/PRET' });
    expect(await scene.act(loanReceipt, { patron, loans: [] }, { ...scene.bib, place: null })).toMatchObject({
      library: null,
      desk: '-',
    });
  });
});
