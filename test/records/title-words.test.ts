import { describe, expect, it as plainTest } from 'vitest';
import type { NewItem } from '../../source/records/items.ts';
import { isbnForms, matchKey } from '../../source/records/text.ts';
import type { TestDatabase } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import type { Scene } from '../support/house.ts';

type Book = Partial<NewItem> & { readonly title: string };
let made = 0;

/** Puts books into the catalogue, with barcodes `K1`, `K2` … unless they have their own. */
async function shelve(scene: Scene, ...books: readonly Book[]): Promise<void> {
  made = 0;
  await scene.items(
    ...books.map((book) => {
      made += 1;
      return { barcode: `K${made}`, ...book };
    }),
  );
}

/** The titles that a text finds, in order. */
async function found(database: TestDatabase, text: string, library: string | null = null): Promise<string[]> {
  const window = { offset: 0, limit: 50 };
  const { total, lines } = await database.records.read(async ({ catalogue }) =>
    catalogue.searchTitles(text, { here: 'sci', library, window }),
  );
  expect(total).toBe(lines.length);
  return lines.map((one) => one.title);
}

onBothDatabases('what titles are found by', (it) => {
  const shelf: Book[] = [
    { title: 'Algèbre linéaire', author: 'Grifone, Joseph' },
    { title: 'Géométrie et algèbre', author: 'Cœuré, Gérard', callNumber: '512.5 COE' },
    { title: "L’été à l'île d’Oléron : 10-18", author: null },
    { title: 'Physique 2', description: 'Tome 2', isbn: '2-07-036822-X' },
    { title: 'Le C++ pour les nuls', isbn: '978-2-412-05358-4' },
  ];
  const searches: [string, string, string[]][] = [
    ['the first word, as it is typed', 'alg', ['Algèbre linéaire', 'Géométrie et algèbre']],
    ['another case and other accents', 'ÀLGEBRÈ', ['Algèbre linéaire', 'Géométrie et algèbre']],
    ['any order, title and author', 'joseph lin alge', []],
    ['any order, the last word begun', 'joseph algebre lin', ['Algèbre linéaire']],
    ['ligatures written out', 'coeure', ['Géométrie et algèbre']],
    ['a call number', '512.5 COE', ['Géométrie et algèbre']],
    ['apostrophes of any kind', "l'ete a l’ile", ["L’été à l'île d’Oléron : 10-18"]],
    ['a number with a hyphen in a title', '10-18', ["L’été à l'île d’Oléron : 10-18"]],
    ['a short word beside a long one', 'physique 2', ['Physique 2']],
    ['a description', 'tome', ['Physique 2']],
    ['an ISBN as it stands', '2-07-036822-X', ['Physique 2']],
    ['an ISBN without hyphens', '207036822x', ['Physique 2']],
    ['the ISBN of thirteen digits of the same book', '978-2-07-036822-8', ['Physique 2']],
    ['the ISBN of ten digits of the same book', '2412053588', ['Le C++ pour les nuls']],
    ['the beginning of an ISBN, with hyphens that are not its own', '97-8241', ['Le C++ pour les nuls']],
    ['a single letter, as a whole word', 'c', ['Le C++ pour les nuls']],
    ['two letters that begin a title', 'ph', ['Physique 2']],
    ['two letters inside a title are no beginning', 'nu', []],
    ['a barcode', 'k4', ['Physique 2']],
    ['nothing but punctuation', '"*(', []],
    ['nothing', '   ', []],
    ['a word that no title has', 'zoologie', []],
    ['one of two words missing', 'algebre zoologie', []],
  ];
  it.for(searches)('TAB-05 %s: %s', async ([, text, titles], { scene, database }) => {
    await shelve(scene, ...shelf);
    expect(await found(database, text)).toEqual(titles);
  });

  it.for([
    'alg"ebre',
    "algebre'; drop table titles; --",
    'algebre*',
    'algebre OR zoologie NEAR(x)',
    'title_words:algebre',
    '^algebre',
    'algebre & !lineaire',
    "algebre <-> 'x",
    '{algebre}:* \\',
    '\u0000algebre',
    'algebre \uD800',
  ])('TAB-05 %s means nothing to the database but its words', async (text, { scene, database }) => {
    await shelve(scene, ...shelf);
    for (const title of await found(database, text)) expect(title).toContain('lgèbre');
    expect(await found(database, 'alg')).toHaveLength(2);
  });

  const odd = {
    'escape sequences': ['\u001B[31mRouge\u001B[0m et noir', 'rouge'],
    'right to left': ['تاريخ العلوم عند العرب', 'العلوم'],
    Hebrew: ['תולדות המתמטיקה', 'המת'],
    'combining accents': ['Ale\u0300bre de\u0301compose\u0301e', 'décomp'],
    'emoji between words': ['Le 😀 de l’année 👨‍👩‍👧', 'annee'],
    'emoji alone': ['😀😀', '😀'],
    'Chinese, by its beginning': ['数学分析', '数'],
    'letters beyond the basic plane': ['𝔊eometry 𠀋', '𠀋'],
  };
  it.for(Object.entries(odd))(
    'TUI-04 a title with %s is found',
    async ([, [title = '', text = '']], { scene, database }) => {
      await shelve(scene, ...shelf, { title });
      expect(await found(database, text)).toEqual([title]);
    },
  );

  it('TAB-05 a title of three thousand letters is kept and found', async ({ scene, database }) => {
    const title = `Interminable ${'très '.repeat(600)}histoire ${'x'.repeat(300)}`;
    await shelve(scene, { title });
    expect(await found(database, 'interminable histoire')).toEqual([title.trim()]);
    expect(await found(database, 'x'.repeat(80))).toEqual([title.trim()]);
  });

  it('TAB-05 titles that begin with the text first, then the others, each in their order; a barcode before all', async ({
    scene,
    database,
  }) => {
    await shelve(
      scene,
      { title: 'Zoo de Berlin' },
      { title: 'Histoire du zoo', barcode: 'ZOO' },
      { title: 'Éloge du zoo' },
      { title: 'Zoo d’Amiens' },
      { title: 'Un zoo' },
    );
    const expected = ['Histoire du zoo', 'Zoo de Berlin', 'Zoo d’Amiens', 'Éloge du zoo', 'Un zoo'];
    expect(await found(database, 'zoo')).toEqual(expected);
    const pages: string[] = [];
    for (let offset = 0; offset < 6; offset += 1) {
      const { total, lines } = await database.records.read(async ({ catalogue }) =>
        catalogue.searchTitles('zoo', { here: null, window: { offset, limit: 1 } }),
      );
      expect(total).toBe(5);
      pages.push(...lines.map((one) => one.title));
    }
    expect(pages).toEqual(expected);
  });

  it('TAB-05 thousands of matches: an exact total, the same order, any window', async ({ scene, database }) => {
    const all = Array.from({ length: 2500 }, (_, index) => {
      const number = String(index).padStart(4, '0');
      return { barcode: `M${number}`, title: index % 2 === 0 ? `Masse ${number}` : `La masse ${number}` };
    });
    await scene.items(...all, { barcode: 'MASSE', title: 'Petite masse' });
    const window = async (offset: number, limit: number) =>
      database.records.read(async ({ catalogue }) =>
        catalogue.searchTitles('masse', { here: null, window: { offset, limit } }),
      );
    const titles = async (offset: number, limit: number) => (await window(offset, limit)).lines.map((one) => one.title);
    expect((await window(0, 1)).total).toBe(2501);
    expect(await titles(0, 3)).toEqual(['Petite masse', 'Masse 0000', 'Masse 0002']);
    expect(await titles(1249, 4)).toEqual(['Masse 2496', 'Masse 2498', 'La masse 0001', 'La masse 0003']);
    expect(await titles(2499, 10)).toEqual(['La masse 2497', 'La masse 2499']);
    expect(await titles(2501, 10)).toEqual([]);
    // A single letter is a whole word; what begins with it comes first, once.
    expect((await window(0, 1)).total).toBe(2501);
    const letter = await database.records.read(async ({ catalogue }) =>
      catalogue.searchTitles('la', { here: null, window: { offset: 1248, limit: 5 } }),
    );
    expect([letter.total, letter.lines.map((one) => one.title)]).toEqual([1250, ['La masse 2497', 'La masse 2499']]);
  });

  it('TAB-05 only what a library has', async ({ scene, database }) => {
    await shelve(
      scene,
      { title: 'Algèbre', location: 'buc/SALLE' },
      { title: 'Algèbre linéaire', location: 'sci/63S' },
      { title: 'Algèbre', location: 'sci/63S' },
    );
    expect(await found(database, 'alg', 'buc')).toEqual(['Algèbre']);
    expect(await found(database, 'alg', 'sci')).toEqual(['Algèbre', 'Algèbre linéaire']);
    expect(await found(database, 'K2', 'buc')).toEqual([]);
    expect(await found(database, 'al', 'buc')).toEqual(['Algèbre']);
  });

  it('TAB-05 items: one line each, the desk’s own library first, the one of a barcode before all', async ({
    scene,
    database,
  }) => {
    await shelve(
      scene,
      { title: 'Algèbre', location: 'buc/SALLE' },
      { title: 'Algèbre', location: 'sci/63S' },
      { title: 'Algèbre linéaire', location: 'sci/63S' },
      { title: 'Autre chose' },
      { title: 'Algèbre', location: 'med/SALLE' },
    );
    const items = async (text: string, here: string | null, library: string | null = null, offset = 0, limit = 9) => {
      const { total, lines } = await database.records.read(async ({ catalogue }) =>
        catalogue.searchItems(text, { here, library, window: { offset, limit } }),
      );
      return [total, lines.map((one) => one.barcode)];
    };
    expect(await items('alg', 'sci')).toEqual([4, ['K2', 'K3', 'K1', 'K5']]);
    expect(await items('alg', 'sci', null, 1, 2)).toEqual([4, ['K3', 'K1']]);
    expect(await items('alg', null)).toEqual([4, ['K1', 'K2', 'K5', 'K3']]);
    expect(await items('alg', 'sci', 'buc')).toEqual([1, ['K1']]);
    expect(await items('k5', 'sci')).toEqual([1, ['K5']]);
    expect(await items('k5', 'sci', 'buc')).toEqual([0, []]);
  });
});

describe('what titles and books are compared by', () => {
  plainTest('TAB-05 an ISBN in both of its forms, with their own check digits', () => {
    expect(isbnForms('2-07-036822-X')).toEqual(['207036822x', '9782070368228']);
    expect(isbnForms('978-2-07-036822-8 (br.) ; 979-10-90648-48-9')).toEqual([
      '9782070368228',
      '207036822x',
      '9791090648489',
    ]);
    expect(isbnForms('sans')).toEqual([]);
  });

  plainTest('TAB-05 the same text and author are the same title, whatever case, accents and spaces around', () => {
    expect(matchKey(' Été ', 'ŒUVRE')).toBe(matchKey('ete', 'oeuvre'));
    expect(matchKey('a', 'bc')).not.toBe(matchKey('ab', 'c'));
    expect(matchKey('x'.repeat(9000), null).length).toBeLessThan(700);
  });
});
