// PERF-07: a day of a network without its database, 100,000 lines with 1 % junk, by `guichet upload`: lines per second against
// the floor, the same file again, and the memory that it takes at most.
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { openFloor } from './floor.ts';
import { runCommand } from './import-command.ts';
import type { Measurement, Result } from './result.ts';
import type { BenchDatabase } from './support/databases.ts';
import { makeHome } from './support/home.ts';
import type { Home } from './support/home.ts';
import { writeDay } from './upload-lines.ts';

const LINES = 100_000;

/** Loans per second with the raw driver, each in a durable transaction of its own. */
async function floorOf(on: BenchDatabase, loans: number): Promise<number> {
  const floor = await openFloor(on);
  try {
    const work = Array.from({ length: loans }, () => [on.supply.borrower().id, on.supply.barcode()] as const);
    const start = performance.now();
    for (const [patron, barcode] of work) await floor.loan(patron, barcode);
    return (loans * 1000) / (performance.now() - start);
  } finally {
    await floor.close();
  }
}

type Counts = { readonly completed: number; readonly failed: number; readonly duplicates: number };

/** Uploads a file. Throws unless each of its lines fared as it should. */
async function upload(file: string, url: string, home: Home, expected: Counts) {
  const args = ['upload', file, '--db', url, '--as', 'bib', '--desk', 'sci/PRET', '--json'];
  const run = await runCommand(args, home, 1);
  const { completed, failed, duplicates } = JSON.parse(run.stdout) as Counts;
  const counts = { completed, failed, duplicates };
  if (JSON.stringify(counts) !== JSON.stringify(expected))
    throw new Error(`the upload: ${JSON.stringify(counts)} instead of ${JSON.stringify(expected)}`);
  return run;
}

async function measureOn(on: BenchDatabase, count: number, quick: boolean, home: Home): Promise<Result[]> {
  const file = path.join(home.folder, `${on.name}.dat`);
  const copy = path.join(home.folder, `${on.name}-copy.dat`);
  // First, for the day must not name what is lent here: that would be later.
  const floor = await floorOf(on, quick ? 50 : 300);
  const failed = await writeDay(file, on, count);
  await copyFile(file, copy);
  const good = count - failed;
  const first = await upload(file, on.url, home, { completed: good, failed, duplicates: 0 });
  const again = await upload(copy, on.url, home, { completed: 0, failed, duplicates: good });
  const result = (what: string, measured: number, unit: string, more: Partial<Result> = {}): Result => ({
    id: 'PERF-07',
    what,
    database: on.name,
    measured,
    unit,
    target: '',
    met: null,
    ...more,
  });
  const rate = count / first.seconds;
  const memory = Math.max(first.megabytes, again.megabytes);
  return [
    result(`${count.toLocaleString('en')} offline lines uploaded`, rate, '/s', {
      floor,
      ratio: rate / floor,
      target: '≥ 200/s',
      met: rate >= 200,
    }),
    result('the same lines again', count / again.seconds, '/s', { ratio: first.seconds / again.seconds }),
    result('memory of the upload, at most', memory, 'MB'),
  ];
}

export const measureUpload: Measurement = async ({ quick, scale, database, databases, say }) => {
  const home = await makeHome();
  try {
    const count = Math.max(1000, Math.round(LINES * (quick ? scale / 10 : scale)));
    const results: Result[] = [];
    for (const name of databases) {
      say(`  ${count} offline lines into ${name}`);
      results.push(...(await measureOn(await database(name), count, quick, home)));
    }
    return results;
  } finally {
    await home.remove();
  }
};
