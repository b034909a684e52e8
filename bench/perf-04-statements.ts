// PERF-04: statements per scan are the same whoever stands there; a patron with a thousand loans opens as one with none.
import { openHouse } from '../source/desk/house.ts';
import { lend } from '../source/desk/lend.ts';
import { endSession, meaningOfScan, openPatron } from '../source/desk/patrons.ts';
import type { Perform } from '../source/desk/perform.ts';
import { returnItem } from '../source/desk/return-item.ts';
import { BUSY_PATRON, IDLE_PATRON, NOW } from './data-set/scale.ts';
import type { Measurement, Result } from './result.ts';
import type { BenchDatabase } from './support/databases.ts';
import { operator } from './support/seat.ts';
import { countStatements } from './support/statements.ts';
import { median, timed } from './support/statistics.ts';

type Counts = { readonly scan: number[]; readonly giveBack: number[]; readonly card: number[] };

/** Statements of a scan at the desk: what it means, then the loan. Items that a limit blocks are passed over. */
async function scan(
  perform: Perform,
  patron: number,
  { supply }: BenchDatabase,
): Promise<{ count: number; barcode: string }> {
  for (;;) {
    const barcode = supply.barcode();
    let kind = '';
    const count = await countStatements(async () => {
      await perform(operator, meaningOfScan, { code: barcode });
      kind = (await perform(operator, lend, { patron, barcode })).kind;
    });
    if (kind === 'lent') return { count, barcode };
  }
}

/** The same scans for a patron with a thousand loans, one with none, and others. */
async function counted(perform: Perform, on: BenchDatabase): Promise<Counts> {
  const counts: Counts = { scan: [], giveBack: [], card: [] };
  const others = Array.from({ length: 5 }, () => on.supply.borrower().id);
  for (const patron of [BUSY_PATRON, IDLE_PATRON, ...others]) {
    for (let item = 0; item < 4; item += 1) {
      const { count, barcode } = await scan(perform, patron, on);
      counts.scan.push(count);
      counts.giveBack.push(await countStatements(async () => perform(operator, returnItem, { barcode })));
    }
    counts.card.push(
      await countStatements(async () => {
        await perform(operator, openPatron, { patron });
        await perform(operator, endSession, { patron, loans: [], because: 'next-patron' });
      }),
    );
  }
  return counts;
}

async function openings(perform: Perform, rounds: number): Promise<{ busy: number; idle: number }> {
  const busy: number[] = [];
  const idle: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    busy.push(await timed(async () => perform(operator, openPatron, { patron: BUSY_PATRON })));
    idle.push(await timed(async () => perform(operator, openPatron, { patron: IDLE_PATRON })));
  }
  return { busy: median(busy), idle: median(idle) };
}

export const measureStatements: Measurement = async ({ databases, database, quick }) => {
  const results: Result[] = [];
  for (const name of databases) {
    const on = await database(name);
    const house = openHouse(on.url);
    try {
      const perform = house.at(() => NOW);
      const line = (what: string, counts: readonly number[]): Result => {
        const [least, most] = [Math.min(...counts), Math.max(...counts)];
        const met = least === most;
        return {
          id: 'PERF-04',
          what: `${what}${met ? '' : ` (${least} at least)`}`,
          database: name,
          measured: most,
          unit: 'statements',
          target: 'constant',
          met,
        };
      };
      const counts = await counted(perform, on);
      const { busy, idle } = await openings(perform, quick ? 50 : 400);
      const ratio = busy / idle;
      results.push(
        line('a loan’s scan', counts.scan),
        line('a return’s scan', counts.giveBack),
        line('a card’s scan', counts.card),
        {
          id: 'PERF-04',
          what: 'opening a patron with 1,000 loans',
          database: name,
          measured: busy,
          unit: 'ms',
          floor: idle,
          ratio,
          target: '≤ 1.5 × one with none',
          met: ratio <= 1.5,
        },
      );
    } finally {
      await house.close();
    }
  }
  return results;
};
