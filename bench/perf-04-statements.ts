// PERF-04: statements per scan are the same whoever stands there; a patron with a thousand loans opens as one with none.
import { openHouse } from '../source/desk/house.ts';
import { lend } from '../source/desk/lend.ts';
import { endSession, meaningOfScan, openPatron } from '../source/desk/patrons.ts';
import type { Perform } from '../source/desk/perform.ts';
import { returnItem } from '../source/desk/return-item.ts';
import { cardOf } from './data-set/patrons.ts';
import { BUSY_PATRON, IDLE_PATRON, NOW } from './data-set/scale.ts';
import type { Measurement, Result } from './result.ts';
import type { BenchDatabase } from './support/databases.ts';
import { isOpen, atDesk } from './support/desk.ts';
import { operator } from './support/seat.ts';
import { countStatements } from './support/statements.ts';
import { median, timed } from './support/statistics.ts';

/** Statements of what was done, by how it turned out: what a return does depends on where the item goes. */
type Counts = Map<string, Set<number>>;

async function note(counts: Counts, work: () => Promise<string>): Promise<string> {
  let outcome = '';
  const count = await countStatements(async () => {
    outcome = await work();
  });
  counts.set(outcome, (counts.get(outcome) ?? new Set()).add(count));
  return outcome;
}

const loanScan = async (perform: Perform, patron: number, barcode: string): Promise<string> => {
  await perform(operator, meaningOfScan, { code: barcode });
  const { kind } = await perform(operator, lend, { patron, barcode });
  return `a loan’s scan: ${kind}`;
};

const returnScan = async (perform: Perform, barcode: string): Promise<string> => {
  const outcome = await perform(operator, returnItem, { barcode });
  if (!('next' in outcome)) return `a return’s scan: ${outcome.kind}`;
  return `a return’s scan: ${outcome.next}${outcome.requester === null ? '' : ' for a request'}`;
};

const cardScan = async (perform: Perform, patron: number): Promise<string> => {
  await perform(operator, meaningOfScan, { code: cardOf(patron) });
  await perform(operator, openPatron, { patron });
  await perform(operator, endSession, { patron, loans: [], because: 'next-patron' });
  return 'a card’s scan';
};

/** The same scans for a patron with a thousand loans, one with none, and others. */
async function counted(perform: Perform, { supply }: BenchDatabase): Promise<Counts> {
  const counts: Counts = new Map();
  const others = Array.from({ length: 5 }, () => supply.borrower().id);
  // The first action reads the network.
  await cardScan(perform, IDLE_PATRON);
  for (const patron of [BUSY_PATRON, IDLE_PATRON, ...others]) {
    await note(counts, async () => cardScan(perform, patron));
    for (let item = 0; item < 6; item += 1) {
      const barcode = supply.barcode();
      const outcome = await note(counts, async () => loanScan(perform, patron, barcode));
      if (outcome.endsWith('lent')) await note(counts, async () => returnScan(perform, barcode));
    }
  }
  return counts;
}

type Openings = { readonly busy: number; readonly idle: number };

async function inTurns(rounds: number, open: (patron: number) => Promise<number>): Promise<Openings> {
  const busy: number[] = [];
  const idle: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    busy.push(await open(BUSY_PATRON));
    idle.push(await open(IDLE_PATRON));
  }
  return { busy: median(busy), idle: median(idle) };
}

/** As the desk sees it: from the card’s last byte until the record is on the screen. */
async function onScreen(on: BenchDatabase, rounds: number): Promise<Openings> {
  return atDesk(on, async ({ terminal }) =>
    inTurns(rounds, async (id) => {
      const borrower = { id, card: cardOf(id) };
      const start = performance.now();
      terminal.write(`${borrower.card}\r`);
      const at = await terminal.shown(isOpen(borrower));
      await terminal.calm(40);
      return at - start;
    }),
  );
}

export const measureStatements: Measurement = async ({ databases, database, quick }) => {
  const id = 'PERF-04';
  const results: Result[] = [];
  for (const name of databases) {
    const on = await database(name);
    const house = openHouse(on.url);
    try {
      const perform = house.at(() => NOW);
      for (const [what, counts] of await counted(perform, on)) {
        const met = counts.size === 1;
        const measured = Math.max(...counts);
        results.push({ id, what, database: name, measured, unit: 'statements', target: 'constant', met });
      }
      const action = await inTurns(quick ? 50 : 300, async (patron) =>
        timed(async () => perform(operator, openPatron, { patron })),
      );
      const screen = await onScreen(on, quick ? 10 : 40);
      const opening = (what: string, { busy, idle }: Openings): Result => {
        const ratio = busy / idle;
        return {
          id,
          what,
          database: name,
          measured: busy,
          unit: 'ms',
          floor: idle,
          ratio,
          target: '≤ 1.5 × with none',
          met: ratio <= 1.5,
        };
      };
      results.push(opening('card to record, 1,000 loans', screen));
      results.push({ ...opening('the same without the screen', action), target: '', met: null });
    } finally {
      await house.close();
    }
  }
  return results;
};
