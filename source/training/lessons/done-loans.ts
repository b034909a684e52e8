import { localText } from '../../circulation/time.ts';
import { changeDue } from '../../desk/change-due.ts';
import { deleteLoan } from '../../desk/delete-loan.ts';
import { lend } from '../../desk/lend.ts';
import { endSession } from '../../desk/patrons.ts';
import { quickAdd } from '../../desk/quick-add.ts';
import { renew } from '../../desk/renew.ts';
import { returnItem } from '../../desk/return-item.ts';
import { scanIn } from '../../desk/scan-in.ts';
import { placeWorkOrder } from '../../desk/work-orders.ts';
import { changeDueResult, deleteLoanResult, renewResult } from '../loan-results.ts';
import { failureResult, lendResult, present, returnResult } from '../results.ts';
import { scanInResult, workOrderResult } from '../treatment-results.ts';
import { asSeen, given } from './seen.ts';
import type { Done, On } from './seen.ts';

/** Codes that were set aside for something that was done. */
const overriddenIn = (outcome: object): readonly string[] | undefined => {
  const codes = 'overridden' in outcome ? (outcome.overridden as readonly string[]) : [];
  return codes.length > 0 ? codes : undefined;
};

function lent({ stage, seen }: On): Done[] {
  const one = asSeen(seen, lend);
  // The dummy barcode only asks for a clearance.
  if (!one || one.outcome.kind === 'clearance-asked') return [];
  const { patron, barcode, expiry, acknowledged } = one.request;
  const override = overriddenIn(one.outcome);
  const fields = given({ patron, item: barcode, override, expiry, acknowledge: acknowledged });
  return [{ name: 'lend', fields, result: lendResult(one.outcome, stage.network) }];
}

function quicklyAdded({ stage, seen }: On): Done[] {
  const one = asSeen(seen, quickAdd);
  if (!one) return [];
  const { outcome, request } = one;
  const { patron, barcode, title, author, location, material, callNumber, description } = request;
  const result =
    outcome.kind === 'created'
      ? { outcome: 'created', ...present({ item: outcome.item.barcode, title: outcome.item.title }) }
      : lendResult(outcome, stage.network);
  const override = overriddenIn(outcome);
  const item = { title, author, location, material, callNumber, description };
  const added = { name: 'quick-add', fields: given({ barcode, ...item, patron, override }), result };
  const isLent = patron !== undefined && outcome.kind !== 'created';
  return isLent ? [added, { name: 'lend', fields: given({ patron, item: barcode, override }), result }] : [added];
}

function returned({ stage, seen }: On): Done[] {
  const one = asSeen(seen, returnItem);
  if (!one) return [];
  const { barcode, dated, within, confirmed, acknowledged } = one.request;
  const day = dated === undefined ? undefined : localText(dated, stage.network.timeZone);
  const fields = given({ item: barcode, dated: day, within, confirm: confirmed, acknowledge: acknowledged });
  const result = returnResult(one.outcome, stage.network, seen.borrower);
  const back = { name: 'return', fields, result };
  if (one.outcome.kind !== 'not-on-loan') return [back];
  // What nobody has on loan goes the same way, wherever it is scanned.
  const { next, ...rest } = result;
  const scanned = { ...rest, outcome: 'scanned', instruction: next, ...present({ patron: one.outcome.requesterCard }) };
  return [back, { name: 'scan-in', fields: { item: barcode }, result: scanned }, ...cleared(barcode, scanned)];
}

function renewed({ stage, seen }: On): Done[] {
  const one = asSeen(seen, renew);
  if (!one) return [];
  const { outcome, request } = one;
  const { patron, barcodes, override } = request;
  const how = given({ override: override?.codes });
  const single = barcodes?.length === 1 ? barcodes[0] : undefined;
  const about = single === undefined ? given({ patron, items: barcodes }) : { item: single };
  const shape = single === undefined ? 'several' : 'one';
  const whole = { name: 'renew', fields: { ...about, ...how }, result: renewResult(outcome, stage.network, shape) };
  if (outcome.kind !== 'renewals' || single !== undefined) return [whole];
  const lines = outcome.lines.map((line): Done => {
    const item = line.kind === 'unknown' ? line.key : line.item.barcode;
    const result = renewResult({ kind: 'renewals', lines: [line] }, stage.network, 'one');
    return { name: 'renew', fields: { item, ...how }, result };
  });
  // All loans of somebody are also those items together.
  const items = lines.map((line) => line.fields['item']);
  const together = patron === undefined ? [] : [{ ...whole, fields: { items, ...how } }];
  // A patron who was to renew one of their loans has renewed all.
  return [whole, ...together, ...(seen.kiosk ? [] : lines)];
}

function dueChanged({ stage, seen }: On): Done[] {
  const one = asSeen(seen, changeDue);
  if (!one) return [];
  const { outcome, request } = one;
  const { barcodes } = request;
  const due = typeof request.due === 'string' ? request.due : localText(request.due, stage.network.timeZone);
  const [single] = barcodes;
  const isOne = barcodes.length === 1;
  const whole: Done = {
    name: 'change-due',
    fields: { ...(isOne ? { item: single } : { items: barcodes }), due },
    result: changeDueResult(outcome, stage.network, isOne ? 'one' : 'several'),
  };
  if (isOne || outcome.kind !== 'changed') return [whole];
  const lines = outcome.lines.map((line): Done => {
    const result = changeDueResult({ kind: 'changed', lines: [line] }, stage.network, 'one');
    return { name: 'change-due', fields: { item: line.item.barcode, due }, result };
  });
  return [whole, ...lines];
}

function loanDeleted({ seen }: On): Done[] {
  const one = asSeen(seen, deleteLoan);
  if (!one) return [];
  const result = deleteLoanResult(one.outcome, seen.borrower);
  return [{ name: 'delete-loan', fields: { item: one.request.barcode }, result }];
}

/** What a scan says, as the lists of the expired shelf say it. */
const CLEARED: Readonly<Record<string, { readonly name: string; readonly outcome: string }>> = {
  reshelve: { name: 'reshelve', outcome: 'reshelved' },
  transit: { name: 'send', outcome: 'sent' },
  'hold-shelf': { name: 'activate-next', outcome: 'activated' },
};

function scannedIn({ stage, seen }: On): Done[] {
  const one = asSeen(seen, scanIn);
  if (!one) return [];
  const { barcode, request, inHouse, treated } = one.request;
  const fields = given({ item: barcode, request, inHouse, treated });
  const result = scanInResult(one.outcome, stage.network, stage.nameOfRequest);
  const scanned = { name: 'scan-in', fields, result };
  if (one.outcome.kind !== 'scanned') return [scanned];
  const { instruction, ...rest } = result;
  const back = { ...rest, outcome: 'not-on-loan', next: instruction };
  const isPlain = request === undefined && inHouse !== true && treated !== true;
  return [
    scanned,
    ...cleared(barcode, result),
    ...(isPlain ? [{ name: 'return', fields: { item: barcode }, result: back }] : []),
  ];
}

/** A scan that says where an item goes has cleared its line of the expired shelf. */
function cleared(barcode: string, result: Done['result']): Done[] {
  const done = CLEARED[String(result['instruction'])];
  return done ? [{ name: done.name, fields: { item: barcode }, result: { ...result, outcome: done.outcome } }] : [];
}

function ordered({ seen }: On): Done[] {
  const one = asSeen(seen, placeWorkOrder);
  if (!one) return [];
  const { barcode, department, library, note } = one.request;
  const where = department !== undefined && library !== undefined ? `${library}/${department}` : department;
  const result = workOrderResult(one.outcome);
  return [{ name: 'work-order', fields: given({ item: barcode, department: where, note }), result }];
}

function ended({ seen }: On): Done[] {
  const one = asSeen(seen, endSession);
  if (!one) return [];
  const { outcome, request } = one;
  const result = outcome.kind === 'ended' ? { outcome: 'ended' } : failureResult(outcome);
  return [{ name: 'done', fields: { patron: request.patron }, result }];
}

/** Loans, returns, renewals, scans and the end of a session, as steps. */
export const doneWithLoans = (on: On): Done[] =>
  [lent, quicklyAdded, returned, renewed, dueChanged, loanDeleted, scannedIn, ordered, ended].flatMap((one) => one(on));
