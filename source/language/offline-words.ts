/** The desk without its database: screen, journal, upload. Names from data come in already printable. */
export type OfflineWords = {
  /** In capitals in the header. */
  readonly mode: string;
  /** In the header when the database answers again. */
  readonly modeBack: string;
  readonly title: {
    readonly loan: (borrower: string | null) => string;
    readonly return: string;
  };
  /** That nothing is checked, and why the database is not used. */
  readonly unchecked: string;
  readonly uncheckedBecause: (because: string) => string;
  readonly backHint: (key: string) => string;
  readonly file: (file: string, count: number) => string;
  readonly borrower: string;
  readonly item: string;
  readonly column: Readonly<Record<'time' | 'action' | 'item' | 'borrower', string>>;
  readonly action: Readonly<Record<'loan' | 'return', string>>;
  /** In place of the hour: the database took it before the desk went offline (7 characters). */
  readonly inDatabase: string;
  readonly empty: string;
  /** Answers. */
  readonly nowOffline: string;
  /** There is nowhere to write; the file that was tried. */
  readonly cannotGo: (because: string, file: string) => string;
  /** How to write elsewhere, where the program runs without any database. */
  readonly elsewhere: string;
  readonly lent: (item: string, borrower: string) => string;
  readonly returned: (item: string) => string;
  readonly clockBack: (hour: string) => string;
  readonly borrowerIs: (borrower: string) => string;
  readonly nextBorrower: string;
  readonly nothingInField: string;
  /** A code that may be a card or an item: which is it? */
  readonly cardOrItem: (code: string) => string;
  readonly cardOrItemLine: (borrower: string) => string;
  /** Null: there is no database to go back to. */
  readonly notHere: (key: string | null) => string;
  readonly trouble: Readonly<
    Record<'full' | 'read-only' | 'gone' | 'locked' | 'no-folder' | 'unusable' | 'failed', string>
  >;
  readonly notRecorded: (code: string, because: string) => string;
  /** Somebody gave it up. */
  readonly given: string;
  /** The date of a book drop has no place in the file. */
  readonly bookDrop: (returns: string) => string;
  readonly noDatabase: string;
  /** Printed when the program ends: what waits, and how it is uploaded. */
  readonly leftBehind: (count: number, file: string) => string;
  /** Neither the database nor a file takes it: what to do. */
  readonly onPaper: string;
  /** The database is away while the program starts. */
  readonly start: {
    readonly title: (because: string) => string;
    readonly lines: string;
    readonly opened: string;
  };
  /** Asked when the database answers again. */
  readonly back: {
    readonly title: string;
    readonly lines: (count: number, file: string) => string;
    readonly noRight: string;
    readonly nothing: string;
    readonly returned: string;
    readonly returnedWaiting: (count: number, key: string) => string;
    readonly still: (because: string) => string;
  };
  /** In the header, until it has been uploaded. */
  readonly toUpload: (count: number) => string;
  /** Files that wait for their upload, said when one sits down. */
  readonly waiting: (count: number, key: string) => string;
  readonly csv: {
    readonly heads: readonly [day: string, time: string, action: string, item: string, patron: string];
    readonly loan: string;
    readonly return: string;
  };
  readonly upload: {
    readonly title: string;
    readonly hint: (file: string) => string;
    readonly none: string;
    readonly column: Readonly<Record<'file' | 'count' | 'from' | 'to' | 'state', string>>;
    readonly state: Readonly<Record<'waits' | 'in-use' | 'uploaded', string>>;
    readonly choose: string;
    readonly path: string;
    readonly pathHint: string;
    readonly desk: string;
    readonly noFile: (file: string) => string;
    readonly unreadable: (file: string) => string;
    readonly empty: (file: string) => string;
    /** `lines`: how many it has, none of which is a transaction. */
    readonly notOffline: (file: string, lines: number) => string;
    readonly notHeld: (file: string, because: string) => string;
    readonly check: (lines: number) => string;
    readonly checkLines: (facts: {
      readonly loans: number;
      readonly returns: number;
      readonly bad: number;
      readonly from: string;
      readonly to: string;
      readonly desk: string;
    }) => string;
    readonly otherDesk: (desk: string) => string;
    readonly unknownDesk: (desk: string) => string;
    readonly progress: (done: number, of: number) => string;
    readonly done: (facts: {
      readonly completed: number;
      readonly failed: number;
      readonly duplicates: number;
    }) => string;
    readonly attention: (count: number) => string;
    readonly archived: (file: string) => string;
    readonly notArchived: (file: string) => string;
    readonly stopped: (done: number, of: number, because: string) => string;
    readonly resultTitle: (file: string) => string;
    readonly resultHint: (export_: string) => string;
    readonly resultColumn: Readonly<Record<'line' | 'what' | 'reason' | 'text', string>>;
    readonly allWell: string;
    readonly failure: Readonly<Record<'ITEM_NOT_FOUND' | 'PATRON_NOT_FOUND' | 'BAD_LINE' | 'LATER_ACTION', string>>;
    readonly look: Readonly<Record<'due-passed' | 'not-loanable' | 'future' | 'hold-shelf' | 'send', string>>;
  };
};
