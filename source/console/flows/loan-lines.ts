import { nextOpenDay } from '../../circulation/calendar.ts';
import { dayOf } from '../../circulation/time.ts';
import { changeDue } from '../../desk/change-due.ts';
import { deleteLoan } from '../../desk/delete-loan.ts';
import { renew } from '../../desk/renew.ts';
import type { RenewalLine, RenewRequest } from '../../desk/renew.ts';
import { printable } from '../../language/printable.ts';
import { readDay } from '../day-input.ts';
import { wrap } from '../../language/fit.ts';
import type { Runtime } from '../runtime.ts';
import type { DueChoice, OpenRecord, Prompt } from '../state.ts';
import { sentence } from './lending.ts';
import { askToOverride } from './override-reason.ts';
import { refreshList, refreshPane } from './record.ts';

/** A loan of the list that is shown: what commands on lines work with. */
type Line = { readonly barcode: string; readonly title: string };

/** The loans of the list that is shown, with the number of its first one. */
function shownLines(record: OpenRecord): { readonly first: number; readonly lines: readonly (Line | undefined)[] } {
  if (record.tab !== 'loans') return { first: 0, lines: [] };
  if (record.all) return { first: record.offset, lines: record.loans };
  return { first: 0, lines: record.lent.map((one) => (one.kind === 'loan' ? one : undefined)) };
}

/** The line under the cursor, if it is a loan. */
export function chosenLine(record: OpenRecord): Line | undefined {
  const { first, lines } = shownLines(record);
  return lines[record.selected - first];
}

/** The marked loans, else the chosen one (TAB-04). */
function wantedBarcodes(record: OpenRecord): string[] {
  if (record.marked.length > 0) return [...record.marked];
  const line = chosenLine(record);
  return line ? [line.barcode] : [];
}

/** Marks the chosen line or unmarks it, and goes on to the next. */
export async function mark(runtime: Runtime): Promise<void> {
  const { record } = runtime.store.get();
  const line = record ? chosenLine(record) : undefined;
  if (!record || !line) return;
  const marked = record.marked.includes(line.barcode)
    ? record.marked.filter((one) => one !== line.barcode)
    : [...record.marked, line.barcode];
  await refreshList(runtime, { marked, selected: Math.min(record.total - 1, record.selected + 1) });
}

/** What became of one loan, in a line: its new due date, or every reason against it in the manual's words. */
function renewalLine(runtime: Runtime, line: RenewalLine): string {
  const words = runtime.words().renewing;
  switch (line.kind) {
    case 'renewed':
      return words.line(printable(line.item.title), words.due(runtime.dates().moment(line.due)));
    case 'not-renewed': {
      const reasons = line.refusals.map((code) => runtime.deskWords().renewal[code]).join(' ; ');
      return words.line(`${line.mayOverride ? '* ' : ''}${printable(line.item.title)}`, reasons);
    }
    case 'not-on-loan':
      return words.line(printable(line.item.title), words.notOnLoan);
    case 'unknown':
      return words.line(printable(line.key), words.notOnLoan);
  }
}

/** After a renewal the session's rows, the pane and the list say what holds now (REN-08). */
async function showRenewed(runtime: Runtime, lines: readonly RenewalLine[]): Promise<void> {
  const { record } = runtime.store.get();
  if (!record) return;
  const lent = record.lent.map((row) => {
    const found = lines.find((one) => one.kind === 'renewed' && row.kind === 'loan' && one.loan === row.loan);
    return found?.kind === 'renewed' && row.kind === 'loan'
      ? { ...row, due: found.due, lateFrom: found.lateFrom, status: 'Renewed' as const }
      : row;
  });
  runtime.store.set({ record: { ...record, lent } });
  await refreshPane(runtime);
  await refreshList(runtime, { lent, marked: [] });
}

/** Renews and, where this operator may, asks whether to override what was refused (REN-06). */
async function renewThese(runtime: Runtime, request: RenewRequest): Promise<void> {
  const outcome = await runtime.perform(renew, request);
  if (outcome.kind !== 'renewals') return runtime.refuse(outcome);
  const { lines } = outcome;
  const words = runtime.words().renewing;
  if (lines.length === 0) return runtime.tell('information', words.none);
  await showRenewed(runtime, lines);
  const refused = lines.filter((one) => one.kind !== 'renewed');
  const done = lines.length - refused.length;
  if (refused.length === 0) return runtime.tell('done', words.done(done));
  const width = runtime.store.get().columns - 6;
  const said = lines.flatMap((one) => wrap(renewalLine(runtime, one), width));
  const overridable = refused.flatMap((one) =>
    one.kind === 'not-renewed' && one.mayOverride ? [one.item.barcode] : [],
  );
  if (overridable.length > 0 && request.override === undefined) {
    const prompt: Prompt = {
      title: words.some(done, refused.length),
      lines: [...said, '', words.mayOverride],
      why: [],
      choices: ['answer-override', 'answer-ok'],
    };
    const { answer, reason } = await askToOverride(runtime, prompt, 'answer-override');
    const override = { codes: 'all', ...(reason === undefined ? {} : { reason }) } as const;
    if (answer === 'answer-override') return renewThese(runtime, { ...request, barcodes: overridable, override });
  } else runtime.store.set({ overlay: { kind: 'lines', title: words.title, lines: said, offset: 0 } });
  runtime.tell('warning', words.some(done, refused.length));
}

/** Renews the marked loans, or the chosen one (REN-08). */
export async function renewMarked(runtime: Runtime): Promise<void> {
  const { record } = runtime.store.get();
  const barcodes = record ? wantedBarcodes(record) : [];
  if (!record || barcodes.length === 0) return runtime.tell('information', runtime.words().renewing.none);
  await renewThese(runtime, { patron: record.pane.patron.id, barcodes });
}

/** Renews all loans of the patron (REN-08). */
export async function renewAll(runtime: Runtime): Promise<void> {
  const { record } = runtime.store.get();
  if (record) await renewThese(runtime, { patron: record.pane.patron.id });
}

/** Opens the small calendar for the due date of the marked loans, at the owning library of the first (REN-09). */
export async function chooseDue(runtime: Runtime): Promise<void> {
  const { record, now, timeZone, place } = runtime.store.get();
  const barcodes = record ? wantedBarcodes(record) : [];
  if (!record || barcodes.length === 0) return runtime.tell('information', runtime.words().renewing.none);
  const loan = [...record.loans, ...record.lent.filter((one) => one.kind === 'loan')].find(
    (one) => one.barcode === barcodes[0],
  );
  const library = loan?.library ?? place?.library ?? '';
  const day = dayOf(loan?.due ?? now, timeZone);
  const choice: DueChoice = { barcodes, library, day, typed: '' };
  runtime.store.set({ overlay: { kind: 'due', choice } });
}

/** Sets the chosen day (REN-09); where the library is closed the closing hour of the next open day (CAL-03). */
export async function setDue(runtime: Runtime, choice: DueChoice): Promise<void> {
  const { now, timeZone } = runtime.store.get();
  const words = runtime.words().dueDate;
  const day = choice.typed === '' ? choice.day : readDay(choice.typed, dayOf(now, timeZone));
  if (day === undefined) return runtime.tell('refusal', words.bad);
  const outcome = await runtime.perform(changeDue, { barcodes: choice.barcodes, due: day });
  if (outcome.kind === 'invalid' && outcome.problem === 'in-the-past') return runtime.tell('refusal', words.past);
  runtime.store.set({ overlay: null });
  if (outcome.kind === 'not-on-loan') return runtime.tell('refusal', runtime.words().renewing.notOnLoan);
  if (outcome.kind !== 'changed') return runtime.refuse(outcome);
  const { record } = runtime.store.get();
  const lent = record?.lent.map((row) => {
    const found = outcome.lines.find((one) => row.kind === 'loan' && one.loan === row.loan);
    return found && row.kind === 'loan' ? { ...row, due: found.due, lateFrom: found.lateFrom } : row;
  });
  await refreshPane(runtime);
  await refreshList(runtime, { marked: [], ...(lent ? { lent } : {}) });
  runtime.tell('done', words.changed(outcome.lines.length, runtime.dates().moment(outcome.lines[0]?.due ?? now)));
}

/** Where a chosen day really falls: the owning library's next open day; the day itself where nothing is known. */
export function openDayFor(runtime: Pick<Runtime, 'store'>, choice: DueChoice): string {
  const library = runtime.store.get().network?.libraries.find((one) => one.code === choice.library);
  return library ? nextOpenDay(library, choice.day) : choice.day;
}

/** Deletes the chosen loan after a question (LOAN-09). */
export async function removeLoan(runtime: Runtime): Promise<void> {
  const { record } = runtime.store.get();
  const line = record ? chosenLine(record) : undefined;
  const words = runtime.words().deleting;
  if (!record || !line) return runtime.tell('information', runtime.words().renewing.none);
  const title = printable(line.title);
  const answer = await runtime.ask({
    title: words.ask(title),
    lines: [],
    why: [],
    choices: ['answer-yes', 'answer-cancel'],
  });
  if (answer !== 'answer-yes') return runtime.tell('information', sentence(runtime, words.kept, title));
  const outcome = await runtime.perform(deleteLoan, { barcode: line.barcode });
  if (outcome.kind === 'not-on-loan') return runtime.tell('refusal', runtime.words().renewing.notOnLoan);
  if (outcome.kind !== 'deleted') return runtime.refuse(outcome);
  const lent = record.lent.filter((row) => row.kind !== 'loan' || row.barcode !== line.barcode);
  await refreshPane(runtime);
  await refreshList(runtime, {
    lent,
    marked: record.marked.filter((one) => one !== line.barcode),
    selected: 0,
    offset: 0,
  });
  const instruction = runtime.deskWords().instruction(outcome, runtime.say());
  runtime.tell(
    'done',
    sentence(runtime, (shown) => words.done(shown, instruction), title),
  );
}
