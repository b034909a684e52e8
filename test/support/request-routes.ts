import { candidates, canFill, close, holderOf, isOver, serve } from './request-model.ts';
import type { Asked, Copy, Model } from './request-model.ts';

/** The libraries that are asked to pick a copy, by request. */
export type Picks = ReadonlyMap<number, string>;

/** In whose hand a copy is, at which library; `nobody`: it is on its way somewhere. */
export type Hand = {
  readonly kind: 'desk' | 'department' | 'nobody';
  readonly at: string;
  /** The department has done with it. */
  readonly treated?: boolean;
};
export const deskAt = (at: string): Hand => ({ kind: 'desk', at });

const isDoneBy = ({ kind, at, treated = false }: Hand, library: string): boolean =>
  treated && kind === 'department' && at === library;

/** The library whose department is to have a copy next (ITEM-01); null: none. */
function departmentDue({ order, acquired, library }: Copy, hand: Hand): string | null {
  if (order && !isDoneBy(hand, order.library)) return order.library;
  return acquired && !isDoneBy(hand, library) ? library : null;
}

/** Whose turn it is when a copy is in hand, and among whom one has to be chosen (SCAN-04). */
export function turn(
  model: Model,
  one: Copy,
  hand: Hand,
  picks: Picks,
): { first: Asked | undefined; choice: readonly Asked[] } {
  const { kind, at } = hand;
  const own = holderOf(model, one);
  if (own && !(kind === 'desk' && isOver(model, own))) return { first: own, choice: [] };
  if (departmentDue(one, hand) !== null) return { first: undefined, choice: [] };
  const all = candidates(model, one);
  const fromShelf = one.where.kind === 'shelf' && one.where.at === at;
  const asked = all.filter(
    (request) => kind === 'desk' && picks.get(request.id) === at && (!fromShelf || canFill(model, one, request)),
  );
  const choice = asked.length > 1 ? asked : [];
  const [first] = all;
  if (fromShelf) return { first: asked[0] ?? first, choice };
  // A copy that comes from elsewhere is the first one's, whatever this library was to pick (REQ-09).
  return { first, choice: first && picks.has(first.id) ? choice : [] };
}

/** It leaves the department that was treating it. */
function leaveDepartment(one: Copy): void {
  if (one.order) one.order = { ...one.order, received: false };
}

/** To the department that is to have it: it is there, or it is sent. */
function toDepartment(one: Copy, library: string, { kind, at }: Hand): void {
  const isThere = one.where.kind === 'department' && one.where.at === library;
  if (library === at && kind !== 'department' && isThere) return;
  // What is to be treated is treated: whether it was still being acquired is not asked any more.
  if (one.order) one.acquired = false;
  if (library === at && kind === 'department') {
    one.where = { kind: 'department', at };
    if (one.order) one.order = { ...one.order, received: true };
    return;
  }
  leaveDepartment(one);
  one.where = { kind: 'transit', at, to: library, department: true };
}

/**
 * A copy in hand goes where it has to (RET-03, SCAN-01, ITEM-01): to whoever has it already, to a department, to whose turn
 * it is, home. Only a desk puts anything on a shelf. Answers for whom it is.
 */
export function inHand(model: Model, one: Copy, hand: Hand, picks: Picks, chosen?: Asked): Asked | undefined {
  const own = holderOf(model, one);
  const next = chosen ?? turn(model, one, hand, picks).first;
  if (own && own !== next) close(model, own);
  one.left = null;
  const due = next ? null : departmentDue(one, hand);
  if (one.order && isDoneBy(hand, one.order.library)) one.order = null;
  if (isDoneBy(hand, one.library)) one.acquired = false;
  if (due !== null) {
    toDepartment(one, due, hand);
    return undefined;
  }
  leaveDepartment(one);
  const { kind, at } = hand;
  if (next && kind === 'desk') serve(model, one, at, next);
  else if (next) {
    one.where = { ...one.where, at };
    serve(model, one, null, next);
  } else if (one.library === at && kind === 'desk') one.where = { kind: 'shelf', at };
  else one.where = { kind: 'transit', at, to: one.library, department: false };
  return next;
}

/** A department is to treat a copy, at once if it is in place (ITEM-01). */
export function orderWork(model: Model, one: Copy, library: string): void {
  one.order = { library, received: false };
  if (one.where.kind === 'shelf') inHand(model, one, deskAt(one.where.at), new Map());
}

/** It is not to be treated any more: if it is there or on its way there, it goes to the desk, for whose turn it is. */
export function withdraw(model: Model, one: Copy): void {
  const { where } = one;
  one.order = null;
  const isUnderWay = where.kind === 'department' || (where.kind === 'transit' && where.department);
  if (isUnderWay && !one.acquired) inHand(model, one, { kind: 'nobody', at: where.at }, new Map());
}

/** A missing copy has been found in its place. */
export function find(model: Model, one: Copy): void {
  one.where = { kind: 'shelf', at: one.library };
  if (one.order) inHand(model, one, deskAt(one.library), new Map());
}
