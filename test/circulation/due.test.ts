import { describe, expect, it } from 'vitest';
import { daysLate, dueAfter, dueByExpiry, dueInOneMinute, dueOnDay, dueUnder } from '../../source/circulation/due.ts';
import type { Due } from '../../source/circulation/due.ts';
import { termsFor } from '../../source/circulation/rules.ts';
import { dayOf } from '../../source/circulation/time.ts';
import { med, sci, subjectAt, ZONE } from '../support/facts.ts';
import { local, said } from '../support/house.ts';
import { days, hours, library, network, smallNetwork, week, withLibrary } from '../support/network.ts';
import { libraryOf } from '../../source/circulation/network.ts';

/** When a book of a location that is lent at a local time falls due. */
function dueOf(
  at: string,
  place: string,
  group = 'L',
  policy: string | null = null,
  rules = smallNetwork,
): string | null {
  const now = local(at);
  const subject = subjectAt(place, group, { policy });
  const terms = termsFor(rules, subject, dayOf(now, ZONE));
  return said(dueUnder(terms, libraryOf(rules, subject.library), now, ZONE).due);
}

describe('loan periods', () => {
  it.each([
    ['L', '2026-06-22T19:00'],
    ['M', '2026-06-29T19:00'],
    ['D', '2026-07-06T19:00'],
    ['PROF', '2026-07-06T19:00'],
    ['LA', '2026-06-15T19:00'],
  ])('LOAN-01 CAL-02 CAL-04 lent on Monday 1 June at 63S to %s: due %s', (group, expected) => {
    expect(dueOf('2026-06-01T10:00', 'sci/63S', group)).toBe(expected);
  });

  it.each([
    ['the first minute of the day', '2026-06-01T00:00'],
    ['the last', '2026-06-01T23:59'],
  ])('CAL-02 the due day is the loan day + N, lent at %s', (_, at) => {
    expect(dueOf(at, 'sci/63S')).toBe('2026-06-22T19:00');
  });

  it.each([
    ['a Sunday becomes Monday', '2026-06-07T10:00', 'L', '2026-06-29T19:00'],
    ['a Saturday is open until 12:30', '2026-06-06T10:00', 'L', '2026-06-27T12:30'],
    ['a vacation: the day of reopening, next year', '2026-12-05T10:00', 'L', '2027-01-04T19:00'],
    ['the last day before the vacation stays', '2026-12-02T10:00', 'L', '2026-12-23T19:00'],
  ])('CAL-03 %s', (_, at, group, expected) => {
    expect(dueOf(at, 'sci/63S', group)).toBe(expected);
  });

  it.each([
    ['into winter time', '2026-10-05T10:00', '2026-10-26T19:00', '2026-10-26T18:00Z'],
    ['into summer time', '2027-03-08T10:00', '2027-03-29T19:00', '2027-03-29T17:00Z'],
    ['over a leap day', '2028-02-08T10:00', '2028-02-29T19:00', '2028-02-29T18:00Z'],
  ])('CAL-04 the closing hour is right %s', (_, at, expected, utc) => {
    expect(dueOf(at, 'sci/63S')).toBe(expected);
    expect(local(expected)).toBe(Date.parse(utc));
  });

  it('CAL-03 the calendar is that of the owning library', () => {
    // 21 June 2026 is a Sunday: `med` opens on Sundays, `sci` does not.
    expect(dueOf('2026-06-01T10:00', 'med/SALLE')).toBe('2026-06-21T18:00');
  });

  it('CAL-03 CONF-03 the steps of a due date name the period, the closed day and the closing hour', () => {
    const terms = termsFor(smallNetwork, subjectAt('sci/63S'), '2026-12-05');
    const due = dueUnder(terms, sci, local('2026-12-05T10:00'), ZONE);
    expect(due.steps).toEqual([
      { kind: 'period', from: '2026-12-05', period: days(21), to: '2026-12-26' },
      { kind: 'closed', day: '2026-12-26', because: { kind: 'closure', name: 'Noël' }, to: '2027-01-04' },
      { kind: 'closing', day: '2027-01-04', at: local('2027-01-04T19:00') },
    ]);
  });

  it.each([
    ['24 h', 1, '2026-06-02T19:00'],
    ['48 h', 2, '2026-06-03T19:00'],
    ['72 h', 3, '2026-06-04T19:00'],
  ])('CAL-06 the manual’s %s policies are counted in days', (_, count, expected) => {
    expect(said(dueAfter(sci, local('2026-06-01T10:00'), days(count), ZONE).due)).toBe(expected);
  });
});

describe('loans counted in hours', () => {
  const after = (at: string, count: number) => said(dueAfter(sci, local(at), hours(count), ZONE).due);

  it.each([
    ['within the day', '2026-06-01T10:00', 2, '2026-06-01T12:00'],
    ['on the stroke of closing', '2026-06-01T17:00', 2, '2026-06-01T19:00'],
    ['after closing: the next opening', '2026-06-01T17:01', 2, '2026-06-02T08:00'],
    ['over a Sunday', '2026-06-06T11:00', 2, '2026-06-08T08:00'],
    ['a day later', '2026-06-01T10:00', 24, '2026-06-02T10:00'],
    ['a day later, closed: Monday morning', '2026-06-06T10:00', 24, '2026-06-08T08:00'],
    ['24 hours over a clock change are 24 hours', '2026-10-23T12:00', 72, '2026-10-26T11:00'],
    ['over the year’s end', '2026-12-23T18:00', 2, '2027-01-04T08:00'],
  ])('CAL-06 %s', (_, at, count, expected) => {
    expect(after(at, count)).toBe(expected);
  });

  it('CAL-05 they are late from their due instant on', () => {
    const due = dueAfter(sci, local('2026-06-01T10:00'), hours(2), ZONE);
    expect(due.lateFrom).toBe(due.due);
  });
});

describe('what is not loanable, or has a fixed date', () => {
  it('LOAN-03 an excluded item is due a minute after the loan, whatever the calendar', () => {
    expect(dueOf('2026-06-01T10:00', 'sci/63S', 'L', 'EXC')).toBe('2026-06-01T10:01');
    expect(dueOf('2026-06-07T22:59', 'sci/63S', 'L', 'EXC')).toBe('2026-06-07T23:00');
    expect(dueOf('2026-12-31T23:59', 'sci/63S', 'L', 'EXC')).toBe('2027-01-01T00:00');
  });

  it('LOAN-03 CAL-05 it is late from the next day on, as any other', () => {
    expect(said(dueInOneMinute(local('2026-06-01T10:00'), ZONE).lateFrom)).toBe('2026-06-02T00:00');
  });

  it('BLK-11 LOAN-03 so is an item for which no row speaks', () => {
    expect(dueOf('2026-06-01T10:00', 'sci/CLOSED')).toBe('2026-06-01T10:01');
  });

  it.each(['2026-06-15T09:00', '2026-07-01T10:00', '2026-07-25T10:00', '2026-08-31T19:59'])(
    'LOAN-04 a vacation loan falls due on 15 September, lent at %s',
    (at) => {
      expect(dueOf(at, 'buc/ETE')).toBe('2026-09-15T20:00');
    },
  );

  it('LOAN-04 before and after, the period counts', () => {
    expect(dueOf('2026-06-12T10:00', 'buc/ETE')).toBe('2026-06-26T20:00');
    expect(dueOf('2026-09-01T10:00', 'buc/ETE')).toBe('2026-09-15T20:00');
    expect(dueOf('2026-09-02T10:00', 'buc/ETE')).toBe('2026-09-16T20:00');
  });

  it('LOAN-04 CAL-03 a fixed date on which the library is closed moves too', () => {
    const strike = withLibrary('buc', { closures: [{ from: '2026-09-15', to: '2026-09-16' }] });
    expect(dueOf('2026-07-01T10:00', 'buc/ETE', 'L', null, strike)).toBe('2026-09-17T20:00');
  });

  it('CAL-03 a library that never opens is an error of the network', () => {
    const never = network({ libraries: [library({ code: 'sci', hours: week('') })] });
    expect(() => dueOf('2026-06-01T10:00', 'sci/63S', 'L', null, never)).toThrow('no open day');
  });
});

describe('shortened to the patron’s expiry', () => {
  const by = (at: string, expiry: string) => said(dueByExpiry(sci, local(at), expiry, ZONE, 'days').due);

  it.each([
    ['the expiry day is still valid', '2026-06-01T10:00', '2026-06-10', '2026-06-10T19:00'],
    ['the last open day not after it', '2026-06-01T10:00', '2026-06-07', '2026-06-06T12:30'],
    ['before a vacation', '2026-12-10T10:00', '2026-12-31', '2026-12-23T19:00'],
    ['today', '2026-06-01T10:00', '2026-06-01', '2026-06-01T19:00'],
    ['today, after closing: a minute', '2026-06-01T19:30', '2026-06-01', '2026-06-01T19:31'],
    ['on the stroke of closing: a minute', '2026-06-01T19:00', '2026-06-01', '2026-06-01T19:01'],
    ['no open day until then: a minute', '2026-06-07T10:00', '2026-06-07', '2026-06-07T10:01'],
  ])('LOAN-07 %s', (_, at, expiry, expected) => {
    expect(by(at, expiry)).toBe(expected);
  });
});

describe('being late', () => {
  const due: Due = dueOnDay(sci, '2026-06-22', ZONE, []);
  const late = (at: string, loan: { due: number; lateFrom: number } = due) => daysLate(loan, local(at), ZONE);

  it.each([
    ['before', '2026-06-22T12:00', 0],
    ['after the closing hour of the due day it is due, not late', '2026-06-22T23:59', 0],
    ['from the start of the day after', '2026-06-23T00:00', 1],
    ['all that day', '2026-06-23T23:59', 1],
    ['calendar days, Sundays too', '2026-06-29T10:00', 7],
    ['over a clock change', '2026-10-26T00:00', 126],
    ['over the year’s end', '2027-01-01T00:00', 193],
  ])('CAL-05 %s', (_, at, expected) => {
    expect(late(at)).toBe(expected);
  });

  it.each([
    ['at the due instant', '2026-06-01T12:00', 0],
    ['the same evening', '2026-06-01T18:00', 0],
    ['the day after', '2026-06-02T00:00', 1],
  ])('CAL-05 a loan counted in hours is late in calendar days all the same: %s', (_, at, expected) => {
    expect(late(at, dueAfter(sci, local('2026-06-01T10:00'), hours(2), ZONE))).toBe(expected);
  });

  it('CAL-05 a due day without summer time’s midnight: the day after begins when it begins', () => {
    const cairo = dueOnDay(med, '2026-04-23', 'Africa/Cairo', []);
    expect(said(cairo.lateFrom, 'Africa/Cairo')).toBe('2026-04-24T01:00');
    expect(daysLate(cairo, cairo.lateFrom, 'Africa/Cairo')).toBe(1);
  });

  it('CAL-04 CAL-05 a library that closes at midnight: its loans are due on their due day, and late by whole days', () => {
    const night = dueOnDay(library({ code: 'night', hours: week('08:00-24:00') }), '2026-06-22', ZONE, []);
    expect(said(night.due)).toBe('2026-06-22T23:59');
    expect(daysLate(night, local('2026-06-24T09:00'), ZONE)).toBe(2);
  });
});
