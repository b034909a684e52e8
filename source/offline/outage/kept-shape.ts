import { OUTAGE_PROBES } from '../../circulation/outage.ts';
import { isDay } from '../../circulation/time.ts';
import type { KeptOutage } from './kept.ts';

/** Whether a value is what it should be: kept files are our own, but may be old, cut off or changed by hand. */
type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const map =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(checks).every(([key, check]) =>
      check(Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined),
    );

const day: Check = (value) => typeof value === 'string' && isDay(value);
const words = map({ fr: text, en: text });
const week: Check = (value) =>
  list(list(map({ opens: number, closes: number })))(value) && Array.isArray(value) && value.length === 7;
const timeZone: Check = (value) => {
  try {
    return typeof value === 'string' && new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions() !== null;
  } catch {
    return false;
  }
};

const exit = map({ next: text, says: optional(words) });
const question = map({
  code: text,
  ask: words,
  remark: optional(words),
  probe: optional((value) => OUTAGE_PROBES.some((one) => one === value)),
  proves: optional((value) => value === 'yes' || value === 'no'),
  yes: exit,
  no: exit,
});
const contact = map({
  code: text,
  name: words,
  hours: optional(week),
  phones: list(map({ number: text, name: optional(words), hours: optional(week) })),
  ticket: optional(text),
  remark: optional(words),
  closed: optional(text),
});
const outage = map({
  procedure: optional(map({ begin: text, questions: list(question), offline: words })),
  contacts: list(contact),
  statusPages: list(map({ name: text, url: text })),
  outsideSite: optional(text),
});
const library = map({
  code: text,
  name: text,
  hours: week,
  seasons: list(map({ from: day, to: day, hours: week })),
  closures: list(map({ from: day, to: day, name: optional(text) })),
  desks: list(map({ code: text, name: text })),
});

/** Whether a value is a kept file of that format. */
export function isKept(value: unknown, format: number): value is KeptOutage {
  return map({
    format: (found) => found === format,
    network: text,
    name: text,
    timeZone,
    outage: (found) => found === null || outage(found),
    libraries: list(library),
  })(value);
}
