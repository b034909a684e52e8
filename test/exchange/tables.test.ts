import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { safeText } from '../../source/exchange/tables/cells.ts';
import { exportTable, tableFileName } from '../../source/exchange/tables/index.ts';
import type { Cell, Table, TableColumn, TableOptions } from '../../source/exchange/tables/index.ts';
import { MOST_SHEET_ROWS } from '../../source/exchange/tables/xlsx.ts';
import { LANGUAGES, wordsIn } from '../../source/language/index.ts';
import { local } from '../support/house.ts';
import { sheetIn } from '../support/workbook.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'guichet-tables-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const columns: readonly TableColumn[] = [
  { head: 'Titre', type: 'text' },
  { head: 'À rendre le', type: 'instant' },
  { head: 'Jour', type: 'day' },
  { head: 'Jours', type: 'number' },
];
const due = local('2026-06-22T19:00');
const table = (...rows: Cell[][]): Table => ({ name: 'Prêts', columns, rows });
const french: TableOptions = { timeZone: 'Europe/Paris', separator: ';' };
const at = (name: string): string => path.join(folder, name);

const readSheet = async (name: string) => sheetIn(await readFile(at(name)));
const readCsv = async (name: string, delimiter = ';'): Promise<string[][]> =>
  parse(await readFile(at(name)), { bom: true, delimiter, recordDelimiter: '\r\n' });

describe('REL-06: texts in a file', () => {
  test('joiners and non-joiners belong to words; what turns a text, or moves a terminal, is seen', () => {
    for (const word of ['می\u200Cخواهم', 'क्\u200Dष', '👩\u200D🔬']) expect(safeText(word)).toBe(word);
    expect(safeText('a\u202Eb\u2066c\u200Fd\u2028e\u001B')).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\u241B');
  });
});

describe('TUI-09: a spreadsheet', () => {
  test('has texts, real dates and real numbers; the heads are a row of their own', async () => {
    const outcome = await exportTable(
      table(['Algèbre linéaire', due, '2026-06-01', -4], ['', null, null, null]),
      at('a.xlsx'),
      french,
    );
    expect(outcome).toEqual({ kind: 'written', file: at('a.xlsx'), form: 'xlsx', rows: 2 });
    const { cells, names } = await readSheet('a.xlsx');
    expect(names).toEqual(['Prêts']);
    const plain = { format: '', bold: false, formula: false };
    expect(['A1', 'B1', 'C1', 'D1'].map((one) => cells.get(one))).toEqual(
      columns.map(({ head }) => ({ ...plain, type: 'text', text: head, bold: true })),
    );
    expect(cells.get('A2')).toEqual({ ...plain, type: 'text', text: 'Algèbre linéaire' });
    // 46195 is 22 June 2026 as spreadsheets count days; 19:00 is local, whatever the machine's zone.
    expect(cells.get('B2')).toMatchObject({ type: 'number', format: 'yyyy-mm-dd hh:mm' });
    expect(Number(cells.get('B2')?.text)).toBeCloseTo(46_195 + 19 / 24, 8);
    expect(cells.get('C2')).toEqual({ ...plain, type: 'number', format: 'yyyy-mm-dd', text: '46174' });
    expect(cells.get('D2')).toEqual({ ...plain, type: 'number', text: '-4' });
    expect([...cells.keys()].filter((one) => one.endsWith('3'))).toEqual([]);
  });

  test('has columns as wide as what they hold; its heads stay in sight, and filter the rows', async () => {
    const long = { head: 'Réservations en attente', type: 'number' } as const;
    const row = ['a', due, '2026-06-01', 1, 2];
    await exportTable({ name: 'Prêts', columns: [...columns, long], rows: [row, row] }, at('a.xlsx'), french);
    const { widths, frozen, filter } = await readSheet('a.xlsx');
    expect({ widths, frozen, filter }).toEqual({ widths: [24, 17, 12, 10, 26], frozen: 1, filter: 'A1:E3' });
  });

  test('a text that is the name of something in JavaScript is a text all the same', async () => {
    const names = [...Object.getOwnPropertyNames(Object.prototype), 'length', '0', '007'];
    await exportTable(table(...names.map((one) => [one, null, null, null])), at('n.xlsx'), french);
    const { cells } = await readSheet('n.xlsx');
    expect(names.map((_, index) => cells.get(`A${index + 2}`)?.text)).toEqual(names);
  });

  test('REL-06 a cell that begins like a formula is a text; control characters are shown; XML is data', async () => {
    const hostile = [
      '=1+1',
      '+A1',
      '-2',
      '@SUM(A1)',
      '\t=1',
      '<c><f>1</f></c>&amp;"\'',
      '\u001B[2J\u0000\u0008',
      '_x0041_',
      'a\uD800b\uFFFF\uFDD0\u{10FFFE}c\uFFFD',
      ' x\n',
    ];
    await exportTable(table(...hostile.map((one) => [one, null, null, null])), at('h.xlsx'), french);
    const { cells } = await readSheet('h.xlsx');
    const texts = hostile.map((_, index) => cells.get(`A${index + 2}`));
    expect(texts.every((one) => one?.type === 'text' && !one.formula)).toBe(true);
    expect(texts.map((one) => one?.text)).toEqual([
      '=1+1',
      '+A1',
      '-2',
      '@SUM(A1)',
      '␉=1',
      '<c><f>1</f></c>&amp;"\'',
      '␛[2J␀␈',
      '_x0041_',
      'a�b���c�',
      ' x␊',
    ]);
  });

  test('a text that is longer than a cell takes is cut; the name of a sheet has what it may have', async () => {
    await exportTable(
      { ...table(['x'.repeat(40_000), null, null, null]), name: `[a]:*?/\\'<&>${'y'.repeat(40)}` },
      at('l.xlsx'),
      french,
    );
    const { cells, names } = await readSheet('l.xlsx');
    expect(cells.get('A2')?.text).toHaveLength(32_767);
    expect(names[0]).toMatch(/^a {2,}<&>y+$/);
    expect(names[0]?.length).toBeLessThanOrEqual(31);
  });

  test('REL-06 whatever stands in the cells, the file is sound and says it', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
        await exportTable(table(...texts.map((one) => [one, null, null, null])), at('f.xlsx'), {
          ...french,
          replace: true,
        });
        const { cells } = await readSheet('f.xlsx');
        const read = texts.map((_, index) => cells.get(`A${index + 2}`)?.text ?? '');
        expect(read).toEqual(texts.map(safeText));
      }),
      { numRuns: 60 },
    );
  });
});

describe('TUI-09: CSV', () => {
  const rows: Cell[][] = [
    ['Algèbre; "linéaire", t. 1\nsuite', due, '2026-06-01', -4],
    ['été', null, null, null],
  ];

  test('opens in a French Excel as it is: UTF-8 with its mark, semicolons, CR LF; dates as every spreadsheet reads them', async () => {
    expect(await exportTable(table(...rows), at('a.csv'), french)).toMatchObject({
      kind: 'written',
      form: 'csv',
      rows: 2,
    });
    const bytes = await readFile(at('a.csv'));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(await readCsv('a.csv')).toEqual([
      ['Titre', 'À rendre le', 'Jour', 'Jours'],
      ['Algèbre; "linéaire", t. 1␊suite', '2026-06-22 19:00', '2026-06-01', '-4'],
      ['été', '', '', ''],
    ]);
  });

  test('in English it has commas', async () => {
    await exportTable(table(...rows), at('a.csv'), { ...french, separator: ',' });
    expect((await readCsv('a.csv', ','))[1]?.[0]).toBe('Algèbre; "linéaire", t. 1␊suite');
  });

  test.each(['=1+1', '+1', '-1', '@A1', '\t=1', '\r=1', '\n=1', '＝1+1', '＋1', '－1', '＠A'])(
    'REL-06 %j is no formula: it gets an apostrophe, also in a head',
    async (text) => {
      const heads = columns.map((column, index) => (index === 0 ? { ...column, head: text } : column));
      await exportTable({ ...table([text, null, null, -1]), columns: heads }, at('a.csv'), french);
      const [head, row] = await readCsv('a.csv');
      expect([head?.[0]?.[0], row?.[0]?.[0], row?.[3]]).toEqual(["'", "'", '-1']);
      expect(head?.[0]).not.toMatch(/[\t\r\n]/);
    },
  );
});

describe('REL-06: files', () => {
  test('one that exists is not replaced without saying so; replaced, it is whole', async () => {
    await writeFile(at('a.csv'), 'mine');
    expect(await exportTable(table(), at('a.csv'), french)).toEqual({
      kind: 'failed',
      because: 'exists',
      file: at('a.csv'),
    });
    expect(await readFile(at('a.csv'), 'utf8')).toBe('mine');
    expect(await exportTable(table(), at('a.csv'), { ...french, replace: true })).toMatchObject({
      kind: 'written',
      rows: 0,
    });
    expect(await readCsv('a.csv')).toHaveLength(1);
  });

  test('one that appears while it is written is not replaced either', async () => {
    async function* rows(): AsyncGenerator<Cell[]> {
      await writeFile(at('a.csv'), 'theirs');
      yield ['x'];
    }
    expect(await exportTable({ name: 't', columns, rows: rows() }, at('a.csv'), french)).toMatchObject({
      because: 'exists',
    });
    expect(await readFile(at('a.csv'), 'utf8')).toBe('theirs');
    expect(await readdir(folder)).toEqual(['a.csv']);
  });

  test('REL-07 is its owner’s alone', async () => {
    await exportTable(table(), at('a.xlsx'), french);
    expect((await stat(at('a.xlsx'))).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['of another form', 'a.ods', 'unknown-form'],
    ['in a folder that is not there', 'no/a.csv', 'no-folder'],
    ['that is a folder', 'folder.csv', 'not-a-file'],
  ])('a file %s is an answer', async (_, name, because) => {
    await mkdir(at('folder.csv'));
    expect(await exportTable(table(), at(name), { ...french, replace: true })).toEqual({
      kind: 'failed',
      because,
      file: at(name),
    });
    expect(await readdir(folder)).toEqual(['folder.csv']);
  });

  test('a link to nowhere is not followed', async () => {
    await symlink(at('elsewhere'), at('link.csv'));
    expect(await exportTable(table(), at('link.csv'), french)).toMatchObject({ because: 'exists' });
    expect(await readdir(folder)).toEqual(['link.csv']);
  });

  test('rows that cannot be read leave nothing behind, and are told', async () => {
    async function* rows(): AsyncGenerator<Cell[]> {
      yield ['x'];
      await Promise.reject(new Error('database away'));
    }
    for (const name of ['a.csv', 'a.xlsx']) {
      await expect(exportTable({ name: 't', columns, rows: rows() }, at(name), french)).rejects.toThrow(
        'database away',
      );
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test('TUI-10 can be given up, and says how far it is', async () => {
    const givingUp = new AbortController();
    const seen: number[] = [];
    function* rows(): Generator<Cell[]> {
      for (let number = 0; number < 5000; number += 1) yield [`row ${number}`];
    }
    const progress = (done: number): void => {
      seen.push(done);
      if (done === 2000) givingUp.abort();
    };
    const endless = { name: 't', columns, rows: rows() };
    const { signal } = givingUp;
    expect(await exportTable(endless, at('a.csv'), { ...french, signal, progress })).toEqual({ kind: 'cancelled' });
    expect(seen).toEqual([1000, 2000]);
    expect(await readdir(folder)).toEqual([]);
  });

  test('TUI-10 a workbook can be given up too, even after its last row', async () => {
    for (const last of [2000, 2500]) {
      const givingUp = new AbortController();
      const { signal } = givingUp;
      function* rows(): Generator<Cell[]> {
        for (let number = 1; number <= 2500; number += 1) yield [`row ${number}`];
        if (last === 2500) givingUp.abort();
      }
      const progress = (done: number): void => void (done === last && givingUp.abort());
      const given = { name: 't', columns, rows: rows() };
      expect(await exportTable(given, at('a.xlsx'), { ...french, signal, progress })).toEqual({ kind: 'cancelled' });
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test('more rows than a workbook takes are an answer: none is read where their number is known, and CSV takes them', async () => {
    let read = 0;
    function* rows(): Generator<Cell[]> {
      for (let number = 0; number < MOST_SHEET_ROWS + 2; number += 1) {
        read += 1;
        yield [];
      }
    }
    const long = (total?: number): Table => ({ name: 't', columns: [], rows: rows(), total });
    const refused = { kind: 'failed', because: 'too-many-rows', file: at('a.xlsx') };
    expect(await exportTable(long(MOST_SHEET_ROWS + 1), at('a.xlsx'), french)).toEqual(refused);
    expect(read).toBe(0);
    expect(await exportTable(long(), at('a.xlsx'), french)).toEqual(refused);
    expect(read).toBe(MOST_SHEET_ROWS + 1);
    expect(await readdir(folder)).toEqual([]);
    const csv = await exportTable(long(MOST_SHEET_ROWS + 2), at('a.csv'), french);
    expect(csv).toMatchObject({ kind: 'written', rows: MOST_SHEET_ROWS + 2 });
  });

  test.each(LANGUAGES)(
    'in %s too many rows are refused with the number that is allowed, and .csv instead',
    (language) => {
      const sentence = wordsIn(language).lists.fileProblem['too-many-rows']('a.xlsx');
      expect(sentence.replaceAll(/(?<=\d)[,\s](?=\d)/gu, '')).toContain(` ${MOST_SHEET_ROWS} `);
      expect(sentence).toMatch(/\.csv/);
    },
  );

  test('REL-06 names from data never become paths', () => {
    expect(tableFileName('Prêts en retard', '2026-06-01', 'xlsx')).toBe('Prêts-en-retard-2026-06-01.xlsx');
    expect(tableFileName('../../etc/passwd', '2026-06-01', 'csv')).toBe('etc-passwd-2026-06-01.csv');
    expect(tableFileName('..\u0000\u202E/~', '2026-06-01', 'csv')).toBe('guichet-2026-06-01.csv');
    const longest = tableFileName('é'.repeat(500), '2026-06-01', 'csv');
    expect(Buffer.byteLength(longest)).toBeLessThan(255);
  });
});
