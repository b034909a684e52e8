// PERF-05: names searched as they are typed, letter by letter: what the search takes, and when its list is on the screen.
import { openHouse } from '../source/desk/house.ts';
import { findPatrons } from '../source/desk/patrons.ts';
import type { PatronMatches } from '../source/desk/patrons.ts';
import type { Perform } from '../source/desk/perform.ts';
import { plain } from '../source/records/text.ts';
import { NOW } from './data-set/scale.ts';
import type { Measurement, Result } from './result.ts';
import { atDesk, KEYS, listOf } from './support/desk.ts';
import type { Desk } from './support/desk.ts';
import type { BenchDatabase } from './support/databases.ts';
import { latency } from './support/latency.ts';
import { operator } from './support/seat.ts';
import { timed } from './support/statistics.ts';

const MOST_MS = 20;
/** As many lines as the screen of 24 shows. */
const LINES = 13;
/** So many letters of a name are typed before its patron is seen. */
const LETTERS = 7;
/** Typing is told from scanning by a pause; a person's is longer. */
const PAUSE_MS = 80;
/** The first searches find a program that has not been used yet. */
const WARM_UP = 2;

/** Last names of patrons here and there; some are typed with the beginning of the first name behind. */
async function typedNames({ sql }: BenchDatabase, count: number): Promise<string[]> {
  const people = await sql<{ last: string; first: string }>(
    `select last_name as last, first_name as first from patrons order by id % 7919, id limit ${count}`,
  );
  return people.map(({ last, first }, index) =>
    index % 4 === 0 ? `${plain(last)} ${plain(first).slice(0, 2)}` : plain(last).slice(0, LETTERS),
  );
}

const beginnings = (name: string): string[] => Array.from(name, (_, index) => name.slice(0, index + 1));

type Found = Extract<PatronMatches, { kind: 'matches' }>;

async function search(perform: Perform, text: string): Promise<Found> {
  const found = await perform(operator, findPatrons, { text, window: { offset: 0, limit: LINES } });
  if (found.kind !== 'matches') throw new Error(`not searched: ${JSON.stringify(found)}`);
  return found;
}

async function searched(perform: Perform, names: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const [index, name] of names.entries()) {
    for (const text of beginnings(name)) {
      const time = await timed(async () => search(perform, text));
      if (index >= WARM_UP) times.push(time);
    }
  }
  return times;
}

/** From a letter until the list that it finds is on the screen. */
async function shown(desk: Desk, perform: Perform, names: readonly string[]): Promise<number[]> {
  const { terminal } = desk;
  const times: number[] = [];
  for (const [index, name] of names.entries()) {
    for (const text of beginnings(name)) {
      const { total, lines } = await search(perform, text);
      const last = lines.at(-1)?.identifier ?? '';
      const start = performance.now();
      terminal.write(text.at(-1) ?? '');
      const at = await terminal.shown(
        (screen) =>
          screen.includes(`› ${text}`) && screen.includes(` ${total} lecteur`) && listOf(screen).includes(last),
      );
      if (index >= WARM_UP) times.push(at - start);
      await terminal.calm(PAUSE_MS);
    }
    terminal.write(KEYS.escape);
    await terminal.shown((screen) => !screen.includes(`› ${name}`));
    await terminal.calm(PAUSE_MS);
  }
  return times;
}

export const measureNames: Measurement = async ({ databases, database, quick }) => {
  const id = 'PERF-05';
  const results: Result[] = [];
  for (const name of databases) {
    const on = await database(name);
    const house = openHouse(on.url);
    try {
      const perform = house.at(() => NOW);
      const times = await searched(perform, await typedNames(on, quick ? 10 : 60));
      const typed = await typedNames(on, quick ? 5 : 25);
      const seen = await atDesk(on, async (desk) => shown(desk, perform, typed));
      results.push(
        latency({ id, what: 'name search as typed, action level', database: name }, times, MOST_MS),
        latency(
          { id, what: 'letter to its list on screen, the 50 ms that tell it from a scan included', database: name },
          seen,
          null,
        ),
      );
    } finally {
      await house.close();
    }
  }
  return results;
};
