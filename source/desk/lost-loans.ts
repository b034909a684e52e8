import type { NewEvent } from '../records/events.ts';
import type { LoanForLetter } from '../records/letter-facts.ts';
import type { NoticedLoan } from '../records/notices.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';
import { replanNow } from './plan-queue.ts';

/**
 * Loans become *Lost*, and their items with them (CYC-03); who waits for one of them (their titles are locked) waits for
 * another copy.
 */
export async function loseLoans(
  desk: Desk,
  loans: readonly NoticedLoan[],
  items: ReadonlyMap<number, LoanForLetter>,
  titles: readonly number[],
): Promise<void> {
  const { records, now } = desk;
  const by = { at: now, kind: 'loan-lost', staffId: staffId(desk), desk: placeName(desk.place) } as const;
  await records.notices.markLost(loans, now);
  await records.events.appendAll(
    loans.flatMap(({ id, itemId, patronId, library, due }): NewEvent[] => {
      const item = items.get(id);
      if (!item) return [];
      const data = { barcode: item.barcode, title: item.title, library, due };
      return [{ ...by, patronId, itemId, loanId: id, data }];
    }),
  );
  for (const title of titles) await replanNow(desk, title);
}
