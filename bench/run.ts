// `npm run bench`: measures what spec 11 asks, prints the table, keeps it in bench/results.json.
//   --scale 0.05            a part of the large data set (1)
//   --only PERF-02,PERF-03  just these; nothing is kept …
//   --keep                  … unless asked for: then the others stay as they were measured before
//   --database sqlite       or postgres: on that one only
//   --quick                 few repetitions, to see that everything works; nothing is kept
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { measureClass } from './class.ts';
import { measureDecisions } from './decisions.ts';
import { measureImport } from './import-catalogue.ts';
import { measureKioskSearch } from './kiosk-search.ts';
import { measureKioskTiming } from './kiosk-timing.ts';
import { measureStart } from './perf-01-start.ts';
import { measureRequests } from './perf-02-requests.ts';
import { measureScan } from './perf-02-scan.ts';
import { measureLoans } from './perf-03-loans.ts';
import { measureStatements } from './perf-04-statements.ts';
import { measureUpload } from './perf-07-upload.ts';
import { measurePatronImport } from './perf-08-patrons.ts';
import { measureNames } from './perf-05-names.ts';
import { measureNight } from './perf-06-night.ts';
import { measureBytes } from './perf-09-bytes.ts';
import { measureMemory } from './perf-10-memory.ts';
import { measureBurst } from './perf-12-burst.ts';
import { keep, tableOf } from './report.ts';
import type { Measurement, Result } from './result.ts';
import { openBenchDatabase } from './support/databases.ts';
import type { BenchDatabase, DatabaseName } from './support/databases.ts';
import { undoAll } from './support/undo.ts';

/** In the order in which they disturb each other least. */
const MEASUREMENTS: Readonly<Record<string, Measurement>> = {
  'PERF-01': measureStart,
  'PERF-03': measureLoans,
  'PERF-04': measureStatements,
  'PERF-02': measureScan,
  REQUESTS: measureRequests,
  'PERF-05': measureNames,
  'KIOSK-SEARCH': measureKioskSearch,
  'PERF-09': measureBytes,
  'PERF-12': measureBurst,
  'PERF-10': measureMemory,
  CLASS: measureClass,
  'PERF-08': measurePatronImport,
  'PERF-06': measureNight,
  RULES: measureDecisions,
  'KIOSK-TIMING': measureKioskTiming,
  'PERF-07': measureUpload,
  IMPORT: measureImport,
};

/** They measure without the large data set. */
const WITHOUT_DATA = ['PERF-01', 'CLASS', 'RULES', 'KIOSK-SEARCH'];

const NAMES: Readonly<Record<string, DatabaseName>> = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

type Options = {
  readonly scale: number;
  readonly quick: boolean;
  readonly keeps: boolean;
  readonly only: readonly string[];
  readonly databases: readonly DatabaseName[];
};

function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scale: { type: 'string', default: '1' },
      only: { type: 'string' },
      database: { type: 'string' },
      quick: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const scale = Number(values.scale);
  if (!(scale >= 0.01 && scale <= 1)) throw new Error('--scale: from 0.01 to 1');
  const only = values.only?.split(',') ?? Object.keys(MEASUREMENTS);
  const unknown = only.find((id) => !(id in MEASUREMENTS));
  if (unknown !== undefined) throw new Error(`--only: ${unknown} is none of ${Object.keys(MEASUREMENTS).join(', ')}`);
  const database = values.database === undefined ? undefined : NAMES[values.database];
  if (values.database !== undefined && !database) throw new Error('--database: sqlite or postgres');
  return {
    scale,
    quick: values.quick,
    keeps: values.keep,
    only,
    databases: database ? [database] : ['SQLite', 'PostgreSQL'],
  };
}

const say = (line: string): void => {
  console.log(line);
};

/** The program as it is shipped, from the sources as they are. */
function build(): void {
  execFileSync(process.execPath, [path.resolve(import.meta.dirname, '../build.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Opens each database when it is first asked for. */
function databasesAt(scale: number): (name: DatabaseName) => Promise<BenchDatabase> {
  const opened = new Map<DatabaseName, Promise<BenchDatabase>>();
  return async (name) => {
    const known = opened.get(name) ?? openBenchDatabase(name, scale, say);
    opened.set(name, known);
    return known;
  };
}

async function run({ scale, quick, keeps, only, databases }: Options): Promise<void> {
  build();
  const database = databasesAt(scale);
  const results: Result[] = [];
  try {
    if (only.some((id) => !WITHOUT_DATA.includes(id))) for (const name of databases) await database(name);
    for (const [id, measure] of Object.entries(MEASUREMENTS)) {
      if (!only.includes(id)) continue;
      say(`Measuring ${id} …`);
      results.push(...(await measure({ quick, scale, databases, database, say })));
    }
  } finally {
    await undoAll();
  }
  const sorted = results.toSorted((one, other) => one.id.localeCompare(other.id));
  say('');
  for (const line of tableOf(sorted)) say(line);
  const isWhole = only.length === Object.keys(MEASUREMENTS).length;
  const isKept = !quick && databases.length > 1 && (isWhole || keeps);
  say(
    isKept
      ? `\nKept in ${keep(sorted, scale, isWhole)}`
      : '\nNot kept: only a run on both databases is, of everything or with --keep.',
  );
}

await run(optionsFrom(process.argv.slice(2)));
process.exit(0);
