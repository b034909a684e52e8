import type { CardPatron, CardProblem, CardProblemCode, CardSpot } from '../circulation/card-system.ts';
import { isToOverwrite } from '../circulation/card-system.ts';
import { action } from './perform.ts';
import type { Desk, Perform, Refusal, Seat } from './perform.ts';

/** A record of the card system with where it stands in its file. */
export type CardRecord = {
  readonly patron: CardPatron;
  /** A short hash of the record as it is written there; null: not known. */
  readonly raw: string | null;
  /** Where the record begins, … */
  readonly spot: CardSpot;
  /** … its primary identifier, its purge date, and each of its other identifiers. */
  readonly primaryId: CardSpot;
  readonly purge: CardSpot;
  readonly identifiers: readonly CardSpot[];
};

/** What was found for somebody: their record, or what is wrong with it. */
export type CardFound = CardRecord | { readonly problem: CardProblem };

/** Where records of card holders come from at once (IMP-04): a file now, a service later. */
export type CardSystem = {
  /** The record that has one of these identifiers; undefined: there is none. Throws where it cannot be looked up. */
  lookUp(identifiers: readonly string[]): Promise<CardFound | undefined>;
};

/** What became of looking a record up at once (IMP-04). `changes`: the fields that were overwritten. */
export type LookUpOutcome =
  | { readonly kind: 'updated'; readonly changes: readonly string[] }
  /** It stays a candidate for the next import. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'no-card-system' }
  | {
      readonly kind: 'failed';
      /** `busy`: the last one has not answered yet; `refused`: this account may not. */
      readonly because: 'unreadable' | 'too-slow' | 'busy' | 'rejected' | 'not-to-overwrite' | 'refused';
      /** What is wrong with the card system's record, when it was rejected. */
      readonly problem?: CardProblemCode;
    };

/** What the console is given to look somebody up with: it never throws but DatabaseAway, and never takes longer than seconds. */
export type LookUpNow = (perform: Perform, seat: Seat, patronId: number) => Promise<LookUpOutcome>;

export type CardCandidate =
  | { readonly kind: 'candidate'; readonly identifiers: readonly string[] }
  | { readonly kind: 'not-to-overwrite' }
  | Refusal;

/** By what a record that is to be overwritten is known to the card system: what the desk typed first, the program's number last. */
export const cardCandidate = action(
  'card-candidate',
  { permission: 'view-patrons', readOnly: true },
  async ({ records, network }: Desk, request: { patron: number }): Promise<CardCandidate> => {
    const patron = await records.patrons.byId(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    if (!isToOverwrite(network, patron)) return { kind: 'not-to-overwrite' };
    const [primary = '', ...others] = patron.identifiers.map((one) => one.value);
    return { kind: 'candidate', identifiers: [...others, primary] };
  },
);
