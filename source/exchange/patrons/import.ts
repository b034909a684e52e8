import type { CardProblem } from '../../circulation/card-system.ts';
import type { Network } from '../../circulation/network.ts';
import type { CardRecord } from '../../desk/card-system.ts';
import { cardDigests, endPatronImport, importPatrons, startPatronImport } from '../../desk/import-patrons.ts';
import type { Rejection } from '../../desk/import-patrons.ts';
import type { Perform, Refusal, Seat } from '../../desk/perform.ts';
import type { RunningJob } from '../../desk/views.ts';
import { isThere, WORKER } from '../../desk/workers.ts';
import { keyOf } from '../../records/text.ts';
import { Seen } from '../catalogue/seen.ts';
import { PatronCodes } from './codes.ts';
import { NO_MAPPING } from './mapping.ts';
import { Numbers } from './numbers.ts';
import type { PatronMapping } from './mapping.ts';
import { readPatrons } from './read.ts';
import type { PatronEncoding, PatronFormat } from './read.ts';
import { PatronCounter } from './report.ts';
import type { PatronImportReport, PatronProblem } from './report.ts';
import type { PatronEntry, ReadPatron } from './said.ts';

/** Records in one transaction: no desk waits long for it. */
const BATCH = 200;
/** Records of which is asked at once whether they say anything new. */
const GLANCE = 500;
/** Milliseconds after which a run that nobody has heard of is taken for dead, where one cannot look. */
const SILENT = 10 * 60_000;

export type PatronImportOptions = {
  readonly format: PatronFormat;
  readonly mapping?: PatronMapping;
  /** Instead of what the file says of itself. */
  readonly encoding?: PatronEncoding;
  /** The file's name, for the audit. */
  readonly name: string;
  /** Reads and checks everything, writes nothing. */
  readonly dryRun?: boolean;
  /** Records in one transaction; 200. */
  readonly batch?: number;
  /** Stops between two batches (TUI-10): what has been written stays. */
  readonly signal?: AbortSignal;
  /** Told of every error and warning as it is found; of like warnings the first. */
  readonly onProblem?: (problem: PatronProblem) => void;
  /** Told after each batch. */
  readonly onProgress?: (report: PatronImportReport) => void;
};

/** Who imports, and into what. */
export type PatronImporter = { readonly perform: Perform; readonly seat: Seat; readonly network: Network };

type RecordEntry = Extract<PatronEntry, { kind: 'record' }>;
type Waiting = { readonly number: number; readonly record: CardRecord };

/** Whether what works at a run still does: on this machine one can look, of another one hears now and then. */
const isAlive = (run: RunningJob): boolean => isThere(run) ?? run.silentFor < SILENT;

/** A refusal of the desk, on its way out of the import. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** One import, from the first record to the last. */
class PatronImport {
  readonly #importer: PatronImporter;
  readonly #options: PatronImportOptions;
  readonly #counter: PatronCounter;
  readonly #seen = new Seen();
  readonly #done = new Numbers();
  readonly #run: number | null;
  #glance: RecordEntry[] = [];
  #waiting: Waiting[] = [];
  #rejections: Rejection[] = [];

  constructor(importer: PatronImporter, options: PatronImportOptions, run: number | null) {
    this.#importer = importer;
    this.#options = options;
    this.#run = run;
    this.#counter = new PatronCounter((problem) => options.onProblem?.(problem));
  }

  get counter(): PatronCounter {
    return this.#counter;
  }

  report(canceled: boolean): PatronImportReport {
    return this.#counter.report(this.#run, canceled);
  }

  /** Takes the next entry. */
  async take(entry: PatronEntry): Promise<void> {
    this.#counter.bytes = Math.max(this.#counter.bytes, entry.bytes);
    if (entry.kind === 'file') this.fileProblem(entry.problem);
    else if (this.#glance.push(entry) >= GLANCE) await this.#look();
  }

  fileProblem(problem: CardProblem): void {
    this.#counter.problem({ ...problem, number: 0, record: null });
    this.#rejections.push({ ...problem, record: null });
  }

  /** Writes what is left. */
  async finish(): Promise<void> {
    await this.#look();
    await this.#flush();
  }

  /** Passes over the records that say what they said last, and reads the others. */
  async #look(): Promise<void> {
    const entries = this.#glance;
    this.#glance = [];
    if (entries.length === 0) return;
    const { perform, seat } = this.#importer;
    const keys = entries.flatMap(({ key }) => (key === null ? [] : [keyOf(key)]));
    const answer = await perform(seat, cardDigests, { keys });
    if (answer.kind !== 'digests') throw new Refused(answer);
    for (const entry of entries) {
      this.#counter.records += 1;
      const number = this.#counter.records;
      const stored = entry.key === null ? undefined : answer.digests.get(keyOf(entry.key));
      const isKnown = entry.raw !== '' && stored?.digest.endsWith(entry.raw) === true;
      const before = isKnown ? this.#seen.add(keyOf(entry.key ?? ''), entry.raw, number) : undefined;
      if (stored && isKnown && (before === undefined || before.same)) {
        this.#counter.fates.unchanged += 1;
        this.#done.add(stored.patron);
      } else {
        this.#read(entry, number);
      }
      if (this.#waiting.length >= (this.#options.batch ?? BATCH) || this.#rejections.length >= GLANCE)
        await this.#flush();
    }
    this.#options.onProgress?.(this.report(false));
  }

  #read(entry: RecordEntry, number: number): void {
    const read = entry.read();
    const clash = read.record && this.#clash(read.record, entry.raw, number);
    if (clash === 'again') {
      this.#counter.fates.unchanged += 1;
      return;
    }
    const problems = clash ? [...read.problems, clash] : read.problems;
    this.#tell(problems, number, read);
    if (read.record && !clash) this.#waiting.push({ number, record: read.record });
    else this.#counter.fates.rejected += 1;
  }

  #tell(problems: readonly CardProblem[], number: number, { identifier }: ReadPatron): void {
    for (const one of problems) {
      this.#counter.problem({ ...one, number, record: identifier });
      this.#rejections.push({ ...one, record: identifier });
    }
  }

  /**
   * What the file has had already: the same record (`again`), or an identifier of it, otherwise. The first counts: else a second
   * import of the file would change the records to and fro.
   */
  #clash(
    { patron, primaryId, identifiers }: CardRecord,
    raw: string,
    number: number,
  ): CardProblem | 'again' | undefined {
    const before = this.#seen.add(keyOf(patron.primaryId), raw, number);
    if (before?.same) return 'again';
    if (before)
      return { ...primaryId, problem: 'duplicate-record', found: patron.primaryId, other: String(before.first) };
    for (const [at, { value }] of (patron.identifiers ?? []).entries()) {
      const first = this.#seen.add(keyOf(value), keyOf(patron.primaryId), number);
      if (first && first.first !== number)
        return {
          ...(identifiers[at] ?? primaryId),
          problem: 'duplicate-identifier',
          found: value,
          other: String(first.first),
        };
    }
    return undefined;
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    const rejections = this.#rejections;
    if (waiting.length === 0 && rejections.length === 0) return;
    this.#waiting = [];
    this.#rejections = [];
    const { perform, seat } = this.#importer;
    const records = waiting.map((one) => one.record);
    const { counters } = this.#counter;
    const isDone = (patron: number): boolean => this.#done.has(patron);
    const outcome = await perform(seat, importPatrons, { run: this.#run, records, rejections, isDone, counters });
    if (outcome.kind !== 'imported') throw new Refused(outcome);
    for (const one of outcome.patrons) this.#done.add(one);
    outcome.fates.forEach((one, at) => {
      this.#counter.fates[one.fate] += 1;
      const { number = 0, record } = waiting[at] ?? {};
      if (one.fate === 'rejected')
        this.#counter.problem({ ...one.problem, number, record: record?.patron.primaryId ?? null });
    });
  }
}

/** Ends a run however it went; what cannot be written then is found out by the next run. */
async function endRun(
  { perform, seat }: PatronImporter,
  run: number | null,
  file: string,
  { counter }: PatronImport,
  state: 'done' | 'failed' | 'interrupted',
  error?: string,
): Promise<void> {
  if (run === null) return;
  const { counters } = counter;
  await perform(seat, endPatronImport, { run, file, state, counters, ...(error === undefined ? {} : { error }) });
}

/**
 * Imports a file of card holders (IMP-01): batch after batch, one transaction each, in bounded memory. Whatever stops it, the
 * same file again ends in the same records (IMP-03); an imported file again changes nothing. Answers with what became of it,
 * or why this account may not import. Throws DatabaseAway, and what `chunks` throws.
 */
export async function importPatronFile(
  chunks: AsyncIterable<Uint8Array>,
  importer: PatronImporter,
  options: PatronImportOptions,
): Promise<PatronImportReport | Refusal> {
  const { name, dryRun = false, format, mapping = NO_MAPPING, encoding, signal } = options;
  const { perform, seat, network } = importer;
  const started = await perform(seat, startPatronImport, { file: name, worker: WORKER, isAlive, dryRun });
  if (started.kind !== 'started') return started;
  const { run, today } = started;
  const work = new PatronImport(importer, options, run);
  try {
    const how = { codes: new PatronCodes(network, mapping), today };
    let isEmpty = true;
    for await (const entry of readPatrons(chunks, format, how, encoding)) {
      isEmpty = false;
      await work.take(entry);
      if (signal?.aborted !== true) continue;
      await endRun(importer, run, name, work, 'interrupted');
      return work.report(true);
    }
    if (isEmpty) work.fileProblem({ problem: 'no-records', line: 1 });
    await work.finish();
    await endRun(importer, run, name, work, 'done');
    return work.report(false);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // The database may be what is away: then the next run finds this one dead.
    await endRun(importer, run, name, work, 'failed', why).catch(() => undefined);
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}
