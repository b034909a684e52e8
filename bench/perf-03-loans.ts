// PERF-03: loans per second at action level, all rules on, against the floor; what a loan and a return take.
import { openHouse } from '../source/desk/house.ts';
import { lend } from '../source/desk/lend.ts';
import type { Perform } from '../source/desk/perform.ts';
import { returnItem } from '../source/desk/return-item.ts';
import { NOW } from './data-set/scale.ts';
import { openFloor } from './floor.ts';
import type { Floor } from './floor.ts';
import type { Measurement, Result } from './result.ts';
import { operator } from './support/seat.ts';
import { median, timed } from './support/statistics.ts';
import type { BenchDatabase } from './support/databases.ts';
import type { Supply } from './support/supply.ts';

/** A patron with this many books at a time. */
const VISIT = 5;

export const lendOne = async (perform: Perform, patron: number, barcode: string): Promise<void> => {
  const outcome = await perform(operator, lend, { patron, barcode });
  if (outcome.kind !== 'lent') throw new Error(`${barcode} was to be lent: ${JSON.stringify(outcome)}`);
};

const giveBack = async (perform: Perform, barcode: string): Promise<void> => {
  const outcome = await perform(operator, returnItem, { barcode });
  if (outcome.kind !== 'returned') throw new Error(`${barcode} was to be returned: ${JSON.stringify(outcome)}`);
};

/** So many loans, a few to each patron, that have not been made yet. */
function visits(supply: Supply, count: number): { patron: number; barcode: string }[] {
  return Array.from({ length: Math.ceil(count / VISIT) }, () => supply.borrower().id).flatMap((patron) =>
    Array.from({ length: VISIT }, () => ({ patron, barcode: supply.barcode() })),
  );
}

type Times = {
  readonly floor: number[];
  readonly loans: number[];
  readonly returns: number[];
  readonly loansPerSecond: number[];
  readonly floorPerSecond: number[];
};

/** Floor and ours turn by turn, so that what else the machine does meets both. */
async function inTurns(supply: Supply, floor: Floor, perform: Perform, rounds: number, count: number): Promise<Times> {
  const times: Times = { floor: [], loans: [], returns: [], loansPerSecond: [], floorPerSecond: [] };
  for (let round = 0; round < rounds; round += 1) {
    const ours = visits(supply, count);
    const theirs = visits(supply, count);
    const before = performance.now();
    for (const { patron, barcode } of theirs) times.floor.push(await timed(async () => floor.loan(patron, barcode)));
    const between = performance.now();
    for (const { patron, barcode } of ours)
      times.loans.push(await timed(async () => lendOne(perform, patron, barcode)));
    const after = performance.now();
    for (const { barcode } of ours) times.returns.push(await timed(async () => giveBack(perform, barcode)));
    if (round === 0) continue;
    times.floorPerSecond.push((theirs.length * 1000) / (between - before));
    times.loansPerSecond.push((ours.length * 1000) / (after - between));
  }
  return times;
}

function resultsOf({ name }: BenchDatabase, times: Times): Result[] {
  const id = 'PERF-03';
  const measured = median(times.loansPerSecond);
  const floor = median(times.floorPerSecond);
  const ratio = measured / floor;
  const loan = median(times.loans);
  const back = median(times.returns);
  const asked = name === 'PostgreSQL';
  return [
    {
      id,
      what: 'loans, action level',
      database: name,
      measured,
      unit: '/s',
      floor,
      ratio,
      target: '≥ floor ÷ 3',
      met: ratio >= 1 / 3,
    },
    {
      id,
      what: 'a loan, median',
      database: name,
      measured: loan,
      unit: 'ms',
      floor: median(times.floor),
      ratio: loan / median(times.floor),
      target: asked ? '≤ 4 ms' : '',
      met: asked ? loan <= 4 : null,
    },
    {
      id,
      what: 'a return, median',
      database: name,
      measured: back,
      unit: 'ms',
      target: asked ? '≤ 3 ms' : '',
      met: asked ? back <= 3 : null,
    },
  ];
}

export const measureLoans: Measurement = async ({ databases, database, quick }) => {
  const results: Result[] = [];
  for (const name of databases) {
    const on = await database(name);
    const house = openHouse(on.url);
    const floor = await openFloor(on);
    try {
      const perform = house.at(() => NOW);
      results.push(...resultsOf(on, await inTurns(on.supply, floor, perform, quick ? 3 : 10, quick ? 50 : 150)));
    } finally {
      await floor.close();
      await house.close();
    }
  }
  return results;
};
