import { isDay } from '../../circulation/time.ts';
import type { Day } from '../../circulation/time.ts';

/**
 * A day of a file: `2027-10-30`, with a zone or a time as XML has it (`2027-10-30Z`, `2027-10-30T00:00:00+02:00`), `20271030`,
 * or `30/10/2027` with strokes, points or hyphens, the day first unless it is said otherwise. Undefined: it is none.
 */
export function dayIn(text: string, order: 'day-first' | 'month-first'): Day | undefined {
  const iso =
    /^(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:?\d{2})?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const [first = '', second = ''] = local?.slice(1, 3) ?? [];
  const parts = iso
    ? iso.slice(1, 4)
    : local
      ? [local[3] ?? '', ...(order === 'day-first' ? [second, first] : [first, second])]
      : undefined;
  const day = parts?.map((one) => one.padStart(2, '0')).join('-');
  return day !== undefined && isDay(day) ? day : undefined;
}
