import type { NextStep, TransitReason } from '../circulation/routing.ts';
import type { ItemView } from '../records/items.ts';
import type { TransitStop } from '../records/transits.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';

/** Who has the item in hand, and where. `nobody`: it is on its way or stands somewhere. */
export type Where = {
  readonly kind: 'desk' | 'department' | 'nobody';
  readonly library: string;
  readonly code: string;
};

/** Where a step leads by transit: to a desk or a department of a library; null: it does not travel. */
function goalOf(step: NextStep, here: string): { library: string; department: string | null } | null {
  if (step.next === 'transit') return { library: step.destination, department: step.department };
  if (step.next === 'department' && step.how === 'sent') return { library: here, department: step.department };
  return null;
}

function reasonOf(step: NextStep, { workOrder }: ItemView, here: string): TransitReason {
  if ('request' in step && step.request !== null) return 'request';
  const goal = goalOf(step, here);
  if (!goal || goal.department === null) return 'home';
  return workOrder?.library === goal.library && workOrder.department === goal.department ? 'treatment' : 'acquisition';
}

/** The item's journey goes on, ends, or another begins; it is on one at a time (TRA-01, SCAN-05). */
export async function travel(
  desk: Desk,
  item: ItemView,
  step: NextStep,
  where: Where,
  arrived: boolean,
): Promise<void> {
  const { records, now } = desk;
  const { transit } = item;
  const goal = goalOf(step, where.library);
  const requestId = 'request' in step ? step.request : null;
  const purpose = { department: goal?.department ?? null, reason: reasonOf(step, item, where.library), requestId };
  if (transit && goal && !arrived && transit.to === goal.library) {
    const same =
      transit.department === purpose.department && transit.reason === purpose.reason && transit.request === requestId;
    if (!same) await records.transits.turn(transit.id, purpose);
    return;
  }
  if (transit) await records.transits.end(item.id, now);
  if (goal)
    await records.transits.start({ ...purpose, itemId: item.id, from: where.library, to: goal.library, at: now });
}

/** Notes where an item on its way was scanned: a library where it was not before. Answers with all stops of the journey. */
export async function stopAt(
  desk: Desk,
  item: ItemView,
  where: Where,
  arrived: boolean,
): Promise<readonly TransitStop[]> {
  const { records, now } = desk;
  const { transit } = item;
  if (!transit || where.kind === 'nobody') return [];
  if (!arrived && item.at !== where.library) {
    const at = { library: where.library, desk: placeName(desk.place), at: now };
    await records.transits.addStop(transit.id, { ...at, staffId: staffId(desk) });
  }
  return records.transits.stops(transit.id);
}
