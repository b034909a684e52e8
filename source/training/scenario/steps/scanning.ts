import { scanIn } from '../../../desk/scan-in.ts';
import { placeWorkOrder } from '../../../desk/work-orders.ts';
import type { PlainResult } from '../../results.ts';
import { scanInResult, workOrderResult } from '../../treatment-results.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';

/** `scan-in`: at the desk or the department where one sits. `request`: its name or number, or an identifier of its patron. */
export async function scanInStep(stage: Stage, fields: StepFields<'scan-in'>): Promise<PlainResult> {
  const { item, request, ...more } = fields;
  const named = request === undefined ? {} : { request: stage.requestCalled(request) ?? request };
  return scanInResult(
    await stage.act(scanIn, { barcode: item, ...more, ...named }),
    stage.network,
    stage.nameOfRequest,
  );
}

/** `work-order`: internal treatment by a department (ITEM-01), of the item's own library unless it says `LIBRARY/DEPARTMENT`. */
export async function workOrderStep(stage: Stage, fields: StepFields<'work-order'>): Promise<PlainResult> {
  const { item, ...more } = fields;
  return workOrderResult(await stage.act(placeWorkOrder, { barcode: item, ...more }));
}
