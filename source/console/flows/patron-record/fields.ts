import { dayOf } from '../../../circulation/time.ts';
import type { Day } from '../../../circulation/time.ts';
import { printable } from '../../../language/printable.ts';
import { readDay, readPastDay } from '../../day-input.ts';
import type { FormField, FormValues } from '../../form.ts';
import type { Runtime } from '../../runtime.ts';

type Option = { readonly value: string; readonly label: string };

const today = (runtime: Runtime): Day => {
  const { now, timeZone } = runtime.store.get();
  return dayOf(now, timeZone);
};

/** A day as it is written in a form: `30/10/2027`, `2027-10-30`, `+1y`. Undefined: no such day. */
export const dayWritten = (runtime: Runtime, text: string): Day | undefined => readDay(text, today(runtime));

/** The day in a field: null, if nothing stands there or no such day. */
export const dayIn = (runtime: Runtime, values: FormValues, name: string): Day | null =>
  dayWritten(runtime, String(values[name] ?? '')) ?? null;

/** A birth date has its year, and has been: `30/10/2001`, `30.10.2001`, `2001-10-30`. */
export function birthDayWritten(runtime: Runtime, text: string): Day | undefined {
  if (!/\d{4}/.test(text) || text.startsWith('+')) return undefined;
  const day = readPastDay(text, today(runtime));
  return day !== undefined && day < today(runtime) ? day : undefined;
}

type TextField = Extract<FormField, { kind: 'text' }>;

/** A field for a day: it says at once which weekday that is, or what is wrong (issue: forms check as one types). */
export function dayField(
  runtime: Runtime,
  field: { readonly name: string; readonly label: string; readonly value: Day | null; readonly locked?: string },
  kind: 'day' | 'birth' = 'day',
): TextField {
  const words = runtime.words().records;
  const read = (text: string) => (kind === 'day' ? dayWritten(runtime, text) : birthDayWritten(runtime, text));
  const { value, ...rest } = field;
  return {
    ...rest,
    kind: 'text',
    value: value === null ? '' : runtime.dates().numeric(value),
    hint: kind === 'day' ? words.dayHint : words.birthHint,
    live: (text) => (read(text) === undefined ? (kind === 'day' ? words.badDay : words.badBirth) : undefined),
    means: (text) => {
      const day = text === '' ? undefined : read(text);
      return day === undefined ? undefined : `= ${runtime.dates().day(day)}`;
    },
  };
}

/** The network's groups as options of a choice. */
export function groupOptions(runtime: Runtime, only?: readonly string[]): Option[] {
  const { network, language } = runtime.store.get();
  const groups = (network?.groups ?? []).filter(({ code }) => only === undefined || only.includes(code));
  return groups.map(({ code, name }) => ({ value: code, label: `${code} ${printable(name[language])}` }));
}

/** The network's campuses. */
export function campusOptions(runtime: Runtime): Option[] {
  const campuses = runtime.store.get().network?.campuses ?? [];
  return campuses.map(({ code, name }) => ({ value: code, label: `${code} ${printable(name)}` }));
}

/** The network's job categories. */
export function categoryOptions(runtime: Runtime): Option[] {
  const { network, language } = runtime.store.get();
  return (network?.categories ?? []).map(({ code, name }) => ({ value: code, label: printable(name[language]) }));
}

/** The languages that letters are written in. */
export function languageOptions(runtime: Runtime): Option[] {
  const { languages } = runtime.words().records;
  return Object.entries(languages).map(([value, label]) => ({ value, label }));
}

/** A choice that may be left open. */
export const orNone = (runtime: Runtime, options: readonly Option[]): Option[] => [
  { value: '', label: runtime.words().records.none },
  ...options,
];
