import type { TitleView } from '../records/catalogue.ts';
import { differenceOf, NO_TITLE, titleFields } from './catalogue-fields.ts';
import type { InUse, TitleChange } from './catalogue-fields.ts';
import { eventHere, removeHolding, removeTitle } from './catalogue-removal.ts';
import type { Also, Deleted } from './catalogue-removal.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

export type { InUse, TitleChange } from './catalogue-fields.ts';

export type TitleAdded = { readonly kind: 'added'; readonly id: number } | Refusal;

/** Adds a title, also where there is an equal one: two editions may look the same. */
export const addTitle = action(
  'add-title',
  { permission: 'edit-items' },
  async (desk: Desk, request: TitleChange & { readonly title: string }): Promise<TitleAdded> => {
    const after = titleFields(NO_TITLE, request);
    if ('kind' in after) return after;
    const id = await desk.records.catalogue.addTitle(after);
    const data = { title: after.title, titleId: id, after };
    await desk.records.events.append({ ...eventHere(desk), kind: 'title-added', data });
    return { kind: 'added', id };
  },
);

export type TitleChanged =
  | { readonly kind: 'changed'; readonly title: TitleView; readonly changed: readonly string[] }
  | Refusal;

const unknownTitle = (id: number): Refusal => ({ kind: 'unknown', what: 'TITLE', key: String(id) });

/** Changes what is given of a title. */
export const changeTitle = action(
  'change-title',
  { permission: 'edit-items' },
  async (desk: Desk, request: { readonly title: number; readonly change: TitleChange }): Promise<TitleChanged> => {
    const { catalogue, events } = desk.records;
    const title = await catalogue.lockedTitle(request.title);
    if (!title) return unknownTitle(request.title);
    const fields = titleFields(title, request.change);
    if ('kind' in fields) return fields;
    const { before, after, changed } = differenceOf(title, fields);
    if (changed.length > 0) {
      await catalogue.changeTitle(title.id, fields);
      const data = { title: fields.title, titleId: title.id, before, after };
      await events.append({ ...eventHere(desk), kind: 'title-changed', data });
    }
    return { kind: 'changed', title: { ...fields, id: title.id }, changed };
  },
);

/** Deletes a title on which nothing hangs; `what-is-empty`: its holdings without items go first. */
export const deleteTitle = action(
  'delete-title',
  { permission: 'edit-items' },
  async (desk: Desk, request: { readonly title: number; readonly also?: Also }): Promise<Deleted | InUse | Refusal> => {
    const { catalogue } = desk.records;
    const title = await catalogue.lockedTitle(request.title);
    if (!title) return unknownTitle(request.title);
    const holdings = await catalogue.holdingsOfTitle(title.id, null);
    if (holdings.some((one) => one.items > 0)) return { kind: 'in-use', because: 'has-items' };
    if (holdings.length > 0 && request.also !== 'what-is-empty') return { kind: 'in-use', because: 'has-holdings' };
    if ((await catalogue.openRequests(title.id)) > 0) return { kind: 'in-use', because: 'requested' };
    for (const holding of holdings) await removeHolding(desk, title, holding);
    await removeTitle(desk, title);
    return { kind: 'deleted', item: null, holding: holdings[0]?.id ?? null, title: title.id };
  },
);
