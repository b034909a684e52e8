import type { LimitRow, Network, Selector } from './network.ts';
import { selects } from './rules.ts';
import type { RuleSubject } from './rules.ts';

/** A patron's open loans, counted by what limits may look at. */
export type LoanCount = Omit<RuleSubject, 'group'> & { readonly count: number };

/** A limit that the next loan would pass. */
export type ReachedLimit = { readonly row: number; readonly limit: LimitRow; readonly count: number };

const same = (one: readonly string[] | undefined, other: readonly string[] | undefined): boolean =>
  one === undefined || other === undefined
    ? one === other
    : one.length === other.length && one.every((value) => other.includes(value));

/** Whether two rows differ only in the group that they name. */
const sameButGroup = (one: Selector, other: Selector): boolean =>
  same(one.library, other.library) &&
  same(one.location, other.location) &&
  same(one.material, other.material) &&
  same(one.policy, other.policy);

/**
 * Every limit that the patron has reached for an item (LOAN-05): all rows that match apply, but one that names the
 * patron's group replaces the one that differs only in naming none. Only loans of the limit's own scope count.
 */
export function reachedLimits(network: Network, subject: RuleSubject, openLoans: readonly LoanCount[]): ReachedLimit[] {
  const matching = network.limits.map((limit, row) => ({ limit, row })).filter(({ limit }) => selects(limit, subject));
  const applying = matching.filter(
    ({ limit }) =>
      limit.group !== undefined ||
      !matching.some(({ limit: other }) => other.group !== undefined && sameButGroup(limit, other)),
  );
  return applying.flatMap(({ limit, row }) => {
    const count = openLoans
      .filter((loans) => selects(limit, { ...loans, group: subject.group }))
      .reduce((sum, loans) => sum + loans.count, 0);
    return count >= limit.max ? [{ row, limit, count }] : [];
  });
}
