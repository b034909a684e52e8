import type { RequestCard } from '../../desk/request-card.ts';
import { showItem } from '../../desk/show.ts';
import type { Runtime } from '../runtime.ts';
import { chosenRequest } from './available.ts';
import { showCatalogue } from './catalogue.ts';
import { chosenItem } from './chosen.ts';
import { placeByForm } from './requests-place.ts';

/** Does something with the request under the cursor of the open record. */
export async function withRequest(runtime: Runtime, work: (request: RequestCard) => Promise<void>): Promise<void> {
  const request = chosenRequest(runtime.store.get());
  if (request) await work(request);
  else runtime.tell('information', runtime.words().browse.noLine);
}

/** *Request* where one is (REQ-02): the item under the cursor, or its title; in a record with none chosen, the catalogue opens. */
export async function requestHere(runtime: Runtime): Promise<void> {
  const barcode = chosenItem(runtime.store.get());
  if (barcode === undefined) return showCatalogue(runtime);
  const found = await runtime.perform(showItem, { barcode });
  if (found.kind !== 'item') return runtime.refuse(found);
  const { item } = found;
  await placeByForm(runtime, item.description === null ? { title: item.titleId } : { item: item.barcode });
}
