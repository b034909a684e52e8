// PERF-02: from the last byte of a scan to its row on the screen, through a pseudo-terminal.
import type { Measurement, Result } from './result.ts';
import { atDesk } from './support/desk.ts';
import type { Desk } from './support/desk.ts';
import { latency } from './support/latency.ts';
import type { Supply } from './support/supply.ts';

const VISIT = 5;
/** The first visits find a program that has not been used yet. */
const WARM_UP = 4;

async function visits(desk: Desk, supply: Supply, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let visit = 0; visit < count + WARM_UP; visit += 1) {
    await desk.card(supply.borrower());
    for (let item = 0; item < VISIT; item += 1) {
      const time = await desk.scan(supply.barcode());
      if (visit >= WARM_UP) times.push(time);
    }
  }
  return times;
}

export const measureScan: Measurement = async ({ databases, database, quick }) => {
  const results: Result[] = [];
  for (const name of databases) {
    const on = await database(name);
    const times = await atDesk(on, async (desk) => visits(desk, on.supply, quick ? 10 : 60));
    results.push(latency({ id: 'PERF-02', what: 'scan to row', database: name }, times));
  }
  return results;
};
