import { expect } from 'vitest';
import { addHolding } from '../../source/desk/catalogue-holdings.ts';
import { addItem, changeItem, deleteItem } from '../../source/desk/catalogue-items.ts';
import type { ItemChange } from '../../source/desk/catalogue-items.ts';
import { openTitle, searchItems } from '../../source/desk/catalogue-search.ts';
import { addTitle } from '../../source/desk/catalogue-titles.ts';
import { loadNetwork } from '../../source/desk/networks.ts';
import { showItem } from '../../source/desk/show.ts';
import { placeWorkOrder } from '../../source/desk/work-orders.ts';
import { onBothDatabases } from '../support/desk.ts';
import { commandLine, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { withLibrary } from '../support/network.ts';

const change = async (scene: Scene, barcode: string, what: ItemChange) =>
  scene.act(changeItem, { barcode, change: what });

/** The holdings of the first title with how many items each has. */
async function holdings(scene: Scene): Promise<[number, string, number][]> {
  const answer = await scene.act(openTitle, { title: 1 });
  if (answer.kind !== 'title') throw new Error(answer.kind);
  return answer.holdings.map((one) => [one.id, one.location, one.items]);
}

const NOTES = { fulfilmentNote: 'un disque', publicNote: 'reliure fatiguée', internalNote: 'à relier' };

onBothDatabases('items of the catalogue', (it) => {
  it('ITEM-02 an item is added to a holding, or to a new one, with everything that is said of it', async ({
    scene,
    database,
  }) => {
    await scene.act(addTitle, { title: 'Algèbre' });
    const text = { policy: 'H2', description: 't. 1', material: 'DVD', ...NOTES };
    const at = { title: 1, location: 'sci/63S', callNumber: '512 ALG' };
    expect(await scene.act(addItem, { holding: at, barcode: ' b1 ', ...text })).toEqual({
      kind: 'added',
      id: 1,
      holding: 1,
    });
    expect(await scene.act(showItem, { barcode: 'B1' })).toMatchObject({
      item: {
        barcode: 'b1',
        library: 'sci',
        at: 'sci',
        callNumber: '512 ALG',
        process: null,
        temporary: false,
        ...text,
      },
    });
    // The same place and call number are the same holding.
    expect(await scene.act(addItem, { holding: at, barcode: 'B2', material: 'BOOK', description: '' })).toMatchObject({
      holding: 1,
    });
    expect(
      await scene.act(addItem, { holding: { ...at, callNumber: '' }, barcode: 'B3', material: 'BOOK' }),
    ).toMatchObject({
      holding: 2,
    });
    expect(await scene.act(showItem, { barcode: 'B2' })).toMatchObject({
      item: { description: null, callNumber: '512 ALG' },
    });
    expect(
      await database.sql("select kind, item_id from events where kind in ('items-added', 'holding-added') order by id"),
    ).toEqual([
      { kind: 'holding-added', item_id: null },
      { kind: 'items-added', item_id: 1 },
      { kind: 'items-added', item_id: 2 },
      { kind: 'holding-added', item_id: null },
      { kind: 'items-added', item_id: 3 },
    ]);
    expect(await scene.act(searchItems, { text: '512 alg', window: { offset: 0, limit: 9 } })).toMatchObject({
      total: 3,
    });
  });

  it('ITEM-02 an item that cannot be is refused', async ({ scene }) => {
    await scene.items({ barcode: 'B1' });
    const good = { holding: 1, barcode: 'N1', material: 'BOOK' };
    const wrong: [object, object][] = [
      [{ barcode: 'b1' }, { kind: 'invalid', path: 'barcode', problem: 'taken' }],
      [{ barcode: '' }, { kind: 'invalid', path: 'barcode', problem: 'empty' }],
      [{ material: 'PAPYRUS' }, { kind: 'invalid', path: 'material', problem: 'unknown-code' }],
      [{ policy: 'NONE' }, { kind: 'invalid', path: 'policy', problem: 'unknown-code' }],
      [{ holding: 9 }, { kind: 'invalid', path: 'holding', problem: 'unknown-code' }],
      [{ holding: { title: 9, location: 'sci/63S' } }, { kind: 'unknown', what: 'TITLE' }],
      [{ holding: { title: 1, location: 'sci/X' } }, { kind: 'invalid', path: 'location', problem: 'unknown-code' }],
    ];
    for (const [more, expected] of wrong)
      expect(await scene.act(addItem, { ...good, ...more })).toMatchObject(expected);
  });

  it('ITEM-02 notes, description, policy, material and barcode, also while it is on loan', async ({
    scene,
    database,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', title: 'Algèbre', description: 't. 1' });
    await scene.lend('P1', 'B1');
    const what = { ...NOTES, description: '', policy: 'H2', material: 'DVD', callNumber: '512', barcode: 'N1' };
    const changed = await change(scene, 'B1', what);
    expect(changed).toMatchObject({
      kind: 'changed',
      item: { ...NOTES, barcode: 'N1', description: null, policy: 'H2', material: 'DVD', process: 'LOAN' },
    });
    const [event] = await database.sql<{ data: string; item_id: number }>(
      "select data, item_id from events where kind = 'item-changed'",
    );
    expect(JSON.parse(event?.data ?? '')).toMatchObject({
      barcode: 'B1',
      before: { description: 't. 1', policy: null, material: 'BOOK', fulfilmentNote: null, barcode: 'B1' },
      after: { description: null, policy: 'H2', material: 'DVD', fulfilmentNote: 'un disque', barcode: 'N1' },
    });
    expect(await scene.act(showItem, { barcode: 'B1' })).toMatchObject({ kind: 'unknown' });
    expect(await change(scene, 'N1', NOTES)).toMatchObject({ kind: 'changed', changed: [] });
    expect(await database.sql("select id from events where kind = 'item-changed'")).toHaveLength(1);
    expect(await scene.act(searchItems, { text: '512', window: { offset: 0, limit: 9 } })).toMatchObject({ total: 1 });
    expect(await scene.act(searchItems, { text: 'algebre t 1', window: { offset: 0, limit: 9 } })).toMatchObject({
      total: 0,
    });
  });

  it('ITEM-02 a temporary location: the holding keeps the permanent one, and it goes back there', async ({ scene }) => {
    await scene.items({ barcode: 'B1' });
    expect(await change(scene, 'B1', { location: 'buc/ETE', temporary: true })).toMatchObject({
      kind: 'changed',
      item: { location: 'buc/ETE', library: 'buc', at: 'buc', temporary: true, holdingId: 1 },
      changed: ['location', 'temporary'],
    });
    expect(await holdings(scene)).toEqual([[1, 'sci/63S', 1]]);
    // Another temporary location, unless it says otherwise.
    expect(await change(scene, 'B1', { location: 'buc/SALLE' })).toMatchObject({
      item: { temporary: true, holdingId: 1 },
    });
    expect(await change(scene, 'B1', { temporary: false })).toMatchObject({
      item: { location: 'sci/63S', library: 'sci', at: 'sci', temporary: false },
    });
    // At its holding's place nothing is temporary.
    expect(await change(scene, 'B1', { location: 'sci/63S', temporary: true })).toMatchObject({ changed: [] });
  });

  it('CONF-01 a location to which an item will go back cannot be left out of the network', async ({ scene }) => {
    await scene.items({ barcode: 'B1' });
    await change(scene, 'B1', { location: 'buc/ETE', temporary: true });
    const without = withLibrary('sci', {
      locations: [{ code: 'CLOSED', name: '', onShelfRequests: false, quickAdd: false }],
    });
    const load = { network: without, difference: [] };
    expect(await scene.perform(commandLine, loadNetwork, load)).toMatchObject({
      kind: 'in-use',
      codes: [{ kind: 'location', code: 'sci/63S' }],
    });
  });

  it('ITEM-02 an item that moves for good takes its holding with it, or goes to another', async ({ scene }) => {
    await scene.items({ barcode: 'B1', title: 'Algèbre' }, { barcode: 'B2', title: 'Algèbre' });
    // Others stay: a holding of its own, made for it.
    expect(await change(scene, 'B2', { location: 'buc/SALLE' })).toMatchObject({
      item: { library: 'buc', holdingId: 2 },
    });
    expect(await holdings(scene)).toEqual([
      [1, 'sci/63S', 1],
      [2, 'buc/SALLE', 1],
    ]);
    // Alone: its holding moves.
    expect(await change(scene, 'B2', { location: 'buc/ETE' })).toMatchObject({
      item: { location: 'buc/ETE', holdingId: 2 },
    });
    // One is there: it joins it, and what it leaves empty goes.
    expect(await change(scene, 'B2', { location: 'sci/63S' })).toMatchObject({
      item: { library: 'sci', holdingId: 1 },
    });
    expect(await holdings(scene)).toEqual([[1, 'sci/63S', 2]]);
    // A holding with something to say stays, empty.
    await scene.act(addHolding, { title: 1, location: 'med/SALLE', note: 'collection de Mme X' });
    await scene.act(addItem, { holding: 3, barcode: 'B3', material: 'BOOK' });
    expect(await change(scene, 'B3', { location: 'sci/63S' })).toMatchObject({ item: { holdingId: 1 } });
    expect(await holdings(scene)).toEqual([
      [1, 'sci/63S', 3],
      [3, 'med/SALLE', 0],
    ]);
  });

  it('ITEM-02 its library does not change while it is on loan, on its way or held', async ({ scene, requests }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'LENT' }, { barcode: 'AWAY', location: 'buc/SALLE' }, { barcode: 'HELD' });
    await scene.lend(patron, 'LENT');
    await scene.giveBack('AWAY');
    await requests.place({ patron, barcode: 'HELD' });
    await scene.giveBack('HELD');
    const cases: [string, string, string][] = [
      ['LENT', 'buc/SALLE', 'on-loan'],
      ['AWAY', 'sci/63S', 'in-transit'],
      ['HELD', 'buc/SALLE', 'on-shelf'],
    ];
    for (const [barcode, location, because] of cases) {
      for (const temporary of [true, false])
        expect(await change(scene, barcode, { location, temporary })).toEqual({ kind: 'in-use', because });
      expect(await change(scene, barcode, { missing: true })).toEqual({ kind: 'in-use', because });
      expect(await scene.act(deleteItem, { barcode })).toEqual({ kind: 'in-use', because });
    }
    expect(await change(scene, 'LENT', { location: 'sci/CLOSED' })).toMatchObject({ kind: 'changed' });
  });

  it('ITEM-02 marked missing, and found again', async ({ scene, database }) => {
    await scene.items({ barcode: 'B1' });
    expect(await change(scene, 'B1', { missing: true })).toMatchObject({
      item: { process: 'MISSING' },
      changed: ['missing'],
    });
    expect(await change(scene, 'B1', { missing: true })).toMatchObject({ changed: [] });
    expect(await change(scene, 'B1', { missing: false })).toMatchObject({
      item: { process: null },
      changed: ['missing'],
    });
    const events = await database.sql<{ data: string }>(
      "select data from events where kind = 'item-changed' order by id",
    );
    expect(events.map((one) => (JSON.parse(one.data) as { after: unknown }).after)).toEqual([
      { missing: true },
      { missing: false },
    ]);
  });

  it('ITEM-02 codes and barcodes that cannot be are refused, and nothing changes', async ({ scene }) => {
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
    const wrong: [ItemChange, string, string][] = [
      [{ barcode: 'b2' }, 'barcode', 'taken'],
      [{ barcode: ' ' }, 'barcode', 'empty'],
      [{ material: 'PAPYRUS' }, 'material', 'unknown-code'],
      [{ policy: 'NONE' }, 'policy', 'unknown-code'],
      [{ location: 'sci/X' }, 'location', 'unknown-code'],
      [{ publicNote: 'x'.repeat(1001) }, 'publicNote', 'too-long'],
    ];
    const before = await scene.act(showItem, { barcode: 'B1' });
    for (const [what, path, problem] of wrong)
      expect(await change(scene, 'B1', { internalNote: 'new', ...what })).toMatchObject({
        kind: 'invalid',
        path,
        problem,
      });
    expect(await scene.act(showItem, { barcode: 'B1' })).toEqual(before);
    expect(await change(scene, 'B1', { barcode: 'b1', policy: '' })).toMatchObject({
      item: { barcode: 'b1', policy: null },
    });
    expect(await change(scene, 'NONE', {})).toEqual({ kind: 'unknown', what: 'ITEM', key: 'NONE' });
  });

  it('REL-08 notes take less than the rest; either way at the library of the item', async ({ scene }) => {
    await scene.items({ barcode: 'B1' }, { barcode: 'B2', location: 'buc/SALLE' });
    const student = await scene.staff('student', 'limited-operator');
    const mine = await scene.staff('mine', 'operator', 'sci');
    const as = async (seat: typeof mine, barcode: string, what: ItemChange) =>
      scene.act(changeItem, { barcode, change: what }, seat);
    const refused = (permission: string) => ({ kind: 'not-permitted', permission, needs: 'role' });
    expect(await as(student, 'B1', { publicNote: 'x' })).toMatchObject({ kind: 'changed' });
    expect(await as(student, 'B1', { publicNote: 'x', policy: 'H2' })).toEqual(refused('edit-items'));
    expect(await as(mine, 'B2', { publicNote: 'x' })).toEqual(refused('edit-item-notes'));
    expect(await as(mine, 'B2', { missing: true })).toEqual(refused('edit-items'));
    expect(await as(mine, 'B1', { missing: true })).toMatchObject({ kind: 'changed' });
    expect(await scene.act(deleteItem, { barcode: 'B2' }, mine)).toEqual(refused('edit-items'));
    expect(await scene.act(deleteItem, { barcode: 'B1' }, student)).toEqual(refused('edit-items'));
  });

  it('RET-07 deleted: not found any more, remembered by its loans, its barcode free', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', title: 'Algèbre' }, { barcode: 'B2', title: 'Algèbre' });
    await scene.lend(patron, 'B1');
    await scene.giveBack('B1');
    expect(await scene.act(deleteItem, { barcode: 'b1', also: 'what-is-empty' })).toMatchObject({
      kind: 'deleted',
      item: { barcode: 'B1' },
      holding: null,
      title: null,
    });
    expect(await scene.act(openTitle, { title: 1 })).toMatchObject({ total: 1 });
    expect(await scene.lend(patron, 'B1')).toMatchObject({ blocks: [{ code: 'ITEM_UNKNOWN' }] });
    expect(await scene.lend(patron, `deleted-1`)).toMatchObject({ blocks: [{ code: 'ITEM_UNKNOWN' }] });
    expect(await database.records.read(async ({ loans }) => loans.returnedCount(patron))).toBe(1);
    await scene.items({ barcode: 'B1', title: 'Autre' });
    expect(await scene.act(showItem, { barcode: 'B1' })).toMatchObject({ item: { title: 'Autre' }, lastLoan: null });
    expect(await scene.act(deleteItem, { barcode: 'NONE' })).toEqual({ kind: 'unknown', what: 'ITEM', key: 'NONE' });
  });

  it('RET-07 not the copy that somebody waits for', async ({ scene, requests }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', title: 'Revue', description: 'n° 1' }, { barcode: 'B2', title: 'Revue' });
    await requests.place({ patron, barcode: 'B1', ofItem: true });
    expect(await scene.act(deleteItem, { barcode: 'B1' })).toEqual({ kind: 'in-use', because: 'requested' });
    expect(await scene.act(deleteItem, { barcode: 'B2' })).toMatchObject({ kind: 'deleted' });
    await scene.items({ barcode: 'B3', title: 'Seul' });
    await requests.place({ patron, barcode: 'B3' });
    expect(await scene.act(deleteItem, { barcode: 'B3' })).toEqual({ kind: 'in-use', because: 'requested' });
  });

  it('ITEM-01 RET-07 not while it is treated', async ({ scene }) => {
    await scene.items({ barcode: 'B1' });
    await scene.act(placeWorkOrder, { barcode: 'B1' }, seatAt(scene.bib, 'sci/PRET'));
    expect(await scene.act(deleteItem, { barcode: 'B1' })).toMatchObject({ kind: 'in-use' });
  });
});
