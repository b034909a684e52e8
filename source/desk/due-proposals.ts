import { NoOpenDay } from '../circulation/calendar.ts';
import { lengthenedDue } from '../circulation/due.ts';
import { libraryOf } from '../circulation/network.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { ShortenedLoan } from '../records/due-dates.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';

/** A loan that had been shortened to the patron's expiry date, and the due date that another expiry date gives it (LOAN-07). */
export type DueProposal = {
  readonly loan: number;
  readonly itemId: number;
  readonly barcode: string;
  readonly title: string;
  readonly library: string;
  readonly before: Instant;
  readonly due: Instant;
  readonly lateFrom: Instant;
  /** Also the new due date is one that the expiry date has shortened. */
  readonly shortened: boolean;
};

/** The fixed date of the rule that the loan was made by; it has to be looked up in the network of that time. */
async function fixedDate({ records }: Desk, { period, networkVersion, ruleRow }: ShortenedLoan): Promise<Day | null> {
  if (period !== null || ruleRow === null) return null;
  const network = await records.networks.ofVersion(networkVersion);
  return network?.loanRules[ruleRow]?.dueOn ?? null;
}

/** What becomes of one loan; undefined: it stays, also at a library that never opens again. */
async function proposalFor(desk: Desk, loan: ShortenedLoan, expiry: Day | null): Promise<DueProposal | undefined> {
  const { network } = desk;
  const dueOn = await fixedDate(desk, loan);
  try {
    const found = lengthenedDue(libraryOf(network, loan.library), { ...loan, dueOn }, expiry, network.timeZone);
    if (!found) return undefined;
    const { id, itemId, barcode, title, library, due: before } = loan;
    const { due, lateFrom } = found.to;
    return { loan: id, itemId, barcode, title, library, before, due, lateFrom, shortened: found.shortened };
  } catch (error) {
    if (error instanceof NoOpenDay) return undefined;
    throw error;
  }
}

/**
 * The loans of a patron that were shortened to their expiry date and that another one (null: none) makes longer, by the
 * rules by which each was lent (LOAN-07). `forUpdate`: they are about to be written.
 */
export async function dueProposals(
  desk: Desk,
  patronId: number,
  expiry: Day | null,
  forUpdate = false,
): Promise<DueProposal[]> {
  const proposals: DueProposal[] = [];
  for (const loan of await desk.records.dueDates.shortenedOf(patronId, forUpdate)) {
    const proposal = await proposalFor(desk, loan, expiry);
    if (proposal) proposals.push(proposal);
  }
  return proposals;
}

/** Gives the loans their longer due dates; the patron is told by letter (from the events). */
export async function recomputeDueDates(
  desk: Desk,
  patronId: number,
  proposals: readonly DueProposal[],
): Promise<void> {
  const { records, now, place } = desk;
  const by = { at: now, staffId: staffId(desk), desk: placeName(place), patronId };
  for (const { loan: loanId, itemId, barcode, title, library, before, due, lateFrom, shortened } of proposals) {
    await records.dueDates.lengthen(loanId, due, lateFrom, shortened);
    const data = { barcode, title, library, due, before, because: 'expiry' };
    await records.events.append({ ...by, kind: 'due-date-changed', itemId, loanId, data });
  }
}
