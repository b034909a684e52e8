import { once } from 'node:events';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import type { ReadStream, Stats, WriteStream } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Network } from '../circulation/network.ts';
import type { NetworkError } from '../exchange/network-file/index.ts';
import { printable } from '../language/printable.ts';
import { complain } from './context.ts';
import type { Context } from './context.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { problemLine } from './network-report.ts';
import { nearest } from './suggest.ts';
import { readTextFile } from './text-files.ts';

/** Errors in the one document of `--json`; all of them are on standard error or in `--errors`. */
const MOST_LISTED = 1000;

/** The value of an option that is one of a few; undefined where it is not given. Throws Failure. */
export function choice<Value extends string>(
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
export function mappingFrom<Mapping>(
  context: Context,
  network: Network,
  read: (
    text: string,
    network: Network,
  ) => { readonly mapping: Mapping } | { readonly errors: readonly NetworkError[] },
): Mapping | undefined {
  const { options, words } = context;
  const file = options.text('mapping');
  if (file === undefined) return undefined;
  const answer = read(readTextFile(context, file), network);
  if ('mapping' in answer) return answer.mapping;
  complain(context, `guichet: ${words.imports.mappingErrors(file, answer.errors.length)}`);
  for (const error of answer.errors.slice(0, 50)) complain(context, `  ${problemLine(error, words.network)}`);
  throw refused(words.commands.refusal.notReadable(file));
}

/** The file that is imported. Throws Failure where it cannot be read. */
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

/** How a kind of import tells its problems. */
export type Telling<Problem> = {
  readonly isError: (problem: Problem) => boolean;
  readonly lineOf: (problem: Problem) => string;
};

/** What is told while a file is imported: problems as they come, and on a terminal one line that counts. */
export class Teller<Problem> {
  readonly #context: Context;
  readonly #file: WriteStream | undefined;
  readonly #size: number;
  readonly #how: Telling<Problem>;
  readonly #errors: Problem[] = [];
  #isCounting = false;

  constructor(context: Context, file: WriteStream | undefined, size: number, how: Telling<Problem>) {
    this.#context = context;
    this.#file = file;
    this.#size = size;
    this.#how = how;
  }

  get errors(): readonly Problem[] {
    return this.#errors;
  }

  problem(problem: Problem): void {
    if (this.#how.isError(problem) && this.#errors.length < MOST_LISTED) this.#errors.push(problem);
    const line = this.#how.lineOf(problem);
    if (this.#file) this.#file.write(`${printable(line)}\n`);
    else {
      this.clear();
      complain(this.#context, line);
    }
  }

  /** Says how far it is; `line`: with the part of the file that has been read, where its size is known. */
  progress(bytes: number, line: (percent: number | null) => string): void {
    const { machine } = this.#context;
    if (!machine.stderr.isTTY) return;
    const percent = this.#size === 0 ? null : Math.min(100, Math.floor((bytes * 100) / this.#size));
    const text = printable(line(percent));
    machine.stderr.write(`\r\u001B[K${text.slice(0, (machine.stderr.columns ?? 80) - 1)}`);
    this.#isCounting = true;
  }

  /** Takes the counting line away. */
  clear(): void {
    if (this.#isCounting) this.#context.machine.stderr.write('\r\u001B[K');
    this.#isCounting = false;
  }
}

/** What is done while a file is imported: where problems go, how far it is, and when somebody has stopped it (Ctrl+C). */
export type Running<Problem> = {
  readonly teller: Teller<Problem>;
  readonly signal: AbortSignal;
  /** The name of the file without its folders. */
  readonly name: string;
  readonly chunks: ReadStream;
};

/**
 * Imports a file: problems are told as they come and written to `--errors`, Ctrl+C ends it after what has been written, and
 * whatever happens the file of errors is closed. Throws Failure.
 */
export async function whileImporting<Problem>(
  context: Context,
  file: string,
  telling: Telling<Problem>,
  work: (running: Running<Problem>) => Promise<Status>,
): Promise<Status> {
  const { size } = statsOf(context, file);
  const errors = await errorFile(context);
  const teller = new Teller<Problem>(context, errors, size, telling);
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  process.once('SIGINT', cancel);
  try {
    return await work({ teller, signal: stop.signal, name: path.basename(file), chunks: createReadStream(file) });
  } finally {
    teller.clear();
    process.removeListener('SIGINT', cancel);
    if (errors) {
      errors.end();
      await once(errors, 'close');
    }
  }
}
