import { addMonths } from '../circulation/patron-dates.ts';
import { addDays, dayOf, instantOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import type { NewEvent } from '../records/events.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { replanNow } from './plan-queue.ts';

/** By which these items are told from what a stock-taking has missed (manual XIII.7): it is data, in whatever language. */
const NOTE = 'Perdu Alma';
/** Loans in one transaction. */
const BATCH = 50;
const MONTHS = 12;

export type LostLoansClosed =
  | {
      readonly kind: 'closed';
      /** Barcodes. */
      readonly items: readonly string[];
      /** There are more: the same again. */
      readonly more: boolean;
    }
  | Refusal;

/**
 * Closes a batch of the lost loans that were due a year before the day of `asOf`, or earlier (JOB-01; manual XIII.7): nothing
 * holds their patrons' records any more. The items are missing, with the note by which they are told from others; no block,
 * no letter. Repeatable.
 */
export const closeLostLoans = action(
  'close-lost-loans',
  { permission: 'run-jobs' },
  async (
    desk: Desk,
    { asOf, most = BATCH }: { readonly asOf: Instant; readonly most?: number },
  ): Promise<LostLoansClosed> => {
    const { records, network, now } = desk;
    const { timeZone } = network;
    const lastDay = addMonths(dayOf(Math.min(asOf, now), timeZone), -MONTHS);
    const before = instantOf(addDays(lastDay, 1), 0, timeZone);
    const found = await records.closingLost.due(before, most);
    // In the order of all desks: patrons, titles, items, loans.
    const patrons = [...new Set(found.map((one) => one.patronId))];
    await records.notices.lockPatrons(patrons);
    const titles = await records.notices.titlesWaitedFor(found.map((one) => one.titleId));
    for (const title of titles) await records.requests.lockedQueue(title);
    await records.notices.lockItems(found.map((one) => one.itemId));
    const loans = await records.closingLost.locked(
      found.map((one) => one.id),
      before,
    );
    const by = { at: now, kind: 'loan-closed', staffId: staffId(desk), desk: placeName(desk.place) } as const;
    await records.closingLost.close(loans, now, by.desk, NOTE);
    await records.events.appendAll(
      loans.map(({ id, itemId, patronId, barcode, title, library, due, lostAt }): NewEvent => {
        const data = { barcode, title, library, due, lostAt };
        return { ...by, patronId, itemId, loanId: id, data };
      }),
    );
    for (const title of titles) await replanNow(desk, title);
    return { kind: 'closed', items: loans.map((one) => one.barcode), more: found.length === most };
  },
);
