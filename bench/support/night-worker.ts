// PERF-06: has one night run on a database, in a process of its own: `node bench/support/night-worker.ts URL DAY NOW`.
// One line of JSON at the end: what it counted, the seconds that each job took, the most memory that it had.
import process from 'node:process';
import { openHouse } from '../../source/desk/house.ts';
import { JOBS, runJob } from '../../source/jobs/index.ts';
import type { NightDone } from '../perf-06-night.ts';

const [url = '', day = '', now = '0'] = process.argv.slice(2);
const house = openHouse(url);
const perform = house.at(() => Number(now));
const seconds: Record<string, number> = {};
let since = performance.now();
let most = 0;
const outcome = await runJob(
  { perform, jobs: JOBS },
  {
    name: 'nightly',
    day,
    again: true,
    onProgress: ({ job }) => {
      const at = performance.now();
      seconds[job] = (seconds[job] ?? 0) + (at - since) / 1000;
      since = at;
      most = Math.max(most, process.memoryUsage.rss());
    },
  },
);
await house.close();
if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
console.log(JSON.stringify({ counters: outcome.counters, seconds, memory: most / 2 ** 20 } satisfies NightDone));
