import { quickAdd } from '../../../desk/quick-add.ts';
import { lendResult, present } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';
import { keepInSession, sessionFor } from './lending.ts';

/** `quick-add`: makes an item that is not in the catalogue, lent at once in the session of its patron (TAB-06). */
export async function quickAddStep(stage: Stage, fields: StepFields<'quick-add'>): Promise<PlainResult> {
  const { patron, override, barcode, ...item } = fields;
  const session = patron === undefined ? undefined : await sessionFor(stage, patron);
  const borrower = session?.patronId ?? patron;
  const outcome = await stage.act(quickAdd, {
    ...item,
    barcode,
    holding: 'new',
    standing: session?.standing(barcode) ?? [],
    ...(borrower === undefined ? {} : { patron: borrower }),
    ...(override === undefined ? {} : { override: { codes: override } }),
  });
  if (outcome.kind === 'created')
    return { outcome: 'created', ...present({ item: outcome.item.barcode, title: outcome.item.title }) };
  keepInSession(session, outcome, barcode);
  return lendResult(outcome, stage.network);
}
