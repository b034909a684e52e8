import fc from 'fast-check';
import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineKey, offlineStamp } from '../../source/circulation/offline.ts';
import { instantOf } from '../../source/circulation/time.ts';
import { openDeskJournal, openJournal, readOfflineFile } from '../../source/offline/index.ts';
import type { RecordRequest } from '../../source/offline/index.ts';
import { CSV_WORDS } from '../support/journal-words.ts';
import { briefly, linesOf, makeFolder, openTestJournal } from '../support/journal.ts';

const ZONE = 'Europe/Paris';
const MINUTE = 60_000;
const at = (day: string, hours: number, minutes = 0): number => instantOf(day, hours * 60 + minutes, ZONE);
const loan = (item: string, patron = 'P1'): RecordRequest => ({ kind: 'loan', patron, item });
const back = (item: string): RecordRequest => ({ kind: 'return', item });

let folder: string;
let file: string;
let remove: () => Promise<void>;
let now: number;
const clock = (): number => now;

beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  file = path.join(folder, 'offline', 'MED-PRET.dat');
  now = at('2026-06-22', 10);
});
afterEach(async () => remove());

describe('what a journal writes', () => {
  it('OFF-01 OFF-02 loans and returns in the padded form, in their order, with what was counted', async () => {
    const journal = await openTestJournal({ file, clock });
    await journal.record(loan(' B1 '));
    now += MINUTE;
    await journal.record(back('B2'));
    expect(await linesOf(file)).toEqual([`202606221000L${'B1'.padEnd(80)}P1`, `202606221001R${'B2'.padEnd(80)}`]);
    expect(journal.counts()).toEqual({ loans: 1, returns: 1 });
    expect(journal.recent(1)).toEqual([
      { day: '2026-06-22', minutes: 601, action: 'R', item: 'B2', patron: null, clockWentBack: false },
    ]);
    await journal.close();
    const again = await openTestJournal({ file, clock });
    expect(again.counts()).toEqual({ loans: 1, returns: 1 });
    expect(again.recent(10).map(({ item }) => item)).toEqual(['B1', 'B2']);
    expect(again.recent(0)).toEqual([]);
    await again.close();
  });

  it('OFF-01 calls that overlap are done in order; a closed journal takes nothing', async () => {
    const journal = await openTestJournal({ file, clock });
    const items = Array.from({ length: 50 }, (_, one) => `B${one}`);
    const closed = Promise.all([...items.map(async (item) => journal.record(back(item))), journal.close()]);
    expect(briefly(await journal.record(back('late')))).toBe('gone');
    await closed;
    await journal.close();
    expect(readOfflineFile(await readFile(file)).lines.map(({ item }) => item)).toEqual(items);
  });

  it('REL-06 files are for this user alone, in a folder that is made', async () => {
    const journal = await openTestJournal({ file, clock });
    await journal.record(loan('B1'));
    await journal.close();
    const mode = async (one: string): Promise<string> => ((await stat(one)).mode % 0o1000).toString(8);
    expect(await Promise.all([path.dirname(file), file, journal.csv].map(mode))).toEqual(['700', '600', '600']);
    expect((await readdir(path.dirname(file))).toSorted()).toEqual(['MED-PRET.csv', 'MED-PRET.dat']);
  });

  it.each([
    ['empty', loan('  '), 'unusable item'],
    ['without a patron', loan('B1', ''), 'unusable patron'],
    ['a barcode of 81 characters', back('7'.repeat(81)), 'unusable item'],
    ['a patron of 256 characters', loan('B1', '9'.repeat(256)), 'unusable patron'],
    ['two scans made one', back('B1\rB2'), 'unusable item'],
    ['an escape sequence', loan('\u001B[2J'), 'unusable item'],
    ['half a character', loan('B1', '\uD800'), 'unusable patron'],
  ])('OFF-07 what cannot be read again is refused and not written: %s', async (_, request, expected) => {
    const journal = await openTestJournal({ file, clock });
    expect(briefly(await journal.record(request))).toBe(expected);
    await journal.close();
    expect(await readFile(file, 'utf8')).toBe('');
  });

  it('OFF-01 a clock that shows no year of four digits is a problem, not a wrong line', async () => {
    const journal = await openTestJournal({ file, clock });
    for (now of [8.64e15, Number.NaN, -1e14]) expect(briefly(await journal.record(back('B1')))).toBe('failed');
    now = at('2026-06-22', 10);
    expect(briefly(await journal.record(back('B1')))).toBe('recorded');
    await journal.close();
    expect(await linesOf(file)).toHaveLength(1);
  });
});

describe('the times of a journal', () => {
  const stamps = async (): Promise<string[]> => (await linesOf(file)).map((line) => line.slice(0, 12));

  it('OFF-05 a clock set back: the time of the line before, and the entry says so', async () => {
    const journal = await openTestJournal({ file, clock });
    const wentBack: boolean[] = [];
    for (const minutes of [0, -10, -9, -1, 1]) {
      now = at('2026-06-22', 10, 0) + minutes * MINUTE;
      const recorded = await journal.record(back(`B${minutes}`));
      wentBack.push(recorded.kind === 'recorded' && recorded.entry.clockWentBack);
    }
    await journal.close();
    expect(await stamps()).toEqual(['202606221000', '202606221000', '202606221000', '202606221000', '202606221001']);
    expect(wentBack).toEqual([false, true, true, false, false]);
  });

  it('OFF-05 a clock set back while the program was closed', async () => {
    const first = await openTestJournal({ file, clock });
    await first.record(back('B1'));
    await first.close();
    now = at('2026-01-01', 8);
    const journal = await openTestJournal({ file, clock });
    expect(await journal.record(back('B2'))).toMatchObject({
      entry: { day: '2026-06-22', minutes: 600, clockWentBack: true },
    });
    await journal.close();
  });

  it('OFF-05 the end of summer time: the file does not go back, and no clock is blamed', async () => {
    const journal = await openTestJournal({ file, clock });
    // 02:50, 02:59 (summer), 02:00 and 02:59 (winter), 03:00
    const start = at('2026-10-25', 1, 50) + 60 * MINUTE;
    const entries = [];
    for (const minutes of [0, 9, 10, 69, 70]) {
      now = start + minutes * MINUTE;
      entries.push(await journal.record(back(`B${minutes}`)));
    }
    await journal.close();
    expect(await stamps()).toEqual(['202610250250', '202610250259', '202610250259', '202610250259', '202610250300']);
    for (const entry of entries) expect(entry).toMatchObject({ entry: { clockWentBack: false } });
  });

  it('OFF-05 the beginning of summer time', async () => {
    const journal = await openTestJournal({ file, clock });
    now = at('2026-03-29', 1, 59);
    await journal.record(back('B1'));
    now += MINUTE;
    await journal.record(back('B2'));
    await journal.close();
    expect(await stamps()).toEqual(['202603290159', '202603290300']);
  });

  it("OFF-03 the minute of a scan in hand, and the machine's zone where the network's is not known", async () => {
    const journal = await openTestJournal({ file, clock });
    await journal.record({ ...back('B1'), at: now - 5 * MINUTE });
    expect(await journal.record({ ...back('B2'), at: now - 9 * MINUTE })).toMatchObject({
      entry: { minutes: 595, clockWentBack: false },
    });
    await journal.close();
    const strange = await openTestJournal({ file: path.join(folder, 'X.dat'), clock, timeZone: 'Mars/Olympus' });
    expect(briefly(await strange.record(back('B1')))).toBe('recorded');
    await strange.close();
  });

  it('OFF-06 lent, returned and lent again within a minute: the third has a key of its own; a scan repeated has not', async () => {
    const journal = await openTestJournal({ file, clock });
    for (const request of [loan('B1'), back('B1'), loan('b1'), loan('B1'), back('B2'), back('B2')])
      await journal.record(request);
    await journal.close();
    const { lines } = readOfflineFile(await readFile(file));
    expect(lines.map(({ minutes, action }) => `${minutes} ${action}`)).toEqual([
      '600 L',
      '600 R',
      '601 L',
      '601 L',
      '601 R',
      '601 R',
    ]);
    expect(new Set(lines.map(lineKey)).size).toBe(4);
    now = at('2026-06-22', 23, 59);
    const midnight = await openTestJournal({ file, clock });
    for (const request of [back('B1'), loan('B1'), back('B1')]) await midnight.record(request);
    expect(midnight.recent(1)).toMatchObject([{ day: '2026-06-23', minutes: 0 }]);
    await midnight.close();
  });

  it('OFF-01 OFF-06 whatever is recorded whenever: the file has it in order, times never go back, no change of an item is a duplicate', async () => {
    const step = fc.record({
      item: fc.constantFrom('A', 'B', 'a'),
      patron: fc.constantFrom('1', '2', null),
      minutes: fc.integer({ min: -3, max: 3 }),
      reopen: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await rm(path.dirname(file), { recursive: true, force: true });
        now = at('2026-10-25', 2, 58);
        let journal = await openTestJournal({ file, clock });
        for (const { item, patron, minutes, reopen } of steps) {
          now += minutes * MINUTE;
          await journal.record(patron === null ? back(item) : loan(item, patron));
          if (!reopen) continue;
          await journal.close();
          journal = await openTestJournal({ file, clock });
        }
        await journal.close();
        const { lines } = readOfflineFile(await readFile(file));
        expect(lines.map(({ item, patron }) => [item, patron])).toEqual(
          steps.map(({ item, patron }) => [item, patron]),
        );
        const times = lines.map(({ day, minutes }) => offlineStamp(day, minutes));
        expect(times).toEqual(times.toSorted());
        const seen = new Set<string>();
        const last = new Map<string, string>();
        for (const line of lines) {
          const item = line.item.toUpperCase();
          if (seen.has(lineKey(line))) expect(last.get(item)).toBe(lineKey(line));
          seen.add(lineKey(line));
          last.set(item, lineKey(line));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a journal whose file is touched by others', () => {
  it('REL-01 half a line of a killed writer is moved aside and becomes no wrong line', async () => {
    const journal = await openTestJournal({ file, clock });
    await journal.record(loan('B1'));
    await journal.close();
    await appendFile(file, '202606221000L370');
    const again = await openTestJournal({ file, clock });
    expect(again.torn).toBe('202606221000L370');
    await again.record(loan('B2'));
    await again.close();
    expect(readOfflineFile(await readFile(file))).toMatchObject({ lines: [{ item: 'B1' }, { item: 'B2' }], bad: [] });
    expect(await linesOf(path.join(path.dirname(file), 'MED-PRET.torn'))).toEqual(['202606221000L370']);
  });

  it.each([
    ['deleted', async () => rm(file)],
    ['moved', async () => rename(file, `${file}.old`)],
    [
      'replaced',
      async () => {
        await writeFile(`${file}.new`, '');
        await rename(`${file}.new`, file);
      },
    ],
    ['written by somebody else', async () => appendFile(file, 'x\r\n')],
    ['taken over (the lock is gone)', async () => rm(`${file}.lock`)],
  ])('REL-01 REL-03 a file that was %s is gone: nothing is acknowledged, another can be opened', async (_, happen) => {
    const journal = await openTestJournal({ file, clock });
    await journal.record(loan('B1'));
    await happen();
    expect(briefly(await journal.record(loan('B2')))).toBe('gone');
    await journal.close();
    const other = await openTestJournal({ file, clock });
    expect(briefly(await other.record(loan('B3')))).toBe('recorded');
    await other.close();
    expect(await readFile(file, 'utf8')).not.toContain('B2');
  });

  it('REL-03 a folder in the place of the file, a file in the place of the folder: a problem', async () => {
    await mkdir(file, { recursive: true });
    const options = { timeZone: ZONE, clock, csv: CSV_WORDS };
    expect(await openJournal({ ...options, file })).toMatchObject({ kind: 'problem', problem: 'failed' });
    expect((await readdir(path.dirname(file))).length).toBe(1);
    await writeFile(path.join(folder, 'plain'), '');
    expect(await openJournal({ ...options, file: path.join(folder, 'plain', 'X.dat') })).toMatchObject({
      problem: 'failed',
    });
  });

  it('OFF-07 a file that an editor saved as UTF-16 is left alone: the next name is used', async () => {
    await mkdir(path.dirname(file));
    const wide = Buffer.from('\uFEFF202606221000R1\r\n', 'utf16le');
    await writeFile(file, wide);
    const opened = await openDeskJournal({
      folders: [path.dirname(file)],
      name: 'MED-PRET',
      timeZone: ZONE,
      clock,
      csv: CSV_WORDS,
    });
    if (opened.kind === 'problem') expect.unreachable(opened.detail);
    expect(path.basename(opened.journal.file)).toBe('MED-PRET-2.dat');
    await opened.journal.close();
    expect((await readFile(file)).equals(wide)).toBe(true);
  });

  it('REL-06 the name of a desk never becomes a path', async () => {
    for (const [name, expected] of [
      ['../../etc/LIB', '_.._etc_LIB.dat'],
      ['MED-PRÊT', 'MED-PRÊT.dat'],
      ['..', 'OffCirc.dat'],
      ['', 'OffCirc.dat'],
      ['a\0/b', 'a__b.dat'],
    ] as const) {
      const opened = await openDeskJournal({ folders: [folder], name, timeZone: ZONE, clock, csv: CSV_WORDS });
      if (opened.kind === 'problem') expect.unreachable(opened.detail);
      expect(opened.journal.file).toBe(path.join(folder, expected));
      await opened.journal.close();
    }
  });
});

describe('the readable copy', () => {
  const csv = async (): Promise<string> => readFile(file.replace('.dat', '.csv'), 'utf8');
  const WHOLE =
    '\uFEFFJour;Heure;Transaction;Exemplaire;Lecteur\r\n' +
    '2026-06-22;10:00;Prêt;B1;P1\r\n' +
    "2026-06-22;10:00;Retour;'=1+1;\r\n" +
    '2026-06-22;10:00;Prêt;"a;""b""";\'@x\r\n';

  async function fill(): Promise<void> {
    const journal = await openTestJournal({ file, clock });
    await journal.record(loan('B1'));
    await journal.record(back('=1+1'));
    await journal.record(loan('a;"b"', '@x'));
    await journal.close();
  }

  it('OFF-02 REL-06 has the same transactions, for Excel, with formulas neutralised', async () => {
    await fill();
    expect(await csv()).toBe(WHOLE);
  });

  it.each([
    ['missing', async (name: string) => rm(name)],
    ['behind', async (name: string) => writeFile(name, WHOLE.slice(0, 90))],
    ['changed', async (name: string) => writeFile(name, 'x')],
  ])('OFF-02 is made again from the .dat where it is %s', async (_, happen) => {
    await fill();
    await happen(file.replace('.dat', '.csv'));
    await (await openTestJournal({ file, clock })).close();
    expect(await csv()).toBe(WHOLE);
  });

  it('OFF-02 deleted in the middle, it is whole again with the next transaction', async () => {
    const journal = await openTestJournal({ file, clock });
    await journal.record(loan('B1'));
    await journal.record(back('=1+1'));
    await rm(journal.csv, { force: true });
    await journal.record(loan('a;"b"', '@x'));
    await journal.close();
    expect(await csv()).toBe(WHOLE);
  });

  it('REL-03 where it cannot be written, no loan is stopped', async () => {
    await mkdir(path.join(file.replace('.dat', '.csv'), 'x'), { recursive: true });
    await fill();
    expect(await linesOf(file)).toHaveLength(3);
    expect((await readdir(path.dirname(file))).toSorted()).toEqual(['MED-PRET.csv', 'MED-PRET.dat']);
  });
});
