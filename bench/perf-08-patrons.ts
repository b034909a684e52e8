// PERF-08: 100,000 card holders by `guichet import patrons`: records per second, the same file again, and the memory that it
// takes at most; and how long one of them takes to be found in the file (IMP-04).
import path from 'node:path';
import { dayOf } from '../source/circulation/time.ts';
import { openHouse } from '../source/desk/house.ts';
import { currentNetwork } from '../source/desk/networks.ts';
import { COMMAND_LINE } from '../source/desk/perform.ts';
import { cardFileFor } from '../source/exchange/patrons/index.ts';
import { importFile } from './import-command.ts';
import { writeUsers } from './import-users.ts';
import type { Measurement, Result } from './result.ts';
import type { BenchDatabase } from './support/databases.ts';
import { makeHome } from './support/home.ts';
import type { Home } from './support/home.ts';

const RECORDS = 100_000;

/** Milliseconds to find somebody in the last part of a file. */
async function lookUp(url: string, file: string, count: number): Promise<number> {
  const house = openHouse(url);
  try {
    const found = await house.at(Date.now)({ staff: COMMAND_LINE, place: null }, currentNetwork, {});
    if (found.kind !== 'network' || !found.network) throw new Error('no network');
    const system = cardFileFor({ file, format: 'alma-xml' }, found.network, Date.now);
    const start = performance.now();
    const record = await system.lookUp([`88${String(count - 1).padStart(8, '0')}`]);
    if (!record || 'problem' in record) throw new Error(`not found on ${dayOf(Date.now(), 'UTC')}`);
    return performance.now() - start;
  } finally {
    await house.close();
  }
}

async function measureOn(on: BenchDatabase, count: number, file: string, home: Home): Promise<Result[]> {
  const what = ['patrons', file, '--format', 'alma-xml'];
  const first = await importFile(what, on.url, home);
  const again = await importFile(what, on.url, home);
  const result = (name: string, measured: number, unit: string, more: Partial<Result> = {}): Result => ({
    id: 'PERF-08',
    what: name,
    database: on.name,
    measured,
    unit,
    target: '',
    met: null,
    ...more,
  });
  const memory = Math.max(first.megabytes, again.megabytes);
  const faster = first.seconds / again.seconds;
  return [
    result(`${count.toLocaleString('en')} card holders imported`, count / first.seconds, '/s', {
      target: '≥ 1,000/s',
      met: count / first.seconds >= 1000,
    }),
    result('the same file again', count / again.seconds, '/s', { ratio: faster, target: '≥ 3 ×', met: faster >= 3 }),
    result(
      'memory of the import, at most',
      memory,
      'MB',
      memory === 0 ? {} : { target: '< 300 MB', met: memory < 300 },
    ),
    result('one of them found in the file', await lookUp(on.url, file, count), 'ms', { target: '≤ 2,000 ms' }),
  ];
}

export const measurePatronImport: Measurement = async ({ quick, scale, database, databases, say }) => {
  const home = await makeHome();
  try {
    const count = Math.max(1000, Math.round(RECORDS * (quick ? scale / 10 : scale)));
    const file = path.join(home.folder, 'users.xml');
    await writeUsers(file, count);
    const results: Result[] = [];
    for (const name of databases) {
      say(`  ${count} card holders into ${name}`);
      results.push(...(await measureOn(await database(name), count, file, home)));
    }
    return results;
  } finally {
    await home.remove();
  }
};
