import pg from 'pg';
import sqlite3 from 'sqlite3';

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Record<string, Method>;

/** Counts the statements that this process sends to either database while some work is done; transactions' ends count too. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const undo: (() => void)[] = [];
  const watch = (methods: Methods, names: readonly string[]): void => {
    for (const name of names) {
      const original = methods[name];
      if (!original) throw new Error(`the driver has no ${name}`);
      methods[name] = function counted(this: unknown, ...args: unknown[]) {
        count += 1;
        return original.apply(this, args);
      };
      undo.push(() => {
        methods[name] = original;
      });
    }
  };
  // The methods of the database prepare a statement and call its own.
  watch(sqlite3.Statement.prototype as unknown as Methods, ['all', 'run', 'get', 'each']);
  watch(sqlite3.Database.prototype as unknown as Methods, ['exec']);
  watch(pg.Client.prototype as unknown as Methods, ['query']);
  try {
    await work();
  } finally {
    for (const one of undo) one();
  }
  return count;
}
