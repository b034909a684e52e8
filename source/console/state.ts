import type { Network } from '../circulation/network.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { StaffMember } from '../desk/perform.ts';
import type { PatronSession } from '../desk/patron-session.ts';
import type { PlaceChoice } from '../desk/sign-in.ts';
import type { LoanOrder, LoanView, PatronLine, PatronPane, RequestLine } from '../desk/views.ts';
import type { Language } from '../language/index.ts';
import type { Binding, CommandName } from './keymap.ts';

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
    }
  | { readonly kind: 'not-lent'; readonly title: string; readonly barcode: string; readonly why: string };

/** A row of the returns of this session (RET-05, RET-08). */
export type ReturnRow = {
  readonly title: string;
  readonly barcode: string;
  readonly patron: string;
  readonly due: Instant | null;
  readonly returnedAt: Instant | null;
  readonly next: string;
  readonly ok: boolean;
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
  readonly requests: readonly RequestLine[];
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

export type Screen = 'sign-in' | 'first-administrator' | 'choose-desk' | 'identify' | 'patron' | 'returns' | 'rules';
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
  | { readonly kind: 'palette'; readonly selected: number };

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
  /** Items that were scanned with no record open, since the last one was. */
  readonly orphans: readonly string[];
  readonly returns: readonly ReturnRow[];
  readonly returnsSelected: number;
  readonly prompt: Prompt | null;
  readonly promptHint: boolean;
  readonly promptWhy: boolean;
  readonly promptOffset: number;
  readonly overlay: Overlay | null;
  readonly paletteText: string;
  readonly scansRead: number;
  readonly scansAnswered: number;
  readonly waiting: readonly string[];
  readonly away: boolean;
  readonly working: boolean;
  /** Seconds until the record is cleared, in the last minute (TAB-08). */
  readonly clearsIn: number | null;
  readonly fresh: number;
};
