/** Lists that can be read and exported, their columns, and what stands in them (JOB-05, TUI-09). */
export type ListWords = {
  readonly list: Readonly<
    Record<
      | 'late-loans'
      | 'loans'
      | 'transits'
      | 'hold-shelf'
      | 'open-requests'
      | 'pick-list'
      | 'active-shelf'
      | 'expired-shelf'
      | 'closed-loans'
      | 'treatment'
      | 'missing'
      | 'transactions'
      | 'patron-loans'
      | 'patron-returns'
      | 'audit',
      string
    >
  >;
  readonly column: Readonly<
    Record<
      | 'title'
      | 'author'
      | 'barcode'
      | 'callNumber'
      | 'material'
      | 'library'
      | 'location'
      | 'loanedAt'
      | 'due'
      | 'daysLate'
      | 'status'
      | 'returnedAt'
      | 'renewals'
      | 'patron'
      | 'card'
      | 'group'
      | 'campus'
      | 'from'
      | 'to'
      | 'department'
      | 'reason'
      | 'since'
      | 'days'
      | 'tooLong'
      | 'stops'
      | 'lastStop'
      | 'lastStopAt'
      | 'pickup'
      | 'heldSince'
      | 'heldUntil'
      | 'placedAt'
      | 'until'
      | 'task'
      | 'position'
      | 'printedAt'
      | 'reportedAt'
      | 'closing'
      | 'treatment'
      | 'note'
      | 'orderedAt'
      | 'orderedBy'
      | 'receivedAt'
      | 'lastSeen'
      | 'day'
      | 'desk'
      | 'loans'
      | 'renewed'
      | 'returns'
      | 'scans'
      | 'inHouse'
      | 'at'
      | 'event'
      | 'staff'
      | 'overrides'
      | 'data',
      string
    >
  >;
  /** The lists as a screen of the console. */
  readonly screen: {
    readonly head: (list: string, where: string, total: number) => string;
    readonly hint: (other: string, sort: string, filter: string, write: string) => string;
    readonly borrower: (key: string) => string;
    readonly sortedBy: (column: string, descending: boolean) => string;
    readonly everywhere: string;
    readonly none: string;
    /** One thing that a row knows, below the others. */
    readonly line: (head: string, text: string) => string;
    readonly filters: string;
    readonly list: string;
    readonly all: string;
    readonly from: string;
    readonly to: string;
    readonly dayHint: string;
    readonly backwards: string;
    readonly sort: string;
    readonly usual: string;
    readonly descending: string;
    /** Heads of narrow columns. */
    readonly short: Readonly<Record<string, string>>;
  };
  /** Why an item travels, by its code. */
  readonly reason: Readonly<Record<string, string>>;
  /** What is done with an item in a department, by its code or that of its process. */
  readonly treatment: Readonly<Record<string, string>>;
  /** What is done for a request, by its code. */
  readonly task: Readonly<Record<string, string>>;
  /** How a request has ended, by its code; `waiting`: it has not. */
  readonly closing: Readonly<Record<string, string>>;
  /** What can have gone wrong with a file that was to be written. */
  readonly fileProblem: Readonly<
    Record<
      | 'exists'
      | 'no-folder'
      | 'no-permission'
      | 'not-a-file'
      | 'full'
      | 'too-many-rows'
      | 'unknown-form'
      | 'unexpected',
      (file: string) => string
    >
  >;
  readonly written: (rows: number, file: string) => string;
  readonly progress: (done: number, total: number) => string;
  readonly cancelled: string;
};
