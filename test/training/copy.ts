import { expect } from 'vitest';
import { parseLocal } from '../../source/circulation/time.ts';
import type { Action, Refusal, Seat } from '../../source/desk/perform.ts';
import { NOBODY, recallStaff } from '../../source/desk/sign-in.ts';
import { makeTrainingCopy } from '../../source/training/sample.ts';
import type { DatabaseUnderTest, TestDatabase } from '../support/databases.ts';
import { onDatabase } from './on-a-database.ts';

/** A training copy, and somebody at its desk. */
export type Copy = TestDatabase & {
  /** Does an action as `bib` at `sci/PRET`, at the moment of the copy. */
  act<Request, Outcome>(what: Action<Request, Outcome>, request: Request): Promise<Outcome | Refusal>;
};

/** Does something with a training copy that stands at a local time, and somebody at its desk. */
export async function withCopy(
  kind: DatabaseUnderTest,
  local: string,
  work: (copy: Copy) => Promise<void>,
): Promise<void> {
  await onDatabase(kind, async (database) => work(await copyIn(database, local)));
}

async function copyIn(database: TestDatabase, local: string): Promise<Copy> {
  const at = parseLocal(local, 'Europe/Paris') ?? 0;
  expect(await makeTrainingCopy(database.house, { at })).toEqual({ kind: 'made' });
  const perform = database.house.at(() => at);
  const bib = await perform({ staff: NOBODY, place: null }, recallStaff, { name: 'bib' });
  if (bib.kind !== 'signed-in') throw new Error('no bib');
  const seat: Seat = { staff: bib.staff, place: { kind: 'desk', library: 'sci', code: 'PRET' } };
  return { ...database, act: async (what, request) => perform(seat, what, request) };
}
