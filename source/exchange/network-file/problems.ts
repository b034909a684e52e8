/**
 * What can be wrong in a network file (CONF-01), as data: a code, the place, what was found and what is allowed there.
 * The sentences are made in source/language. No imports, so that any room may name these types.
 */

/** The kinds of value that YAML knows. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'list' | 'map' | 'nothing';

/** How a text must be written; source/language says each in words, with an example. */
export type TextFormat =
  | 'code' // letters, digits, `-` `_` `.` `+`: 63S
  | 'location' // LIBRARY/LOCATION: sci/63S
  | 'day' // 2026-07-01
  | 'month-day' // 10-30
  | 'period' // 21 days, 3 weeks, 2 hours, 2h
  | 'days' // 4 days, 1 week
  | 'months' // 3 months, 1 year
  | 'minutes' // 2 minutes
  | 'seconds' // 5 seconds
  | 'hours' // 08:00-12:00, 14:00-18:00; or: closed
  | 'weekdays' // mon, mon-fri, mon,wed
  | 'email'
  | 'queue' // the name of a print queue, as `lpstat -a` lists it
  | 'web-address' // a page of the web: https://bibliotheque.example.org
  | 'directory-address' // ldaps://ldap.example.org
  | 'entry-name' // ou=people,dc=example,dc=org
  | 'entry-template' // uid={name},ou=people,dc=example,dc=org
  | 'filter-template' // (uid={name})
  | 'record-template' // ut3.{uid}
  | 'pattern' // a regular expression for whole barcodes: \d{11}
  | 'whole-number'
  | 'time-zone'; // an IANA name: Europe/Paris

/** What a code can be the code of. */
export type CodeKind =
  | 'campus'
  | 'site'
  | 'group'
  | 'material'
  | 'policy'
  | 'library'
  | 'location'
  | 'desk'
  | 'department'
  | 'cycle'
  | 'block'
  | 'block-type'
  | 'profile'
  | 'category'
  | 'statistic-type'
  | 'statistic'
  | 'outage-step'
  | 'institution';

/** Every problem and its facts. `found` is what the file says, `allowed` what it may say there. */
export type ProblemFacts = {
  /** Bytes. */
  'file-too-large': { readonly found: number; readonly allowed: number };
  /** Not YAML at all: `found` is the reader's code (BAD_INDENT, MISSING_CHAR …), `detail` its own words. */
  'not-yaml': { readonly found: string; readonly detail: string };
  'duplicate-key': { readonly found: string };
  /** More levels, values or uses of anchors than any network needs: a slip, or an attack. */
  'too-deep': { readonly allowed: number };
  'too-many-values': { readonly allowed: number };
  'bad-alias': { readonly found: string };

  'missing-key': { readonly allowed: readonly ValueKind[] };
  'unknown-key': { readonly found: string; readonly allowed: readonly string[] };
  'wrong-type': { readonly found: ValueKind; readonly allowed: readonly ValueKind[] };
  /** A number or a truth value where a text is meant: `007` without quotes is the number 7. */
  'needs-quotes': { readonly found: string };
  'not-one-of': { readonly found: string; readonly allowed: readonly string[] };
  'bad-format': { readonly found: string; readonly allowed: TextFormat };
  'out-of-range': {
    readonly found: string;
    readonly least: number | null;
    readonly most: number | null;
  };
  empty: Record<never, never>;
  'too-long': { readonly found: number; readonly allowed: number };

  'unknown-code': {
    readonly kind: CodeKind;
    readonly found: string;
    readonly allowed: readonly string[];
  };
  /** `first`: the path of the entry that has the code already. */
  'duplicate-code': { readonly kind: CodeKind; readonly found: string; readonly first: string };
  /** `any`, `own` and `default` mean something else where library codes stand. */
  'reserved-code': { readonly found: string };

  /** Two keys of the same breadth name the same weekday. */
  'weekday-twice': { readonly found: string; readonly other: string };
  'hours-overlap': { readonly found: string; readonly other: string };
  'range-backwards': { readonly found: string };
  'to-before-from': { readonly found: string; readonly from: string };
  /** No open day within two years of `from`; null: not on any day of the week, in any season (CAL-03). */
  'no-open-day': { readonly library: string; readonly from: string | null };

  'row-says-nothing': { readonly allowed: readonly string[] };
  /** A row with `mayBorrow` is passed over for every other answer (BLK-11): `found` would never be read. */
  'beside-may-borrow': { readonly found: string };
  'period-and-due-date': Record<never, never>;
  'max-without-period': Record<never, never>;
  'max-shorter': { readonly found: string; readonly period: string };
  'max-other-unit': { readonly found: string; readonly period: string };
  /** LOAN-04: the last day of a fixed-due-date row must be before the due date. */
  'to-not-before-due': { readonly found: string; readonly dueOn: string };
  /** BLK-02: nobody can override these, whatever a row says. */
  'never-overridden': { readonly found: string; readonly allowed: readonly string[] };
  'not-ascending': { readonly found: readonly number[] };
  /** KIO-02: passwords would travel to this address in clear. */
  'in-clear': { readonly found: string };
  /** One of these keys is needed, and no more. */
  'one-of': { readonly allowed: readonly string[] };
  /** OUT-01: these steps lead back to the first of them, so that the procedure might never end. */
  'goes-in-circles': { readonly found: readonly string[] };
};

export type ProblemCode = keyof ProblemFacts;

/** One problem of a file: `path` as `loanRules[3].period`, `line` from 1 where the place is known. */
export type NetworkError = {
  [Code in ProblemCode]: {
    readonly problem: Code;
    readonly path: string;
    readonly line?: number;
  } & ProblemFacts[Code];
}[ProblemCode];

/** What a rule table leaves open or never reads (CONF-02); the network works, but perhaps not as meant. */
export type WarningFacts = {
  /** Rows above answer wherever this one would; `hiddenBy`: their paths. */
  'unreachable-row': { readonly hiddenBy: readonly string[] };
  /** What the row asks for contradicts itself (a location of another library): it never matches. */
  'matches-nothing': Record<never, never>;
  /** No row answers for these: `NOT_LOANABLE` (BLK-11). What is absent: all of them. */
  'no-answer': {
    /** Libraries with all their locations. */
    readonly libraries: readonly string[];
    /** Single locations of other libraries, `LIBRARY/LOCATION`. */
    readonly locations: readonly string[];
    readonly groups?: readonly string[];
    readonly materials?: readonly string[];
    /** null: items without a policy. */
    readonly policies?: readonly (string | null)[];
    /** Inclusive; null: without end. */
    readonly days?: readonly { readonly from: string | null; readonly to: string | null }[];
  };
  /** No pickup row answers for these items of the library: they can be fetched nowhere (REQ-06). What is absent: all of them. */
  'no-pickup': {
    readonly materials?: readonly string[];
    /** null: items without a policy. */
    readonly policies?: readonly (string | null)[];
    readonly locations?: readonly string[];
  };
  /** Two seasons of a library share days: the first one written counts. */
  'seasons-overlap': { readonly other: string };
  /** The table is too intricate to be checked in reasonable time. */
  'not-checked': Record<never, never>;
};

export type WarningCode = keyof WarningFacts;

/** One remark about a file that loads all the same. */
export type NetworkWarning = {
  [Code in WarningCode]: {
    readonly warning: Code;
    readonly path: string;
    readonly line?: number;
  } & WarningFacts[Code];
}[WarningCode];
