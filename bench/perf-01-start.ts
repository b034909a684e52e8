// PERF-01: from start to the first frame, and `guichet --version`, against Node doing nothing.
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { openHouse } from '../source/desk/house.ts';
import { loadNetwork } from '../source/desk/networks.ts';
import { COMMAND_LINE } from '../source/desk/perform.ts';
import { addFirstAdministrator } from '../source/desk/staff-accounts.ts';
import { toulouse } from './data-set/fill.ts';
import { NOW } from './data-set/scale.ts';
import type { Measurement, Result } from './result.ts';
import { makeHome } from './support/home.ts';
import type { Home } from './support/home.ts';
import { median, timed } from './support/statistics.ts';
import { openTerminal } from './support/terminal.ts';

const BIN = path.resolve(import.meta.dirname, '../bin/guichet.js');

/** A working database as a library has one: network loaded, an account made, nobody signed in. */
async function existingDatabase({ folder }: Home): Promise<string> {
  const url = `sqlite:${path.join(folder, 'existing.db')}`;
  const house = openHouse(url);
  try {
    await house.migrate();
    const perform = house.at(() => NOW);
    const seat = { staff: COMMAND_LINE, place: null };
    await perform(seat, loadNetwork, { network: toulouse(), difference: [] });
    await perform(seat, addFirstAdministrator, { name: 'admin', password: 'Banc-de-mesure-1' });
    return url;
  } finally {
    await house.close();
  }
}

async function untilEnd(args: readonly string[], { env }: Home): Promise<number> {
  return timed(async () => {
    const status = await new Promise((resolve) => {
      spawn(process.execPath, args, { env, stdio: 'ignore' }).once('exit', resolve);
    });
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(status)}`);
  });
}

type Start = { readonly frame: number; readonly form: number };

/** Milliseconds until something is on the screen, and until somebody can sign in. */
async function untilFrame(url: string, { env }: Home): Promise<Start> {
  const start = performance.now();
  const terminal = openTerminal(['--db', url], env);
  try {
    const frame = await terminal.shown((screen) => screen.trim() !== '');
    const form = await terminal.shown((screen) => screen.includes('CONNEXION') && !screen.includes('ouverture'));
    await terminal.calm(50);
    return { frame: frame - start, form: form - start };
  } finally {
    await terminal.close();
  }
}

export const measureStart: Measurement = async ({ quick }) => {
  const home = await makeHome();
  try {
    const url = await existingDatabase(home);
    const first = await untilFrame(url, home);
    const starts: Start[] = [];
    const versions: number[] = [];
    const floors: number[] = [];
    for (let round = 0; round < (quick ? 5 : 21); round += 1) {
      floors.push(await untilEnd(['-e', '0'], home));
      starts.push(await untilFrame(url, home));
      versions.push(await untilEnd([BIN, '--version'], home));
    }
    const floor = median(floors);
    const line = (what: string, measured: number, most?: number): Result => {
      const ratio = measured / floor;
      const target = most === undefined ? '' : `≤ ${most} × node -e 0`;
      return {
        id: 'PERF-01',
        what,
        measured,
        unit: 'ms',
        floor,
        ratio,
        target,
        met: most === undefined ? null : ratio <= most,
      };
    };
    return [
      line('start to first frame', median(starts.map((one) => one.frame)), 4),
      line('start to sign-in form', median(starts.map((one) => one.form))),
      line('first start ever, to first frame', first.frame),
      line('guichet --version', median(versions), 1.5),
    ];
  } finally {
    await home.remove();
  }
};
