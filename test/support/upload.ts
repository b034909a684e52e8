import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { BIN } from '../commands/guichet.ts';
import type { Guichet } from '../commands/guichet.ts';
import { databases } from './databases.ts';
import type { DatabaseUnderTest, TestDatabase } from './databases.ts';

/** The patron and the first of the five hundred lendable items that every training copy has (spec 9). */
export const CARD = '9921000000164';
const FIRST = 37_000_034_179;

/** Barcodes of the training copy: so many, from the one of that number (from 0) on. */
export const barcodes = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, at) => String(FIRST + from + at));

/** A loan as the manual writes it: one space, no padding. `stamp`: `yyyymmddhhmm`. */
export const loan = (stamp: string, item: string, patron = CARD): string => `${stamp}L${item} ${patron}`;
export const giveBack = (stamp: string, item: string): string => `${stamp}R${item}`;
/** A line as Alma's own program writes it: the barcode in 80 columns. */
export const padded = (line: string): string => {
  const [transaction = '', patron = ''] = line.split(' ');
  return `${transaction.slice(0, 13)}${transaction.slice(13).padEnd(80)}${patron}`;
};

/** A training copy on a database of a kind, whose clock stands at Monday 1 June 2026, 10:00. */
export async function sampleOn(kind: DatabaseUnderTest, guichet: Guichet): Promise<TestDatabase> {
  const database = await kind.createEmpty();
  const { status, stderr } = await guichet.run(['db', 'sample', '--db', database.url, '--at', '2026-06-01T10:00']);
  if (status !== 0) throw new Error(stderr);
  return database;
}

/** The kinds of databases by name, for `describe.each`. */
export const kinds = databases.map((one) => [one.name, one] as const);

type Count = { readonly n: number | string };

/** How often each of some items was lent by an upload; one that never was is not among them. */
export async function lentTimes({ sql }: TestDatabase, items: readonly string[]): Promise<Map<string, number>> {
  const found = await sql<Count & { readonly barcode: string }>(
    `select i.barcode, count(*) as n from events e join items i on i.id = e.item_id
     where e.kind = 'item-lent' and i.barcode in (${items.map((one) => `'${one}'`).join(', ')}) group by i.barcode`,
  );
  return new Map(found.map(({ barcode, n }) => [barcode, Number(n)]));
}

/** Starts an upload and does not wait for it. */
export function startUpload({ home }: Guichet, file: string, db: string): ChildProcess {
  const args = ['upload', file, '--db', db, '--as', 'bib', '--desk', 'sci/PRET', '--json'];
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'en_GB.UTF-8' };
  return spawn(process.execPath, [BIN, ...args], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The names of what has been archived beside files of a folder. */
export async function archivedIn(folder: string): Promise<string[]> {
  const names: string[] = await readdir(path.join(folder, 'archive')).catch(() => []);
  return names.toSorted();
}
