import type { Day, Instant } from '../circulation/time.ts';
import type { Language } from './index.ts';

/** Dates and hours as people read them, with the weekday, in the library's time zone. */
export type Dates = {
  /** `lun. 22 juin 19:00` / `Mon 22 June 19:00`. */
  moment(instant: Instant): string;
  /** `lun. 22/06 19:00`, 15 columns at the most, for tables. */
  short(instant: Instant): string;
  /** `lun. 22 juin 2026, 19:00`. */
  dated(instant: Instant): string;
  /** `lundi 22 juin 2026`. */
  day(day: Day): string;
  /** `30/10/2027`. */
  numeric(day: Day): string;
  /** `19:00`. */
  hour(instant: Instant): string;
  /** `22/06`. */
  dayAndMonth(instant: Instant): string;
};

const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };

/** Formats that are built once per language and zone: making them costs more than using them. */
const cache = new Map<string, Dates>();

function build(language: Language, timeZone: string): Dates {
  const locale = LOCALES[language];
  const format = (options: Intl.DateTimeFormatOptions, zone = timeZone) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  const hour = format({ hour: '2-digit', minute: '2-digit', hour12: false, hourCycle: 'h23' });
  const longDay = format({ weekday: 'short', day: 'numeric', month: 'long' });
  const yearly = format({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' });
  const weekday = format({ weekday: 'short' });
  const dayMonth = format({ day: '2-digit', month: '2-digit' });
  const full = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, 'UTC');
  const numeric = format({ day: '2-digit', month: '2-digit', year: 'numeric' }, 'UTC');
  const noon = (day: Day) => Date.parse(`${day}T12:00:00Z`);
  return {
    moment: (instant) => `${longDay.format(instant).replace(',', '')} ${hour.format(instant)}`,
    short: (instant) => `${weekday.format(instant)} ${dayMonth.format(instant)} ${hour.format(instant)}`,
    dated: (instant) => `${yearly.format(instant).replace(',', '')}, ${hour.format(instant)}`,
    day: (day) => full.format(noon(day)).replace(',', ''),
    numeric: (day) => numeric.format(noon(day)),
    hour: (instant) => hour.format(instant),
    dayAndMonth: (instant) => dayMonth.format(instant),
  };
}

/** Dates in a language and a time zone (IANA name). */
export function datesIn(language: Language, timeZone: string): Dates {
  const key = `${language} ${timeZone}`;
  const known = cache.get(key) ?? build(language, timeZone);
  cache.set(key, known);
  return known;
}
