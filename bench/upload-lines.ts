// A day of loans and returns without the database, for the measurement of uploads (PERF-07): real items and patrons of the
// data set, both forms and both line ends, one line in a hundred that cannot be applied.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { instantOf } from '../source/circulation/time.ts';
import { writeLine } from '../source/offline/index.ts';
import { cardOf } from './data-set/patrons.ts';
import type { BenchDatabase } from './support/databases.ts';
import { randomFor } from './support/random.ts';
import type { Random } from './support/random.ts';

/** The Friday before the data set's Monday; desks are open from 8 to 18. */
const DAY = '2026-05-29';
const ZONE = 'Europe/Paris';
const OPENS = 8 * 60;
const MINUTES = 10 * 60;
const JUNK_IN = 100;

/** What a day can be made of. */
type Stock = {
  readonly free: readonly string[];
  readonly onLoan: readonly string[];
  readonly patrons: readonly string[];
};

/** Items and patrons of the data set; nothing has happened to the items since the day began. */
async function stockOf({ sql }: BenchDatabase, count: number): Promise<Stock> {
  const start = instantOf(DAY, 0, ZONE);
  const untouched = `not exists (select 1 from events e where e.item_id = i.id and e.at >= ${start})`;
  const free = await sql<{ barcode: string }>(
    `select i.barcode from items i where i.process is null and i.policy is null and i.material = 'BOOK' and ${untouched} order by i.id % 9967, i.id limit ${count}`,
  );
  const onLoan = await sql<{ barcode: string }>(
    `select i.barcode from loans l join items i on i.id = l.item_id
     where l.returned_at is null and l.loaned_at < ${start} and ${untouched} order by l.id % 9967, l.id limit ${count}`,
  );
  const patrons = await sql<{ id: number }>(
    `select p.id from patrons p where p.id > 2 and p.status = 'active' order by p.id % 997, p.id limit 20000`,
  );
  const barcodesOf = (rows: readonly { barcode: string }[]): string[] => rows.map((one) => one.barcode);
  return { free: barcodesOf(free), onLoan: barcodesOf(onLoan), patrons: patrons.map((one) => cardOf(one.id)) };
}

/** Lines that no database can take, one of each kind in turn. */
const JUNK: readonly ((stamp: string, patron: string) => string)[] = [
  () => '%PDF-1.7 �� not a line of ours',
  (stamp) => `${stamp}X37000034179`,
  () => '202602300900R37000034179',
  (stamp, patron) => `${stamp}LNO-SUCH-ITEM ${patron}`,
  (stamp) => `${stamp}RNO-SUCH-ITEM`,
];

const taken = (list: readonly string[], at: number): string => {
  const found = list[at];
  if (found === undefined) throw new Error('the data set has no more items for an upload: use a larger scale');
  return found;
};

/** Lends free items, takes loans back, and takes back some of what the day has lent. */
class Day {
  readonly #stock: Stock;
  readonly #random: Random;
  readonly #lent: string[] = [];
  #nextFree = 0;
  #nextLoan = 0;
  #lines = 0;
  #junk = 0;

  constructor(stock: Stock, random: Random) {
    this.#stock = stock;
    this.#random = random;
  }

  get junk(): number {
    return this.#junk;
  }

  /** The next line, at a minute of the day. */
  line(minutes: number): string {
    const padded = this.#transaction(minutes);
    const [stamp, patron] = [padded.slice(0, 12), this.#random.oneOf(this.#stock.patrons)];
    this.#lines += 1;
    if (this.#lines % JUNK_IN === 0) {
      this.#junk += 1;
      return `${(JUNK[this.#junk % JUNK.length] ?? JUNK[0])?.(stamp, patron) ?? ''}\n`;
    }
    if (this.#random.chance(0.5)) return padded;
    return `${padded.trimEnd().replace(/ +/u, ' ')}\n`;
  }

  #transaction(minutes: number): string {
    const random = this.#random;
    const back = random.chance(0.1) ? this.#lent.shift() : undefined;
    if (back !== undefined) return writeLine({ day: DAY, minutes, action: 'R', item: back, patron: null });
    if (random.chance(0.4) && this.#nextLoan < this.#stock.onLoan.length) {
      const item = taken(this.#stock.onLoan, this.#nextLoan++);
      return writeLine({ day: DAY, minutes, action: 'R', item, patron: null });
    }
    const item = taken(this.#stock.free, this.#nextFree++);
    this.#lent.push(item);
    return writeLine({ day: DAY, minutes, action: 'L', item, patron: random.oneOf(this.#stock.patrons) });
  }
}

/** Writes so many lines to a file; answers with how many of them cannot be applied. */
export async function writeDay(file: string, on: BenchDatabase, count: number): Promise<number> {
  const day = new Day(await stockOf(on, count), randomFor('offline transactions'));
  const stream = createWriteStream(file);
  for (let number = 0; number < count; number += 1) {
    const minutes = OPENS + Math.floor((number * MINUTES) / count);
    if (!stream.write(day.line(minutes))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  return day.junk;
}
