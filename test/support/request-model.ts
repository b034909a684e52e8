import type { Network } from '../../source/circulation/network.ts';
import { addDays } from '../../source/circulation/time.ts';
import type { Day } from '../../source/circulation/time.ts';
import { days, library, network } from './network.ts';

/** Open around the clock on every day: a hold ends a number of calendar days after it has begun. */
const ALWAYS = Array.from({ length: 7 }, () => [{ opens: 0, closes: 24 * 60 }]);
const HELD_DAYS = 2;
export const LIMIT = 3;
export const LIBRARIES = ['a', 'b', 'c', 'd'] as const;

const place = (code: string, more: Partial<Network['libraries'][number]>) =>
  library({
    code,
    hours: ALWAYS,
    locations: [
      { code: 'MAG', name: 'Magasin', onShelfRequests: true, quickAdd: false },
      { code: 'LIBRE', name: 'Libre accès', onShelfRequests: false, quickAdd: false },
    ],
    holdShelf: { openDays: HELD_DAYS, reminderAfterDays: 1 },
    ...more,
  });

/**
 * Four libraries on two campuses. `b`: not on site while it is on its shelf; `c`: own library only; `d`: everywhere but at
 * `b`. Nobody is ever late, so that only requests matter.
 */
export const requestNetwork: Network = network({
  requestLimit: LIMIT,
  campuses: ['C1', 'C2'].map((code) => ({ code, name: code })),
  libraries: [
    place('a', { campus: 'C1', deliveryDays: { default: 3, d: 1 } }),
    place('b', { campus: 'C1', pickup: [{ at: 'any', notOnSite: true }] }),
    place('c', { campus: 'C2', pickup: [{ at: 'own' }] }),
    place('d', { campus: 'C2', pickup: [{ at: 'any', except: ['b'] }], deliveryDays: { default: 2 } }),
  ],
  loanRules: [{ policy: ['P48NN'], period: days(300), requestable: false }, { period: days(300) }],
  limits: [],
});

/** Where a copy is: in place; on loan; on its way; on a hold shelf; or nobody knows where. */
export type Where =
  | { readonly kind: 'shelf' | 'hold'; readonly at: string }
  | { readonly kind: 'loan'; readonly to: string }
  | { readonly kind: 'transit'; readonly to: string }
  | { readonly kind: 'missing' };
export type Copy = {
  readonly name: string;
  readonly title: string;
  readonly library: string;
  readonly location: 'MAG' | 'LIBRE';
  readonly volume: boolean;
  readonly requestable: boolean;
  where: Where;
  /** The ended request that has left it on a hold shelf. */
  left: number | null;
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

export const PATRONS = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;
/** What can be asked for: a title by any copy of it, or a volume. */
export const TARGETS = ['A1', 'D1', 'V1', 'V2'] as const;
export const TITLES = ['T1', 'T2', 'T3'] as const;

const copy = (name: string, title: string, where: string, more: Partial<Copy> = {}): Copy => {
  const at = where.split('/')[0] ?? '';
  const location = where.endsWith('LIBRE') ? 'LIBRE' : 'MAG';
  const ordinary = { volume: false, requestable: true, left: null };
  return { name, title, library: at, location, where: { kind: 'shelf', at }, ...ordinary, ...more };
};

export const newModel = (today: Day): Model => ({
  today,
  asked: [],
  copies: [
    copy('A1', 'T1', 'a/MAG'),
    copy('B1', 'T1', 'b/MAG'),
    copy('C1', 'T1', 'c/MAG'),
    copy('N1', 'T1', 'a/MAG', { requestable: false }),
    copy('A2', 'T2', 'a/LIBRE'),
    copy('D1', 'T2', 'd/MAG'),
    copy('D2', 'T2', 'd/MAG'),
    copy('V1', 'T3', 'a/MAG', { volume: true }),
    copy('V2', 'T3', 'd/MAG', { volume: true }),
  ],
});

type Wish = Pick<Asked, 'title' | 'volume' | 'pickup'>;

const isMeant = (one: Copy, wish: Omit<Wish, 'pickup'>): boolean =>
  one.title === wish.title && (wish.volume === null ? !one.volume : one.name === wish.volume);

const travels = (one: Copy, pickup: string): boolean =>
  ({ a: true, b: true, c: pickup === 'c', d: pickup !== 'b' })[one.library] ?? false;

/** Whether the rules let somebody have a copy that is in hand (REQ-06). */
export const mayHave = (one: Copy, wish: Wish): boolean =>
  isMeant(one, wish) && one.requestable && travels(one, wish.pickup);

/** The same from where it stands now, or once it is back (REQ-05, REQ-06). */
export function canFill(one: Copy, wish: Wish): boolean {
  if (one.where.kind === 'missing' || !mayHave(one, wish)) return false;
  if (one.where.kind !== 'shelf') return true;
  return one.location !== 'LIBRE' && !(one.library === 'b' && wish.pickup === 'b');
}

/** The request that has a copy, on the shelf or on its way. */
export const holderOf = (model: Model, one: Copy): Asked | undefined =>
  model.asked.find((request) => request.copy === one.name);

/** Whether it can be taken from where it stands: in place, or left on a hold shelf. */
export const standsFree = (model: Model, one: Copy): boolean =>
  one.where.kind === 'shelf' || (one.where.kind === 'hold' && holderOf(model, one) === undefined);

/** Every reason against a request (REQ-04); none: it is placed. */
export function refusals(model: Model, patron: string, wish: Wish): string[] {
  const own = model.asked.filter((one) => one.patron === patron);
  const meant = model.copies.filter((one) => isMeant(one, wish));
  const found: string[] = [];
  if (own.length >= LIMIT) found.push('REQUEST_LIMIT');
  if (meant.some(({ where }) => where.kind === 'loan' && where.to === patron)) found.push('TITLE_ON_LOAN_TO_PATRON');
  if (own.some((one) => one.title === wish.title && one.volume === wish.volume)) found.push('ALREADY_REQUESTED');
  const known = meant.filter((one) => one.where.kind !== 'missing' && one.requestable);
  const possible = LIBRARIES.filter((pickup) => meant.some((one) => canFill(one, { ...wish, pickup })));
  const helpYourself = known.some((one) => one.where.kind === 'shelf' && one.location === 'LIBRE');
  if (known.length === 0) found.push('NOT_REQUESTABLE');
  else if (helpYourself && !known.some((one) => standsFree(model, one) && canFill(one, wish)))
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

function serve(model: Model, one: Copy, at: string, request: Asked): void {
  request.copy = one.name;
  if (request.pickup !== at) {
    request.state = 'TRANSIT';
    one.where = { kind: 'transit', to: request.pickup };
    return;
  }
  request.state = 'ON_SHELF';
  request.heldUntil ??= addDays(model.today, HELD_DAYS);
  one.where = { kind: 'hold', at };
}

/** Whether the hold of a copy is over (HOLD-01). */
export const isOver = ({ today }: Model, { state, heldUntil }: Asked): boolean =>
  state === 'ON_SHELF' && heldUntil !== null && heldUntil < today;

/** The libraries that are asked to pick a copy, by request. */
export type Picks = ReadonlyMap<number, string>;

/** Whose turn it is when a copy is in hand at a desk, and among whom one has to be chosen. */
export function turn(
  model: Model,
  one: Copy,
  at: string,
  picks: Picks,
): { first: Asked | undefined; choice: readonly Asked[] } {
  const own = holderOf(model, one);
  if (own && !isOver(model, own)) return { first: own, choice: [] };
  const all = candidates(model, one);
  const fromShelf = one.where.kind === 'shelf' && one.where.at === at;
  const asked = all.filter((request) => picks.get(request.id) === at && (!fromShelf || canFill(one, request)));
  const choice = asked.length > 1 ? asked : [];
  const [first] = all;
  if (fromShelf) return { first: asked[0] ?? first, choice };
  // A copy that comes from elsewhere is the first one's, whatever this library was to pick (REQ-09).
  return { first, choice: first && picks.has(first.id) ? choice : [] };
}

/** A copy in hand at a desk goes where it has to (RET-03, SCAN-01). Answers for whom it is. */
export function inHand(model: Model, one: Copy, at: string, picks: Picks, chosen?: Asked): Asked | undefined {
  const own = holderOf(model, one);
  const next = chosen ?? turn(model, one, at, picks).first;
  if (own && own !== next) close(model, own);
  one.left = null;
  if (next) serve(model, one, at, next);
  else one.where = one.library === at ? { kind: 'shelf', at } : { kind: 'transit', to: one.library };
  return next;
}

/** An open request ends; a copy that it had goes to the next one, or stays where it is (CAN-03). */
export function end(model: Model, request: Asked): void {
  close(model, request);
  const one = model.copies.find(({ name }) => name === request.copy);
  if (!one) return;
  const [next] = candidates(model, one);
  if (!next) {
    if (one.where.kind === 'hold') one.left = request.id;
  } else if (one.where.kind === 'hold') serve(model, one, one.where.at, next);
  else serve(model, one, '', next);
}

/** A copy is lent, whatever stands against it (BLK-08, BLK-09, HOLD-05). */
export function lendTo(model: Model, one: Copy, patron: string): void {
  const holder = holderOf(model, one);
  if (holder && holder.patron !== patron) Object.assign(holder, { state: 'WAITING', copy: null, heldUntil: null });
  const own = model.asked.filter((request) => request.patron === patron);
  const filled = own.find((request) => request.copy === one.name) ?? own.find((request) => isMeant(one, request));
  one.where = { kind: 'loan', to: patron };
  one.left = null;
  if (!filled) return;
  if (filled.copy === one.name) close(model, filled);
  else end(model, filled);
}

/** Cancels what has lost its use (CAN-02). */
export function night(model: Model): void {
  const outdated = (request: Asked): boolean => {
    if (request.state !== 'WAITING') return false;
    if (request.until !== null && request.until < model.today) return true;
    return !model.copies.some((one) => (one.where.kind === 'shelf' ? canFill : mayHave)(one, request));
  };
  model.asked = model.asked.filter((one) => !outdated(one));
}
