// PERF-06: a night that has 30,000 letters to write, and a desk that lends meanwhile.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { addDays, instantOf } from '../source/circulation/time.ts';
import { NOTICE_KINDS } from '../source/circulation/letters.ts';
import type { Measurement, Result } from './result.ts';
import type { BenchDatabase } from './support/databases.ts';
import { atDesk } from './support/desk.ts';
import type { Desk } from './support/desk.ts';
import { percentile } from './support/statistics.ts';

/** What the night did, in how many seconds for each job, with how many MB at the most. */
export type NightDone = {
  readonly counters: Readonly<Record<string, number>>;
  readonly seconds: Readonly<Record<string, number>>;
  readonly memory: number;
};

/** Friday: the courtesy notices for Monday, on which more falls due than on any other day. */
const DAY = '2026-06-12';
const ZONE = 'Europe/Paris';
const VISIT = 5;
const WARM_UP = 4;

/** One visit: a card, then some items. Answers with the milliseconds of each scan. */
async function visit(desk: Desk, { supply }: BenchDatabase): Promise<number[]> {
  const times: number[] = [];
  await desk.card(supply.borrower());
  for (let item = 0; item < VISIT; item += 1) times.push(await desk.scan(supply.barcode()));
  return times;
}

/** Visits until something has ended; without that, some. */
async function visits(desk: Desk, on: BenchDatabase, goOn: (count: number) => boolean): Promise<number[]> {
  const times: number[] = [];
  for (let count = 0; goOn(count); count += 1) times.push(...(await visit(desk, on)));
  return times;
}

/** Runs the night in a process of its own. */
async function night({ url }: BenchDatabase): Promise<NightDone> {
  const worker = fileURLToPath(new URL('support/night-worker.ts', import.meta.url));
  const now = instantOf(addDays(DAY, 1), 30, ZONE);
  const child = spawn(process.execPath, ['--no-warnings', worker, url, DAY, String(now)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the night has failed: ${code}`);
  return JSON.parse(text) as NightDone;
}

async function measureOn(on: BenchDatabase, quick: boolean, say: (line: string) => void): Promise<Result[]> {
  const { name: database } = on;
  const { own, meanwhile, done, seconds } = await atDesk(on, async (desk) => {
    await visits(desk, on, (count) => count < WARM_UP);
    const alone = await visits(desk, on, (count) => count < (quick ? 10 : 40));
    const start = performance.now();
    let isOver = false;
    const running = night(on).finally(() => {
      isOver = true;
    });
    const during = await visits(desk, on, () => !isOver);
    const finished = await running;
    return { own: alone, meanwhile: during, done: finished, seconds: (performance.now() - start) / 1000 };
  });
  const letters = NOTICE_KINDS.reduce((sum, kind) => sum + (done.counters[kind] ?? 0), 0);
  say(`  ${database}: ${JSON.stringify(done.counters)}`);
  say(`  ${JSON.stringify(done.seconds)}`);
  const [p95, alone] = [percentile(meanwhile, 95), percentile(own, 95)];
  const ratio = p95 / alone;
  const id = 'PERF-06';
  return [
    {
      id,
      what: `a night of ${letters} letters`,
      database,
      measured: seconds,
      unit: 's',
      target: '≤ 180 s',
      met: seconds <= 180,
    },
    { id, what: 'its memory', database, measured: done.memory, unit: 'MB', target: '< 300 MB', met: done.memory < 300 },
    {
      id,
      what: `a desk meanwhile, p95 of ${meanwhile.length} scans`,
      database,
      measured: p95,
      median: percentile(meanwhile, 50),
      unit: 'ms',
      floor: alone,
      ratio,
      target: '≤ 3 × alone',
      met: ratio <= 3,
    },
  ];
}

export const measureNight: Measurement = async ({ databases, database, quick, say }) => {
  const results: Result[] = [];
  for (const name of databases) results.push(...(await measureOn(await database(name), quick, say)));
  return results;
};
