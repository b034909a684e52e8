import type { CardProblem } from '../../circulation/card-system.ts';
import { isCardWarning } from '../../circulation/card-system.ts';
import type { JobCounters } from '../../desk/views.ts';

/** A problem, with its record: `number` from 1 in the file (0: the file itself), `record`: its identifier, where it has one. */
export type PatronProblem = CardProblem & { readonly number: number; readonly record: string | null };

/** What became of a file, or of as much of it as has been read. */
export type PatronImportReport = {
  /** Under which it is kept; null: nothing was written. */
  readonly run: number | null;
  readonly records: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly errors: number;
  readonly warnings: number;
  /** Warnings of which only the first was told. */
  readonly repeated: number;
  /** Bytes read. */
  readonly bytes: number;
  readonly canceled: boolean;
};

/** Kinds of warnings remembered, so that the same one is told once. */
const MOST_KINDS = 2000;

/** Counts while a file is imported, and tells problems as they come. */
export class PatronCounter {
  readonly #tell: (problem: PatronProblem) => void;
  readonly #kinds = new Set<string>();
  readonly fates = { added: 0, updated: 0, unchanged: 0, rejected: 0 };
  #errors = 0;
  #warnings = 0;
  #repeated = 0;
  records = 0;
  bytes = 0;

  constructor(tell: (problem: PatronProblem) => void) {
    this.#tell = tell;
  }

  problem(problem: PatronProblem): void {
    if (!isCardWarning(problem.problem)) {
      this.#errors += 1;
      this.#tell(problem);
      return;
    }
    this.#warnings += 1;
    const kind = `${problem.problem} ${problem.field ?? ''}`.replaceAll(/\[\d+\]/g, '');
    if (this.#kinds.has(kind)) this.#repeated += 1;
    else {
      if (this.#kinds.size < MOST_KINDS) this.#kinds.add(kind);
      this.#tell(problem);
    }
  }

  /** What a run keeps of it. */
  get counters(): JobCounters {
    const { records } = this;
    return { records, ...this.fates, errors: this.#errors, warnings: this.#warnings };
  }

  report(run: number | null, canceled: boolean): PatronImportReport {
    const { records, bytes } = this;
    const found = { errors: this.#errors, warnings: this.#warnings, repeated: this.#repeated };
    return { run, records, ...this.fates, ...found, bytes, canceled };
  }
}
