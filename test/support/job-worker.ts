// A worker in a process of its own: catches up what has fallen due at a moment. URL, local time, and how: `all`, or
// `JOB DAY MARK`, where it stands still in the middle of that transaction until it is killed.
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { parseLocal } from '../../source/circulation/time.ts';
import { openHouse } from '../../source/desk/house.ts';
import { COMMAND_LINE } from '../../source/desk/perform.ts';
import { catchUp } from '../../source/jobs/catch-up.ts';
import { runsDue } from '../../source/jobs/history.ts';
import { dailyUnits } from '../../source/jobs/run.ts';
import { marker } from './jobs.ts';

const [url = '', at = '', stop = 'all'] = process.argv.slice(2);
const house = openHouse(url);
const now = parseLocal(at, 'Europe/Paris') ?? 0;
const perform = house.at(() => now);

async function during(...mark: readonly [string, string, number]): Promise<void> {
  if (mark.join(' ') !== stop) return;
  process.stdout.write('standing\n');
  await setTimeout(600_000);
}

const who = stop === 'all' ? String(process.pid) : undefined;
const jobs = (['lift-blocks', 'expire-holds', 'purge-letters'] as const).map((name) =>
  marker(name, { during, ...(who === undefined ? {} : { who }) }),
);
const units = dailyUnits(jobs);
const left = async (): Promise<number> => {
  const due = await perform({ staff: COMMAND_LINE, place: null }, runsDue, { units });
  return due.kind === 'due' ? due.runs.length : 0;
};

process.stdout.write('ready\n');
while ((await left()) > 0) {
  await catchUp(
    { perform, jobs },
    {
      onRun: ({ name, day, outcome }) => {
        process.stdout.write(`${name} ${day} ${outcome.kind}\n`);
      },
    },
  );
  // Somebody else is at it: a worker looks again after a while.
  await setTimeout(5);
}
await house.close();
