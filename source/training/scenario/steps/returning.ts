import { openPatron } from '../../../desk/patrons.ts';
import { returnItem } from '../../../desk/return-item.ts';
import { borrowerOf } from '../../borrower.ts';
import { failureResult, returnResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';

/** Opens a record by identifier, which ends another patron's session; or the answer that says why not. */
async function openRecord(stage: Stage, identifier: string | undefined): Promise<number | undefined | PlainResult> {
  if (identifier === undefined) return undefined;
  const opened = await stage.act(openPatron, { patron: identifier });
  if (opened.kind !== 'opened') return failureResult(opened);
  return (await stage.sessionOf(opened.pane.patron.id)).patronId;
}

/** `return`: in the Returns screen, or in the open record of a patron (`within`). The open record stays open (RET-01). */
export async function returnStep(stage: Stage, fields: StepFields<'return'>): Promise<PlainResult> {
  const { item, dated, confirm, acknowledge } = fields;
  const within = await openRecord(stage, fields.within);
  if (typeof within === 'object') return within;
  const instant = dated === undefined ? undefined : stage.instantOf(dated);
  const borrower = await borrowerOf(stage.perform, stage.seat, item);
  const outcome = await stage.act(returnItem, {
    barcode: item,
    ...(instant === undefined ? {} : { dated: instant }),
    ...(within === undefined ? {} : { within }),
    ...(confirm === undefined ? {} : { confirmed: confirm }),
    ...(acknowledge === undefined ? {} : { acknowledged: acknowledge }),
  });
  // What came back in the open record is on the receipt that *Done* may give (TAB-07).
  if (within !== undefined && outcome.kind === 'returned' && outcome.loan !== null)
    stage.session?.cameBack(outcome.loan);
  return returnResult(outcome, stage.network, borrower);
}
