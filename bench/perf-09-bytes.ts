// PERF-09: bytes that go to the terminal, as over a slow line.
import type { Measurement } from './result.ts';
import { atDesk } from './support/desk.ts';
import type { Desk } from './support/desk.ts';
import { median } from './support/statistics.ts';
import type { Supply } from './support/supply.ts';

/** Long enough for everything that a key or scan changes to be drawn. */
const SETTLED_MS = 150;

async function bytesOf({ terminal }: Desk, work: () => Promise<unknown>): Promise<number> {
  const before = terminal.bytes();
  await work();
  await terminal.calm(SETTLED_MS);
  return terminal.bytes() - before;
}

/** Each character by itself, as a person types. */
async function typed(desk: Desk, text: string): Promise<number[]> {
  const counts: number[] = [];
  for (const character of text) {
    counts.push(
      await bytesOf(desk, async () => {
        desk.terminal.write(character);
        // Typing is told from scanning by a pause.
        await new Promise((resolve) => {
          setTimeout(resolve, SETTLED_MS);
        });
      }),
    );
  }
  return counts;
}

async function scans(desk: Desk, supply: Supply, count: number): Promise<number[]> {
  const counts: number[] = [];
  for (let item = 0; item < count; item += 1) {
    const barcode = supply.barcode();
    counts.push(await bytesOf(desk, async () => desk.scan(barcode)));
  }
  return counts;
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

export const measureBytes: Measurement = async ({ database, databases }) => {
  const [name] = databases;
  if (name === undefined) return [];
  const on = await database(name);
  return atDesk(on, async (desk) => {
    const searched = await typed(desk, 'martin');
    await desk.card(on.supply.borrower());
    const scanned = await scans(desk, on.supply, 20);
    const inField = await typed(desk, '370000341790');
    const id = 'PERF-09';
    const perScan = mean(scanned);
    const perCharacter = median(inField);
    return [
      {
        id,
        what: 'a scan, mean of 20 in one session',
        measured: perScan,
        unit: 'B',
        target: '≤ 1,500 B',
        met: perScan <= 1500,
      },
      { id, what: 'the largest of them', measured: Math.max(...scanned), unit: 'B', target: '', met: null },
      { id, what: 'a typed character', measured: perCharacter, unit: 'B', target: '≤ 120 B', met: perCharacter <= 120 },
      {
        id,
        what: 'a letter of a name, with the list it finds',
        measured: mean(searched),
        unit: 'B',
        target: '',
        met: null,
      },
    ];
  });
};
