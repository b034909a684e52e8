import { describe, expect, it } from 'vitest';
import { reachedLimits } from '../../source/circulation/limits.ts';
import type { LoanCount } from '../../source/circulation/limits.ts';
import type { LimitRow } from '../../source/circulation/network.ts';
import { codesOf, decide, subjectAt } from '../support/facts.ts';
import { network, smallNetwork } from '../support/network.ts';

/** So many open loans of a location and a material. */
const loans = (count: number, material = 'BOOK', location = 'sci/63S', policy: string | null = null): LoanCount => ({
  library: location.split('/')[0] ?? '',
  location,
  material,
  policy,
  count,
});

/** The maxima that are reached for one more of a material. */
function reached(
  openLoans: LoanCount[],
  {
    group = 'L',
    material = 'BOOK',
    location = 'sci/63S',
    limits,
  }: { group?: string; material?: string; location?: string; limits?: LimitRow[] } = {},
): number[] {
  const rules = limits ? network({ limits }) : smallNetwork;
  return reachedLimits(rules, subjectAt(location, group, { material }), openLoans).map((one) => one.limit.max);
}

describe('limits', () => {
  it.each([
    ['7 books: an 8th may go', [loans(7)], 'BOOK', []],
    ['8 books: no 9th', [loans(8)], 'BOOK', [8]],
    ['8 books: a DVD may go', [loans(8)], 'DVD', []],
    ['2 DVDs: no third', [loans(2, 'DVD')], 'DVD', [2]],
    ['5 issues: no 6th', [loans(5, 'ISSUE')], 'ISSUE', [5]],
    [
      '8 books, 2 DVDs, 4 issues: the 15th may be an issue',
      [loans(8), loans(2, 'DVD'), loans(4, 'ISSUE')],
      'ISSUE',
      [],
    ],
    ['8 books, 2 DVDs, 5 issues: all full', [loans(8), loans(2, 'DVD'), loans(5, 'ISSUE')], 'ISSUE', [15, 5]],
    ['and no other book either', [loans(8), loans(2, 'DVD'), loans(5, 'ISSUE')], 'BOOK', [15, 8]],
  ])('LOAN-05 15 in all, of which at most 8 books, 2 DVDs, 5 issues. %s', (_, open, material, expected) => {
    expect(reached(open, { material })).toEqual(expected);
  });

  it.each([
    ['a student has 10', 'L', 10, [10]],
    ['a professor has 20', 'PROF', 10, []],
    ['and not one more', 'PROF', 20, [20]],
  ])(
    'LOAN-05 a row that names a group replaces the one that differs only in naming none: %s',
    (_, group, count, expected) => {
      const limits = [
        { library: ['sci'], max: 10 },
        { library: ['sci'], group: ['PROF'], max: 20 },
        { library: ['sci'], material: ['DVD'], max: 2 },
      ];
      expect(reached([loans(count)], { group, limits })).toEqual(expected);
      expect(reached([loans(2, 'DVD')], { group, material: 'DVD', limits })).toEqual([2]);
    },
  );

  it('LOAN-05 the manual’s second example: L and M 15 (8, 2, 5), D and teachers 20 (12, 2, 6)', () => {
    const rows = (group: string[], all: number, books: number, issues: number): LimitRow[] => [
      { library: ['sci'], group, max: all },
      { library: ['sci'], group, material: ['BOOK'], max: books },
      { library: ['sci'], group, material: ['DVD'], max: 2 },
      { library: ['sci'], group, material: ['ISSUE'], max: issues },
    ];
    const limits = [...rows(['L', 'M'], 15, 8, 5), ...rows(['D', 'PROF'], 20, 12, 6)];
    expect(reached([loans(8)], { group: 'M', limits })).toEqual([8]);
    expect(reached([loans(8)], { group: 'D', limits })).toEqual([]);
    expect(reached([loans(12)], { group: 'D', limits })).toEqual([12]);
    expect(
      reached([loans(12), loans(2, 'DVD'), loans(6, 'ISSUE')], { group: 'PROF', material: 'ISSUE', limits }),
    ).toEqual([20, 6]);
  });

  it('LOAN-05 only loans of the limit’s own scope count: libraries do not add up', () => {
    expect(reached([loans(100, 'BOOK', 'buc/SALLE'), loans(7)])).toEqual([]);
    expect(reached([loans(100)], { location: 'buc/SALLE' })).toEqual([]);
  });

  it('LOAN-05 a limit of a location counts that location only, one of a policy that policy only', () => {
    const limits = [
      { location: ['sci/63S'], max: 3 },
      { policy: ['P48NN'], max: 1 },
    ];
    expect(reached([loans(3, 'BOOK', 'sci/CLOSED')], { limits })).toEqual([]);
    expect(reached([loans(3)], { limits })).toEqual([3]);
    const rules = network({ limits });
    const fortyEight = subjectAt('sci/CLOSED', 'L', { policy: 'P48NN' });
    expect(reachedLimits(rules, fortyEight, [loans(1, 'BOOK', 'buc/SALLE', 'P48NN')])).toMatchObject([{ count: 1 }]);
    expect(reachedLimits(rules, fortyEight, [loans(5)])).toEqual([]);
  });

  it('LOAN-05 a limit of none lends nothing', () => {
    expect(reached([], { limits: [{ library: ['sci'], max: 0 }] })).toEqual([0]);
  });

  it('LOAN-06 a reached limit says its own wording: row, scope, count, maximum', () => {
    const { blocks } = decide('2026-06-01T10:00', { patron: { openLoans: [loans(8), loans(7, 'ISSUE')] } });
    expect(blocks).toEqual([
      {
        code: 'LOAN_LIMIT',
        total: 2,
        facts: [
          {
            row: 0,
            name: null,
            library: ['sci'],
            location: null,
            group: null,
            material: null,
            policy: null,
            count: 15,
            max: 15,
          },
          {
            row: 2,
            name: null,
            library: ['sci'],
            location: null,
            group: null,
            material: ['BOOK'],
            policy: null,
            count: 8,
            max: 8,
          },
        ],
      },
    ]);
  });

  it('LOAN-06 the limits are not a reason beside ON_LOAN_TO_SAME: nothing more would be on loan', () => {
    const openLoan = { patronId: 1, patron: 'Name', due: 0, lateFrom: Number.MAX_SAFE_INTEGER };
    const decision = decide('2026-06-01T10:00', {
      patron: { openLoans: [loans(15)] },
      item: { process: 'LOAN', openLoan },
    });
    expect(codesOf(decision)).toEqual(['ON_LOAN_TO_SAME']);
  });
});
