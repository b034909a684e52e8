import { expect } from 'vitest';
import { anonymise } from '../../source/desk/anonymise.ts';
import { ownHistory } from '../../source/desk/own-account.ts';
import { ownLoans } from '../../source/desk/own-loans.ts';
import type { OwnLoan, OwnLoanOrder } from '../../source/desk/own-loans.ts';
import { PASSWORD_COST } from '../../source/desk/passwords.ts';
import { renew } from '../../source/desk/renew.ts';
import type { Desk } from '../../source/desk/perform.ts';
import type { Records } from '../../source/records/records.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine, said } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { asPatron, kioskOf } from '../support/kiosk.ts';
import { network, smallNetwork, withLibrary } from '../support/network.ts';

const window = { offset: 0, limit: 50 };

async function loansOf(scene: Scene, patron: number, sort: OwnLoanOrder = 'due'): Promise<readonly OwnLoan[]> {
  const shown = await asPatron(scene, patron, ownLoans, { sort, window });
  if (shown.kind !== 'loans') throw new Error(JSON.stringify(shown));
  return shown.lines;
}
async function renewalOf(scene: Scene, patron: number): Promise<unknown> {
  const [one] = await loansOf(scene, patron);
  if (one?.renewal.kind === 'can') return { kind: 'can', until: said(one.renewal.until) };
  return one?.renewal;
}

onBothDatabases("a patron's own loans", (it) => {
  it('KIO-03 are sorted by title, and by due date one way and the other', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items(
      { barcode: 'B1', title: 'Éléments' },
      { barcode: 'B2', title: 'algèbre', location: 'buc/SALLE' },
      { barcode: 'B3', title: 'Zoologie', location: 'med/SALLE' },
    );
    for (const barcode of ['B1', 'B2', 'B3']) await scene.lend('P1', barcode);
    const titles = async (sort: OwnLoanOrder) => (await loansOf(scene, patron, sort)).map((one) => one.barcode);
    expect(await titles('title')).toEqual(['B2', 'B1', 'B3']);
    expect(await titles('due')).toEqual(['B2', 'B3', 'B1']);
    expect(await titles('due-desc')).toEqual(['B1', 'B3', 'B2']);
    expect(await asPatron(scene, patron, ownLoans, { sort: 'title', window: { offset: 1, limit: 1 } })).toMatchObject({
      kind: 'loans',
      total: 3,
      lines: [{ barcode: 'B1', title: 'Éléments', library: 'sci', status: 'Normal', daysLate: 0, lentAt: scene.now() }],
    });
  });

  it('KIO-03 III.2.3 can be renewed, were renewed today, and can be again tomorrow', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', location: 'med/SALLE' });
    await scene.lend('P1', 'B1');
    // Lent today: nothing would move, and nothing was renewed.
    expect(await renewalOf(scene, patron)).toEqual({ kind: 'cannot', reasons: ['DUE_DATE_UNCHANGED'] });
    scene.at('2026-06-10T10:00');
    expect(await renewalOf(scene, patron)).toEqual({ kind: 'can', until: '2026-06-30T18:00' });
    expect(await asPatron(scene, patron, renew, {})).toMatchObject({ lines: [{ kind: 'renewed' }] });
    expect(await renewalOf(scene, patron)).toEqual({ kind: 'renewed-today' });
    expect(await loansOf(scene, patron)).toMatchObject([{ status: 'Renewed' }]);
    scene.at('2026-06-11T10:00');
    expect(await renewalOf(scene, patron)).toEqual({ kind: 'can', until: '2026-07-01T18:00' });
  });

  it('KIO-03 REN-05 one that was renewed today and is recalled since cannot be renewed, with every reason', async ({
    scene,
    requests,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    const other = await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1', location: 'med/SALLE' });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-10T10:00');
    await asPatron(scene, patron, renew, {});
    await requests.place({ patron: other, barcode: 'B1', pickup: 'med' });
    expect(await loansOf(scene, patron)).toMatchObject([
      { status: 'Recalled', renewal: { kind: 'cannot', reasons: ['RECALLED', 'DUE_DATE_UNCHANGED'] } },
    ]);
  });

  it('KIO-03 says of every loan what renewing it answers then', async ({ scene, requests }) => {
    const patron = await scene.patron({ id: 'P1', expiry: '2026-06-25' });
    const other = await scene.patron({ id: 'P2' });
    await scene.items(
      { barcode: 'B1', title: 'One' },
      { barcode: 'B2', title: 'Two', policy: 'P48NN' },
      { barcode: 'B3', title: 'Three', location: 'buc/SALLE' },
      { barcode: 'B4', title: 'Four', location: 'med/SALLE' },
      { barcode: 'B5', title: 'Five', location: 'buc/SALLE' },
      { barcode: 'B6', title: 'Five', location: 'buc/SALLE' },
    );
    for (const barcode of ['B1', 'B2', 'B3', 'B4', 'B5', 'B6'])
      await scene.lend(barcode === 'B6' ? 'P2' : 'P1', barcode, { override: { codes: 'all' }, expiry: 'keep' });
    for (const id of ['P3', 'P4', 'P5']) {
      const waits = await scene.patron({ id });
      await requests.place({ patron: waits, barcode: 'B5', pickup: 'buc' });
    }
    expect(other).not.toBe(patron);
    const check = async (): Promise<string[]> => {
      const before = await loansOf(scene, patron);
      const answered = await asPatron(scene, patron, renew, { barcodes: before.map((one) => one.barcode) });
      if (answered.kind !== 'renewals') throw new Error(answered.kind);
      const after = answered.lines.map((line) =>
        line.kind === 'renewed'
          ? { kind: 'can', until: line.due }
          : { kind: 'cannot', reasons: line.kind === 'not-renewed' ? line.refusals : [] },
      );
      expect(before.map((one) => one.renewal)).toEqual(after);
      return before.map((one) => one.renewal.kind);
    };
    scene.at('2026-06-02T10:00');
    expect(new Set(await check())).toEqual(new Set(['can', 'cannot']));
    // The short one is late meanwhile: nothing is renewed any more.
    scene.at('2026-06-09T10:00');
    expect(await check()).toEqual(['cannot', 'cannot', 'cannot', 'cannot', 'cannot']);
    expect((await loansOf(scene, patron))[0]).toMatchObject({ barcode: 'B2', daysLate: 6 });
  });

  it('KIO-03 CAL-03 one whose library never opens again cannot be renewed; the others are shown', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', location: 'med/SALLE' }, { barcode: 'B2', location: 'buc/SALLE' });
    await scene.lend('P1', 'B1');
    await scene.lend('P1', 'B2');
    const closures = [{ from: '2026-06-05', to: '2036-06-05', name: 'Travaux' }];
    await scene.load(withLibrary('med', { closures }, network({ name: 'closed' })));
    scene.at('2026-06-10T10:00');
    const shown = new Map((await loansOf(scene, patron)).map((one) => [one.barcode, one.renewal]));
    expect(shown.get('B1')).toEqual({ kind: 'cannot', reasons: [] });
    expect(shown.get('B2')).toMatchObject({ kind: 'can' });
    await scene.load(smallNetwork);
  });

  it('KIO-03 TUI-12 takes as many questions to the database for fifty as for two', async ({
    scene,
    database,
    requests,
  }) => {
    const waits = await scene.patron({ id: 'P0' });
    const asked = async (id: string, count: number): Promise<number> => {
      const patron = await scene.patron({ id });
      const barcodes = Array.from({ length: count }, (_, at) => `${id}-${at}`);
      await scene.items(...barcodes.map((barcode) => ({ barcode, location: 'med/SALLE' })));
      for (const barcode of barcodes) await scene.lend(id, barcode);
      await requests.place({ patron: waits, barcode: `${id}-0`, pickup: 'med' });
      let questions = 0;
      const counting = (records: Records): Records =>
        new Proxy(records, {
          get: (all, room: keyof Records) =>
            new Proxy(all[room], {
              get: (own, name) => {
                questions += 1;
                return Reflect.get(own, name) as unknown;
              },
            }),
        });
      const shown = await database.records.read(async (records) => {
        const now = scene.now();
        const about = {
          network: smallNetwork,
          networkVersion: 1,
          now,
          passwordCost: PASSWORD_COST,
          ...kioskOf(patron),
        };
        const desk: Desk = { records: counting(records), ...about };
        return ownLoans.run(desk, { patron, sort: 'due', window });
      });
      expect(shown).toMatchObject({ kind: 'loans', total: count });
      return questions;
    };
    const few = await asked('P1', 2);
    expect(few).toBeGreaterThan(3);
    expect(await asked('P2', 50)).toBe(few);
  });
});

onBothDatabases('a patron renews', (it) => {
  it('KIO-03 REL-09 one or all; it is written down as theirs, with nobody of the staff', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', location: 'med/SALLE' }, { barcode: 'B2', location: 'buc/SALLE' });
    await scene.lend('P1', 'B1');
    await scene.lend('P1', 'B2');
    scene.at('2026-06-10T10:00');
    expect(await asPatron(scene, patron, renew, { barcodes: ['b1'] })).toMatchObject({
      lines: [{ kind: 'renewed', item: { barcode: 'B1' } }],
    });
    expect(await asPatron(scene, patron, renew, {})).toMatchObject({
      lines: [
        { kind: 'renewed', item: { barcode: 'B2' } },
        { kind: 'not-renewed', refusals: ['DUE_DATE_UNCHANGED'] },
      ],
    });
    const renewed = await eventsIn(database, 'loan-renewed');
    expect(renewed).toMatchObject([
      { staff: null, desk: '-', patronId: patron, data: { barcode: 'B2', by: 'patron' } },
      { staff: null, desk: '-', patronId: patron, data: { barcode: 'B1', by: 'patron' } },
    ]);
    // At the desk it is the staff's.
    scene.at('2026-06-11T10:00');
    expect(await scene.act(renew, { barcodes: ['B1'] })).toMatchObject({ lines: [{ kind: 'renewed' }] });
    const [atDesk] = await eventsIn(database, 'loan-renewed');
    expect(atDesk).toMatchObject({ staff: 'bib', desk: 'sci/PRET' });
    expect(atDesk?.data).not.toHaveProperty('by');
  });

  it('KIO-03 KIO-07 sets nothing aside, not even what anybody may at a desk', async ({ scene, database }) => {
    await scene.load(network({ overrides: [{ code: 'NOT_RENEWABLE', by: 'anyone' }] }));
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', policy: 'P48NN' });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-02T10:00');
    for (const codes of ['all', ['NOT_RENEWABLE'], []] as const) {
      const outcome = await asPatron(scene, patron, renew, { barcodes: ['B1'], override: { codes } });
      expect(outcome).toEqual({ kind: 'not-permitted', permission: 'renew', needs: 'role' });
    }
    expect(await asPatron(scene, patron, renew, {})).toMatchObject({
      lines: [{ kind: 'not-renewed', mayOverride: false }],
    });
    expect(await eventsIn(database, 'loan-renewed')).toEqual([]);
  });
});

onBothDatabases("a patron's earlier loans", (it) => {
  it('KIO-03 QP.1.5 JOB-06 the latest return first, until nobody knows any more whose they were', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.patron({ id: 'P2' });
    await scene.items(
      { barcode: 'B1', title: 'One', author: 'A. B.' },
      { barcode: 'B2', title: 'Two' },
      { barcode: 'B3' },
    );
    const lentAt = scene.now();
    await scene.lend('P1', 'B1');
    await scene.lend('P1', 'B2');
    await scene.lend('P2', 'B3');
    scene.at('2026-06-02T10:00');
    await scene.giveBack('B2');
    await scene.giveBack('B3');
    scene.at('2026-06-20T10:00');
    await scene.giveBack('B1');
    const shown = async () => asPatron(scene, patron, ownHistory, { window });
    expect(await shown()).toEqual({
      kind: 'history',
      total: 2,
      lines: [
        { title: 'One', author: 'A. B.', description: null, library: 'sci', lentAt, returnedAt: scene.now() },
        expect.objectContaining({ title: 'Two' }),
      ],
    });
    expect(await asPatron(scene, patron, ownHistory, { window: { offset: 1, limit: 1 } })).toMatchObject({
      total: 2,
      lines: [{ title: 'Two' }],
    });
    scene.at('2026-09-10T03:00');
    await scene.perform(commandLine, anonymise, { asOf: scene.now() });
    expect(await shown()).toMatchObject({ total: 1, lines: [{ title: 'One' }] });
  });
});
