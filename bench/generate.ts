// Makes the large data set of spec 11, or a part of it: `node bench/generate.ts [--scale 0.05] [--db URL] [--check]`.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openHouse } from '../source/desk/house.ts';
import { fill } from './data-set/fill.ts';
import { toRemove } from './support/undo.ts';

const here = import.meta.dirname;
const DATA = path.join(here, 'data');

/** What the data set depends on: schema, network, generator. A file made from something else is made anew. */
function fingerprint(): string {
  const folders = ['../migrations', 'data-set', '../source/training/networks'];
  const words = path.join(here, '../source/records/title-words.ts');
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(here, folder))
      .toSorted()
      .map((name) => path.join(here, folder, name)),
  );
  const hash = createHash('sha256');
  for (const file of [...files, words]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

/** The invariants of the data (REL-01). Throws where one is broken. */
async function check(url: string): Promise<void> {
  const house = openHouse(url);
  try {
    const violations = await house.check();
    if (violations.length > 0) throw new Error(`the data set is unsound: ${JSON.stringify(violations)}`);
  } finally {
    await house.close();
  }
}

/** Fills an empty database and proves it sound. */
export async function generate(url: string, scale: number, say: (line: string) => void): Promise<void> {
  const start = performance.now();
  await fill(url, scale, say);
  await check(url);
  say(`  sound; ${((performance.now() - start) / 1000).toFixed(0)} s in all`);
}

/** The SQLite file with the data set at a scale, from `bench/data` or made now. Never to be written to: copy it. */
export const sqliteFile = async (scale: number, say: (line: string) => void): Promise<string> =>
  keptFile(`scale-${scale}-`, async (url) => generate(url, scale, say), say);

/** A SQLite file of that stem from `bench/data`, or made now. Never to be written to. */
export async function keptFile(
  stem: string,
  make: (url: string) => Promise<void>,
  say: (line: string) => void,
): Promise<string> {
  mkdirSync(DATA, { recursive: true });
  const name = `${stem}${fingerprint()}.db`;
  const file = path.join(DATA, name);
  const others = readdirSync(DATA).filter((one) => one.startsWith(stem) && one !== name);
  for (const other of others) rmSync(path.join(DATA, other));
  if (readdirSync(DATA).includes(name)) return file;
  const folder = path.join(DATA, `${process.pid}`);
  const fresh = path.join(folder, name);
  mkdirSync(folder);
  const tidy = toRemove(folder);
  say(`Data set ${stem.slice(0, -1)} on SQLite (kept in bench/data)`);
  try {
    await make(`sqlite:${fresh}`);
    renameSync(fresh, file);
  } finally {
    await tidy();
  }
  return file;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' }, db: { type: 'string' } } });
  const scale = Number(values.scale);
  if (values.db === undefined) console.log(await sqliteFile(scale, console.log));
  else await generate(values.db, scale, console.log);
}
