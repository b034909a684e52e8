import type { PatronBlockFact } from '../circulation/blocks.ts';
import type { ItemFacts, LoanFacts, PatronFacts } from '../circulation/loan.ts';
import { libraryOf } from '../circulation/network.ts';
import { dayOf } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { LoanView, OpenLoanCount } from '../records/loans.ts';
import type { PatronView } from '../records/patrons.ts';
import type { Desk } from './perform.ts';

/** How many late loans a block names; the number of them all is said too. */
const NAMED_LATE_LOANS = 20;

/** What the rules need to know about a patron, from the counts of their open loans (and the blocks in force, if known already). */
export async function patronFacts(
  { records, network, now }: Desk,
  patron: PatronView,
  counts: readonly OpenLoanCount[],
  known?: readonly PatronBlockFact[],
): Promise<PatronFacts> {
  const late = counts.reduce((sum, one) => sum + one.late, 0);
  const loans = late > 0 ? await records.loans.lateOfPatron(patron.id, now, NAMED_LATE_LOANS) : [];
  const blocks = known ?? (await records.blocks.standing(patron.id, dayOf(now, network.timeZone)));
  return {
    id: patron.id,
    group: patron.group,
    status: patron.status,
    expiry: patron.expiry,
    late: { count: late, loans: loans.map(({ barcode, title, library, due }) => ({ barcode, title, library, due })) },
    blocks,
    openLoans: counts,
  };
}

/** What the rules need to know about an item that a patron wants to borrow. */
export async function itemFacts(
  { records, network }: Desk,
  item: ItemView,
  patron: PatronView,
  counts: readonly OpenLoanCount[],
): Promise<ItemFacts> {
  const forbidden = libraryOf(network, item.library).parallelLoans === 'forbidden' && item.description === null;
  const copies = counts.reduce((sum, one) => sum + one.sameTitle, 0);
  const sameTitle: LoanView[] = forbidden && copies > 0 ? await records.loans.ofTitle(patron.id, item.titleId) : [];
  return {
    id: item.id,
    barcode: item.barcode,
    library: item.library,
    location: item.location,
    material: item.material,
    policy: item.policy,
    description: item.description,
    process: item.process,
    openLoan: item.loan,
    hold: item.hold && item.hold.state === 'ON_SHELF' ? { ...item.hold, library: item.hold.pickup } : null,
    transit: item.transit,
    department: item.department,
    sameTitle: sameTitle.map(({ barcode, title, due }) => ({ barcode, title, due })),
  };
}

/** Everything that the rules need to know about a loan that a patron wants to make now. */
export async function loanFacts(desk: Desk, patron: PatronView, item: ItemView): Promise<LoanFacts> {
  const { records, network, now } = desk;
  const counts = await records.loans.counts(patron.id, now, item.titleId);
  return {
    network,
    now,
    patron: await patronFacts(desk, patron, counts),
    item: await itemFacts(desk, item, patron, counts),
  };
}
