import { once } from 'node:events';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import type { Stats, WriteStream } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Network } from '../circulation/network.ts';
import {
  CATALOGUE_FORMATS,
  ENCODINGS,
  FLAVOURS,
  importRecords,
  isWarning,
  readImportMapping,
} from '../exchange/catalogue/index.ts';
import type {
  CatalogueProblem,
  ImportMapping,
  ImportOptions,
  ImportReport,
  Tally,
} from '../exchange/catalogue/index.ts';
import { printable } from '../language/printable.ts';
import { importResult } from '../training/import-result.ts';
import { complain, print, printJson } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { importProblemLine } from './import-report.ts';
import { problemLine } from './network-report.ts';
import { isRefusal, refusedBy } from './refusals.ts';
import { officeSeat } from './seat.ts';
import { keepHeapSmall } from './small-heap.ts';
import { nearest } from './suggest.ts';
import { readTextFile } from './text-files.ts';

/** Errors in the one document of `--json`; all of them are on standard error or in `--errors`. */
const MOST_LISTED = 1000;

/** The value of an option that is one of a few; undefined where it is not given. Throws Failure. */
function choice<Value extends string>(
  { options, words }: Context,
  name: 'format' | 'flavour' | 'encoding',
  allowed: readonly Value[],
): Value | undefined {
  const given = options.text(name);
  if (given === undefined) return undefined;
  const value = allowed.find((one) => one === given.toLowerCase());
  if (value === undefined)
    throw misused(words.commands.usage.notOneOf(`--${name}`, given, allowed, nearest(given, allowed)));
  return value;
}

/** The mapping that `--mapping` names; undefined where it is not given. Throws Failure with every error of it. */
function mappingFrom(context: Context, network: Network): ImportMapping | undefined {
  const { options, words } = context;
  const file = options.text('mapping');
  if (file === undefined) return undefined;
  const read = readImportMapping(readTextFile(context, file), network);
  if ('mapping' in read) return read.mapping;
  complain(context, `guichet: ${words.imports.mappingErrors(file, read.errors.length)}`);
  for (const error of read.errors.slice(0, 50)) complain(context, `  ${problemLine(error, words.network)}`);
  throw refused(words.commands.refusal.notReadable(file));
}

/** What is to be read, and how. Throws Failure. */
function readingFrom(
  context: Context,
  network: Network,
): Pick<ImportOptions, 'format' | 'flavour' | 'encoding' | 'mapping'> {
  const { words } = context;
  const format = choice(context, 'format', CATALOGUE_FORMATS);
  if (format === undefined) throw misused(words.imports.needsFormat(CATALOGUE_FORMATS));
  const flavour = choice(context, 'flavour', FLAVOURS);
  if (flavour !== undefined && format !== 'marcxml') throw misused(words.imports.onlyMarcXml('--flavour'));
  const encoding = choice(context, 'encoding', ENCODINGS);
  const mapping = mappingFrom(context, network);
  return {
    format,
    ...(flavour === undefined ? {} : { flavour }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(mapping === undefined ? {} : { mapping }),
  };
}

function statsOf({ words }: Context, file: string): Stats {
  const { refusal } = words.commands;
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) throw refused(refusal.notReadable(file));
    return stats;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === undefined) throw error;
    throw refused(code === 'ENOENT' ? refusal.noFile(file) : refusal.notReadable(file));
  }
}

/** Opens the file of `--errors`; undefined where it is not given. Throws Failure where it cannot be written. */
async function errorFile({ options, words }: Context): Promise<WriteStream | undefined> {
  const file = options.text('errors');
  if (file === undefined) return undefined;
  const stream = createWriteStream(file);
  try {
    await once(stream, 'open');
  } catch {
    throw refused(words.imports.cannotWrite(file));
  }
  return stream;
}

/** What is told while a file is imported: problems as they come, and on a terminal one line that counts. */
class Teller {
  readonly #context: Context;
  readonly #file: WriteStream | undefined;
  readonly #size: number;
  readonly #errors: CatalogueProblem[] = [];
  #isCounting = false;

  constructor(context: Context, file: WriteStream | undefined, size: number) {
    this.#context = context;
    this.#file = file;
    this.#size = size;
  }

  get errors(): readonly CatalogueProblem[] {
    return this.#errors;
  }

  problem(problem: CatalogueProblem): void {
    if (!isWarning(problem.problem) && this.#errors.length < MOST_LISTED) this.#errors.push(problem);
    const line = importProblemLine(problem, this.#context.words.imports);
    if (this.#file) this.#file.write(`${printable(line)}\n`);
    else {
      this.clear();
      complain(this.#context, line);
    }
  }

  progress(report: ImportReport): void {
    const { machine, words } = this.#context;
    if (!machine.stderr.isTTY) return;
    const percent = this.#size === 0 ? null : Math.min(100, Math.floor((report.bytes * 100) / this.#size));
    const line = printable(words.imports.progress(report.records, percent, report));
    machine.stderr.write(`\r\u001B[K${line.slice(0, (machine.stderr.columns ?? 80) - 1)}`);
    this.#isCounting = true;
  }

  /** Takes the counting line away. */
  clear(): void {
    if (this.#isCounting) this.#context.machine.stderr.write('\r\u001B[K');
    this.#isCounting = false;
  }
}

const sumOf = ({ added, updated, unchanged }: Tally): number => added + updated + unchanged;

/** What can be said of all that was not refused; null: nothing, because it was not written, or not all of it. */
function restOf(report: ImportReport, isDryRun: boolean): 'imported' | 'nothing' | null {
  if (sumOf(report) + sumOf(report.items) === 0) return 'nothing';
  return isDryRun || report.canceled ? null : 'imported';
}

/** Tells what became of a file; the exit status says whether everything was taken. */
function conclude(context: Context, report: ImportReport, teller: Teller): Status {
  const { options, words } = context;
  const say = words.imports;
  if (options.has('json')) printJson(context, importResult(report, teller.errors));
  else {
    print(context, say.titles(report));
    print(context, say.items(report.items));
    if (report.repeated > 0) print(context, say.repeated(report.repeated));
    if (options.has('dryRun')) print(context, say.nothingWritten);
  }
  if (report.canceled) complain(context, `guichet: ${say.canceled(report.records)}`);
  if (report.errors > 0)
    complain(
      context,
      `guichet: ${say.someRejected(report.errors, options.text('errors') ?? null, restOf(report, options.has('dryRun')))}`,
    );
  return report.canceled || report.errors > 0 ? 1 : 0;
}

async function importInto(context: Context, opened: Opened): Promise<Status> {
  const { input, options, words } = context;
  const [file = ''] = input;
  const { network, perform } = opened;
  if (network === null) throw refused(words.commands.refusal.invalid['no-network']('network', ''));
  const reading = readingFrom(context, network);
  const { size } = statsOf(context, file);
  const seat = await officeSeat(context, opened);
  const errors = await errorFile(context);
  const teller = new Teller(context, errors, size);
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  process.once('SIGINT', cancel);
  try {
    const report = await importRecords(
      createReadStream(file),
      { perform, seat, network },
      {
        ...reading,
        name: path.basename(file),
        dryRun: options.has('dryRun'),
        signal: stop.signal,
        onProblem: (problem) => teller.problem(problem),
        onProgress: (soFar) => teller.progress(soFar),
      },
    );
    teller.clear();
    if (isRefused(report)) throw refusedBy(report, words.commands.refusal);
    return conclude(context, report, teller);
  } finally {
    teller.clear();
    process.removeListener('SIGINT', cancel);
    if (errors) {
      errors.end();
      await once(errors, 'close');
    }
  }
}

type Answer = Awaited<ReturnType<typeof importRecords>>;
const isRefused = (answer: Answer): answer is Exclude<Answer, ImportReport> => 'kind' in answer && isRefusal(answer);

/** `guichet import catalogue FILE --format …`: titles and items from MARC 21, UNIMARC or delimited files; the same file again changes nothing. */
export async function catalogue(context: Context): Promise<Status> {
  keepHeapSmall();
  return withDatabase(context, {}, async (opened) => importInto(context, opened));
}
