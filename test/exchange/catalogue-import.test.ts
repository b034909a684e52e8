import { expect } from 'vitest';
import { changeItem, deleteItem } from '../../source/desk/catalogue-items.ts';
import { searchCatalogue } from '../../source/desk/catalogue-search.ts';
import { importRecords } from '../../source/exchange/catalogue/index.ts';
import type { CatalogueProblem, ImportOptions, ImportReport } from '../../source/exchange/catalogue/index.ts';
import type { TestDatabase } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import { commandLine, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { inPieces, iso2709, marc21, marcXml } from '../support/marc.ts';
import type { MadeField, MadeRecord } from '../support/marc.ts';
import { smallNetwork } from '../support/network.ts';

type Imported = ImportReport & { readonly problems: readonly CatalogueProblem[]; readonly told: readonly string[] };

/** Imports a file as the command line does; MARC 21 unless it says otherwise. */
async function importFile(
  { perform }: Scene,
  file: Buffer | string | readonly MadeRecord[],
  more: Partial<ImportOptions> & { seat?: typeof commandLine } = {},
): Promise<Imported> {
  const { seat = commandLine, ...options } = more;
  const whole =
    typeof file === 'string' || Buffer.isBuffer(file) ? file : Buffer.concat(file.map((one) => iso2709(one)));
  const problems: CatalogueProblem[] = [];
  const report = await importRecords(
    inPieces(whole),
    { perform, seat, network: smallNetwork },
    { format: 'marc21', name: 'test.mrc', onProblem: (one) => problems.push(one), ...options },
  );
  if ('kind' in report) throw new Error(JSON.stringify(report));
  return { ...report, problems, told: problems.map((one) => [one.problem, one.field].filter(Boolean).join(' ')) };
}

const copy = (barcode: string, place = 'sci/63S', ...more: readonly string[]): MadeField => {
  const [library = '', location = ''] = place.split('/');
  return ['852', '  ', `b${library}`, `c${location}`, `p${barcode}`, ...more];
};

/** Everything that an import may write, but ids and moments. */
async function catalogue(database: TestDatabase): Promise<unknown> {
  return {
    titles: await database.sql(
      `select title, author, isbn, resource_type, publisher, year, control_key, import_digest, match_key,
       case when deleted_at is null then 0 else 1 end as deleted from titles order by title, control_key`,
    ),
    items: await database.sql(
      `select i.barcode, t.title, i.library, i.location, i.material, i.policy, i.call_number, i.description, i.public_note,
       i.internal_note, i.process, i.at_library, i.import_digest, h.location as held, h.call_number as held_call
       from items i join titles t on t.id = i.title_id left join holdings h on h.id = i.holding_id order by i.barcode, i.id`,
    ),
    holdings: await database.sql(
      `select t.title, h.location, h.call_number from holdings h join titles t on t.id = h.title_id
       where h.deleted_at is null order by t.title, h.location, h.call_number`,
    ),
  };
}
const events = async (database: TestDatabase) =>
  (await database.sql<{ kind: string }>('select kind from events order by id')).map((one) => one.kind);
const dataOf = async (database: TestDatabase, kind: string): Promise<Record<string, unknown>[]> =>
  (await database.sql<{ data: string }>(`select data from events where kind = '${kind}' order by id`)).map(
    (one) => JSON.parse(one.data) as Record<string, unknown>,
  );

const BOOKS = [
  marc21('1', 'Poésies', ['100', '1 ', 'aChapman, W.'], copy('B1', 'sci/63S', 'hPQ 1'), copy('B2', 'buc/ETE', 'hPQ 1')),
  marc21('2', 'Mélanges', copy('B3')),
  marc21('3', 'Sans exemplaire'),
  marc21('4', 'État', ['852', '  ', 'bmed', 'cSTD', 'hQA 1']),
];

onBothDatabases('an import', (it) => {
  it('adds titles, holdings and items; again it changes nothing and leaves no event', async ({ scene, database }) => {
    const before = (await events(database)).length;
    const counts = { added: 4, updated: 0, unchanged: 0, rejected: 0 };
    const med = smallNetwork.libraries.find((one) => one.code === 'med')?.locations[0]?.code ?? '';
    const books = BOOKS.map((one) => ({
      ...one,
      fields: one.fields.map((field): MadeField => [
        field[0],
        ...field.slice(1).map((text) => (text === 'cSTD' ? `c${med}` : text)),
      ]),
    }));
    expect(await importFile(scene, books)).toMatchObject({ ...counts, items: { added: 3 }, errors: 0, warnings: 0 });
    expect((await events(database)).slice(before)).toEqual(['catalogue-imported']);
    const first = await catalogue(database);
    expect(first).toMatchObject({
      titles: { length: 4 },
      items: [
        { barcode: 'B1', title: 'Poésies', at_library: 'sci', held: 'sci/63S', held_call: 'PQ 1' },
        { barcode: 'B2', held: 'buc/ETE' },
        { barcode: 'B3' },
      ],
      holdings: { length: 4 },
    });
    expect(await importFile(scene, books)).toMatchObject({
      added: 0,
      updated: 0,
      unchanged: 4,
      rejected: 0,
      items: { unchanged: 3, updated: 0, added: 0 },
    });
    expect(await importFile(scene, marcXml(books), { format: 'marcxml' })).toMatchObject({
      unchanged: 4,
      added: 0,
      updated: 0,
    });
    expect(await catalogue(database)).toEqual(first);
    expect((await events(database)).length).toBe(before + 1);
  });

  it('TAB-05 what is imported is found at once, accents or not', async ({ scene }) => {
    await importFile(scene, BOOKS.slice(0, 2), { batch: 1 });
    for (const text of ['melanges', 'chapman poesies', 'pq 1', 'B3']) {
      expect(await scene.act(searchCatalogue, { text, window: { offset: 0, limit: 10 } })).toMatchObject({ total: 1 });
    }
    await importFile(scene, [marc21('2', 'Variétés', copy('B3'))]);
    const found = async (text: string) => scene.act(searchCatalogue, { text, window: { offset: 0, limit: 10 } });
    expect(await found('melanges')).toMatchObject({ total: 0 });
    expect(await found('varietes')).toMatchObject({ total: 1 });
  });

  it('REL-09 each batch of a run has its event, which nothing rewrites; changed records have their own', async ({
    scene,
    database,
  }) => {
    await scene.items({ barcode: 'OLD' });
    await importFile(scene, BOOKS.slice(0, 3), { batch: 1, name: 'books.mrc' });
    const told = await dataOf(database, 'catalogue-imported');
    const batch = { run: told[0]?.['run'], file: 'books.mrc', added: 1, updated: 0 };
    expect(told).toEqual([
      { ...batch, items: { added: 2, updated: 0 } },
      { ...batch, items: { added: 1, updated: 0 } },
      { ...batch, items: { added: 0, updated: 0 } },
    ]);
    expect(batch.run).toEqual(expect.any(String));
    await importFile(scene, [marc21('2', 'Mélanges nouveaux', copy('B3', 'sci/63S', 'hX 2'))]);
    expect(await dataOf(database, 'title-changed')).toMatchObject([
      { title: 'Mélanges', before: { title: 'Mélanges' }, after: { title: 'Mélanges nouveaux' } },
    ]);
    expect(await dataOf(database, 'item-changed')).toMatchObject([
      { barcode: 'B3', before: { callNumber: null }, after: { callNumber: 'X 2' } },
    ]);
  });

  it('what staff have written is not overwritten by an unchanged record, nor by other fields of a changed one', async ({
    scene,
    database,
  }) => {
    await importFile(scene, [marc21('1', 'Title', copy('B1', 'sci/63S', 'hA 1', 'zold note'))]);
    await scene.act(changeItem, {
      barcode: 'B1',
      change: { publicNote: 'of staff', internalNote: 'mine', policy: 'EXC' },
    });
    await importFile(scene, [marc21('1', 'Title', copy('B1', 'sci/63S', 'hA 1', 'zold note'))]);
    const [row] = await database.sql('select public_note, internal_note, policy, call_number from items');
    expect(row).toEqual({ public_note: 'of staff', internal_note: 'mine', policy: 'EXC', call_number: 'A 1' });
    const changed = await importFile(scene, [marc21('1', 'Title', copy('B1', 'sci/63S', 'hA 2', 'znew note'))]);
    expect(changed).toMatchObject({ updated: 1, items: { updated: 1 } });
    const [after] = await database.sql('select public_note, internal_note, policy, call_number from items');
    expect(after).toEqual({ public_note: 'of staff', internal_note: 'mine', policy: 'EXC', call_number: 'A 2' });
  });

  it('an item moves with its record, its holding with it; an emptied holding goes', async ({ scene, database }) => {
    await importFile(scene, [marc21('1', 'Title', copy('B1', 'sci/63S', 'hA 1'))]);
    await importFile(scene, [marc21('1', 'Title', copy('B1', 'buc/ETE', 'hA 1'))]);
    expect(await catalogue(database)).toMatchObject({
      items: [{ library: 'buc', location: 'buc/ETE', at_library: 'buc', held: 'buc/ETE' }],
      holdings: [{ location: 'buc/ETE', call_number: 'A 1' }],
    });
  });

  it('an item on loan keeps its loan and its place; back again, it moves', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await importFile(scene, [marc21('1', 'Title', copy('B1'))]);
    expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'lent' });
    const moved = [marc21('1', 'Title', copy('B1', 'buc/ETE', 'hN 1'))];
    expect((await importFile(scene, moved)).told).toEqual(['item-in-use 852$p']);
    expect(await database.sql('select library, location, process, call_number from items')).toEqual([
      { library: 'sci', location: 'sci/63S', process: 'LOAN', call_number: 'N 1' },
    ]);
    expect(await importFile(scene, moved)).toMatchObject({ unchanged: 1, updated: 0, warnings: 1, errors: 0 });
    await scene.giveBack('B1');
    expect(await importFile(scene, moved)).toMatchObject({ updated: 1, warnings: 0 });
    expect(await database.sql('select location, at_library, process from items')).toEqual([
      { location: 'buc/ETE', at_library: 'buc', process: null },
    ]);
  });

  it('a barcode of another title is an error, and nothing is moved', async ({ scene, database }) => {
    await importFile(scene, BOOKS.slice(0, 2));
    const before = await catalogue(database);
    const result = await importFile(scene, [marc21('2', 'Mélanges', copy('B3'), copy('b1'), copy('B2', 'sci/63S'))], {
      batch: 1,
    });
    expect(result).toMatchObject({ unchanged: 1, errors: 2, items: { unchanged: 1, rejected: 2 } });
    expect(result.problems).toMatchObject([
      {
        problem: 'barcode-of-other-title',
        record: 1,
        control: '2',
        field: '852[2]$p',
        barcode: 'b1',
        title: 'Poésies',
      },
      { problem: 'barcode-of-other-title', field: '852[3]$p', barcode: 'B2' },
    ]);
    expect(await catalogue(database)).toEqual(before);
  });

  it('a record whose items are all refused is refused itself, unless its title was added or changed', async ({
    scene,
  }) => {
    const lost = (title: string) => [marc21('1', title, copy('B1', 'NOWHERE'), copy('B2', 'NOWHERE'))];
    const items = { added: 0, updated: 0, unchanged: 0, rejected: 2 };
    expect(await importFile(scene, lost('Title'))).toMatchObject({ added: 1, rejected: 0, items, errors: 2 });
    const again = await importFile(scene, lost('Title'));
    expect(again).toMatchObject({ added: 0, updated: 0, unchanged: 0, rejected: 1, items, errors: 2 });
    expect(await importFile(scene, lost('Other'))).toMatchObject({ updated: 1, rejected: 0, items, errors: 2 });
  });

  it('a file that contradicts itself: the first record and the first item count, in every import', async ({
    scene,
    database,
  }) => {
    const file = [
      marc21('1', 'One', copy('B1')),
      marc21('1', 'Another one', copy('B2')),
      marc21('1', 'One', copy('B3'), copy('B1')),
      marc21('2', 'Two', copy('B1'), copy('B4'), copy('B4', 'buc/ETE')),
    ];
    const result = await importFile(scene, file);
    expect(result).toMatchObject({
      added: 2,
      updated: 1,
      rejected: 1,
      errors: 3,
      items: { added: 3, unchanged: 1, rejected: 2 },
    });
    expect(result.problems).toMatchObject([
      { problem: 'duplicate-record', record: 2, first: 1 },
      { problem: 'duplicate-barcode', record: 4, field: '852$p', first: 1 },
      { problem: 'duplicate-barcode', record: 4, field: '852[3]$p', first: 4 },
    ]);
    const before = await catalogue(database);
    expect(await importFile(scene, file, { batch: 1 })).toMatchObject({
      added: 0,
      updated: 0,
      unchanged: 3,
      rejected: 1,
    });
    expect(await catalogue(database)).toEqual(before);
  });

  it('without a control number a title is known by its text, author and ISBN', async ({ scene, database }) => {
    const bare = (title: string, isbn: string, ...more: readonly MadeField[]): MadeRecord => ({
      fields: [['020', '  ', `a${isbn}`], ['245', '00', `a${title}`], ...more],
    });
    const file = [
      bare('Same', '9782070368228', copy('B1')),
      bare('Same', '2070368220', copy('B2')),
      bare('SAME', '9782070368228', ['260', '  ', 'bX'], copy('B3')),
    ];
    const result = await importFile(scene, file);
    expect(result).toMatchObject({ added: 2, errors: 0, items: { added: 3 } });
    expect(result.told).toContain('title-differs');
    const before = await catalogue(database);
    expect(await importFile(scene, file, { batch: 1 })).toMatchObject({ unchanged: 3, added: 0, updated: 0 });
    expect(await catalogue(database)).toEqual(before);
  });

  it('a catalogue record takes over the title that a list of items has made', async ({ scene, database }) => {
    const list = 'barcode;title;author;location\nB1;Poésies;Chapman, W.;sci/63S\nB9;Poesies;CHAPMAN, W.;sci/63S\n';
    expect(await importFile(scene, list, { format: 'items' })).toMatchObject({
      added: 1,
      updated: 1,
      items: { added: 2 },
    });
    expect(await importFile(scene, [BOOKS[0] as MadeRecord])).toMatchObject({
      updated: 1,
      errors: 0,
      items: { added: 1, updated: 1 },
    });
    expect(await database.sql('select control_key from titles')).toEqual([{ control_key: 'marc21::1' }]);
    const before = await catalogue(database);
    expect(await importFile(scene, list, { format: 'items', batch: 1 })).toMatchObject({
      added: 0,
      rejected: 0,
      errors: 0,
    });
    expect(await importFile(scene, [BOOKS[0] as MadeRecord])).toMatchObject({ added: 0, errors: 0 });
    expect(before).toMatchObject({ titles: { length: 1 } });
  });

  it('a row of a list whose barcode is taken makes no title', async ({ scene, database }) => {
    await scene.items({ barcode: 'B1', title: 'Mine' });
    const result = await importFile(scene, 'barcode;title;location\nb1;Yours;sci/63S\n', { format: 'items' });
    expect(result).toMatchObject({ added: 0, rejected: 1, errors: 1 });
    expect(result.problems).toMatchObject([
      { problem: 'barcode-of-other-title', line: 2, field: 'barcode', title: 'Mine' },
    ]);
    expect(await database.sql('select title from titles')).toEqual([{ title: 'Mine' }]);
  });

  it('what was deleted at the desk stays deleted until its record changes', async ({ scene, database }) => {
    await importFile(scene, [marc21('1', 'Title', copy('B1'), copy('B2')), marc21('2', 'Gone', copy('B3'))]);
    await scene.act(deleteItem, { barcode: 'B1' });
    await scene.act(deleteItem, { barcode: 'B3', also: 'what-is-empty' });
    const before = await catalogue(database);
    const same = await importFile(scene, [
      marc21('1', 'Title', copy('B1'), copy('B2')),
      marc21('2', 'Gone', copy('B3')),
    ]);
    expect(same).toMatchObject({ unchanged: 2, added: 0, updated: 0 });
    expect(await catalogue(database)).toEqual(before);
    const changed = await importFile(scene, [marc21('2', 'Back', copy('B3'), copy('B4'))]);
    expect(changed).toMatchObject({ updated: 1, items: { added: 1, unchanged: 1 } });
    expect(await scene.act(searchCatalogue, { text: 'back', window: { offset: 0, limit: 9 } })).toMatchObject({
      total: 1,
    });
  });

  it('TUI-10 stopped between two batches, and begun again, it ends as if it had never been stopped', async ({
    scene,
    database,
  }) => {
    const file = Array.from({ length: 25 }, (_, at) => marc21(String(at), `Title ${at}`, copy(`B${at}`)));
    const stop = new AbortController();
    const stopped = await importFile(scene, file, {
      batch: 4,
      signal: stop.signal,
      onProgress: ({ added }) => {
        if (added >= 8) stop.abort();
      },
    });
    expect(stopped).toMatchObject({ canceled: true, added: 8 });
    expect(await database.sql('select count(*) as n from titles where import_digest is not null')).toMatchObject([
      { n: expect.anything() as unknown },
    ]);
    expect(await importFile(scene, file, { batch: 7 })).toMatchObject({ canceled: false, added: 17, unchanged: 8 });
    const whole = await catalogue(database);
    expect(whole).toMatchObject({ titles: { length: 25 }, items: { length: 25 } });
    expect(await importFile(scene, file)).toMatchObject({ unchanged: 25 });
    expect(await catalogue(database)).toEqual(whole);
  });

  it('REL-02 two imports of one file at the same time end in one catalogue', async ({ scene, database }) => {
    const file = Array.from({ length: 30 }, (_, at) => marc21(String(at), `Title ${at}`, copy(`B${at}`)));
    const both = await Promise.all([importFile(scene, file, { batch: 3 }), importFile(scene, file, { batch: 5 })]);
    expect(both.map((one) => one.errors)).toEqual([0, 0]);
    expect(both.reduce((sum, one) => sum + one.added, 0)).toBe(30);
    expect(await catalogue(database)).toMatchObject({
      titles: { length: 30 },
      items: { length: 30 },
      holdings: { length: 30 },
    });
  });

  it('a dry run finds everything and writes nothing', async ({ scene, database }) => {
    const before = [await catalogue(database), await events(database)];
    const result = await importFile(scene, [...BOOKS.slice(0, 2), marc21('9', 'Nowhere', copy('B9', 'no/where'))], {
      dryRun: true,
    });
    expect(result).toMatchObject({ added: 3, errors: 1, items: { added: 3, rejected: 1 } });
    expect([await catalogue(database), await events(database)]).toEqual(before);
  });

  it('REL-08 a cataloguer of one library imports its items only; an operator none', async ({ scene }) => {
    const cataloguer = seatAt(await scene.staff('cat', 'cataloguer', 'sci'), 'sci/PRET');
    const result = await importFile(scene, [BOOKS[0] as MadeRecord], { seat: cataloguer });
    expect(result).toMatchObject({ added: 1, items: { added: 1, rejected: 1 } });
    expect(result.problems).toMatchObject([{ problem: 'not-your-library', library: 'buc', field: '852[2]$p' }]);
    await expect(importFile(scene, BOOKS.slice(0, 1), { seat: scene.bib })).rejects.toThrow('not-permitted');
  });

  it('every error of a file is named by record, control number, field and place; everything else is imported', async ({
    scene,
  }) => {
    const good = iso2709(marc21('A1', 'Good', copy('G1')));
    const file = Buffer.concat([
      good,
      iso2709(marc21('A2', ' ')),
      iso2709({ ...marc21('A3', 'T'), leader: '00000dam a2200000 a 4500' }),
      iso2709({ ...marc21('A4', 'T'), leader: '00000nz  a2200000n  4500' }),
      iso2709(
        marc21(
          'A5',
          'Items',
          copy('G1'),
          copy('X1', 'no/where'),
          ['852', '  ', 'pX2'],
          ['949', '  ', 'lsci/63S'],
          copy('x'.repeat(100)),
        ),
      ),
      iso2709(marc21('A1', 'Same number')),
      Buffer.from('00050nonsense\u001D', 'latin1'),
      good.subarray(0, 40),
    ]);
    const result = await importFile(scene, file);
    expect(result).toMatchObject({ records: 8, added: 2, rejected: 6, items: { added: 1, rejected: 5 } });
    expect(
      result.problems
        .filter((one) => one.problem !== 'wrong-length')
        .map((one) => [one.record, one.control, one.problem, one.field]),
    ).toEqual([
      [2, 'A2', 'no-title', '245$a'],
      [3, 'A3', 'marked-deleted', 'leader'],
      [4, 'A4', 'not-bibliographic', 'leader'],
      [5, 'A5', 'unknown-location', '852[2]$c'],
      [5, 'A5', 'no-location', '852[3]$c'],
      [5, 'A5', 'value-too-long', '852[4]$p'],
      [5, 'A5', 'no-barcode', '949$i'],
      [5, 'A5', 'duplicate-barcode', '852$p'],
      [6, 'A1', 'duplicate-record', '001'],
      [7, undefined, 'bad-leader', undefined],
      [8, undefined, 'truncated', undefined],
    ]);
  });
});
