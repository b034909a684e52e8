import { expect } from 'vitest';
import { deleteLoan } from '../../source/desk/delete-loan.ts';
import { showItem, showPatron } from '../../source/desk/show.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import { smallNetwork } from '../support/network.ts';

const B1 = { barcode: 'B1' };

onBothDatabases('a loan made by mistake', (it) => {
  it('LOAN-09 is gone, without penalty, and its item stands in its place again; the audit keeps it', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items(B1);
    const loan = await scene.lend('P1', 'B1');
    expect(await scene.act(deleteLoan, B1)).toMatchObject({
      kind: 'deleted',
      item: { id: 1, barcode: 'B1', title: 'Title B1', library: 'sci' },
      patronId: patron,
      next: 'reshelve',
      destination: null,
      requester: null,
      heldUntil: null,
    });
    expect(await scene.act(showPatron, { identifier: 'P1' })).toMatchObject({
      loans: 0,
      returned: 0,
      blocks: [],
      blockedUntil: null,
    });
    expect(await scene.act(showItem, B1)).toMatchObject({
      item: { process: null, at: 'sci', loan: null },
      lastLoan: null,
    });
    expect(await database.sql('select id from loans')).toEqual([]);
    const [event] = await database.records.read(async (records) => records.events.latest('loan-deleted', 9));
    expect(event).toMatchObject({
      at: local('2026-06-01T10:00'),
      staff: 'bib',
      desk: 'sci/PRET',
      patronId: patron,
      itemId: 1,
      data: {
        barcode: 'B1',
        loan: {
          id: loan.kind === 'lent' ? loan.loan : 0,
          loanedAt: local('2026-06-01T10:00'),
          due: local('2026-06-22T19:00'),
        },
      },
    });
    expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'lent' });
  });

  it('LOAN-09 PEN-02 a late one leaves no block either', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(B1);
    await scene.lend('P1', 'B1');
    scene.at('2026-08-03T10:00');
    const manager = await scene.staff('head', 'manager');
    expect(await scene.act(deleteLoan, B1, manager)).toMatchObject({ kind: 'deleted' });
    expect(await database.sql('select id from patron_blocks')).toEqual([]);
  });

  it('LOAN-09 operators the same day only, whose clock is the library’s; managers any day', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(B1, { barcode: 'B2' });
    // Half past midnight in Toulouse is still the day before in Greenwich.
    scene.at('2026-06-02T00:30');
    await scene.lend('P1', 'B1');
    await scene.lend('P1', 'B2');
    scene.at('2026-06-02T23:59');
    expect(await scene.act(deleteLoan, B1)).toMatchObject({ kind: 'deleted' });
    scene.at('2026-06-03T00:00');
    const second = { barcode: 'B2' };
    expect(await scene.act(deleteLoan, second)).toEqual({
      kind: 'not-permitted',
      permission: 'delete-loan',
      needs: 'role',
    });
    const manager = await scene.staff('head', 'manager', 'sci');
    expect(await scene.act(deleteLoan, second, seatAt(manager, 'buc/PRET'))).toMatchObject({ kind: 'not-permitted' });
    expect(await scene.act(deleteLoan, second, manager)).toMatchObject({ kind: 'deleted' });
  });

  it('LOAN-09 REN-09 limited operators never', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(B1);
    const helper = await scene.staff('mon', 'limited-operator');
    await scene.lend('P1', 'B1', {}, helper);
    expect(await scene.act(deleteLoan, B1, helper)).toEqual({
      kind: 'not-permitted',
      permission: 'delete-loan',
      needs: 'role',
    });
    expect(await database.sql('select id from loans')).toHaveLength(1);
  });

  it('LOAN-09 RET-06 elsewhere the item goes home; for a request, to the hold shelf', async ({ scene, requests }) => {
    await scene.patron({ id: 'P1' });
    const waiting = await scene.patron({ id: 'P2' });
    await scene.items(B1, { barcode: 'B2' });
    const atBuc = seatAt(scene.bib, 'buc/PRET');
    await scene.lend('P1', 'B1', {}, atBuc);
    expect(await scene.act(deleteLoan, B1, atBuc)).toMatchObject({ next: 'transit', destination: 'sci' });
    await scene.lend('P1', 'B2');
    const request = await requests.place({ patron: waiting, barcode: 'B2' });
    expect(await scene.act(deleteLoan, { barcode: 'B2' })).toMatchObject({
      next: 'hold-shelf',
      requester: 'Name P2 Ana',
    });
    expect(await requests.state(request)).toMatchObject({ state: 'ON_SHELF' });
  });

  it('LOAN-05 LOAN-09 it no longer counts for a limit', async ({ scene }) => {
    await scene.load({ ...smallNetwork, limits: [{ max: 1 }] });
    await scene.patron({ id: 'P1' });
    await scene.items(B1, { barcode: 'B2' });
    await scene.lend('P1', 'B1');
    expect(await scene.lend('P1', 'B2')).toMatchObject({ kind: 'blocked' });
    await scene.act(deleteLoan, B1);
    expect(await scene.lend('P1', 'B2')).toMatchObject({ kind: 'lent' });
  });

  it('LOAN-09 what is not on loan, and what is unknown', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(B1);
    expect(await scene.act(deleteLoan, { barcode: 'NOPE' })).toEqual({ kind: 'unknown', what: 'ITEM', key: 'NOPE' });
    expect(await scene.act(deleteLoan, B1)).toEqual({ kind: 'not-on-loan', barcode: 'B1' });
    await scene.lend('P1', 'B1');
    await scene.giveBack('B1');
    expect(await scene.act(deleteLoan, B1)).toEqual({ kind: 'not-on-loan', barcode: 'B1' });
  });
});
