// KIOSK-TIMING: whether the time of an answer tells a guesser at a patrons' terminal that a name is somebody's (KIO-02, REL-07). Each way
// to ask is tried with names that somebody has and with names that nobody has, in turn. What the terminal shows comes at whole
// half seconds; here it is what lies behind that.
import { openHouse } from '../source/desk/house.ts';
import { askForCode } from '../source/desk/ask-for-code.ts';
import { setPatronPassword } from '../source/desk/patron-passwords.ts';
import { signInPatron } from '../source/desk/patron-sign-in.ts';
import type { Perform, Seat } from '../source/desk/perform.ts';
import { NOBODY } from '../source/desk/sign-in.ts';
import { NOW } from './data-set/scale.ts';
import type { Measurement, Result } from './result.ts';
import type { BenchDatabase } from './support/databases.ts';
import { operator } from './support/seat.ts';
import { median, timed } from './support/statistics.ts';

const TRIES = 60;
/** From so many failures on an account is locked. */
const LOCKED_AFTER = 10;
const PASSWORD = 'Abricot-7';

/** A terminal of its own for each try: none of them has to wait. */
const terminal = (name: string): Seat => ({
  staff: NOBODY,
  place: null,
  kiosk: { terminal: name, library: null, patron: null },
});

type Way = { readonly what: string; readonly ask: (perform: Perform, name: string, at: Seat) => Promise<unknown> };

const WAYS: readonly Way[] = [
  { what: 'signing in', ask: async (perform, id, at) => perform(at, signInPatron, { id, password: 'Prune-77' }) },
  { what: 'a code asked for', ask: async (perform, name, at) => perform(at, askForCode, { name }) },
];

/** Names that somebody has: with a password, with none, and with a lock. */
async function known(perform: Perform, { supply }: BenchDatabase, count: number): Promise<Record<string, string[]>> {
  const people = (many: number) => Array.from({ length: many }, () => supply.borrower());
  const withPassword = people(count);
  const [locked] = people(1);
  for (const { id } of [...withPassword, ...(locked ? [locked] : [])]) {
    const answer = await perform(operator, setPatronPassword, { patron: id, password: PASSWORD });
    if (answer.kind !== 'password-set') throw new Error(`no password: ${JSON.stringify(answer)}`);
  }
  const card = locked?.card ?? '';
  for (let failure = 0; failure < LOCKED_AFTER; failure += 1)
    await perform(terminal(`lock ${failure}`), signInPatron, { id: card, password: 'x' });
  return {
    'a password': withPassword.map((one) => one.card),
    'no password': people(count).map((one) => one.card),
    'a lock': Array.from({ length: count }, () => card),
  };
}

/** How often one of the first takes longer than one of the others: 0.5 where nothing can be told. */
function longerIn(some: readonly number[], others: readonly number[]): number {
  const wins = some.flatMap((one) => others.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
  return wins.reduce<number>((sum, one) => sum + one, 0) / wins.length;
}

export const measureKioskTiming: Measurement = async ({ databases, database, quick }) => {
  const results: Result[] = [];
  const tries = quick ? 6 : TRIES;
  for (const name of databases) {
    const on = await database(name);
    const house = openHouse(on.url);
    try {
      const perform = house.at(() => NOW);
      const people = await known(perform, on, tries);
      for (const { what, ask } of WAYS) {
        const times: Record<string, number[]> = { nobody: [] };
        for (let number = 0; number < tries; number += 1) {
          for (const [kind, names] of Object.entries({ ...people, nobody: [] as string[] })) {
            const asked = names[number] ?? `99${number}0000`;
            const at = terminal(`${what} ${kind} ${number}`);
            (times[kind] ??= []).push(await timed(async () => ask(perform, asked, at)));
          }
        }
        const { nobody = [], ...others } = times;
        for (const [kind, taken] of Object.entries(others)) {
          results.push({
            id: 'KIOSK-TIMING',
            what: `${what}: ${kind}, beyond a name that nobody has`,
            database: name,
            measured: median(taken) - median(nobody),
            median: median(nobody),
            unit: 'ms',
            ratio: longerIn(taken, nobody),
            target: 'ratio near 0.5',
            met: null,
          });
        }
      }
    } finally {
      await house.close();
    }
  }
  return results;
};
