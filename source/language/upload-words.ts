/** What `guichet upload` says, and what stands in its report (OFF-04). Reasons are those of the offline desk (`OfflineWords`). */
export type UploadWords = {
  /** What is in a file. `from`, `to`: local times, or null where no line has one. */
  readonly check: (facts: {
    readonly file: string;
    readonly loans: number;
    readonly returns: number;
    readonly bad: number;
    readonly blank: number;
    readonly from: string | null;
    readonly to: string | null;
  }) => string;
  readonly nothingRecorded: string;
  readonly progress: (done: number, total: number) => string;
  readonly counts: (facts: {
    readonly completed: number;
    readonly failed: number;
    readonly duplicates: number;
  }) => string;
  readonly failed: string;
  readonly attention: string;
  readonly line: (number: number, reason: string, text: string) => string;
  /** After a reason: the new due date of a loan. */
  readonly due: (moment: string) => string;
  readonly more: (count: number) => string;
  /** Why a line cannot be read; the compiler holds these against the offline room. */
  readonly badLine: Readonly<
    Record<'unreadable' | 'letter' | 'date' | 'no-item' | 'no-patron' | 'ambiguous' | 'too-long' | 'characters', string>
  >;
  readonly unfinished: (number: number) => string;
  readonly archived: (file: string) => string;
  readonly notArchived: (file: string, because: string) => string;
  readonly problem: Readonly<Record<'locked' | 'full' | 'read-only' | 'gone' | 'failed', string>>;
  readonly someFailed: (count: number) => string;
  readonly stopped: (done: number, total: number) => string;
  /** The database went away. */
  readonly runAgain: string;
  readonly empty: (file: string) => string;
  /** `lines`: how many it has; `--dry-run` says of each why it is none. */
  readonly notOffline: (file: string, lines: number) => string;
  readonly inUse: (file: string) => string;
  readonly gone: (file: string, copies: readonly string[]) => string;
  readonly report: {
    readonly title: string;
    readonly column: Readonly<
      Record<'number' | 'at' | 'transaction' | 'item' | 'patron' | 'reason' | 'text' | 'title' | 'name' | 'due', string>
    >;
    readonly noReport: (why: string) => string;
  };
};
