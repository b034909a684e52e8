import { daysLate } from '../circulation/due.ts';
import { blockedUntil } from '../circulation/penalties.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { LoanStatus, LoanView } from '../records/loans.ts';
import type { PatronView } from '../records/patrons.ts';
import { preferredAddress } from './letter-address.ts';
import { action, placeName } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { isOpenRequest, requestCard } from './request-card.ts';
import type { OpenRequest } from './request-card.ts';

/** Whom a receipt is for; it is written in their language (TUI-06). */
export type ReceiptPatron = Pick<
  PatronView,
  'id' | 'lastName' | 'firstName' | 'language' | 'identifiers' | 'group' | 'expiry'
> & {
  /** The preferred address; null: the receipt goes to the desk's printer (TAB-07). */
  readonly email: string | null;
};

export type ReceiptLibrary = { readonly code: string; readonly name: string };

/** A loan as paper shows it. */
export type ReceiptLoan = {
  readonly loan: number;
  readonly barcode: string;
  readonly title: string;
  readonly author: string | null;
  readonly description: string | null;
  readonly callNumber: string | null;
  /** The owner. */
  readonly library: ReceiptLibrary;
  readonly loanedAt: Instant;
  readonly due: Instant;
  /** At the moment of the receipt; of one that has come back, when it did. A loan by the hour is late before it is so by a day. */
  readonly late: boolean;
  /** Calendar days. */
  readonly daysLate: number;
  readonly renewals: number;
  readonly status: LoanStatus;
  /** Null: on loan. */
  readonly returnedAt: Instant | null;
};

/** What every receipt says of the desk, the moment, and what the patron has now. */
type Receipt = {
  readonly patron: ReceiptPatron;
  /** The desk's library; null: no desk. */
  readonly library: ReceiptLibrary | null;
  /** `LIBRARY/DESK`. */
  readonly desk: string;
  readonly at: Instant;
  readonly loans: readonly ReceiptLoan[];
  /** Everything that the patron has on loan now, here and elsewhere; and how much of it is late. */
  readonly onLoan: number;
  readonly late: number;
};

/** Nobody borrows more, and no paper is longer. */
const EVERYTHING = { offset: 0, limit: 10_000 };

const librarySaid = ({ network }: Desk, code: string): ReceiptLibrary => ({
  code,
  name: network.libraries.find((one) => one.code === code)?.name ?? code,
});

function loanSaid(desk: Desk, one: LoanView): ReceiptLoan {
  const { barcode, title, author, description, callNumber, loanedAt, due, renewals, status, returnedAt } = one;
  const when = returnedAt ?? desk.now;
  const library = librarySaid(desk, one.library);
  const lateness = { late: when >= one.lateFrom, daysLate: daysLate(one, when, desk.network.timeZone) };
  const item = { barcode, title, author, description, callNumber, library };
  return { loan: one.id, ...item, loanedAt, due, ...lateness, renewals, status, returnedAt };
}

/** The patron, by number or identifier, or why there is nothing to print. */
async function patronOf(desk: Desk, key: number | string): Promise<ReceiptPatron | Refusal> {
  const { records } = desk;
  const id = typeof key === 'number' ? key : await records.patrons.idByIdentifier(key);
  const patron = id === undefined ? undefined : await records.patrons.byId(id);
  if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(key) };
  const { lastName, firstName, language, identifiers, group, expiry } = patron;
  const email = await preferredAddress(desk, patron.id);
  return { id: patron.id, lastName, firstName, language, identifiers, group, expiry, email };
}

async function receiptFor(desk: Desk, patron: ReceiptPatron, loans: readonly LoanView[]): Promise<Receipt> {
  const { records, now, place } = desk;
  const counts = await records.loans.counts(patron.id, now, 0);
  return {
    patron,
    library: place ? librarySaid(desk, place.library) : null,
    desk: placeName(place),
    at: now,
    loans: loans.map((one) => loanSaid(desk, one)),
    onLoan: counts.reduce((sum, one) => sum + one.count, 0),
    late: counts.reduce((sum, one) => sum + one.late, 0),
  };
}

export type LoanReceipt = ({ readonly kind: 'loan-receipt' } & Receipt) | Refusal;

/** What the receipt of a patron session prints (TAB-07): those of its loans that are still on loan, in the order in which they were made. */
export const loanReceipt = action(
  'loan-receipt',
  { permission: 'print-receipts', readOnly: true },
  async (desk: Desk, request: { patron: number; loans: readonly number[] }): Promise<LoanReceipt> => {
    const patron = await patronOf(desk, request.patron);
    if ('kind' in patron) return patron;
    const loans = await desk.records.loans.ofPatron(patron.id, 'loaned', EVERYTHING, request.loans);
    return { kind: 'loan-receipt', ...(await receiptFor(desk, patron, loans.toReversed())) };
  },
);

export type ReturnReceipt =
  | ({
      readonly kind: 'return-receipt';
      /** Until when the patron is blocked now: the end that counts (RET-02). */
      readonly blockedUntil: Day | null;
    } & Receipt)
  | Refusal;

/** What the receipt of returns prints (TAB-07): those of the loans that have come back, in the order in which they did. */
export const returnReceipt = action(
  'return-receipt',
  { permission: 'print-receipts', readOnly: true },
  async (desk: Desk, request: { patron: number; loans: readonly number[] }): Promise<ReturnReceipt> => {
    const { records, network, now } = desk;
    const patron = await patronOf(desk, request.patron);
    if ('kind' in patron) return patron;
    const loans = await records.loans.returnedOfPatron(patron.id, EVERYTHING, request.loans);
    const today = dayOf(now, network.timeZone);
    const until = blockedUntil(network, await records.blocks.standing(patron.id, today), today);
    const receipt = await receiptFor(desk, patron, loans.toReversed());
    return { kind: 'return-receipt', ...receipt, blockedUntil: until };
  },
);

/** What is on loan from one library: late ones first, then by due date. */
export type ActivityLibrary = {
  readonly library: ReceiptLibrary;
  readonly late: number;
  readonly loans: readonly ReceiptLoan[];
};

export type ActivityReport =
  | {
      readonly kind: 'activity';
      readonly patron: ReceiptPatron;
      readonly at: Instant;
      readonly total: number;
      readonly late: number;
      /** Those with something late first, else in the network's order. */
      readonly libraries: readonly ActivityLibrary[];
    }
  | Refusal;

type MaybeLate = { readonly late: boolean | number };
const lateFirst = (one: MaybeLate, other: MaybeLate): number => Number(Boolean(other.late)) - Number(Boolean(one.late));

/** Everything that a patron has on loan, by owning library, late ones first (TAB-09). */
export const activityReport = action(
  'activity-report',
  { permission: 'print-receipts', readOnly: true },
  async (desk: Desk, request: { patron: number | string }): Promise<ActivityReport> => {
    const patron = await patronOf(desk, request.patron);
    if ('kind' in patron) return patron;
    const open = await desk.records.loans.ofPatron(patron.id, 'due', EVERYTHING);
    const all = open.map((one) => loanSaid(desk, one)).toSorted(lateFirst);
    const groups = Map.groupBy(all, (one) => one.library.code);
    const libraries = desk.network.libraries.flatMap(({ code }): ActivityLibrary[] => {
      const loans = groups.get(code);
      if (!loans) return [];
      return [{ library: librarySaid(desk, code), late: loans.filter((one) => one.late).length, loans }];
    });
    return {
      kind: 'activity',
      patron,
      at: desk.now,
      total: all.length,
      late: all.filter((one) => one.late).length,
      libraries: libraries.toSorted(lateFirst),
    };
  },
);

/** A request with the library where it will wait. */
export type ReportedRequest = Pick<
  OpenRequest,
  'id' | 'title' | 'author' | 'description' | 'pickup' | 'state' | 'heldUntil' | 'placedAt'
> & {
  readonly pickupLibrary: ReceiptLibrary;
};

export type RequestsReport =
  | {
      readonly kind: 'requests-report';
      readonly patron: ReceiptPatron;
      readonly at: Instant;
      readonly total: number;
      readonly lines: readonly ReportedRequest[];
    }
  | Refusal;

/** Everything that a patron has asked for and not yet got, the oldest first (TAB-09). */
export const requestsReport = action(
  'requests-report',
  { permission: 'print-receipts', readOnly: true },
  async (desk: Desk, request: { patron: number | string }): Promise<RequestsReport> => {
    const patron = await patronOf(desk, request.patron);
    if ('kind' in patron) return patron;
    const open = await desk.records.requestRows.ofPatron(patron.id, EVERYTHING);
    const cards = open.map((one) => requestCard(desk, one)).filter(isOpenRequest);
    const lines = cards.map((one) => ({ ...one, pickupLibrary: librarySaid(desk, one.pickup) }));
    return { kind: 'requests-report', patron, at: desk.now, total: lines.length, lines };
  },
);
