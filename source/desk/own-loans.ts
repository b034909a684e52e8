import { NoOpenDay } from '../circulation/calendar.ts';
import type { RenewalRefusal } from '../circulation/blocks.ts';
import { daysLate } from '../circulation/due.ts';
import type { PatronFacts } from '../circulation/loan.ts';
import { dayOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import type { LoanStatus, LoanView, OwnLoanOrder, Window } from '../records/loans.ts';
import { patronFacts } from './loan-facts.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { copyOutnumbered, judgeRenewal } from './renew-now.ts';

export type { OwnLoanOrder } from '../records/loans.ts';

/** Whether a loan can be renewed now (manual III.2.3): until when it would run, or why not, in the order of REN-05. */
export type OwnRenewal =
  | { readonly kind: 'can'; readonly until: Instant }
  /** And nothing else stands against it: tomorrow it may be renewed again. */
  | { readonly kind: 'renewed-today' }
  /** Without reasons: its library has no open day to which the loan could run. */
  | { readonly kind: 'cannot'; readonly reasons: readonly RenewalRefusal[] };

/** A loan as the one who has it sees it (KIO-03). */
export type OwnLoan = {
  readonly loanId: number;
  readonly barcode: string;
  readonly title: string;
  readonly author: string | null;
  readonly description: string | null;
  readonly library: string;
  readonly due: Instant;
  /** Calendar days; 0: not late. */
  readonly daysLate: number;
  readonly status: LoanStatus;
  readonly lentAt: Instant;
  readonly renewal: OwnRenewal;
};

export type OwnLoans = { readonly kind: 'loans'; readonly total: number; readonly lines: readonly OwnLoan[] } | Refusal;

/** What `renew` would answer now. */
function renewalOf(desk: Desk, patron: PatronFacts, loan: LoanView, requestWaits: boolean): OwnRenewal {
  const { network, now } = desk;
  const today = dayOf(now, network.timeZone);
  try {
    const { decision, refusals } = judgeRenewal(desk, patron, { ...loan, requestWaits }, []);
    if (refusals.length === 0) return { kind: 'can', until: decision.due.due };
    const wasToday = loan.renewedAt !== null && dayOf(loan.renewedAt, network.timeZone) === today;
    const isAll = refusals.every((code) => code === 'DUE_DATE_UNCHANGED');
    return wasToday && isAll ? { kind: 'renewed-today' } : { kind: 'cannot', reasons: refusals };
  } catch (error) {
    if (error instanceof NoOpenDay) return { kind: 'cannot', reasons: [] };
    throw error;
  }
}

/** Those of some loans for which more requests wait than can be filled without them (REN-05). */
async function wantedAmong(desk: Desk, loans: readonly LoanView[]): Promise<ReadonlySet<number>> {
  const { requests, requestCopies } = desk.records;
  const waiting = await requests.waitingFor([...new Set(loans.map((one) => one.titleId))]);
  if (waiting.length === 0) return new Set();
  const copies = await requestCopies.withIds(loans.map((one) => one.itemId));
  const wanted = copies.filter((copy) => {
    const queue = waiting.filter((one) => one.titleId === copy.titleId);
    return copyOutnumbered(desk, copy, queue);
  });
  return new Set(wanted.map((one) => one.id));
}

/**
 * A window of the loans of who has signed in, each with whether it can be renewed now: as `renew` would answer (KIO-03). A
 * constant number of statements.
 */
export const ownLoans = action(
  'own-loans',
  { permission: 'view-patrons', readOnly: true, kiosk: 'self' },
  async (
    desk: Desk,
    request: { readonly patron: number; readonly sort: OwnLoanOrder; readonly window: Window },
  ): Promise<OwnLoans> => {
    const { records, network, now } = desk;
    const patron = await records.patrons.byId(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const counts = await records.loans.counts(patron.id, now, 0);
    const facts = await patronFacts(desk, patron, counts);
    const loans = await records.loans.ofPatron(patron.id, request.sort, request.window);
    const wanted = await wantedAmong(desk, loans);
    const lines = loans.map((loan): OwnLoan => {
      const { id: loanId, barcode, title, author, description, library, due, status, loanedAt: lentAt } = loan;
      const renewal = renewalOf(desk, facts, loan, wanted.has(loan.itemId));
      const late = daysLate(loan, now, network.timeZone);
      return { loanId, barcode, title, author, description, library, due, daysLate: late, status, lentAt, renewal };
    });
    return { kind: 'loans', total: counts.reduce((sum, one) => sum + one.count, 0), lines };
  },
);
