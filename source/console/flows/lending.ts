import type { BlockCode } from '../../circulation/blocks.ts';
import { isPatronLevel } from '../../circulation/blocks.ts';
import type { LendOutcome, LendRequest, Lent } from '../../desk/lend.ts';
import type { ItemLine } from '../../desk/views.ts';
import { aroundTitle } from '../../language/fit.ts';
import { printable } from '../../language/printable.ts';
import type { CommandName } from '../keymap.ts';
import type { Runtime } from '../runtime.ts';
import type { Prompt, SessionRow } from '../state.ts';
import { askToOverride } from './override-reason.ts';
import { blockLines, done, mayLine, refreshList, refreshPane, whyLines } from './record.ts';

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

export async function notLent(
  runtime: Runtime,
  barcode: string,
  title: string,
  text: string,
  item: ItemLine | null = null,
): Promise<void> {
  await addRow(
    runtime,
    { kind: 'not-lent', title, barcode: printable(barcode), why: runtime.words().lists.notLent, item },
    0,
  );
  runtime.tell('refusal', text);
}

export async function wasLent(runtime: Runtime, outcome: Lent): Promise<void> {
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
    { kind: 'loan', loan, title, barcode: item.barcode, library: item.library, due, lateFrom, status, item },
    outcome.kind === 'lent' ? 1 : 0,
  );
  // The loan may have filled a request of theirs (HOLD-05): what the pane counts is read again.
  if ((record?.pane.requests ?? 0) > 0) await refreshPane(runtime);
  const make = (shown: string) =>
    outcome.kind === 'renewed'
      ? words.renewed(shown, when)
      : from === null
        ? words.lent(shown, when)
        : words.lentAfterReturn(shown, when, from);
  runtime.tell('done', sentence(runtime, make, title));
}

/** Asks about the blocks of a loan; answers the next request, or undefined if the loan is given up. */
export async function askAboutBlocks<Request extends Pick<LendRequest, 'barcode' | 'override' | 'expiry'>>(
  runtime: Runtime,
  outcome: Blocked,
  request: Request,
): Promise<Request | undefined> {
  const prompt = blocksPrompt(runtime, outcome, request.barcode);
  const proceed = prompt.choices.includes('answer-keep') ? 'answer-keep' : 'answer-override';
  const { answer, reason = request.override?.reason } = await askToOverride(runtime, prompt, proceed);
  const codes = outcome.blocks.map((one) => one.code);
  const before = (request.override?.codes ?? []) as readonly BlockCode[];
  const why = reason === undefined ? {} : { reason };
  if (answer === 'answer-override' || answer === 'answer-keep') {
    return {
      ...request,
      override: { codes: [...before, ...codes], ...why },
      ...(codes.includes('DUE_AFTER_EXPIRY') ? { expiry: 'keep' } : {}),
    };
  }
  if (answer === 'answer-shorten') {
    return {
      ...request,
      override: { codes: [...before, ...codes.filter((code) => code !== 'DUE_AFTER_EXPIRY')], ...why },
      expiry: 'shorten',
    };
  }
  const title = titleOf(outcome.item, request.barcode);
  await notLent(
    runtime,
    request.barcode,
    title,
    sentence(runtime, runtime.words().loan.cancelled, title),
    outcome.item,
  );
  if (answer === 'answer-cancel' && codes.some(isPatronLevel)) await done(runtime);
  return undefined;
}
