import type { ClearanceObstacle } from '../circulation/clearance.ts';
import type { ClearanceIssued } from '../desk/clearance.ts';
import type { LendOutcome, OpenBlock } from '../desk/lend.ts';
import { isRefusal, refusalSentence } from './refusals.ts';
import type { ReturnOutcome } from '../desk/return-item.ts';
import type { DeskWords, Saying } from '../language/desk-words.ts';
import { printable } from '../language/printable.ts';
import { sayingIn } from '../language/saying.ts';
import type { Context } from './context.ts';
import type { Opened } from './database.ts';

/** What became of one item: whether it was done, and the lines that say so. */
export type Told = { readonly done: boolean; readonly lines: readonly string[] };

/** How codes and dates of an opened database are said. */
export function sayingFor({ language }: Context, { network, timeZone }: Opened): Saying {
  return sayingIn(network, language, timeZone);
}

/** Each fact of a block on its own line, and who may set the block aside. */
function blockLines(one: OpenBlock, desk: DeskWords, say: Saying): string[] {
  // Each code has its own facts; the compiler cannot follow that the sentence of a code takes that code's facts.
  const sentence = desk.fact[one.code] as (fact: OpenBlock['facts'][number], say: Saying) => string;
  const facts = one.facts.map(
    (fact) => `  ${one.code} · ${desk.block[one.code]} · ${sentence(fact, say)} (${desk.level[one.by]})`,
  );
  return one.total > one.facts.length ? [...facts, `    ${desk.andMore(one.total - one.facts.length)}`] : facts;
}

/** What lending one item has come to. `barcode`: as it was given. */
export function tellLend(context: Context, opened: Opened, outcome: LendOutcome, barcode: string): Told {
  const { desk, commands } = context.words;
  const say = sayingFor(context, opened);
  const { result } = commands;
  switch (outcome.kind) {
    case 'lent':
    case 'renewed':
      return {
        done: true,
        lines: [result[outcome.kind](outcome.item.title, outcome.item.barcode, say.dates.moment(outcome.due))],
      };
    case 'blocked': {
      const title = result.blocked(outcome.item?.title ?? '?', outcome.item?.barcode ?? barcode, outcome.blocks.length);
      return { done: false, lines: [title, ...outcome.blocks.flatMap((one) => blockLines(one, desk, say))] };
    }
    case 'note':
      return { done: false, lines: [result.note(outcome.item.title, outcome.item.barcode, outcome.note)] };
    case 'not-renewed': {
      const title = result.notRenewed(outcome.item.title, outcome.item.barcode, say.dates.moment(outcome.due));
      return { done: false, lines: [title, ...outcome.refusals.map((code) => `  ${code} · ${desk.renewal[code]}`)] };
    }
    case 'clearance-asked':
      return { done: false, lines: [result.notCleared] };
    default:
      return { done: false, lines: [refusalSentence(outcome, commands.refusal)] };
  }
}

/** How many of what it is about stand against a clearance. */
function weightOf(obstacle: ClearanceObstacle): number {
  return 'count' in obstacle ? obstacle.count : obstacle.blocks.length;
}

/** What lending the dummy barcode has come to (QUI-02). */
export function tellClearance({ words: { commands } }: Context, outcome: ClearanceIssued): Told {
  const { result, refusal } = commands;
  switch (outcome.kind) {
    case 'issued': {
      const address = outcome.address === null ? null : printable(outcome.address);
      return { done: true, lines: [result.cleared(address)] };
    }
    case 'not-clear': {
      const missing = outcome.obstacles.map((one) => `  ${one.code} · ${result.obstacle[one.code](weightOf(one))}`);
      return { done: false, lines: [result.notCleared, ...missing] };
    }
    default:
      return { done: false, lines: [refusalSentence(outcome, refusal)] };
  }
}

/** What returning one item has come to. */
export function tellReturn(context: Context, opened: Opened, outcome: ReturnOutcome): Told {
  const { desk, commands } = context.words;
  const say = sayingFor(context, opened);
  const { result } = commands;
  if (isRefusal(outcome)) return { done: false, lines: [refusalSentence(outcome, commands.refusal)] };
  const { title, barcode } = outcome.item;
  switch (outcome.kind) {
    case 'note':
      return { done: false, lines: [result.note(title, barcode, outcome.note)] };
    case 'confirm':
      return { done: false, lines: [outcome.patron] };
    case 'returned':
    case 'not-on-loan': {
      const late = outcome.daysLate > 0 ? desk.daysLate(outcome.daysLate) : null;
      const first =
        outcome.kind === 'not-on-loan' || outcome.due === null
          ? result.notOnLoan(title, barcode)
          : result.returned(title, barcode, outcome.patron?.name ?? '', say.dates.moment(outcome.due), late);
      const blocked =
        outcome.blockedUntil === null ? [] : [`  ${result.blockedUntil(say.dates.day(outcome.blockedUntil))}`];
      return { done: true, lines: [first, `  ${desk.instruction(outcome, say)}`, ...blocked] };
    }
  }
}
