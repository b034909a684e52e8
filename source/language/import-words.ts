/** Encodings as catalogue files know them; the compiler holds them against `exchange/catalogue`. */
type EncodingName = 'utf-8' | 'marc-8' | 'iso-5426' | 'latin-1';
type Found = { readonly found: string };

/** One sentence per problem of a catalogue file: what is wrong, and what was done about it. */
export type ImportProblems = {
  readonly 'unknown-content': () => string;
  readonly 'no-records': () => string;
  readonly 'dtd-refused': () => string;
  readonly 'unknown-encoding': (facts: Found) => string;
  readonly 'missing-column': (facts: Found) => string;
  readonly truncated: (facts: { readonly found: number }) => string;
  readonly 'bad-leader': (facts: Found) => string;
  readonly 'record-too-long': (facts: { readonly allowed: number }) => string;
  readonly 'bad-directory': (facts: Found) => string;
  readonly 'bad-tag': (facts: Found) => string;
  readonly 'not-well-formed': (facts: { readonly detail: string }) => string;
  readonly 'not-bibliographic': (facts: Found) => string;
  readonly 'marked-deleted': () => string;
  readonly 'other-flavour': (facts: { readonly found: 'marc21' | 'unimarc' }) => string;
  readonly 'no-title': () => string;
  readonly 'duplicate-record': (facts: { readonly first: number }) => string;
  readonly 'wrong-columns': (facts: { readonly found: number; readonly allowed: number }) => string;
  readonly 'not-delimited': (facts: { readonly detail: string }) => string;
  readonly 'no-barcode': () => string;
  readonly 'no-location': () => string;
  readonly 'unknown-location': (facts: Found) => string;
  readonly 'unknown-material': (facts: Found) => string;
  readonly 'duplicate-barcode': (facts: { readonly barcode: string; readonly first: number }) => string;
  readonly 'clearance-barcode': (facts: { readonly barcode: string }) => string;
  readonly 'barcode-of-other-title': (facts: { readonly barcode: string; readonly title: string }) => string;
  readonly 'not-your-library': (facts: { readonly library: string }) => string;
  readonly 'value-too-long': (facts: { readonly found: number; readonly allowed: number }) => string;
  readonly 'item-in-use': (facts: { readonly barcode: string; readonly process: string }) => string;
  readonly 'wrong-length': (facts: Found & { readonly actual: number }) => string;
  readonly 'no-terminator': () => string;
  readonly 'wrong-base-address': (facts: Found) => string;
  readonly 'directory-repaired': () => string;
  readonly 'no-indicators': () => string;
  readonly 'text-before-subfield': () => string;
  readonly 'no-subfield-code': () => string;
  readonly mislabelled: (facts: { readonly declared: EncodingName; readonly used: EncodingName }) => string;
  readonly 'encoded-twice': () => string;
  readonly 'unknown-character': (facts: Found) => string;
  readonly 'unknown-set': (facts: Found) => string;
  readonly 'control-character': (facts: Found) => string;
  readonly 'bad-isbn': (facts: Found) => string;
  readonly 'text-cut': (facts: { readonly allowed: number }) => string;
  readonly 'unmapped-material': (facts: Found & { readonly used: string }) => string;
  readonly 'unmapped-policy': (facts: Found) => string;
  readonly 'title-differs': (facts: { readonly first: number }) => string;
};

type Counts = {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
};

/** What an import of catalogue records says. */
export type ImportWords = {
  readonly problem: ImportProblems;
  readonly error: string;
  readonly warning: string;
  readonly file: string;
  /** The record of a problem: its number, and its control number where it has one. */
  readonly record: (number: number, control: string | null) => string;
  readonly byte: (at: number) => string;
  readonly line: (line: number) => string;
  /** While it runs; `percent` null: unknown. */
  readonly progress: (records: number, percent: number | null, counts: Counts) => string;
  readonly titles: (counts: Counts) => string;
  readonly items: (counts: Counts) => string;
  /** Of like warnings only the first was shown. */
  readonly repeated: (count: number) => string;
  readonly nothingWritten: string;
  readonly canceled: (records: number) => string;
  readonly someRejected: (errors: number, file: string | null, rest: 'imported' | 'nothing' | null) => string;
  readonly mappingErrors: (file: string, count: number) => string;
  readonly needsFormat: (formats: readonly string[]) => string;
  readonly onlyMarcXml: (option: string) => string;
  readonly cannotWrite: (file: string) => string;
};
