import type { PrinterKind } from '../circulation/network.ts';
import type { MailWords } from './mail-words.ts';

/** Why something has not been printed. */
export type PrintFailure =
  | 'no-program'
  | 'no-queue'
  | 'queue-stopped'
  | 'refused'
  | 'timed-out'
  | 'cancelled'
  | 'no-folder'
  | 'no-permission'
  | 'not-a-file'
  | 'full'
  | 'no-terminal'
  | 'unexpected';

/** What has come of printing. `where`: the queue, file or address; `detail`: what the system said, printable, or nothing. */
export type PrintReport =
  | { readonly kind: 'printed' | 'ready'; readonly by: PrinterKind; readonly where: string }
  /** The queue has taken it, and stands still. */
  | { readonly kind: 'waiting'; readonly by: 'queue'; readonly where: string }
  | { readonly kind: 'no-mail'; readonly by: 'email'; readonly where: string }
  | {
      readonly kind: 'failed';
      readonly by: PrinterKind;
      readonly where: string;
      readonly because: PrintFailure;
      readonly detail: string;
    }
  | { readonly kind: 'no-printer' };

/** What stands on letters, receipts, reports and slips, and what is said about printing them. */
export type LetterWords = MailWords & {
  readonly title: {
    readonly loanReceipt: string;
    readonly returnReceipt: string;
    readonly activity: string;
    readonly requests: string;
    readonly item: string;
  };
  readonly label: {
    readonly title: string;
    readonly volume: string;
    readonly barcode: string;
    readonly callNumber: string;
    readonly location: string;
    readonly owner: string;
    readonly from: string;
    readonly printed: string;
    readonly requester: string;
    readonly card: string;
    readonly request: string;
    readonly treatment: string;
    readonly note: string;
    readonly orderedBy: string;
    readonly patron: string;
    readonly lent: string;
    readonly placed: string;
    readonly due: string;
    readonly status: string;
  };
  /** Above what is written large on a slip. */
  readonly poster: {
    readonly pick: string;
    readonly transit: string;
    readonly hold: string;
    readonly department: string;
    readonly home: string;
    readonly forRequest: string;
    readonly until: (day: string) => string;
  };
  /** Kinds of internal treatment by their code (ITEM-01). */
  readonly treatment: Readonly<Record<string, string>>;
  readonly due: (moment: string) => string;
  readonly renewed: string;
  readonly late: (days: number) => string;
  readonly returned: (moment: string) => string;
  readonly returnedLate: (days: number) => string;
  readonly lentCount: (count: number) => string;
  readonly returnedCount: (count: number) => string;
  /** All that a patron has, and how much of it is late. */
  readonly onLoan: (count: number, late: number) => string;
  readonly nothingOnLoan: string;
  readonly nothingLent: string;
  readonly nothingReturned: string;
  readonly blockedUntil: (day: string) => string;
  readonly lateHeading: (count: number) => string;
  readonly libraryHeading: (library: string, count: number) => string;
  readonly nothingRequested: string;
  readonly requestCount: (count: number) => string;
  readonly requestState: {
    readonly waiting: (library: string) => string;
    readonly travelling: (library: string) => string;
    readonly ready: (library: string, until: string | null) => string;
  };
  readonly placed: (day: string) => string;
  readonly questions: (address: string) => string;
  readonly notOnLoan: string;
  readonly rows: (count: number) => string;
  /** One sentence about what has come of printing. */
  readonly printed: (report: PrintReport) => string;
  /** Names of places to print, for the sentence above and for `doctor`. */
  readonly printer: Readonly<Record<PrinterKind, (where: string) => string>>;
  readonly failure: Readonly<Record<PrintFailure, (where: string) => string>>;
};
