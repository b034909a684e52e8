import type { ImportTitle } from '../../records/import-catalogue.ts';
import { subjectsText } from '../../records/text.ts';
import type { LocalProblem, ProblemCode, ProblemFacts, Spot } from './problems.ts';
import { firstOf, valuesOf } from './record.ts';
import type { MarcField, MarcRecord } from './record.ts';
import { cleaned, cutTo, isbnIn, issnIn, withoutIsbd } from './text.ts';

/** UTF-8 bytes that a title, an author and everything else may have. */
const MOST = { title: 1500, author: 400, other: 1000 } as const;

/** Subfields that a subject is made of: its heading, with what stands `between` its parts, and its divisions. */
export type SubjectField = { readonly heading: string; readonly divisions: string; readonly between?: string };

/** So many subjects are kept of a title. */
const MOST_SUBJECTS = 60;

/** The subjects of a record, in the order of its fields, each once. `free`: a field with a subject in each of its $a. */
export function subjectsOf(
  record: MarcRecord,
  draft: Draft,
  { fields, free }: { readonly fields: Readonly<Record<string, SubjectField>>; readonly free: string },
): string | null {
  const found = record.fields.flatMap((one): string[] => {
    if (one.tag === free)
      return valuesOf(one, 'a').map((value) => draft.within(draft.clean(value, one.spot), one.spot));
    const asked = fields[one.tag];
    return asked ? [draft.subject(one, asked)] : [];
  });
  return subjectsText(found.slice(0, MOST_SUBJECTS));
}

/** Texts of one record, cleaned, with what had to be done to them. */
export class Draft {
  readonly problems: LocalProblem[] = [];

  /** Remarks on a value: what is wrong, and where. */
  report<Code extends ProblemCode>(problem: Code, facts: ProblemFacts[Code], spot: Spot): void {
    this.problems.push({ problem, ...facts, ...spot } as LocalProblem);
  }

  /** A value as it is stored. */
  clean(value: string, spot: Spot): string {
    const { text, encodedTwice, control } = cleaned(value);
    if (encodedTwice) this.report('encoded-twice', {}, spot);
    if (control !== undefined) this.report('control-character', { found: control }, spot);
    return text;
  }

  /** A text within its length. */
  within(text: string, spot: Spot, allowed: number = MOST.other): string {
    const kept = cutTo(text, allowed);
    if (kept !== text) this.report('text-cut', { allowed }, spot);
    return kept;
  }

  /** The first of these subfields that says something, cleaned; null: none does. */
  first(field: MarcField | undefined, codes: string): string | null {
    const found = firstOf(field, codes);
    if (!field || found === undefined) return null;
    return this.within(this.clean(found, field.spot), field.spot) || null;
  }

  /** All of these subfields, in the field's order, with a space between. */
  all(field: MarcField | undefined, codes: string, between = ' '): string | null {
    if (!field) return null;
    const parts = valuesOf(field, codes).map((one) => this.clean(one, field.spot));
    return this.within(parts.filter(Boolean).join(between), field.spot) || null;
  }

  /** The title of a record: its parts, with ISBD's punctuation only between them. */
  title(parts: readonly { readonly text: string; readonly before: string }[], spot: Spot): string {
    let whole = '';
    for (const { text, before } of parts) {
      const next = this.clean(text, spot);
      if (next === '') continue;
      if (whole === '') whole = next;
      else whole = /[:;=/,.]$/.test(whole) ? `${whole} ${next}` : `${whole}${before}${next}`;
    }
    return this.within(withoutIsbd(whole), spot, MOST.title);
  }

  /** A person or body, in the form it is sorted by. */
  author(field: MarcField, codes: string, between: string): string | null {
    const parts = valuesOf(field, codes).map((one) => withoutIsbd(this.clean(one, field.spot)));
    return this.within(parts.filter(Boolean).join(between), field.spot, MOST.author) || null;
  }

  /** A subject: its heading, then what it is divided by, each after two dashes; '' where it says nothing. */
  subject(field: MarcField, { heading, divisions, between = ' ' }: SubjectField): string {
    const clean = (value: string): string => this.clean(value, field.spot);
    const head = withoutIsbd(valuesOf(field, heading).map(clean).filter(Boolean).join(between));
    if (head === '') return '';
    const divided = valuesOf(field, divisions).map((value) => withoutIsbd(clean(value)));
    return this.within([head, ...divided.filter(Boolean)].join(' -- '), field.spot);
  }

  /** The number a title is found by: the first right ISBN, else a wrong one, else the first ISSN. */
  isbn(isbns: readonly MarcField[], issns: readonly MarcField[]): string | null {
    let wrong: string | null = null;
    for (const field of isbns) {
      const written = firstOf(field, 'a');
      if (written === undefined) continue;
      const found = isbnIn(written);
      if (found?.valid) return found.isbn;
      this.report('bad-isbn', { found: written }, { ...field.spot, field: `${field.name}$a` });
      wrong ??= found?.isbn ?? null;
    }
    if (wrong !== null) return wrong;
    return issns.flatMap((field) => issnIn(firstOf(field, 'a') ?? '') ?? [])[0] ?? null;
  }
}

/** A title, or null where the record has none worth its name. */
export type DraftTitle = Omit<ImportTitle, 'controlKey'>;
