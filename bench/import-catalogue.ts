// IMPORT: a file of 100,000 catalogue records by `guichet import catalogue`: records per second against the floor, the same
// file again, and the memory that it takes at most.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { openImportFloor } from './import-floor.ts';
import { writeRecords } from './import-records.ts';
import type { Measurement, Result } from './result.ts';
import type { BenchDatabase } from './support/databases.ts';
import { makeHome } from './support/home.ts';
import type { Home } from './support/home.ts';

const BIN = path.resolve(import.meta.dirname, '../bin/guichet.js');
const RECORDS = 100_000;

type Run = { readonly seconds: number; readonly megabytes: number };

/** The most memory that a process has had, in MB; 0 where the system does not say (only Linux does, as a file). */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Imports a file by the command; throws unless all of it was taken. */
async function importFile(url: string, file: string, { env, folder }: Home): Promise<Run> {
  const start = performance.now();
  const args = [
    BIN,
    'import',
    'catalogue',
    file,
    '--format',
    'unimarc',
    '--db',
    url,
    '--errors',
    path.join(folder, 'errors'),
  ];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid));
  }, 50);
  const status = await new Promise((resolve) => {
    child.once('exit', resolve);
  });
  clearInterval(watch);
  if (status !== 0) throw new Error(`the import ended with ${String(status)}`);
  return { seconds: (performance.now() - start) / 1000, megabytes };
}

async function measureOn(on: BenchDatabase, count: number, file: string, home: Home): Promise<Result[]> {
  const floor = await openImportFloor(on);
  const floorSeconds = await floor.insert(count);
  await floor.close();
  const first = await importFile(on.url, file, home);
  const again = await importFile(on.url, file, home);
  const result = (what: string, measured: number, unit: string, more: Partial<Result> = {}): Result => ({
    id: 'IMPORT',
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
  const records = `${count.toLocaleString('en')} catalogue records`;
  return [
    result(`${records} imported`, rate, '/s', {
      floor: count / floorSeconds,
      ratio: (rate * floorSeconds) / count,
      target: '≥ 1,000/s',
      met: rate >= 1000,
    }),
    result('the same file again', count / again.seconds, '/s', { ratio: first.seconds / again.seconds }),
    result(
      'memory of the import, at most',
      memory,
      'MB',
      memory === 0 ? {} : { target: '< 300 MB', met: memory < 300 },
    ),
  ];
}

export const measureImport: Measurement = async ({ quick, scale, database, databases, say }) => {
  const home = await makeHome();
  try {
    const count = Math.max(1000, Math.round(RECORDS * (quick ? scale / 10 : scale)));
    const file = path.join(home.folder, 'records.mrc');
    await writeRecords(file, count);
    const results: Result[] = [];
    for (const name of databases) {
      say(`  ${count} records into ${name}`);
      results.push(...(await measureOn(await database(name), count, file, home)));
    }
    return results;
  } finally {
    await home.remove();
  }
};
