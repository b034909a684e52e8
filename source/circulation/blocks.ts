import type { BlockType } from './network.ts';
import type { Day, Instant } from './time.ts';

/** Public codes of what stops a loan, in the order in which they are shown (spec 1, *Blocks at the moment of lending*). */
export const BLOCK_CODES = [
  'PATRON_EXPIRED',
  'PATRON_INACTIVE',
  'PATRON_GROUP_NOT_ALLOWED',
  'PATRON_OVERDUE',
  'PATRON_BLOCK_LATE_RETURN',
  'PATRON_BLOCK_MANUAL',
  'PATRON_BLOCK_QUITUS',
  'LOAN_LIMIT',
  'NOT_LOANABLE',
  'ON_LOAN_TO_OTHER',
  'ON_LOAN_TO_SAME',
  'HELD_FOR_OTHER',
  'SAME_TITLE',
  'DUE_AFTER_EXPIRY',
  'ITEM_IN_TRANSIT',
  'ITEM_MISSING',
  'ITEM_LOST',
  'ITEM_IN_PROCESS',
  'ITEM_UNKNOWN',
  'PATRON_UNKNOWN',
] as const;
export type BlockCode = (typeof BLOCK_CODES)[number];

/** Why a renewal is refused, in the order in which they are tried (REN-05). */
export const RENEWAL_REFUSALS = [
  'PATRON_NO_ROLE',
  'PATRON_INACTIVE',
  'PATRON_EXPIRED',
  'PATRON_BLOCKED',
  'PATRON_OVERDUE',
  'NOT_RENEWABLE',
  'RECALLED',
  'RENEWAL_PERIOD_EXCEEDED',
  'AFTER_CLOSING',
  'EXPIRES_BEFORE_RENEWAL',
  'REQUEST_CONFLICT',
  'DUE_DATE_UNCHANGED',
] as const;
export type RenewalRefusal = (typeof RENEWAL_REFUSALS)[number];

/** A late loan, as a person at the desk needs to judge it. */
export type LateLoanFact = {
  readonly barcode: string;
  readonly title: string;
  readonly library: string;
  readonly due: Instant;
  /** Calendar days. */
  readonly daysLate: number;
};

/** A block in force on a patron. */
export type PatronBlockFact = {
  readonly type: BlockType;
  /** Last blocked day, inclusive (PEN-05); null: until it is removed by hand. */
  readonly until: Day | null;
  readonly note: string | null;
  readonly library: string | null;
  /** The item that came back late. */
  readonly item: { readonly barcode: string; readonly title: string; readonly returned: Instant } | null;
};

/** What a person needs to judge a block, by code. */
export type BlockFacts = {
  PATRON_EXPIRED: { readonly expiry: Day };
  PATRON_INACTIVE: Record<never, never>;
  PATRON_GROUP_NOT_ALLOWED: { readonly group: string | null };
  PATRON_OVERDUE: LateLoanFact;
  PATRON_BLOCK_LATE_RETURN: PatronBlockFact;
  PATRON_BLOCK_MANUAL: PatronBlockFact;
  PATRON_BLOCK_QUITUS: PatronBlockFact;
  /** The limit's own scope, as its row says it (LOAN-06). */
  LOAN_LIMIT: {
    readonly row: number;
    readonly name: string | null;
    readonly library: readonly string[] | null;
    readonly location: readonly string[] | null;
    readonly group: readonly string[] | null;
    readonly material: readonly string[] | null;
    readonly policy: readonly string[] | null;
    readonly count: number;
    readonly max: number;
  };
  /** The row that says no; null: no row speaks for the item (BLK-11). */
  NOT_LOANABLE: { readonly row: number | null; readonly policy: string | null; readonly location: string };
  ON_LOAN_TO_OTHER: { readonly patron: string; readonly due: Instant; readonly daysLate: number };
  ON_LOAN_TO_SAME: { readonly due: Instant };
  HELD_FOR_OTHER: { readonly patron: string; readonly until: Day | null; readonly library: string };
  SAME_TITLE: { readonly barcode: string; readonly title: string; readonly due: Instant };
  DUE_AFTER_EXPIRY: { readonly due: Instant; readonly expiry: Day; readonly shortened: Instant };
  ITEM_IN_TRANSIT: { readonly from: string | null; readonly to: string | null; readonly since: Instant | null };
  ITEM_MISSING: Record<never, never>;
  ITEM_LOST: { readonly patron: string | null };
  ITEM_IN_PROCESS: { readonly process: string; readonly department: string | null };
  ITEM_UNKNOWN: { readonly barcode: string };
  PATRON_UNKNOWN: { readonly identifier: string };
};

/** One reason not to lend; each code appears once, with its facts as a list. */
export type Block = {
  [Code in BlockCode]: {
    readonly code: Code;
    readonly facts: readonly BlockFacts[Code][];
    /** How many facts there are in all, where the list is cut short. */
    readonly total: number;
  };
}[BlockCode];

/** `PATRON_…` blocks hold for the patron, the others for the item (BLK-03). */
export function isPatronLevel(code: BlockCode | RenewalRefusal): boolean {
  return code.startsWith('PATRON_');
}

/** Makes a block of one code from its facts. */
export function block<Code extends BlockCode>(
  code: Code,
  facts: readonly BlockFacts[Code][],
  total: number = facts.length,
): Block {
  return { code, facts, total } as unknown as Block;
}
