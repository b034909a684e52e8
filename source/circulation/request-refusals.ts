import type { PatronBlockFact } from './blocks.ts';
import type { Network } from './network.ts';
import { isInForce, stopsOf } from './penalties.ts';
import { against, isMeant, ruleAgainst, standingOf } from './requested-copy.ts';
import type { Against, CopyFacts, Wanted } from './requested-copy.ts';
import type { Day, Instant } from './time.ts';

/** Why a request is refused, in the order in which the reasons are shown (REQ-04). */
export const REQUEST_REFUSALS = [
  'REQUEST_LIMIT',
  'PATRON_INACTIVE',
  'PATRON_BLOCKED',
  'PATRON_EXPIRED',
  'TITLE_ON_LOAN_TO_PATRON',
  'ALREADY_REQUESTED',
  'NOT_REQUESTABLE',
  'ITEM_ON_SHELF',
  'NO_PICKUP_LIBRARY',
  'PICKUP_NOT_POSSIBLE',
] as const;
export type RequestRefusalCode = (typeof REQUEST_REFUSALS)[number];

/** What a copy is called. */
export type NamedCopy = CopyFacts & { readonly barcode: string; readonly callNumber: string | null };

/** A copy and why it does not serve. */
export type CopyAgainst = {
  readonly barcode: string;
  readonly library: string;
  /** `LIBRARY/LOCATION`. */
  readonly location: string;
  readonly callNumber: string | null;
  readonly why: Against;
};

/** What a person needs to judge a refusal, by code. */
export type RequestRefusalFacts = {
  REQUEST_LIMIT: { readonly open: number; readonly max: number };
  PATRON_INACTIVE: Record<never, never>;
  PATRON_BLOCKED: { readonly blocks: readonly PatronBlockFact[] };
  PATRON_EXPIRED: { readonly expiry: Day };
  TITLE_ON_LOAN_TO_PATRON: { readonly barcode: string; readonly due: Instant };
  ALREADY_REQUESTED: { readonly request: number; readonly pickup: string; readonly placedAt: Instant };
  NOT_REQUESTABLE: { readonly copies: readonly CopyAgainst[] };
  /** Copies that stand on shelves from which one helps oneself. */
  ITEM_ON_SHELF: { readonly copies: readonly CopyAgainst[] };
  NO_PICKUP_LIBRARY: { readonly copies: readonly CopyAgainst[] };
  PICKUP_NOT_POSSIBLE: { readonly pickup: string; readonly possible: readonly string[] };
};
export type RequestRefusal = {
  [Code in RequestRefusalCode]: { readonly code: Code; readonly facts: RequestRefusalFacts[Code] };
}[RequestRefusalCode];

/** A library where a request could be fetched, or why not. */
export type PickupChoice = { readonly code: string; readonly possible: boolean; readonly why: Against | null };

export type PlacingFacts = {
  readonly network: Network;
  readonly today: Day;
  readonly wanted: Wanted;
  readonly copies: readonly NamedCopy[];
};

/** Of several reasons, the one that says most. */
const TELLING: readonly Against[] = [
  'NOT_ON_SITE',
  'PICKUP_NOT_POSSIBLE',
  'OWN_LIBRARY_ONLY',
  'LOCATION_TAKES_NO_REQUESTS',
  'NOT_REQUESTABLE',
  'MISSING',
  'LOST',
];

/**
 * Every library with a desk: whether a copy could be fetched there, from where it stands now or once it is back (REQ-02,
 * REQ-06), and why not.
 */
export function pickupChoices({ network, today, wanted, copies }: PlacingFacts): PickupChoice[] {
  const meant = copies.filter((one) => isMeant(wanted, one));
  return network.libraries
    .filter((one) => one.desks.length > 0)
    .map(({ code }) => {
      const reasons = meant.map((copy) => against(network, today, wanted, copy, code));
      if (reasons.includes(undefined)) return { code, possible: true, why: null };
      return { code, possible: false, why: TELLING.find((one) => reasons.includes(one)) ?? 'NOT_REQUESTABLE' };
    });
}

const inPlace = (copy: CopyFacts): boolean => ['in-place', 'left'].includes(standingOf(copy));
/** Nobody can have it: it is missing, or lost. */
const goneAs = (copy: CopyFacts): 'MISSING' | 'LOST' | undefined => {
  const standing = standingOf(copy);
  if (standing === 'missing') return 'MISSING';
  return standing === 'lost' ? 'LOST' : undefined;
};
const saying = ({ barcode, library, location, callNumber }: NamedCopy, why: Against): CopyAgainst => ({
  barcode,
  library,
  location,
  callNumber,
  why,
});

/** What stands against a request in the title and its copies. `pickup` null: none has been chosen yet. */
export function titleRefusals(facts: PlacingFacts, pickup: string | null): RequestRefusal[] {
  const { network, today, wanted, copies } = facts;
  const meant = copies.filter((one) => isMeant(wanted, one));
  const may = meant.filter(
    (one) => goneAs(one) === undefined && ruleAgainst(network, today, wanted, one, null) === undefined,
  );
  if (may.length === 0) {
    const reasons = meant.map((one) => saying(one, goneAs(one) ?? 'NOT_REQUESTABLE'));
    return [{ code: 'NOT_REQUESTABLE', facts: { copies: reasons } }];
  }
  const choices = pickupChoices(facts);
  const possible = choices.flatMap((one) => (one.possible ? [one.code] : []));
  const places = pickup === null ? possible : [pickup];
  const shelved = may.filter(
    (one) => against(network, today, wanted, one, one.library) === 'LOCATION_TAKES_NO_REQUESTS',
  );
  const another = may.some(
    (one) => inPlace(one) && places.some((place) => against(network, today, wanted, one, place) === undefined),
  );
  if (shelved.length > 0 && !another)
    return [
      { code: 'ITEM_ON_SHELF', facts: { copies: shelved.map((one) => saying(one, 'LOCATION_TAKES_NO_REQUESTS')) } },
    ];
  if (possible.length === 0) {
    const reasons = meant.map((one) =>
      saying(one, against(network, today, wanted, one, one.library) ?? 'PICKUP_NOT_POSSIBLE'),
    );
    return [{ code: 'NO_PICKUP_LIBRARY', facts: { copies: reasons } }];
  }
  if (pickup === null || possible.includes(pickup)) return [];
  return [{ code: 'PICKUP_NOT_POSSIBLE', facts: { pickup, possible } }];
}

/** What the rules look at in somebody who asks for something. */
export type RequesterFacts = {
  readonly status: 'active' | 'inactive';
  readonly expiry: Day | null;
  readonly blocks: readonly PatronBlockFact[];
  /** Open requests over the whole network, waiting or on a shelf. */
  readonly open: number;
  /** What they have on loan of what they ask for, and have asked for already. */
  readonly onLoan: { readonly barcode: string; readonly due: Instant } | null;
  readonly asked: { readonly request: number; readonly pickup: string; readonly placedAt: Instant } | null;
};

/** What stands against a request in its requester (REQ-04). Late loans do not (PEN-01). */
export function requesterRefusals(network: Network, today: Day, patron: RequesterFacts): RequestRefusal[] {
  const { status, expiry, open, onLoan, asked } = patron;
  const found: RequestRefusal[] = [];
  const { requestLimit: max } = network;
  if (open >= max) found.push({ code: 'REQUEST_LIMIT', facts: { open, max } });
  if (status === 'inactive') found.push({ code: 'PATRON_INACTIVE', facts: {} });
  const blocks = patron.blocks.filter(
    (one) => isInForce(one, today) && stopsOf(network, one.type, one.library).includes('request'),
  );
  if (blocks.length > 0) found.push({ code: 'PATRON_BLOCKED', facts: { blocks } });
  if (expiry !== null && today > expiry) found.push({ code: 'PATRON_EXPIRED', facts: { expiry } });
  if (onLoan) found.push({ code: 'TITLE_ON_LOAN_TO_PATRON', facts: onLoan });
  if (asked) found.push({ code: 'ALREADY_REQUESTED', facts: asked });
  return found;
}
