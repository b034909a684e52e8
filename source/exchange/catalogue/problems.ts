import type { Encoding } from './charsets/encodings.ts';

/**
 * What can be wrong in a file of catalogue records, as data: a code, where it is, what was found. The sentences are made in
 * source/language. An error rejects its record, or only its item; a warning says what was repaired or left out.
 */
export type ProblemFacts = {
  // The file as a whole.
  readonly 'unknown-content': Record<never, never>;
  readonly 'no-records': Record<never, never>;
  readonly 'dtd-refused': Record<never, never>;
  readonly 'unknown-encoding': { readonly found: string };
  readonly 'missing-column': { readonly found: string };

  // A record that is not imported.
  readonly truncated: { readonly found: number };
  readonly 'bad-leader': { readonly found: string };
  readonly 'record-too-long': { readonly allowed: number };
  readonly 'bad-directory': { readonly found: string };
  readonly 'bad-tag': { readonly found: string };
  readonly 'not-well-formed': { readonly detail: string };
  readonly 'not-bibliographic': { readonly found: string };
  readonly 'marked-deleted': Record<never, never>;
  readonly 'other-flavour': { readonly found: 'marc21' | 'unimarc' };
  readonly 'no-title': Record<never, never>;
  readonly 'duplicate-record': { readonly first: number };
  readonly 'wrong-columns': { readonly found: number; readonly allowed: number };
  readonly 'not-delimited': { readonly detail: string };

  // An item that is not imported; its title is.
  readonly 'no-barcode': Record<never, never>;
  readonly 'no-location': Record<never, never>;
  readonly 'unknown-location': { readonly found: string };
  readonly 'unknown-material': { readonly found: string };
  readonly 'duplicate-barcode': { readonly barcode: string; readonly first: number };
  readonly 'clearance-barcode': { readonly barcode: string };
  readonly 'barcode-of-other-title': { readonly barcode: string; readonly title: string };
  readonly 'not-your-library': { readonly barcode: string; readonly library: string };
  readonly 'value-too-long': { readonly found: number; readonly allowed: number };

  // Repaired, or left out.
  /** On loan, on its way, on a hold shelf: its place is taken over by a later import. */
  readonly 'item-in-use': { readonly barcode: string; readonly process: string };
  readonly 'wrong-length': { readonly found: string; readonly actual: number };
  readonly 'no-terminator': Record<never, never>;
  readonly 'wrong-base-address': { readonly found: string };
  readonly 'directory-repaired': Record<never, never>;
  readonly 'no-indicators': Record<never, never>;
  readonly 'text-before-subfield': Record<never, never>;
  readonly 'no-subfield-code': Record<never, never>;
  readonly mislabelled: { readonly declared: Encoding; readonly used: Encoding };
  readonly 'encoded-twice': Record<never, never>;
  readonly 'unknown-character': { readonly found: string };
  readonly 'unknown-set': { readonly found: string };
  readonly 'control-character': { readonly found: string };
  readonly 'bad-isbn': { readonly found: string };
  readonly 'text-cut': { readonly allowed: number };
  readonly 'unmapped-material': { readonly found: string; readonly used: string };
  readonly 'unmapped-policy': { readonly found: string };
  readonly 'title-differs': { readonly first: number };
};
export type ProblemCode = keyof ProblemFacts;

/** Those that reject nothing. */
const WARNINGS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'item-in-use',
  'wrong-length',
  'no-terminator',
  'wrong-base-address',
  'directory-repaired',
  'no-indicators',
  'text-before-subfield',
  'no-subfield-code',
  'mislabelled',
  'encoded-twice',
  'unknown-character',
  'unknown-set',
  'control-character',
  'bad-isbn',
  'text-cut',
  'unmapped-material',
  'unmapped-policy',
  'title-differs',
]);

/** Whether a problem is only a remark. */
export const isWarning = (code: ProblemCode): boolean => WARNINGS.has(code);

/** Where something stands inside a record. */
export type Spot = {
  /** `245$a`; `995[2]$f`: of the second 995. Of delimited files: the column's name. */
  readonly field?: string;
  /** Bytes from the start of the file (ISO 2709). */
  readonly at?: number;
  /** From 1 (XML, delimited). */
  readonly line?: number;
};

/** A problem of a record that does not know its number yet. */
export type LocalProblem = {
  [Code in ProblemCode]: { readonly problem: Code } & Spot & ProblemFacts[Code];
}[ProblemCode];

/** A problem, with its record: `record` from 1 in the file (0: the file itself), `control`: its control number (001), where it has one. */
export type CatalogueProblem = LocalProblem & { readonly record: number; readonly control?: string };
