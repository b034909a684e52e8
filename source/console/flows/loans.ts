import type { BlockCode } from '../../circulation/blocks.ts';
import { isPatronLevel } from '../../circulation/blocks.ts';
import { lend } from '../../desk/lend.ts';
import type { LendOutcome, LendRequest, Lent } from '../../desk/lend.ts';
import { meaningOfScan } from '../../desk/patrons.ts';
import { printable } from '../../language/printable.ts';
import { aroundTitle, wrap } from '../fit.ts';
import type { CommandName } from '../keymap.ts';
import type { Runtime } from '../runtime.ts';
import type { Prompt, SessionRow } from '../state.ts';
import { blockLines, done, mayLine, openRecord, refreshList, whyLines } from './record.ts';

type Blocked = Extract<LendOutcome, { kind: 'blocked' }>;

const titleOf = (item: { title: string } | null, barcode: string): string => printable(item?.title ?? barcode);

/** The sentence of an answer, with a title that gives way to what matters. */
export const sentence = (runtime: Runtime, make: (title: string) => string, title: string): string =>
  aroundTitle(make, title, runtime.store.get().columns - 2);

function blocksPrompt(runtime: Runtime, outcome: Blocked, barcode: string): Prompt {
  const { blocks } = outcome;
  const expiry = blocks.some((one) => one.code === 'DUE_AFTER_EXPIRY');
  const others = blocks.filter((one) => one.code !== 'DUE_AFTER_EXPIRY');
  const choices: CommandName[] = [];
  if (outcome.mayOverride) choices.push(expiry && others.length === 0 ? 'answer-keep' : 'answer-override');
  if (expiry && others.every((one) => one.mayOverride)) choices.push('answer-shorten');
  return {
    title: runtime.words().prompt.blocksForLoan(blocks.length, titleOf(outcome.item, barcode)),
    answer: sentence(runtime, runtime.words().prompt.blocked, titleOf(outcome.item, barcode)),
    lines: [...blockLines(runtime, blocks), '', mayLine(runtime, blocks)],
    why: whyLines(runtime, blocks),
    choices: [...choices, 'answer-cancel', 'answer-ok', 'answer-why'],
  };
}

/** Adds a row to the session's list, the latest first, so that it is always in view. */
async function addRow(runtime: Runtime, row: SessionRow, more: number): Promise<void> {
  const { record } = runtime.store.get();
  if (!record) return;
  const lent =
    row.kind === 'loan' ? record.lent.filter((one) => one.kind !== 'loan' || one.loan !== row.loan) : record.lent;
  const pane = { ...record.pane, loans: record.pane.loans + more };
  const next = { ...record, pane, lent: [row, ...lent], selected: 0, offset: 0 };
  runtime.store.set({ record: { ...next, total: next.lent.length } });
  if (record.all || record.tab !== 'loans') await refreshList(runtime);
}

async function notLent(runtime: Runtime, barcode: string, title: string, text: string): Promise<void> {
  await addRow(
    runtime,
    { kind: 'not-lent', title, barcode: printable(barcode), why: runtime.words().lists.notLent },
    0,
  );
  runtime.tell('refusal', text);
}

async function wasLent(runtime: Runtime, outcome: Lent): Promise<void> {
  const { record } = runtime.store.get();
  const { item, due, lateFrom, status, loan } = outcome;
  record?.session.remember(outcome.overridden, item.barcode);
  record?.session.lent(loan, item.barcode);
  const title = printable(item.title);
  const words = runtime.words().loan;
  const when = runtime.dates().moment(due);
  const from = outcome.returnedFrom === null ? null : printable(outcome.returnedFrom);
  await addRow(
    runtime,
    { kind: 'loan', loan, title, barcode: item.barcode, library: item.library, due, lateFrom, status },
    outcome.kind === 'lent' ? 1 : 0,
  );
  const make = (shown: string) =>
    outcome.kind === 'renewed'
      ? words.renewed(shown, when)
      : from === null
        ? words.lent(shown, when)
        : words.lentAfterReturn(shown, when, from);
  runtime.tell('done', sentence(runtime, make, title));
}

/** Asks about the blocks of a loan; answers the next request, or undefined if the loan is given up. */
async function askAboutBlocks(
  runtime: Runtime,
  outcome: Blocked,
  request: LendRequest,
): Promise<LendRequest | undefined> {
  const answer = await runtime.ask(blocksPrompt(runtime, outcome, request.barcode));
  const codes = outcome.blocks.map((one) => one.code);
  const before = (request.override?.codes ?? []) as readonly BlockCode[];
  if (answer === 'answer-override' || answer === 'answer-keep') {
    return {
      ...request,
      override: { codes: [...before, ...codes] },
      ...(codes.includes('DUE_AFTER_EXPIRY') ? { expiry: 'keep' } : {}),
    };
  }
  if (answer === 'answer-shorten') {
    return {
      ...request,
      override: { codes: [...before, ...codes.filter((code) => code !== 'DUE_AFTER_EXPIRY')] },
      expiry: 'shorten',
    };
  }
  const title = titleOf(outcome.item, request.barcode);
  await notLent(runtime, request.barcode, title, sentence(runtime, runtime.words().loan.cancelled, title));
  if (answer === 'answer-cancel' && codes.some(isPatronLevel)) await done(runtime);
  return undefined;
}

/** A fulfilment note waits until it is read (BLK-10). */
async function askAboutNote(
  runtime: Runtime,
  outcome: Extract<LendOutcome, { kind: 'note' }>,
  request: LendRequest,
): Promise<LendRequest | undefined> {
  const { record, columns } = runtime.store.get();
  record?.session.remember(outcome.overridden, request.barcode);
  const title = printable(outcome.item.title);
  const answer = await runtime.ask({
    title: runtime.words().prompt.note(title),
    lines: wrap(printable(outcome.note), columns - 6),
    why: [],
    choices: ['answer-read', 'answer-cancel'],
  });
  if (answer === 'answer-read') {
    const standing = record?.session.standing(request.barcode) ?? [];
    return { ...request, standing, acknowledged: true };
  }
  await notLent(runtime, request.barcode, title, sentence(runtime, runtime.words().loan.cancelled, title));
  return undefined;
}

/** Lends one item to the open record, asking as often as something new stands in the way. */
export async function lendItem(runtime: Runtime, barcode: string): Promise<void> {
  const { record } = runtime.store.get();
  if (!record) return runtime.tell('warning', runtime.words().patron.needsPatron);
  let request: LendRequest | undefined = {
    patron: record.pane.patron.id,
    barcode,
    standing: record.session.standing(barcode),
  };
  while (request) {
    const outcome: LendOutcome = await runtime.perform(lend, request);
    switch (outcome.kind) {
      case 'lent':
      case 'renewed':
        return wasLent(runtime, outcome);
      case 'blocked':
        if (outcome.blocks.some((one) => one.code === 'ITEM_UNKNOWN')) {
          const shown = printable(barcode);
          return notLent(runtime, barcode, shown, runtime.words().loan.unknown(shown));
        }
        request = await askAboutBlocks(runtime, outcome, request);
        break;
      case 'note':
        request = await askAboutNote(runtime, outcome, request);
        break;
      case 'not-renewed': {
        const title = printable(outcome.item.title);
        const [first] = outcome.refusals;
        const reason = first ? runtime.deskWords().renewal[first] : '';
        return notLent(
          runtime,
          barcode,
          title,
          sentence(runtime, (shown) => runtime.words().loan.notRenewed(shown, reason), title),
        );
      }
      case 'not-permitted':
      case 'unknown':
      case 'invalid':
        return runtime.refuse(outcome);
    }
  }
}

/** What a scanned code is: a card opens its record; where it could be both, the operator says (never guessed). */
export async function askWhatItIs(
  runtime: Runtime,
  code: string,
): Promise<{ patronId: number } | 'item' | 'neither' | 'cancelled'> {
  const meaning = await runtime.perform(meaningOfScan, { code });
  if (meaning.kind !== 'meaning') {
    runtime.refuse(meaning);
    return 'cancelled';
  }
  const { patronId, itemId } = meaning;
  if (patronId === null) return itemId === null ? 'neither' : 'item';
  if (itemId === null) return { patronId };
  const answer = await runtime.ask({
    title: runtime.words().prompt.clash(printable(code)),
    lines: [],
    why: [],
    choices: ['answer-patron', 'answer-item', 'answer-cancel'],
  });
  if (answer === 'answer-patron') return { patronId };
  return answer === 'answer-item' ? 'item' : 'cancelled';
}

/** A scan in the loans tab: an item is lent, a card opens the next record (console.md, 1). */
export async function scanLoan(runtime: Runtime, code: string): Promise<void> {
  const what = await askWhatItIs(runtime, code);
  if (typeof what === 'object') await openRecord(runtime, what.patronId);
  else if (what !== 'cancelled') await lendItem(runtime, code);
}
