import type { Runtime } from '../runtime.ts';
import { forgetBrowse } from './browse.ts';
import { openRecord } from './record.ts';

/** Opens a patron's record from a list: the lists are left, what was open before is ended (ITEM-03). */
export async function openFromList(runtime: Runtime, patron: number): Promise<void> {
  if (runtime.store.get().place?.kind !== 'desk') return runtime.tell('refusal', runtime.words().refusal.needsDesk);
  const { record } = runtime.store.get();
  forgetBrowse(runtime);
  runtime.otherPlace();
  if (record?.pane.patron.id === patron) {
    runtime.store.set({ screen: 'patron', field: { label: runtime.words().loan.field, value: '', masked: false } });
  }
  await openRecord(runtime, patron);
}
