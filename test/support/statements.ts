import pg from 'pg';
import sqlite3 from 'sqlite3';

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Record<string, Method>;

const textOf = (self: unknown, [first]: readonly unknown[]): string => {
  if (typeof first === 'string') return first;
  const { text } = (first ?? {}) as { readonly text?: unknown };
  const { sql } = (self ?? {}) as { readonly sql?: unknown };
  return [text, sql].find((one): one is string => typeof one === 'string') ?? '?';
};

/** The texts of the statements that this process sends to either database while some work is done, in order. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const undo: (() => void)[] = [];
  const watch = (methods: Methods, names: readonly string[]): void => {
    for (const name of names) {
      const original = methods[name];
      if (!original) throw new Error(`the driver has no ${name}`);
      methods[name] = function watched(this: unknown, ...args: unknown[]) {
        texts.push(textOf(this, args));
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
  return texts;
}
