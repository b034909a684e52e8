import type { Day, Instant } from '../circulation/time.ts';
import type { DeskWords } from '../language/desk-words.ts';

/** A library as paper names it. */
export type PaperLibrary = { readonly code: string; readonly name: string };

/** Who a receipt is for. `language`: the preferred one, whatever it is (TUI-06). */
export type PaperPatron = {
  readonly lastName: string;
  readonly firstName: string;
  readonly language: string;
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
};

/** A loan on a receipt or report. */
export type PaperLoan = {
  readonly title: string;
  readonly author: string | null;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly barcode: string;
  readonly library: PaperLibrary;
  readonly due: Instant;
  readonly late: boolean;
  /** Calendar days; a loan by the hour is late before it is so by a day. */
  readonly daysLate: number;
  readonly renewals: number;
  readonly status: keyof DeskWords['loanStatus'];
  readonly returnedAt: Instant | null;
};

/** What was lent to a patron, at a desk (`LIBRARY/DESK`). `onLoan`, `late`: of all that they have now. */
export type LoanReceiptFacts = {
  readonly patron: PaperPatron;
  readonly library: PaperLibrary | null;
  readonly desk: string;
  readonly at: Instant;
  readonly loans: readonly PaperLoan[];
  readonly onLoan: number;
  readonly late: number;
};

/** What a patron has brought back. `blockedUntil`: the end that counts (RET-02). */
export type ReturnReceiptFacts = LoanReceiptFacts & { readonly blockedUntil: Day | null };

/** Everything that is on loan to a patron, library by library (TAB-09). */
export type ActivityReportFacts = {
  readonly patron: PaperPatron;
  readonly at: Instant;
  readonly total: number;
  readonly late: number;
  readonly libraries: readonly { readonly library: PaperLibrary; readonly loans: readonly PaperLoan[] }[];
};

/** Everything that a patron has asked for (TAB-09). */
export type RequestsReportFacts = {
  readonly patron: PaperPatron;
  readonly at: Instant;
  readonly total: number;
  readonly lines: readonly {
    readonly title: string;
    readonly state: 'waiting' | 'transit' | 'on-shelf';
    readonly pickupLibrary: PaperLibrary;
    readonly placedAt: Instant;
    readonly heldUntil: Day | null;
  }[];
};

/** The item that a slip lies in. What is not known is left out. */
export type SlipItem = {
  readonly title: string;
  readonly barcode: string;
  /** The owning library's code. */
  readonly library: string;
  readonly author?: string | null;
  readonly description?: string | null;
  readonly callNumber?: string | null;
  /** `LIBRARY/LOCATION`. */
  readonly location?: string | null;
};

/** A person on a slip. */
export type SlipPerson = { readonly name: string; readonly identifier?: string | null };

/** An item that travels (RET-03): codes of libraries; `department` of the library where it goes, else its desk. */
export type TransitSlipFacts = {
  readonly at: Instant;
  readonly from: string;
  readonly to: string;
  readonly department?: string | null;
  readonly item: SlipItem;
  readonly requester?: SlipPerson | null;
  readonly request?: number | null;
  /** What is to be done with it in that department. */
  readonly type?: string | null;
  readonly note?: string | null;
};

/** A copy that is to be picked from the shelves of a library (PICK-02): the slip may stand in for it there. */
export type PickSlipFacts = {
  readonly at: Instant;
  readonly library: string;
  readonly item: SlipItem;
  readonly requester: SlipPerson | null;
  readonly pickup: string;
  readonly request: number;
  readonly placedAt: Instant;
  readonly note?: string | null;
};

/** An item that waits for somebody on the hold shelf of a library. */
export type HoldSlipFacts = {
  readonly at: Instant;
  readonly library: string;
  readonly item: SlipItem;
  readonly requester: SlipPerson;
  readonly until: Day | null;
  readonly request?: number | null;
};

/** An item that is to be treated in a department (ITEM-01). */
export type WorkOrderSlipFacts = {
  readonly at: Instant;
  readonly library: string;
  readonly department: string;
  readonly item: SlipItem;
  readonly type?: string | null;
  readonly note?: string | null;
  readonly orderedBy?: string | null;
};

/** An item and its loan, from a line of a list (TAB-04). `library`: where the slip is printed. */
export type ItemSlipFacts = {
  readonly at: Instant;
  readonly library: string;
  readonly item: SlipItem;
  readonly loan: {
    readonly patron: SlipPerson | null;
    readonly loanedAt: Instant;
    readonly due: Instant;
    readonly daysLate: number;
    readonly status: keyof DeskWords['loanStatus'];
  } | null;
};

/**
 * What a return or a scan has answered, as far as a slip says it (SCAN-03): an `Instruction` of the desk with its item.
 * `here`: the library where it was scanned.
 */
export type InstructionSlipFacts = {
  readonly at: Instant;
  readonly here: string;
  readonly item: SlipItem;
  readonly next: 'reshelve' | 'hold-shelf' | 'transit' | 'department';
  /** A library's code (`transit`, `hold-shelf`) or a department's, of this library. */
  readonly destination: string | null;
  readonly department: string | null;
  readonly requester: string | null;
  readonly requesterCard: string | null;
  readonly heldUntil: Day | null;
  readonly request?: number | null;
  /** Treatment that is still to be done. */
  readonly workOrder: { readonly type: string; readonly note: string | null } | null;
};

/** A list for paper: texts that are ready to be read (TUI-09). */
export type PaperList = {
  readonly title: string;
  readonly at: Instant;
  readonly columns: readonly { readonly head: string; readonly right?: boolean }[];
  readonly rows: readonly (readonly string[])[];
};
