import type { EventKind } from '../circulation/event-kinds.ts';
import type { DataOf } from '../records/event-data.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';

/** Appends an event about a patron's record, done here and now (REL-09). */
export async function recordAbout<Kind extends EventKind>(
  desk: Desk,
  kind: Kind,
  patronId: number,
  data: DataOf<Kind>,
): Promise<void> {
  const { now, place, records } = desk;
  await records.events.append({ at: now, kind, staffId: staffId(desk), desk: placeName(place), patronId, data });
}
