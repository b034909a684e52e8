import type { Institution } from './institutions.ts';
import type { KioskSettings } from './kiosk.ts';
import type { OutageSettings } from './outage.ts';
import type { PreRegistrationSettings } from './pre-registration.ts';
import type { Day, Minutes } from './time.ts';

/** A text that is shown in the reader's language. */
export type Words = { readonly fr: string; readonly en: string };

/** A loan period: calendar days (CAL-02) or hours (CAL-06). */
export type Period = { readonly unit: 'days' | 'hours'; readonly count: number };

/** Opening hours of one day: ranges in minutes after local midnight, in order. Closed: none. */
export type OpenRange = { readonly opens: Minutes; readonly closes: Minutes };
/** Monday first, seven entries. */
export type Week = readonly (readonly OpenRange[])[];

export type Season = { readonly from: Day; readonly to: Day; readonly hours: Week };
export type Closure = { readonly from: Day; readonly to: Day; readonly name?: string };

/** Ways to print; a desk may have several (TUI-08). */
export const PRINTER_KINDS = ['terminal', 'queue', 'file', 'email'] as const;
export type PrinterKind = (typeof PRINTER_KINDS)[number];

/** Where a desk prints. Of several ways the first of PRINTER_KINDS is taken, unless `use` names another. */
export type DeskPrinter = {
  /** The printer attached to the terminal (media copy). */
  readonly terminal?: boolean;
  /** A print queue of the system, as `lp -d` knows it. */
  readonly queue?: string;
  /** A file to which everything is appended, a form feed after each job. */
  readonly file?: string;
  readonly email?: string;
  readonly use?: PrinterKind;
  /** Width of the paper in characters; absent: 80. */
  readonly columns?: 42 | 80;
};

export type DeskPlace = {
  readonly code: string;
  readonly name: string;
  readonly printer?: DeskPrinter;
};
export type Department = { readonly code: string; readonly name: string };
export type Location = {
  readonly code: string;
  readonly name: string;
  /** Whether items standing in place may be requested (REQ-05). */
  readonly onShelfRequests: boolean;
  /** The location of quick-add items (TAB-06). */
  readonly quickAdd: boolean;
};

export type PickupRow = {
  readonly material?: readonly string[];
  readonly location?: readonly string[];
  readonly policy?: readonly string[];
  readonly at: 'any' | 'own' | readonly string[];
  readonly except?: readonly string[];
  readonly notOnSite?: boolean;
};

/** How the last character of a barcode proves the others. */
export const CHECK_DIGITS = ['luhn', 'codabar14', 'mod43'] as const;

/** How a library's scanners send barcodes (TUI-03). */
export type ScannerSettings = {
  /** Texts that the scanner puts before every barcode; the longest that fits is taken off. */
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** Code 39's `*…*`; Codabar's letters A to D around digits, as `A…B`. Taken off only when both ends have one. */
  readonly startStop: readonly ('code39' | 'codabar')[];
  /** Digits that a French keyboard layout garbled are put right. */
  readonly frenchDigits: boolean;
  /** `keep`: the check digit is part of the barcode as it is stored; otherwise it is taken off when it is right. */
  readonly checkDigit?: { readonly scheme: (typeof CHECK_DIGITS)[number]; readonly keep: boolean };
};

/** What stands at the end of a library's letters. */
export type LibraryContact = {
  /** The lines of its postal address. */
  readonly address?: readonly string[];
  readonly phone?: string;
  readonly web?: string;
};

/** Letters that are not mailed (LET-06). */
export type LibraryLetters = {
  /** Letters for who has no usable address fail, where that is seen, or are printed; absent: `fail`. */
  readonly withoutAddress?: 'fail' | 'paper';
  /** The address of the printer that prints bills and such letters; absent: that of its first desk with one. */
  readonly printer?: string;
};

export type Library = {
  readonly code: string;
  readonly name: string;
  readonly campus: string;
  readonly site: string;
  readonly hours: Week;
  readonly seasons: readonly Season[];
  readonly closures: readonly Closure[];
  readonly desks: readonly DeskPlace[];
  readonly departments: readonly Department[];
  readonly locations: readonly Location[];
  /** Where its readers find it; letters end with it (LET-03). */
  readonly contact?: LibraryContact;
  readonly letters?: LibraryLetters;
  readonly notices: { readonly cycle: number; readonly sender?: string; readonly replyTo?: string };
  readonly autoRenew: boolean;
  readonly receipts: { readonly loan: 'automatic' | 'on-demand'; readonly return: 'automatic' | 'on-demand' };
  readonly parallelLoans: 'allowed' | 'forbidden';
  readonly limitedOperatorsOverride: boolean;
  readonly holdShelf: { readonly openDays: number; readonly reminderAfterDays: number };
  /** Recalled loans fall due so many calendar days after the recall, at the latest (REQ-08); absent: they keep their date. */
  readonly recall?: { readonly dueWithinDays: number };
  /** Calendar days after which an item is too long on its way to or from here (TRA-02); absent: the network's number. */
  readonly transitAlertDays?: number;
  readonly pickup: readonly PickupRow[];
  /** Delivery days from this library to the others, `default` among them. */
  readonly deliveryDays: Readonly<Record<string, number>>;
  /** Merged over the network's (PEN-08). */
  readonly penalties?: Partial<Penalties>;
  readonly blockTypes?: readonly BlockTypeRow[];
  /** Scans that arrive while a prompt is open wait, or are refused with a bell (TUI-02). */
  readonly scansAtPrompt: 'wait' | 'refuse';
  /** Absent in networks that were loaded by an earlier version: the usual settings. */
  readonly scanner?: ScannerSettings;
  /** Staff look whether the note *record verified* is there when they open a record from the card system (USR-09). */
  readonly checksRecords?: boolean;
  /** Regular expressions for whole barcodes; none: anything may be one (TUI-11). */
  readonly barcodes?: { readonly patron: readonly string[]; readonly item: readonly string[] };
};

/** What a row of a rule table matches on; a dimension that is absent matches anything (CONF-02). */
export type Selector = {
  readonly library?: readonly string[];
  /** `LIBRARY/LOCATION`. */
  readonly location?: readonly string[];
  readonly group?: readonly string[];
  readonly material?: readonly string[];
  readonly policy?: readonly string[];
};

export type LoanRule = Selector & {
  readonly mayBorrow?: boolean;
  readonly loanable?: boolean;
  readonly renewable?: boolean;
  readonly requestable?: boolean;
  readonly period?: Period;
  /** The maximum period (REN-*); absent: the period itself (REN-07). */
  readonly max?: Period;
  /** A fixed due date (LOAN-04), active from `from` to `to`, both inclusive. */
  readonly dueOn?: Day;
  readonly from?: Day;
  readonly to?: Day;
};

export type LimitRow = Selector & { readonly max: number; readonly name?: string };

export type Penalties = {
  readonly graceDays: number;
  readonly shortLoan: { readonly upToDays: number; readonly graceDays: number };
  readonly daysPerDayLate: number;
  readonly maxDays?: number;
};

export const BLOCK_TYPES = ['LATE_RETURN', 'MANUAL', 'QUITUS'] as const;
export type BlockType = (typeof BLOCK_TYPES)[number];
export type Stops = 'loan' | 'request' | 'renewal';
export type BlockTypeRow = { readonly code: BlockType; readonly stops: readonly Stops[] };

export const OVERRIDE_LEVELS = ['nobody', 'manager', 'operator', 'anyone', 'automatic'] as const;
export type OverrideLevel = (typeof OVERRIDE_LEVELS)[number];
/** `code` is a BlockCode or a RenewalRefusal; `library` the desk's (BLK-02). */
export type OverrideRow = {
  readonly code: string;
  readonly library?: readonly string[];
  readonly by: OverrideLevel;
};

export type NoticeCycle = {
  readonly code: number;
  readonly courtesy: number;
  readonly overdue: readonly number[];
  readonly bill: number;
};

/** How a profile sets a date of a new record: a while after it begins, on a day of the academic year, or by hand. */
export type ProfileDate =
  | { readonly after: number }
  /** `MM-DD`. */
  | { readonly on: string; readonly of: 'next-academic-year' | 'year-after-expiry' }
  | 'by-hand';

/** What the desk fills in and checks for a kind of reader (USR-06). */
export type RegistrationProfile = {
  readonly code: string;
  readonly name: Words;
  readonly kind: 'internal' | 'external';
  /** The first one is proposed. */
  readonly groups: readonly string[];
  readonly campus?: string;
  readonly category?: string;
  readonly identifier: {
    readonly type: 'CARD' | 'UNR';
    /** One of them begins the identifier; none: anything may. */
    readonly prefixes: readonly string[];
    /** It becomes the primary identifier; else the program makes one. */
    readonly primary: boolean;
  };
  readonly statistics: readonly string[];
  /** Absent: one year (USR-03). `after` counts months. */
  readonly expiry?: ProfileDate;
  /** Absent: three months after the expiry (USR-03). */
  readonly purge?: ProfileDate;
};

/** A kind of statistical category, such as *institution*. */
export type StatisticType = { readonly code: string; readonly name: Words };
/** A statistical category (USR-01). `campus`: proposed for who registers there, as its institution (USR-12). */
export type Statistic = {
  readonly code: string;
  readonly type: string;
  readonly name: Words;
  readonly campus?: string;
};

/** A whole network, validated: every code it names exists. Made by `exchange/network-file`, read by everybody. */
export type Network = {
  readonly code: string;
  readonly name: string;
  /** IANA name; every local day and hour of the network is in it. */
  readonly timeZone: string;
  readonly requestLimit: number;
  readonly anonymiseAfterMonths: number;
  readonly keepLettersDays: number;
  /** Calendar days after which an item is too long in transit (TRA-02). Absent in networks of an earlier version. */
  readonly transitAlertDays?: number;
  readonly routing: 'campus' | 'site';
  /** Stands for a missing e-mail address, and is never written to (USR-03). */
  readonly placeholderEmail?: string;
  /** Sends letters that nobody can answer, such as those over items of several libraries (LET-03). */
  readonly noReply?: string;
  /** How the note *record verified* begins; absent: `Dossier vérifié` (USR-09). */
  readonly verifiedNote?: string;
  /** Who issues clearances (manual XII.1); absent: the network. */
  readonly clearance?: { readonly authority: string; readonly place?: string };
  /** Absent: nobody pre-registers (USR-13). */
  readonly preRegistration?: PreRegistrationSettings;
  /** The patrons' own terminals; absent: as shipped (KIO-06, KIO-07). */
  readonly kiosk?: KioskSettings;
  /** Their members sign in with what the institution gave them (KIO-02); absent: only internal readers sign in. */
  readonly institutions?: readonly Institution[];
  /** To whom reports of nightly and monthly jobs are sent, and in which language (JOB-04). */
  readonly jobs?: { readonly reportTo: readonly string[]; readonly language: 'fr' | 'en' };
  /** What to do when the system is down (OUT-01); absent: as shipped. */
  readonly outage?: OutageSettings;
  readonly campuses: readonly { readonly code: string; readonly name: string }[];
  readonly sites: readonly { readonly code: string; readonly name: string }[];
  readonly groups: readonly { readonly code: string; readonly name: Words }[];
  readonly materials: readonly { readonly code: string; readonly name: Words }[];
  readonly itemPolicies: readonly { readonly code: string; readonly name: Words }[];
  readonly libraries: readonly Library[];
  readonly loanRules: readonly LoanRule[];
  readonly limits: readonly LimitRow[];
  readonly penalties: Penalties;
  readonly blockTypes: readonly BlockTypeRow[];
  readonly overrides: readonly OverrideRow[];
  readonly cycles: readonly NoticeCycle[];
  readonly registrationProfiles: readonly RegistrationProfile[];
  /** Job categories of patrons (USR-01); absent in networks that were loaded by an earlier version. */
  readonly categories?: readonly { readonly code: string; readonly name: Words }[];
  readonly statisticTypes?: readonly StatisticType[];
  readonly statistics?: readonly Statistic[];
};

/** The library of that code. Throws if there is none: codes of stored records are checked when a network is loaded. */
export function libraryOf(network: Network, code: string): Library {
  const library = network.libraries.find((one) => one.code === code);
  if (!library) throw new Error(`no library ${code} in network ${network.code}`);
  return library;
}

/** The address of the printer that a library's letters on paper go to (LET-06); null: it has none, and prints them at a desk. */
export function printerAddress({ letters, desks }: Library): string | null {
  return letters?.printer ?? desks.find(({ printer }) => printer?.email !== undefined)?.printer?.email ?? null;
}
