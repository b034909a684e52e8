import { addMonths } from '../circulation/patron-dates.ts';
import { addDays, dayOf, instantOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import type { Impersonal, PersonalEvent } from '../records/anonymise.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { impersonal } from './personal.ts';

/** Loans, requests and events of their own in one transaction, each. */
const BATCH = 100;

export type Anonymised =
  | {
      readonly kind: 'anonymised';
      readonly loans: number;
      readonly requests: number;
      /** There is more: the same again. */
      readonly more: boolean;
    }
  | Refusal;

/** What people wrote about somebody. */
const FREE_TEXT: ReadonlySet<string> = new Set(['note', 'reason']);

/** What is left of an event: what happened to which item, when and where. Of deleted loans the loan goes, with its borrower. */
function stripped({ id, kind, data }: PersonalEvent): Impersonal {
  const kept = Object.entries(impersonal(kind, data)).filter(
    ([key]) => !FREE_TEXT.has(key) && !(kind === 'loan-deleted' && key === 'loan'),
  );
  const rest = Object.fromEntries(kept);
  return JSON.stringify(rest) === JSON.stringify(data) ? { id } : { id, data: rest };
}

/**
 * Anonymises a batch (JOB-06): loans that were returned as many months ago as the network says, counted to the day of `asOf`,
 * requests that ended, and events of that age lose the link to their patron, with what staff wrote about them. Group and
 * campus, day and desk stay for statistics; lines of offline files are emptied at that age; letters stay with the patron as
 * long as they are kept (LET-04). Repeatable.
 */
export const anonymise = action(
  'anonymise',
  { permission: 'run-jobs' },
  async (
    desk: Desk,
    { asOf, most = BATCH }: { readonly asOf: Instant; readonly most?: number },
  ): Promise<Anonymised> => {
    const { records, network, now } = desk;
    const { timeZone, anonymiseAfterMonths } = network;
    const lastDay = addMonths(dayOf(Math.min(asOf, now), timeZone), -anonymiseAfterMonths);
    const before = instantOf(addDays(lastDay, 1), 0, timeZone);
    const loans = await records.anonymise.loans(before, most);
    const about = await records.anonymise.eventsOf(loans);
    const others = await records.anonymise.events(before, most);
    // A loan that was made by mistake is in no table any more: its other events are found by the one of its end.
    const deleted = others.flatMap(({ kind, itemId, loanId: id }) =>
      kind === 'loan-deleted' && itemId !== null && id !== null ? [{ id, itemId }] : [],
    );
    const events = [...about, ...(await records.anonymise.eventsOf(deleted)), ...others];
    const unique = new Map(events.map((one) => [one.id, one]));
    await records.anonymise.strip(Array.from(unique.values(), stripped));
    await records.anonymise.stripLoans(loans);
    const requests = await records.anonymise.stripRequests(before, most);
    const lines = await records.offline.emptyLines(before, most);
    if (loans.length > 0 || requests > 0) {
      const by = { at: now, staffId: staffId(desk), desk: placeName(desk.place) };
      await records.events.append({ ...by, kind: 'loans-anonymised', data: { loans: loans.length, requests, before } });
    }
    const more = [loans.length, requests, others.length, lines].includes(most);
    return { kind: 'anonymised', loans: loans.length, requests, more };
  },
);
