import { daysLate } from '../circulation/due.ts';
import type { DueDatesLetter, LetterLoan } from '../circulation/letters.ts';
import type { WrittenEvent } from '../records/events.ts';
import type { LoanForLetter, RequestForLetter } from '../records/letter-facts.ts';
import type { Desk } from './perform.ts';
import { queueLetters } from './queue-letters.ts';
import type { LetterDraft } from './queue-letters.ts';
import { writeUploadReports } from './upload-letter.ts';

type Of<Kind extends WrittenEvent['kind']> = Extract<WrittenEvent, { readonly kind: Kind }>;
type AboutPatron<Event> = Event & { readonly patronId: number };
type DueChange = AboutPatron<Of<'due-date-changed'>>;
type Recall = AboutPatron<Of<'loan-recalled' | 'loan-recall-ended'>>;

const isAbout = <Event extends WrittenEvent>(event: Event): event is AboutPatron<Event> => event.patronId != null;

const causeOf = ({ id }: { readonly id: number }): string => `event:${id}`;

/** The events of a kind that are about a patron. */
function ofKind<Kind extends WrittenEvent['kind']>(
  events: readonly WrittenEvent[],
  kind: Kind,
): AboutPatron<Of<Kind>>[] {
  return events.filter((one): one is AboutPatron<Of<Kind>> => one.kind === kind && isAbout(one));
}

/** A loan as a letter names it, now; of one that has come back, when it did. */
export function letterLoan({ network, now }: Desk, loan: LoanForLetter): LetterLoan {
  const { barcode, title, author, description, callNumber, library, loanedAt, due } = loan;
  const late = daysLate(loan, loan.returnedAt ?? now, network.timeZone);
  return { barcode, title, author, description, callNumber, library, loanedAt, due, daysLate: late };
}

type RequestsKnown = ReadonlyMap<number, RequestForLetter>;

/** It waits on the hold shelf (HOLD-01): told in the name of the library that owns it. */
const readyDrafts = (events: readonly AboutPatron<Of<'request-ready'>>[], known: RequestsKnown): LetterDraft[] =>
  events.flatMap(({ id, patronId, data }): LetterDraft[] => {
    const request = known.get(data.request);
    if (!request) return [];
    const { title, author, description, placedAt } = request;
    const said = { title, author, description, placedAt, pickup: data.pickup, heldUntil: data.heldUntil };
    const facts: Extract<LetterDraft, { kind: 'hold-available' }>['facts'] = ({ patron }) => ({
      ...said,
      patron,
      closing: null,
      reason: null,
    });
    return [{ kind: 'hold-available', cause: causeOf({ id }), patronId, library: data.library, facts }];
  });

/** It was cancelled, and the patron is told (CAN-01, CAN-02). */
const cancelledDrafts = (
  events: readonly AboutPatron<Of<'request-cancelled'>>[],
  known: RequestsKnown,
): LetterDraft[] =>
  events.flatMap(({ id, patronId, data }): LetterDraft[] => {
    const request = known.get(data.request);
    if (!request || !data.notify) return [];
    const { title, author, description, placedAt } = request;
    const said = { title, author, description, placedAt, pickup: data.pickup, heldUntil: null };
    const { closing, reason } = data;
    const facts: Extract<LetterDraft, { kind: 'request-cancelled' }>['facts'] = ({ patron }) => ({
      ...said,
      patron,
      closing,
      reason,
    });
    const library = data.was.library ?? request.library ?? data.pickup;
    return [{ kind: 'request-cancelled', cause: causeOf({ id }), patronId, library, facts }];
  });

type LoansKnown = ReadonlyMap<number, LetterLoan>;

/** What has become of each loan's recall in the end: one that was recalled and given back in one go is told nothing. */
function netRecalls(events: readonly Recall[]): Recall[] {
  const byLoan = Map.groupBy(events, (one) => one.loanId ?? 0);
  return Array.from(byLoan.values(), (all) => (all.length % 2 === 1 ? all.at(-1) : undefined)).filter(
    (one) => one !== undefined,
  );
}

const recallDrafts = (events: readonly Recall[], known: LoansKnown): LetterDraft[] =>
  netRecalls(events).flatMap((event): LetterDraft[] => {
    const loan = known.get(event.loanId ?? 0);
    if (!loan) return [];
    const kind = event.kind === 'loan-recalled' ? 'recalled' : 'recall-cancelled';
    const facts: Extract<LetterDraft, { kind: 'recalled' }>['facts'] = ({ patron }) => ({ patron, loan });
    return [{ kind, cause: causeOf(event), patronId: event.patronId, library: loan.library, facts }];
  });

/** Due dates that have moved: one letter for each borrower, library and reason (CAL-07, REN-09). */
function dueDrafts(events: readonly DueChange[], known: LoansKnown): LetterDraft[] {
  const groups = Map.groupBy(events, ({ patronId, data }) => `${patronId} ${data.library} ${data.because ?? BY_HAND}`);
  return Array.from(groups.values()).flatMap((group): LetterDraft[] => {
    const [first] = group;
    const loans = group.flatMap(({ loanId, data }) => {
      const loan = known.get(loanId ?? 0);
      return loan ? [{ ...loan, due: data.due, before: data.before }] : [];
    });
    if (!first || loans.length === 0) return [];
    const because = first.data.because ?? BY_HAND;
    const facts = ({ patron }: { readonly patron: DueDatesLetter['patron'] }) => ({ patron, because, loans });
    const { patronId, data } = first;
    return [{ kind: 'due-date-changed', cause: causeOf(first), patronId, library: data.library, facts }];
  });
}

const BY_HAND = 'by-hand';

/**
 * Queues the letters that follow from what an action has written down (HOLD-01, CAN-01, CAN-02, REQ-08, REN-09, CAL-07, OFF-04), in
 * its transaction: a constant number of statements, none where no event causes a letter. An event causes one letter only.
 */
export async function writeLetters(desk: Desk, events: readonly WrittenEvent[]): Promise<void> {
  await writeUploadReports(desk, events);
  const ready = ofKind(events, 'request-ready');
  const cancelled = ofKind(events, 'request-cancelled').filter(({ data }) => data.notify);
  const recalls: Recall[] = [...ofKind(events, 'loan-recalled'), ...ofKind(events, 'loan-recall-ended')].toSorted(
    (one, other) => one.id - other.id,
  );
  // A due date that a recall has shortened is in its letter.
  const recalled = new Set(recalls.map((one) => one.loanId));
  const moved = ofKind(events, 'due-date-changed').filter(
    ({ loanId, data }) => data.because !== 'recall' || !recalled.has(loanId),
  );
  const requestIds = [...ready, ...cancelled].map(({ data }) => data.request);
  const loanIds = [...recalls, ...moved].flatMap(({ loanId }) => loanId ?? []);
  if (requestIds.length === 0 && loanIds.length === 0) return;
  const requests = await desk.records.letterFacts.requests(requestIds);
  const found = await desk.records.letterFacts.loans(loanIds);
  const loans = new Map(Array.from(found, ([id, one]) => [id, letterLoan(desk, one)]));
  await queueLetters(desk, [
    ...readyDrafts(ready, requests),
    ...cancelledDrafts(cancelled, requests),
    ...recallDrafts(recalls, loans),
    ...dueDrafts(moved, loans),
  ]);
}
