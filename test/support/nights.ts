import { expect } from 'vitest';
import type { JobName, RunnableName } from '../../source/circulation/jobs.ts';
import type { LetterFacts, LetterKind } from '../../source/circulation/letters.ts';
import type { Day } from '../../source/circulation/time.ts';
import { addDays } from '../../source/circulation/time.ts';
import { JOBS, runJob } from '../../source/jobs/index.ts';
import type { TestDatabase } from './databases.ts';
import type { Scene } from './house.ts';

/** What a run has counted, without what it has not. */
export type Counted = Readonly<Record<string, number>>;

const some = (counters: Counted): Counted =>
  Object.fromEntries(Object.entries(counters).filter(([, count]) => count > 0));

/** Has a job run for a day, also where it has been; answers with what it has counted. */
export async function runFor(scene: Scene, name: RunnableName, day: Day): Promise<Counted> {
  const done = await runJob({ perform: scene.perform, jobs: JOBS }, { name, day, again: true });
  expect(done).toMatchObject({ kind: 'done', day });
  return done.kind === 'done' ? some(done.counters) : {};
}

/** The night of a business day, on time: half an hour after midnight of the next one. */
export async function nightOf(scene: Scene, day: Day, name: RunnableName = 'nightly'): Promise<Counted> {
  scene.at(`${addDays(day, 1)}T00:30`);
  return runFor(scene, name, day);
}

/** The nights of some days, one after the other, on time. */
export async function nightsFrom(
  scene: Scene,
  first: Day,
  last: Day,
  name: JobName | 'nightly' = 'nightly',
): Promise<void> {
  for (let day = first; day <= last; day = addDays(day, 1)) await nightOf(scene, day, name);
}

/** A letter as a test looks at it. */
export type TestLetter = {
  readonly kind: LetterKind;
  readonly cause: string;
  readonly patron: number | null;
  readonly library: string | null;
  readonly language: string;
  readonly address: string | null;
  readonly channel: string;
  readonly state: string;
  readonly night: Day | null;
  readonly at: number;
  readonly facts: LetterFacts[LetterKind];
};

/** All letters of a database, in their order. */
export async function lettersIn(database: TestDatabase): Promise<TestLetter[]> {
  const found = await database.sql<Omit<TestLetter, 'facts' | 'at'> & { facts: string; at: number | string }>(
    `select kind, cause, patron_id as patron, library, language, to_address as address, channel, state, night,
       created_at as at, facts from letters where kind <> 'job-report' order by id`,
  );
  return found.map((one) => ({ ...one, at: Number(one.at), facts: JSON.parse(one.facts) as LetterFacts[LetterKind] }));
}

/** What is told of which items, a line for each letter: `2026-06-12 courtesy P1 sci B1 B2`. */
export async function noticesIn(database: TestDatabase): Promise<string[]> {
  const letters = await lettersIn(database);
  return letters.flatMap(({ kind, night, library, facts }) => {
    if (!('dueDay' in facts)) return [];
    const barcodes = facts.loans.map((one) => one.barcode);
    return [`${night} ${kind} ${facts.patron.identifier} ${library} ${barcodes.join(' ')}`];
  });
}
