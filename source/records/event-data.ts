import type { EventKind } from '../circulation/event-kinds.ts';
import type { ProcessType } from '../circulation/loan.ts';
import type { BlockType } from '../circulation/network.ts';
import type { NextStep } from '../circulation/routing.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { PatronBlock } from './blocks.ts';
import type { LoanStatus } from './loans.ts';
import type { NoteContent } from './patron-notes.ts';
import type { NewPatron } from './patrons.ts';
import type { StaffRole } from './staff.ts';

/** Plain data whose fields depend on what was changed. */
type Fields = Readonly<Record<string, unknown>>;
type Change<Content> = { readonly before: Content; readonly after: Content };

/** The item as it was called then: its record may be changed, and its title deleted. */
type OfItem = { readonly barcode: string; readonly title: string; readonly library: string };

/** `patron`: they did it themselves at a kiosk; absent: staff, or what runs by itself. */
type ByPatron = { readonly by?: 'patron' };

/** Where an item in hand went. `was`: its process before. */
type Route = {
  readonly was: ProcessType | null;
  readonly next: NextStep['next'];
  readonly destination: string | null;
  readonly department: string | null;
  readonly heldUntil: Day | null;
  /** The request for which it is held or travels. */
  readonly filling: number | null;
  /** Its journey ended here. */
  readonly arrived: boolean;
  /** Number of the transit that it was on until now. */
  readonly journey: number | null;
};
type Routed = OfItem & Route;

type Scanned = Routed & {
  readonly from: { readonly process: string | null; readonly at: string; readonly transit: Fields | null };
  readonly received: boolean;
  readonly treated: boolean;
  /** The request whose hold this scan ended. */
  readonly holdEnded: number | null;
};

type OfRequest = { readonly request: number; readonly title: string; readonly pickup: string };
type OfBlock = { readonly block: number; readonly type: BlockType };
type BlockContent = Pick<PatronBlock, 'until' | 'note' | 'active'>;
type OfTitle = { readonly title: string; readonly titleId: number };
type OfHolding = OfTitle & { readonly holdingId: number };

/**
 * What each kind of event keeps (REL-09): enough to say what was before and what after, beside who, when, where, the patron,
 * the item and the loan. Instants are UTC milliseconds. Whom it was about goes when they are anonymised (JOB-06).
 */
export type EventData = {
  'item-lent': OfItem & {
    readonly due: Instant;
    /** For statistics, which must not need the patron. */
    readonly group: string | null;
    readonly campus: string | null;
    /** `transit`: the library it was going to; `hold`: the request it was held for. */
    readonly before: {
      readonly process: string | null;
      readonly at: string;
      readonly transit: string | null;
      readonly hold: number | null;
    };
    /** The borrower's own request that the loan filled. */
    readonly filled: number | null;
    readonly status: LoanStatus;
  };
  'item-returned': OfItem & {
    readonly due: Instant;
    /** The time that counts: earlier than the event's from a book drop (RET-04). */
    readonly returnedAt: Instant;
    readonly daysLate: number;
    readonly blockedUntil: Day | null;
  } & (Route | Partial<Readonly<Record<keyof Route, undefined>>>);
  'return-without-loan': Routed;
  /** `because`: `automatic` (REN-10). */
  'loan-renewed': OfItem & {
    readonly due: Instant;
    readonly before: Instant;
    readonly group: string | null;
    readonly because?: 'automatic';
  } & ByPatron;
  'due-date-changed': OfItem & { readonly due: Instant; readonly before: Instant; readonly because?: string };
  'loan-deleted': OfItem & { readonly loan: Fields };
  'block-set': OfBlock & {
    readonly library: string | null;
    readonly until: Day | null;
    readonly note: string | null;
    /** Of the return that caused it (PEN-02). */
    readonly daysLate?: number;
  };
  'block-changed': OfBlock & Change<BlockContent>;
  'block-deleted': OfBlock & { readonly before: Omit<PatronBlock, 'id' | 'type'> };
  'record-overridden': { readonly codes: readonly string[] } | { readonly barcode: string };
  'session-ended': {
    readonly loans: readonly number[];
    readonly returned?: readonly number[];
    readonly because: string;
  };
  /** `before`: the version in force until then; what differs is kept with the version itself (CONF-01). */
  'network-loaded': { readonly before: number | null; readonly version: number; readonly digest: string };
  'staff-changed': {
    readonly name: string;
    readonly added?: true;
    readonly first?: true;
    /** It was set; nobody writes down to what. */
    readonly password?: true;
    readonly before?: readonly StaffRole[];
    readonly roles?: readonly StaffRole[];
    /** Where reports go to; null: nowhere. */
    readonly email?: { readonly before: string | null; readonly after: string | null };
  };
  /** `despite`: records that may be of the same person, which were shown before (USR-05). */
  'patron-added': {
    readonly after: NewPatron;
    readonly profile?: string;
    readonly despite?: readonly number[];
    /** They registered by themselves (USR-13), and accepted those terms. */
    readonly preRegistration?: {
      readonly library: string;
      readonly occupation: string | null;
      readonly until: Day;
      readonly terms: { readonly version: string; readonly networkVersion: number } | null;
      readonly terminal: string | null;
    };
  };
  'items-added': { readonly count: number } & ({ readonly barcodes: readonly string[] } | { readonly after: Fields });
  'signed-in': Readonly<Record<never, never>>;
  'sign-in-failed': { readonly failures: number; readonly lockedUntil: Instant | null };
  /** `LIBRARY/CODE`. */
  'place-chosen': { readonly before: string | null; readonly after: string };
  'item-scanned': Scanned;
  'in-house-use': Scanned;
  'work-order-placed': Fields;
  'work-order-received': Fields;
  'work-order-closed': Fields;
  'note-added': { readonly note: number; readonly after: NoteContent };
  'note-changed': { readonly note: number } & Change<NoteContent>;
  'note-deleted': {
    readonly note: number;
    readonly before: NoteContent & { readonly createdAt: Instant; readonly createdBy: string | null };
  };
  'note-restored': { readonly note: number; readonly after: NoteContent };
  'item-changed': OfItem & Change<Fields>;
  'item-deleted': OfItem & { readonly titleId: number; readonly holdingId: number | null; readonly before: Fields };
  'holding-added': OfHolding & { readonly after: Fields };
  'holding-changed': OfHolding & Change<Fields>;
  'holding-deleted': OfHolding & { readonly before: Fields };
  'title-added': OfTitle & { readonly after: Fields };
  'title-changed': OfTitle & Change<Fields>;
  'title-deleted': OfTitle & { readonly before: Fields };
  /** What one batch of an import has written; all batches of a run have its number. */
  'catalogue-imported': {
    readonly run: string;
    readonly file: string;
    readonly added: number;
    readonly updated: number;
    readonly items: { readonly added: number; readonly updated: number };
  };
  'receipt-printed': Fields;
  'list-exported': Fields & { readonly list: string; readonly rows: number; readonly form: string };
  'request-placed': OfRequest & {
    readonly item: string | null;
    readonly until: Day | null;
    readonly note: string | null;
    readonly task: string | null;
    readonly library: string | null;
    readonly position: number;
  } & ByPatron;
  /** `notify`: the patron is told. `was`: what it was in, with the copy (barcode) that it had. */
  'request-cancelled': OfRequest & {
    readonly closing: string;
    readonly reason: string | null;
    readonly notify: boolean;
    readonly was: { readonly state: string; readonly item: string | null; readonly library: string | null };
  } & ByPatron;
  'request-expired': OfRequest & { readonly barcode: string; readonly heldUntil: Day };
  /** It is on the hold shelf of its pickup library: the patron is told at once, and reminded (HOLD-01). */
  'request-ready': OfItem &
    OfRequest & { readonly heldUntil: Day; readonly reminderAt: Instant | null; readonly handedOn: boolean };
  /** `from`: the request that has ended; `next`: to the hold shelf where it stands, or on its way. */
  'request-handed-on': OfItem &
    OfRequest & { readonly from: number; readonly next: string; readonly destination: string };
  'request-requeued': OfItem & OfRequest;
  'request-moved': OfRequest & Change<number>;
  'request-skipped': OfRequest & Change<string | null> & { readonly skipped: readonly string[] };
  'pick-moved': OfRequest & Change<string | null>;
  'picks-marked': { readonly as: string; readonly library: string; readonly requests: readonly number[] };
  'hold-date-changed': OfRequest & Change<Day | null>;
  'shelf-cleared': Scanned & { readonly request: number };
  /** `due`: from now on; `before`: until now. */
  'loan-recalled': OfItem & { readonly request: number; readonly due: Instant; readonly before: Instant };
  'loan-recall-ended': OfItem & { readonly due: Instant };
  /** Field by field, only what has changed (USR-07); contacts, identifiers and statistics as lists of what was and is. */
  'patron-changed': Change<Fields>;
  /** Opened for update (USR-08). */
  'patron-opened': { readonly open: boolean; readonly protectGroup: boolean };
  'patron-imported': { readonly run: number | null } & Change<Fields>;
  'patron-deleted': { readonly before: Fields; readonly because: string };
  'patrons-imported': Fields & { readonly run: number; readonly file: string };
  'registration-finished': Change<Fields>;
  'password-set': { readonly by: 'staff' | 'patron' };
  'password-removed': Fields;
  'code-issued': { readonly expires: Instant };
  'code-used': Fields;
  'patron-signed-in': Fields;
  /** `terminal`: where it was tried. */
  'patron-sign-in-failed': {
    readonly failures: number;
    readonly lockedUntil: Instant | null;
    readonly terminal?: string;
  };
  'identity-message-queued': { readonly letter: number };
  'letter-queued': { readonly letter: number; readonly letterKind: string };
  'clearance-issued': {
    readonly clearance: number;
    readonly at: 'desk' | 'kiosk';
    readonly letter: number;
    readonly address: string | null;
  };
  /** A receipt or report is to be sent (TAB-07, TAB-09). */
  'receipt-asked': Fields & { readonly letter: number };
  /** The bill has turned the loan lost (CYC-03). */
  'loan-lost': OfItem & { readonly due: Instant };
  /** A lost loan of more than a year ago was closed (JOB-01). */
  'loan-closed': OfItem & { readonly due: Instant; readonly lostAt: Instant };
  'loans-anonymised': { readonly loans: number; readonly requests?: number; readonly before: Instant };
  'letter-sent': { readonly letter: number; readonly letterKind: string; readonly address: string | null };
  'letter-failed': { readonly letter: number; readonly letterKind: string; readonly error: string };
  /** Events that its lines have caused have its number too, as `upload` (OFF-05). */
  'offline-uploaded': {
    readonly upload: number;
    readonly file: string;
    readonly lines: number;
    readonly completed: number;
    readonly failed: number;
    readonly duplicates: number;
  };
  'job-run': Fields & { readonly job: string; readonly run: number };
};

/** The data of an event of a kind, or of one of several. */
export type DataOf<Kind extends EventKind> = EventData[Kind];
