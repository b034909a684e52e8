import { addMonths } from '../circulation/patron-dates.ts';
import { addDays, isDay } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';

/**
 * Reads a day as people write it: `30/10/2027`, `30/10` (the next one), `2027-10-30`, `+10j` / `+10d`, `+2s` / `+2w`, `+1m`, `+1a` /
 * `+1y` from today. Undefined: no such day.
 */
export function readDay(text: string, today: Day): Day | undefined {
  const written = text.trim().toLowerCase();
  if (isDay(written)) return written;
  const relative = /^\+(\d{1,4})\s*([jdswmay])?$/.exec(written);
  if (relative) return later(today, Number(relative[1]), relative[2] ?? 'j');
  const french = /^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?$/.exec(written);
  if (!french) return undefined;
  const [, day = '', month = '', year] = french;
  const inYear = (wanted: string): Day => `${wanted}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const thisYear = inYear(today.slice(0, 4));
  const nextYear = inYear(String(Number(today.slice(0, 4)) + 1));
  const found = year === undefined ? (thisYear >= today ? thisYear : nextYear) : inYear(year);
  return isDay(found) ? found : undefined;
}

/** As `readDay`, for a day that has been: `20/11` is the last one, `-1` yesterday. */
export function readPastDay(text: string, today: Day): Day | undefined {
  const ago = /^-(\d{1,4})\s*[jd]?$/.exec(text.trim().toLowerCase());
  if (ago) return addDays(today, -Number(ago[1]));
  const day = readDay(text, today);
  if (day === undefined || day <= today || !/^\d{1,2}[/.]\d{1,2}$/.test(text.trim())) return day;
  const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return isDay(before) ? before : undefined;
}

function later(today: Day, count: number, unit: string): Day | undefined {
  if (unit === 'j' || unit === 'd') return addDays(today, count);
  if (unit === 's' || unit === 'w') return addDays(today, count * 7);
  return addMonths(today, unit === 'm' ? count : count * 12);
}
