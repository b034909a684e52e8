import type { LateLoanFact, PatronBlockFact } from './blocks.ts';
import { isInForce } from './penalties.ts';
import { dayOf, daysBetween } from './time.ts';
import type { Instant } from './time.ts';

/** The barcode that is lent to give a clearance (QUI-02): there can be no such item. */
const CLEARANCE_BARCODE = 'QUITUS';

/** Whether a code is the dummy barcode that asks for a clearance (QUI-02); case and spaces around do not matter. */
export const isClearanceBarcode = (code: string): boolean => code.trim().toUpperCase() === CLEARANCE_BARCODE;

/** Why a record was made inactive when the patron asked for the clearance themselves (QUI-03). */
export const KIOSK_CLEARANCE = 'kiosk-quitus';

export type OpenLoanFact = {
  readonly barcode: string;
  readonly title: string;
  readonly library: string;
  readonly due: Instant;
  readonly lateFrom: Instant;
};

/** What decides whether somebody is quits with every library of the network. */
export type ClearanceFactsOfPatron = {
  readonly now: Instant;
  /** IANA name. */
  readonly timeZone: string;
  /** Open loans, late and lost ones too, the earliest due first, possibly cut short; how many there are, and are late. */
  readonly loans: { readonly count: number; readonly late: number; readonly first: readonly OpenLoanFact[] };
  /** Neither deleted nor switched off. */
  readonly blocks: readonly PatronBlockFact[];
  /** The record is inactive because of a clearance asked for at a kiosk (QUI-03). */
  readonly deactivated: boolean;
};

/** Why no clearance can be given (QUI-01), with what a person needs to judge it. */
export type ClearanceObstacle =
  | { readonly code: 'OPEN_LOANS'; readonly count: number; readonly loans: readonly Omit<OpenLoanFact, 'lateFrom'>[] }
  | { readonly code: 'LATE_LOANS'; readonly count: number; readonly loans: readonly LateLoanFact[] }
  | { readonly code: 'BLOCKED'; readonly blocks: readonly PatronBlockFact[] }
  | { readonly code: 'ALREADY_ISSUED'; readonly blocks: readonly PatronBlockFact[]; readonly deactivated: boolean };

const openLoan = ({ barcode, title, library, due }: OpenLoanFact): Omit<OpenLoanFact, 'lateFrom'> => ({
  barcode,
  title,
  library,
  due,
});

/**
 * Everything that stands against a clearance (QUI-01): open loans, late ones among them, blocks in force other than those for
 * late returns; and one that was given already, by a block `QUITUS` or at a kiosk. Empty: it can be given. Requests do not
 * stand against it: the rule does not name them.
 */
export function clearanceObstacles(facts: ClearanceFactsOfPatron): ClearanceObstacle[] {
  const { now, timeZone, loans, deactivated } = facts;
  const today = dayOf(now, timeZone);
  const blocks = facts.blocks.filter((one) => isInForce(one, today));
  const given = blocks.filter((one) => one.type === 'QUITUS');
  const others = blocks.filter((one) => one.type !== 'QUITUS' && one.type !== 'LATE_RETURN');
  const late = loans.first.filter((one) => now >= one.lateFrom);
  const found: ClearanceObstacle[] = [];
  if (loans.count > 0) {
    found.push({ code: 'OPEN_LOANS', count: loans.count, loans: loans.first.map(openLoan) });
  }
  if (loans.late > 0) {
    const known = late.map((loan) => ({
      ...openLoan(loan),
      daysLate: daysBetween(dayOf(loan.due, timeZone), today),
    }));
    found.push({ code: 'LATE_LOANS', count: loans.late, loans: known });
  }
  if (others.length > 0) found.push({ code: 'BLOCKED', blocks: others });
  if (given.length > 0 || deactivated) found.push({ code: 'ALREADY_ISSUED', blocks: given, deactivated });
  return found;
}
