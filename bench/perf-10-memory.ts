// PERF-10: memory of a console, and what ten thousand scans add to it.
import { execFileSync } from 'node:child_process';
import type { Measurement } from './result.ts';
import { atDesk, hasRow } from './support/desk.ts';
import type { Desk } from './support/desk.ts';
import type { Supply } from './support/supply.ts';

const VISIT = 8;
/** Visits that are written at once, as by a desk in a hurry. */
const AT_ONCE = 5;
const KILOBYTES = 1024;

/** Resident memory of a process, in MB. */
function resident(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / KILOBYTES;
}

/** Scans cards, each with a few items, until so many scans have been answered. */
async function scanMany({ terminal }: Desk, supply: Supply, count: number): Promise<void> {
  for (let scans = 0; scans < count; scans += AT_ONCE * (VISIT + 1)) {
    const codes = Array.from({ length: AT_ONCE }, () => [
      supply.borrower().card,
      ...Array.from({ length: VISIT }, () => supply.barcode()),
    ]).flat();
    terminal.write(codes.map((code) => `${code}\r`).join(''));
    await terminal.shown(hasRow(codes.at(-1) ?? ''));
  }
}

export const measureMemory: Measurement = async ({ database, databases, quick }) => {
  const [name] = databases;
  if (name === undefined) return [];
  const on = await database(name);
  const count = quick ? 1000 : 10_000;
  return atDesk(on, async (desk) => {
    await scanMany(desk, on.supply, 100);
    await desk.terminal.calm(1000);
    const before = resident(desk.terminal.pid);
    await scanMany(desk, on.supply, count);
    await desk.terminal.calm(1000);
    const after = resident(desk.terminal.pid);
    const more = after - before;
    const id = 'PERF-10';
    return [
      {
        id,
        what: 'a console after 100 scans, resident',
        measured: before,
        unit: 'MB',
        target: '≤ 130 MB',
        met: before <= 130,
      },
      { id, what: `what ${count} scans add`, measured: more, unit: 'MB', target: '≤ 15 MB', met: more <= 15 },
    ];
  });
};
