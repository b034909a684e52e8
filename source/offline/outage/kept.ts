import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Library, Network } from '../../circulation/network.ts';
import type { OutageSettings } from '../../circulation/outage.ts';
import { isKept } from './kept-shape.ts';

const FILE = 'outage.json';
const FORMAT = 1;
/** Fifty libraries with all their closures take 100 kB. */
const MOST_BYTES = 4 * 1024 * 1024;

/** What a desk needs to know of its network while the database is away. */
export type KeptOutage = {
  /** Code and name of the network. */
  readonly network: string;
  readonly name: string;
  readonly timeZone: string;
  /** Null: the network says nothing of outages. */
  readonly outage: OutageSettings | null;
  readonly libraries: readonly Pick<Library, 'code' | 'name' | 'hours' | 'seasons' | 'closures' | 'desks'>[];
};

const keptOf = ({ code, name, timeZone, outage, libraries }: Network): KeptOutage => ({
  network: code,
  name,
  timeZone,
  outage: outage ?? null,
  libraries: libraries.map((one) => ({
    code: one.code,
    name: one.name,
    hours: one.hours,
    seasons: one.seasons,
    closures: one.closures,
    desks: one.desks.map((desk) => ({ code: desk.code, name: desk.name })),
  })),
});

/**
 * Keeps in `folder`/outage.json, for its owner only, what is needed of the network when the database is away; the file is
 * written only if it says something else. Never throws: false where it could not be kept (a full disk is no reason not to
 * work).
 */
export async function keepOutage(folder: string, network: Network): Promise<boolean> {
  const text = `${JSON.stringify({ format: FORMAT, ...keptOf(network) })}\n`;
  const file = path.join(folder, FILE);
  // A name of its own: two consoles of one user may come at the same moment.
  const part = `${file}.${process.pid}`;
  try {
    if ((await readFile(file, 'utf8').catch(() => '')) === text) return true;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(part, text, { mode: 0o600, flush: true });
    await rename(part, file);
    return true;
  } catch {
    await rm(part, { force: true }).catch(() => undefined);
    return false;
  }
}

/** What was kept last; undefined where nothing was, or what is there cannot be trusted. Never throws. */
export async function readKeptOutage(folder: string): Promise<KeptOutage | undefined> {
  try {
    const text = await readFile(path.join(folder, FILE), 'utf8');
    if (text.length > MOST_BYTES) return undefined;
    const read = JSON.parse(text) as unknown;
    return isKept(read, FORMAT) ? read : undefined;
  } catch {
    return undefined;
  }
}
