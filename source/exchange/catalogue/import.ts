import { randomUUID } from 'node:crypto';
import type { Network } from '../../circulation/network.ts';
import { importCatalogue } from '../../desk/import-catalogue.ts';
import type { ItemProblem, RecordOutcome } from '../../desk/import-catalogue.ts';
import type { Perform, Refusal, Seat } from '../../desk/perform.ts';
import type { CatalogueProblem, LocalProblem } from './problems.ts';
import { readCatalogue } from './read.ts';
import type { CatalogueReading } from './read.ts';
import { Counter } from './report.ts';
import type { ImportReport } from './report.ts';
import { Sieve } from './sieve.ts';
import type { Sieved } from './sieve.ts';

/** Records in one transaction. */
const BATCH = 500;

export type ImportOptions = CatalogueReading & {
  /** The file's name, for the audit. */
  readonly name: string;
  /** Reads and checks everything, writes nothing. */
  readonly dryRun?: boolean;
  /** Records in one transaction; 500. */
  readonly batch?: number;
  /** Stops between two batches (TUI-10): what has been written stays. */
  readonly signal?: AbortSignal;
  /** Told of every error and warning as it is found; of like warnings the first. */
  readonly onProblem?: (problem: CatalogueProblem) => void;
  /** Told after each batch. */
  readonly onProgress?: (report: ImportReport) => void;
};

/** Who imports, and into what. */
export type Importer = { readonly perform: Perform; readonly seat: Seat; readonly network: Network };

/** A record waiting for its batch. */
type Waiting = Omit<Sieved, 'record'> & {
  readonly record: NonNullable<Sieved['record']>;
  readonly control: string | null;
};

/** A problem that the desk has found, where the file has it. */
function placed(problem: ItemProblem, { spots }: Waiting): LocalProblem {
  const { item, ...facts } = problem;
  return { ...facts, ...spots[item] };
}

/**
 * Counts what became of a record, and tells what is wrong with it. Refused is also a record of which nothing new is there
 * and all items were refused. `isRow`: it is one item, without which nothing is left of it.
 */
function count(counter: Counter, waiting: Waiting, { title, items, problems }: RecordOutcome, isRow: boolean): void {
  const { record, control, lost, repeated } = waiting;
  const isWithoutItems = items.length + lost > 0 && repeated === 0 && items.every((one) => one === 'rejected');
  const isRefused = isWithoutItems && (isRow || title === 'unchanged');
  counter.titles[isRefused ? 'rejected' : title] += 1;
  for (const fate of items) counter.items[fate] += 1;
  counter.items.rejected += lost;
  counter.items.unchanged += repeated;
  for (const one of problems) counter.problem(placed(one, waiting), record.number, control);
}

/**
 * Imports a file of catalogue records: batch after batch, one transaction each, in bounded memory. Whatever stops it, the
 * same file again ends in the same catalogue; an imported file again changes nothing. Answers with what became of it, or why
 * this account may not import. Throws DatabaseAway, and what `chunks` throws.
 */
export async function importRecords(
  chunks: AsyncIterable<Uint8Array>,
  { perform, seat, network }: Importer,
  options: ImportOptions,
): Promise<ImportReport | Refusal> {
  const { name, dryRun = false, batch = BATCH, signal, onProblem, onProgress } = options;
  const run = randomUUID();
  const counter = new Counter((problem) => onProblem?.(problem));
  const sieve = new Sieve();
  let waiting: Waiting[] = [];

  const flush = async (): Promise<Refusal | undefined> => {
    if (waiting.length > 0) {
      const records = waiting.map((one) => one.record);
      const outcome = await perform(seat, importCatalogue, { run, file: name, dryRun, records });
      if (outcome.kind !== 'imported') return outcome;
      outcome.outcomes.forEach((one, at) => {
        const record = waiting[at];
        if (record) count(counter, record, one, options.format === 'items');
      });
      waiting = [];
    }
    onProgress?.(counter.report(false));
    return undefined;
  };

  let isWrong = false;
  for await (const entry of readCatalogue(chunks, network, options)) {
    counter.bytes = Math.max(counter.bytes, entry.bytes);
    if (entry.isFile) {
      isWrong = true;
      for (const one of entry.problems) counter.problem(one, 0, null);
      continue;
    }
    counter.records += 1;
    const sieved = sieve.sift(entry, counter.records);
    for (const one of sieved.problems) counter.problem(one, counter.records, entry.control);
    if (sieved.record === null) counter.titles.rejected += 1;
    else waiting.push({ ...sieved, record: sieved.record, control: entry.control });
    if (waiting.length < batch) continue;
    const refusal = await flush();
    if (refusal) return refusal;
    if (signal?.aborted) return counter.report(true);
  }
  const refusal = await flush();
  if (refusal) return refusal;
  if (counter.records === 0 && !isWrong) counter.problem({ problem: 'no-records' }, 0, null);
  return counter.report(false);
}
