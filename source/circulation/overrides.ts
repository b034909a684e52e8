import { isPatronLevel, RENEWAL_REFUSALS } from './blocks.ts';
import type { BlockCode, RenewalRefusal } from './blocks.ts';
import { libraryOf } from './network.ts';
import type { Network, OverrideLevel } from './network.ts';
import type { Day } from './time.ts';

/** What an operator is at a library, as far as overriding goes; limited operators are student assistants (BLK-05). */
export type OperatorRank = 'none' | 'limited' | 'operator' | 'manager';

/** Nobody can set these aside, whatever a network says (BLK-02). */
export const NEVER_OVERRIDDEN: readonly BlockCode[] = ['PATRON_BLOCK_QUITUS', 'ITEM_UNKNOWN', 'PATRON_UNKNOWN'];

/** As shipped (REN-06): nobody past the maximum, managers for a recall and the patron's state. */
const RENEWAL_LEVELS: Readonly<Record<RenewalRefusal, OverrideLevel>> = {
  PATRON_NO_ROLE: 'manager',
  PATRON_INACTIVE: 'manager',
  PATRON_EXPIRED: 'manager',
  PATRON_BLOCKED: 'manager',
  PATRON_OVERDUE: 'operator',
  NOT_RENEWABLE: 'operator',
  RECALLED: 'manager',
  RENEWAL_PERIOD_EXCEEDED: 'nobody',
  AFTER_CLOSING: 'operator',
  EXPIRES_BEFORE_RENEWAL: 'manager',
  REQUEST_CONFLICT: 'manager',
  DUE_DATE_UNCHANGED: 'nobody',
};

/** Refusals of a renewal that nobody can set aside, whatever a network says: it would be past the maximum (REN-06). */
export const NEVER_RENEWED: readonly RenewalRefusal[] = RENEWAL_REFUSALS.filter(
  (code) => RENEWAL_LEVELS[code] === 'nobody',
);

function levelInTable(network: Network, code: string, deskLibrary: string): OverrideLevel | undefined {
  return network.overrides.find(
    (row) => row.code === code && (row.library === undefined || row.library.includes(deskLibrary)),
  )?.by;
}

/** Who may set a loan's block aside at a desk of that library (BLK-02). As shipped: operators. */
export function loanOverrideLevel(network: Network, code: BlockCode, deskLibrary: string): OverrideLevel {
  if (NEVER_OVERRIDDEN.includes(code)) return 'nobody';
  return levelInTable(network, code, deskLibrary) ?? 'operator';
}

/** Who may set a renewal's refusal aside at a desk of that library (REN-06). */
export function renewalOverrideLevel(network: Network, code: RenewalRefusal, deskLibrary: string): OverrideLevel {
  const shipped = RENEWAL_LEVELS[code];
  return shipped === 'nobody' ? shipped : (levelInTable(network, code, deskLibrary) ?? shipped);
}

/** Whether somebody of that rank passes that level; limited operators not for patron-level codes where the library says no (BLK-05). */
export function passes(
  network: Network,
  rank: OperatorRank,
  level: OverrideLevel,
  code: BlockCode | RenewalRefusal,
  deskLibrary: string,
): boolean {
  if (level === 'automatic') return true;
  if (level === 'nobody' || rank === 'none') return false;
  if (level === 'anyone' || rank === 'manager') return true;
  if (level === 'manager') return false;
  if (rank === 'operator') return true;
  const patronLevel = isPatronLevel(code);
  return !patronLevel || libraryOf(network, deskLibrary).limitedOperatorsOverride;
}

/** Who may delete a loan made by mistake (LOAN-09): operators one of the same day, managers any, limited operators none. */
export function mayDelete(rank: OperatorRank, loanDay: Day, today: Day): boolean {
  return rank === 'manager' || (rank === 'operator' && loanDay === today);
}

/** Who sets one refusal aside thereby also passes these, as far as their rank goes (REN-06). */
const PASSED_ALONG: readonly RenewalRefusal[] = ['AFTER_CLOSING', 'EXPIRES_BEFORE_RENEWAL', 'REQUEST_CONFLICT'];

/** The refusals of a renewal that still stand when somebody of that rank sets the given codes aside (REN-06). */
export function standingRefusals(
  network: Network,
  rank: OperatorRank,
  refusals: readonly RenewalRefusal[],
  given: readonly RenewalRefusal[],
  deskLibrary: string,
): RenewalRefusal[] {
  const levelOf = (code: RenewalRefusal) => renewalOverrideLevel(network, code, deskLibrary);
  const may = (code: RenewalRefusal) => passes(network, rank, levelOf(code), code, deskLibrary);
  const overridden = refusals.filter((code) => given.includes(code) && may(code));
  const along = overridden.length > 0 ? PASSED_ALONG.filter(may) : [];
  return refusals.filter(
    (code) => !overridden.includes(code) && !along.includes(code) && levelOf(code) !== 'automatic',
  );
}
