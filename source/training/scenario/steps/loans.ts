import { isDay } from '../../../circulation/time.ts';
import { changeDue } from '../../../desk/change-due.ts';
import { deleteLoan } from '../../../desk/delete-loan.ts';
import { renew } from '../../../desk/renew.ts';
import { borrowerOf } from '../../borrower.ts';
import { changeDueResult, deleteLoanResult, renewResult } from '../../loan-results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';
import { asSignedIn } from './account.ts';

/** `renew`: one loan, several, or all of a patron (REN-08), who may do it at a kiosk (KIO-03). */
export async function renewStep(stage: Stage, fields: StepFields<'renew'>): Promise<PlainResult> {
  const { item, items, patron, override } = fields;
  const barcodes = item === undefined ? items : [item];
  const how = {
    ...(barcodes === undefined ? {} : { barcodes }),
    ...(override === undefined ? {} : { override: { codes: override } }),
  };
  const outcome =
    fields.at === 'kiosk' && patron !== undefined
      ? await asSignedIn(stage, patron, renew, how)
      : await stage.act(renew, { ...(patron === undefined ? {} : { patron }), ...how });
  return renewResult(outcome, stage.network, item === undefined ? 'several' : 'one');
}

/** `change-due`: a due date by hand (REN-09); a day means its closing hour, a time is taken as it is. */
export async function changeDueStep(stage: Stage, fields: StepFields<'change-due'>): Promise<PlainResult> {
  const { item, items = [], due } = fields;
  const instant = isDay(due) ? undefined : stage.instantOf(due);
  const barcodes = item === undefined ? items : [item];
  const outcome = await stage.act(changeDue, { barcodes, due: instant ?? due });
  return changeDueResult(outcome, stage.network, item === undefined ? 'several' : 'one');
}

/** `delete-loan`: a loan made by mistake (LOAN-09). */
export async function deleteLoanStep(stage: Stage, { item }: StepFields<'delete-loan'>): Promise<PlainResult> {
  const patron = await borrowerOf(stage.perform, stage.seat, item);
  return deleteLoanResult(await stage.act(deleteLoan, { barcode: item }), patron);
}
