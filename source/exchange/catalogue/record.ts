import type { LocalProblem, Spot } from './problems.ts';

export type Subfield = { readonly code: string; readonly value: string };

/** A field of a record, decoded. Control fields (00X) have a `value`, the others `subfields`. */
export type MarcField = {
  readonly tag: string;
  /** `995[2]`: the second 995 of its record; `245`: the first. */
  readonly name: string;
  readonly spot: Spot;
  readonly indicators: string;
  readonly value: string;
  readonly subfields: readonly Subfield[];
};

/** The fields that somebody asked for, in their order. */
export type MarcRecord = { readonly leader: string; readonly fields: readonly MarcField[] };

/** A record as a file has it, or null where it cannot be read, with everything that is wrong with it. */
export type ReadRecord = {
  /** Bytes read of the file until here. */
  readonly bytes: number;
  readonly control: string | null;
  readonly record: MarcRecord | null;
  readonly problems: readonly LocalProblem[];
  /** Not a record: the file itself is refused. */
  readonly isFile?: boolean;
};

/** `995[2]` for the second field of a tag, `995` for the first. */
export function nameOf(tag: string, count: number): string {
  return count === 1 ? tag : `${tag}[${count}]`;
}

/** The fields of a tag. */
export const fieldsOf = ({ fields }: MarcRecord, tag: string): MarcField[] => fields.filter((one) => one.tag === tag);

/** The values of a field's subfields with one of these codes, in the field's order, without empty ones. */
export function valuesOf(field: MarcField, codes: string): string[] {
  return field.subfields.flatMap(({ code, value }) => {
    const text = value.trim();
    return codes.includes(code) && text !== '' ? [text] : [];
  });
}

/** The first value of the first of these subfields that has one; `codes` in order of preference. */
export function firstOf(field: MarcField | undefined, codes: string): string | undefined {
  if (!field) return undefined;
  for (const code of codes) {
    const [found] = valuesOf(field, code);
    if (found !== undefined) return found;
  }
  return undefined;
}
