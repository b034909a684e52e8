import { expect } from 'vitest';
import { anonymise } from '../../source/desk/anonymise.ts';
import { changeDue } from '../../source/desk/change-due.ts';
import { deleteLoan } from '../../source/desk/delete-loan.ts';
import { itemHistory } from '../../source/desk/item-history.ts';
import { renew } from '../../source/desk/renew.ts';
import { showItem } from '../../source/desk/show.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const window = { offset: 0, limit: 10 };

/** What the history of B1 says at a seat. */
async function historyOf(scene: Scene, part = window, seat?: Seat) {
  const answer = await scene.act(itemHistory, { barcode: ' b1', window: part }, seat);
  if (answer.kind !== 'item-history') throw new Error(JSON.stringify(answer));
  return answer;
}

/** B1 was with P1, renewed once, back at another desk; a loan to P3 was a mistake; now P2 has it. */
async function twoBorrowers(scene: Scene): Promise<{ first: number; second: number }> {
  const first = await scene.patron({ id: 'P1', lastName: 'Martin', firstName: 'Ana' });
  const second = await scene.patron({ id: 'P2', lastName: 'Durand', firstName: 'Luc' });
  await scene.patron({ id: 'P3', lastName: 'Erreur' });
  await scene.items({ barcode: 'B1', title: 'Optique' }, { barcode: 'B2' });
  await scene.lend('P1', 'B1');
  await scene.lend('P1', 'B2');
  scene.at('2026-06-20T10:00');
  expect(await scene.act(renew, { barcodes: ['B1'] })).toMatchObject({ lines: [{ kind: 'renewed' }] });
  scene.at('2026-06-24T10:00');
  await scene.giveBack('B1', {}, seatAt(scene.bib, 'buc/PRET'));
  scene.at('2026-06-25T10:00');
  await scene.giveBack('B1');
  await scene.lend('P3', 'B1');
  await scene.act(deleteLoan, { barcode: 'B1' });
  scene.at('2026-06-26T10:00');
  await scene.lend('P2', 'B1');
  await scene.act(changeDue, { barcodes: ['B1'], due: '2026-06-30' });
  return { first, second };
}

onBothDatabases('the history of an item', (it) => {
  it('ITEM-03 its loans, the newest first: borrower, desks, times, renewals', async ({ scene }) => {
    const { first, second } = await twoBorrowers(scene);
    const { item, borrowers, loans } = await historyOf(scene);
    expect(item).toMatchObject({ barcode: 'B1', title: 'Optique' });
    expect(borrowers).toBe(true);
    const id = expect.any(Number) as number;
    expect(loans).toEqual({
      total: 2,
      lines: [
        {
          id,
          patron: { id: second, name: 'Durand Luc' },
          library: 'sci',
          loanedAt: local('2026-06-26T10:00'),
          loanedDesk: 'sci/PRET',
          due: local('2026-06-30T19:00'),
          renewals: 0,
          returnedAt: null,
          returnedDesk: null,
        },
        {
          id,
          patron: { id: first, name: 'Martin Ana' },
          library: 'sci',
          loanedAt: local('2026-06-01T10:00'),
          loanedDesk: 'sci/PRET',
          due: local('2026-06-27T12:30'),
          renewals: 1,
          returnedAt: local('2026-06-24T10:00'),
          returnedDesk: 'buc/PRET',
        },
      ],
    });
  });

  it('ITEM-03 and what else happened to it, the newest first', async ({ scene }) => {
    await twoBorrowers(scene);
    const { events } = await historyOf(scene);
    const { lines } = events;
    const kinds = ['due-date-changed', 'loan-deleted', 'return-without-loan'];
    expect(lines.map((one) => one.kind)).toEqual(expect.arrayContaining(kinds));
    expect(lines.map((one) => one.at)).toEqual(lines.map((one) => one.at).toSorted((one, other) => other - one));
    expect(events.total).toBe(lines.length);
    expect(lines[0]).toMatchObject({
      kind: 'due-date-changed',
      at: local('2026-06-26T10:00'),
      staff: 'bib',
      desk: 'sci/PRET',
      data: { before: local('2026-07-17T19:00'), due: local('2026-06-30T19:00') },
    });
  });

  it('TUI-12 any window of both', async ({ scene }) => {
    const { first } = await twoBorrowers(scene);
    const all = await historyOf(scene);
    const part = await historyOf(scene, { offset: 1, limit: 1 });
    expect(part.loans).toMatchObject({ total: 2, lines: [{ patron: { id: first } }] });
    expect(part.events).toEqual({ total: all.events.total, lines: all.events.lines.slice(1, 2) });
    expect((await historyOf(scene, { offset: 9, limit: 1 })).loans).toEqual({ total: 2, lines: [] });
  });

  it('ITEM-03 the current and the last borrower, by the number that opens their record', async ({ scene }) => {
    const { first, second } = await twoBorrowers(scene);
    expect(await scene.act(showItem, { barcode: 'B1' })).toMatchObject({
      patron: { id: second },
      lastPatron: { id: first },
    });
  });

  it('ITEM-03 JOB-06 once a loan is anonymised its borrower is nobody', async ({ scene }) => {
    await twoBorrowers(scene);
    const nights = await scene.staff('nights', 'network-administrator');
    scene.at('2027-06-01T10:00');
    expect(await scene.act(anonymise, { asOf: scene.now() }, nights)).toMatchObject({ loans: 1 });
    const { loans } = await historyOf(scene);
    expect(loans).toMatchObject({ total: 2, lines: [{ patron: { name: 'Durand Luc' } }, { patron: null }] });
    expect(await scene.act(showItem, { barcode: 'B1' })).toMatchObject({ lastPatron: null });
  });

  it('ITEM-03 REL-08 who may not see patrons sees the loans without their borrowers', async ({ scene }) => {
    await twoBorrowers(scene);
    const cataloguer = await scene.staff('cat', 'cataloguer');
    const answer = await historyOf(scene, window, cataloguer);
    expect(answer).toMatchObject({
      borrowers: false,
      loans: {
        total: 2,
        lines: [
          { patron: null, renewals: 0 },
          { patron: null, renewals: 1 },
        ],
      },
    });
    const deleted = answer.events.lines.find((one) => one.kind === 'loan-deleted');
    expect(deleted?.data).toMatchObject({ barcode: 'B1', loan: { title: 'Optique' } });
    expect(deleted?.data['loan']).not.toHaveProperty('patronId');
    expect(JSON.stringify(answer)).not.toMatch(/Durand|Martin|Erreur/u);
    expect(await scene.act(itemHistory, { barcode: 'B9', window })).toEqual({
      kind: 'unknown',
      what: 'ITEM',
      key: 'B9',
    });
  });
});
