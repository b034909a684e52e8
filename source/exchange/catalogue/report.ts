import { isWarning } from './problems.ts';
import type { CatalogueProblem, LocalProblem } from './problems.ts';

/** How many of something were added, changed, left alone and refused. */
export type Tally = {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
};

/** What became of a file, or of as much of it as has been read. The four counts are records: one whose items were all refused is `rejected` unless its title was added or changed. */
export type ImportReport = Tally & {
  readonly records: number;
  readonly items: Tally;
  /** Errors: records, items or the file that were refused. */
  readonly errors: number;
  readonly warnings: number;
  /** Warnings of which only the first was told. */
  readonly repeated: number;
  /** Bytes read. */
  readonly bytes: number;
  readonly canceled: boolean;
};

type Counts = { -readonly [Name in keyof Tally]: Tally[Name] };
const none = (): Counts => ({ added: 0, updated: 0, unchanged: 0, rejected: 0 });

/** Kinds of warnings remembered, so that the same one is told once. */
const MOST_KINDS = 2000;

/** What is the same warning again; undefined: each is told. */
function kindOf(problem: LocalProblem): string | undefined {
  const tag = problem.field?.replace(/\[\d+\]/, '') ?? '';
  switch (problem.problem) {
    case 'unmapped-material':
    case 'unmapped-policy':
      return `${problem.problem} ${problem.found}`;
    case 'unknown-set':
    case 'unknown-character':
    case 'control-character':
      return `${problem.problem} ${problem.found} ${tag}`;
    case 'mislabelled':
      return `mislabelled ${problem.declared} ${problem.used}`;
    case 'encoded-twice':
      return `encoded-twice ${tag}`;
    default:
      return undefined;
  }
}

/** Counts while a file is imported, and tells problems as they come. */
export class Counter {
  readonly #tell: (problem: CatalogueProblem) => void;
  readonly #kinds = new Set<string>();
  readonly titles: Counts = none();
  readonly items: Counts = none();
  readonly #found = { errors: 0, warnings: 0, repeated: 0 };
  records = 0;
  bytes = 0;

  constructor(tell: (problem: CatalogueProblem) => void) {
    this.#tell = tell;
  }

  problem(problem: LocalProblem, record: number, control: string | null): void {
    const warning = isWarning(problem.problem);
    this.#found[warning ? 'warnings' : 'errors'] += 1;
    const kind = warning ? kindOf(problem) : undefined;
    if (kind !== undefined && this.#kinds.has(kind)) {
      this.#found.repeated += 1;
      return;
    }
    if (kind !== undefined && this.#kinds.size < MOST_KINDS) this.#kinds.add(kind);
    this.#tell({ ...problem, record, ...(control === null ? {} : { control }) });
  }

  report(canceled: boolean): ImportReport {
    const { titles, items, records, bytes } = this;
    return { ...titles, items: { ...items }, records, bytes, ...this.#found, canceled };
  }
}
