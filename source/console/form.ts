/** What a form asks, one line each. Values are texts; what they mean is for the flow that asked. */
type Common = {
  /** Not to be changed here, and why (USR-08). */
  readonly locked?: string;
};

export type FormField = Common &
  (
    | {
        readonly kind: 'text';
        readonly name: string;
        readonly label: string;
        readonly value: string;
        /** What is expected here, shown while one is in the field. */
        readonly hint?: string;
        /** What is wrong with the text as far as it is typed; said at once, not only when the form is saved. */
        readonly live?: (value: string) => string | undefined;
        /** What the text means, beside it: a day in words. */
        readonly means?: (value: string) => string | undefined;
        /** Shown as stars, and taken as it is: a password. */
        readonly masked?: boolean;
        /** A barcode may be scanned into it; in other fields scans wait (TUI-02). */
        readonly scannable?: boolean;
      }
    | {
        readonly kind: 'choice';
        readonly name: string;
        readonly label: string;
        readonly value: string;
        readonly options: readonly { readonly value: string; readonly label: string }[];
        readonly hint?: string;
      }
    | {
        readonly kind: 'yes-no';
        readonly name: string;
        readonly label: string;
        readonly value: boolean;
        readonly hint?: string;
      }
  );

export type FormValues = Readonly<Record<string, string | boolean>>;
export type FormProblem = { readonly field: string; readonly text: string };

/** A form that is to be filled in. */
export type FormSpec = {
  /** Half-typed values are kept under this name, and offered when the form opens again (TAB-08). */
  readonly key: string;
  readonly title: string;
  readonly fields: readonly FormField[];
  /** What is wrong with the values as they stand; the form stays open. */
  readonly check?: (values: FormValues) => FormProblem | undefined;
  /** What follows for other fields from the one that has just changed; what somebody has typed there stays. */
  readonly derive?: (values: FormValues, changed: string) => FormValues;
  /** What is typed is never kept. */
  readonly secret?: boolean;
  /** The field to begin with; absent: the first one. */
  readonly begin?: string;
  readonly problem?: FormProblem;
  /** Fields that somebody has typed in already: what follows from others does not change them. */
  readonly touched?: readonly string[];
};

/** A form on the screen. */
export type OpenForm = FormSpec & {
  readonly focused: number;
  /** Where the next character goes, in characters of the focused text. */
  readonly cursor: number;
  /** What was typed to find an option of a choice. */
  readonly sought: string;
  /** Names of the fields that somebody has changed. */
  readonly touched: readonly string[];
};

export const valuesOf = (fields: readonly FormField[]): FormValues =>
  Object.fromEntries(
    fields.map((one) => [one.name, one.kind === 'text' && one.masked !== true ? one.value.trim() : one.value]),
  );

/** What is wrong with a text as it is typed; an empty one is only missed when the form is saved. */
export const problemIn = (field: FormField): string | undefined =>
  field.kind === 'text' && field.value.trim() !== '' ? field.live?.(field.value.trim()) : undefined;

/** The first field whose text cannot be saved as it is. */
export function liveProblem({ fields }: OpenForm): FormProblem | undefined {
  const found = fields.find((one) => problemIn(one) !== undefined);
  const text = found && problemIn(found);
  return found && text !== undefined ? { field: found.name, text } : undefined;
}

const lengthOf = (field: FormField | undefined): number =>
  field?.kind === 'text' ? Array.from(field.value).length : 0;

/** Opens a form at its first field, or at the one that has a problem. */
export function openForm(spec: FormSpec, kept: FormValues | undefined): OpenForm {
  const fields = spec.fields.map((one) => withValue(one, kept?.[one.name]));
  const wrong = fields.findIndex((one) => one.name === (spec.problem?.field ?? spec.begin));
  const focused = Math.max(0, wrong);
  const typed = kept ? fields.filter((one, at) => one.value !== spec.fields[at]?.value).map((one) => one.name) : [];
  const touched = [...(spec.touched ?? []), ...typed];
  return { ...spec, fields, focused, cursor: lengthOf(fields[focused]), sought: '', touched };
}

function withValue(field: FormField, value: string | boolean | undefined): FormField {
  if (field.kind === 'yes-no') return typeof value === 'boolean' ? { ...field, value } : field;
  if (typeof value !== 'string') return field;
  if (field.kind === 'text') return { ...field, value };
  return field.options.some((one) => one.value === value) ? { ...field, value } : field;
}

/** Goes to another field, round the ends. */
export function moveFocus(form: OpenForm, by: number): OpenForm {
  const count = form.fields.length;
  const focused = (((form.focused + by) % count) + count) % count;
  return { ...form, focused, cursor: lengthOf(form.fields[focused]), sought: '' };
}

function replaceFocused(form: OpenForm, field: FormField, cursor = form.cursor): OpenForm {
  const now = form.fields[form.focused];
  if (now?.locked !== undefined || now?.value === field.value) return { ...form, cursor };
  const touched = form.touched.includes(field.name) ? form.touched : [...form.touched, field.name];
  const written = form.fields.map((one, index) => (index === form.focused ? field : one));
  const follows = form.derive?.(valuesOf(written), field.name) ?? {};
  const fields = written.map((one) => (touched.includes(one.name) ? one : withValue(one, follows[one.name])));
  const { problem: before, ...rest } = form;
  return { ...rest, fields, cursor, touched, ...(before && before.field !== field.name ? { problem: before } : {}) };
}

/** The option of a choice whose label begins with what is typed; accents and case do not matter. */
function optionFor(field: Extract<FormField, { kind: 'choice' }>, typed: string): string | undefined {
  const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const wanted = plain(typed);
  const found =
    field.options.find((one) => plain(one.label).startsWith(wanted) || plain(one.value).startsWith(wanted)) ??
    field.options.find((one) => plain(one.label).includes(wanted));
  return found?.value;
}

/** Text typed into the focused field: into a text, to find an option, or (space) to turn a yes into a no. */
export function typeInto(form: OpenForm, text: string): OpenForm {
  const field = form.fields[form.focused];
  if (field?.kind === 'text') {
    const characters = Array.from(field.value);
    const added = Array.from(text);
    characters.splice(form.cursor, 0, ...added);
    return replaceFocused(form, { ...field, value: characters.join('') }, form.cursor + added.length);
  }
  if (field?.kind === 'yes-no') return text === ' ' ? replaceFocused(form, { ...field, value: !field.value }) : form;
  if (field?.kind !== 'choice') return form;
  if (text === ' ' && form.sought === '') return step(form, 1);
  const longer = form.sought + text;
  const value = optionFor(field, longer);
  if (value !== undefined) return { ...replaceFocused(form, { ...field, value }), sought: longer };
  const afresh = optionFor(field, text);
  return afresh === undefined ? form : { ...replaceFocused(form, { ...field, value: afresh }), sought: text };
}

/** Left and right: the cursor in a text, the next option of a choice, the other of yes and no. */
export function step(form: OpenForm, by: 1 | -1): OpenForm {
  const field = form.fields[form.focused];
  if (field?.kind === 'text') {
    return { ...form, cursor: Math.max(0, Math.min(lengthOf(field), form.cursor + by)) };
  }
  if (field?.kind === 'yes-no') return replaceFocused(form, { ...field, value: !field.value });
  if (field?.kind !== 'choice' || field.options.length === 0) return form;
  const at = field.options.findIndex((one) => one.value === field.value);
  const next = field.options[(at + by + field.options.length) % field.options.length];
  return next ? { ...replaceFocused(form, { ...field, value: next.value }), sought: '' } : form;
}

/** Takes away the character before (-1) or at (0) the cursor. */
export function erase(form: OpenForm, at: -1 | 0): OpenForm {
  const field = form.fields[form.focused];
  if (field?.kind === 'choice') return { ...form, sought: '' };
  if (field?.kind !== 'text') return form;
  const characters = Array.from(field.value);
  const index = form.cursor + at;
  if (index < 0 || index >= characters.length) return form;
  characters.splice(index, 1);
  return replaceFocused(form, { ...field, value: characters.join('') }, index);
}

/** Empties the focused text. */
export function empty(form: OpenForm): OpenForm {
  const field = form.fields[form.focused];
  return field?.kind === 'text' ? replaceFocused(form, { ...field, value: '' }, 0) : form;
}

/** The cursor at the beginning or the end of the text. */
export const toEnd = (form: OpenForm, end: boolean): OpenForm => ({
  ...form,
  cursor: end ? lengthOf(form.fields[form.focused]) : 0,
});

/** A scan into the focused field, if it asks for a barcode and is empty; undefined: the scan waits like at a prompt. */
export function scanInto(form: OpenForm, code: string): OpenForm | undefined {
  const field = form.fields[form.focused];
  if (field?.kind !== 'text' || field.scannable !== true || field.value !== '') return undefined;
  return replaceFocused(form, { ...field, value: code }, Array.from(code).length);
}
