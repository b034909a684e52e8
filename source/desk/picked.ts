import type { LookedAt } from '../circulation/filling.ts';
import type { TitleCopy } from '../records/request-copies.ts';
import type { QueuedRequest } from '../records/requests.ts';
import type { Desk, Refusal } from './perform.ts';
import { plansFor } from './plan-queue.ts';
import { cardOf } from './request-card.ts';
import type { RequestCard } from './request-card.ts';
import { findRequest } from './requests-cancel.ts';
import type { Found } from './requests-cancel.ts';
import { refusalAt } from './requests-pick.ts';

/** It is no pick (any more). */
export type NotAPick = { readonly kind: 'not-a-pick'; readonly request: RequestCard };

/** A pick, with the library that is asked for it and the copies of its title. */
export type OpenPick = Omit<Found, 'request'> & {
  readonly request: QueuedRequest;
  readonly library: string;
  readonly copies: readonly TitleCopy[];
};

/** A pick by its request, or by the barcode of the copy that is meant, or of another of that library. */
export type PickMeant = { readonly request: number } | { readonly item: string };

async function idMeant({ records }: Desk, meant: PickMeant): Promise<number | Refusal> {
  if ('request' in meant) return meant.request;
  const item = await records.items.byBarcode(meant.item);
  if (!item) return { kind: 'unknown', what: 'ITEM', key: meant.item };
  const isThere = item.process === null || item.process === 'HOLDSHELF';
  const id = await records.requestRows.pickOfItem({ ...item, at: isThere ? item.at : null });
  return id ?? { kind: 'unknown', what: 'REQUEST', key: meant.item };
}

/** The pick that is meant, with its title locked and its library one's own to work at. */
export async function pickOf(desk: Desk, meant: PickMeant): Promise<OpenPick | NotAPick | Refusal> {
  const id = await idMeant(desk, meant);
  if (typeof id !== 'number') return id;
  const found = await findRequest(desk, id);
  if ('kind' in found) return found;
  const { request } = found;
  const library = request?.task === 'pick' ? request.askedLibrary : null;
  if (!request || library === null) return { kind: 'not-a-pick', request: await cardOf(desk, id) };
  const refused = refusalAt(desk, library);
  if (refused) return refused;
  const copies = await desk.records.requestCopies.ofTitle(found.titleId);
  return { ...found, request, library, copies };
}

/** A copy as *why this copy?* names it. */
export type CopyLookedAt = LookedAt & {
  readonly barcode: string;
  readonly library: string;
  /** `LIBRARY/LOCATION`. */
  readonly location: string;
  readonly process: TitleCopy['process'];
  readonly at: string;
  readonly due: number | null;
};

/** What was made of each copy, by name. */
export const lookedAt = (looked: readonly LookedAt[], copies: readonly TitleCopy[]): CopyLookedAt[] =>
  looked.flatMap((one) => {
    const copy = copies.find((other) => other.id === one.copy);
    if (!copy) return [];
    const { barcode, library, location, process, at, loan } = copy;
    return [{ ...one, barcode, library, location, process, at, due: loan?.due ?? null }];
  });

/** The plan of a request as it stands, with what was made of every copy. */
export const planOf = (desk: Desk, queue: readonly QueuedRequest[], copies: readonly TitleCopy[], id: number) =>
  plansFor(desk, queue, copies).find((one) => one.request === id);
