/** Kinds of value, formats and codes as network files know them; the compiler holds them against `exchange/network-file`. */
type ValueKind = 'text' | 'number' | 'boolean' | 'list' | 'map' | 'nothing';
type TextFormat =
  | 'code'
  | 'location'
  | 'day'
  | 'month-day'
  | 'period'
  | 'days'
  | 'months'
  | 'minutes'
  | 'seconds'
  | 'hours'
  | 'weekdays'
  | 'web-address'
  | 'directory-address'
  | 'entry-name'
  | 'entry-template'
  | 'filter-template'
  | 'record-template'
  | 'pattern'
  | 'email'
  | 'queue'
  | 'whole-number'
  | 'time-zone';
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

type Found = { readonly found: string };
type OneOf = Found & { readonly allowed: readonly string[] };
type Coded = Found & { readonly kind: CodeKind };
type Stretch = { readonly from: string | null; readonly to: string | null };

/** What a rule table leaves open; what is absent: all of them. */
export type GapFacts = {
  readonly libraries: readonly string[];
  readonly locations: readonly string[];
  readonly groups?: readonly string[];
  readonly materials?: readonly string[];
  readonly policies?: readonly (string | null)[];
  readonly days?: readonly Stretch[];
};

/** One sentence per problem of a network file: what stands there, and what may (CONF-01). Texts arrive printable. */
export type NetworkProblems = {
  readonly 'file-too-large': (facts: { readonly found: number; readonly allowed: number }) => string;
  readonly 'not-yaml': (facts: Found & { readonly detail: string }) => string;
  readonly 'duplicate-key': (facts: Found) => string;
  readonly 'too-deep': (facts: { readonly allowed: number }) => string;
  readonly 'too-many-values': (facts: { readonly allowed: number }) => string;
  readonly 'bad-alias': (facts: Found) => string;
  readonly 'missing-key': (facts: { readonly allowed: readonly ValueKind[] }) => string;
  readonly 'unknown-key': (facts: OneOf) => string;
  readonly 'wrong-type': (facts: { readonly found: ValueKind; readonly allowed: readonly ValueKind[] }) => string;
  readonly 'needs-quotes': (facts: Found) => string;
  readonly 'not-one-of': (facts: OneOf) => string;
  readonly 'bad-format': (facts: Found & { readonly allowed: TextFormat }) => string;
  readonly 'out-of-range': (facts: Found & { readonly least: number | null; readonly most: number | null }) => string;
  readonly empty: () => string;
  readonly 'too-long': (facts: { readonly found: number; readonly allowed: number }) => string;
  readonly 'unknown-code': (facts: Coded & { readonly allowed: readonly string[] }) => string;
  readonly 'duplicate-code': (facts: Coded & { readonly first: string }) => string;
  readonly 'reserved-code': (facts: Found) => string;
  readonly 'weekday-twice': (facts: Found & { readonly other: string }) => string;
  readonly 'hours-overlap': (facts: Found & { readonly other: string }) => string;
  readonly 'range-backwards': (facts: Found) => string;
  readonly 'to-before-from': (facts: Found & { readonly from: string }) => string;
  readonly 'no-open-day': (facts: { readonly library: string; readonly from: string | null }) => string;
  readonly 'row-says-nothing': (facts: { readonly allowed: readonly string[] }) => string;
  readonly 'beside-may-borrow': (facts: Found) => string;
  readonly 'period-and-due-date': () => string;
  readonly 'max-without-period': () => string;
  readonly 'max-shorter': (facts: Found & { readonly period: string }) => string;
  readonly 'max-other-unit': (facts: Found & { readonly period: string }) => string;
  readonly 'to-not-before-due': (facts: Found & { readonly dueOn: string }) => string;
  readonly 'never-overridden': (facts: OneOf) => string;
  readonly 'not-ascending': (facts: { readonly found: readonly number[] }) => string;
  readonly 'in-clear': (facts: Found) => string;
  readonly 'one-of': (facts: { readonly allowed: readonly string[] }) => string;
  readonly 'goes-in-circles': (facts: { readonly found: readonly string[] }) => string;
};

/** One sentence per remark about a network file that loads all the same (CONF-02). */
export type NetworkWarnings = {
  readonly 'unreachable-row': (facts: { readonly hiddenBy: readonly string[] }) => string;
  readonly 'matches-nothing': () => string;
  readonly 'no-answer': (facts: GapFacts) => string;
  readonly 'no-pickup': (facts: Pick<Partial<GapFacts>, 'materials' | 'policies' | 'locations'>) => string;
  readonly 'seasons-overlap': (facts: { readonly other: string }) => string;
  readonly 'not-checked': () => string;
};

/** Errors, warnings and differences of network files. */
export type NetworkWords = {
  readonly problem: NetworkProblems;
  readonly warning: NetworkWarnings;
  readonly line: (line: number) => string;
  /** Where a problem is of the file as a whole. */
  readonly wholeFile: string;
  readonly added: string;
  readonly removed: string;
  readonly codeInUse: Readonly<
    Record<
      'library' | 'location' | 'group' | 'policy' | 'material' | 'category' | 'statistic',
      (code: string) => string
    >
  >;
};
