// CLASS: twenty training copies at once on one machine, as a trainer prepares them: one file each.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Measurement, Result } from './result.ts';
import { KEYS } from './support/desk.ts';
import { makeHome } from './support/home.ts';
import type { Home } from './support/home.ts';
import { median, percentile } from './support/statistics.ts';
import { openTerminal } from './support/terminal.ts';
import type { Terminal } from './support/terminal.ts';

const TRAINEES = 20;
const KILOBYTES = 1024;
const CARD = '9921000000164';
const FIRST_ITEM = 37_000_034_179;
/** As many as the library of the sample lends to this patron. */
const VISIT = 10;
/** Slower than this, and somebody scans again because nothing seems to have happened. */
const NOTICED_MS = 1000;
const id = 'CLASS';

type Trainee = { readonly terminal: Terminal; readonly frame: number; readonly desk: number };

/** Starts all copies in the same moment; answers when everybody can scan. */
async function startAll({ folder, env }: Home): Promise<Trainee[]> {
  return Promise.all(
    Array.from({ length: TRAINEES }, async (_, number): Promise<Trainee> => {
      const url = `sqlite:${path.join(folder, `${number + 1}.db`)}`;
      const start = performance.now();
      const terminal = openTerminal(
        ['demo', '--db', url, '--at', '2026-06-01T10:00', '--as', 'bib', '--desk', 'sci/PRET'],
        env,
      );
      const frame = await terminal.shown((screen) => screen.trim() !== '');
      const desk = await terminal.shown((screen) => screen.includes('IDENTIFICATION LECTEUR'));
      return { terminal, frame: frame - start, desk: desk - start };
    }),
  );
}

async function endAll(trainees: readonly Trainee[]): Promise<void> {
  await Promise.all(trainees.map(async ({ terminal }) => terminal.close()));
}

/** Resident memory of a process, in MB; what it shares with the others is in it. */
const residentOf = ({ terminal: { pid } }: Trainee): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / KILOBYTES;

/** What a process takes from the machine, in MB: of what several share, its part. Where the system does not say, all of it. */
function shareOf(trainee: Trainee): number {
  const file = `/proc/${trainee.terminal.pid}/smaps_rollup`;
  const found = existsSync(file) ? /^Pss:\s+(\d+) kB/mu.exec(readFileSync(file, 'utf8')) : null;
  return found ? Number(found[1]) / KILOBYTES : residentOf(trainee);
}

/** Scans that were read, and those that were answered: the console shows both at the foot of its screen. */
const counted = (screen: string): readonly number[] => (/(\d+)=(\d+)\s*$/u.exec(screen) ?? []).slice(1).map(Number);

/** Scans a code, and answers with the milliseconds until it was answered on the screen. */
async function scan({ terminal }: Trainee, code: string): Promise<number> {
  const [before = 0] = counted(terminal.screen());
  const start = performance.now();
  terminal.write(`${code}\r`);
  const at = await terminal.shown((screen) => counted(screen)[1] === before + 1);
  return at - start;
}

/** Lends and returns ten items at each of these desks, every scan at all of them in the same moment. */
async function visit(trainees: readonly Trainee[], number: number): Promise<number[]> {
  const all = async <T>(work: (trainee: Trainee) => Promise<T>): Promise<T[]> => Promise.all(trainees.map(work));
  const items = Array.from({ length: VISIT }, (_, index) => String(FIRST_ITEM + number * VISIT + index));
  const times: number[] = [];
  // A card begins a new count.
  await all(async ({ terminal }) => {
    terminal.write(`${CARD}\r`);
    return terminal.shown((screen) => screen.split('\n')[2]?.includes(CARD) === true && counted(screen)[1] === 1);
  });
  for (const item of items) times.push(...(await all(async (trainee) => scan(trainee, item))));
  await all(async ({ terminal }) => {
    terminal.write(KEYS.returns);
    return terminal.shown((screen) => screen.includes('RETOURS') && !screen.includes(CARD));
  });
  for (const item of items) times.push(...(await all(async (trainee) => scan(trainee, item))));
  return times;
}

async function visits(trainees: readonly Trainee[], first: number, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let number = first; number < first + count; number += 1) times.push(...(await visit(trainees, number)));
  return times;
}

/** The worst of all, with the median. */
function line(what: string, values: readonly number[], unit: string, most?: number): Result {
  const measured = Math.max(...values);
  const target = most === undefined ? '' : `≤ ${most.toLocaleString('en')} ${unit}`;
  return {
    id,
    what,
    measured,
    median: median(values),
    unit,
    target,
    met: most === undefined ? null : measured <= most,
  };
}

function scanLine(what: string, times: readonly number[]): Result {
  const measured = percentile(times, 95);
  const target = `≤ ${NOTICED_MS.toLocaleString('en')} ms`;
  return { id, what, measured, median: median(times), unit: 'ms', target, met: measured <= NOTICED_MS };
}

const seconds = (trainees: readonly Trainee[], name: 'frame' | 'desk'): number[] =>
  trainees.map((one) => one[name] / 1000);

export const measureClass: Measurement = async ({ quick }) => {
  const home = await makeHome();
  const many = quick ? 1 : 5;
  try {
    const made = await startAll(home);
    await endAll(made);
    const trainees = await startAll(home);
    const [first] = trainees;
    if (!first) return [];
    const alone = await visits([first], 0, many);
    const together = await visits(trainees, many, many);
    const resident = trainees.map(residentOf);
    const shares = trainees.map(shareOf);
    await endAll(trainees);
    const all = `${TRAINEES} copies`;
    return [
      line(`${all} made at once: first frame`, seconds(made, 'frame'), 's'),
      line(`${all} made at once: desk ready`, seconds(made, 'desk'), 's', 60),
      line(`${all} opened again at once: desk ready`, seconds(trainees, 'desk'), 's', 30),
      scanLine(`scan answered, p95, the other ${TRAINEES - 1} idle`, alone),
      scanLine(`scan answered, p95, all ${TRAINEES} in the same moment`, together),
      line('memory of a copy, resident', resident, 'MB', 130),
      {
        id,
        what: `memory of ${all} together`,
        measured: shares.reduce((sum, one) => sum + one, 0),
        unit: 'MB',
        target: '',
        met: null,
      },
    ];
  } finally {
    await home.remove();
  }
};
