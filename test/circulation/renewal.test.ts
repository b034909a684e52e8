import { describe, expect, it } from 'vitest';
import type { Instant } from '../../source/circulation/time.ts';
import { decideRenewalOf } from '../support/facts.ts';
import { local, said } from '../support/house.ts';
import { days, hours, network, withLibrary } from '../support/network.ts';

/** A loan of `buc`: 14 days, at most 21 (REN-01). */
const buc = { library: 'buc', location: 'buc/SALLE', loaned: '2026-06-01T10:00', due: '2026-06-15T20:00' };
/** A loan of `med`: 20 days, at most 40 (REN-02). */
const med = { library: 'med', location: 'med/SALLE', loaned: '2026-06-01T10:00', due: '2026-06-21T18:00' };

type Loan = Parameters<typeof decideRenewalOf>[1];

/** The new due date, or what stands against it. */
function renewed(at: string, loan: Loan, more: Parameters<typeof decideRenewalOf>[2] = {}): string | null {
  const decision = decideRenewalOf(at, loan, more);
  return decision.refusals.length > 0 ? decision.refusals.join(' ') : said(decision.due.due);
}

describe('how far a renewal goes', () => {
  it.each([
    ['2 June', '2026-06-02T10:00', 'DUE_DATE_UNCHANGED'],
    ['6 June', '2026-06-06T10:00', 'DUE_DATE_UNCHANGED'],
    ['8 June', '2026-06-08T10:00', 'DUE_DATE_UNCHANGED'],
    ['9 June', '2026-06-09T10:00', '2026-06-16T20:00'],
    ['10 June', '2026-06-10T10:00', '2026-06-17T20:00'],
    ['15 June', '2026-06-15T10:00', '2026-06-22T20:00'],
  ])('REN-01 14 days, at most 21, lent 1 June, due 15 June; renewed on %s', (_, at, expected) => {
    expect(renewed(at, buc)).toBe(expected);
  });

  it.each([
    ['2 June', '2026-06-02T10:00', '2026-06-22T18:00'],
    ['6 June', '2026-06-06T10:00', '2026-06-26T18:00'],
    ['18 June', '2026-06-18T10:00', '2026-07-08T18:00'],
    ['21 June', '2026-06-21T15:00', '2026-07-11T17:00'],
  ])('REN-02 20 days, at most 40, lent 1 June, due 21 June; renewed on %s', (_, at, expected) => {
    expect(renewed(at, med)).toBe(expected);
  });

  it('REN-02 renewed again and again, until the limit, and then no more', () => {
    let due = med.due;
    let renewedAt: Instant | null = null;
    const history: (string | null)[] = [];
    for (const at of [
      '2026-06-02T10:00',
      '2026-06-06T10:00',
      '2026-06-18T10:00',
      '2026-06-21T15:00',
      '2026-06-30T10:00',
      '2026-07-11T10:00',
    ]) {
      const answer = renewed(at, { ...med, due, renewedAt });
      history.push(answer);
      if (answer?.startsWith('2026')) {
        due = answer;
        renewedAt = local(at);
      }
    }
    expect(history).toEqual([
      '2026-06-22T18:00',
      '2026-06-26T18:00',
      '2026-07-08T18:00',
      '2026-07-11T17:00',
      'DUE_DATE_UNCHANGED',
      'DUE_DATE_UNCHANGED',
    ]);
  });

  it('REN-01 CAL-03 a renewal to a closed day moves to the next open day, past the limit by that much only', () => {
    // 28 days at 63S at most: 29 June from 1 June is a Monday; lent on 31 May, the limit is Sunday 28 June.
    const loan = { loaned: '2026-05-31T10:00', due: '2026-06-22T19:00' };
    expect(renewed('2026-06-22T10:00', loan)).toBe('2026-06-29T19:00');
  });

  it('REN-03 CAL-03 a due date that a closed day moved past the maximum is at the limit, not past it', () => {
    const loan = { loaned: '2026-05-31T10:00', due: '2026-06-29T19:00' };
    expect(renewed('2026-06-23T10:00', loan)).toBe('DUE_DATE_UNCHANGED');
  });

  it('LOAN-01 REN-07 authorised readers of 63S: 14 of 14 days, no renewal', () => {
    const loan = { loaned: '2026-06-01T10:00', due: '2026-06-15T19:00' };
    expect(renewed('2026-06-10T10:00', loan, { patron: { group: 'LA' } })).toBe('DUE_DATE_UNCHANGED');
  });
});

describe('a renewal never brings the due date forward', () => {
  const long = network({ loanRules: [{ period: days(7), max: days(28) }] });
  const loan = { loaned: '2026-06-01T10:00', due: '2026-06-08T19:00' };

  it('REN-03 on the day of the loan it fails, even where it would move the date', () => {
    expect(renewed('2026-06-01T11:00', loan, { network: long })).toBe('DUE_DATE_UNCHANGED');
    expect(renewed('2026-06-02T11:00', loan, { network: long })).toBe('2026-06-23T19:00');
  });

  it('REN-03 a second one on the same day fails, even if the date was changed in between', () => {
    const again = { ...loan, due: '2026-06-10T19:00', renewedAt: local('2026-06-05T09:00') };
    expect(renewed('2026-06-05T16:00', again, { network: long })).toBe('DUE_DATE_UNCHANGED');
    expect(renewed('2026-06-06T10:00', again, { network: long })).toBe('2026-06-27T12:30');
  });

  it('REN-03 REN-06 a late loan is not renewed into the past', () => {
    const late = { ...buc, lateFrom: local('2026-06-16T00:00') };
    expect(decideRenewalOf('2026-06-20T10:00', late).refusals).toEqual(['PATRON_OVERDUE', 'AFTER_CLOSING']);
    expect(said(decideRenewalOf('2026-06-20T10:00', late).due.due)).toBe('2026-06-22T20:00');
    expect(decideRenewalOf('2026-06-23T10:00', late).refusals).toEqual([
      'PATRON_OVERDUE',
      'AFTER_CLOSING',
      'DUE_DATE_UNCHANGED',
    ]);
    expect(decideRenewalOf('2026-06-22T20:01', late).refusals).toContain('DUE_DATE_UNCHANGED');
  });
});

describe('when it is over', () => {
  it.each([
    ['an hour before closing', '2026-06-15T19:00', '2026-06-22T20:00'],
    ['on the stroke of closing', '2026-06-15T20:00', '2026-06-22T20:00'],
    ['a minute after', '2026-06-15T20:01', 'AFTER_CLOSING'],
    ['the next morning', '2026-06-16T08:00', 'PATRON_OVERDUE AFTER_CLOSING'],
  ])('REN-04 on the due day, %s', (_, at, expected) => {
    expect(renewed(at, buc)).toBe(expected);
  });

  it('REN-04 a due hour set by hand: renewing ends with it or with closing, whichever is later', () => {
    expect(renewed('2026-06-15T19:00', { ...buc, due: '2026-06-15T12:00' })).toBe('2026-06-22T20:00');
    expect(renewed('2026-06-15T20:30', { ...buc, due: '2026-06-15T21:00' })).toBe('2026-06-22T20:00');
    expect(renewed('2026-06-15T21:01', { ...buc, due: '2026-06-15T21:00' })).toBe('AFTER_CLOSING');
  });

  it('REN-04 a loan due in one minute on a day on which the library is closed', () => {
    const loan = { loaned: '2026-06-07T10:00', due: '2026-06-07T10:01', policy: 'EXC' };
    expect(decideRenewalOf('2026-06-07T10:00', loan).refusals).not.toContain('AFTER_CLOSING');
    expect(decideRenewalOf('2026-06-07T10:02', loan).refusals).toContain('AFTER_CLOSING');
  });
});

describe('refusals', () => {
  const TUESDAY = '2026-06-09T10:00';
  const refusals = (loan: Partial<Loan>, more: Parameters<typeof decideRenewalOf>[2] = {}, at = TUESDAY) =>
    decideRenewalOf(at, { ...buc, ...loan }, more).refusals;
  const stopping = network({ blockTypes: [{ code: 'MANUAL', stops: ['loan', 'renewal'] }] });
  const block = { type: 'MANUAL' as const, until: null, library: null, note: null, item: null };
  const lateLoan = { barcode: 'B9', title: 'Late', library: 'sci', due: local('2026-06-01T19:00') };

  it.each([
    ['PATRON_NO_ROLE', {}, { patron: { group: null } }],
    ['PATRON_NO_ROLE', {}, { patron: { group: 'PEB' } }],
    ['PATRON_INACTIVE', {}, { patron: { status: 'inactive' as const } }],
    ['PATRON_BLOCKED', {}, { patron: { blocks: [block] }, network: stopping }],
    ['PATRON_OVERDUE', {}, { patron: { late: { count: 1, loans: [lateLoan] } } }],
    ['NOT_RENEWABLE', { policy: 'P48NN', due: '2026-06-09T20:00', loaned: '2026-06-07T10:00' }, {}],
    ['NOT_RENEWABLE', { policy: 'EXC' }, {}],
    ['RECALLED', { recalled: true }, {}],
    ['RENEWAL_PERIOD_EXCEEDED', { due: '2026-06-23T20:00' }, {}],
    ['AFTER_CLOSING', { due: '2026-06-08T20:00', lateFrom: local('2026-06-30T00:00') }, {}],
    ['EXPIRES_BEFORE_RENEWAL', {}, { patron: { expiry: '2026-06-15' } }],
    ['REQUEST_CONFLICT', { requestWaits: true }, {}],
    ['DUE_DATE_UNCHANGED', { due: '2026-06-16T20:00' }, {}],
  ])('REN-05 %s comes first where it is the reason', (code, loan, more) => {
    expect(refusals(loan, more)[0]).toBe(code);
  });

  it('REN-05 an expired patron', () => {
    expect(refusals({}, { patron: { expiry: '2026-06-08' } })).toEqual(['PATRON_EXPIRED', 'EXPIRES_BEFORE_RENEWAL']);
    expect(refusals({}, { patron: { expiry: '2026-06-16' } })).toEqual([]);
  });

  it('REN-05 a renewal that would not move the date is that, whatever the expiry', () => {
    expect(refusals({}, { patron: { expiry: '2026-06-14' } }, '2026-06-08T10:00')).toEqual(['DUE_DATE_UNCHANGED']);
  });

  it('REN-05 all refusals in the public order', () => {
    const patron = {
      group: null,
      status: 'inactive' as const,
      expiry: '2026-06-08',
      blocks: [block],
      late: { count: 1, loans: [lateLoan] },
    };
    const recalled = {
      recalled: true,
      requestWaits: true,
      policy: 'P48NN',
      due: '2026-06-08T20:00',
      loaned: '2026-06-02T10:00',
    };
    expect(refusals(recalled, { patron, network: stopping })).toEqual([
      'PATRON_NO_ROLE',
      'PATRON_INACTIVE',
      'PATRON_EXPIRED',
      'PATRON_BLOCKED',
      'PATRON_OVERDUE',
      'NOT_RENEWABLE',
      'RECALLED',
      'RENEWAL_PERIOD_EXCEEDED',
      'AFTER_CLOSING',
      'REQUEST_CONFLICT',
      'DUE_DATE_UNCHANGED',
    ]);
  });

  it('PEN-08 as shipped no block stops renewals', () => {
    const blocks = (['LATE_RETURN', 'MANUAL', 'QUITUS'] as const).map((type) => ({
      ...block,
      type,
      until: '2026-12-31',
    }));
    expect(refusals({}, { patron: { blocks } })).toEqual([]);
  });

  it('PEN-05 nor does an expired one where its type does', () => {
    const patron = { blocks: [{ ...block, until: '2026-06-08' }] };
    expect(refusals({}, { patron, network: stopping })).toEqual([]);
  });

  it('REN-06 a patron with any late loan renews none', () => {
    expect(refusals({}, { patron: { late: { count: 1, loans: [lateLoan] } } })).toEqual(['PATRON_OVERDUE']);
  });
});

describe('fixed dates, and the rules of the day', () => {
  const vacation = { library: 'buc', location: 'buc/ETE', loaned: '2026-07-01T10:00', due: '2026-09-15T20:00' };

  it('REN-07 a vacation loan cannot be renewed while the rule is active', () => {
    expect(renewed('2026-08-20T10:00', vacation)).toMatch(/^NOT_RENEWABLE/);
  });

  it('REN-07 nor afterwards, if the maximum period has passed', () => {
    expect(renewed('2026-09-10T10:00', vacation)).toBe('RENEWAL_PERIOD_EXCEEDED DUE_DATE_UNCHANGED');
  });

  it('REN-07 but one made late enough can', () => {
    const late = { ...vacation, loaned: '2026-08-31T10:00' };
    expect(renewed('2026-09-10T10:00', late)).toBe('2026-09-17T20:00');
  });

  it('REN-07 a row without a maximum is not renewed past its period', () => {
    const rules = network({ loanRules: [{ period: days(14) }] });
    expect(renewed('2026-06-10T10:00', buc, { network: rules })).toBe('DUE_DATE_UNCHANGED');
  });

  it('REN-07 the rules of the day of the renewal count, not those of the loan', () => {
    const generous = network({ loanRules: [{ period: days(14), max: days(60) }] });
    expect(renewed('2026-06-10T10:00', buc, { network: generous })).toBe('2026-07-27T20:00');
    expect(renewed('2026-06-10T10:00', buc, { network: network({ loanRules: [] }) })).toMatch(/^NOT_RENEWABLE/);
  });

  it('CAL-03 the owning library’s calendar counts', () => {
    const closed = withLibrary('buc', { closures: [{ from: '2026-06-16', to: '2026-06-19' }] });
    expect(renewed('2026-06-09T10:00', buc, { network: closed })).toBe('2026-06-22T20:00');
  });
});

describe('loans counted in hours', () => {
  const rules = network({ loanRules: [{ period: hours(2), max: hours(5) }] });
  const loan = { loaned: '2026-06-01T10:00', due: '2026-06-01T12:00', lateFrom: local('2026-06-01T12:00') };

  it.each([
    ['before it is due', '2026-06-01T11:30', loan, '2026-06-01T14:30'],
    ['at once: three hours from now', '2026-06-01T10:00', loan, '2026-06-01T13:00'],
    [
      'again, up to the maximum',
      '2026-06-01T14:00',
      { ...loan, due: '2026-06-01T14:30', lateFrom: local('2026-06-01T14:30') },
      '2026-06-01T15:00',
    ],
    [
      'at the limit',
      '2026-06-01T14:45',
      { ...loan, due: '2026-06-01T15:00', lateFrom: local('2026-06-01T15:00') },
      'DUE_DATE_UNCHANGED',
    ],
  ])('CAL-06 REN-01 2 hours, at most 5; renewed %s', (_, at, one, expected) => {
    expect(renewed(at, one, { network: rules })).toBe(expected);
  });

  it('CAL-06 the new instant is a whole one, and moves to the next opening', () => {
    const evening = { loaned: '2026-06-01T16:20', due: '2026-06-01T18:20', lateFrom: local('2026-06-01T18:20') };
    expect(renewed('2026-06-01T17:00', evening, { network: rules })).toBe('2026-06-02T08:00');
  });

  it('REN-06 nobody renews one past its maximum, not even at night', () => {
    expect(decideRenewalOf('2026-06-01T22:00', loan, { network: rules }).refusals).toContain('DUE_DATE_UNCHANGED');
  });
});
