import { stringify } from 'csv-stringify/sync';
import { chmod, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { readOfflineFile } from './dat-file.ts';
import { besideOf, withFile } from './disk.ts';
import type { Transaction } from './line.ts';

/** The words of the readable copy, which are the caller's: heads of the columns, and what a loan and a return are called. */
export type CsvWords = {
  readonly separator: ';' | ',';
  readonly heads: readonly [day: string, time: string, action: string, item: string, patron: string];
  readonly loan: string;
  readonly return: string;
};

/** A readable copy of an offline file, for people and spreadsheets (OFF-02). */
export type ReadableCopy = {
  readonly file: string;
  /** Notes a transaction with which the .dat has `size` bytes, soon; never fails, never makes anybody wait. */
  add(transaction: Transaction, size: number): void;
  /** Waits until what was noted is written, or could not be. */
  settled(): Promise<void>;
};

/** What a spreadsheet takes for the beginning of a formula, also in its wide forms: it gets an apostrophe (REL-06). */
const neutral = (code: string): string => (/^[=+\-@＝＋－＠]/u.test(code) ? `'${code}` : code);

const clockText = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

const rowOf = ({ day, minutes, action, item, patron }: Transaction, words: CsvWords): string[] => [
  day,
  clockText(minutes),
  action === 'L' ? words.loan : words.return,
  neutral(item),
  neutral(patron ?? ''),
];

const csvOf = (rows: string[][], words: CsvWords, isStart: boolean): Buffer =>
  Buffer.from(stringify(rows, { bom: isStart, delimiter: words.separator, record_delimiter: '\r\n' }));

/**
 * Keeps `NAME.csv` beside `NAME.dat`: UTF-8 with its mark, CR LF. It is written after the journal and never stops it: where it
 * is missing, behind or changed, it is made again from the .dat, of which the first `sizeNow` bytes are whole lines.
 */
export function keepCopy(dat: string, sizeNow: number, words: CsvWords): ReadableCopy {
  const file = besideOf(dat, 'csv');
  /** Its length as we left it; undefined: it has to be made again. */
  let length: number | undefined;
  /** So much of the .dat has been acknowledged. */
  let known = sizeNow;
  let waiting: Transaction[] = [];
  let work = Promise.resolve();

  const makeAgain = async (): Promise<void> => {
    waiting = [];
    const size = known;
    const { lines } = readOfflineFile((await readFile(dat)).subarray(0, size));
    const whole = csvOf([[...words.heads], ...lines.map((line) => rowOf(line, words))], words, true);
    const found = await readFile(file).catch(() => undefined);
    if (found === undefined || !whole.equals(found)) {
      const draft = `${file}.new`;
      await rm(draft, { force: true });
      try {
        await writeFile(draft, whole, { mode: 0o600, flag: 'wx' });
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    } else await chmod(file, 0o600);
    length = whole.length;
  };
  const append = async (at: number): Promise<void> => {
    const rows = csvOf(
      waiting.splice(0).map((one) => rowOf(one, words)),
      words,
      false,
    );
    // Whatever goes wrong between here and the end, it has to be made again.
    length = undefined;
    await withFile(file, 'r+', async (handle) => handle.write(rows, 0, rows.length, at));
    length = at + rows.length;
  };
  const write = async (): Promise<void> => {
    try {
      if (length !== undefined && waiting.length === 0) return;
      const size = await stat(file).then(
        (found) => found.size,
        () => undefined,
      );
      await (length === undefined || size !== length ? makeAgain() : append(length));
    } catch {
      // A copy that cannot be written never stops a loan (REL-03): it is made again with the next one.
      length = undefined;
    }
  };
  const soon = (): void => {
    work = work.then(write);
  };
  soon();
  return {
    file,
    add(transaction, size) {
      known = size;
      waiting.push(transaction);
      soon();
    },
    settled: async () => work,
  };
}
