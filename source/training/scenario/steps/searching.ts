import { openPublic, searchPublic } from '../../../desk/public-catalogue.ts';
import type { PublicTitle } from '../../../desk/public-catalogue.ts';
import { searchResult } from '../../search-result.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';

/** As many as a patron reads. */
const WINDOW = { offset: 0, limit: 50 };

/** `search`: the public catalogue, at a terminal of the desk's library, and each title that is found opened (KIO-01). */
export async function searchStep(stage: Stage, { text, field, library }: StepFields<'search'>): Promise<PlainResult> {
  const seat = stage.kioskSeat(null);
  const here = stage.seat.place?.library ?? null;
  const kiosk = { terminal: 'scenario', ...seat.kiosk, patron: null, library: here };
  const where = { ...(field === undefined ? {} : { field }), ...(library === undefined ? {} : { library }) };
  const found = await stage.perform({ ...seat, kiosk }, searchPublic, { text, ...where, window: WINDOW });
  const opened = new Map<number, PublicTitle>();
  for (const { id } of found.kind === 'titles' ? found.lines : []) {
    const title = await stage.perform({ ...seat, kiosk }, openPublic, { title: id });
    if (title.kind === 'title') opened.set(id, title);
  }
  return searchResult(found, opened, stage.network);
}
