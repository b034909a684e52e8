import type { ItemView } from '../records/items.ts';
import { itemInUse } from './catalogue-removal.ts';
import type { Desk } from './perform.ts';
import { isPermitted } from './permissions.ts';
import type { Instruction } from './route.ts';

/** What may be done with an item that was made at the desk, now that it is back (RET-07). */
export type QuickAddReturned = {
  /** This operator may delete it, and nothing hangs on it. */
  readonly mayDelete: boolean;
  /** Nothing else hangs on its holding, its title: they may go too. */
  readonly withHolding: boolean;
  readonly withTitle: boolean;
};

/** A quick-add item is back: whether it may be deleted on the spot, and what with it (RET-07). */
export async function quickAddReturned(
  desk: Desk,
  item: ItemView,
  { next }: Instruction,
): Promise<QuickAddReturned | null> {
  if (!item.quickAdd) return null;
  const { roles } = desk.staff;
  const permitted = isPermitted(roles, 'edit-items', item.library) || isPermitted(roles, 'quick-add', item.library);
  // Somebody has it assigned, or it is to be treated: it stays.
  const awaited = next === 'hold-shelf' || item.hold !== null || item.workOrder !== null;
  const inUse = await itemInUse(desk, { ...item, loan: null, process: null });
  const loose = await desk.records.quickAdds.loose(item);
  return { mayDelete: permitted && !awaited && inUse === undefined, ...loose };
}
