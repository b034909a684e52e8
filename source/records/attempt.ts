import { rows } from './sql.ts';
import type { Connection } from './sql.ts';

/**
 * Does work inside the transaction of which nothing is left, events included, unless what it answers is worth keeping;
 * only in a transaction; `written`: the events of the transaction so far. Nothing is left of it either where it throws.
 */
export const attemptOn =
  (db: Connection, written: unknown[]) =>
  async <T>(work: () => Promise<T>, isKept: (answer: T) => boolean): Promise<T> => {
    const before = written.length;
    const undo = async (): Promise<void> => {
      written.length = before;
      await rows(db, 'rollback to savepoint attempt');
      await rows(db, 'release savepoint attempt');
    };
    await rows(db, 'savepoint attempt');
    let answer: T;
    try {
      answer = await work();
    } catch (error) {
      // What went wrong first is what is told: the transaction ends with it in any case.
      await undo().catch(() => undefined);
      throw error;
    }
    if (isKept(answer)) await rows(db, 'release savepoint attempt');
    else await undo();
    return answer;
  };
