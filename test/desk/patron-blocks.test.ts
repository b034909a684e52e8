import { expect } from 'vitest';
import type { BlockType } from '../../source/circulation/network.ts';
import { blockPatron, changeBlock, listPatronBlocks, unblockPatron } from '../../source/desk/patron-blocks.ts';
import { openPatron } from '../../source/desk/patrons.ts';
import { renew } from '../../source/desk/renew.ts';
import type { PatronBlock } from '../../source/records/blocks.ts';
import { blockCodes, eventsIn, onBothDatabases } from '../support/desk.ts';
import { local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const window = { offset: 0, limit: 10 };

/** Blocks P1 by hand and answers with the block. */
async function blocked(scene: Scene, more: { until?: string; note?: string } = {}): Promise<PatronBlock> {
  const answer = await scene.act(blockPatron, { patron: 'P1', type: 'MANUAL', ...more });
  if (answer.kind !== 'set') throw new Error(JSON.stringify(answer));
  return answer.block;
}

/** P1, who wants to borrow B1. */
async function patronAndBook(scene: Scene): Promise<number> {
  const patron = await scene.patron({ id: 'P1' });
  await scene.items({ barcode: 'B1', title: 'Optique' }, { barcode: 'B2' });
  return patron;
}

/** The codes that stand against a loan of B1 to P1; it is undone if there are none. */
const standing = async (scene: Scene) => {
  const answer = await scene.lend('P1', 'B1');
  if (answer.kind === 'lent') await scene.giveBack('B1');
  return blockCodes(answer);
};

/** The first block of a patron's list. */
async function firstOf(scene: Scene, patron: number): Promise<PatronBlock> {
  const answer = await scene.act(listPatronBlocks, { patron, window });
  if (answer.kind !== 'blocks' || !answer.lines[0]) throw new Error(JSON.stringify(answer));
  return answer.lines[0];
}

onBothDatabases('blocks by hand', (it) => {
  it('USR-10 PEN-05 PEN-06 REL-09 a block with its note stops loans until its last day, inclusive', async ({
    scene,
    database,
  }) => {
    const patron = await patronAndBook(scene);
    const block = {
      id: expect.any(Number) as number,
      type: 'MANUAL',
      until: '2026-06-10',
      note: 'Clé non rendue',
      library: 'sci',
      item: null,
      active: true,
      createdAt: local('2026-06-01T10:00'),
      createdBy: 'bib',
    };
    const request = { patron: 'P1', type: 'MANUAL', until: '2026-06-10', note: ' Clé non\trendue' } as const;
    expect(await scene.act(blockPatron, request)).toEqual({ kind: 'set', block });
    expect(await scene.lend('P1', 'B1')).toMatchObject({
      kind: 'blocked',
      mayOverride: true,
      blocks: [{ code: 'PATRON_BLOCK_MANUAL', facts: [{ until: '2026-06-10', note: 'Clé non rendue' }] }],
    });
    expect(await scene.act(openPatron, { patron })).toMatchObject({
      pane: { blocks: [block], blockedUntil: '2026-06-10', warnings: [{ code: 'PATRON_BLOCK_MANUAL' }] },
    });
    const data = { block: block.id, type: 'MANUAL', library: 'sci', until: '2026-06-10', note: 'Clé non rendue' };
    expect(await eventsIn(database, 'block-set')).toEqual([
      { staff: 'bib', desk: 'sci/PRET', patronId: patron, itemId: null, data },
    ]);
    scene.at('2026-06-10T18:59');
    expect(await standing(scene)).toEqual(['PATRON_BLOCK_MANUAL']);
    scene.at('2026-06-11T08:00');
    expect(await standing(scene)).toEqual([]);
    expect(await scene.act(openPatron, { patron })).toMatchObject({ pane: { blocks: [], blockedUntil: null } });
  });

  it('PEN-08 a manual block stops loans, not renewals, as it is shipped', async ({ scene }) => {
    await patronAndBook(scene);
    await scene.lend('P1', 'B1');
    await blocked(scene);
    expect(await scene.lend('P1', 'B2')).toMatchObject({ kind: 'blocked' });
    scene.at('2026-06-20T10:00');
    expect(await scene.act(renew, { barcodes: ['B1'] })).toMatchObject({ lines: [{ kind: 'renewed' }] });
  });

  it('USR-10 one without an end stays until somebody takes it away; today is the earliest end', async ({ scene }) => {
    await patronAndBook(scene);
    expect(await blocked(scene, { note: '' })).toMatchObject({ until: null, note: null });
    scene.at('2027-06-01T10:00');
    expect(await standing(scene)).toEqual(['PATRON_BLOCK_MANUAL']);
    expect(await blocked(scene, { until: '2027-06-01' })).toMatchObject({ until: '2027-06-01' });
  });

  const wrong: [string, object, object][] = [
    ['an end in the past', { until: '2026-05-31' }, { path: 'until', problem: 'in-the-past', value: '2026-05-31' }],
    ['an end that is no day', { until: '2026-02-30' }, { path: 'until', problem: 'not-a-day', value: '2026-02-30' }],
    ['a note that is no brief one', { note: 'x'.repeat(501) }, { path: 'note', problem: 'too-long', value: '500' }],
    ['a late return without an end', { type: 'LATE_RETURN' }, { path: 'until', problem: 'empty' }],
  ];
  it.for(wrong)('USR-10 refuses %s, and sets nothing', async ([, more, problem], { scene, database }) => {
    await scene.patron({ id: 'P1' });
    const request = { patron: 'P1', type: 'MANUAL' as BlockType, ...more };
    expect(await scene.act(blockPatron, request)).toEqual({ kind: 'invalid', ...problem });
    expect(await database.sql('select id from patron_blocks')).toEqual([]);
    expect(await eventsIn(database, 'block-set')).toEqual([]);
  });

  it('USR-10 REL-09 switched off it stops nothing from that moment, switched on again it does', async ({
    scene,
    database,
  }) => {
    const patron = await patronAndBook(scene);
    const block = await blocked(scene, { until: '2026-06-10', note: 'clé' });
    expect(await scene.act(changeBlock, { block: block.id, active: false })).toEqual({
      kind: 'changed',
      block: { ...block, active: false },
      before: block,
    });
    expect(await standing(scene)).toEqual([]);
    expect(await scene.act(openPatron, { patron })).toMatchObject({ pane: { blocks: [], warnings: [] } });
    expect(await scene.act(changeBlock, { block: block.id, active: true })).toMatchObject({ block: { active: true } });
    expect(await standing(scene)).toEqual(['PATRON_BLOCK_MANUAL']);
    const unchanged = { until: '2026-06-10', note: 'clé' };
    const [on, off] = await eventsIn(database, 'block-changed');
    expect(off).toMatchObject({
      patronId: patron,
      data: { block: block.id, type: 'MANUAL', before: { ...unchanged, active: true }, after: { active: false } },
    });
    expect(on).toMatchObject({ data: { before: { active: false }, after: { ...unchanged, active: true } } });
  });

  it('USR-10 another end, another note: what is left out stays', async ({ scene }) => {
    await patronAndBook(scene);
    const block = await blocked(scene, { until: '2026-06-10', note: 'clé' });
    const change = async (more: object) => scene.act(changeBlock, { block: block.id, ...more });
    expect(await change({ until: '2026-06-20' })).toMatchObject({ block: { until: '2026-06-20', note: 'clé' } });
    expect(await change({ note: 'casier' })).toMatchObject({ block: { until: '2026-06-20', note: 'casier' } });
    expect(await change({ until: null, note: null })).toMatchObject({ block: { until: null, note: null } });
    expect(await change({ until: '2026-05-31' })).toMatchObject({ path: 'until', problem: 'in-the-past' });
    expect(await change({ note: 'x'.repeat(501) })).toMatchObject({ path: 'note', problem: 'too-long' });
  });

  it('USR-10 REL-09 deleted, it stops nothing, is in no list, and the audit has all of it', async ({
    scene,
    database,
  }) => {
    const patron = await patronAndBook(scene);
    const block = await blocked(scene, { until: '2026-06-10', note: 'clé' });
    expect(await scene.act(unblockPatron, { block: block.id })).toEqual({ kind: 'lifted', blocks: [block] });
    expect(await standing(scene)).toEqual([]);
    expect(await scene.act(listPatronBlocks, { patron, window })).toEqual({ kind: 'blocks', total: 0, lines: [] });
    expect(await eventsIn(database, 'block-deleted')).toMatchObject([
      {
        patronId: patron,
        data: {
          block: block.id,
          type: 'MANUAL',
          before: { until: '2026-06-10', note: 'clé', active: true, library: 'sci', createdBy: 'bib' },
        },
      },
    ]);
    // Another desk was first.
    expect(await scene.act(unblockPatron, { block: block.id })).toEqual({ kind: 'gone' });
    expect(await scene.act(changeBlock, { block: block.id, active: true })).toEqual({ kind: 'gone' });
  });

  it('USR-10 PEN-02 the block of a late return can be shortened, switched off and deleted, but must end', async ({
    scene,
  }) => {
    const patron = await patronAndBook(scene);
    await scene.lend('P1', 'B1');
    scene.at('2026-06-30T11:00');
    await scene.giveBack('B1');
    const block = await firstOf(scene, patron);
    expect(block).toMatchObject({
      type: 'LATE_RETURN',
      until: '2026-07-05',
      item: { barcode: 'B1', title: 'Optique' },
    });
    const endless = { kind: 'invalid', path: 'until', problem: 'empty' };
    expect(await scene.act(changeBlock, { block: block.id, until: null })).toEqual(endless);
    expect(await scene.act(changeBlock, { block: block.id, until: '2026-06-30' })).toMatchObject({ kind: 'changed' });
    expect(await standing(scene)).toEqual(['PATRON_BLOCK_LATE_RETURN']);
    expect(await scene.act(unblockPatron, { patron: 'P1', type: 'LATE_RETURN' })).toMatchObject({ kind: 'lifted' });
    expect(await standing(scene)).toEqual([]);
  });

  it('USR-10 PEN-02 of any type: a late return has an end, and stops what late returns stop', async ({ scene }) => {
    await patronAndBook(scene);
    const request = { patron: 'P1', type: 'LATE_RETURN', until: '2026-06-10', note: 'registre papier' } as const;
    expect(await scene.act(blockPatron, request)).toMatchObject({
      kind: 'set',
      block: { type: 'LATE_RETURN', until: '2026-06-10', item: null, note: 'registre papier', createdBy: 'bib' },
    });
    expect(await standing(scene)).toEqual(['PATRON_BLOCK_LATE_RETURN']);
    scene.at('2026-06-11T08:00');
    expect(await standing(scene)).toEqual([]);
  });

  it('QUI-02 QUI-04 a clearance is set, changed and taken back by hand, by whoever blocks patrons', async ({
    scene,
  }) => {
    const patron = await patronAndBook(scene);
    const set = await scene.act(blockPatron, { patron: 'P1', type: 'QUITUS', note: 'SCI 01/06/2026' });
    expect(set).toMatchObject({ kind: 'set', block: { type: 'QUITUS', until: null, library: 'sci' } });
    expect(await standing(scene)).toEqual(['PATRON_BLOCK_QUITUS']);
    const { id } = await firstOf(scene, patron);
    expect(await scene.act(changeBlock, { block: id, active: false })).toMatchObject({ kind: 'changed' });
    expect(await standing(scene)).toEqual([]);
    expect(await scene.act(changeBlock, { block: id, active: true })).toMatchObject({ kind: 'changed' });
    await blocked(scene);
    expect(await scene.act(unblockPatron, { patron: 'P1' })).toMatchObject({ kind: 'lifted', blocks: [{}, {}] });
    expect(await standing(scene)).toEqual([]);
    const limited = await scene.staff('moniteur', 'limited-operator', 'sci');
    expect(await scene.act(blockPatron, { patron: 'P1', type: 'QUITUS' }, limited)).toMatchObject({
      kind: 'not-permitted',
    });
  });

  it('USR-10 TUI-12 the list: in force with the latest end first, then what is off or over; any window', async ({
    scene,
  }) => {
    const patron = await patronAndBook(scene);
    const over = await blocked(scene, { until: '2026-06-02', note: 'over' });
    const off = await blocked(scene, { note: 'off' });
    await scene.act(changeBlock, { block: off.id, active: false });
    scene.at('2026-06-03T10:00');
    for (const until of ['2026-06-08', '2026-06-20', undefined])
      await blocked(scene, until === undefined ? {} : { until });
    const list = await scene.act(listPatronBlocks, { patron, window });
    expect(list).toMatchObject({
      kind: 'blocks',
      total: 5,
      lines: [
        { until: null, inForce: true, active: true },
        { until: '2026-06-20', inForce: true },
        { until: '2026-06-08', inForce: true },
        { id: off.id, inForce: false, active: false },
        { id: over.id, inForce: false, active: true },
      ],
    });
    const part = await scene.act(listPatronBlocks, { patron, window: { offset: 3, limit: 1 } });
    expect(part).toMatchObject({ total: 5, lines: [{ id: off.id }] });
    expect(await scene.act(openPatron, { patron })).toMatchObject({
      pane: { blocks: [{ until: null }, { until: '2026-06-20' }, { until: '2026-06-08' }], blockedUntil: '2026-06-20' },
    });
  });

  it('USR-10 those that are meant: by type, end or note, of a patron who exists', async ({ scene }) => {
    await patronAndBook(scene);
    for (const note of ['a', 'b', 'c']) await blocked(scene, { note, until: '2026-06-20' });
    const lift = async (more: object) => scene.act(unblockPatron, { patron: 'P1', ...more });
    expect(await lift({ note: 'b' })).toMatchObject({ blocks: [{ note: 'b' }] });
    expect(await lift({ type: 'LATE_RETURN' })).toEqual({ kind: 'gone' });
    expect(await lift({ until: '2026-06-21' })).toEqual({ kind: 'gone' });
    expect(await lift({ type: 'MANUAL', until: '2026-06-20' })).toMatchObject({
      blocks: [{ note: 'a' }, { note: 'c' }],
    });
    const nobody = { kind: 'unknown', what: 'PATRON', key: 'P9' };
    expect(await scene.act(unblockPatron, { patron: 'P9' })).toEqual(nobody);
    expect(await scene.act(blockPatron, { patron: 'P9', type: 'MANUAL' })).toEqual(nobody);
  });
});
