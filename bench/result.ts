import type { BenchDatabase, DatabaseName } from './support/databases.ts';

/** One line of the table: what was measured, what it is held against, and what spec 11 asks. */
export type Result = {
  readonly id: string;
  readonly what: string;
  readonly database?: DatabaseName;
  readonly measured: number;
  /** Of a percentile: the median, in the same unit. */
  readonly median?: number;
  readonly unit: string;
  /** The floor measured in the same run, in the same unit. */
  readonly floor?: number;
  /** Against the floor, or whatever `target` is about. */
  readonly ratio?: number;
  readonly target: string;
  /** Null: nothing is asked; it is there to be compared. */
  readonly met: boolean | null;
};

/** What a measurement is given. */
export type Bench = {
  /** Fewer repetitions: to see that everything works. */
  readonly quick: boolean;
  readonly scale: number;
  readonly database: (name: DatabaseName) => Promise<BenchDatabase>;
  readonly databases: readonly DatabaseName[];
  readonly say: (line: string) => void;
};

/** A measurement of one line of spec 11. */
export type Measurement = (bench: Bench) => Promise<Result[]>;
