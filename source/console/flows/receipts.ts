import { activityReport, loanReceipt, requestsReport, returnReceipt } from '../../desk/receipts.ts';
import { sendReceipt, sendReport } from '../../desk/send-receipts.ts';
import type { ReceiptKind, SentReceipt } from '../../desk/send-receipts.ts';
import type { Refusal } from '../../desk/perform.ts';
import type { PickLine } from '../../desk/requests-pick.ts';
import { showLoan } from '../../desk/show.ts';
import type { ItemLine } from '../../desk/views.ts';
import type { Language } from '../../language/index.ts';
import { daysLate } from '../../circulation/due.ts';
import type { CommandName } from '../keymap.ts';
import type { Paper } from '../../letters/index.ts';
import type { Runtime } from '../runtime.ts';
import type { OpenRecord, Slip } from '../state.ts';
import { printable } from '../../language/printable.ts';
import { nameOf } from './names.ts';

/** Paper is laid out only when something is printed: starting the console does not wait for it (PERF-01). */
const letters = async () => import('../../letters/index.ts');

/** A paper of this desk's printer, in a language; staff's own unless it is for a patron (TUI-06). */
async function paper(runtime: Runtime, language?: Language): Promise<Paper> {
  const { network, timeZone, language: own } = runtime.store.get();
  const { paperFor } = await letters();
  return paperFor({ columns: runtime.paperColumns(), language: language ?? own, network, timeZone });
}

/** A receipt or report, printed: what it says is read again, as it is now. */
async function onPaper(
  runtime: Runtime,
  record: OpenRecord,
  kind: ReceiptKind,
  how: { readonly title: string; readonly quietly: boolean },
): Promise<void> {
  const { id: patron, language } = record.pane.patron;
  const { languageOfPatron, ...layout } = await letters();
  const on = await paper(runtime, languageOfPatron(language));
  const print = (lines: readonly string[]): void => {
    runtime.print({ title: how.title, lines: [...lines] }, { quietly: how.quietly });
  };
  switch (kind) {
    case 'loan-receipt': {
      const facts = await runtime.perform(loanReceipt, { patron, loans: record.session.loans });
      return facts.kind === 'loan-receipt' ? print(layout.loanReceipt(facts, on)) : runtime.refuse(facts);
    }
    case 'return-receipt': {
      const facts = await runtime.perform(returnReceipt, { patron, loans: returnedIn(record) });
      return facts.kind === 'return-receipt' ? print(layout.returnReceipt(facts, on)) : runtime.refuse(facts);
    }
    case 'activity-report': {
      const facts = await runtime.perform(activityReport, { patron });
      return facts.kind === 'activity' ? print(layout.activityReport(facts, on)) : runtime.refuse(facts);
    }
    case 'requests-report': {
      const facts = await runtime.perform(requestsReport, { patron });
      return facts.kind === 'requests-report' ? print(layout.requestsReport(facts, on)) : runtime.refuse(facts);
    }
  }
}

const isReceipt = (command: CommandName): command is ReceiptKind & CommandName =>
  (['loan-receipt', 'return-receipt', 'activity-report', 'requests-report'] as readonly CommandName[]).includes(
    command,
  );

/** Queues a receipt or report for the preferred address of the open record's patron. */
async function send(runtime: Runtime, record: OpenRecord, kind: ReceiptKind): Promise<SentReceipt | Refusal> {
  const patron = record.pane.patron.id;
  if (kind === 'activity-report') return runtime.perform(sendReport, { patron, report: 'activity' });
  if (kind === 'requests-report') return runtime.perform(sendReport, { patron, report: 'requests' });
  const loans = kind === 'loan-receipt' ? record.session.loans : returnedIn(record);
  return runtime.perform(sendReceipt, { patron, receipt: kind === 'loan-receipt' ? 'loan' : 'return', loans });
}

/**
 * Receipts and reports of the open record leave by mail, or, for who has no address, come out of the desk's printer
 * (TAB-07, TAB-09; manual, *Fournir des reçus*).
 */
export async function giveReceipt(runtime: Runtime, command: CommandName): Promise<void> {
  const { record } = runtime.store.get();
  if (!record || !isReceipt(command)) return;
  const sent = await send(runtime, record, command);
  if (sent.kind === 'queued') runtime.tell('done', runtime.words().mailing.queued(printable(sent.address)));
  else if (sent.kind === 'nothing') runtime.tell('information', runtime.words().printing.nothing);
  else if (sent.kind === 'no-address')
    await onPaper(runtime, record, command, { title: runtime.words().command[command].name, quietly: false });
  else runtime.refuse(sent);
}

/** Loans that ended in this session. */
export const returnedIn = ({ returned }: Pick<OpenRecord, 'returned'>): number[] =>
  returned.flatMap((one) => (one.loan === null ? [] : [one.loan]));

/** Receipts that *Done* gives by itself come out of the printer for a patron who has no address (TAB-07). */
export async function receiptsOnPaper(
  runtime: Runtime,
  record: OpenRecord,
  receipts: readonly SentReceipt[],
): Promise<void> {
  for (const one of receipts) {
    if (one.kind === 'no-address')
      await onPaper(runtime, record, one.letterKind, { title: nameOf(record.pane.patron), quietly: true });
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
