import type { CommandName } from '../keymap.ts';
import type { Runtime } from '../runtime.ts';
import { patronOfRow } from './available.ts';
import { chosenItem } from './chosen.ts';
import { showItemCard } from './cards.ts';
import { borrowerOf, declareMissing, editItemNotes, showHistory } from './item-actions.ts';
import { printSlipOfRow } from './receipts.ts';
import { openFromList } from './open-from-list.ts';
import { orderTreatment } from './work-orders.ts';

const OF_ITEMS: Partial<Readonly<Record<CommandName, (runtime: Runtime, barcode: string) => Promise<void>>>> = {
  'item-card': showItemCard,
  'item-note': editItemNotes,
  'item-history': showHistory,
  'work-order': orderTreatment,
  missing: declareMissing,
  'print-slip': printSlipOfRow,
};

/** Does a command on the row under the cursor, in any list that shows items (TAB-04). Answers false where it is none. */
export async function rowCommand(runtime: Runtime, command: CommandName): Promise<boolean> {
  const state = runtime.store.get();
  const barcode = chosenItem(state);
  if (command === 'borrower') {
    const patron = patronOfRow(state) ?? (barcode === undefined ? undefined : await borrowerOf(runtime, barcode));
    if (patron === undefined) runtime.tell('information', runtime.words().itemCard.noBorrower);
    else await openFromList(runtime, patron);
    return true;
  }
  const run = OF_ITEMS[command];
  if (!run || barcode === undefined) return false;
  await run(runtime, barcode);
  return true;
}
