/** What a row may hold, on both databases. */
export type Value = string | number | boolean | null;

/** The rows of one table, in an order that may be written as it comes; made anew each time it is asked for. */
export type TableRows = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: () => Iterable<readonly Value[]>;
};

/** Where rows go: one open database, emptied of its indexes until all rows are in. */
export type Sink = {
  write(rows: TableRows): Promise<number>;
  /** Builds the indexes again, runs statements that need them, checks what can be checked, and closes. */
  finish(afterwards: readonly string[]): Promise<void>;
};
