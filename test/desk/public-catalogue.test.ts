import { expect } from 'vitest';
import { addHolding, deleteHolding } from '../../source/desk/catalogue-holdings.ts';
import { changeItem, deleteItem } from '../../source/desk/catalogue-items.ts';
import { addTitle, changeTitle } from '../../source/desk/catalogue-titles.ts';
import { openPublic, searchPublic } from '../../source/desk/public-catalogue.ts';
import type { PublicCatalogueSearch, PublicTitle, PublicTitlesFound } from '../../source/desk/public-catalogue.ts';
import { quickAdd } from '../../source/desk/quick-add.ts';
import { placeWorkOrder } from '../../source/desk/work-orders.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene, TestItem } from '../support/house.ts';
import { kioskOf } from '../support/kiosk.ts';

const window = { offset: 0, limit: 50 };

/** What a kiosk of `sci` answers to a search. */
async function search(scene: Scene, request: Partial<PublicCatalogueSearch>): Promise<PublicTitlesFound> {
  const found = await scene.perform(kioskOf(null, 'sci'), searchPublic, { text: '', window, ...request });
  if (found.kind !== 'titles') throw new Error(JSON.stringify(found));
  return found;
}
const titlesOf = async (scene: Scene, request: Partial<PublicCatalogueSearch>): Promise<string[]> => {
  const { total, more, lines } = await search(scene, request);
  expect({ total, more }).toEqual({ total: lines.length, more: false });
  return lines.map((one) => one.title);
};

async function open(scene: Scene, title: number, library: string | null = 'sci'): Promise<PublicTitle> {
  const opened = await scene.perform(kioskOf(null, library), openPublic, { title });
  if (opened.kind !== 'title') throw new Error(JSON.stringify(opened));
  return opened;
}

const SHELF: readonly TestItem[] = [
  {
    barcode: 'B1',
    title: 'Histoire de la France rurale',
    author: 'Duby, Georges',
    isbn: '2-02-004268-3',
    subjects: ['Agriculture -- France -- Histoire', 'Vie rurale'],
  },
  { barcode: 'B2', title: 'La France', author: 'Histoire, Jean', subjects: ['Géographie'] },
  {
    barcode: 'B3',
    title: 'Une histoire du droit',
    author: 'Été, Cœur',
    location: 'buc/SALLE',
    subjects: ['Droit public'],
  },
  { barcode: 'B4', title: 'Le C++', isbn: '978-2-412-05358-4', callNumber: '005.1 UE', description: 't. 2' },
];
const [RURAL, FRANCE, LAW, PLUS] = SHELF.map((one) => one.title ?? '') as [string, string, string, string];

onBothDatabases('the public catalogue', (it) => {
  const searches: [string, Partial<PublicCatalogueSearch>, string[]][] = [
    ['a word anywhere; what begins with it first', { text: 'histoire' }, [RURAL, FRANCE, LAW]],
    ['a word of the title', { text: 'HISTOIRE', field: 'title' }, [RURAL, LAW]],
    ['a word of the author', { text: 'histoire', field: 'author' }, [FRANCE]],
    ['a word of a subject', { text: 'histoire', field: 'subject' }, [RURAL]],
    ['a subject that is no title', { text: 'geographie', field: 'title' }, []],
    ['accents and ligatures of an author', { text: 'ete coeur', field: 'author' }, [LAW]],
    ['the last word as it is typed', { text: 'duby geor' }, [RURAL]],
    ['only the last word', { text: 'dub georges' }, []],
    ['words of several fields', { text: 'agriculture duby' }, [RURAL]],
    ['articles say nothing beside other words', { text: 'l’histoire des droits de la', field: 'title' }, []],
    ['articles that the title has not', { text: 'les histoires du droit et', field: 'title' }, []],
    ['articles in another number', { text: 'des histoire de la droit' }, [LAW]],
    ['articles alone', { text: 'la', field: 'title' }, [FRANCE, RURAL]],
    ['a short last word that is there', { text: 'c++ ue' }, [PLUS]],
    ['a short last word that says nothing yet', { text: 'histoire dr', field: 'title' }, [RURAL, LAW]],
    ['one letter begins a title', { text: 'u' }, [LAW]],
    ['one letter is a word', { text: 'c' }, [PLUS]],
    ['a call number', { text: '005.1' }, [PLUS]],
    ['an ISBN with hyphens', { text: '2-02-004268-3', field: 'isbn' }, [RURAL]],
    ['an ISBN without hyphens, in any field', { text: '2020042683' }, [RURAL]],
    ['its form of thirteen digits', { text: '978-2-02-004268-0', field: 'isbn' }, [RURAL]],
    ['its form of ten digits', { text: '2412053588', field: 'isbn' }, [PLUS]],
    ['the beginning of an ISBN', { text: '978-2-412', field: 'isbn' }, [PLUS]],
    ['the beginning of an ISBN, in any field', { text: '978-2-412' }, [PLUS]],
    ['no number', { text: 'histoire', field: 'isbn' }, []],
    ['a barcode', { text: ' b4 ' }, [PLUS]],
    ['a barcode is no word of a title', { text: 'B4', field: 'title' }, []],
    ['a library', { text: 'histoire', library: 'buc' }, [LAW]],
    ['a library, a field', { text: 'histoire', field: 'author', library: 'sci' }, [FRANCE]],
    ['a barcode of another library', { text: 'B3', library: 'sci' }, []],
    ['nothing', { text: '  ' }, []],
    ['punctuation', { text: '"*(' }, []],
    ['a word of nothing', { text: 'zoologie' }, []],
  ];
  it.for(searches)('KIO-01 %s', async ([, request, titles], { scene }) => {
    await scene.items(...SHELF);
    expect(await titlesOf(scene, request)).toEqual(titles);
  });

  it('KIO-01 a library that there is not', async ({ scene }) => {
    const request = { text: 'histoire', library: 'nowhere', window };
    expect(await scene.perform(kioskOf(null), searchPublic, request)).toEqual({
      kind: 'unknown',
      what: 'LIBRARY',
      key: 'nowhere',
    });
  });

  it('KIO-01 VII.1 what is suppressed, deleted or nowhere to be found is not shown, nor opened', async ({ scene }) => {
    await scene.items({ barcode: 'B1', title: 'Zoo de Berlin' }, { barcode: 'B2', title: 'Zoo de Vincennes' });
    const added = await scene.act(addTitle, { title: 'Zoo sans rien' });
    await scene.act(quickAdd, { barcode: 'Q1', holding: 'new', title: 'Zoo ajouté' });
    const bare = added.kind === 'added' ? added.id : 0;
    const shown = async () => [
      await titlesOf(scene, { text: 'zoo' }),
      await titlesOf(scene, { text: 'zoo', field: 'title' }),
    ];
    const both = (...titles: string[]) => [titles, titles];
    expect(await shown()).toEqual(both('Zoo de Berlin', 'Zoo de Vincennes'));
    expect(await titlesOf(scene, { text: 'Q1' })).toEqual([]);
    const unknown = { kind: 'unknown', what: 'TITLE' };
    for (const title of [bare, 4, 99])
      expect(await scene.perform(kioskOf(null), openPublic, { title })).toEqual({ ...unknown, key: String(title) });

    await scene.act(changeTitle, { title: 1, change: { suppressed: true } });
    const holding = await scene.act(addHolding, { title: bare, location: 'sci/63S' });
    expect(await shown()).toEqual(both('Zoo de Vincennes', 'Zoo sans rien'));
    expect(await titlesOf(scene, { text: 'B1' })).toEqual([]);
    expect(await scene.perform(kioskOf(null), openPublic, { title: 1 })).toMatchObject(unknown);

    await scene.act(changeTitle, { title: 1, change: { suppressed: false } });
    if (holding.kind === 'added') await scene.act(deleteHolding, { holding: holding.id });
    await scene.act(deleteItem, { barcode: 'B2', also: 'what-is-empty' });
    expect(await shown()).toEqual(both('Zoo de Berlin'));
    expect(await scene.perform(kioskOf(null), openPublic, { title: 2 })).toMatchObject(unknown);
  });

  it('KIO-01 how many copies there are, can be borrowed, are here now', async ({ scene }) => {
    const title = 'Algèbre';
    await scene.patron({ id: 'P1' });
    await scene.items(
      { barcode: 'B1', title },
      { barcode: 'B2', title },
      { barcode: 'B3', title, policy: 'EXC' },
      { barcode: 'B4', title, location: 'buc/SALLE' },
      { barcode: 'B5', title, location: 'sci/CLOSED' },
      { barcode: 'B6', title, location: 'buc/SALLE', process: 'MISSING' },
    );
    await scene.lend('P1', 'B1');
    const { lines } = await search(scene, { text: 'alg' });
    const line = { id: 1, title, author: null, year: null, publisher: null, resourceType: 'BOOK' };
    const copies = { total: 6, lendable: 4 };
    expect(lines).toEqual([{ ...line, copies, available: 2, availableHere: 1, onSite: 2, onSiteHere: 2 }]);
    const nowhere = await scene.perform(kioskOf(null), searchPublic, { text: 'alg', window });
    expect(nowhere).toMatchObject({ lines: [{ available: 2, availableHere: 0, onSiteHere: 0 }] });
  });

  it('KIO-01 TRA-01 ITEM-01 what has become of each item, in the patron’s terms, and when it is due', async ({
    scene,
    requests,
  }) => {
    const title = 'Algèbre';
    const reader = await scene.patron({ id: 'P1' });
    await scene.items(
      { barcode: 'THERE', title, callNumber: '512 ALG' },
      { barcode: 'LENT', title, policy: 'P48NN' },
      { barcode: 'KEPT', title, policy: 'EXC' },
      { barcode: 'HELD', title: 'Analyse' },
      { barcode: 'AWAY', title },
      { barcode: 'MENDED', title },
      { barcode: 'ORDERED', title, process: 'ACQ' },
      { barcode: 'GONE', title, process: 'MISSING' },
    );
    await scene.lend('P1', 'LENT');
    await requests.place({ patron: reader, barcode: 'HELD' });
    await scene.giveBack('HELD');
    await scene.lend('P1', 'AWAY');
    await scene.giveBack('AWAY', {}, seatAt(scene.bib, 'buc/PRET'));
    await scene.act(placeWorkOrder, { barcode: 'MENDED', department: 'ACQ' });
    const { holdings, total, requests: waiting } = await open(scene, 1);
    expect({ total, waiting }).toEqual({ total: 7, waiting: 0 });
    const states = Object.fromEntries(
      holdings.flatMap((one) => one.items.map(({ barcode, status, due }) => [barcode, [status, due]])),
    );
    expect(states).toEqual({
      THERE: ['available', null],
      LENT: ['on-loan', local('2026-06-03T19:00')],
      KEPT: ['consultation', null],
      AWAY: ['in-transit', null],
      MENDED: [expect.stringMatching(/^(in-transit|being-treated)$/), null],
      ORDERED: ['on-order', null],
      GONE: ['missing', null],
    });
    expect(holdings.map(({ callNumber, available, onSite }) => [callNumber, available, onSite])).toEqual([
      ['512 ALG', 1, 0],
      [null, 0, 1],
    ]);
    expect(holdings[1]?.items[0]).toMatchObject({ policy: 'P48NN', policyName: { fr: 'P48NN', en: 'P48NN' } });
    expect(await open(scene, 2)).toMatchObject({ requests: 1, holdings: [{ items: [{ status: 'held', due: null }] }] });
  });

  it('KIO-01 holdings of the kiosk’s library first; what stands elsewhere for a while says where', async ({
    scene,
  }) => {
    const title = 'Algèbre';
    await scene.items(
      { barcode: 'B1', title, location: 'buc/SALLE' },
      { barcode: 'B2', title, location: 'med/SALLE' },
      { barcode: 'B3', title },
    );
    await scene.act(changeItem, { barcode: 'B1', change: { location: 'buc/ETE', temporary: true } });
    const places = async (library: string | null) => (await open(scene, 1, library)).holdings.map((one) => one.library);
    expect(await places('sci')).toEqual(['sci', 'buc', 'med']);
    expect(await places('med')).toEqual(['med', 'buc', 'sci']);
    expect(await places(null)).toEqual(['buc', 'med', 'sci']);
    const [first] = (await open(scene, 1, 'buc')).holdings;
    expect(first).toMatchObject({ libraryName: 'Library buc', location: 'buc/SALLE', locationName: 'SALLE', total: 1 });
    expect(first?.items[0]?.elsewhere).toEqual({
      library: 'buc',
      libraryName: 'Library buc',
      location: 'buc/ETE',
      locationName: 'ETE',
    });
  });

  it('KIO-01 a serial of thousands of items is read window by window; its holdings say how many there are', async ({
    scene,
  }) => {
    const issue = (number: number): TestItem => ({
      barcode: `I${number}`,
      title: 'Revue',
      material: 'ISSUE',
      description: `n° ${number}`,
      location: number % 2 === 0 ? 'sci/63S' : 'buc/SALLE',
    });
    await scene.items(...Array.from({ length: 2400 }, (_, index) => issue(index)));
    const seat = kioskOf(null, 'sci');
    const second = await scene.perform(seat, openPublic, { title: 1, window: { offset: 1199, limit: 2 } });
    expect(second).toMatchObject({
      total: 2400,
      holdings: [
        { library: 'sci', total: 1200, items: [{ barcode: 'I2398', description: 'n° 2398' }] },
        { library: 'buc', total: 1200, items: [{ barcode: 'I1' }] },
      ],
    });
    const { lines } = await search(scene, { text: 'revue' });
    expect(lines).toMatchObject([{ copies: { total: 2400 }, availableHere: 1200 }]);
  });

  it('KIO-01 more than five hundred are not counted; what begins with the text is read in the order of titles, each once', async ({
    scene,
  }) => {
    const number = (index: number): string => String(index).padStart(4, '0');
    await scene.items(
      ...Array.from({ length: 540 }, (_, index) => ({ barcode: `M${index}`, title: `Masse ${number(index)}` })),
      ...Array.from({ length: 20 }, (_, index) => ({ barcode: `N${index}`, title: `A la masse ${number(index)}` })),
    );
    const seen = new Set<number>();
    for (let offset = 0; offset < 600; offset += 100) {
      const { total, more, lines } = await search(scene, { text: 'mass', window: { offset, limit: 100 } });
      expect({ total, more }).toEqual({ total: 500, more: true });
      expect(lines[0]?.title).toBe(offset < 500 ? `Masse ${number(offset)}` : undefined);
      for (const { id } of lines) seen.add(id);
    }
    expect(seen.size).toBe(500);
    expect(await search(scene, { text: 'masse 05', window })).toMatchObject({ total: 40, more: false });
    expect(await search(scene, { text: 'masse 0500', window })).toMatchObject({ total: 1, more: false });
    expect(await search(scene, { text: 'm', window })).toMatchObject({ total: 500, more: true });
    const begun = await search(scene, { text: 'a', window });
    expect(begun).toMatchObject({ total: 20, more: false, lines: { length: 20 } });
  });

  it('KIO-07 nothing of who has it, and nothing that staff have written for each other', async ({
    scene,
    requests,
  }) => {
    await scene.patron({
      id: 'CARD-4711',
      lastName: 'Secretname',
      firstName: 'Hidden',
      identifiers: [{ type: 'primary', value: 'CARD-4711' }],
    });
    const other = await scene.patron({ id: 'CARD-4712', lastName: 'Waitingname' });
    await scene.items(
      { barcode: 'B1', title: 'Algèbre', fulfilmentNote: 'fulfilmentsecret' },
      { barcode: 'B2', title: 'Algèbre' },
    );
    const notes = { publicNote: 'Avec un disque', internalNote: 'internalsecret', fulfilmentNote: 'fulfilmentsecret' };
    await scene.act(changeItem, { barcode: 'B1', change: notes });
    await scene.act(addHolding, { title: 1, location: 'buc/SALLE', note: 'holdingsecret' });
    await scene.lend('CARD-4711', 'B1', { acknowledged: true });
    await requests.place({ patron: other, barcode: 'B2' });
    await scene.giveBack('B2');
    const answers = JSON.stringify([
      await search(scene, { text: 'algebre' }),
      await search(scene, { text: 'B1' }),
      await open(scene, 1),
    ]);
    expect(answers).toContain('Avec un disque');
    expect(answers).toContain('"on-loan"');
    for (const secret of ['Secretname', 'Hidden', 'Waitingname', '4711', '4712', 'secret', 'patron', 'bib"', 'staff'])
      expect(answers).not.toContain(secret);
    expect(answers).not.toMatch(/"(?:loanId|loan|request|holder|note|internalNote)":/u);
    for (const text of ['Secretname', 'CARD-4711', 'fulfilmentsecret', 'internalsecret', 'holdingsecret', 'disque'])
      expect(await titlesOf(scene, { text })).toEqual([]);
  });

  it.for([
    'alg"ebre',
    "algebre'; drop table titles; --",
    'algebre*',
    'algebre OR zoologie NEAR(x)',
    'title_words:algebre',
    '{words}: algebre',
    '^algebre',
    'algebre & !lineaire',
    "algebre <-> 'x",
    '{algebre}:* \\',
    '%',
    '_lgebre',
    'alg%',
    '\u0000algebre',
    'algebre\u0000',
    'algebre \uD800',
    '\uE004736369',
    '\uE005',
    'algebre \uE005',
    'x'.repeat(10_000),
    'algebre '.repeat(2000),
    '😀',
    'تاريخ العلوم',
    'המתמטיקה',
    '数',
    '9'.repeat(10_000),
    '-'.repeat(300),
  ])('KIO-07 %s is searched, and means nothing to the database', async (text, { scene }) => {
    await scene.items({ barcode: 'B1', title: 'Algèbre' }, { barcode: 'B2', title: 'تاريخ العلوم عند العرب' });
    await scene.items({ barcode: 'B3', title: 'תולדות המתמטיקה' }, { barcode: 'B4', title: '数学分析' });
    for (const field of ['any', 'title', 'author', 'subject', 'isbn'] as const)
      for (const library of ['sci', 'buc']) {
        const { total, lines } = await search(scene, { text, field, library });
        expect(lines).toHaveLength(total);
        // Whatever is found has a word that begins as one that was typed.
        const typed = text.normalize('NFD').toLowerCase();
        for (const { title } of lines)
          expect(title.split(' ').some((word) => typed.includes(word.normalize('NFD').toLowerCase().charAt(0)))).toBe(
            true,
          );
        if (library === 'buc') expect(lines).toEqual([]);
      }
    expect(await titlesOf(scene, { text: 'alg' })).toEqual(['Algèbre']);
    expect(await titlesOf(scene, { text: 'العلو' })).toHaveLength(1);
  });
});
