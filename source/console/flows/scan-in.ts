import { meaningOfScan } from '../../desk/patrons.ts';
import { scanIn } from '../../desk/scan-in.ts';
import type { ScanInOutcome, ScanInRequest } from '../../desk/scan-in.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import type { ReturnRow } from '../state.ts';
import { sentence } from './lending.ts';
import { askWhatItIs } from './loans.ts';
import { printSlip } from './receipts.ts';
import { openRecord } from './record.ts';
import { unknownText } from './barcodes.ts';
import { returnOne } from './returns.ts';
import { slipOf } from './slips.ts';
import { chooseRequest } from './choose-request.ts';

type Scanned = Extract<ScanInOutcome, { kind: 'scanned' }>;

/** Adds a row to what was scanned in here, the latest first. */
function addRow(runtime: Runtime, row: ReturnRow): void {
  const { scannedIn } = runtime.store.get();
  runtime.store.set({ scannedIn: [row, ...scannedIn], scannedInSelected: 0 });
}

function notScanned(runtime: Runtime, barcode: string, title: string, text: string): void {
  const shown = printable(barcode);
  const next = runtime.words().scanIn.notDone;
  addRow(runtime, {
    title,
    barcode: shown,
    patron: '',
    due: null,
    returnedAt: null,
    next,
    ok: false,
    item: null,
    loan: null,
    slip: null,
  });
  runtime.tell('refusal', text);
}

/** Says the one instruction in capitals (SCAN-03), with what came with it. */
async function tellScanned(runtime: Runtime, outcome: Scanned): Promise<void> {
  const words = runtime.words().scanIn;
  const instruction =
    outcome.instruction === 'in-house' ? words.inHouse : runtime.deskWords().instruction(outcome, runtime.say());
  const treated = outcome.treated ? [words.treated] : [];
  const note = outcome.workOrder?.note ? [words.note(printable(outcome.workOrder.note))] : [];
  const stops = outcome.stops.length > 0 && !outcome.arrived ? [words.stop(outcome.stops.length)] : [];
  const title = printable(outcome.item.title);
  addRow(runtime, {
    title,
    barcode: printable(outcome.item.barcode),
    patron: printable(outcome.requester ?? ''),
    due: null,
    returnedAt: null,
    next: [instruction, ...treated, ...note, ...stops].join(' · '),
    ok: true,
    item: outcome.item,
    loan: null,
    slip: slipOf(outcome),
  });
  const rest = [...treated, ...note, ...stops].map((text) => ` · ${text}`).join('');
  const calm = outcome.instruction === 'in-house' || (outcome.next === 'reshelve' && note.length === 0);
  runtime.tell(
    calm ? 'done' : 'warning',
    sentence(runtime, (shown) => `${instruction} · ${shown}${rest}`, title),
  );
  if (runtime.store.get().modes.slips && outcome.next !== 'reshelve')
    await printSlip(runtime, outcome.item, slipOf(outcome));
}

/** An item on loan was scanned in: nothing was done; it can be returned here and now. */
async function askToReturn(runtime: Runtime, outcome: Extract<ScanInOutcome, { kind: 'on-loan' }>): Promise<void> {
  const words = runtime.words().scanIn;
  const { item, patron, due } = outcome;
  const title = printable(item.title);
  const canReturn = runtime.store.get().place?.kind === 'desk';
  const answer = await runtime.ask({
    title: words.onLoan(title),
    lines: [words.onLoanTo(patron === null ? '' : printable(patron), runtime.dates().moment(due))],
    why: [],
    choices: canReturn ? ['answer-return', 'answer-cancel'] : ['answer-cancel'],
  });
  if (answer === 'answer-return') return returnOne(runtime, item.barcode);
  notScanned(runtime, item.barcode, title, sentence(runtime, words.leftOnLoan, title));
}

/** A department was handed an item that it had received already: is its treatment done? */
async function askIfTreated(runtime: Runtime, outcome: Scanned): Promise<boolean> {
  const words = runtime.words().scanIn;
  const note = outcome.workOrder?.note;
  const answer = await runtime.ask({
    title: words.isTreated(printable(outcome.item.title)),
    lines: note ? [words.note(printable(note))] : [],
    why: [],
    choices: ['answer-treated', 'answer-cancel'],
  });
  return answer === 'answer-treated';
}

/** Scans one item in, asking where something must be chosen (SCAN-01 to SCAN-05). */
async function scanOne(runtime: Runtime, barcode: string): Promise<void> {
  const { modes } = runtime.store.get();
  const first: ScanInRequest = { barcode, ...(modes.inHouse ? { inHouse: true } : {}) };
  let request: ScanInRequest | undefined = first;
  while (request) {
    const outcome: ScanInOutcome = await runtime.perform(scanIn, request);
    switch (outcome.kind) {
      case 'scanned': {
        const again = outcome.received && !outcome.arrived && !outcome.treated && request.treated !== true;
        const wasThere = outcome.was === 'WORK_ORDER_DEPARTMENT' || outcome.was === 'ACQ';
        if (again && wasThere && (await askIfTreated(runtime, outcome))) {
          request = { ...first, treated: true };
          break;
        }
        return tellScanned(runtime, outcome);
      }
      case 'choose-request': {
        const chosen = await chooseRequest(runtime, outcome);
        if (chosen === undefined) {
          const title = printable(outcome.item.title);
          return notScanned(runtime, barcode, title, sentence(runtime, runtime.words().scanIn.notChosen, title));
        }
        request = { ...first, request: chosen };
        break;
      }
      case 'on-loan':
        return askToReturn(runtime, outcome);
      case 'unknown': {
        const shown = printable(barcode);
        const meaning = await runtime.perform(meaningOfScan, { code: barcode });
        if (meaning.kind === 'meaning' && meaning.patronId !== null)
          return notScanned(runtime, barcode, shown, runtime.words().scanIn.thatIsACard(shown));
        return notScanned(
          runtime,
          barcode,
          shown,
          unknownText(runtime, barcode, runtime.words().scanIn.unknown(shown)),
        );
      }
      case 'not-permitted':
      case 'invalid':
        return runtime.refuse(outcome);
    }
  }
}

/** A scan where items are scanned in; a patron's card opens its record at a desk, as on the returns screen (RET-08). */
export async function scanInItem(runtime: Runtime, code: string): Promise<void> {
  const { place } = runtime.store.get();
  if (place?.kind === 'department') return scanOne(runtime, code);
  const what = await askWhatItIs(runtime, code);
  if (typeof what === 'object') await openRecord(runtime, what.patronId);
  else if (what !== 'cancelled') await scanOne(runtime, code);
}

/** Shows the screen where items are scanned in; an open record has been ended before. */
export function showScanIn(runtime: Runtime): void {
  runtime.otherPlace();
  runtime.store.set({
    screen: 'scan-in',
    record: null,
    matches: null,
    itemMatches: null,
    overlay: null,
    browse: [],
    under: null,
    clearsIn: null,
    answer: null,
    field: { label: runtime.words().scanIn.field, value: '', masked: false },
  });
}
