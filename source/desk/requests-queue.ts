import type { Because } from '../circulation/filling.ts';
import type { Window } from '../records/loans.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { cardOf, requestCard } from './request-card.ts';
import type { RequestCard } from './request-card.ts';
import { findRequest } from './requests-cancel.ts';
import { lookedAt, planOf } from './picked.ts';
import type { CopyLookedAt } from './picked.ts';
import { replanNow } from './plan-queue.ts';

const WINDOW: Window = { offset: 0, limit: 200 };

export type TitleQueue =
  | {
      readonly kind: 'queue';
      readonly titleId: number;
      readonly title: string;
      readonly total: number;
      /** In the order of the queue. */
      readonly requests: readonly RequestCard[];
    }
  | Refusal;

/** The open requests of a title in their order (REQ-03). */
export const titleRequests = action(
  'title-requests',
  { permission: 'view-items', readOnly: true },
  async (desk: Desk, { title: id, window = WINDOW }: { title: number; window?: Window }): Promise<TitleQueue> => {
    const title = await desk.records.catalogue.title(id);
    if (!title) return { kind: 'unknown', what: 'TITLE', key: String(id) };
    const { total, lines } = await desk.records.requestRows.ofTitle(id, window);
    return {
      kind: 'queue',
      titleId: id,
      title: title.title,
      total,
      requests: lines.map((row) => requestCard(desk, row)),
    };
  },
);

export type RequestShown = { readonly kind: 'request'; readonly request: RequestCard } | Refusal;

/** One request, open or not. */
export const showRequest = action(
  'show-request',
  { permission: 'view-items', readOnly: true },
  async (desk: Desk, { request: id }: { request: number }): Promise<RequestShown> => {
    const row = await desk.records.requestRows.byId(id);
    if (!row) return { kind: 'unknown', what: 'REQUEST', key: String(id) };
    return { kind: 'request', request: requestCard(desk, row) };
  },
);

export type MovedInQueue =
  | {
      readonly kind: 'moved';
      readonly request: RequestCard;
      /** Its place before. */
      readonly before: number;
    }
  | { readonly kind: 'closed-already'; readonly request: RequestCard }
  | Refusal;

/**
 * Moves a request to another place among those for the same title or volume (REQ-03): only a manager may. What is planned
 * follows the new order; what is held or on its way for somebody stays theirs.
 */
export const moveInQueue = action(
  'move-in-queue',
  { permission: 'reorder-queue' },
  async (desk: Desk, { request: id, to }: { request: number; to: number }): Promise<MovedInQueue> => {
    const { records } = desk;
    const found = await findRequest(desk, id);
    if ('kind' in found) return found;
    const { request, queue, titleId } = found;
    const before = await cardOf(desk, id);
    if (!request) return { kind: 'closed-already', request: before };
    const peers = queue.filter((one) => one.itemId === request.itemId);
    if (!Number.isInteger(to) || to < 1 || to > peers.length)
      return { kind: 'invalid', path: 'to', problem: 'unknown-code', value: String(to) };
    const order = peers.filter((one) => one.id !== id).toSpliced(to - 1, 0, request);
    // Those for the same thing change places among themselves; the others keep theirs.
    const turn = order[Symbol.iterator]();
    const ids = queue.map((one) => (one.itemId === request.itemId ? (turn.next().value?.id ?? one.id) : one.id));
    await records.requests.reorder(ids);
    await replanNow(desk, titleId);
    const card = await cardOf(desk, id);
    const change = { before: before.position ?? 0, after: card.position ?? 0 };
    const data = { request: id, title: card.title, pickup: card.pickup, ...change };
    const by = { at: desk.now, staffId: staffId(desk), desk: placeName(desk.place) };
    await records.events.append({ ...by, kind: 'request-moved', patronId: request.patronId, data });
    return { kind: 'moved', request: card, before: change.before };
  },
);

export type WhyThisCopy =
  | {
      readonly kind: 'why';
      readonly request: RequestCard;
      /** The rule by which a copy was chosen (REQ-07); null: it has its copy, or has ended. */
      readonly because: Because | null;
      readonly routing: 'campus' | 'site';
      /** Every copy of the title, and what was made of it. */
      readonly copies: readonly CopyLookedAt[];
      readonly networkVersion: number;
    }
  | Refusal;

/** *Why this copy?* (CONF-03): which copies were looked at for a request that waits, and why each was taken or not. */
export const whyThisCopy = action(
  'why-this-copy',
  { permission: 'view-items', readOnly: true },
  async (desk: Desk, { request: id }: { request: number }): Promise<WhyThisCopy> => {
    const { records, network, networkVersion } = desk;
    const row = await records.requestRows.byId(id);
    if (!row) return { kind: 'unknown', what: 'REQUEST', key: String(id) };
    const queue = await records.requests.open(row.titleId);
    const copies = await records.requestCopies.ofTitle(row.titleId);
    const plan = planOf(desk, queue, copies, id);
    return {
      kind: 'why',
      request: requestCard(desk, row),
      because: plan?.because ?? null,
      routing: network.routing,
      copies: plan ? lookedAt(plan.looked, copies) : [],
      networkVersion,
    };
  },
);
