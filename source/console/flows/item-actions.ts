import { changeItem, deleteItem } from '../../desk/catalogue-items.ts';
import { itemHistory } from '../../desk/item-history.ts';
import { showItem } from '../../desk/show.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse, refreshBrowse } from './browse.ts';
import { sentence } from './lending.ts';
import { openFromList } from './open-from-list.ts';

/** Deletes an item after a question; its holding and title too where nothing else hangs on them. Answers whether it is gone. */
export async function removeItem(runtime: Runtime, barcode: string, title: string): Promise<boolean> {
  const words = runtime.words().catalogue;
  const shown = printable(title);
  const answer = await runtime.ask({
    title: words.askDelete(shown, printable(barcode)),
    lines: [words.askDeleteWhat],
    why: [],
    choices: ['answer-yes', 'answer-cancel'],
  });
  if (answer !== 'answer-yes') return false;
  const outcome = await runtime.perform(deleteItem, { barcode, also: 'what-is-empty' });
  if (outcome.kind === 'deleted') {
    runtime.tell('done', outcome.title === null ? words.deletedItem(shown) : words.deletedAll(shown));
    return true;
  }
  if (outcome.kind === 'in-use') runtime.tell('refusal', words.inUse[outcome.because]);
  else runtime.refuse(outcome);
  return false;
}

/** Who has the item now; undefined: nobody, or nobody that this account may see. */
export async function borrowerOf(runtime: Runtime, barcode: string): Promise<number | undefined> {
  const found = await runtime.perform(showItem, { barcode });
  return found.kind === 'item' ? found.patron?.id : undefined;
}

const NOTES = ['fulfilmentNote', 'publicNote', 'internalNote'] as const;

/** The three notes of an item (ITEM-02): for the desk, for the catalogue, for the library. */
export async function editItemNotes(runtime: Runtime, barcode: string): Promise<void> {
  const found = await runtime.perform(showItem, { barcode });
  if (found.kind !== 'item') return runtime.refuse(found);
  const { item } = found;
  const card = runtime.words().itemCard;
  const field = (name: (typeof NOTES)[number], hint: string) =>
    ({ kind: 'text', name, label: card[name], value: item[name] ?? '', hint }) as const;
  const values = await runtime.askForm({
    key: `item ${item.barcode} notes`,
    title: card.notesOf(printable(item.title)),
    fields: [
      field('fulfilmentNote', card.fulfilmentHint),
      field('publicNote', card.publicHint),
      field('internalNote', card.internalHint),
    ],
  });
  if (!values) return;
  // Only what has changed: somebody else may have written another note meanwhile.
  const changed = NOTES.filter((name) => String(values[name]) !== (item[name] ?? ''));
  const change = Object.fromEntries((changed.length > 0 ? changed : NOTES).map((name) => [name, String(values[name])]));
  const outcome = await runtime.perform(changeItem, { barcode: item.barcode, change });
  if (outcome.kind === 'changed') runtime.tell('done', sentence(runtime, card.notesKept, printable(item.title)));
  else if (outcome.kind === 'in-use') runtime.tell('refusal', runtime.words().catalogue.inUse[outcome.because]);
  else runtime.refuse(outcome);
  await refreshBrowse(runtime);
}

/** Declares an item missing, or found again. */
export async function declareMissing(runtime: Runtime, barcode: string): Promise<void> {
  const found = await runtime.perform(showItem, { barcode });
  if (found.kind !== 'item') return runtime.refuse(found);
  const card = runtime.words().itemCard;
  const missing = found.item.process !== 'MISSING';
  const title = printable(found.item.title);
  const answer = await runtime.ask({
    title: missing ? card.askMissing(title) : card.askFound(title),
    lines: [],
    why: [],
    choices: ['answer-yes', 'answer-cancel'],
  });
  if (answer !== 'answer-yes') return;
  const outcome = await runtime.perform(changeItem, { barcode, change: { missing } });
  if (outcome.kind === 'changed')
    runtime.tell('done', sentence(runtime, missing ? card.nowMissing : card.nowFound, title));
  else if (outcome.kind === 'in-use') runtime.tell('refusal', runtime.words().catalogue.inUse[outcome.because]);
  else runtime.refuse(outcome);
  await refreshBrowse(runtime);
}

type HistoryLine = {
  readonly id: string;
  readonly at: number;
  readonly what: string;
  readonly who: string;
  readonly where: string;
  readonly patron: number | undefined;
};

/** The transactions of an item, newest first: borrowers until they are anonymised, scans, changes (ITEM-03). */
export async function showHistory(runtime: Runtime, barcode: string): Promise<void> {
  const words = runtime.words().history;
  let title = barcode;
  await openBrowse<HistoryLine>(runtime, {
    table: 'item-history',
    title: () => runtime.words().history.head(printable(title)),
    hint: () => runtime.words().history.hint,
    columns: () => [
      { name: 'at', head: words.at, width: 16, cell: (row) => runtime.dates().short(row.at) },
      { name: 'what', head: words.what, width: 0, cell: (row) => row.what },
      { name: 'who', head: words.who, width: 20, cell: (row) => row.who },
      { name: 'where', head: words.where, width: 12, cell: (row) => row.where },
    ],
    keyOf: (row) => row.id,
    empty: () => words.none,
    itemOf: () => barcode,
    patronOf: (row) => row.patron,
    open: async (row) => {
      if (row.patron !== undefined) await openFromList(runtime, row.patron);
    },
    read: async (window) => {
      // Two lists that are one to the reader: enough of both is read to show the window of their union.
      const enough = { offset: 0, limit: window.offset + window.limit };
      const found = await runtime.perform(itemHistory, { barcode, window: enough });
      if (found.kind !== 'item-history') {
        runtime.refuse(found);
        return undefined;
      }
      title = found.item.title;
      const dates = runtime.dates();
      const loans = found.loans.lines.map((one): HistoryLine => ({
        id: `loan ${one.id}`,
        at: one.loanedAt,
        what:
          one.returnedAt === null
            ? words.onLoanUntil(dates.moment(one.due))
            : words.lentAndBack(dates.moment(one.returnedAt)),
        who: one.patron === null ? (found.borrowers ? words.anonymous : words.hidden) : printable(one.patron.name),
        where: one.loanedDesk,
        patron: one.patron?.id,
      }));
      const events = found.events.lines.map((one): HistoryLine => ({
        id: `event ${one.id}`,
        at: one.at,
        what: runtime.words().audit.kind[one.kind],
        who: one.staff ?? '',
        where: one.desk ?? '',
        patron: undefined,
      }));
      const all = [...loans, ...events].toSorted((one, other) => other.at - one.at);
      return {
        total: found.loans.total + found.events.total,
        lines: all.slice(window.offset, window.offset + window.limit),
      };
    },
  });
}
