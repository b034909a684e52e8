import { expect } from 'vitest';
import {
  addPatron,
  endSession,
  findPatrons,
  listLoans,
  listRequests,
  listReturned,
  meaningOfScan,
  openPatron,
  overrideRecord,
  recentPatrons,
} from '../../source/desk/patrons.ts';
import type { LoanOrder } from '../../source/records/loans.ts';
import type { NewPatron } from '../../source/records/patrons.ts';
import { blockCodes, onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const window = { offset: 0, limit: 10 };
const named = async (scene: Scene, id: string, lastName: string, firstName: string) =>
  scene.patron({ id, lastName, firstName });

/** The names that a text finds, in their order. */
async function found(scene: Scene, text: string, part = window): Promise<string[]> {
  const answer = await scene.act(findPatrons, { text, window: part });
  if (answer.kind !== 'matches') throw new Error(answer.kind);
  return answer.lines.map((one) => `${one.lastName} ${one.firstName}`);
}

onBothDatabases('finding a patron', (it) => {
  it('PAT-01 by names, case and accents aside, in any order, each word a beginning', async ({ scene }) => {
    await named(scene, 'P1', 'Müller-Lévêque', 'Zoë');
    await named(scene, 'P2', 'Martin', 'Ana');
    await named(scene, 'P3', 'Martinez', 'Œdipe');
    await named(scene, 'P4', 'martin', 'Bob');
    expect(await found(scene, 'MART')).toEqual(['Martin Ana', 'martin Bob', 'Martinez Œdipe']);
    expect(await found(scene, 'ana martin')).toEqual(['Martin Ana']);
    expect(await found(scene, 'leveque zoe')).toEqual(['Müller-Lévêque Zoë']);
    expect(await found(scene, 'LÉV mul')).toEqual(['Müller-Lévêque Zoë']);
    expect(await found(scene, 'oedipe')).toEqual(['Martinez Œdipe']);
    for (const text of ['artin', '', '  ', '%', '_', "x' or 1=1"]) expect(await found(scene, text)).toEqual([]);
  });

  it('PAT-01 there is no ceiling: how many there are, and any window of them', async ({ scene }) => {
    for (let one = 10; one < 35; one += 1) await named(scene, `P${one}`, 'Durand', `N${one}`);
    const answer = await scene.act(findPatrons, { text: 'dur', window });
    expect(answer).toMatchObject({
      kind: 'matches',
      total: 25,
      lines: Array.from({ length: 10 }, (_, one) => ({
        firstName: `N${one + 10}`,
        identifier: `P${one + 10}`,
        group: 'L',
      })),
    });
    expect(await found(scene, 'durand', { offset: 20, limit: 10 })).toEqual(
      ['N30', 'N31', 'N32', 'N33', 'N34'].map((one) => `Durand ${one}`),
    );
  });

  it('RET-08 what a scanned code can mean: a patron, an item, both, nothing', async ({ scene }) => {
    const patron = await named(scene, '1000', 'Martin', 'Ana');
    await scene.items({ barcode: '1000' }, { barcode: '2000' });
    const id = expect.any(Number) as number;
    expect(await scene.act(meaningOfScan, { code: ' 1000' })).toEqual({
      kind: 'meaning',
      patronId: patron,
      itemId: id,
    });
    expect(await scene.act(meaningOfScan, { code: '2000' })).toEqual({ kind: 'meaning', patronId: null, itemId: id });
    expect(await scene.act(meaningOfScan, { code: '3000' })).toEqual({ kind: 'meaning', patronId: null, itemId: null });
  });

  it('PAT-03 the last five patrons handled at this desk, the latest first', async ({ scene }) => {
    for (let one = 1; one <= 7; one += 1) {
      const id = await named(scene, `P${one}`, 'Durand', `N${one}`);
      if (one !== 3)
        await scene.act(
          endSession,
          { patron: id, loans: [], because: 'done' },
          seatAt(scene.bib, one === 4 ? 'buc/PRET' : 'sci/PRET'),
        );
    }
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1');
    const answer = await scene.act(recentPatrons, {});
    expect(answer).toMatchObject({
      kind: 'matches',
      total: 5,
      lines: ['N1', 'N7', 'N6', 'N5', 'N2'].map((firstName) => ({ firstName })),
    });
  });
});

onBothDatabases('opening a record', (it) => {
  it('PAT-01 by any identifier, exactly, or by number', async ({ scene }) => {
    const identifiers = [
      { type: 'primary', value: 'ana' },
      { type: 'UNR', value: '42' },
    ];
    const id = await scene.patron({ id: 'ana', identifiers });
    for (const patron of [id, 'ANA', ' 42 ']) {
      expect(await scene.act(openPatron, { patron })).toMatchObject({
        kind: 'opened',
        pane: { patron: { id, identifiers } },
      });
    }
    for (const patron of ['4', 'an', 999]) {
      expect(await scene.act(openPatron, { patron })).toEqual({ kind: 'unknown', what: 'PATRON', key: String(patron) });
    }
  });

  it('PAT-04 PAT-05 warns at once of late loans, blocks and expiry, and counts what is here and elsewhere', async ({
    scene,
    requests,
  }) => {
    const id = await scene.patron({
      id: 'P1',
      expiry: '2026-06-20',
      blocks: [{ type: 'MANUAL', until: '2026-07-31' }],
    });
    await scene.items(
      { barcode: 'B1' },
      { barcode: 'B2', location: 'buc/SALLE' },
      { barcode: 'B3' },
      { barcode: 'B4' },
      { barcode: 'B5' },
    );
    for (const barcode of ['B1', 'B2', 'B3']) await scene.lend('P1', barcode, { override: { codes: 'all' } });
    await requests.place({ patron: id, barcode: 'B4' });
    await requests.place({ patron: id, barcode: 'B5', pickup: 'med' });
    scene.at('2026-06-26T10:00');
    await scene.giveBack('B3');
    await scene.giveBack('B4');
    await scene.giveBack('B5', {}, seatAt(scene.bib, 'med/PRET'));
    const answer = await scene.act(openPatron, { patron: 'P1' });
    expect(answer).toMatchObject({
      kind: 'opened',
      pane: {
        loans: 2,
        late: 2,
        lateHere: 1,
        requests: 2,
        onShelfHere: 1,
        onShelfElsewhere: 1,
        blockedUntil: '2026-07-31',
      },
    });
    const warnings = answer.kind === 'opened' ? answer.pane.warnings : [];
    expect(blockCodes({ kind: '', blocks: warnings })).toEqual([
      'PATRON_EXPIRED',
      'PATRON_OVERDUE',
      'PATRON_BLOCK_LATE_RETURN',
      'PATRON_BLOCK_MANUAL',
    ]);
    expect(warnings.every((one) => one.mayOverride)).toBe(true);
    expect(await scene.act(listRequests, { patron: id, window })).toMatchObject({ kind: 'requests', total: 2 });
  });

  it('PAT-05 notes, the newest first, pop-ups marked', async ({ scene }) => {
    const notes = [{ text: 'first' }, { text: 'second', popup: true, visible: true }];
    await scene.patron({ id: 'P1', notes });
    const answer = await scene.act(openPatron, { patron: 'P1' });
    expect(answer).toMatchObject({
      pane: {
        notes: [
          { text: 'second', popup: true, visible: true },
          { text: 'first', popup: false, visible: false },
        ],
      },
    });
  });

  it('PAT-04 an ordinary record warns of nothing', async ({ scene }) => {
    const id = await scene.patron({ id: 'P1' });
    expect(await scene.act(openPatron, { patron: id })).toMatchObject({
      pane: { warnings: [], blocks: [], blockedUntil: null, late: 0 },
    });
    expect(await scene.act(overrideRecord, { patron: id, override: { codes: 'all' } })).toEqual({
      kind: 'overridden',
      codes: [],
    });
  });
});

/** Four loans that differ in everything a list is sorted by; answers with the patron. */
async function withLoans(scene: Scene): Promise<number> {
  const id = await scene.patron({ id: 'P1' });
  await scene.items(
    { barcode: 'Z', title: 'Zoologie' },
    { barcode: 'E', title: 'Échecs', location: 'med/SALLE' },
    { barcode: 'D', title: 'dés', location: 'buc/SALLE' },
  );
  for (const [day, barcode] of [
    ['01', 'Z'],
    ['02', 'E'],
    ['03', 'D'],
  ] as const) {
    scene.at(`2026-06-${day}T10:00`);
    expect(await scene.lend('P1', barcode)).toMatchObject({ kind: 'lent' });
  }
  return id;
}

onBothDatabases('lists of loans', (it) => {
  const orders: [LoanOrder, string][] = [
    ['due', 'DEZ'],
    ['title', 'DEZ'],
    ['library', 'DEZ'],
    ['loaned', 'DEZ'],
    ['status', 'ZDE'],
  ];
  it.for(orders)('TAB-02 TAB-03 all loans, sorted by %s', async ([order, expected], { scene, requests }) => {
    const patron = await withLoans(scene);
    await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'Z' });
    const answer = await scene.act(listLoans, { patron, order, window });
    if (answer.kind !== 'loans') throw new Error(answer.kind);
    expect(answer.total).toBe(3);
    expect(answer.lines.map((one) => one.barcode).join('')).toBe(expected);
    expect(answer.lines.find((one) => one.barcode === 'Z')?.status).toBe('Recalled');
  });

  it('TAB-02 TUI-12 those of the session only, or a window of all', async ({ scene }) => {
    const patron = await withLoans(scene);
    const all = await scene.act(listLoans, { patron, order: 'due', window: { offset: 1, limit: 1 } });
    expect(all).toMatchObject({ total: 3, lines: [{ barcode: 'E' }] });
    const ids = all.kind === 'loans' ? all.lines.map((one) => one.id) : [];
    expect(await scene.act(listLoans, { patron, order: 'due', window, only: ids })).toMatchObject({
      total: 1,
      lines: [{ barcode: 'E' }],
    });
    expect(await scene.act(listLoans, { patron, order: 'due', window, only: [] })).toMatchObject({
      total: 0,
      lines: [],
    });
  });

  it('RET-05 RET-08 earlier loans, the latest return first, with their original due dates', async ({ scene }) => {
    const patron = await withLoans(scene);
    await scene.giveBack('Z');
    scene.at('2026-06-04T10:00');
    await scene.giveBack('D', {}, seatAt(scene.bib, 'buc/PRET'));
    expect(await scene.act(listReturned, { patron, window })).toMatchObject({
      total: 2,
      lines: [
        { barcode: 'D', due: local('2026-06-17T20:00'), returnedAt: local('2026-06-04T10:00') },
        { barcode: 'Z', due: local('2026-06-22T19:00'), returnedAt: local('2026-06-03T10:00') },
      ],
    });
  });
});

onBothDatabases('making a record', (it) => {
  const patron = { lastName: 'Martin', firstName: 'Ana', group: 'L', identifiers: [{ type: 'primary', value: 'P1' }] };

  it('USR-01 refuses what cannot be: no name, no identifier, an unknown group, no day, an identifier that somebody has', async ({
    scene,
    database,
  }) => {
    await scene.patron({ id: 'P9' });
    const add = async (more: Partial<NewPatron>) => scene.act(addPatron, { ...patron, ...more });
    expect(await add({ lastName: ' ' })).toEqual({ kind: 'invalid', path: 'lastName', problem: 'empty' });
    expect(await add({ identifiers: [] })).toEqual({ kind: 'invalid', path: 'identifiers', problem: 'empty' });
    expect(await add({ group: 'X' })).toEqual({ kind: 'invalid', path: 'group', problem: 'unknown-code', value: 'X' });
    expect(await add({ expiry: '2027-02-29' })).toEqual({
      kind: 'invalid',
      path: 'expiry',
      problem: 'not-a-day',
      value: '2027-02-29',
    });
    const taken = [...patron.identifiers, { type: 'UNR', value: ' p9 ' }];
    expect(await add({ identifiers: taken })).toEqual({
      kind: 'invalid',
      path: 'identifiers',
      problem: 'taken',
      value: 'P9',
    });
    const twice = [...patron.identifiers, { type: 'UNR', value: 'p1 ' }];
    expect(await add({ identifiers: twice })).toMatchObject({ kind: 'invalid', path: 'identifiers', problem: 'taken' });
    expect(await add({ identifiers: [{ type: 'primary', value: '  ' }] })).toEqual({
      kind: 'invalid',
      path: 'identifiers',
      problem: 'empty',
    });
    expect((await database.sql('select id from patrons')).length).toBe(1);
    expect(await add({})).toMatchObject({ kind: 'added' });
  });
});
