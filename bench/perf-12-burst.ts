// PERF-12: a thousand scans in one chunk: all, in order, how fast.
import type { Measurement, Result } from './result.ts';
import type { BenchDatabase } from './support/databases.ts';
import { atDesk, hasRow } from './support/desk.ts';

const VISIT = 4;
const SCANS = 1000;
/** What limits scans that come in one chunk. */
const LEAST = 50;

type Lent = { readonly barcode: string };

const lentAfter = (event: number): string =>
  `select i.barcode from loans l join items i on i.id = l.item_id where l.id > ${event} order by l.id`;

async function burst(on: BenchDatabase): Promise<{ perSecond: number; inOrder: boolean; lent: number }> {
  const [last] = await on.sql<{ id: number }>('select max(id) as id from loans');
  const visits = Array.from({ length: SCANS / (VISIT + 1) }, () => ({
    card: on.supply.borrower().card,
    items: Array.from({ length: VISIT }, () => on.supply.barcode()),
  }));
  const items = visits.flatMap((one) => one.items);
  const chunk = visits
    .flatMap((one) => [one.card, ...one.items])
    .map((code) => `${code}\r`)
    .join('');
  const milliseconds = await atDesk(on, async ({ terminal }) => {
    const start = performance.now();
    terminal.write(chunk);
    return (await terminal.shown(hasRow(items.at(-1) ?? ''))) - start;
  });
  const lent = await on.sql<Lent>(lentAfter(last?.id ?? 0));
  const inOrder = lent.length === items.length && lent.every((one, index) => one.barcode === items[index]);
  return { perSecond: (SCANS * 1000) / milliseconds, inOrder, lent: lent.length };
}

export const measureBurst: Measurement = async ({ database, databases }) => {
  const results: Result[] = [];
  for (const name of databases) {
    const { perSecond, inOrder, lent } = await burst(await database(name));
    const what = `1,000 scans in one chunk, ${inOrder ? 'all, in order' : `${lent} loans, NOT ALL OR NOT IN ORDER`}`;
    const met = inOrder && perSecond >= LEAST;
    results.push({
      id: 'PERF-12',
      what,
      database: name,
      measured: perSecond,
      unit: 'scans/s',
      target: `all, in order, ≥ ${LEAST}/s`,
      met,
    });
  }
  return results;
};
