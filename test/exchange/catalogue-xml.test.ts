import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../source/exchange/xml-pieces.ts';
import { inPieces, marc21, marcXml, xmlRecord } from '../support/marc.ts';
import { entriesIn, said } from './catalogue-reading.ts';

const read = async (file: Buffer | string, size?: number) => entriesIn(file, { format: 'marcxml' }, size);
const titlesIn = async (file: Buffer | string, size?: number) =>
  (await read(file, size)).map((one) => one.record?.title.title ?? null);

const good = xmlRecord(marc21('1', 'Good & <well>'));
const collection = (...records: readonly string[]): string =>
  `<?xml version="1.0"?>\n<collection>\n${records.join('\n')}\n</collection>`;

describe('MARCXML', () => {
  it('is the same however the file arrives', async () => {
    const file = marcXml([marc21('1', 'Été'), marc21('2', '日本 😀'), marc21('3', 'ab')], 'marc:');
    for (const size of [1, 3, 50, 100_000]) expect(await titlesIn(file, size)).toEqual(['Été', '日本 😀', 'ab']);
  });

  it('character references, CDATA, comments and attributes in any order are XML', async () => {
    const record = `<record  ><!-- a comment --><leader>00000nam a2200000 a 4500</leader>
      <controlfield tag='001'>7</controlfield>
      <datafield ind2="0" ind1="1" tag="245"><subfield code="a">&#x4C;es <![CDATA[<R & D>]]> &amp; co</subfield></datafield></record>`;
    expect(await titlesIn(collection(record, good))).toEqual(['Les <R & D> & co', 'Good & <well>']);
  });

  it.each([
    ['a tag that is not closed', good.replace('</subfield>', ''), 'not-well-formed'],
    ['a bare ampersand', good.replace('Good', 'A & B'), 'not-well-formed'],
    ['an entity of its own', good.replace('Good', '&secret;'), 'not-well-formed'],
    ['a control character', good.replace('Good', '\u0001'), 'not-well-formed'],
    ['a tag of four letters', good.replace('"245"', '"2455"'), 'bad-tag'],
    ['a document type inside', good.replace('<leader>', '<!DOCTYPE x><leader>'), 'dtd-refused'],
  ])('REL-06 %s costs that record, with its line; the others are read', async (_, broken, problem) => {
    const file = collection(good, broken, good.replace('Good', 'Last'));
    const entries = await read(file, 40);
    expect(entries.map((one) => one.record?.title.title ?? null)).toEqual(['Good & <well>', null, 'Last & <well>']);
    expect(entries[1]?.problems[0]).toMatchObject({ problem });
    const [begins, ends] = [3 + good.split('\n').length, 3 + 2 * good.split('\n').length];
    expect(entries[1]?.problems[0]?.line).toBeGreaterThanOrEqual(begins);
    expect(entries[1]?.problems[0]?.line).toBeLessThanOrEqual(ends);
  });

  it.each([
    ['an entity bomb', '<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'],
    ['a file of the machine', '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
    ['a document type of another place', '<!DOCTYPE c SYSTEM "http://example.org/marc.dtd">'],
  ])('REL-06 %s refuses the whole file, and nothing of it is read', async (_, declaration) => {
    const file = `<?xml version="1.0"?>\n${declaration}\n<collection>${good.replace('Good', '&x;')}</collection>`;
    const entries = await read(file, 16);
    expect(entries).toMatchObject([{ isFile: true, record: null, problems: [{ problem: 'dtd-refused', line: 2 }] }]);
  });

  it('a record without end is named, and so is one that is too long, in bounded memory', async () => {
    expect(await read(collection(good).replace('</record>\n</collection>', ''))).toMatchObject([
      { record: null, problems: [{ problem: 'not-well-formed' }] },
    ]);
    const long = good.replace('Good', 'x'.repeat(2_500_000));
    const entries = await read(collection(long, good), 50_000);
    expect(entries.map(said)).toEqual([['record-too-long'], []]);
    let most = 0;
    for await (const piece of piecesOf(inPieces(collection(long, good), 50_000), 'utf-8'))
      most = Math.max(most, piece.text.length);
    expect(most).toBeLessThan(2_100_000);
  });

  it('the encoding of the declaration or the byte order mark counts; others are refused', async () => {
    const text = collection(good.replace('Good', 'Été')).replace('1.0"', '1.0" encoding="ISO-8859-1"');
    expect(await titlesIn(Buffer.from(text, 'latin1'))).toEqual(['Été & <well>']);
    const wide = Buffer.from(`\uFEFF${collection(good.replace('Good', 'Été'))}`, 'utf16le');
    expect(await titlesIn(wide, 7)).toEqual(['Été & <well>']);
    const odd = collection(good).replace('1.0"', '1.0" encoding="EBCDIC"');
    expect(await read(odd)).toMatchObject([
      { isFile: true, problems: [{ problem: 'unknown-encoding', found: 'EBCDIC' }] },
    ]);
  });

  it('no text makes the reader throw', async () => {
    const parts = fc.constantFrom(
      '<record>',
      '</record>',
      '<leader>',
      '<marc:record ',
      '&x;',
      '<!--',
      ']]>',
      '<![CDATA[',
      '"',
      '>',
      'x',
      '\u0000',
      'é',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { maxLength: 60 }), fc.integer({ min: 1, max: 30 }), async (some, size) => {
        for (const one of await read(`<${some.join('')}`, size)) expect(one.record).toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});
