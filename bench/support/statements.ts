import { statementsOf } from '../../test/support/statements.ts';

/** Counts the statements that this process sends to either database while some work is done; transactions' ends count too. */
export const countStatements = async (work: () => Promise<unknown>): Promise<number> =>
  (await statementsOf(work)).length;
