import { addDays } from '../../source/circulation/time.ts';
import type { Day } from '../../source/circulation/time.ts';
import { HELD_DAYS, LIBRARIES, LIMIT } from './request-network.ts';

/**
 * Where a copy is, and the library where it was seen last: in place; on a hold shelf; nobody knows; on loan; on its way to
 * the desk or to the department of a library; in the department of the library where it is.
 */
export type Where =
  | { readonly kind: 'shelf' | 'hold' | 'missing' | 'department'; readonly at: string }
  | { readonly kind: 'loan'; readonly at: string; readonly to: string; readonly lost: boolean }
  | { readonly kind: 'transit'; readonly at: string; readonly to: string; readonly department: boolean };
export type Copy = {
  readonly name: string;
  readonly title: string;
  readonly library: string;
  readonly location: 'MAG' | 'LIBRE';
  readonly volume: boolean;
  requestable: boolean;
  where: Where;
  /** The ended request that has left it on a hold shelf. */
  left: number | null;
  /** Treatment that is to be done by the department of a library, which has it already or not yet. */
  order: { readonly library: string; readonly received: boolean } | null;
  /** The department of its own library has not done with acquiring it. */
  acquired: boolean;
};
export type Asked = {
  readonly id: number;
  readonly title: string;
  /** The volume that is asked for; null: any copy of the title. */
  readonly volume: string | null;
  readonly patron: string;
  readonly pickup: string;
  readonly until: Day | null;
  state: 'WAITING' | 'TRANSIT' | 'ON_SHELF';
  copy: string | null;
  heldUntil: Day | null;
};
/** Everything there is: the copies, and who waits in which order (of all titles, one after the other). */
export type Model = { today: Day; readonly copies: Copy[]; asked: Asked[] };

const copy = (name: string, title: string, where: string, more: Partial<Copy> = {}): Copy => {
  const at = where.split('/')[0] ?? '';
  const location = where.endsWith('LIBRE') ? 'LIBRE' : 'MAG';
  const ordinary = { volume: false, requestable: true, left: null, order: null, acquired: false };
  return { name, title, library: at, location, where: { kind: 'shelf', at }, ...ordinary, ...more };
};
const acquired = (at: string): Partial<Copy> => ({ where: { kind: 'department', at }, acquired: true });

export const newModel = (today: Day): Model => ({
  today,
  asked: [],
  copies: [
    copy('A1', 'T1', 'a/MAG'),
    copy('B1', 'T1', 'b/MAG'),
    copy('C1', 'T1', 'c/MAG'),
    copy('N1', 'T1', 'a/MAG', { requestable: false }),
    copy('Q1', 'T1', 'a/MAG', acquired('a')),
    copy('A2', 'T2', 'a/LIBRE'),
    copy('D1', 'T2', 'd/MAG'),
    copy('D2', 'T2', 'd/MAG'),
    copy('Q2', 'T2', 'b/MAG', acquired('b')),
    copy('V1', 'T3', 'a/MAG', { volume: true }),
    copy('V2', 'T3', 'd/MAG', { volume: true }),
  ],
});

type Wish = Pick<Asked, 'title' | 'volume' | 'pickup'>;

export const isMeant = (one: Copy, wish: Omit<Wish, 'pickup'>): boolean =>
  one.title === wish.title && (wish.volume === null ? !one.volume : one.name === wish.volume);

const travels = (one: Copy, pickup: string): boolean =>
  ({ a: true, b: true, c: pickup === 'c', d: pickup !== 'b' })[one.library] ?? false;

/** Whether the rules let somebody have a copy that is in hand (REQ-06). */
export const mayHave = (one: Copy, wish: Wish): boolean =>
  isMeant(one, wish) && one.requestable && travels(one, wish.pickup);

/** The request that has a copy, on the shelf or on its way. */
export const holderOf = (model: Model, one: Copy): Asked | undefined =>
  model.asked.find((request) => request.copy === one.name);

/** Nobody will see it again, as far as is known. */
export const isGone = ({ where }: Copy): boolean => where.kind === 'missing' || (where.kind === 'loan' && where.lost);

/** Whether a department is to have it before anybody who waits. */
const isTreated = (model: Model, one: Copy): boolean =>
  one.where.kind !== 'loan' && holderOf(model, one) === undefined && (one.order !== null || one.acquired);

/** Whether a copy can fill a request from where it stands now, or once it is back (REQ-05, REQ-06). */
export function canFill(model: Model, one: Copy, wish: Wish): boolean {
  if (isGone(one) || !mayHave(one, wish)) return false;
  if (isTreated(model, one)) return wish.pickup === one.library;
  if (one.where.kind !== 'shelf') return true;
  return one.location !== 'LIBRE' && !(one.library === 'b' && wish.pickup === 'b');
}

/** Whether it can be taken from where it stands: in place, or left on a hold shelf. */
export const standsFree = (model: Model, one: Copy): boolean =>
  !isTreated(model, one) &&
  (one.where.kind === 'shelf' || (one.where.kind === 'hold' && holderOf(model, one) === undefined));

/** Whether somebody could have it, but not at once: it is treated, on its way, or on loan to somebody else. */
export const mayCome = (model: Model, one: Copy, wish: Asked): boolean =>
  canFill(model, one, wish) &&
  !standsFree(model, one) &&
  holderOf(model, one) === undefined &&
  !(one.where.kind === 'loan' && one.where.to === wish.patron);

/** Every reason against a request (REQ-04); none: it is placed. */
export function refusals(model: Model, patron: string, wish: Wish): string[] {
  const own = model.asked.filter((one) => one.patron === patron);
  const meant = model.copies.filter((one) => isMeant(one, wish));
  const found: string[] = [];
  if (own.length >= LIMIT) found.push('REQUEST_LIMIT');
  if (meant.some(({ where }) => where.kind === 'loan' && where.to === patron)) found.push('TITLE_ON_LOAN_TO_PATRON');
  if (own.some((one) => one.title === wish.title && one.volume === wish.volume)) found.push('ALREADY_REQUESTED');
  const known = meant.filter((one) => !isGone(one) && one.requestable);
  const possible = LIBRARIES.filter((pickup) => meant.some((one) => canFill(model, one, { ...wish, pickup })));
  const helpYourself = known.some((one) => one.where.kind === 'shelf' && one.location === 'LIBRE');
  if (known.length === 0) found.push('NOT_REQUESTABLE');
  else if (helpYourself && !known.some((one) => standsFree(model, one) && canFill(model, one, wish)))
    found.push('ITEM_ON_SHELF');
  else if (possible.length === 0) found.push('NO_PICKUP_LIBRARY');
  else if (!possible.some((one) => one === wish.pickup)) found.push('PICKUP_NOT_POSSIBLE');
  return found;
}

/** Those that wait for a copy that is in hand, in the order of the queue. */
export const candidates = (model: Model, one: Copy): Asked[] =>
  model.asked.filter((request) => request.state === 'WAITING' && mayHave(one, request));

export const close = (model: Model, request: Asked): void => {
  model.asked = model.asked.filter((one) => one !== request);
};

/** Whether the hold of a copy is over (HOLD-01). */
export const isOver = ({ today }: Model, { state, heldUntil }: Asked): boolean =>
  state === 'ON_SHELF' && heldUntil !== null && heldUntil < today;

/** An open request ends; a copy that it had goes to the next one, or stays where it is (CAN-03). */
export function end(model: Model, request: Asked): void {
  close(model, request);
  const one = model.copies.find(({ name }) => name === request.copy);
  if (!one) return;
  const { where } = one;
  // A department that is to have it comes first, once it is in somebody's hand.
  const next = one.order === null ? candidates(model, one)[0] : undefined;
  if (!next && where.kind === 'hold') one.left = request.id;
  if (next) serve(model, one, where.kind === 'hold' ? where.at : null, next);
}

/** A copy is a request's: it is put aside where it is fetched (`at`: it is in hand at a desk there), or travels there. */
export function serve(model: Model, one: Copy, at: string | null, request: Asked): void {
  request.copy = one.name;
  if (request.pickup !== at) {
    request.state = 'TRANSIT';
    one.where = { kind: 'transit', at: at ?? one.where.at, to: request.pickup, department: false };
    return;
  }
  request.state = 'ON_SHELF';
  request.heldUntil ??= addDays(model.today, HELD_DAYS);
  one.where = { kind: 'hold', at };
}

/** A copy is lent at a library, whatever stands against it (BLK-08, BLK-09, HOLD-05). */
export function lendTo(model: Model, one: Copy, at: string, patron: string): void {
  const holder = holderOf(model, one);
  if (holder && holder.patron !== patron) Object.assign(holder, { state: 'WAITING', copy: null, heldUntil: null });
  const own = model.asked.filter((request) => request.patron === patron);
  const filled = own.find((request) => request.copy === one.name) ?? own.find((request) => isMeant(one, request));
  one.where = { kind: 'loan', at, to: patron, lost: false };
  one.left = null;
  one.acquired = false;
  if (one.order) one.order = { ...one.order, received: false };
  if (!filled) return;
  if (filled.copy === one.name) close(model, filled);
  else end(model, filled);
}

/** Cancels what has lost its use (CAN-02). */
export function night(model: Model): void {
  const allowed = (one: Copy, request: Asked): boolean =>
    one.where.kind === 'shelf' ? canFill(model, one, request) : mayHave(one, request);
  const outdated = (request: Asked): boolean => {
    if (request.state !== 'WAITING') return false;
    if (request.until !== null && request.until < model.today) return true;
    return !model.copies.some((one) => allowed(one, request));
  };
  model.asked = model.asked.filter((one) => !outdated(one));
}
