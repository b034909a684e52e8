import { describe, expect, it as test } from 'vitest';
import type { BlockCode } from '../../source/circulation/blocks.ts';
import type { OverrideLevel } from '../../source/circulation/network.ts';
import { PatronSession } from '../../source/desk/patron-session.ts';
import { overrideRecord } from '../../source/desk/patrons.ts';
import type { Role } from '../../source/desk/permissions.ts';
import { blockCodes, onBothDatabases, recordedOverrides } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import { network } from '../support/network.ts';

onBothDatabases('overriding', (it) => {
  it('BLK-01 BLK-02 one override answers all blocks at once', async ({ scene }) => {
    await scene.patron({ id: 'P1', status: 'inactive', expiry: '2026-05-31' });
    await scene.items({ barcode: 'B1', policy: 'EXC' });
    const codes = ['PATRON_EXPIRED', 'PATRON_INACTIVE', 'NOT_LOANABLE'] as const;
    expect(blockCodes(await scene.lend('P1', 'B1'))).toEqual(codes);
    expect(await scene.lend('P1', 'B1', { override: { codes } })).toMatchObject({ kind: 'lent', overridden: codes });
  });

  it('BLK-01 what is left out is asked for; nothing of a refused attempt is recorded', async ({ scene, database }) => {
    await scene.patron({ id: 'P1', status: 'inactive', expiry: '2026-05-31' });
    await scene.items({ barcode: 'B1' });
    const override = { codes: ['PATRON_EXPIRED', 'PATRON_OVERDUE'] as const };
    expect(blockCodes(await scene.lend('P1', 'B1', { override }))).toEqual(['PATRON_INACTIVE']);
    expect(await recordedOverrides(database)).toEqual([]);
  });

  it('BLK-01 a block that has appeared meanwhile is asked for, not skipped', async ({ scene }) => {
    await scene.patron({ id: 'P1', status: 'inactive' });
    await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' });
    expect(blockCodes(await scene.lend('P1', 'B1'))).toEqual(['PATRON_INACTIVE']);
    await scene.lend('P2', 'B1');
    expect(blockCodes(await scene.lend('P1', 'B1', { override: { codes: ['PATRON_INACTIVE'] } }))).toEqual([
      'ON_LOAN_TO_OTHER',
    ]);
  });

  const ranks: [Role, OverrideLevel, boolean][] = [
    ['limited-operator', 'nobody', false],
    ['limited-operator', 'manager', false],
    ['limited-operator', 'operator', true],
    ['limited-operator', 'anyone', true],
    ['operator', 'nobody', false],
    ['operator', 'manager', false],
    ['operator', 'operator', true],
    ['operator', 'anyone', true],
    ['manager', 'nobody', false],
    ['manager', 'manager', true],
    ['manager', 'operator', true],
    ['manager', 'anyone', true],
  ];
  it.for(ranks)('BLK-02 a %s, where the table says %s: %s', async ([role, by, expected], { scene }) => {
    await scene.patron({ id: 'P1', status: 'inactive' });
    await scene.items({ barcode: 'B1' });
    await scene.load(network({ overrides: [{ code: 'PATRON_INACTIVE', by }] }));
    const seat = await scene.staff('one', role, 'sci');
    expect(await scene.lend('P1', 'B1', {}, seat)).toMatchObject({
      kind: 'blocked',
      mayOverride: expected,
      blocks: [{ by, mayOverride: expected }],
    });
    const answer = await scene.lend('P1', 'B1', { override: { codes: 'all' } }, seat);
    expect(answer.kind).toBe(expected ? 'lent' : 'blocked');
  });

  it('BLK-02 handled automatically: nobody is asked, and it is recorded as such', async ({ scene, database }) => {
    await scene.patron({ id: 'P1', status: 'inactive' });
    await scene.items({ barcode: 'B1' });
    await scene.load(network({ overrides: [{ code: 'PATRON_INACTIVE', by: 'automatic' }] }));
    expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'lent', overridden: [] });
    expect(await recordedOverrides(database)).toMatchObject([
      { code: 'PATRON_INACTIVE', automatic: true, reason: null },
    ]);
  });

  it('BLK-02 a row’s library is the desk’s, not the item’s', async ({ scene }) => {
    await scene.patron({ id: 'P1', status: 'inactive' });
    await scene.items({ barcode: 'B1', location: 'buc/SALLE' });
    await scene.load(network({ overrides: [{ code: 'PATRON_INACTIVE', library: ['buc'], by: 'nobody' }] }));
    const override = { codes: 'all' } as const;
    expect(await scene.lend('P1', 'B1', { override }, seatAt(scene.bib, 'buc/PRET'))).toMatchObject({
      kind: 'blocked',
      mayOverride: false,
    });
    expect(await scene.lend('P1', 'B1', { override }, seatAt(scene.bib, 'sci/PRET'))).toMatchObject({ kind: 'lent' });
  });

  it('BLK-02 it is the role at the desk’s library that counts', async ({ scene }) => {
    await scene.patron({ id: 'P1', status: 'inactive' });
    await scene.items({ barcode: 'B1' });
    await scene.load(network({ overrides: [{ code: 'PATRON_INACTIVE', by: 'manager' }] }));
    const { staff } = await scene.staff('one', 'manager', 'buc');
    const both = { ...staff, roles: [...staff.roles, { role: 'operator' as const, library: 'sci' }] };
    const override = { codes: 'all' } as const;
    const at = (place: string) => seatAt({ staff: both, place: null }, place);
    expect(await scene.lend('P1', 'B1', { override }, at('sci/PRET'))).toMatchObject({ kind: 'blocked' });
    expect(await scene.lend('P1', 'B1', { override }, at('buc/PRET'))).toMatchObject({ kind: 'lent' });
  });

  it('BLK-05 limited operators: patron-level blocks not at the desks of a library that says no, unless a row says anyone', async ({
    scene,
  }) => {
    await scene.patron({ id: 'P1', status: 'inactive' });
    await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2', policy: 'EXC' });
    const student = await scene.staff('one', 'limited-operator', '*', 'buc/PRET');
    const override = { codes: 'all' } as const;
    expect(await scene.lend('P1', 'B1', { override }, student)).toMatchObject({ kind: 'blocked', mayOverride: false });
    expect(await scene.lend('P2', 'B2', { override }, student)).toMatchObject({ kind: 'lent' });
    await scene.load(network({ overrides: [{ code: 'PATRON_INACTIVE', by: 'anyone' }] }));
    expect(await scene.lend('P1', 'B1', { override }, student)).toMatchObject({ kind: 'lent' });
  });

  it('BLK-06 every override is recorded: who, when, desk, patron, item, code, and the reason', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1', status: 'inactive' });
    await scene.items({ barcode: 'B1', policy: 'EXC' });
    await scene.lend('P1', 'B1', { override: { codes: 'all', reason: 'dean’s letter' } });
    const item = (await database.records.read(async (records) => records.items.byBarcode('B1')))?.id;
    const same = { at: local('2026-06-01T10:00'), staff: 'bib', desk: 'sci/PRET', patronId: patron, itemId: item };
    expect(await recordedOverrides(database)).toEqual([
      { ...same, code: 'NOT_LOANABLE', reason: 'dean’s letter', automatic: false },
      { ...same, code: 'PATRON_INACTIVE', reason: 'dean’s letter', automatic: false },
    ]);
  });
});

onBothDatabases('overrides that hold for the patron session', (it) => {
  it('BLK-03 patron-level ones are not asked again, nor recorded again; item-level ones are', async ({
    scene,
    database,
  }) => {
    const id = await scene.patron({ id: 'P1', status: 'inactive' });
    await scene.items({ barcode: 'B1', policy: 'EXC' }, { barcode: 'B2', policy: 'EXC' });
    const session = new PatronSession(id);
    const first = await scene.lend('P1', 'B1', { override: { codes: 'all' } });
    if (first.kind !== 'lent') throw new Error(first.kind);
    session.remember(first.overridden, 'B1');
    session.lent(first.loan, 'B1');
    const second = await scene.lend('P1', 'B2', { standing: session.standing('B2') });
    expect(blockCodes(second)).toEqual(['NOT_LOANABLE']);
    const standing = session.standing('B2');
    expect(await scene.lend('P1', 'B2', { standing, override: { codes: ['NOT_LOANABLE'] } })).toMatchObject({
      kind: 'lent',
    });
    const codes = (await recordedOverrides(database)).map((one) => one.code).toReversed();
    expect(codes).toEqual(['PATRON_INACTIVE', 'NOT_LOANABLE', 'NOT_LOANABLE']);
  });

  it('BLK-03 what stands does not go beyond what this operator may override', async ({ scene }) => {
    await scene.patron({ id: 'P1', status: 'inactive', blocks: [{ type: 'QUITUS' }] });
    await scene.items({ barcode: 'B1' });
    const student = await scene.staff('one', 'limited-operator', '*', 'buc/PRET');
    const standing: BlockCode[] = ['PATRON_INACTIVE', 'PATRON_BLOCK_QUITUS'];
    expect(blockCodes(await scene.lend('P1', 'B1', { standing }, student))).toEqual([
      'PATRON_INACTIVE',
      'PATRON_BLOCK_QUITUS',
    ]);
    expect(blockCodes(await scene.lend('P1', 'B1', { standing }))).toEqual(['PATRON_BLOCK_QUITUS']);
  });

  it('BLK-04 PAT-04 overridden at the opening of the record: recorded, and it holds for the loans that follow', async ({
    scene,
    database,
  }) => {
    const id = await scene.patron({ id: 'P1', status: 'inactive', expiry: '2026-05-31' });
    await scene.items({ barcode: 'B1' });
    const answer = await scene.act(overrideRecord, { patron: id, override: { codes: 'all', reason: 'queue' } });
    expect(answer).toEqual({ kind: 'overridden', codes: ['PATRON_EXPIRED', 'PATRON_INACTIVE'] });
    const session = new PatronSession(id);
    if (answer.kind === 'overridden') session.remember(answer.codes);
    expect(await scene.lend('P1', 'B1', { standing: session.standing('B1') })).toMatchObject({ kind: 'lent' });
    expect(await recordedOverrides(database)).toMatchObject([
      { code: 'PATRON_INACTIVE', reason: 'queue', patronId: id, itemId: null },
      { code: 'PATRON_EXPIRED', reason: 'queue', patronId: id, itemId: null },
    ]);
  });

  it('BLK-02 BLK-04 a quitus is not overridden at the opening of the record either, and nothing is recorded', async ({
    scene,
    database,
  }) => {
    const id = await scene.patron({ id: 'P1', status: 'inactive', blocks: [{ type: 'QUITUS' }] });
    expect(await scene.act(overrideRecord, { patron: id, override: { codes: 'all' } })).toMatchObject({
      kind: 'blocked',
      blocks: [{ code: 'PATRON_BLOCK_QUITUS', mayOverride: false }],
    });
    expect(await recordedOverrides(database)).toEqual([]);
    expect(await scene.act(overrideRecord, { patron: 99, override: { codes: 'all' } })).toEqual({
      kind: 'unknown',
      what: 'PATRON',
      key: '99',
    });
  });
});

describe('a patron session', () => {
  test('BLK-03 patron-level overrides stand for every item, item-level ones for theirs until it is lent', () => {
    const session = new PatronSession(1);
    session.remember(['PATRON_OVERDUE', 'NOT_LOANABLE'], 'B1');
    expect(session.standing('B1')).toEqual(['PATRON_OVERDUE', 'NOT_LOANABLE']);
    expect(session.standing('B2')).toEqual(['PATRON_OVERDUE']);
    session.lent(11, 'B1');
    expect(session.standing('B1')).toEqual(['PATRON_OVERDUE']);
  });

  test('BLK-03 TAB-01 an item-level code without its item is forgotten; loans are listed once, in order', () => {
    const session = new PatronSession(1);
    session.remember(['NOT_LOANABLE']);
    expect(session.standing('B1')).toEqual([]);
    for (const [loan, barcode] of [
      [11, 'B1'],
      [12, 'B2'],
      [11, 'B1'],
    ] as const)
      session.lent(loan, barcode);
    expect(session.loans).toEqual([11, 12]);
  });
});
