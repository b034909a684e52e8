import { describe, expect, it } from 'vitest';
import type { LoanRule } from '../../source/circulation/network.ts';
import { matchingTerms, mayBorrow, selects, termsFor } from '../../source/circulation/rules.ts';
import { subjectAt } from '../support/facts.ts';
import { days, network, smallNetwork } from '../support/network.ts';

const TODAY = '2026-06-01';
const withRules = (...loanRules: LoanRule[]) => network({ loanRules });

describe('matching rows', () => {
  const subject = subjectAt('sci/63S', 'L', { policy: 'P48NN' });

  it.each([
    ['a row that names nothing', {}, true],
    ['its library', { library: ['sci'] }, true],
    ['one of several libraries', { library: ['buc', 'sci'] }, true],
    ['another library', { library: ['buc'] }, false],
    ['its location', { location: ['sci/63S'] }, true],
    ['another location', { location: ['sci/CLOSED'] }, false],
    ['its group', { group: ['L', 'M'] }, true],
    ['another group', { group: ['M'] }, false],
    ['its material', { material: ['BOOK'] }, true],
    ['another material', { material: ['DVD'] }, false],
    ['its policy', { policy: ['P48NN'] }, true],
    ['another policy', { policy: ['EXC'] }, false],
    [
      'all five together',
      { library: ['sci'], location: ['sci/63S'], group: ['L'], material: ['BOOK'], policy: ['P48NN'] },
      true,
    ],
    [
      'four of the five',
      { library: ['sci'], location: ['sci/63S'], group: ['M'], material: ['BOOK'], policy: ['P48NN'] },
      false,
    ],
  ])('CONF-02 %s', (_, row, expected) => {
    expect(selects(row, subject)).toBe(expected);
  });

  it('CONF-02 a row that names a group or a policy does not speak for those who have none', () => {
    expect(selects({ group: ['L'] }, subjectAt('sci/63S', null))).toBe(false);
    expect(selects({ policy: ['EXC'] }, subjectAt('sci/63S'))).toBe(false);
    expect(selects({}, subjectAt('sci/63S', null))).toBe(true);
  });
});

describe('terms of use', () => {
  it('CONF-02 the first row that matches wins, whatever the kind of row', () => {
    const broad: LoanRule = { library: ['sci'], period: days(14) };
    const exception: LoanRule = { policy: ['EXC'], loanable: false };
    const subject = subjectAt('sci/63S', 'L', { policy: 'EXC' });
    expect(termsFor(withRules(broad, exception), subject, TODAY)).toMatchObject({ row: 0, loanable: true });
    expect(termsFor(withRules(exception, broad), subject, TODAY)).toMatchObject({ row: 0, loanable: false });
  });

  it('CONF-02 a row silent on loanable, renewable and requestable means yes', () => {
    const terms = termsFor(withRules({ period: days(14) }), subjectAt('sci/63S'), TODAY);
    expect(terms).toEqual({
      row: 0,
      loanable: true,
      renewable: true,
      requestable: true,
      period: days(14),
      max: days(14),
      dueOn: null,
    });
  });

  it.each([
    ['L', 21, 28],
    ['M', 28, 42],
    ['D', 35, 49],
    ['PROF', 35, 49],
    ['LA', 14, 14],
  ])('LOAN-01 the manual’s location 63S lends to %s for %i days, at most %i', (group, period, max) => {
    expect(termsFor(smallNetwork, subjectAt('sci/63S', group), TODAY)).toMatchObject({
      period: days(period),
      max: days(max),
    });
  });

  it.each(['L', 'M', 'D', 'PROF', 'LA'])(
    'LOAN-02 an item policy overrides the location for every group (%s)',
    (group) => {
      const subject = subjectAt('sci/63S', group, { policy: 'P48NN' });
      expect(termsFor(smallNetwork, subject, TODAY)).toMatchObject({
        period: days(2),
        max: days(2),
        renewable: false,
        requestable: false,
      });
      expect(termsFor(smallNetwork, { ...subject, policy: 'EXC' }, TODAY)).toMatchObject({ loanable: false });
    },
  );

  it('REN-07 a row without a maximum: the maximum is the period', () => {
    expect(termsFor(withRules({ period: days(10) }), subjectAt('sci/63S'), TODAY).max).toEqual(days(10));
  });

  it.each([
    ['the day before', '2026-06-14', null],
    ['its first day', '2026-06-15', '2026-09-15'],
    ['its last day', '2026-08-31', '2026-09-15'],
    ['the day after', '2026-09-01', null],
  ])('LOAN-04 a fixed-due-date row is active from and to inclusive: %s', (_, day, dueOn) => {
    const terms = termsFor(smallNetwork, subjectAt('buc/ETE'), day);
    expect(terms).toMatchObject({ dueOn, renewable: dueOn === null });
  });

  it('BLK-11 no row at all: neither loanable nor renewable nor requestable, and no row is named', () => {
    expect(termsFor(smallNetwork, subjectAt('sci/CLOSED'), TODAY)).toEqual({
      row: null,
      loanable: false,
      renewable: false,
      requestable: false,
      period: null,
      max: null,
      dueOn: null,
    });
  });

  it('BLK-11 a mayBorrow row is passed over for every other answer', () => {
    const rules = withRules({ group: ['PEB'], mayBorrow: false }, { period: days(14) });
    expect(termsFor(rules, subjectAt('sci/63S', 'PEB'), TODAY)).toMatchObject({ row: 1, period: days(14) });
  });

  it('CONF-03 says what each later row would have said', () => {
    const later = matchingTerms(smallNetwork, subjectAt('buc/ETE'), '2026-07-01');
    expect(later.map(({ row, period, dueOn }) => ({ row, period, dueOn }))).toEqual([
      { row: 9, period: null, dueOn: '2026-09-15' },
      { row: 10, period: days(14), dueOn: null },
    ]);
  });
});

describe('who may borrow at all', () => {
  it.each([
    ['L', true],
    ['PEB', false],
    [null, false],
  ])('BLK-11 group %s: %s', (group, expected) => {
    expect(mayBorrow(smallNetwork, subjectAt('sci/63S', group), TODAY)).toBe(expected);
  });

  it('BLK-11 a group may be shut out of one library only', () => {
    const rules = withRules({ group: ['LA'], library: ['buc'], mayBorrow: false });
    expect(mayBorrow(rules, subjectAt('buc/SALLE', 'LA'), TODAY)).toBe(false);
    expect(mayBorrow(rules, subjectAt('sci/63S', 'LA'), TODAY)).toBe(true);
  });
});
