import { activityReport, loanReceipt, requestsReport, returnReceipt } from '../../desk/receipts.ts';
import type { PickLine } from '../../desk/requests-pick.ts';
import { showLoan } from '../../desk/show.ts';
import type { ItemLine } from '../../desk/views.ts';
import type { Language } from '../../language/index.ts';
import { daysLate } from '../../circulation/due.ts';
import type { CommandName } from '../keymap.ts';
import type { Paper } from '../../letters/index.ts';
import type { Runtime } from '../runtime.ts';
import type { OpenRecord, Slip } from '../state.ts';
import { nameOf } from './names.ts';

/** Paper is laid out only when something is printed: starting the console does not wait for it (PERF-01). */
const letters = async () => import('../../letters/index.ts');

/** A paper of this desk's printer, in a language; staff's own unless it is for a patron (TUI-06). */
async function paper(runtime: Runtime, language?: Language): Promise<Paper> {
  const { network, timeZone, language: own } = runtime.store.get();
  const { paperFor } = await letters();
  return paperFor({ columns: runtime.paperColumns(), language: language ?? own, network, timeZone });
}

/** Receipts and reports of the open record, on the desk's printer (TAB-07, TAB-09). */
export async function printPaper(runtime: Runtime, command: CommandName): Promise<void> {
  const { record } = runtime.store.get();
  if (!record) return;
  const { id, language } = record.pane.patron;
  const { languageOfPatron, ...layout } = await letters();
  const title = runtime.words().command[command].name;
  const on = await paper(runtime, languageOfPatron(language));
  const print = (lines: readonly string[]): void => {
    runtime.print({ title, lines: [...lines] });
  };
  const nothing = (): void => {
    runtime.tell('information', runtime.words().printing.nothing);
  };
  switch (command) {
    case 'loan-receipt': {
      const facts = await runtime.perform(loanReceipt, { patron: id, loans: record.session.loans });
      if (facts.kind !== 'loan-receipt') return runtime.refuse(facts);
      return facts.loans.length === 0 ? nothing() : print(layout.loanReceipt(facts, on));
    }
    case 'return-receipt': {
      const loans = record.returned.flatMap((one) => (one.loan === null ? [] : [one.loan]));
      const facts = await runtime.perform(returnReceipt, { patron: id, loans });
      if (facts.kind !== 'return-receipt') return runtime.refuse(facts);
      return facts.loans.length === 0 ? nothing() : print(layout.returnReceipt(facts, on));
    }
    case 'activity-report': {
      const facts = await runtime.perform(activityReport, { patron: id });
      return facts.kind === 'activity' ? print(layout.activityReport(facts, on)) : runtime.refuse(facts);
    }
    default: {
      const facts = await runtime.perform(requestsReport, { patron: id });
      return facts.kind === 'requests-report' ? print(layout.requestsReport(facts, on)) : runtime.refuse(facts);
    }
  }
}

/**
 * *Done* (TAB-07): where the library gives receipts by itself, those of the session's loans and returns; to the desk's printer
 * for a patron without a preferred address.
 */
export async function automaticReceipts(runtime: Runtime, { pane, session, returned }: OpenRecord): Promise<void> {
  const { network, place } = runtime.store.get();
  const receipts = network?.libraries.find((one) => one.code === place?.library)?.receipts;
  const patron = pane.patron.id;
  const back = returned.flatMap((one) => (one.loan === null ? [] : [one.loan]));
  const wanted = {
    loan: receipts?.loan === 'automatic' && session.loans.length > 0,
    return: receipts?.return === 'automatic' && back.length > 0,
  };
  if (!wanted.loan && !wanted.return) return;
  const { languageOfPatron, ...layout } = await letters();
  const on = await paper(runtime, languageOfPatron(pane.patron.language));
  const title = nameOf(pane.patron);
  if (wanted.loan) {
    const facts = await runtime.perform(loanReceipt, { patron, loans: session.loans });
    if (facts.kind === 'loan-receipt' && facts.patron.email === null && facts.loans.length > 0)
      runtime.print({ title, lines: layout.loanReceipt(facts, on) }, { quietly: true });
  }
  if (wanted.return) {
    const facts = await runtime.perform(returnReceipt, { patron, loans: back });
    if (facts.kind === 'return-receipt' && facts.patron.email === null && facts.loans.length > 0)
      runtime.print({ title, lines: layout.returnReceipt(facts, on) }, { quietly: true });
  }
}

/** The slip that lies in an item on its way: what the screen says, word for word (SCAN-03). */
export async function printSlip(runtime: Runtime, item: ItemLine, slip: Slip): Promise<void> {
  const { instructionSlip } = await letters();
  const here = runtime.store.get().place?.library ?? '';
  const lines = instructionSlip({ at: runtime.now(), here, item, ...slip }, await paper(runtime));
  if (lines) runtime.print({ title: item.barcode, lines }, { quietly: true });
}

/** Slips of picks (PICK-02): each stands in for its book on the shelf, and says where it goes. */
export async function printPickSlips(runtime: Runtime, lines: readonly PickLine[]): Promise<void> {
  const { pickSlip } = await letters();
  const on = await paper(runtime);
  const at = runtime.now();
  const { library } = runtime.store.get().place ?? { library: '' };
  for (const one of lines) {
    const requester = one.patron === null ? null : { name: one.patron, identifier: one.card };
    const item = { ...one, barcode: one.item ?? '', library: one.library };
    const facts = {
      at,
      library,
      item,
      requester,
      pickup: one.pickup,
      request: one.request,
      placedAt: one.placedAt,
      note: one.note,
    };
    runtime.print({ title: String(one.request), lines: pickSlip(facts, on) }, { quietly: true });
  }
}

/** The slip of the row under the cursor: where the item goes, or its loan (TAB-04). */
export async function printSlipOfRow(runtime: Runtime, barcode: string): Promise<void> {
  const state = runtime.store.get();
  const rows = [...state.scannedIn, ...state.returns, ...(state.record?.returned ?? [])];
  const row = rows.find((one) => one.item?.barcode === barcode);
  if (row?.item && row.slip) {
    await printSlip(runtime, row.item, row.slip);
    return runtime.tell('information', runtime.words().printing.sent);
  }
  const found = await runtime.perform(showLoan, { barcode });
  if (found.kind !== 'loan') return runtime.refuse(found);
  const { item, patron } = found;
  const { itemSlip } = await letters();
  const now = runtime.now();
  const loan = found.loan && {
    patron: patron ? { name: nameOf(patron), identifier: patron.identifiers[0]?.value ?? null } : null,
    loanedAt: found.loan.loanedAt,
    due: found.loan.due,
    daysLate: daysLate(found.loan, now, state.timeZone),
    status: found.loan.status,
  };
  runtime.print({
    title: item.barcode,
    lines: itemSlip({ at: now, library: state.place?.library ?? item.library, item, loan }, await paper(runtime)),
  });
}
