import { deleteItem } from '../../desk/catalogue-items.ts';
import { returnItem } from '../../desk/return-item.ts';
import type { Returned, ReturnOutcome, ReturnRequest } from '../../desk/return-item.ts';
import { printable } from '../../language/printable.ts';
import { widthOf, wrap } from '../../language/fit.ts';
import type { Runtime } from '../runtime.ts';
import type { ReturnRow } from '../state.ts';
import { sentence } from './lending.ts';
import { askWhatItIs } from './loans.ts';
import { unknownText } from './barcodes.ts';
import { printSlip } from './receipts.ts';
import { openRecord, refreshList, refreshPane } from './record.ts';
import { slipOf } from './slips.ts';

/** Adds a row to the list in view: of the open record, of the items scanned in, of the returns screen. The latest first. */
async function addRow(runtime: Runtime, row: ReturnRow): Promise<void> {
  const { record, returns, scannedIn, screen } = runtime.store.get();
  if (!record && screen === 'scan-in') {
    return runtime.store.set({ scannedIn: [row, ...scannedIn], scannedInSelected: 0 });
  }
  if (!record) return runtime.store.set({ returns: [row, ...returns], returnsSelected: 0 });
  const returned = [row, ...record.returned];
  runtime.store.set({ record: { ...record, returned, selected: 0, offset: 0 } });
  await refreshPane(runtime);
  await refreshList(runtime);
}

/** `bloqué 05/07`, for the row of a return that leaves its patron blocked. */
function blockedShort(runtime: Runtime, { blockedUntil }: Returned): string[] {
  if (blockedUntil === null) return [];
  return [runtime.words().returning.blockedShort(runtime.dates().numeric(blockedUntil).slice(0, 5))];
}

/** What the department is asked to do with the item (ITEM-01). */
function treatmentNote(runtime: Runtime, { workOrder }: Returned): string[] {
  return workOrder?.note ? [runtime.words().scanIn.note(printable(workOrder.note))] : [];
}

/** The date that counted, where it was not the day of the scan (RET-04, RET-08). */
function dateApplied(runtime: Runtime, { returnedAt }: Returned): string[] {
  const { modes } = runtime.store.get();
  return modes.bookDrop === null ? [] : [runtime.words().returning.dated(runtime.dates().short(returnedAt))];
}

function rowOf(runtime: Runtime, outcome: Returned): ReturnRow {
  const instruction = runtime.deskWords().instruction(outcome, runtime.say());
  return {
    title: printable(outcome.item.title),
    barcode: printable(outcome.item.barcode),
    patron: outcome.patron ? printable(outcome.patron.name) : runtime.words().returning.notOnLoanShort,
    due: outcome.due,
    returnedAt: outcome.returnedAt,
    next: [
      instruction,
      ...blockedShort(runtime, outcome),
      ...treatmentNote(runtime, outcome),
      ...dateApplied(runtime, outcome),
    ].join(' · '),
    ok: outcome.kind === 'returned',
    item: outcome.item,
    loan: outcome.loan,
    slip: slipOf(outcome),
  };
}

/**
 * Says what happened: the instruction in capitals first, then what it cost the patron (RET-02). Where a line is too short for
 * all of it, the end of a suspension stays: how late it was can be read from the row.
 */
function tellReturned(runtime: Runtime, outcome: Returned): void {
  const words = runtime.words().returning;
  const instruction = runtime.deskWords().instruction(outcome, runtime.say());
  const late = outcome.daysLate > 0 ? [words.late(outcome.daysLate)] : [];
  const blocked =
    outcome.blockedUntil === null ? [] : [words.blockedUntil(runtime.dates().numeric(outcome.blockedUntil))];
  const note = treatmentNote(runtime, outcome);
  const make = outcome.kind === 'returned' ? words.returned : words.notOnLoan;
  const said = [[...late, ...blocked, ...note], [...blocked, ...note], blocked].map((rest) =>
    sentence(runtime, (title) => [make(instruction, title), ...rest].join(' · '), printable(outcome.item.title)),
  );
  const room = runtime.store.get().columns - 2;
  const text = said.find((one) => widthOf(one) <= room) ?? said.at(-1) ?? '';
  const calm = outcome.kind === 'returned' && outcome.blockedUntil === null && outcome.next === 'reshelve';
  runtime.tell(calm ? 'done' : 'warning', text);
}

/** Asks what a return waits for: somebody else's item (RET-01), or a note (BLK-10). */
async function askBefore(
  runtime: Runtime,
  outcome: Extract<ReturnOutcome, { kind: 'confirm' | 'note' }>,
  request: ReturnRequest,
): Promise<ReturnRequest | undefined> {
  const title = printable(outcome.item.title);
  const words = runtime.words();
  if (outcome.kind === 'confirm') {
    const question = words.prompt.confirmReturn(title, printable(outcome.patron));
    const answer = await runtime.ask({ title: question, lines: [], why: [], choices: ['answer-yes', 'answer-cancel'] });
    if (answer === 'answer-yes') return { ...request, confirmed: true };
  } else {
    const lines = wrap(printable(outcome.note), runtime.store.get().columns - 6);
    const answer = await runtime.ask({
      title: words.prompt.note(title),
      lines,
      why: [],
      choices: ['answer-read', 'answer-cancel'],
    });
    if (answer === 'answer-read') return { ...request, acknowledged: true };
  }
  runtime.tell('refusal', sentence(runtime, words.returning.cancelled, title));
  await addRow(runtime, {
    title,
    barcode: printable(request.barcode),
    patron: '',
    due: null,
    returnedAt: null,
    next: words.lists.notReturned,
    ok: false,
    item: null,
    loan: null,
    slip: null,
  });
  return undefined;
}

async function unknownItem(runtime: Runtime, barcode: string): Promise<void> {
  const shown = printable(barcode);
  const words = runtime.words();
  await addRow(runtime, {
    title: shown,
    barcode: shown,
    patron: '',
    due: null,
    returnedAt: null,
    next: words.lists.notReturned,
    ok: false,
    item: null,
    loan: null,
    slip: null,
  });
  runtime.tell('refusal', unknownText(runtime, barcode, words.returning.unknown(shown)));
}

/** A foreign item names its destination in a way that cannot be missed (RET-03); a quick-add item may go altogether (RET-07). */
async function afterReturn(runtime: Runtime, outcome: Returned): Promise<void> {
  const words = runtime.words().returning;
  if (runtime.store.get().modes.slips && outcome.next !== 'reshelve') {
    await printSlip(runtime, outcome.item, slipOf(outcome));
  }
  if (outcome.quickAdd?.mayDelete !== true) return;
  const title = printable(outcome.item.title);
  const said = runtime.store.get().answer;
  const answer = await runtime.ask({
    title: words.quickAdd(title, runtime.deskWords().instruction(outcome, runtime.say())),
    lines: [outcome.quickAdd.withTitle ? words.quickAddAll : words.quickAddItem],
    why: [],
    choices: ['answer-read', 'answer-delete'],
  });
  if (answer !== 'answer-delete') return runtime.store.set({ answer: said });
  const deleted = await runtime.perform(deleteItem, { barcode: outcome.item.barcode, also: 'what-is-empty' });
  if (deleted.kind === 'deleted') {
    await renameFirstRow(runtime, words.deleted);
    return runtime.tell('done', sentence(runtime, words.quickAddDeleted, title));
  }
  if (deleted.kind === 'in-use') return runtime.tell('refusal', runtime.words().catalogue.inUse[deleted.because]);
  return runtime.refuse(deleted);
}

/** The row of the item that has just been returned says what became of it. */
async function renameFirstRow(runtime: Runtime, next: string): Promise<void> {
  const { record, returns, scannedIn, screen } = runtime.store.get();
  const scanning = screen === 'scan-in';
  const [first, ...rest] = record ? record.returned : scanning ? scannedIn : returns;
  if (!first) return;
  const rows = [{ ...first, next, item: null, slip: null }, ...rest];
  if (record) runtime.store.set({ record: { ...record, returned: rows } });
  else if (scanning) runtime.store.set({ scannedIn: rows });
  else runtime.store.set({ returns: rows });
}

/** Returns one item, within the open record if there is one. */
export async function returnOne(runtime: Runtime, barcode: string): Promise<void> {
  const within = runtime.store.get().record?.pane.patron.id;
  const { bookDrop } = runtime.store.get().modes;
  let request: ReturnRequest | undefined = {
    barcode,
    ...(within === undefined ? {} : { within }),
    ...(bookDrop === null ? {} : { dated: bookDrop }),
  };
  while (request) {
    const outcome: ReturnOutcome = await runtime.perform(returnItem, request);
    switch (outcome.kind) {
      case 'returned':
      case 'not-on-loan':
        await addRow(runtime, rowOf(runtime, outcome));
        tellReturned(runtime, outcome);
        return afterReturn(runtime, outcome);
      case 'confirm':
      case 'note':
        request = await askBefore(runtime, outcome, request);
        break;
      case 'unknown':
        return unknownItem(runtime, barcode);
      case 'not-permitted':
      case 'invalid':
        return runtime.refuse(outcome);
    }
  }
}

/** A scan where items are returned: a card opens its patron (RET-08), everything else is an item. */
export async function scanReturn(runtime: Runtime, code: string): Promise<void> {
  const what = await askWhatItIs(runtime, code);
  if (typeof what === 'object') await openRecord(runtime, what.patronId);
  else if (what !== 'cancelled') await returnOne(runtime, code);
}

/** Shows the returns screen; an open record has been ended before. */
export function showReturns(runtime: Runtime): void {
  runtime.otherPlace();
  runtime.store.set({
    screen: 'returns',
    record: null,
    matches: null,
    overlay: null,
    browse: [],
    under: null,
    itemMatches: null,
    clearsIn: null,
    answer: null,
    field: { label: runtime.words().returning.field, value: '', masked: false },
  });
}
