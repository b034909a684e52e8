import { instantOf } from '../../../circulation/time.ts';
import type { Instant } from '../../../circulation/time.ts';
import { wrap } from '../../../language/fit.ts';
import { printable } from '../../../language/printable.ts';
import type { Journal, JournalEntry } from '../../../offline/index.ts';
import type { OfflineMeans } from '../../offline-means.ts';
import type { Runtime } from '../../runtime.ts';
import type { OfflineDesk, OfflineRow } from '../../state.ts';
import { openOfflineJournal } from './journal.ts';
import { kindOfCode } from './codes.ts';

/** Rows that are kept for the screen; the file has all of them. */
const ROWS = 200;

/** Changes what the offline desk shows. */
export function changeDesk(runtime: Runtime, change: Partial<OfflineDesk>): void {
  const { offline, field } = runtime.store.get();
  if (!offline) return;
  const next = { ...offline, ...change };
  const words = runtime.words().offline;
  const label = next.mode === 'loan' && next.borrower === null ? words.borrower : words.item;
  runtime.store.set({ offline: next, field: { ...field, label } });
}

/** A card was read: its loans follow. */
function takeBorrower(runtime: Runtime, means: OfflineMeans, code: string): void {
  means.shapes.learn('card', code);
  runtime.newPatron();
  changeDesk(runtime, { mode: 'loan', borrower: { code, name: null } });
  runtime.tell('information', runtime.words().offline.borrowerIs(printable(code)));
}

function rowOf(runtime: Runtime, entry: JournalEntry, number: number): OfflineRow & { readonly at: Instant } {
  const { timeZone, offline } = runtime.store.get();
  const { action, item, patron, day, minutes } = entry;
  return {
    number,
    at: instantOf(day, minutes, timeZone),
    action: action === 'L' ? 'loan' : 'return',
    item: printable(item),
    patron: patron === null ? null : printable(patron),
    name: patron !== null && offline?.borrower?.code === patron ? offline.borrower.name : null,
  };
}

/** What the file has already, the latest first: recorded before this desk went offline, or before it was started again (OFF-01). */
export function rowsOfJournal(runtime: Runtime, journal: Journal): OfflineRow[] {
  const { loans, returns } = journal.counts();
  return journal
    .recent(ROWS)
    .toReversed()
    .map((entry, back) => rowOf(runtime, entry, loans + returns - back));
}

/** Says what has been written, and shows it. */
function tellRecorded(runtime: Runtime, journal: Journal, entry: JournalEntry): void {
  const { offline } = runtime.store.get();
  if (!offline) return;
  const words = runtime.words().offline;
  const { loans, returns } = journal.counts();
  const row = rowOf(runtime, entry, loans + returns);
  changeDesk(runtime, { rows: [row, ...offline.rows].slice(0, ROWS), selected: 0, count: loans + returns });
  if (entry.clockWentBack) return runtime.tell('warning', words.clockBack(runtime.dates().hour(row.at)));
  runtime.tell(
    'done',
    row.action === 'return' ? words.returned(row.item) : words.lent(row.item, row.name ?? row.patron ?? ''),
  );
}

/** Neither the database nor the file takes it: the operator decides, and what comes behind it waits (REL-03). */
async function askAgain(runtime: Runtime, code: string, because: string): Promise<boolean> {
  const words = runtime.words().offline;
  const title = words.notRecorded(printable(code), because);
  const lines = wrap(words.onPaper, runtime.store.get().columns - 6);
  const answer = await runtime.ask({ title, lines, why: [], choices: ['answer-retry', 'answer-cancel'] });
  if (answer === 'answer-retry') return true;
  runtime.tell('refusal', title);
  return false;
}

/** Writes one transaction into the journal: it is on the disk before the screen says so (OFF-01). */
async function write(runtime: Runtime, means: OfflineMeans, code: string, at: Instant | undefined): Promise<void> {
  const words = runtime.words().offline;
  for (;;) {
    const opened = await openOfflineJournal(runtime, means);
    const { offline } = runtime.store.get();
    if (!offline) return;
    const moment = at === undefined ? {} : { at };
    const { borrower } = offline;
    if (opened.kind === 'open') {
      const { journal } = opened;
      const request =
        offline.mode === 'loan' && borrower !== null
          ? ({ kind: 'loan', patron: borrower.code, item: code, ...moment } as const)
          : ({ kind: 'return', item: code, ...moment } as const);
      const answer = await journal.record(request);
      if (answer.kind === 'recorded') {
        means.shapes.learn('item', code);
        return tellRecorded(runtime, journal, answer.entry);
      }
      if (answer.kind === 'unusable')
        return runtime.tell('refusal', words.notRecorded(printable(code), words.trouble.unusable));
      if (answer.problem === 'gone') await means.close();
      if (!(await askAgain(runtime, code, words.trouble[answer.problem]))) return;
    } else if (!(await askAgain(runtime, code, words.trouble[opened.problem]))) return;
  }
}

/** A code was read without the database: a borrower, a loan or a return. `at`: when it was first tried, if that may have been recorded. */
export async function scanOffline(runtime: Runtime, read: string, at?: Instant): Promise<void> {
  const means = runtime.offline;
  const { offline, modes } = runtime.store.get();
  if (!means || !offline) return;
  const code = read.trim();
  const words = runtime.words().offline;
  if (code === '') return;
  if (offline.mode === 'loan' && offline.borrower === null) return takeBorrower(runtime, means, code);
  if (offline.borrower?.code === code && offline.mode === 'loan')
    return runtime.tell('information', words.borrowerIs(printable(offline.borrower.name ?? code)));
  const kind = await kindOfCode(runtime, means, code);
  if (kind === 'cancelled') return runtime.tell('refusal', words.notRecorded(printable(code), words.given));
  if (kind === 'card') return takeBorrower(runtime, means, code);
  // A file has no place for the day of a book drop: recorded now, it would make its reader late.
  if (offline.mode === 'return' && modes.bookDrop !== null)
    return runtime.tell('refusal', words.notRecorded(printable(code), words.bookDrop(runtime.keyFor('returns'))));
  return write(runtime, means, code, at);
}
