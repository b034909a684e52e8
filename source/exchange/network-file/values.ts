import type { OpenRange, Period, Week } from '../../circulation/network.ts';

/** Monday first, as in the file and as in `Week`. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The longest period that makes sense: ten years. More is a slip, and dates stay within four-digit years. */
const MOST_DAYS = 3660;

const AMOUNT = /^([1-9]\d{0,5})\s*([a-z]+)$/;

function amountOf(text: string): { count: number; unit: string } | undefined {
  const [, count, unit] = AMOUNT.exec(text.trim().toLowerCase()) ?? [];
  return count === undefined || unit === undefined ? undefined : { count: Number(count), unit };
}

const isUnit = (unit: string, name: string): boolean => unit === name || unit === `${name}s` || unit === name.charAt(0);

/** `21 days`, `1 week` → calendar days; undefined if it is none. */
export function daysIn(text: string): number | undefined {
  const amount = amountOf(text);
  if (!amount) return undefined;
  const perUnit = isUnit(amount.unit, 'day') ? 1 : isUnit(amount.unit, 'week') ? 7 : undefined;
  const days = perUnit === undefined ? undefined : amount.count * perUnit;
  return days === undefined || days > MOST_DAYS ? undefined : days;
}

/** `3 months`, `1 year` → months; undefined if it is none. */
export function monthsIn(text: string): number | undefined {
  const amount = amountOf(text);
  if (!amount) return undefined;
  const perUnit = isUnit(amount.unit, 'month') ? 1 : isUnit(amount.unit, 'year') ? 12 : undefined;
  const months = perUnit === undefined ? undefined : amount.count * perUnit;
  return months === undefined || months > 1200 ? undefined : months;
}

/** More than that is no terminal for everybody. */
const MOST_MINUTES = 60;

/** `2 minutes` → minutes, an hour at the most; undefined if it is none. */
export function idleIn(text: string): number | undefined {
  const amount = amountOf(text);
  return amount && isUnit(amount.unit, 'minute') && amount.count <= MOST_MINUTES ? amount.count : undefined;
}

/** Nobody waits longer in front of a screen. */
const MOST_SECONDS = 30;

/** `5 seconds` → seconds, half a minute at the most; undefined if it is none. */
export function secondsIn(text: string): number | undefined {
  const amount = amountOf(text);
  return amount && isUnit(amount.unit, 'second') && amount.count <= MOST_SECONDS ? amount.count : undefined;
}

/** A loan period: `21 days`, `3 weeks` (CAL-02), `2 hours`, `24h` (CAL-06); undefined if it is none. */
export function periodIn(text: string): Period | undefined {
  const amount = amountOf(text);
  if (amount && isUnit(amount.unit, 'hour')) {
    return amount.count <= MOST_DAYS * 24 ? { unit: 'hours', count: amount.count } : undefined;
  }
  const days = daysIn(text);
  return days === undefined ? undefined : { unit: 'days', count: days };
}

/** A period as the file writes it: `1 day`, `21 days`, `2 hours`. */
export function periodText({ unit, count }: Period): string {
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
}

/** The weekdays (0 = Monday) that a key of `hours` names: `mon`, `mon-fri`, `mon,wed`; undefined if it names none. */
export function weekdaysIn(key: string): number[] | undefined {
  const days = new Set<number>();
  for (const part of key.toLowerCase().split(',')) {
    const [first = '', last = first, ...more] = part.trim().split('-');
    const from = WEEKDAYS.findIndex((day) => day === first.trim());
    const to = WEEKDAYS.findIndex((day) => day === last.trim());
    if (more.length > 0 || from < 0 || to < from) return undefined;
    for (let day = from; day <= to; day += 1) days.add(day);
  }
  return [...days];
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Opening ranges as the file writes them: `08:00-12:00, 14:00-18:00`, or `closed`. */
export function rangesText(ranges: readonly OpenRange[]): string {
  if (ranges.length === 0) return 'closed';
  return ranges.map(({ opens, closes }) => `${clock(opens)}-${clock(closes)}`).join(', ');
}

function minutesIn(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)$/.exec(text.trim()) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return total <= 24 * 60 ? total : undefined;
}

/** Why a text is not the opening hours of a day. */
export type HoursFault =
  | { readonly fault: 'bad-format' }
  | { readonly fault: 'range-backwards'; readonly found: string }
  | { readonly fault: 'hours-overlap'; readonly found: string; readonly other: string };

/** The opening ranges of a day in order (minutes after local midnight; `24:00` is its end), or what is wrong. */
export function rangesIn(text: string): OpenRange[] | HoursFault {
  if (text.trim().toLowerCase() === 'closed') return [];
  const ranges: OpenRange[] = [];
  for (const part of text.split(',')) {
    const [start = '', end = '', ...more] = part.split('-');
    const opens = minutesIn(start);
    const closes = minutesIn(end);
    if (more.length > 0 || opens === undefined || closes === undefined) return { fault: 'bad-format' };
    if (closes <= opens) return { fault: 'range-backwards', found: part.trim() };
    ranges.push({ opens, closes });
  }
  ranges.sort((one, other) => one.opens - other.opens);
  for (const [at, range] of ranges.entries()) {
    const next = ranges[at + 1];
    if (next && next.opens < range.closes) {
      return { fault: 'hours-overlap', found: rangesText([next]), other: rangesText([range]) };
    }
  }
  return ranges;
}

/** What a whole week means, or which key is wrong and why. */
export type WeekFault = { readonly key: string } & (
  | HoursFault
  | { readonly fault: 'bad-weekdays' }
  | { readonly fault: 'weekday-twice'; readonly day: string; readonly other: string }
);

/**
 * The week that `hours` describes, Monday first. A key that names fewer days goes before one that names more
 * (`mon-fri` and `wed`); days that no key names are closed. All faults are found, not just the first.
 */
export function weekIn(hours: Readonly<Record<string, string>>): {
  week: Week;
  faults: WeekFault[];
} {
  const faults: WeekFault[] = [];
  const week: { key: string; breadth: number; ranges: OpenRange[] }[] = [];
  for (const [key, text] of Object.entries(hours)) {
    const days = weekdaysIn(key);
    if (!days) faults.push({ key, fault: 'bad-weekdays' });
    const ranges = rangesIn(text);
    if (!Array.isArray(ranges)) faults.push({ key, ...ranges });
    else {
      for (const day of days ?? []) {
        const before = week[day];
        const breadth = days?.length ?? 0;
        if (before?.breadth === breadth) {
          faults.push({ key, fault: 'weekday-twice', day: WEEKDAYS[day] ?? '', other: before.key });
        }
        if (!before || breadth < before.breadth) week[day] = { key, breadth, ranges };
      }
    }
  }
  return { week: WEEKDAYS.map((_, day) => week[day]?.ranges ?? []), faults };
}

/** Whether a code may be written so: letters, digits, `-`, `_`, `.`, `+`; no slash, comma or blank. */
export function isCode(text: string): boolean {
  return text.length <= 40 && /^[\p{L}\p{N}][\p{L}\p{N}._+-]*$/u.test(text);
}
