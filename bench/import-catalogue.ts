// IMPORT: a file of 100,000 catalogue records by `guichet import catalogue`: records per second against the floor, the same
// file again, and the memory that it takes at most.
import path from 'node:path';
import { importFile } from './import-command.ts';
import { openImportFloor } from './import-floor.ts';
import { writeRecords } from './import-records.ts';
import type { Measurement, Result } from './result.ts';
import type { BenchDatabase } from './support/databases.ts';
import { makeHome } from './support/home.ts';
import type { Home } from './support/home.ts';

const RECORDS = 100_000;

async function measureOn(on: BenchDatabase, count: number, file: string, home: Home): Promise<Result[]> {
  const floor = await openImportFloor(on);
  const floorSeconds = await floor.insert(count);
  await floor.close();
  const first = await importFile(['catalogue', file, '--format', 'unimarc'], on.url, home);
  const again = await importFile(['catalogue', file, '--format', 'unimarc'], on.url, home);
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
