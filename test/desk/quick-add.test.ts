import { expect } from 'vitest';
import { deleteItem } from '../../source/desk/catalogue-items.ts';
import { openTitle, searchCatalogue } from '../../source/desk/catalogue-search.ts';
import { deleteLoan } from '../../source/desk/delete-loan.ts';
import { quickAdd, quickAddForm } from '../../source/desk/quick-add.ts';
import type { QuickAddRequest } from '../../source/desk/quick-add.ts';
import { showItem } from '../../source/desk/show.ts';
import { blockCodes, onBothDatabases, recordedOverrides } from '../support/desk.ts';
import type { TestDatabase } from '../support/databases.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { smallNetwork, withLibrary } from '../support/network.ts';

const location = (code: string, quick = false) => ({
  code,
  name: `Name of ${code}`,
  onShelfRequests: false,
  quickAdd: quick,
});
/** `sci` has a location for quick adds, which is not its first. */
const NETWORK = withLibrary(
  'sci',
  { locations: [location('63S'), location('CLOSED'), location('AJR', true)] },
  {
    ...smallNetwork,
    loanRules: [...smallNetwork.loanRules, { library: ['sci'], period: { unit: 'days', count: 10 } }],
  },
);

const NEW: QuickAddRequest = { barcode: 'Q1', title: 'Mémoire', holding: 'new' };

/** P1 at a desk of a library with a location for quick adds. */
async function readyFor(scene: Scene): Promise<number> {
  await scene.load(NETWORK);
  return scene.patron({ id: 'P1', lastName: 'Martin', firstName: 'Ana' });
}

/** How many rows there are of everything that a quick add makes. */
async function made(database: TestDatabase): Promise<unknown> {
  const counts = ['titles', 'holdings', 'items', 'loans', 'events', 'title_words'].map(
    (table) => `(select count(*) from ${table}) as ${table}`,
  );
  return database.sql(`select ${counts.join(', ')}`);
}

onBothDatabases('quick add', (it) => {
  it('TAB-06 makes title, holding and item, and lends it: the location for quick adds, kept out of the public catalogue', async ({
    scene,
  }) => {
    const patron = await readyFor(scene);
    const lent = await scene.act(quickAdd, { ...NEW, barcode: ' q1 ', author: '', patron });
    expect(lent).toMatchObject({
      kind: 'lent',
      patronId: patron,
      due: local('2026-06-11T19:00'),
      item: { barcode: 'q1', title: 'Mémoire', library: 'sci', location: 'sci/AJR', material: 'BOOK', author: null },
    });
    const shown = await scene.act(showItem, { barcode: 'Q1' });
    expect(shown).toMatchObject({ kind: 'item', item: { quickAdd: true, process: 'LOAN', temporary: false } });
    const found = await scene.act(searchCatalogue, { text: 'memoire', window: { offset: 0, limit: 9 } });
    expect(found).toMatchObject({
      total: 1,
      lines: [{ title: 'Mémoire', suppressed: true, copies: 1, inPlaceHere: 0 }],
    });
  });

  it('TAB-06 REL-09 says what was made before what was lent', async ({ scene, database }) => {
    const patron = await readyFor(scene);
    await scene.act(quickAdd, { ...NEW, patron });
    const events = await database.sql<{ kind: string; item_id: number | null }>(
      'select kind, item_id from events order by id desc limit 4',
    );
    expect(events.map((one) => one.kind)).toEqual(['item-lent', 'items-added', 'holding-added', 'title-added']);
    expect(events[0]?.item_id).toBe(events[1]?.item_id);
  });

  it('TAB-06 a new title even where there is an equal one; an issue with its date; shown in the public catalogue if one says so', async ({
    scene,
  }) => {
    const patron = await readyFor(scene);
    await scene.items({ barcode: 'B1', title: 'La Recherche' });
    const more = { title: 'La Recherche', resourceType: 'ISSUE' as const, description: 'n° 566', suppressed: false };
    const lent = await scene.act(quickAdd, { ...NEW, ...more, callNumber: 'PER 12', patron });
    expect(lent).toMatchObject({
      kind: 'lent',
      item: { material: 'ISSUE', description: 'n° 566', callNumber: 'PER 12' },
    });
    const found = await scene.act(searchCatalogue, { text: 'recherche', window: { offset: 0, limit: 9 } });
    expect(found).toMatchObject({
      total: 2,
      lines: [
        { resourceType: 'BOOK', suppressed: false },
        { resourceType: 'ISSUE', suppressed: false },
      ],
    });
  });

  it('TAB-06 under a holding that there is: its title, its location, or for a while another', async ({ scene }) => {
    const patron = await readyFor(scene);
    await scene.items(
      { barcode: 'B1', title: 'Algèbre', callNumber: '512 ALG' },
      { barcode: 'B2', location: 'buc/SALLE' },
    );
    const form = await scene.act(quickAddForm, { barcode: 'Q1', title: 'algeb' });
    if (form.kind !== 'form') throw new Error(form.kind);
    expect(form.holdings).toMatchObject({
      total: 1,
      lines: [{ title: 'Algèbre', location: 'sci/63S', callNumber: '512 ALG', items: 1 }],
    });
    const [first] = form.holdings.lines;
    const holding = first?.holding ?? 0;
    expect(await scene.act(quickAdd, { barcode: 'Q1', holding, patron })).toMatchObject({
      kind: 'lent',
      item: { title: 'Algèbre', location: 'sci/63S', callNumber: '512 ALG' },
    });
    expect(await scene.act(quickAdd, { barcode: 'Q2', holding, location: 'sci/AJR' })).toMatchObject({
      kind: 'created',
      holdingId: holding,
      item: { title: 'Algèbre', location: 'sci/AJR' },
    });
    expect(await scene.act(showItem, { barcode: 'Q2' })).toMatchObject({ item: { temporary: true, process: null } });
    expect(await scene.act(openTitle, { title: first?.titleId ?? 0 })).toMatchObject({
      total: 3,
      holdings: [{ items: 3 }],
    });
  });

  it('TAB-06 the form: locations with the one for quick adds first, materials, whether the barcode is taken', async ({
    scene,
  }) => {
    await readyFor(scene);
    await scene.items({ barcode: 'B1' });
    for (const barcode of ['b1', 'p1', 'quitus'])
      expect(await scene.act(quickAddForm, { barcode })).toMatchObject({ taken: true });
    expect(await scene.act(quickAddForm, { barcode: 'Q1' })).toMatchObject({
      kind: 'form',
      taken: false,
      library: 'sci',
      location: 'sci/AJR',
      locations: [
        { code: 'sci/AJR', name: 'Name of AJR', quickAdd: true },
        { code: 'sci/63S', quickAdd: false },
        { code: 'sci/CLOSED', quickAdd: false },
      ],
      material: 'BOOK',
      resourceType: 'BOOK',
      holdings: { total: 0, lines: [] },
    });
    // A library without such a location offers what it has.
    const buc = seatAt(scene.bib, 'buc/PRET');
    expect(await scene.act(quickAddForm, { barcode: 'Q1', title: 'title' }, buc)).toMatchObject({
      location: 'buc/SALLE',
      holdings: { total: 0 },
    });
  });

  it('TAB-06 BLK-03 what blocks the loan leaves nothing behind; the same request with its override does both', async ({
    scene,
    database,
  }) => {
    await readyFor(scene);
    const patron = await scene.patron({ id: 'P2', blocks: [{ type: 'MANUAL' }] });
    const before = await made(database);
    const blocked = await scene.act(quickAdd, { ...NEW, patron });
    expect(blocked).toMatchObject({ kind: 'blocked', mayOverride: true, item: { barcode: 'Q1', title: 'Mémoire' } });
    expect(blockCodes(blocked)).toEqual(['PATRON_BLOCK_MANUAL']);
    expect(blockCodes(await scene.act(quickAdd, { ...NEW, patron: 'NOBODY' }))).toEqual(['PATRON_UNKNOWN']);
    expect(await made(database)).toEqual(before);
    const override = { codes: ['PATRON_BLOCK_MANUAL'], reason: 'seen by the head' } as const;
    expect(await scene.act(quickAdd, { ...NEW, patron, override })).toMatchObject({ kind: 'lent' });
    expect(await recordedOverrides(database)).toMatchObject([
      { code: 'PATRON_BLOCK_MANUAL', reason: 'seen by the head' },
    ]);
  });

  const wrong: [string, Partial<QuickAddRequest>, Record<string, unknown>][] = [
    ['no title', { title: '  ' }, { path: 'title', problem: 'empty' }],
    ['no barcode', { barcode: ' ' }, { path: 'barcode', problem: 'empty' }],
    ['the card of a patron', { barcode: ' p1 ' }, { path: 'barcode', problem: 'taken', value: 'p1' }],
    [
      'the barcode that gives a clearance',
      { barcode: 'Quitus' },
      { path: 'barcode', problem: 'taken', value: 'Quitus' },
    ],
    ['a barcode that is taken', { barcode: 'b1' }, { path: 'barcode', problem: 'taken', value: 'B1' }],
    ['an endless barcode', { barcode: '1'.repeat(101) }, { path: 'barcode', problem: 'too-long' }],
    ['a location of another library', { location: 'buc/SALLE' }, { path: 'location', problem: 'unknown-code' }],
    ['an unknown material', { material: 'PAPYRUS' }, { path: 'material', problem: 'unknown-code' }],
    ['an unknown type', { resourceType: 'PAPYRUS' as 'BOOK' }, { path: 'resourceType', problem: 'unknown-code' }],
    ['an unknown holding', { holding: 99 }, { path: 'holding', problem: 'unknown-code' }],
    ['a holding of another library', { holding: 2 }, { path: 'holding', problem: 'unknown-code' }],
  ];
  it.for(wrong)('TAB-06 %s is refused, and nothing is made', async ([, more, expected], { scene, database }) => {
    const patron = await readyFor(scene);
    await scene.items({ barcode: 'B1' }, { barcode: 'B2', location: 'buc/SALLE' });
    const before = await made(database);
    expect(await scene.act(quickAdd, { ...NEW, ...more, patron })).toMatchObject({ kind: 'invalid', ...expected });
    expect(await made(database)).toEqual(before);
  });

  it('TAB-06 the same barcode at two desks at once: one makes it, the other is told', async ({ scene, database }) => {
    const patron = await readyFor(scene);
    const answers = await Promise.all(
      ['PRET', 'PRET2', 'PRET3'].map(async (desk) =>
        scene.perform(seatAt(scene.bib, `sci/${desk}`), quickAdd, { ...NEW, patron }),
      ),
    );
    expect(answers.map((one) => one.kind).toSorted()).toEqual(['invalid', 'invalid', 'lent']);
    expect(await database.sql('select id from titles')).toHaveLength(1);
  });

  it('RET-07 after its return item, holding and title go together, on its way to its department', async ({
    scene,
    database,
  }) => {
    const patron = await readyFor(scene);
    await scene.act(quickAdd, { ...NEW, patron });
    expect(await scene.giveBack('Q1')).toMatchObject({ kind: 'returned' });
    expect(await scene.act(showItem, { barcode: 'Q1' })).toMatchObject({ item: { process: 'TRANSIT' } });
    // Whoever takes it back, a student assistant too.
    const student = await scene.staff('student', 'limited-operator');
    expect(await scene.act(deleteItem, { barcode: 'q1', also: 'what-is-empty' }, student)).toMatchObject({
      kind: 'deleted',
      item: { barcode: 'Q1', title: 'Mémoire' },
      holding: 1,
      title: 1,
    });
    expect(await scene.act(showItem, { barcode: 'Q1' })).toMatchObject({ kind: 'unknown' });
    expect(await scene.act(searchCatalogue, { text: 'memoire', window: { offset: 0, limit: 9 } })).toMatchObject({
      total: 0,
    });
    expect(await database.sql('select id from transits where ended_at is null')).toEqual([]);
    const kinds = await database.sql<{ kind: string }>('select kind from events order by id desc limit 3');
    expect(kinds.map((one) => one.kind)).toEqual(['title-deleted', 'holding-deleted', 'item-deleted']);
    // Its loan is remembered, its barcode free.
    expect(await database.records.read(async ({ loans }) => loans.returnedCount(patron))).toBe(1);
    expect(await scene.act(quickAdd, { ...NEW, title: 'Autre', patron })).toMatchObject({ kind: 'lent' });
  });

  it('RET-07 the item alone; what something else hangs on stays', async ({ scene }) => {
    await readyFor(scene);
    for (const barcode of ['Q1', 'Q2']) await scene.act(quickAdd, { ...NEW, barcode });
    expect(await scene.act(deleteItem, { barcode: 'Q1' })).toMatchObject({
      kind: 'deleted',
      holding: null,
      title: null,
    });
    expect(await scene.act(openTitle, { title: 1 })).toMatchObject({
      kind: 'title',
      total: 0,
      holdings: [{ items: 0 }],
    });
    await scene.act(quickAdd, { barcode: 'Q3', holding: 2 });
    expect(await scene.act(deleteItem, { barcode: 'Q2', also: 'what-is-empty' })).toMatchObject({
      kind: 'deleted',
      holding: null,
      title: null,
    });
  });

  it('RET-07 not while it is on loan', async ({ scene }) => {
    const patron = await readyFor(scene);
    await scene.act(quickAdd, { ...NEW, patron });
    expect(await scene.act(deleteItem, { barcode: 'Q1' })).toEqual({ kind: 'in-use', because: 'on-loan' });
    expect(await scene.act(deleteLoan, { barcode: 'Q1' })).toMatchObject({ kind: 'deleted' });
  });
});
