import type { HoldingView, TitleView } from '../records/catalogue.ts';
import { stored } from '../records/text.ts';
import { differenceOf, locationProblem, notPermittedAt, tooLong } from './catalogue-fields.ts';
import type { InUse } from './catalogue-fields.ts';
import { makeHolding } from './catalogue-places.ts';
import type { NewHolding } from './catalogue-places.ts';
import { eventHere, removeHolding, removeWhatIsEmpty, staysBecause } from './catalogue-removal.ts';
import type { Also, Deleted } from './catalogue-removal.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { replan } from './plan-queue.ts';

/** Adds a holding to a title, at a location of which one may change the items. */
export const addHolding = action(
  'add-holding',
  { permission: 'edit-items' },
  async (
    desk: Desk,
    { title: titleId, ...request }: NewHolding & { readonly title: number },
  ): Promise<{ readonly kind: 'added'; readonly id: number } | Refusal> => {
    const problem = locationProblem(desk.network, request.location) ?? tooLong(request);
    if (problem) return problem;
    const refused = notPermittedAt(desk, 'edit-items', request.location.split('/')[0] ?? '');
    if (refused) return refused;
    const title = await desk.records.catalogue.lockedTitle(titleId);
    if (!title) return { kind: 'unknown', what: 'TITLE', key: String(titleId) };
    return { kind: 'added', id: await makeHolding(desk, title, request) };
  },
);

/** A holding with its title, locked; or why it cannot be changed. A holding that is not there is an invalid request. */
async function holdingToChange(
  desk: Desk,
  id: number,
): Promise<{ holding: HoldingView; title: TitleView } | { refused: Refusal }> {
  const { catalogue } = desk.records;
  const found = await catalogue.holding(id);
  const title = found && (await catalogue.lockedTitle(found.titleId));
  // Read again behind the lock: another desk may have changed it meanwhile.
  const holding = title && (await catalogue.holding(id));
  if (!holding) return { refused: { kind: 'invalid', path: 'holding', problem: 'unknown-code', value: String(id) } };
  const refused = notPermittedAt(desk, 'edit-items', holding.library);
  return refused ? { refused } : { holding, title };
}

export type HoldingChanged =
  | { readonly kind: 'changed'; readonly holding: HoldingView; readonly changed: readonly string[] }
  | InUse
  | Refusal;

/**
 * Changes what is given of a holding. Its items that stand there move with it, and those with its call number get the
 * new one. Not to another library while one of them is on loan, on its way, held or being treated.
 */
export const changeHolding = action(
  'change-holding',
  { permission: 'edit-items' },
  async (
    desk: Desk,
    request: { readonly holding: number; readonly change: Partial<NewHolding> },
  ): Promise<HoldingChanged> => {
    const { catalogue, events } = desk.records;
    const found = await holdingToChange(desk, request.holding);
    if ('refused' in found) return found.refused;
    const { holding, title } = found;
    const { location = holding.location, callNumber, note } = request.change;
    const problem = locationProblem(desk.network, location) ?? tooLong(request.change);
    if (problem) return problem;
    const fields = {
      location,
      library: location.split('/')[0] ?? '',
      callNumber: callNumber === undefined ? holding.callNumber : stored(callNumber),
      note: note === undefined ? holding.note : stored(note),
    };
    if (fields.library !== holding.library) {
      for (const process of await catalogue.processesOfHolding(holding.id)) {
        const stays = staysBecause(process);
        if (stays) return stays;
      }
    }
    const { before, after, changed } = differenceOf(holding, fields);
    if (changed.length > 0) {
      await catalogue.changeHolding(holding, fields);
      const data = { title: title.title, titleId: title.id, holdingId: holding.id, before, after };
      await events.append({ ...eventHere(desk), kind: 'holding-changed', data });
      await replan(desk, title.id);
    }
    return { kind: 'changed', holding: { ...holding, ...fields }, changed };
  },
);

/** Deletes a holding without items; `what-is-empty`: and its title, if nothing else hangs on it. */
export const deleteHolding = action(
  'delete-holding',
  { permission: 'edit-items' },
  async (
    desk: Desk,
    request: { readonly holding: number; readonly also?: Also },
  ): Promise<Deleted | InUse | Refusal> => {
    const found = await holdingToChange(desk, request.holding);
    if ('refused' in found) return found.refused;
    const { holding, title } = found;
    if (holding.items > 0) return { kind: 'in-use', because: 'has-items' };
    if (request.also === 'what-is-empty')
      return { kind: 'deleted', item: null, ...(await removeWhatIsEmpty(desk, title, holding.id)) };
    await removeHolding(desk, title, holding);
    return { kind: 'deleted', item: null, holding: holding.id, title: null };
  },
);
