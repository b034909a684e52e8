import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { Result } from './result.ts';

const FILE = path.join(import.meta.dirname, 'results.json');

/** A figure as one reads it: three digits that mean something. */
function figure(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

const verdict = (met: boolean | null): string => (met === null ? '' : met ? 'met' : 'MISSED');

const HEAD = ['id', 'what', 'database', 'measured', 'median', 'floor', 'ratio', 'target', ''];

function cellsOf(one: Result): string[] {
  const { id, what, database = '', measured, median, unit, floor, ratio, target, met } = one;
  const amount = (value: number | undefined): string => (value === undefined ? '' : `${figure(value)} ${unit}`);
  return [
    id,
    what,
    database,
    amount(measured),
    amount(median),
    amount(floor),
    ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
    target,
    verdict(met),
  ];
}

/** The lines of the table. */
export function tableOf(results: readonly Result[]): string[] {
  const rows = [HEAD, ...results.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** A result with the day and the commit of its own run. */
type Kept = Result & { readonly date: string; readonly commit: string };

/** What was kept before, but for some measurements that have been repeated. */
function othersThan(results: readonly Result[], scale: number): Kept[] {
  const before = JSON.parse(readFileSync(FILE, 'utf8')) as Omit<Kept, keyof Result> & {
    readonly scale: number;
    readonly results: readonly (Result & Partial<Kept>)[];
  };
  if (before.scale !== scale) throw new Error(`what is kept was measured at scale ${before.scale}, not ${scale}`);
  const { date, commit: revision } = before;
  const ids = new Set(results.map((one) => one.id));
  return before.results.filter((one) => !ids.has(one.id)).map((one) => ({ date, commit: revision, ...one }));
}

/** Keeps the results of a run, with the machine that they come from: `whole`: they are all there are; else the others stay. */
export function keep(results: readonly Result[], scale: number, whole: boolean): string {
  const [cpu] = os.cpus();
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  const machine = {
    cpu: cpu?.model.trim() ?? '',
    cores: os.cpus().length,
    gigabytes,
    system: `${os.type()} ${os.release()}`,
    load: os.loadavg(),
  };
  const now = { date: new Date().toISOString(), commit: commit() };
  const all = [...(whole ? [] : othersThan(results, scale)), ...results.map((one): Kept => ({ ...one, ...now }))];
  const sorted = all.toSorted((one, other) => one.id.localeCompare(other.id));
  const document = { ...now, node: process.version, scale, machine, results: sorted };
  writeFileSync(FILE, `${JSON.stringify(document, null, 2)}\n`);
  return FILE;
}
