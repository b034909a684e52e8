import { expect } from 'vitest';
import { addHolding, changeHolding, deleteHolding } from '../../source/desk/catalogue-holdings.ts';
import { addItem } from '../../source/desk/catalogue-items.ts';
import { openTitle, searchCatalogue, searchItems } from '../../source/desk/catalogue-search.ts';
import type { TitleOpened } from '../../source/desk/catalogue-search.ts';
import { addTitle, changeTitle, deleteTitle } from '../../source/desk/catalogue-titles.ts';
import { showItem } from '../../source/desk/show.ts';
import type { TestDatabase } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const window = { offset: 0, limit: 20 };

/** A title as it is opened at the desk of `bib`. */
async function opened(scene: Scene, title: number): Promise<TitleOpened> {
  const answer = await scene.act(openTitle, { title });
  if (answer.kind !== 'title') throw new Error(answer.kind);
  return answer;
}

/** The titles that a text finds. */
async function found(scene: Scene, text: string): Promise<string[]> {
  const answer = await scene.act(searchCatalogue, { text, window });
  if (answer.kind !== 'titles') throw new Error(answer.kind);
  return answer.lines.map((one) => one.title);
}

/** The last event, with its data. */
async function lastEvent(database: TestDatabase): Promise<unknown> {
  const [last] = await database.sql<{ kind: string; data: string }>(
    'select kind, data from events order by id desc limit 1',
  );
  return { kind: last?.kind, ...(JSON.parse(last?.data ?? '{}') as object) };
}

onBothDatabases('the catalogue', (it) => {
  it('TAB-05 a title with its copies: all, in place at this desk’s library, in place elsewhere', async ({ scene }) => {
    const book = { title: 'Algèbre', author: 'Grifone', isbn: '2-07-036822-X' };
    await scene.patron({ id: 'P1' });
    await scene.items(
      { barcode: 'B1', ...book },
      { barcode: 'B2', ...book },
      { barcode: 'B3', ...book, location: 'buc/SALLE' },
      { barcode: 'B4', ...book, process: 'MISSING' },
    );
    await scene.lend('P1', 'B1');
    const line = { id: 1, ...book, year: null, resourceType: 'BOOK', suppressed: false, copies: 4 };
    const atSci = { kind: 'titles', total: 1, lines: [{ ...line, inPlaceHere: 1, inPlaceElsewhere: 1 }] };
    expect(await scene.act(searchCatalogue, { text: 'grifone', window })).toEqual(atSci);
    const buc = seatAt(scene.bib, 'buc/PRET');
    expect(await scene.act(searchCatalogue, { text: 'B3', window }, buc)).toMatchObject({
      lines: [{ copies: 4, inPlaceHere: 1, inPlaceElsewhere: 1 }],
    });
    const nowhere = { ...scene.bib, place: null };
    expect(await scene.act(searchCatalogue, { text: 'grifone', library: 'med', window }, nowhere)).toMatchObject({
      total: 0,
    });
  });

  it('TAB-05 items of an item field: one line each with where it is and until when, this library’s own first', async ({
    scene,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(
      { barcode: 'B1', title: 'Algèbre', location: 'buc/SALLE' },
      { barcode: 'B2', title: 'Algèbre', callNumber: '512 ALG', description: 't. 1' },
    );
    await scene.lend('P1', 'B2');
    const answer = await scene.act(searchItems, { text: 'alge', window });
    expect(answer).toMatchObject({ kind: 'items', total: 2 });
    expect(answer.kind === 'items' && answer.lines[0]).toEqual({
      id: 2,
      titleId: 1,
      title: 'Algèbre',
      author: null,
      barcode: 'B2',
      description: 't. 1',
      callNumber: '512 ALG',
      library: 'sci',
      location: 'sci/63S',
      material: 'BOOK',
      policy: null,
      process: 'LOAN',
      department: null,
      due: local('2026-06-22T19:00'),
      quickAdd: false,
    });
    expect(answer).toMatchObject({ lines: [{}, { barcode: 'B1', library: 'buc', process: null, due: null }] });
  });

  it('TAB-05 a title with its holdings, this library’s first, and its items in windows', async ({
    scene,
    requests,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    const reader = await scene.patron({ id: 'P2' });
    await scene.items(
      { barcode: 'B1', title: 'Algèbre', location: 'buc/SALLE' },
      { barcode: 'B2', title: 'Algèbre', fulfilmentNote: 'un disque' },
      { barcode: 'B3', title: 'Algèbre' },
    );
    await scene.lend(patron, 'B2');
    await requests.place({ patron: reader, barcode: 'B1', pickup: 'sci' });
    await scene.giveBack('B3');
    const title = await opened(scene, 1);
    expect(title).toMatchObject({ title: { id: 1, title: 'Algèbre' }, requests: 1, total: 3 });
    expect(title.holdings.map((one) => [one.location, one.items])).toEqual([
      ['sci/63S', 2],
      ['buc/SALLE', 1],
    ]);
    expect(title.items.map((one) => [one.barcode, one.process, one.holdingId === title.holdings[0]?.id])).toEqual([
      ['B2', null, true],
      ['B3', 'HOLDSHELF', true],
      ['B1', null, false],
    ]);
    expect(title.items[1]).toMatchObject({ hold: { pickup: 'sci', state: 'ON_SHELF' }, at: 'sci', temporary: false });
    expect(title.items[0]?.notes).toEqual({ fulfilment: true, public: false, internal: false });
    const second = await scene.act(openTitle, { title: 1, window: { offset: 1, limit: 1 } });
    expect(second).toMatchObject({ total: 3, items: [{ barcode: 'B3' }] });
    expect(await scene.act(openTitle, { title: 99 })).toEqual({ kind: 'unknown', what: 'TITLE', key: '99' });
  });

  it('REL-09 a title is added, changed, found by its new words and no longer by its old ones', async ({
    scene,
    database,
  }) => {
    expect(await scene.act(addTitle, { title: ' Algebre ', author: '', year: '2019' })).toEqual({
      kind: 'added',
      id: 1,
    });
    const change = { title: 'Géométrie', author: 'Cœuré', resourceType: 'THESIS' as const, suppressed: true };
    expect(await scene.act(changeTitle, { title: 1, change })).toMatchObject({
      kind: 'changed',
      title: { id: 1, title: 'Géométrie', author: 'Cœuré', year: '2019', resourceType: 'THESIS', suppressed: true },
      changed: ['title', 'author', 'resourceType', 'suppressed'],
    });
    expect(await lastEvent(database)).toMatchObject({
      kind: 'title-changed',
      titleId: 1,
      before: { title: 'Algebre', author: null, resourceType: 'BOOK', suppressed: false },
      after: { title: 'Géométrie', author: 'Cœuré', resourceType: 'THESIS', suppressed: true },
    });
    expect(await found(scene, 'algebre')).toEqual([]);
    expect(await found(scene, 'geom coeure')).toEqual([]);
    expect(await found(scene, 'geometrie coeu')).toEqual(['Géométrie']);
    const events = await database.sql('select id from events');
    expect(await scene.act(changeTitle, { title: 1, change })).toMatchObject({ kind: 'changed', changed: [] });
    expect(await database.sql('select id from events')).toEqual(events);
  });

  it('REL-08 what cannot be a title is refused', async ({ scene }) => {
    await scene.act(addTitle, { title: 'Algèbre' });
    const refusals: [object, string, string][] = [
      [{ title: ' \u0000' }, 'title', 'empty'],
      [{ title: 'x'.repeat(2001) }, 'title', 'too-long'],
      [{ author: 'x'.repeat(1001) }, 'author', 'too-long'],
      [{ resourceType: 'PAPYRUS' }, 'resourceType', 'unknown-code'],
    ];
    for (const [change, path, problem] of refusals) {
      expect(await scene.act(changeTitle, { title: 1, change })).toMatchObject({ kind: 'invalid', path, problem });
      expect(await scene.act(addTitle, { title: 'x', ...change })).toMatchObject({ kind: 'invalid', path, problem });
    }
    expect(await scene.act(changeTitle, { title: 9, change: {} })).toMatchObject({ kind: 'unknown', what: 'TITLE' });
  });

  it('RET-07 a title on which something hangs stays; the rest goes, and nobody finds it', async ({
    scene,
    database,
    requests,
  }) => {
    await scene.items({ barcode: 'B1', title: 'Algèbre' });
    expect(await scene.act(deleteTitle, { title: 1, also: 'what-is-empty' })).toEqual({
      kind: 'in-use',
      because: 'has-items',
    });
    await scene.act(addTitle, { title: 'Géométrie' });
    await scene.act(addHolding, { title: 2, location: 'sci/63S', callNumber: '516 GEO', note: 'incomplet' });
    expect(await found(scene, '516 geo')).toEqual(['Géométrie']);
    expect(await scene.act(deleteTitle, { title: 2 })).toEqual({ kind: 'in-use', because: 'has-holdings' });
    expect(await scene.act(deleteTitle, { title: 2, also: 'what-is-empty' })).toMatchObject({
      kind: 'deleted',
      title: 2,
    });
    expect(await lastEvent(database)).toMatchObject({
      kind: 'title-deleted',
      titleId: 2,
      before: { title: 'Géométrie' },
    });
    expect(await found(scene, 'geometrie')).toEqual([]);
    expect(await scene.act(openTitle, { title: 2 })).toMatchObject({ kind: 'unknown' });
    // The same text is a new title from now on.
    await scene.items({ barcode: 'B2', title: 'Géométrie' });
    expect(await scene.act(showItem, { barcode: 'B2' })).toMatchObject({ item: { titleId: 3 } });
    const patron = await scene.patron({ id: 'P1' });
    await requests.place({ patron, barcode: 'B2' });
    expect(await scene.act(deleteTitle, { title: 3 })).toEqual({ kind: 'in-use', because: 'has-items' });
  });

  it('ITEM-02 a holding moves with what stands there, and its call number goes to those that had it', async ({
    scene,
    database,
  }) => {
    await scene.items(
      { barcode: 'B1', title: 'Algèbre', callNumber: '512' },
      { barcode: 'B2', title: 'Algèbre', callNumber: '512' },
    );
    const change = { location: 'sci/CLOSED', callNumber: '512.5 ALG', note: '' };
    expect(await scene.act(changeHolding, { holding: 1, change })).toMatchObject({
      kind: 'changed',
      holding: { location: 'sci/CLOSED', callNumber: '512.5 ALG', note: null, items: 2 },
      changed: ['location', 'callNumber'],
    });
    expect(await lastEvent(database)).toMatchObject({
      kind: 'holding-changed',
      before: { location: 'sci/63S', callNumber: '512' },
      after: { location: 'sci/CLOSED', callNumber: '512.5 ALG' },
    });
    for (const barcode of ['B1', 'B2'])
      expect(await scene.act(showItem, { barcode })).toMatchObject({
        item: { location: 'sci/CLOSED', callNumber: '512.5 ALG', at: 'sci' },
      });
    expect(await found(scene, '512.5 alg')).toEqual(['Algèbre']);
    const away = { location: 'buc/SALLE' };
    expect(await scene.act(changeHolding, { holding: 1, change: away })).toMatchObject({ kind: 'changed' });
    expect(await scene.act(showItem, { barcode: 'B1' })).toMatchObject({ item: { library: 'buc', at: 'buc' } });
  });

  it('ITEM-02 a holding does not leave its library under items on loan', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await scene.lend(patron, 'B1');
    const to = async (location: string) => scene.act(changeHolding, { holding: 1, change: { location } });
    expect(await to('buc/SALLE')).toEqual({ kind: 'in-use', because: 'on-loan' });
    expect(await to('sci/CLOSED')).toMatchObject({ kind: 'changed' });
    expect(await to('sci/NOWHERE')).toMatchObject({ kind: 'invalid', path: 'location', value: 'sci/NOWHERE' });
    expect(await scene.act(deleteHolding, { holding: 1 })).toEqual({ kind: 'in-use', because: 'has-items' });
    expect(await scene.act(deleteHolding, { holding: 9 })).toMatchObject({ kind: 'invalid', path: 'holding' });
  });

  it('RET-07 the last holding goes alone, or with its title', async ({ scene }) => {
    await scene.act(addTitle, { title: 'Algèbre' });
    await scene.act(addHolding, { title: 1, location: 'sci/63S' });
    await scene.act(addHolding, { title: 1, location: 'sci/CLOSED' });
    const remove = async (holding: number, also: 'nothing' | 'what-is-empty') =>
      scene.act(deleteHolding, { holding, also });
    expect(await remove(1, 'what-is-empty')).toEqual({ kind: 'deleted', item: null, holding: 1, title: null });
    expect(await remove(2, 'nothing')).toEqual({ kind: 'deleted', item: null, holding: 2, title: null });
    expect((await opened(scene, 1)).holdings).toEqual([]);
    await scene.act(addHolding, { title: 1, location: 'sci/63S' });
    expect(await remove(3, 'what-is-empty')).toEqual({ kind: 'deleted', item: null, holding: 3, title: 1 });
  });

  it('REL-08 holdings are changed by those who may edit items of their library, wherever they sit', async ({
    scene,
  }) => {
    await scene.items({ barcode: 'B1', location: 'buc/SALLE' });
    const mine = await scene.staff('mine', 'operator', 'sci');
    const refused = { kind: 'not-permitted', permission: 'edit-items', needs: 'role' };
    expect(await scene.act(changeHolding, { holding: 1, change: { note: 'x' } }, mine)).toEqual(refused);
    expect(await scene.act(deleteHolding, { holding: 1 }, mine)).toEqual(refused);
    expect(await scene.act(addHolding, { title: 1, location: 'buc/SALLE' }, mine)).toEqual(refused);
    expect(await scene.act(addHolding, { title: 1, location: 'sci/63S' }, mine)).toMatchObject({ kind: 'added' });
    const elsewhere = { title: 1, location: 'buc/SALLE' };
    expect(await scene.act(addItem, { holding: elsewhere, barcode: 'N1', material: 'BOOK' }, mine)).toEqual(refused);
    expect(await scene.act(addItem, { holding: 1, barcode: 'N1', material: 'BOOK' }, mine)).toEqual(refused);
  });
});
