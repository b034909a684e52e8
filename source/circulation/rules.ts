import type { LoanRule, Network, Period, Selector } from './network.ts';
import type { Day } from './time.ts';

/** What a row of a rule table is matched against. `location` is `LIBRARY/LOCATION`. */
export type RuleSubject = {
  readonly library: string;
  readonly location: string;
  readonly group: string | null;
  readonly material: string;
  readonly policy: string | null;
};

const allows = (allowed: readonly string[] | undefined, value: string | null): boolean =>
  allowed === undefined || (value !== null && allowed.includes(value));

/** Whether a row speaks for that subject; a dimension that the row leaves out matches anything (CONF-02). */
export function selects(row: Selector, subject: RuleSubject): boolean {
  return (
    allows(row.policy, subject.policy) &&
    allows(row.location, subject.location) &&
    allows(row.library, subject.library) &&
    allows(row.group, subject.group) &&
    allows(row.material, subject.material)
  );
}

/** The terms of use of an item for a patron: what the matching row says, silence meaning yes (CONF-02). */
export type Terms = {
  /** Index of the row in `loanRules`; null: no row speaks for the item (BLK-11). */
  readonly row: number | null;
  readonly loanable: boolean;
  readonly renewable: boolean;
  readonly requestable: boolean;
  readonly period: Period | null;
  readonly max: Period | null;
  /** A fixed due date that is active (LOAN-04). */
  readonly dueOn: Day | null;
};

const isActive = (rule: LoanRule, day: Day): boolean =>
  (rule.from === undefined || rule.from <= day) && (rule.to === undefined || day <= rule.to);

function termsOf(rule: LoanRule, row: number): Terms {
  const fixed = rule.dueOn ?? null;
  return {
    row,
    loanable: rule.loanable ?? true,
    renewable: (rule.renewable ?? true) && fixed === null,
    requestable: rule.requestable ?? true,
    period: rule.period ?? null,
    max: rule.max ?? rule.period ?? null,
    dueOn: fixed,
  };
}

/** Every row that speaks for the subject on that local day, in order: the first one decides (CONF-02, CONF-03). */
export function matchingTerms(network: Network, subject: RuleSubject, day: Day): Terms[] {
  return network.loanRules.flatMap((rule, row) =>
    rule.mayBorrow === undefined && isActive(rule, day) && selects(rule, subject) ? [termsOf(rule, row)] : [],
  );
}

/** The terms of use on that local day (CONF-02). No row at all: not loanable (BLK-11). */
export function termsFor(network: Network, subject: RuleSubject, day: Day): Terms {
  const row = network.loanRules.findIndex(
    (rule) => rule.mayBorrow === undefined && isActive(rule, day) && selects(rule, subject),
  );
  const rule = network.loanRules[row];
  if (rule) return termsOf(rule, row);
  return { row: null, loanable: false, renewable: false, requestable: false, period: null, max: null, dueOn: null };
}

/** Whether a group may borrow that item at all: no group may not, nor one whose row says `mayBorrow: false` (BLK-11). */
export function mayBorrow(network: Network, subject: RuleSubject, day: Day): boolean {
  if (subject.group === null) return false;
  const rule = network.loanRules.find(
    (row) => row.mayBorrow !== undefined && isActive(row, day) && selects(row, subject),
  );
  return rule?.mayBorrow ?? true;
}
