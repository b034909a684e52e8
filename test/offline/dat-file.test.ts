import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineKey } from '../../source/circulation/offline.ts';
import { addDays } from '../../source/circulation/time.ts';
import { hasUnusable, MOST_ITEM, MOST_PATRON, usableCode } from '../../source/offline/codes.ts';
import { readOfflineChunks, readOfflineFile } from '../../source/offline/dat-file.ts';
import type { OfflineFile } from '../../source/offline/dat-file.ts';
import { BAD_LINE_REASONS, writeLine } from '../../source/offline/line.ts';
import type { Transaction } from '../../source/offline/line.ts';

const SHORT = '201805091348L37000034179 9921000000164';
const padded = (item: string): string => item.padEnd(80);
const PADDED = `201805091348L${padded('37000034179')}9921000000164`;
const LOAN: Transaction = {
  day: '2018-05-09',
  minutes: 13 * 60 + 48,
  action: 'L',
  item: '37000034179',
  patron: '9921000000164',
};

const read = (text: string): OfflineFile => readOfflineFile(Buffer.from(text));
/** What one line says, or why it says nothing. */
const said = (line: string): unknown => {
  const { lines, bad } = read(`${line}\r\n`);
  const [one] = lines;
  if (one === undefined) return bad.map(({ why }) => why).join();
  return [one.action, one.item, one.patron];
};
/** Numbers of good and bad lines. */
const numbers = ({ lines, bad }: OfflineFile) => ({
  good: lines.map(({ number }) => number),
  bad: bad.map(({ number, why }) => `${number} ${why}`),
});

const codes = (most: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: most }),
      fc.string({ unit: fc.constantFrom('0', '9', 'A', 'é', ' ', '-'), minLength: 1, maxLength: most }),
    )
    .map((text) => usableCode(text, most))
    .filter((code) => code !== null);
const transactions: fc.Arbitrary<Transaction> = fc
  .record({
    day: fc.integer({ min: -25_000, max: 100_000 }).map((count) => addDays('1970-01-01', count)),
    minutes: fc.integer({ min: 0, max: 1439 }),
    item: codes(MOST_ITEM),
    patron: fc.option(codes(MOST_PATRON)),
  })
  .map((one) => ({ ...one, action: one.patron === null ? 'R' : 'L' }));

describe('the lines of an offline file', () => {
  it("OFF-02 reads the manual's line, Alma's padded form, returns padded or not", () => {
    expect(read(`${SHORT}\n`).lines).toEqual([{ number: 1, ...LOAN, raw: SHORT }]);
    expect(read(`${PADDED}\r\n`).lines).toEqual([{ number: 1, ...LOAN, raw: PADDED }]);
    expect(said('201805091348R37000034179')).toEqual(['R', '37000034179', null]);
    expect(said(`201805091348R${padded('37000034179')}`)).toEqual(['R', '37000034179', null]);
  });

  it('OFF-02 writes the padded form with CR LF: barcode in columns 14 to 93, patron from 94', () => {
    const line = writeLine(LOAN);
    expect(line).toBe(`${PADDED}\r\n`);
    expect([line.slice(13, 24), line.slice(93)]).toEqual(['37000034179', '9921000000164\r\n']);
    expect(writeLine({ ...LOAN, action: 'R', patron: null })).toBe(`201805091348R${padded('37000034179')}\r\n`);
  });

  it('OFF-02 reads back whatever it writes', () => {
    fc.assert(
      fc.property(fc.array(transactions, { maxLength: 20 }), (made) => {
        const { lines, bad, blank, unfinished } = read(made.map(writeLine).join(''));
        expect(lines).toMatchObject(made);
        expect(lines.length).toBe(made.length);
        expect([bad, blank, unfinished]).toEqual([[], 0, null]);
      }),
      { numRuns: 500 },
    );
  });

  it('OFF-06 one key for short and padded, capitals and small letters; another for another minute, action, item or patron', () => {
    const [short, long] = read(`${SHORT}\n${PADDED}\n`).lines.map(lineKey);
    expect(short).toBe('201805091348 L 37000034179\t9921000000164');
    expect(long).toBe(short);
    expect(lineKey({ ...LOAN, item: ' ab1 ', patron: 'x' })).toBe(lineKey({ ...LOAN, item: 'AB1', patron: 'X ' }));
    const others: Transaction[] = [
      LOAN,
      { ...LOAN, minutes: 0 },
      { ...LOAN, action: 'R', patron: null },
      { ...LOAN, patron: '1' },
      { ...LOAN, item: 'A', patron: 'B C' },
      { ...LOAN, item: 'A B', patron: 'C' },
    ];
    expect(new Set(others.map(lineKey)).size).toBe(others.length);
  });

  it.each([
    ['a barcode with spaces, padded', `201805091348L${padded('BU 12 34')}P1`, ['L', 'BU 12 34', 'P1']],
    ['a return with spaces, padded', `201805091348R${padded('BU 12 34')}`, ['R', 'BU 12 34', null]],
    ['a barcode of 80 characters', `201805091348L${'7'.repeat(80)}P1`, ['L', '7'.repeat(80), 'P1']],
    ['a return with a patron after the columns', `201805091348R${padded('A1')}P1`, ['R', 'A1', null]],
    ['small letters', '201805091348l37 99', ['L', '37', '99']],
    ['a space at the end', `${SHORT} `, ['L', LOAN.item, LOAN.patron]],
    ['spaces at the beginning', `  ${SHORT}`, ['L', LOAN.item, LOAN.patron]],
    ['the short form with more spaces', '201805091348L37    99', ['L', '37', '99']],
    ['29 February of a leap year', '202402290000R37', ['R', '37', null]],
    ['the last minute of a day', '202412312359R37', ['R', '37', null]],
    ['29 February of another year', '202302290000R37', 'date'],
    ['30 February', '202402301000L37 99', 'date'],
    ['month 13', '202413011000L37 99', 'date'],
    ['month 0', '202400011000L37 99', 'date'],
    ['hour 25', '202401012500L37 99', 'date'],
    ['hour 24', '202401012400L37 99', 'date'],
    ['minute 60', '202401011060L37 99', 'date'],
    ['year 201', '020101011000L37 99', 'date'],
    ['an unknown letter', '201805091348X37000034179 99', 'letter'],
    ['no letter', '201805091348', 'letter'],
    ['no date', 'L37000034179 99', 'unreadable'],
    ['words', 'Bonjour', 'unreadable'],
    ['a loan without anything', '201805091348L', 'no-item'],
    ['a loan without a barcode, padded', `201805091348L${padded('')}P1`, 'no-item'],
    ['a return without a barcode', '201805091348R', 'no-item'],
    ['a return without a barcode, padded', `201805091348R${padded('')}`, 'no-item'],
    ['a loan without a patron', '201805091348L37000034179', 'no-patron'],
    ['a loan without a patron, padded', `201805091348L${padded('37000034179')}`, 'no-patron'],
    ['a loan of three words', '201805091348L37 00 99', 'ambiguous'],
    ['a short return of two words', '201805091348R37 99', 'ambiguous'],
    ['a barcode of 81 characters', `201805091348R${'7'.repeat(81)}`, 'too-long'],
    ['a patron of 256 characters', `201805091348L${padded('37')}${'9'.repeat(256)}`, 'too-long'],
    ['a NUL inside', '201805091348L37\u00001 99', 'characters'],
    ['a tab inside', '201805091348L37\t99', 'characters'],
    ['an escape sequence', `201805091348L${padded('37')}\u001B[2J`, 'characters'],
    ['a mark that turns text', '201805091348R37\u202E11', 'characters'],
  ])('OFF-07 %s', (_, line, expected) => {
    expect(said(line)).toEqual(expected);
  });
});

describe('offline files as they come', () => {
  it.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('OFF-07 line ends %s, blank lines between: good ones are used, bad ones told with their numbers', (_, end) => {
    const file = read([SHORT, '', 'junk', '   ', PADDED, '201802301348R1', ''].join(end));
    expect(numbers(file)).toEqual({ good: [1, 5], bad: ['3 unreadable', '6 date'] });
    expect([file.blank, file.unfinished]).toEqual([2, null]);
  });

  it('OFF-07 line ends of all kinds in one file', () => {
    expect(numbers(read(`${SHORT}\r${SHORT}\n${SHORT}\r\n\r\n${SHORT}\n\r\njunk\r`))).toEqual({
      good: [1, 2, 3, 5],
      bad: ['7 unreadable'],
    });
  });

  it('OFF-07 UTF-8 with its mark, UTF-16 of both kinds with and without, Latin-1', () => {
    const text = `${SHORT}\r\n201805091348Lé1 ÀB\r\n`;
    const wide = Buffer.from(text, 'utf16le');
    const files = {
      'utf-8': Buffer.from(text),
      'utf-8 with its mark': Buffer.from(`\uFEFF${text}`),
      'utf-16le': Buffer.from(`\uFEFF${text}`, 'utf16le'),
      'utf-16be': Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
      'utf-16le without': wide,
      'utf-16be without': Buffer.from(wide).swap16(),
      'latin-1': Buffer.from(text, 'latin1'),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const { lines, bad } = readOfflineFile(bytes);
      expect([name, bad, lines.map(({ item, patron }) => `${item} ${patron}`)]).toEqual([
        name,
        [],
        ['37000034179 9921000000164', 'é1 ÀB'],
      ]);
    }
  });

  it('OFF-07 two files made one (a mark in the middle, ^Z at the end)', () => {
    expect(numbers(read(`\uFEFF${SHORT}\r\n\uFEFF${SHORT}\r\n\u001A`))).toEqual({ good: [1, 2], bad: [] });
  });

  it('OFF-07 NUL bytes of a power cut: a line of nothing else is told, what stands after them is used', () => {
    expect(numbers(read(`${SHORT}\r\n${'\0'.repeat(9000)}${SHORT}\r\n\0\0\0\r\n`))).toEqual({
      good: [1, 2],
      bad: ['3 unreadable'],
    });
    expect(numbers(read(`${SHORT}\r\n${'\0'.repeat(9000)}`))).toEqual({ good: [1], bad: ['2 unreadable'] });
    expect(numbers(read(`${SHORT}\0\0\n`))).toEqual({ good: [1], bad: [] });
  });

  it('OFF-07 a last line that is cut: used and marked where it reads as a whole one, else told', () => {
    expect(read(`${SHORT}\r\n${SHORT}`)).toMatchObject({ unfinished: 2, lines: [{ number: 1 }, { number: 2 }] });
    for (const cut of ['2018', '201805091348', '201805091348L', '201805091348L370', '201805091348LBU 12   '])
      expect(numbers(read(`${SHORT}\r\n${cut}`))).toMatchObject({ good: [1], bad: [expect.stringMatching(/^2 /)] });
    expect(read(`${SHORT}\r\n`).unfinished).toBeNull();
  });

  it('OFF-07 megabytes of junk without a line end: one bad line, cut at 500 characters, the next is used', () => {
    const junk = Buffer.alloc(5_000_000, 'x');
    const { lines, bad } = readOfflineFile(Buffer.concat([junk, Buffer.from(`\n${SHORT}\n`)]));
    expect(bad).toEqual([{ number: 1, raw: 'x'.repeat(500), why: 'unreadable' }]);
    expect(lines.map(({ number }) => number)).toEqual([2]);
    expect(said(`${SHORT}${'9'.repeat(5000)}`)).toBe('too-long');
  });

  it('OFF-07 a million lines of junk in pieces: all told, the good ones between them used, in bounded memory', async () => {
    function* pieces(): Generator<Uint8Array> {
      const thousand = Buffer.from(`${'junk '.repeat(20)}\n`.repeat(999) + `${SHORT}\n`);
      for (let made = 0; made < 1010; made += 1) yield thousand;
    }
    const { gc } = globalThis;
    gc?.();
    const before = process.memoryUsage().rss;
    const { lines, bad, moreBad } = await readOfflineChunks(pieces());
    expect([lines.length, bad.length, moreBad]).toEqual([1010, 1_000_000, 1010 * 999 - 1_000_000]);
    expect([lines.at(-1)?.number, bad.at(-1)?.number]).toEqual([1_010_000, 1_001_001]);
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  it('OFF-07 any bytes: never an error, every line told once, the same in pieces as whole', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(
          fc.constantFrom(SHORT, PADDED, '\r', '\n', '\r\n', '\0', '\uFEFF', '201805', ' ', 'é', 'L', '\u001A', '2'),
        )
        .map((parts) => Uint8Array.from(Buffer.from(parts.join('')))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 7 }), async (whole, size) => {
        const file = readOfflineFile(whole);
        const told = [...file.lines, ...file.bad].map(({ number }) => number);
        expect(new Set(told).size).toBe(told.length);
        expect(Math.max(0, ...told)).toBeLessThanOrEqual(told.length + file.blank);
        for (const { why } of file.bad) expect(BAD_LINE_REASONS).toContain(why);
        for (const { item, patron } of file.lines) expect([item, patron ?? ''].some(hasUnusable)).toBe(false);
        const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
          whole.slice(at * size, (at + 1) * size),
        );
        expect(await readOfflineChunks(pieces)).toEqual(file);
      }),
      { numRuns: 1000 },
    );
  });
});
