import { placeName } from '../../../desk/perform.ts';
import type { Journal } from '../../../offline/index.ts';
import type { OfflineMeans } from '../../offline-means.ts';
import type { Runtime } from '../../runtime.ts';

/** The place whose journal is written: where one sits, else where one sat last. */
function placeOfJournal(runtime: Runtime): string | null {
  const { place } = runtime.store.get();
  if (place) return placeName(place);
  const last = runtime.recall('lastPlace');
  return typeof last === 'string' ? last : null;
}

/** Opens the journal of this desk; a sentence: why it cannot be. */
export async function openOfflineJournal(runtime: Runtime, means: OfflineMeans): Promise<Journal | string> {
  const answer = await means.open(placeOfJournal(runtime));
  return answer.kind === 'open' ? answer.journal : runtime.words().offline.trouble[answer.problem];
}
