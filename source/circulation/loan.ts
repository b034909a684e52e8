import { block, BLOCK_CODES } from './blocks.ts';
import type { Block, BlockCode, BlockFacts, LateLoanFact, PatronBlockFact } from './blocks.ts';
import { daysLate, dueByExpiry, dueUnder } from './due.ts';
import type { Due } from './due.ts';
import { reachedLimits } from './limits.ts';
import type { LoanCount } from './limits.ts';
import { libraryOf } from './network.ts';
import type { Network } from './network.ts';
import { isInForce, stopsOf } from './penalties.ts';
import { mayBorrow, termsFor } from './rules.ts';
import type { RuleSubject, Terms } from './rules.ts';
import { dayOf, daysBetween } from './time.ts';
import type { Day, Instant } from './time.ts';

/** Why an item is not in place (spec 1, *Vocabulary*); null: it is in place. */
export const PROCESS_TYPES = [
  'LOAN',
  'TRANSIT',
  'HOLDSHELF',
  'MISSING',
  'LOST_LOAN',
  'ACQ',
  'WORK_ORDER_DEPARTMENT',
] as const;
export type ProcessType = (typeof PROCESS_TYPES)[number];

/** What the rules look at in a patron. */
export type PatronFacts = {
  readonly id: number;
  readonly group: string | null;
  readonly status: 'active' | 'inactive';
  /** Last valid day, inclusive; null: never expires. */
  readonly expiry: Day | null;
  /** Late loans, the latest due first, possibly cut short, and how many there are in all. */
  readonly late: { readonly count: number; readonly loans: readonly Omit<LateLoanFact, 'daysLate'>[] };
  readonly blocks: readonly PatronBlockFact[];
  readonly openLoans: readonly LoanCount[];
};

/** What the rules look at in an item. */
export type ItemFacts = {
  readonly id: number;
  readonly barcode: string;
  readonly library: string;
  /** `LIBRARY/LOCATION`. */
  readonly location: string;
  readonly material: string;
  readonly policy: string | null;
  /** Issues and volumes have one (LOAN-08). */
  readonly description: string | null;
  readonly process: ProcessType | null;
  readonly openLoan: {
    readonly patronId: number;
    readonly patron: string;
    readonly due: Instant;
    readonly lateFrom: Instant;
  } | null;
  /** The request for which the item stands on a hold shelf. */
  readonly hold: {
    readonly patronId: number;
    readonly patron: string;
    readonly until: Day | null;
    readonly library: string;
  } | null;
  readonly transit: { readonly from: string; readonly to: string; readonly since: Instant } | null;
  readonly department: string | null;
  /** Open loans of the same title by this patron, without description (LOAN-08). */
  readonly sameTitle: readonly { readonly barcode: string; readonly title: string; readonly due: Instant }[];
};

export type LoanFacts = {
  readonly network: Network;
  readonly now: Instant;
  readonly patron: PatronFacts;
  readonly item: ItemFacts;
};

/** What is decided about a loan, with every reason against it and how the due date came about. */
export type LoanDecision = {
  readonly blocks: readonly Block[];
  /** The due date if the blocks are set aside, not shortened to the patron's expiry. */
  readonly due: Due;
  /** The due date shortened to the patron's expiry (LOAN-07); null where it does not pass it. */
  readonly shortened: Due | null;
  readonly terms: Terms;
};

/** The patron's late loans as facts of a block, with their calendar days late (CAL-05). */
function lateFacts(patron: PatronFacts, today: Day, timeZone: string): LateLoanFact[] {
  return patron.late.loans.map((loan) => ({ ...loan, daysLate: daysBetween(dayOf(loan.due, timeZone), today) }));
}

/** Blocks of a patron that are in force on a day and stop loans, by code (PEN-05, PEN-06, PEN-08). */
function patronBlocks(network: Network, patron: PatronFacts, today: Day): Block[] {
  const inForce = patron.blocks.filter(
    (one) => isInForce(one, today) && stopsOf(network, one.type, one.library).includes('loan'),
  );
  return (['LATE_RETURN', 'MANUAL', 'QUITUS'] as const).flatMap((type) => {
    const facts = inForce.filter((one) => one.type === type);
    return facts.length > 0 ? [block(`PATRON_BLOCK_${type}`, facts)] : [];
  });
}

/** What stands against a patron before any item is looked at (PAT-04): expired, inactive, late loans, blocks. */
export function patronWarnings(facts: Omit<LoanFacts, 'item'>): Block[] {
  const { network, now, patron } = facts;
  const today = dayOf(now, network.timeZone);
  const found: Block[] = [];
  if (patron.expiry !== null && today > patron.expiry) {
    found.push(block('PATRON_EXPIRED', [{ expiry: patron.expiry }]));
  }
  if (patron.status === 'inactive') found.push(block('PATRON_INACTIVE', [{}]));
  if (patron.group === null) found.push(block('PATRON_GROUP_NOT_ALLOWED', [{ group: null }]));
  if (patron.late.count > 0) {
    found.push(block('PATRON_OVERDUE', lateFacts(patron, today, network.timeZone), patron.late.count));
  }
  return [...found, ...patronBlocks(network, patron, today)];
}

function limitBlock(network: Network, subject: RuleSubject, openLoans: readonly LoanCount[]): Block[] {
  const reached = reachedLimits(network, subject, openLoans);
  if (reached.length === 0) return [];
  const facts = reached.map(({ row, limit, count }): BlockFacts['LOAN_LIMIT'] => ({
    row,
    name: limit.name ?? null,
    library: limit.library ?? null,
    location: limit.location ?? null,
    group: limit.group ?? null,
    material: limit.material ?? null,
    policy: limit.policy ?? null,
    count,
    max: limit.max,
  }));
  return [block('LOAN_LIMIT', facts)];
}

function onLoanBlocks({ network, now, patron, item }: LoanFacts): Block[] {
  const loan = item.openLoan;
  if (!loan) return [];
  if (loan.patronId === patron.id) return [block('ON_LOAN_TO_SAME', [{ due: loan.due }])];
  const late = daysLate(loan, now, network.timeZone);
  return [block('ON_LOAN_TO_OTHER', [{ patron: loan.patron, due: loan.due, daysLate: late }])];
}

function processBlocks(item: ItemFacts): Block[] {
  switch (item.process) {
    case 'TRANSIT': {
      const { from = null, to = null, since = null } = item.transit ?? {};
      return [block('ITEM_IN_TRANSIT', [{ from, to, since }])];
    }
    case 'MISSING':
      return [block('ITEM_MISSING', [{}])];
    case 'LOST_LOAN':
      return [block('ITEM_LOST', [{ patron: item.openLoan?.patron ?? null }])];
    case 'ACQ':
    case 'WORK_ORDER_DEPARTMENT':
      return [block('ITEM_IN_PROCESS', [{ process: item.process, department: item.department }])];
    case 'LOAN':
    case 'HOLDSHELF':
    case null:
      return [];
  }
}

function itemBlocks(facts: LoanFacts, subject: RuleSubject, terms: Terms): Block[] {
  const { network, patron, item } = facts;
  const found = limitBlock(network, subject, patron.openLoans);
  if (!terms.loanable) {
    found.push(block('NOT_LOANABLE', [{ row: terms.row, policy: item.policy, location: item.location }]));
  }
  found.push(...onLoanBlocks(facts));
  if (item.hold && item.hold.patronId !== patron.id) {
    const { patron: holder, until, library } = item.hold;
    found.push(block('HELD_FOR_OTHER', [{ patron: holder, until, library }]));
  }
  const forbidden = libraryOf(network, item.library).parallelLoans === 'forbidden';
  if (forbidden && item.description === null && item.sameTitle.length > 0) {
    found.push(block('SAME_TITLE', item.sameTitle));
  }
  return [...found, ...processBlocks(item)];
}

/** Codes that another one says already, by the one that says it (spec 1). */
const SAID_ALREADY: Partial<Record<BlockCode, readonly BlockCode[]>> = {
  PATRON_EXPIRED: ['DUE_AFTER_EXPIRY'],
  ITEM_LOST: ['ON_LOAN_TO_OTHER'],
  ON_LOAN_TO_SAME: ['LOAN_LIMIT', 'SAME_TITLE'],
};

/** In the public order, each code once, without what another one says already. */
function inPublicOrder(blocks: readonly Block[]): Block[] {
  const silent = new Set(blocks.flatMap((one) => SAID_ALREADY[one.code] ?? []));
  return BLOCK_CODES.flatMap((code) => blocks.filter((one) => one.code === code && !silent.has(code)));
}

/**
 * Decides a loan (LOAN-01 to LOAN-08, PEN-06, BLK-01): all blocks at once, each with its facts, in the public order; the
 * due date if they are set aside; the terms of use and the row that gave them. Who may set a block aside is decided
 * elsewhere (`overrides.ts`). Throws NoOpenDay where the owning library never opens (CAL-03).
 */
export function decideLoan(facts: LoanFacts): LoanDecision {
  const { network, now, patron, item } = facts;
  const today = dayOf(now, network.timeZone);
  const library = libraryOf(network, item.library);
  const subject: RuleSubject = { ...item, group: patron.group };
  const terms = termsFor(network, subject, today);
  const due = dueUnder(terms, library, now, network.timeZone);
  const valid = patron.expiry === null || today <= patron.expiry;
  const passesExpiry = valid && patron.expiry !== null && due.day > patron.expiry && terms.loanable;
  const unit = terms.period?.unit ?? 'days';
  const shortened =
    passesExpiry && patron.expiry !== null ? dueByExpiry(library, now, patron.expiry, network.timeZone, unit) : null;

  const found = [...patronWarnings(facts), ...itemBlocks(facts, subject, terms)];
  if (patron.group !== null && !mayBorrow(network, subject, today)) {
    found.push(block('PATRON_GROUP_NOT_ALLOWED', [{ group: patron.group }]));
  }
  if (shortened && patron.expiry !== null) {
    found.push(block('DUE_AFTER_EXPIRY', [{ due: due.due, expiry: patron.expiry, shortened: shortened.due }]));
  }
  return { blocks: inPublicOrder(found), due, shortened, terms };
}
