import { describe, expect, it } from 'vitest';
import { automaticRenewal } from '../../source/circulation/automatic-renewal.ts';
import type { AutomaticRenewal } from '../../source/circulation/automatic-renewal.ts';
import { lateAfterDay } from '../../source/circulation/due.ts';
import type { PatronFacts } from '../../source/circulation/loan.ts';
import type { Network } from '../../source/circulation/network.ts';
import type { RenewalLoan } from '../../source/circulation/renewal.ts';
import { student, ZONE } from '../support/facts.ts';
import { local, said } from '../support/house.ts';
import { days, network, withLibrary } from '../support/network.ts';

/** `buc` renews by itself: 14 days, at most 21. */
const automatic = withLibrary('buc', { autoRenew: true });

type More = { readonly loan?: Partial<RenewalLoan>; readonly patron?: Partial<PatronFacts>; readonly rules?: Network };

/** A loan of 1 June, due Monday 15 June: its courtesy notice belongs to Friday 12 June. */
function onBusinessDay(day: string, { loan = {}, patron = {}, rules = automatic }: More = {}): AutomaticRenewal {
  const whole: RenewalLoan = {
    library: 'buc',
    location: 'buc/SALLE',
    material: 'BOOK',
    policy: null,
    loanedAt: local('2026-06-01T10:00'),
    renewedAt: null,
    due: local('2026-06-15T20:00'),
    lateFrom: lateAfterDay('2026-06-15', ZONE),
    recalled: false,
    requestWaits: false,
    ...loan,
  };
  return automaticRenewal({ network: rules, patron: { ...student, ...patron }, loan: whole }, day);
}

const answer = (one: AutomaticRenewal): string | null =>
  one.kind === 'renewed' ? said(one.due.due) : `letter ${one.refusals.join(' ')}`.trim();

describe('automatic renewal', () => {
  it('REN-10 counts from the business day, not from the day on which the night run happens', () => {
    expect(answer(onBusinessDay('2026-06-12'))).toBe('2026-06-19T20:00');
    expect(answer(onBusinessDay('2026-06-11'))).toBe('2026-06-18T20:00');
  });

  it('REN-10 is a matter of the owning library', () => {
    expect(answer(onBusinessDay('2026-06-12', { rules: network({}) }))).toBe('letter');
  });

  it.each([
    ['late with another loan', 'PATRON_OVERDUE', { patron: { late: { count: 1, loans: [] } } }],
    ['requested by somebody', 'RECALLED REQUEST_CONFLICT', { loan: { recalled: true, requestWaits: true } }],
    ['expired', 'PATRON_EXPIRED EXPIRES_BEFORE_RENEWAL', { patron: { expiry: '2026-06-11' } }],
    ['not renewable', 'NOT_RENEWABLE RENEWAL_PERIOD_EXCEEDED DUE_DATE_UNCHANGED', { loan: { policy: 'EXC' } }],
    [
      'the date changed by hand past the maximum',
      'RENEWAL_PERIOD_EXCEEDED DUE_DATE_UNCHANGED',
      { loan: { due: local('2026-06-23T20:00') } },
    ],
  ])('REN-10 REN-05 fails for every reason for which a renewal does: %s', (_, refusals, more: More) => {
    expect(answer(onBusinessDay('2026-06-12', more))).toBe(`letter ${refusals}`);
  });

  it('REN-10 what the network lets be overridden, even by itself, is not overridden here', () => {
    const rules = { ...automatic, overrides: [{ code: 'PATRON_OVERDUE', by: 'automatic' as const }] };
    expect(answer(onBusinessDay('2026-06-12', { rules, patron: { late: { count: 1, loans: [] } } }))).toBe(
      'letter PATRON_OVERDUE',
    );
  });

  it('REN-10 an earlier manual renewal does not prevent it, while the maximum is not reached', () => {
    const rules = { ...automatic, loanRules: [{ period: days(14), max: days(28) }] };
    const once = {
      renewedAt: local('2026-06-03T10:00'),
      due: local('2026-06-17T20:00'),
      lateFrom: lateAfterDay('2026-06-17', ZONE),
    };
    expect(answer(onBusinessDay('2026-06-14', { loan: once, rules }))).toBe('2026-06-29T20:00');
    const atTheLimit = {
      renewedAt: local('2026-06-15T10:00'),
      due: local('2026-06-29T20:00'),
      lateFrom: lateAfterDay('2026-06-29', ZONE),
    };
    expect(answer(onBusinessDay('2026-06-26', { loan: atTheLimit, rules }))).toBe('letter DUE_DATE_UNCHANGED');
  });

  it('REN-10 the end of the business day counts: what was due on it is not late yet, and it is not after closing', () => {
    expect(answer(onBusinessDay('2026-06-15'))).toBe('letter AFTER_CLOSING');
    expect(answer(onBusinessDay('2026-06-14'))).toBe('2026-06-22T20:00');
  });
});
