import type { OfflineAttention, OfflineFailure } from './offline.ts';
import type { Day, Instant } from './time.ts';

/** Every letter that is written (LET-01). */
export const LETTER_KINDS = [
  'loan-receipt',
  'return-receipt',
  'activity-report',
  'requests-report',
  'hold-available',
  'hold-reminder',
  'request-cancelled',
  'recalled',
  'recall-cancelled',
  'due-date-changed',
  'courtesy',
  'due-today',
  'overdue-1',
  'overdue-2',
  'overdue-3',
  'lost-item-bill',
  'quitus',
  'identity',
  'pre-registered',
  'registered-already',
  'job-report',
  'upload-report',
] as const;
/** Notices of a cycle, in their order (CYC-01). */
export const NOTICE_KINDS = ['courtesy', 'due-today', 'overdue-1', 'overdue-2', 'overdue-3', 'lost-item-bill'] as const;
/** Letters that are posted: they go to the printer of their library (LET-06). */
export const LETTERS_ON_PAPER: readonly LetterKind[] = ['lost-item-bill'];
export type NoticeKind = (typeof NOTICE_KINDS)[number];
export type LetterKind = (typeof LETTER_KINDS)[number];

/** `queued`: waits to leave, or, without an address, to be printed (LET-04). */
export type LetterState = 'queued' | 'sent' | 'printed' | 'failed' | 'cancelled';

/** Whom a letter is about, as the record said when it was written. */
export type LetterPatron = {
  readonly lastName: string;
  readonly firstName: string;
  /** The primary identifier. */
  readonly identifier: string;
};

/** What a clearance certifies (QUI-02); everything that its document says, so that it can be made again as it was. */
export type ClearanceFacts = {
  readonly number: number;
  readonly patron: LetterPatron & { readonly birthDay: Day | null };
  readonly issuedAt: Instant;
  /** The day in the network's time zone. */
  readonly day: Day;
  /** Who issues it (manual XII.1); null: the network itself. */
  readonly authority: string | null;
  readonly place: string | null;
  readonly network: string;
};

/** What the identity message says beside its code (USR-11), which is made when it leaves. */
export type IdentityFacts = { readonly patron: LetterPatron; readonly network: string };

/** What the screen has said to somebody who has pre-registered (USR-13, manual IX.2.2.3). Their identifier is their address. */
export type PreRegisteredLetter = {
  readonly patron: LetterPatron;
  /** Where they have it finished. */
  readonly library: string;
  /** The last day for that. */
  readonly until: Day;
};

/** Somebody has pre-registered with the address of a record that is there already (USR-13): what to do with that one. */
export type RegisteredAlreadyLetter = {
  readonly patron: LetterPatron;
  /** Where whoever pre-registered wanted to come. */
  readonly library: string;
  /**
   * `own`: they sign in with a password of their own; `member`: by their institution; `pre-registered`: it is to be finished;
   * `ended`: the record has expired or is inactive.
   */
  readonly standing: 'own' | 'member' | 'pre-registered' | 'ended';
};

/** An item as a letter names it; codes of libraries are named by the network when the letter is written. */
export type LetterItem = {
  readonly barcode: string;
  readonly title: string;
  readonly author: string | null;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly library: string;
};

/** A loan as a letter names it. */
export type LetterLoan = LetterItem & {
  readonly loanedAt: Instant;
  readonly due: Instant;
  /** Calendar days; 0: not late. */
  readonly daysLate: number;
};

/** A postal address, for what goes on paper. */
export type PostalAddress = {
  readonly lines: readonly string[];
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly country: string | null;
};

/** Receipts: what was lent or brought back at a desk (`LIBRARY/DESK`) (TAB-07). */
export type LoanReceiptLetter = {
  readonly patron: LetterPatron;
  readonly at: Instant;
  readonly desk: string;
  readonly loans: readonly LetterLoan[];
};
export type ReturnReceiptLetter = {
  readonly patron: LetterPatron;
  readonly at: Instant;
  readonly desk: string;
  readonly returns: readonly (LetterLoan & { readonly returnedAt: Instant })[];
  /** The end that counts; null: not blocked (RET-02). */
  readonly blockedUntil: Day | null;
};

/** Open loans by library, late ones first (TAB-09). */
export type ActivityLetter = {
  readonly patron: LetterPatron;
  readonly at: Instant;
  readonly libraries: readonly { readonly library: string; readonly loans: readonly LetterLoan[] }[];
};

/** Open requests (TAB-09). */
export type RequestsLetter = {
  readonly patron: LetterPatron;
  readonly at: Instant;
  readonly requests: readonly {
    readonly title: string;
    readonly author: string | null;
    readonly description: string | null;
    readonly pickup: string;
    readonly placedAt: Instant;
    /** `waiting`, `transit`, `on-shelf`. */
    readonly state: string;
    /** The last day on the hold shelf. */
    readonly heldUntil: Day | null;
  }[];
};

/** About one request: it waits on the shelf, a reminder of that, it was cancelled (HOLD-01, CAN-01, CAN-02). */
export type RequestLetter = {
  readonly patron: LetterPatron;
  readonly title: string;
  readonly author: string | null;
  readonly description: string | null;
  readonly pickup: string;
  readonly placedAt: Instant;
  /** The last day on the hold shelf; null: it is not there. */
  readonly heldUntil: Day | null;
  /** How it ended (`closing` of the event) and what staff wrote; null: it has not. */
  readonly closing: string | null;
  readonly reason: string | null;
};

/** About one loan: recalled, no longer so (REQ-08). */
export type LoanLetter = { readonly patron: LetterPatron; readonly loan: LetterLoan };

/** Loans of one library whose due dates have moved, and why: `calendar`, `by-hand`, `recall` (CAL-07). */
export type DueDatesLetter = {
  readonly patron: LetterPatron;
  readonly because: string;
  readonly loans: readonly (LetterLoan & { readonly before: Instant })[];
};

/** A notice of a cycle about loans of one library (CYC-02); the bill has the address it is posted to (LET-06). */
export type NoticeLetter = {
  readonly patron: LetterPatron;
  readonly library: string;
  /** The day that the notice speaks of: when the loans fall or fell due. */
  readonly dueDay: Day;
  readonly loans: readonly LetterLoan[];
  readonly postal: PostalAddress | null;
  /** Refused automatic renewals, by barcode: the first reason (REN-10). */
  readonly notRenewed: readonly { readonly barcode: string; readonly reason: string }[];
};

/** What a run of a job has done, for those who look after it (JOB-04). */
export type JobReportLetter = {
  readonly job: string;
  readonly day: Day | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly counters: Readonly<Record<string, number>>;
  readonly problems: readonly { readonly problem: string; readonly count: number }[];
  readonly error: string | null;
};

/** What came of an offline file, for who uploaded it (OFF-04). Lines as they stand in the file, with both barcodes. */
export type UploadReportLetter = {
  readonly upload: number;
  readonly file: string;
  /** `LIBRARY/DESK`. */
  readonly desk: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly lines: number;
  readonly completed: number;
  readonly failed: number;
  readonly duplicates: number;
  /** How many lines somebody should look at. */
  readonly toSee: number;
  /** The first ones; `failed` and `toSee` count all of them. */
  readonly errors: readonly {
    readonly number: number;
    readonly reason: OfflineFailure;
    /** Null: kept no longer. */
    readonly raw: string | null;
  }[];
  readonly attention: readonly {
    readonly number: number;
    readonly attention: readonly OfflineAttention[];
    readonly raw: string | null;
    readonly title: string | null;
    readonly due: Instant | null;
  }[];
};

/** What is kept of each kind of letter. Never a secret. */
export type LetterFacts = {
  readonly quitus: ClearanceFacts;
  readonly identity: IdentityFacts;
  readonly 'pre-registered': PreRegisteredLetter;
  readonly 'registered-already': RegisteredAlreadyLetter;
  readonly 'loan-receipt': LoanReceiptLetter;
  readonly 'return-receipt': ReturnReceiptLetter;
  readonly 'activity-report': ActivityLetter;
  readonly 'requests-report': RequestsLetter;
  readonly 'hold-available': RequestLetter;
  readonly 'hold-reminder': RequestLetter;
  readonly 'request-cancelled': RequestLetter;
  readonly recalled: LoanLetter;
  readonly 'recall-cancelled': LoanLetter;
  readonly 'due-date-changed': DueDatesLetter;
  readonly courtesy: NoticeLetter;
  readonly 'due-today': NoticeLetter;
  readonly 'overdue-1': NoticeLetter;
  readonly 'overdue-2': NoticeLetter;
  readonly 'overdue-3': NoticeLetter;
  readonly 'lost-item-bill': NoticeLetter;
  readonly 'job-report': JobReportLetter;
  readonly 'upload-report': UploadReportLetter;
};

/** A line of a patron's letters (USR-07). */
export type LetterLine = {
  readonly id: number;
  readonly kind: LetterKind;
  readonly createdAt: Instant;
  /** When it left or was printed. */
  readonly sentAt: Instant | null;
  /** Null: nobody can be written to; it waits to be printed. */
  readonly address: string | null;
  readonly state: LetterState;
  /** Why it has not left. */
  readonly error: string | null;
  /** It repeats an earlier letter (LET-04). */
  readonly again: boolean;
  readonly library: string | null;
  /** The patron's preferred one when it was written. */
  readonly language: string;
};

/** A letter as it left (LET-04): the code of an identity message is not in it. */
export type LetterSaid = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Addresses; null: none was said. */
  readonly sender: string | null;
  readonly replyTo: string | null;
};

/** A letter with what it is made of. */
export type Letter = {
  [Kind in LetterKind]: Omit<LetterLine, 'kind'> & {
    readonly kind: Kind;
    readonly patronId: number | null;
    readonly channel: 'mail' | 'paper';
    readonly facts: LetterFacts[Kind];
    /** What it said when it left; null: it has not. */
    readonly said: LetterSaid | null;
  };
}[LetterKind];

/** A one-time code in plain: shown once, to whoever prints or sends it. */
export type PlainCode = { readonly code: string; readonly expires: Instant };

/** The number of a clearance as people read it: `2026-000012`. */
export const clearanceNumber = ({ number, day }: Pick<ClearanceFacts, 'number' | 'day'>): string =>
  `${day.slice(0, 4)}-${String(number).padStart(6, '0')}`;
