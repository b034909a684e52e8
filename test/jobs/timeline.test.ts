import { describe, expect, it } from 'vitest';
import { addDays } from '../../source/circulation/time.ts';
import type { Schedule } from '../../source/jobs/index.ts';
import { daysBetweenMoments, dueFor, earliestFor, lastDay, nextAfter } from '../../source/jobs/timeline.ts';
import { local, said } from '../support/house.ts';

type Daily = Exclude<Schedule, { every: 'minutes' }>;
const NIGHT: Daily = { every: 'night' };
const MONTH: Daily = { every: 'month' };
const AT_HALF_PAST_TWO: Daily = { every: 'day', at: 150 };
const PARIS = 'Europe/Paris';

describe('When jobs run', () => {
  it.each([
    ['CYC-02 the night of a day comes after midnight', NIGHT, '2026-06-12', PARIS, '2026-06-13T00:30'],
    ['the night in which clocks go forward', NIGHT, '2026-03-28', PARIS, '2026-03-29T00:30'],
    ['where half past midnight is skipped', NIGHT, '2026-04-23', 'Africa/Cairo', '2026-04-24T01:30'],
    ['a month', MONTH, '2026-06-30', PARIS, '2026-07-01T01:30'],
    ['an hour of the day', { every: 'day', at: 480 } as const, '2026-06-12', PARIS, '2026-06-12T08:00'],
    ['a time that is skipped is an hour later', AT_HALF_PAST_TWO, '2026-03-29', PARIS, '2026-03-29T03:30'],
    ['a time that comes twice', AT_HALF_PAST_TWO, '2026-10-25', PARIS, '2026-10-25T02:30'],
  ])('JOB-02 %s', (_, schedule, day, zone, at) => {
    expect(said(dueFor(schedule, day, zone), zone)).toBe(at);
  });

  it('JOB-02 02:30 comes once on every day, also when clocks change: a time that comes twice counts the first time', () => {
    expect(new Date(dueFor(AT_HALF_PAST_TWO, '2026-10-25', PARIS)).toISOString()).toBe('2026-10-25T00:30:00.000Z');
    const [since, until] = [local('2026-01-01T00:00'), local('2027-01-01T00:00')];
    const days = daysBetweenMoments(AT_HALF_PAST_TWO, since, until, PARIS);
    expect([days.length, new Set(days).size, days[0], days.at(-1)]).toEqual([365, 365, '2026-01-01', '2026-12-31']);
  });

  it.each(['Europe/Paris', 'Africa/Cairo', 'America/Santiago', 'Asia/Beirut'])(
    'JOB-02 no night is missed and none comes twice in %s: the next after each is that of the next day',
    (zone) => {
      for (let day = '2011-12-01'; day < '2013-01-05'; day = addDays(day, 1)) {
        const due = dueFor(NIGHT, day, zone);
        const next = nextAfter(NIGHT, due, zone);
        expect(next).toBeGreaterThan(due);
        expect(nextAfter(NIGHT, next - 1, zone)).toBe(next);
        expect(daysBetweenMoments(NIGHT, due - 1, due, zone).length).toBeLessThanOrEqual(2);
        expect(daysBetweenMoments(NIGHT, due, next, zone).length).toBe(1);
      }
    },
  );

  it('JOB-01 months end on their last day', () => {
    const found = daysBetweenMoments(MONTH, local('2027-12-15T10:00'), local('2028-04-01T01:30'), PARIS);
    expect(found).toEqual(['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31']);
    expect(daysBetweenMoments(MONTH, local('2027-12-15T10:00'), local('2028-01-01T01:29'), PARIS)).toEqual([]);
    expect(said(nextAfter(MONTH, local('2028-02-29T23:00'), PARIS))).toBe('2028-03-01T01:30');
    expect(said(nextAfter(MONTH, local('2028-03-01T01:00'), PARIS))).toBe('2028-03-01T01:30');
    expect(said(nextAfter(MONTH, local('2028-03-01T01:30'), PARIS))).toBe('2028-04-01T01:30');
  });

  it.each([
    [NIGHT, '2026-06-13T00:00', '2026-06-12'],
    [NIGHT, '2026-06-13T23:59', '2026-06-12'],
    [MONTH, '2026-07-01T00:00', '2026-06-30'],
    [MONTH, '2026-07-31T23:59', '2026-06-30'],
    [{ every: 'day', at: 480 } as const, '2026-06-13T00:00', '2026-06-13'],
  ])('JOB-02 where no day is named, it is the last that there can be (%j at %s)', (schedule, now, day) => {
    expect(lastDay(schedule, local(now), PARIS)).toBe(day);
    expect(earliestFor(schedule, day, PARIS)).toBeLessThanOrEqual(local(now));
  });

  it('what runs every minute runs on the minute', () => {
    const next = nextAfter({ every: 'minutes', count: 1 }, local('2026-06-13T10:00') + 30_000, PARIS);
    expect(next).toBe(local('2026-06-13T10:01'));
  });
});
