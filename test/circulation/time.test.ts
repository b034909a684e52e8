import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayOf,
  daysBetween,
  instantOf,
  isDay,
  localText,
  minutesOf,
  parseLocal,
  weekdayOf,
} from '../../source/circulation/time.ts';

const PARIS = 'Europe/Paris';
const utc = (text: string): number => Date.parse(`${text}Z`);

/** Another way to the local time of an instant, to judge ours by. */
function clockOf(timeZone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (instant) => format.format(instant);
}

describe('local days and hours', () => {
  it.each([
    ['winter', '2026-01-15', '2026-01-15T18:00'],
    ['summer', '2026-07-15', '2026-07-15T17:00'],
    ['the day on which summer time begins', '2027-03-28', '2027-03-28T17:00'],
    ['the day on which it ends', '2026-10-25', '2026-10-25T18:00'],
  ])('CAL-04 19:00 in %s is the right instant', (_, day, expected) => {
    expect(instantOf(day, 19 * 60, PARIS)).toBe(utc(expected));
  });

  it('CAL-04 an hour that a clock change skips is the same hour before the change', () => {
    expect(localText(instantOf('2027-03-28', 150, PARIS), PARIS)).toBe('2027-03-28T03:30');
  });

  it('CAL-04 an hour that occurs twice is its first occurrence', () => {
    const first = instantOf('2026-10-25', 150, PARIS);
    expect(first).toBe(utc('2026-10-25T00:30'));
    expect(localText(first, PARIS)).toBe('2026-10-25T02:30');
    expect(localText(first + 3_600_000, PARIS)).toBe('2026-10-25T02:30');
  });

  it.each(['America/Havana', 'Africa/Cairo', 'Asia/Beirut'])(
    'CAL-05 a day that begins at one o’clock begins there (%s)',
    (zone) => {
      for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
        const start = instantOf(day, 0, zone);
        expect([dayOf(start, zone), dayOf(start - 1, zone)]).toEqual([day, addDays(day, -1)]);
      }
    },
  );

  it.each([
    'Europe/Paris',
    'Europe/London',
    'America/New_York',
    'Pacific/Auckland',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Africa/Casablanca',
  ])('CAL-04 19:00 is 19:00 on the clock of every day of ten years (%s)', (zone) => {
    const clock = clockOf(zone);
    const wrong: string[] = [];
    for (let day = '2026-01-01'; day < '2036-01-01'; day = addDays(day, 1)) {
      const instant = instantOf(day, 19 * 60, zone);
      const right =
        clock(instant) === `${day} 19:00` && dayOf(instant, zone) === day && minutesOf(instant, zone) === 19 * 60;
      if (!right) wrong.push(day);
    }
    expect(wrong).toEqual([]);
  });

  it('the local day changes at local midnight, not at that of UTC', () => {
    expect(dayOf(utc('2026-06-01T21:59'), PARIS)).toBe('2026-06-01');
    expect(dayOf(utc('2026-06-01T22:00'), PARIS)).toBe('2026-06-02');
  });
});

describe('calendar days', () => {
  it.each([
    ['a month’s end', '2026-06-30', 1, '2026-07-01'],
    ['a year’s end', '2026-12-31', 1, '2027-01-01'],
    ['a leap day', '2028-02-28', 1, '2028-02-29'],
    ['no leap day', '2027-02-28', 1, '2027-03-01'],
    ['no leap day in 2100', '2100-02-28', 1, '2100-03-01'],
    ['the long day of a clock change', '2026-10-24', 2, '2026-10-26'],
    ['backwards', '2027-01-01', -1, '2026-12-31'],
  ])('CAL-02 days are counted over %s', (_, from, count, to) => {
    expect(addDays(from, count)).toBe(to);
    expect(daysBetween(from, to)).toBe(count);
  });

  it('Monday is 0 and Sunday is 6', () => {
    expect(weekdayOf('2026-06-01')).toBe(0);
    expect(weekdayOf('2026-06-07')).toBe(6);
  });

  it.each(['2028-02-29', '2026-12-31'])('%s is a day', (text) => {
    expect(isDay(text)).toBe(true);
  });
  it.each(['2027-02-29', '2026-13-01', '2026-00-10', '2026-6-1', '01/06/2026', ''])('%s is none', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe('times as people write them', () => {
  it.each(['2026-06-01T10:00', '2026-06-01 10:00', ' 2026-06-01T10:00:00 '])('%s is ten o’clock', (text) => {
    expect(parseLocal(text, PARIS)).toBe(utc('2026-06-01T08:00'));
  });
  it('seconds count', () => {
    expect(parseLocal('2026-06-01T10:00:30', PARIS)).toBe(utc('2026-06-01T08:00:30'));
  });
  it.each(['2026-06-31T10:00', '2026-06-01T24:00', '2026-06-01T10:60', '2026-06-01', 'tomorrow'])(
    '%s is no time',
    (text) => {
      expect(parseLocal(text, PARIS)).toBeUndefined();
    },
  );
});
