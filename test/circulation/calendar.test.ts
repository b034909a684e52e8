import { describe, expect, it } from 'vitest';
import {
  closedBecause,
  closingOf,
  isOpenAt,
  isOpenDay,
  lastOpenDay,
  nextOpenDay,
  nextOpening,
  NoOpenDay,
  openingsOn,
} from '../../source/circulation/calendar.ts';
import { ZONE } from '../support/facts.ts';
import { local, said } from '../support/house.ts';
import { library, ranges, week } from '../support/network.ts';

const summer = { from: '2026-07-01', to: '2026-08-31', hours: week('09:00-17:00') };
const sci = library({
  code: 'sci',
  seasons: [summer],
  closures: [
    { from: '2026-07-14', to: '2026-07-14' },
    { from: '2026-12-24', to: '2027-01-03', name: 'Noël' },
  ],
});

describe('opening hours', () => {
  it.each([
    ['a weekday', '2026-06-01', '08:00-19:00'],
    ['a Saturday', '2026-06-06', '09:00-12:30'],
    ['a Sunday', '2026-06-07', ''],
    ['the day before a season', '2026-06-30', '08:00-19:00'],
    ['the first day of a season', '2026-07-01', '09:00-17:00'],
    ['a Saturday of a season, which replaces the whole week', '2026-07-04', ''],
    ['the last day of a season', '2026-08-31', '09:00-17:00'],
    ['the day after it', '2026-09-01', '08:00-19:00'],
    ['a closure of one day within a season', '2026-07-14', ''],
    ['the first day of a closure', '2026-12-24', ''],
    ['its last day, in another year', '2027-01-03', ''],
    ['the day of reopening', '2027-01-04', '08:00-19:00'],
  ])('CAL-01 on %s', (_, day, expected) => {
    expect(openingsOn(sci, day)).toEqual(ranges(expected));
    expect(isOpenDay(sci, day)).toBe(expected !== '');
  });

  it('CAL-01 a closed day says why', () => {
    expect(closedBecause(sci, '2026-06-07')).toEqual({ kind: 'weekly' });
    expect(closedBecause(sci, '2026-12-25')).toEqual({ kind: 'closure', name: 'Noël' });
    expect(closedBecause(sci, '2026-07-14')).toEqual({ kind: 'closure', name: null });
    expect(closedBecause(sci, '2026-06-01')).toBeUndefined();
  });
});

describe('open days', () => {
  it.each([
    ['an open day is its own', '2026-06-01', '2026-06-01'],
    ['a Sunday: Monday', '2026-06-07', '2026-06-08'],
    ['a vacation: the day of reopening', '2026-12-26', '2027-01-04'],
    ['a holiday in the week', '2026-07-14', '2026-07-15'],
  ])('CAL-03 the next open day. %s', (_, day, expected) => {
    expect(nextOpenDay(sci, day)).toBe(expected);
  });

  it('CAL-03 an open day exactly two years ahead is found, one later is an error of the network', () => {
    const closedUntil = (to: string) => library({ code: 'sci', closures: [{ from: '2026-01-01', to }] });
    expect(nextOpenDay(closedUntil('2028-05-31'), '2026-06-01')).toBe('2028-06-01');
    expect(() => nextOpenDay(closedUntil('2028-06-01'), '2026-06-01')).toThrow(NoOpenDay);
  });

  it('CAL-03 a library that never opens is an error that names it, not an endless loop', () => {
    const never = library({ code: 'never', hours: week('') });
    expect(() => nextOpenDay(never, '2026-06-01')).toThrow(
      expect.objectContaining({ library: 'never', from: '2026-06-01' }),
    );
  });

  it('LOAN-07 the last open day not after another, if there is one', () => {
    expect(lastOpenDay(sci, '2026-06-07', '2026-06-01')).toBe('2026-06-06');
    expect(lastOpenDay(sci, '2026-06-05', '2026-06-01')).toBe('2026-06-05');
    expect(lastOpenDay(sci, '2027-01-02', '2026-12-24')).toBeUndefined();
  });
});

describe('open hours', () => {
  const split = library({ code: 'buc', hours: week('08:00-12:00, 14:00-18:00') });

  it.each([
    ['the stroke of opening', '2026-06-01T08:00', true],
    ['the stroke of closing', '2026-06-01T12:00', true],
    ['a second later', '2026-06-01T12:00:01', false],
    ['lunch', '2026-06-01T13:00', false],
    ['the afternoon', '2026-06-01T14:00', true],
    ['the evening', '2026-06-01T18:00:01', false],
    ['Sunday', '2026-06-07T10:00', false],
  ])('CAL-06 open at %s', (_, at, expected) => {
    expect(isOpenAt(split, local(at), ZONE)).toBe(expected);
  });

  it.each([
    ['before the first opening', '2026-06-01T06:00', '2026-06-01T08:00'],
    ['at lunch', '2026-06-01T12:30', '2026-06-01T14:00'],
    ['in the evening', '2026-06-01T20:00', '2026-06-02T08:00'],
    ['on Friday night, over the weekend', '2026-06-05T23:00', '2026-06-08T08:00'],
    ['on the night of a clock change', '2026-10-24T23:00', '2026-10-26T08:00'],
  ])('CAL-06 the next opening %s', (_, at, expected) => {
    expect(said(nextOpening(split, local(at), ZONE))).toBe(expected);
  });

  it('CAL-04 the closing hour is the last one of the day', () => {
    expect(said(closingOf(split, '2026-06-01', ZONE))).toBe('2026-06-01T18:00');
  });

  it('CAL-04 a library that closes at midnight closes on that day', () => {
    const night = library({ code: 'night', hours: week('08:00-24:00') });
    expect(said(closingOf(night, '2026-06-01', ZONE))).toBe('2026-06-01T23:59');
    expect(isOpenAt(night, local('2026-06-01T23:59:30'), ZONE)).toBe(true);
  });
});
