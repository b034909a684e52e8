import { placeName } from '../../../desk/perform.ts';
import type { Journal, Problem } from '../../../offline/index.ts';
import type { OfflineMeans } from '../../offline-means.ts';
import type { Runtime } from '../../runtime.ts';

/** The place whose journal is written: where one sits, else where one sat last. */
function placeOfJournal(runtime: Runtime): string | null {
  const { place } = runtime.store.get();
  if (place) return placeName(place);
  const last = runtime.recall('lastPlace');
  return typeof last === 'string' ? last : null;
}

/** Opens the journal of this desk, or answers why it cannot be. */
export const openOfflineJournal = async (
  runtime: Runtime,
  means: OfflineMeans,
): Promise<{ readonly kind: 'open'; readonly journal: Journal } | Problem> => means.open(placeOfJournal(runtime));
