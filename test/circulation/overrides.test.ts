import { describe, expect, it } from 'vitest';
import { BLOCK_CODES, RENEWAL_REFUSALS } from '../../source/circulation/blocks.ts';
import type { BlockCode, RenewalRefusal } from '../../source/circulation/blocks.ts';
import type { Network, OverrideLevel } from '../../source/circulation/network.ts';
import {
  loanOverrideLevel,
  passes,
  renewalOverrideLevel,
  standingRefusals,
} from '../../source/circulation/overrides.ts';
import type { OperatorRank } from '../../source/circulation/overrides.ts';
import { network, smallNetwork } from '../support/network.ts';

const NEVER: readonly BlockCode[] = ['PATRON_BLOCK_QUITUS', 'ITEM_UNKNOWN', 'PATRON_UNKNOWN'];

/** Whether somebody of a rank may set a loan's block aside at a library. */
function mayOverride(rank: OperatorRank, code: BlockCode, library = 'sci', rules: Network = smallNetwork): boolean {
  return passes(rules, rank, loanOverrideLevel(rules, code, library), code, library);
}

/** Whether somebody of a rank may set a renewal's refusal aside at `sci`. */
function mayRenewDespite(rank: OperatorRank, code: RenewalRefusal, rules: Network = smallNetwork): boolean {
  return passes(rules, rank, renewalOverrideLevel(rules, code, 'sci'), code, 'sci');
}

describe('who may set a block aside', () => {
  it.each(BLOCK_CODES)(
    'BLK-02 as shipped, operators and managers every one but a quitus and what is unknown: %s',
    (code) => {
      const expected = !NEVER.includes(code);
      expect(mayOverride('operator', code)).toBe(expected);
      expect(mayOverride('manager', code)).toBe(expected);
      expect(mayOverride('none', code)).toBe(false);
    },
  );

  it.each(NEVER)('BLK-02 no row of a network lets anybody set %s aside', (code) => {
    const rules = network({
      overrides: [
        { code, by: 'automatic' },
        { code, by: 'anyone' },
      ],
    });
    expect(mayOverride('manager', code, 'sci', rules)).toBe(false);
  });

  const levels: [OverrideLevel, Record<OperatorRank, boolean>][] = [
    ['nobody', { none: false, limited: false, operator: false, manager: false }],
    ['manager', { none: false, limited: false, operator: false, manager: true }],
    ['operator', { none: false, limited: true, operator: true, manager: true }],
    ['anyone', { none: false, limited: true, operator: true, manager: true }],
    ['automatic', { none: true, limited: true, operator: true, manager: true }],
  ];
  it.each(levels)('BLK-02 a row that says %s', (by, expected) => {
    const rules = network({ overrides: [{ code: 'LOAN_LIMIT', by }] });
    const answer = (rank: OperatorRank) => mayOverride(rank, 'LOAN_LIMIT', 'sci', rules);
    expect({
      none: answer('none'),
      limited: answer('limited'),
      operator: answer('operator'),
      manager: answer('manager'),
    }).toEqual(expected);
    expect(mayOverride('operator', 'NOT_LOANABLE', 'sci', rules)).toBe(true);
  });

  it('BLK-02 a row’s library is the desk’s; the first row that matches counts', () => {
    const rules = network({
      overrides: [
        { code: 'PATRON_EXPIRED', library: ['sci'], by: 'manager' },
        { code: 'PATRON_EXPIRED', by: 'nobody' },
      ],
    });
    expect(mayOverride('manager', 'PATRON_EXPIRED', 'sci', rules)).toBe(true);
    expect(mayOverride('manager', 'PATRON_EXPIRED', 'buc', rules)).toBe(false);
  });
});

describe('limited operators', () => {
  it.each(BLOCK_CODES)('BLK-05 override like operators where the library lets them: %s', (code) => {
    expect(mayOverride('limited', code, 'sci')).toBe(mayOverride('operator', code, 'sci'));
  });

  it.each(BLOCK_CODES)('BLK-05 elsewhere, item-level blocks only: %s', (code) => {
    const expected = !NEVER.includes(code) && !code.startsWith('PATRON_');
    expect(mayOverride('limited', code, 'buc')).toBe(expected);
  });

  it('BLK-05 a row `anyone` means them too, there as well', () => {
    const rules = network({ overrides: [{ code: 'PATRON_OVERDUE', by: 'anyone' }] });
    expect(mayOverride('limited', 'PATRON_OVERDUE', 'buc', rules)).toBe(true);
    expect(mayOverride('limited', 'PATRON_EXPIRED', 'buc', rules)).toBe(false);
  });

  it('BLK-05 the same holds for renewals', () => {
    const level = renewalOverrideLevel(smallNetwork, 'PATRON_OVERDUE', 'buc');
    expect(passes(smallNetwork, 'limited', level, 'PATRON_OVERDUE', 'buc')).toBe(false);
    expect(passes(smallNetwork, 'limited', level, 'PATRON_OVERDUE', 'sci')).toBe(true);
    expect(
      passes(
        smallNetwork,
        'limited',
        renewalOverrideLevel(smallNetwork, 'NOT_RENEWABLE', 'buc'),
        'NOT_RENEWABLE',
        'buc',
      ),
    ).toBe(true);
  });
});

describe('who may set a renewal’s refusal aside', () => {
  const operators: readonly RenewalRefusal[] = ['PATRON_OVERDUE', 'NOT_RENEWABLE', 'AFTER_CLOSING'];
  const nobody: readonly RenewalRefusal[] = ['RENEWAL_PERIOD_EXCEEDED', 'DUE_DATE_UNCHANGED'];

  it.each(RENEWAL_REFUSALS)('REN-06 as shipped: %s', (code) => {
    expect(mayRenewDespite('operator', code)).toBe(operators.includes(code));
    expect(mayRenewDespite('manager', code)).toBe(!nobody.includes(code));
  });

  it.each(nobody)('REN-06 nobody past the maximum, whatever a network says: %s', (code) => {
    expect(mayRenewDespite('manager', code, network({ overrides: [{ code, by: 'automatic' }] }))).toBe(false);
  });

  it('BLK-02 REN-06 a network’s row counts for renewals too', () => {
    const rules = network({
      overrides: [
        { code: 'RECALLED', by: 'operator' },
        { code: 'PATRON_OVERDUE', by: 'nobody' },
      ],
    });
    expect(mayRenewDespite('operator', 'RECALLED', rules)).toBe(true);
    expect(mayRenewDespite('manager', 'PATRON_OVERDUE', rules)).toBe(false);
  });
});

describe('what still stands against a renewal', () => {
  const left = (
    rank: OperatorRank,
    refusals: RenewalRefusal[],
    given: RenewalRefusal[],
    rules: Network = smallNetwork,
  ) => standingRefusals(rules, rank, refusals, given, 'sci');

  it('REN-06 what was given and may be given no longer does', () => {
    expect(left('operator', ['PATRON_OVERDUE', 'NOT_RENEWABLE'], ['PATRON_OVERDUE'])).toEqual(['NOT_RENEWABLE']);
    expect(left('operator', ['RECALLED'], ['RECALLED'])).toEqual(['RECALLED']);
    expect(left('manager', ['RECALLED'], ['RECALLED'])).toEqual([]);
    expect(left('manager', ['DUE_DATE_UNCHANGED'], ['DUE_DATE_UNCHANGED'])).toEqual(['DUE_DATE_UNCHANGED']);
  });

  it('REN-06 who overrides a code thereby passes AFTER_CLOSING, a manager the two others too', () => {
    const along: RenewalRefusal[] = ['AFTER_CLOSING', 'EXPIRES_BEFORE_RENEWAL', 'REQUEST_CONFLICT'];
    const all: RenewalRefusal[] = ['PATRON_OVERDUE', ...along];
    expect(left('operator', all, ['PATRON_OVERDUE'])).toEqual(['EXPIRES_BEFORE_RENEWAL', 'REQUEST_CONFLICT']);
    expect(left('manager', all, ['PATRON_OVERDUE'])).toEqual([]);
    expect(left('manager', along, ['PATRON_OVERDUE'])).toEqual(along);
    expect(left('manager', all, [])).toEqual(all);
  });

  it('BLK-02 what is handled automatically is not asked', () => {
    const rules = network({ overrides: [{ code: 'REQUEST_CONFLICT', by: 'automatic' }] });
    expect(left('limited', ['REQUEST_CONFLICT', 'AFTER_CLOSING'], [], rules)).toEqual(['AFTER_CLOSING']);
  });
});
