import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framesOf } from '../../source/exchange/catalogue/frames.ts';
import { readIso2709 } from '../../source/exchange/catalogue/iso2709.ts';
import type { MarcReading } from '../../source/exchange/catalogue/iso2709.ts';
import type { LocalProblem } from '../../source/exchange/catalogue/problems.ts';
import { firstOf } from '../../source/exchange/catalogue/record.ts';
import type { ReadRecord } from '../../source/exchange/catalogue/record.ts';
import { bytes, inPieces, iso2709, LEADER, marc21, unimarc } from '../support/marc.ts';

const MARC21: MarcReading = { flavour: 'marc21', wants: () => true };

/** Every record of a file, read in pieces of so many bytes. */
async function readAll(file: Buffer, size?: number, reading = MARC21): Promise<ReadRecord[]> {
  const all: ReadRecord[] = [];
  for await (const one of readIso2709(inPieces(file, size), reading)) all.push(one);
  return all;
}

const titleOf = ({ record }: ReadRecord): string | undefined =>
  firstOf(
    record?.fields.find((one) => one.tag === '245'),
    'a',
  );
const codes = ({ problems }: ReadRecord): string[] => problems.map((one: LocalProblem) => one.problem);

const first = iso2709(marc21('A1', 'First title', ['100', '1 ', 'aAuthor, An']));
const second = iso2709(marc21('B2', 'Second title'));
const third = iso2709(marc21('C3', 'Third title'));

/** A file with some bytes of a record written over. */
function over(record: Buffer, at: number, text: string): Buffer {
  const copy = Buffer.from(record);
  copy.write(text, at, 'latin1');
  return copy;
}

describe('ISO 2709', () => {
  it('records, control numbers and places are the same however the file arrives', async () => {
    const file = Buffer.concat([first, second, third]);
    const whole = await readAll(file);
    expect(whole.map((one) => one.control)).toEqual(['A1', 'B2', 'C3']);
    expect(whole.map(titleOf)).toEqual(['First title', 'Second title', 'Third title']);
    expect(whole.flatMap(codes)).toEqual([]);
    expect(whole.at(-1)?.bytes).toBe(file.length);
    for (const size of [1, 7, 64, 1000]) expect(await readAll(file, size)).toEqual(whole);
    const [field] = whole[1]?.record?.fields ?? [];
    expect(file.toString('latin1', field?.spot.at, (field?.spot.at ?? 0) + 2)).toBe('B2');
  });

  it('line ends, spaces and zeros between records mean nothing', async () => {
    const file = Buffer.concat([
      Buffer.from('\uFEFF\r\n'),
      first,
      Buffer.from('\r\n'),
      second,
      Buffer.from(' \0\n'),
      third,
      Buffer.of(0x1a),
    ]);
    const read = await readAll(file, 10);
    expect(read.map(titleOf)).toEqual(['First title', 'Second title', 'Third title']);
    expect(read.flatMap(codes)).toEqual([]);
  });

  it.each([
    ['a length that is too short', over(first, 0, '00050')],
    ['a length that is too long', over(first, 0, '00999')],
    ['a length that is none', over(first, 0, 'abcde')],
    [
      'a length that points to the end of the next record',
      over(first, 0, String(first.length + second.length).padStart(5, '0')),
    ],
  ])('%s is put right by the record terminator, and said', async (_, damaged) => {
    const read = await readAll(Buffer.concat([damaged, second, third]), 100);
    expect(read.map(titleOf)).toEqual(['First title', 'Second title', 'Third title']);
    expect(read.map(codes)).toEqual([['wrong-length'], [], []]);
    expect(read[0]?.problems[0]).toMatchObject({ actual: first.length, at: 0 });
  });

  it('a record that has lost its terminator ends where the next one begins', async () => {
    const read = await readAll(Buffer.concat([first.subarray(0, -1), second, third]), 50);
    expect(read.map(titleOf)).toEqual(['First title', 'Second title', 'Third title']);
    expect(read.map(codes)).toEqual([['no-terminator'], [], []]);
  });

  it('a stray terminator inside of a record does not cut it', async () => {
    const odd = iso2709(marc21('A1', 'First \u001D title'));
    const read = await readAll(Buffer.concat([odd, second]));
    expect(read.map(titleOf)).toEqual(['First \u001D title', 'Second title']);
  });

  it('a file that breaks off: the last record is named, those before are read', async () => {
    const read = await readAll(Buffer.concat([first, second.subarray(0, 60)]), 16);
    expect(read.map(titleOf)).toEqual(['First title', undefined]);
    expect(read[1]?.problems).toEqual([{ problem: 'truncated', found: 60, at: first.length }]);
  });

  it('what is longer than any record is passed over in bounded memory', async () => {
    const endless = Buffer.concat([Buffer.from('00100nam a22'), Buffer.alloc(3_000_000, 'x')]);
    let most = 0;
    const frames = [];
    for await (const frame of framesOf(inPieces(Buffer.concat([first, endless, Buffer.of(0x1d), second]), 5000))) {
      most = Math.max(most, frame.bytes.buffer.byteLength);
      frames.push(frame);
    }
    expect(frames.map((one) => one.fault)).toEqual([undefined, 'record-too-long', undefined]);
    expect(most).toBeLessThan(400_000);
    const read = await readAll(Buffer.concat([first, endless, Buffer.of(0x1d), second]), 5000);
    expect(read.map(titleOf)).toEqual(['First title', undefined, 'Second title']);
  });

  it('a record of 99,999 bytes is read', async () => {
    const room = 99_999 - iso2709(marc21('A1', 'Long', ['500', '  ', 'a'])).length;
    const long = iso2709({
      fields: [
        ['001', 'A1'],
        ['245', '00', 'aLong'],
        ...Array.from({ length: 11 }, (): ['500', string, string] => [
          '500',
          '  ',
          `a${'n'.repeat(Math.floor((room - 170) / 11))}`,
        ]),
      ],
    });
    expect(long.length).toBeGreaterThan(99_000);
    expect(long.length).toBeLessThan(100_000);
    expect((await readAll(Buffer.concat([long, second]), 4096)).map(titleOf)).toEqual(['Long', 'Second title']);
  });
});

describe('directories', () => {
  it('lengths and places that a change of encoding has made wrong are found anew', async () => {
    const record = iso2709(marc21('A1', 'Po\xE9sies r\xE9unies', ['500', '  ', 'a\xC9t\xE9']), bytes);
    const text = record.toString('latin1');
    const [head = '', ...data] = text.split('\u001E');
    const recoded = Buffer.concat([Buffer.from(`${head}\u001E`, 'latin1'), Buffer.from(data.join('\u001E'), 'utf8')]);
    const [read] = await readAll(Buffer.concat([recoded, second]));
    expect(read && titleOf(read)).toBe('Poésies réunies');
    expect(read && codes(read)).toEqual(['wrong-length', 'directory-repaired']);
  });

  it.each([
    ['a base address that is wrong', over(first, 12, '00099'), 'wrong-base-address', true],
    [
      'a directory of the wrong length',
      Buffer.concat([first.subarray(0, 24), Buffer.from('12'), first.subarray(24)]),
      'bad-directory',
      false,
    ],
    ['a tag that is none', over(first, 24, '0 1'), 'bad-tag', false],
    ['a leader with bytes that no leader has', over(first, 6, '\u0001'), 'bad-leader', false],
    [
      'a directory without an end',
      Buffer.from(`00040${LEADER.slice(5)}001000500000\u001D`, 'latin1'),
      'bad-directory',
      false,
    ],
    [
      'an entry that points outside',
      Buffer.concat([over(first, 31, '99999').subarray(0, -1), Buffer.from('more\u001E\u001D')]),
      'bad-directory',
      false,
    ],
  ])('%s: named, and the next record is read', async (_, damaged, problem, isRead) => {
    const read = await readAll(Buffer.concat([damaged, second]));
    expect(codes(read[0] as ReadRecord)).toContain(problem);
    expect(read[0]?.record !== null).toBe(isRead);
    expect(read[0]?.problems.every((one) => one.at !== undefined)).toBe(true);
    expect(titleOf(read[1] as ReadRecord)).toBe('Second title');
  });

  it('fields without indicators, text before a subfield and subfields without code are named with their place', async () => {
    const file = iso2709({
      fields: [
        ['001', 'A1'],
        ['245', '', 'aTitle'],
        ['100', '1 stray', 'aName'],
        ['500', '  ', 'aNote', ''],
      ],
    });
    const [read] = await readAll(file);
    expect(read?.problems).toEqual([
      { problem: 'no-indicators', field: '245', at: file.indexOf('\u001FaTitle') },
      { problem: 'text-before-subfield', field: '100', at: file.indexOf('1 stray') },
      { problem: 'no-subfield-code', field: '500', at: file.indexOf('Note') + 4 },
    ]);
    expect(read && titleOf(read)).toBe('Title');
  });

  it('an unreadable character is named with its field and its byte', async () => {
    const file = iso2709(
      {
        leader: LEADER.replace(' a22', '  22'),
        fields: [
          ['001', 'A1'],
          ['245', '00', 'aCaf\xE2e \xFF'],
        ],
      },
      bytes,
    );
    const [read] = await readAll(Buffer.concat([file]));
    expect(read?.problems).toEqual([
      { problem: 'unknown-character', found: 'FF', field: '245$a', at: file.indexOf(0xff) },
    ]);
  });

  it('UNIMARC says its sets in 100: UTF-8 there is no surprise', async () => {
    const [read] = await readAll(iso2709(unimarc('A1', 'Éléments')), undefined, { ...MARC21, flavour: 'unimarc' });
    expect(read?.problems).toEqual([]);
  });
});

describe('any bytes', () => {
  const separator = fc.constantFrom(0x1d, 0x1e, 0x1f, 0x1b, 0x20, 0x30, 0x39);
  const noise = fc.array(fc.oneof(separator, fc.integer({ min: 0, max: 255 })), { maxLength: 400 });

  it('the reader never throws, and never loses its place in the file', async () => {
    await fc.assert(
      fc.asyncProperty(noise, fc.integer({ min: 1, max: 50 }), async (some, size) => {
        let last = 0;
        for await (const frame of framesOf(inPieces(Buffer.from(some), size))) {
          expect(frame.at).toBeGreaterThanOrEqual(last);
          last = frame.at;
        }
        for (const one of await readAll(Buffer.from(some), size)) expect(one.bytes).toBeLessThanOrEqual(some.length);
      }),
      { numRuns: 300 },
    );
  });

  it('damage to one record never costs more than that record and its neighbour', async () => {
    const records = Array.from({ length: 5 }, (_, at) => iso2709(marc21(`R${at}`, `Title ${at}`)));
    const hurt = records[2] ?? Buffer.alloc(0);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(hurt.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
        async (changes) => {
          const damaged = Buffer.from(hurt);
          for (const [at, byte] of changes) damaged[at] = byte;
          const read = await readAll(Buffer.concat([...records.slice(0, 2), damaged, ...records.slice(3)]), 64);
          const controls = read.map((one) => one.control);
          expect(controls.slice(0, 2)).toEqual(['R0', 'R1']);
          expect(controls.at(-1)).toBe('R4');
        },
      ),
      { numRuns: 300 },
    );
  });
});
