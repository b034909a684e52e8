import { describe, expect, it } from 'vitest';
import { BLOCK_CODES, isPatronLevel, RENEWAL_REFUSALS } from '../../source/circulation/blocks.ts';
import { lateAfterDay } from '../../source/circulation/due.ts';
import { loanOverrideLevel, mayDelete } from '../../source/circulation/overrides.ts';
import type { OperatorRank } from '../../source/circulation/overrides.ts';
import { codesOf, decide, decideRenewalOf, student, ZONE } from '../support/facts.ts';
import { local, said } from '../support/house.ts';
import { smallNetwork } from '../support/network.ts';

const late = { count: 1, loans: [{ barcode: 'B9', title: 'Late', library: 'sci', due: local('2026-06-01T19:00') }] };

describe('a patron with a late loan', () => {
  it.each([
    ['has one late loan', late, ['PATRON_OVERDUE']],
    ['has none', student.late, []],
  ])('PEN-01 cannot borrow, but an operator may override: %s', (_, loans, codes) => {
    expect(codesOf(decide('2026-06-10T10:00', { patron: { late: loans } }))).toEqual(codes);
    expect(loanOverrideLevel(smallNetwork, 'PATRON_OVERDUE', 'sci')).toBe('operator');
  });

  it('PEN-01 REN-06 nor renew another one', () => {
    const loan = { loaned: '2026-06-01T10:00', due: '2026-06-22T19:00' };
    expect(decideRenewalOf('2026-06-17T10:00', loan, { patron: { late } }).refusals).toEqual(['PATRON_OVERDUE']);
    expect(decideRenewalOf('2026-06-17T10:00', loan).refusals).toEqual([]);
  });
});

describe('how long an override lasts', () => {
  it('BLK-03 for the patron where the code says so, else for the item', () => {
    const [patron, item] = [BLOCK_CODES.filter(isPatronLevel), BLOCK_CODES.filter((code) => !isPatronLevel(code))];
    expect(patron).toEqual([
      'PATRON_EXPIRED',
      'PATRON_INACTIVE',
      'PATRON_GROUP_NOT_ALLOWED',
      'PATRON_OVERDUE',
      'PATRON_BLOCK_LATE_RETURN',
      'PATRON_BLOCK_MANUAL',
      'PATRON_BLOCK_QUITUS',
      'PATRON_UNKNOWN',
    ]);
    expect(item).toHaveLength(BLOCK_CODES.length - patron.length);
    expect(RENEWAL_REFUSALS.filter(isPatronLevel)).toEqual(RENEWAL_REFUSALS.slice(0, 5));
  });
});

describe('an item that somebody else has or waits for', () => {
  const openLoan = { patron: 'Martin Ana', due: local('2026-06-05T19:00'), lateFrom: lateAfterDay('2026-06-05', ZONE) };
  const hold = { patron: 'Martin Ana', until: '2026-06-20', library: 'sci' };

  it.each([
    [
      'BLK-07 on loan to another',
      { openLoan: { ...openLoan, patronId: 2 } },
      { code: 'ON_LOAN_TO_OTHER', facts: [{ patron: 'Martin Ana', daysLate: 5 }] },
    ],
    [
      'BLK-07 on loan to the same',
      { openLoan: { ...openLoan, patronId: 1 } },
      { code: 'ON_LOAN_TO_SAME', facts: [{ due: openLoan.due }] },
    ],
    [
      'BLK-08 held for another',
      { hold: { ...hold, patronId: 2 } },
      { code: 'HELD_FOR_OTHER', facts: [{ patron: 'Martin Ana', until: '2026-06-20' }] },
    ],
  ])('%s: one block, with its facts, which operators may set aside', (_, item, block) => {
    const decision = decide('2026-06-10T10:00', { item });
    expect(decision.blocks).toMatchObject([block]);
    expect(decision.blocks.map((one) => loanOverrideLevel(smallNetwork, one.code, 'sci'))).toEqual(['operator']);
    expect(said(decision.due.due)).toBe('2026-07-01T19:00');
  });

  it('BLK-08 held for the patron who borrows it: none', () => {
    expect(codesOf(decide('2026-06-10T10:00', { item: { hold: { ...hold, patronId: 1 } } }))).toEqual([]);
  });
});

describe('several loans of one patron', () => {
  it.each([
    ['may be renewed', { loaned: '2026-06-01T10:00', due: '2026-06-22T19:00' }, '2026-06-24T19:00'],
    [
      'was renewed today',
      { loaned: '2026-06-01T10:00', due: '2026-06-24T19:00', renewedAt: local('2026-06-17T09:00') },
      'DUE_DATE_UNCHANGED',
    ],
    ['is recalled', { loaned: '2026-06-01T10:00', due: '2026-06-22T19:00', recalled: true }, 'RECALLED'],
    [
      'of another library, at its own maximum',
      { library: 'buc', location: 'buc/SALLE', loaned: '2026-06-01T10:00', due: '2026-06-22T20:00' },
      'DUE_DATE_UNCHANGED',
    ],
  ])('REN-08 each answers for itself: one %s', (_, loan, expected) => {
    const { refusals, due } = decideRenewalOf('2026-06-17T10:00', loan);
    expect(refusals.length > 0 ? refusals.join(' ') : said(due.due)).toBe(expected);
  });
});

describe('a due date changed by hand', () => {
  /** A loan of 63S: 21 days, at most 28, until 29 June. */
  it.each([
    ['to the day of the maximum', '2026-06-29T19:00', ['DUE_DATE_UNCHANGED']],
    ['past the maximum', '2026-06-30T19:00', ['RENEWAL_PERIOD_EXCEEDED', 'DUE_DATE_UNCHANGED']],
    ['brought forward', '2026-06-19T19:00', []],
    ['to an hour of the same day', '2026-06-22T12:00', []],
  ])('REN-09 %s', (_, due, refusals) => {
    expect(decideRenewalOf('2026-06-17T10:00', { loaned: '2026-06-01T10:00', due }).refusals).toEqual(refusals);
  });
});

describe('a loan made by mistake', () => {
  const [today, yesterday] = ['2026-06-02', '2026-06-01'];
  const table: [OperatorRank, boolean, boolean][] = [
    ['none', false, false],
    ['limited', false, false],
    ['operator', true, false],
    ['manager', true, true],
  ];
  it.each(table)('LOAN-09 may be deleted by %s: of today %s, of yesterday %s', (rank, sameDay, earlier) => {
    expect([mayDelete(rank, today, today), mayDelete(rank, yesterday, today)]).toEqual([sameDay, earlier]);
  });
});
