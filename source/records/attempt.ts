import { rows } from './sql.ts';
import type { Connection } from './sql.ts';

/**
 * Does work inside the transaction of which nothing is left, events included, unless what it answers is worth keeping;
 * only in a transaction.
 */
export const attemptOn =
  (db: Connection) =>
  async <T>(work: () => Promise<T>, isKept: (answer: T) => boolean): Promise<T> => {
    await rows(db, 'savepoint attempt');
    const answer = await work();
    if (!isKept(answer)) await rows(db, 'rollback to savepoint attempt');
    await rows(db, 'release savepoint attempt');
    return answer;
  };
