import { describe, expect, it } from 'vitest';
import { readImportMapping } from '../../source/exchange/catalogue/mapping.ts';
import { bytes } from '../support/marc.ts';
import { smallNetwork } from '../support/network.ts';
import { ANYWHERE, entriesIn, mappingOf, said } from './catalogue-reading.ts';

const read = async (file: Buffer | string, mapping = ANYWHERE, size?: number) =>
  entriesIn(file, { format: 'items', mapping }, size);

const FRENCH =
  'Code-barres;Titre;Auteur;ISBN;Éditeur;Année;Localisation;Type de matériel;Exception;Volume;Cote;Note;Note publique;Note interne';
const ENGLISH =
  'barcode,title,author,isbn,publisher,year,location,material,policy,description,call number,fulfilment note,public note,internal note';
const VALUES = [
  'B1',
  'Un titre, long',
  'Dupont',
  '978-2-07-036822-8',
  'Alcan',
  '1913',
  'sci/63S',
  'DVD',
  'EXC',
  't. 1',
  '843 DUP',
  'CD inclus',
  'Fragile',
  'don',
];
const ITEM = {
  title: {
    title: 'Un titre, long',
    author: 'Dupont',
    isbn: '9782070368228',
    publisher: 'Alcan',
    year: '1913',
    controlKey: null,
  },
  items: [
    {
      barcode: 'B1',
      library: 'sci',
      location: 'sci/63S',
      material: 'DVD',
      policy: 'EXC',
      description: 't. 1',
      callNumber: '843 DUP',
      fulfilmentNote: 'CD inclus',
      publicNote: 'Fragile',
      internalNote: 'don',
    },
  ],
};

describe('delimited items', () => {
  it.each([
    ['semicolons, French', `${FRENCH}\n${VALUES.join(';')}\n`],
    ['commas, English, quotes', `${ENGLISH}\r\n${VALUES.map((one) => `"${one}"`).join(',')}\r\n`],
    ['tabs', `${ENGLISH.replaceAll(',', '\t')}\n${VALUES.join('\t')}`],
    ['a byte order mark', `\uFEFF${FRENCH}\n${VALUES.join(';')}`],
  ])('%s', async (_, file) => {
    for (const size of [1, 13, 65_536]) {
      const [entry, ...more] = await read(file, undefined, size);
      expect(more).toEqual([]);
      expect(entry?.record).toMatchObject(ITEM);
      expect(entry && said(entry)).toEqual([]);
    }
  });

  it('UTF-8, Windows-1252 and UTF-16 are told apart by their bytes', async () => {
    const text = 'code-barres;titre;localisation\nB1;L’été à Nîmes;sci/63S\n';
    const title = async (file: Buffer) => (await read(file))[0]?.record?.title.title;
    expect(await title(Buffer.from(text))).toBe('L’été à Nîmes');
    expect(await title(bytes(text.replace('’', '\x92')))).toBe('L’été à Nîmes');
    expect(await title(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe('L’été à Nîmes');
    const [entry] = await read(bytes(text.replace('’', '\x92')));
    expect(entry && said(entry)).toEqual(['mislabelled titre']);
  });

  it('errors are named by line and column, and the other rows are read', async () => {
    const file = [
      'barcode;title;location;isbn',
      'B1;One;sci/63S;',
      ';Two;sci/63S;',
      'B3;;sci/63S;',
      'B4;Four;nowhere;',
      'B5;Five;sci/63S;;too much',
      'B6;Six',
      'B7;"Seven;sci/63S;',
    ].join('\n');
    const entries = await entriesIn(file, { format: 'items' });
    expect(entries.map((one) => one.record?.items[0]?.barcode ?? null)).toEqual([
      'B1',
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(entries.flatMap((one) => one.problems)).toEqual([
      { problem: 'no-barcode', field: 'barcode', line: 3 },
      { problem: 'no-title', field: 'title', line: 4 },
      { problem: 'unknown-location', found: 'nowhere', field: 'location', line: 5 },
      { problem: 'wrong-columns', found: 5, allowed: 4, line: 6 },
      { problem: 'wrong-columns', found: 2, allowed: 4, line: 7 },
      { problem: 'not-delimited', detail: 'CSV_QUOTE_NOT_CLOSED', line: 8 },
    ]);
  });

  it('quoted cells hold delimiters, quotes and line ends; a location code of one library needs no library', async () => {
    const [entry] = await read('barcode;title;location\nB1;"A ""b""; c\nd";63S\n', mappingOf('{}'));
    expect(entry?.record?.title.title).toBe('A "b"; c d');
    expect(entry?.record?.items[0]?.location).toBe('sci/63S');
  });

  it.each([
    ['barcode', 'title;location\nA;sci/63S'],
    ['title', 'barcode;location\nB1;sci/63S'],
  ])('a file without %s is none', async (column, file) => {
    expect(await read(file)).toMatchObject([
      { isFile: true, problems: [{ problem: 'missing-column', found: column }] },
    ]);
  });
});

describe('mapping files', () => {
  it('map codes, give defaults, name columns and fields', async () => {
    const mapping = mappingOf(`
locations: {Magasin: sci/63S, '*': buc/ETE}
materials: {Livre: BOOK}
policies: {Exclu: EXC, Normal: null}
defaults: {location: sci/63S, material: DVD, policy: H2}
columns: {CAB: barcode, Support: material}
`);
    const file =
      'CAB;Titre;Localisation;Support;Exception\nB1;A;magasin;livre;exclu\nB2;B;Cave;;Normal\nB3;C;;Rouleau;\n';
    const items = (await read(file, mapping)).map((one) => one.record?.items[0]);
    expect(items).toMatchObject([
      { location: 'sci/63S', material: 'BOOK', policy: 'EXC' },
      { location: 'buc/ETE', material: 'DVD', policy: null },
      { location: 'sci/63S', material: 'DVD', policy: 'H2' },
    ]);
  });

  it('every error has its path and its line', () => {
    const wrong = readImportMapping(
      'locations:\n  A: nowhere/1\nmaterials:\n  B: SCROLL\ndefaults: {policy: NONE}\n',
      smallNetwork,
    );
    expect(wrong).toMatchObject({
      errors: [
        { problem: 'unknown-code', kind: 'location', path: 'locations.A', line: 2, found: 'nowhere/1' },
        { problem: 'unknown-code', kind: 'material', path: 'materials.B', line: 4, found: 'SCROLL' },
        { problem: 'unknown-code', kind: 'policy', path: 'defaults.policy', line: 5, found: 'NONE' },
      ],
    });
    expect(readImportMapping('places: {}', smallNetwork)).toMatchObject({
      errors: [{ problem: 'unknown-key', path: 'places' }],
    });
    expect(readImportMapping('a: [', smallNetwork)).toMatchObject({ errors: [{ problem: 'not-yaml' }] });
    expect(readImportMapping('', smallNetwork)).toHaveProperty('mapping');
  });
});
