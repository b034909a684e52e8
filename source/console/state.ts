import type { Network } from '../circulation/network.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { AwayReason } from '../desk/away.ts';
import type { StaffMember } from '../desk/perform.ts';
import type { RequestCard } from '../desk/request-card.ts';
import type { Instruction } from '../desk/route.ts';
import type { PatronSession } from '../desk/patron-session.ts';
import type { PlaceChoice } from '../desk/sign-in.ts';
import type { ItemLine, ItemRow, LoanOrder, LoanView, PatronLine, PatronPane } from '../desk/views.ts';
import type { Language } from '../language/index.ts';
import type { OpenBrowse } from './browse.ts';
import type { ColumnChoices } from './columns.ts';
import type { OpenForm } from './form.ts';
import type { Binding, CommandName } from './keymap.ts';
import type { ShownLesson } from './guide/shown.ts';

/** How an answer is meant: by words first, by colour and bell besides. */
export type Tone = 'done' | 'information' | 'warning' | 'refusal';
export type Answer = { readonly tone: Tone; readonly text: string };

/** A field in which one types. */
export type Field = { readonly label: string; readonly value: string; readonly masked: boolean };

/** A question with named answers; neither Enter nor a scan answers it (TUI-02). */
export type Prompt = {
  readonly title: string;
  /** What the answer line says meanwhile; else the title. */
  readonly answer?: string;
  readonly lines: readonly string[];
  readonly choices: readonly CommandName[];
  /** Further lines behind *Why?*. */
  readonly why: readonly string[];
};

/** A row of the loans of this session: a loan, or a scan that did not become one. */
export type SessionRow =
  | {
      readonly kind: 'loan';
      readonly loan: number;
      readonly title: string;
      readonly barcode: string;
      readonly library: string;
      readonly due: Instant;
      readonly lateFrom: Instant;
      readonly status: LoanView['status'];
      readonly item: ItemLine;
    }
  | {
      readonly kind: 'not-lent';
      readonly title: string;
      readonly barcode: string;
      readonly why: string;
      readonly item: ItemLine | null;
    };

/** What a slip says of an item that goes somewhere: what the answer said, word for word. */
export type Slip = Pick<
  Instruction,
  'next' | 'destination' | 'department' | 'requester' | 'requesterCard' | 'heldUntil' | 'workOrder'
>;

/** A row of the returns of this session (RET-05, RET-08). */
export type ReturnRow = {
  readonly title: string;
  readonly barcode: string;
  readonly patron: string;
  readonly due: Instant | null;
  readonly returnedAt: Instant | null;
  readonly next: string;
  readonly ok: boolean;
  readonly item: ItemLine | null;
  /** The loan that ended, for the return receipt. */
  readonly loan: number | null;
  /** The slip that goes with the item (SCAN-03). */
  readonly slip: Slip | null;
};

export type Tab = 'loans' | 'returns' | 'requests';

/** An open record and what is shown of it. */
export type OpenRecord = {
  readonly pane: PatronPane;
  readonly session: PatronSession;
  readonly tab: Tab;
  /** The session's rows, or all (loans), or earlier ones (returns). */
  readonly all: boolean;
  readonly order: LoanOrder;
  readonly lent: readonly SessionRow[];
  readonly returned: readonly ReturnRow[];
  /** A window of the database's rows, when one is shown. */
  readonly loans: readonly LoanView[];
  readonly requests: readonly RequestCard[];
  readonly total: number;
  readonly offset: number;
  readonly selected: number;
  /** Barcodes of the marked lines (TAB-04). */
  readonly marked: readonly string[];
};

/** Patrons that match what is typed, or the recent ones. */
export type Matches = {
  readonly recent: boolean;
  readonly text: string;
  readonly total: number;
  readonly offset: number;
  readonly lines: readonly PatronLine[];
  /** Position in the whole list; -1: none is chosen yet. */
  readonly selected: number;
};

export type Screen =
  | 'sign-in'
  | 'first-administrator'
  | 'choose-desk'
  | 'identify'
  | 'patron'
  | 'returns'
  | 'scan-in'
  | 'browse'
  | 'rules'
  | 'offline';
/** A day being chosen for the due date of some loans (REN-09). */
export type DueChoice = {
  readonly barcodes: readonly string[];
  readonly library: string;
  readonly day: Day;
  /** A date being typed instead. */
  readonly typed: string;
};

/** *Consult the rules*, answered: three tabs of lines (CONF-03). */
export type RulesAnswered = {
  readonly subject: string;
  readonly loan: readonly string[];
  readonly request: readonly string[];
  readonly late: readonly string[];
};

export type Overlay =
  | { readonly kind: 'help' | 'details'; readonly offset: number }
  | { readonly kind: 'lines'; readonly title: string; readonly lines: readonly string[]; readonly offset: number }
  | {
      readonly kind: 'rules';
      readonly answer: RulesAnswered;
      readonly tab: 'loan' | 'request' | 'late';
      readonly offset: number;
    }
  | { readonly kind: 'due'; readonly choice: DueChoice }
  | { readonly kind: 'columns'; readonly table: string; readonly names: readonly string[]; readonly selected: number }
  | { readonly kind: 'palette'; readonly selected: number };

/** Items that match what is typed where an item is expected (TAB-05). */
export type ItemMatches = {
  readonly text: string;
  readonly total: number;
  readonly offset: number;
  readonly lines: readonly ItemRow[];
  /** Position in the whole list; -1: none is chosen yet. */
  readonly selected: number;
};

/** Modes that change what a scan means: in capitals in the header (RET-04, SCAN-02). */
export type Modes = {
  /** Book drop: the instant that counts for every return until it is switched off. */
  readonly bookDrop: Instant | null;
  readonly inHouse: boolean;
  /** Slips print by themselves when an item is scanned in (SCAN-03). */
  readonly slips: boolean;
};

/** A transaction that was recorded without a database, as the screen shows it (OFF-01). */
export type OfflineRow = {
  /** Its place in the file, from 1; below zero: not in the file. */
  readonly number: number;
  /** Null: not in the file, the database took it before. */
  readonly at: Instant | null;
  readonly action: 'loan' | 'return';
  readonly item: string;
  /** Of a loan: the identifier that was read, and the name if it was known. */
  readonly patron: string | null;
  readonly name: string | null;
};

/** The desk without its database (OFF-01, OFF-03): nothing is checked. */
export type OfflineDesk = {
  readonly mode: 'loan' | 'return';
  readonly borrower: { readonly code: string; readonly name: string | null } | null;
  /** What was recorded since the desk went offline, the latest first; then what the database had just taken; then what the file had. */
  readonly rows: readonly OfflineRow[];
  readonly selected: number;
  readonly file: string;
  /** Transactions in the file, earlier ones included. */
  readonly count: number;
  /** Why the database is not used; null: somebody wanted it so. */
  readonly because: AwayReason | null;
  /** The database answers again. */
  readonly back: boolean;
  /** There is no database to come back to (`guichet offline`). */
  readonly alone: boolean;
};

/** What the console shows: one value, outside React. */
export type State = {
  readonly language: Language;
  /** The keys as this person has them. */
  readonly keymap: readonly Binding[];
  readonly columns: number;
  readonly rows: number;
  readonly screen: Screen;
  readonly network: Network | null;
  readonly timeZone: string;
  readonly now: Instant;
  readonly staff: StaffMember | null;
  readonly place: PlaceChoice | null;
  readonly training: {
    readonly accounts: readonly { readonly name: string; readonly password: string; readonly role: string }[];
  } | null;
  /** The lesson that is being followed. */
  readonly lesson: ShownLesson | null;
  /** The last keys pressed, for an audience; null: they are not shown. */
  readonly shownKeys: readonly string[] | null;
  /** What a lesson types comes letter by letter. */
  readonly slowMotion: boolean;
  readonly opening: boolean;
  readonly field: Field;
  /** Where keys go in a screen that has both: the field, or the menu. */
  readonly focus: 'field' | 'menu';
  /** Values given in earlier fields of the same form (name before password). */
  readonly given: readonly string[];
  readonly answer: Answer | null;
  readonly places: readonly PlaceChoice[];
  readonly matches: Matches | null;
  readonly record: OpenRecord | null;
  /** The card that was read last, if nobody has it: whoever is registered next may. */
  readonly unknownCard: string | null;
  /** Items that were scanned with no record open, since the last one was. */
  readonly orphans: readonly string[];
  readonly returns: readonly ReturnRow[];
  readonly returnsSelected: number;
  readonly prompt: Prompt | null;
  readonly promptHint: boolean;
  readonly promptWhy: boolean;
  readonly promptOffset: number;
  readonly overlay: Overlay | null;
  readonly form: OpenForm | null;
  /** Lists over what is shown, the top one last; `under` is what they were opened over. */
  readonly browse: readonly OpenBrowse[];
  readonly under: { readonly screen: Screen; readonly field: Field } | null;
  readonly itemMatches: ItemMatches | null;
  /** The barcode that nobody knew, scanned last in the open record: a second scan offers a quick add (TAB-06, TUI-11). */
  readonly unknownItem: string | null;
  readonly modes: Modes;
  /** Items scanned in at this place, the latest first. */
  readonly scannedIn: readonly ReturnRow[];
  readonly scannedInSelected: number;
  readonly columnChoices: ColumnChoices;
  /** The bell of this desk is switched off (TUI-11). */
  readonly silent: boolean;
  /** Slips do not print: said in the header until one does (REL-04). */
  readonly printerTrouble: boolean;
  readonly paletteText: string;
  readonly scansRead: number;
  readonly scansAnswered: number;
  readonly waiting: readonly string[];
  readonly away: boolean;
  /** Transactions in files of this station that wait for their upload. */
  readonly toUpload: number;
  /** The desk works without its database. */
  readonly offline: OfflineDesk | null;
  readonly working: boolean;
  /** Seconds until the record is cleared, in the last minute (TAB-08). */
  readonly clearsIn: number | null;
  /** Nothing is shown for a moment: the screen is being drawn anew. */
  readonly blank: boolean;
};
