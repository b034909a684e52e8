import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoanRule, Network } from '../../source/circulation/network.ts';
import { mayBorrow, termsFor } from '../../source/circulation/rules.ts';
import type { RuleSubject } from '../../source/circulation/rules.ts';
import { addDays } from '../../source/circulation/time.ts';
import { networkWarnings } from '../../source/exchange/network-file/index.ts';
import { wordsIn } from '../../source/language/index.ts';
import { SMALL, changed, networkOf, warningsOf } from './small-network.ts';

/** SMALL with other loan rules. */
const withRules = (...rows: string[]): string =>
  SMALL.replace(/loanRules:\n(?: {2}- .*\n)+/, `loanRules:\n${rows.map((row) => `  - ${row}\n`).join('')}`);

describe('CONF-02 rows that are never read', () => {
  it('CONF-02 a complete table has no warnings', () => {
    expect(warningsOf(SMALL)).toEqual([]);
  });

  it('CONF-02 an item-policy row hidden behind a broader one above it: order decides, not the kind of row', () => {
    const text = withRules('{library: [sci, BUC], period: 14 days}', '{policy: EXC, loanable: false}');
    expect(warningsOf(text)).toEqual([
      { warning: 'unreachable-row', path: 'loanRules[1]', line: 36, hiddenBy: ['loanRules[0]'] },
    ]);
  });

  it('CONF-02 a row hidden by several together, which are named', () => {
    const text = withRules(
      '{group: PEB, mayBorrow: false}',
      '{library: sci, period: 14 days}',
      '{group: L, period: 21 days}',
      '{library: BUC, period: 7 days}',
      '{group: [L, D], policy: EXC, loanable: false}',
    );
    expect(warningsOf(text)).toEqual([
      {
        warning: 'unreachable-row',
        path: 'loanRules[4]',
        line: 39,
        hiddenBy: ['loanRules[1]', 'loanRules[2]', 'loanRules[3]'],
      },
    ]);
  });

  it('CONF-02 a dated row hides nothing that follows, but stretches of time together may', () => {
    const dated = '{dueOn: 2026-09-15, from: 2026-06-15, to: 2026-08-31}';
    expect(warningsOf(withRules(dated, '{period: 14 days}'))).toEqual([]);
    const always = ['{period: 7 days, to: 2026-06-30}', '{period: 14 days, from: 2026-07-01}', '{period: 21 days}'];
    expect(warningsOf(withRules(...always))).toMatchObject([
      {
        warning: 'unreachable-row',
        path: 'loanRules[2]',
        hiddenBy: ['loanRules[0]', 'loanRules[1]'],
      },
    ]);
    const within = withRules(dated, '{group: L, period: 1 day, from: 2026-07-01, to: 2026-07-31}', '{period: 14 days}');
    expect(warningsOf(within)).toMatchObject([{ warning: 'unreachable-row', path: 'loanRules[1]' }]);
  });

  it('CONF-02 BLK-11 rows with `mayBorrow` are a table of their own', () => {
    const text = withRules(
      '{mayBorrow: false}',
      '{group: PEB, mayBorrow: false}',
      '{group: PEB, period: 14 days}',
      '{period: 7 days}',
    );
    expect(warningsOf(text)).toMatchObject([
      { warning: 'unreachable-row', path: 'loanRules[1]', hiddenBy: ['loanRules[0]'] },
    ]);
  });

  it('CONF-02 a row that contradicts itself matches nothing', () => {
    const text = withRules('{library: BUC, location: sci/63S, period: 7 days}', '{period: 14 days}');
    expect(warningsOf(text)).toEqual([{ warning: 'matches-nothing', path: 'loanRules[0]', line: 35 }]);
  });

  it('CONF-02 LOAN-05 a limit of a library for the locations of another one only', () => {
    const limits = '{library: BUC, location: sci/63S, max: 1}, {library: [BUC, sci], location: sci/63S, max: 2}';
    expect(warningsOf(changed('{library: sci, max: 10}', limits))).toEqual([
      { warning: 'matches-nothing', path: 'limits[0]', line: 41 },
    ]);
  });

  it('CONF-02 BLK-02 overrides, by code and library', () => {
    const rows =
      '{code: LOAN_LIMIT, library: sci, by: manager}, {code: LOAN_LIMIT, by: anyone}, {code: LOAN_LIMIT, library: BUC, by: nobody}';
    expect(warningsOf(changed('{code: PATRON_EXPIRED, by: manager}', rows))).toMatchObject([
      { warning: 'unreachable-row', path: 'overrides[2]', hiddenBy: ['overrides[1]'] },
    ]);
  });

  it('CONF-02 REQ-06 pickup rules', () => {
    const text = changed('- {material: EQUIPMENT, at: own}', '- {at: any}');
    expect(warningsOf(text)).toMatchObject([
      {
        warning: 'unreachable-row',
        path: 'libraries[0].pickup[1]',
        line: 25,
        hiddenBy: ['libraries[0].pickup[0]'],
      },
    ]);
  });

  it('CONF-02 REQ-06 items that no pickup row speaks for can be fetched nowhere', () => {
    const only = (row: string): string => changed('- {at: any, except: [BUC], notOnSite: true}', row);
    const path = 'libraries[0].pickup';
    expect(warningsOf(only('- {policy: EXC, location: 63S, at: any}'))).toEqual([
      { warning: 'no-pickup', path, line: 23, materials: ['BOOK'], policies: [null, 'P48NN'] },
      { warning: 'no-pickup', path, line: 23, materials: ['BOOK'], policies: ['EXC'], locations: ['sci/AJR'] },
    ]);
    expect(warningsOf(only('- {material: BOOK, at: any}'))).toEqual([]);
    const none = changed('      - {material: EQUIPMENT, at: own}\n', '', only('')).replace(
      /pickup:\s+deliveryDays/,
      'pickup: []\n    deliveryDays',
    );
    expect(warningsOf(none)).toEqual([{ warning: 'no-pickup', path, line: 23 }]);
  });

  it('CONF-02 REQ-06 is told in both languages', () => {
    const gap = { materials: ['DVD'], policies: [null], locations: ['sci/63S'] };
    const said = (language: 'fr' | 'en') => wordsIn(language).network.warning['no-pickup'];
    expect([said('fr')(gap), said('fr')({})]).toEqual([
      'aucune ligne ne répond pour matériels DVD ; exceptions (sans exception) ; localisations sci/63S : aucun lieu de retrait (NO_PICKUP_LIBRARY)',
      'aucune ligne ne répond : aucun lieu de retrait (NO_PICKUP_LIBRARY)',
    ]);
    expect([said('en')(gap), said('en')({})]).toEqual([
      'no row answers for materials DVD; policies (no policy); locations sci/63S: no pickup library (NO_PICKUP_LIBRARY)',
      'no row answers: no pickup library (NO_PICKUP_LIBRARY)',
    ]);
  });

  it('CAL-01 seasons that overlap', () => {
    const text = changed(
      '}}]\n    closures',
      '}}, {from: 2026-08-31, to: 2026-09-30, hours: {mon: closed}}]\n    closures',
    );
    expect(warningsOf(text)).toEqual([
      {
        warning: 'seasons-overlap',
        path: 'libraries[0].seasons[1]',
        line: 17,
        other: 'libraries[0].seasons[0]',
      },
    ]);
  });
});

describe('CONF-02 cases without an answer', () => {
  it('CONF-02 whole libraries and single locations, with the groups concerned', () => {
    const text = withRules(
      '{group: PEB, mayBorrow: false}',
      '{location: sci/63S, period: 14 days}',
      '{group: [L, D], library: sci, period: 14 days}',
      '{group: L, period: 14 days}',
    );
    expect(warningsOf(text)).toEqual([
      { warning: 'no-answer', path: 'loanRules', line: 34, libraries: [], locations: ['sci/AJR'], groups: ['PROF'] },
      { warning: 'no-answer', path: 'loanRules', line: 34, libraries: ['BUC'], locations: [], groups: ['D', 'PROF'] },
    ]);
  });

  it('CONF-02 an item without a policy is a case of its own, as is a single material', () => {
    expect(warningsOf(withRules('{policy: [EXC, P48NN], period: 1 day}'))).toEqual([
      {
        warning: 'no-answer',
        path: 'loanRules',
        line: 34,
        libraries: ['sci', 'BUC'],
        locations: [],
        policies: [null],
      },
    ]);
    expect(warningsOf(withRules('{material: BOOK, period: 1 day}', '{policy: EXC, loanable: false}'))).toEqual([
      {
        warning: 'no-answer',
        path: 'loanRules',
        line: 34,
        libraries: ['sci', 'BUC'],
        locations: [],
        materials: ['EQUIPMENT'],
        policies: [null, 'P48NN'],
      },
    ]);
  });

  it('CONF-02 days that only dated rows answer for', () => {
    expect(warningsOf(withRules('{period: 1 day, from: 2026-06-15, to: 2026-08-31}'))).toEqual([
      {
        warning: 'no-answer',
        path: 'loanRules',
        line: 34,
        libraries: ['sci', 'BUC'],
        locations: [],
        days: [
          { from: null, to: '2026-06-14' },
          { from: '2026-09-01', to: null },
        ],
      },
    ]);
  });

  it('CONF-02 no rules at all', () => {
    expect(warningsOf(SMALL.replace(/loanRules:\n(?: {2}- .*\n)+/, 'loanRules: []\n'))).toMatchObject([
      { warning: 'no-answer', libraries: ['sci', 'BUC'], locations: [] },
    ]);
  });
});

describe('CONF-02 the warnings are exact', () => {
  const base = networkOf(SMALL);
  const some = (values: readonly string[]) => fc.subarray([...values], { minLength: 1 });
  const selector = {
    library: some(['sci', 'BUC']),
    location: some(['sci/63S', 'sci/AJR', 'BUC/SAL']),
    group: some(['L', 'D', 'PROF', 'PEB']),
    material: some(['BOOK', 'EQUIPMENT']),
    policy: some(['EXC', 'P48NN']),
    from: fc.constantFrom('2026-03-01', '2026-06-01'),
    to: fc.constantFrom('2026-06-30', '2026-12-31'),
  };
  const row = fc
    .tuple(fc.record(selector, { requiredKeys: [] }), fc.constantFrom('terms', 'terms', 'may', 'may not'))
    .map(([what, kind]): LoanRule => {
      if (kind === 'terms') return { ...what, period: { unit: 'days', count: 7 } };
      return { ...what, mayBorrow: kind === 'may' };
    });

  const days = ['2026-01-01', '2026-03-15', '2026-06-15', '2026-08-01', '2027-01-01'];
  const subjects = ['sci/63S', 'sci/AJR', 'BUC/SAL'].flatMap((location) =>
    [null, 'L', 'D', 'PROF', 'PEB'].flatMap((group) =>
      ['BOOK', 'EQUIPMENT'].flatMap((material) =>
        [null, 'EXC', 'P48NN'].map((policy): RuleSubject => {
          return { library: location.split('/')[0] ?? '', location, group, material, policy };
        }),
      ),
    ),
  );

  /** The cases that a warning of missing answers names. */
  const named = (network: Network) => {
    const missing = networkWarnings(network).flatMap((one) => (one.warning === 'no-answer' ? [one] : []));
    return (subject: RuleSubject, day: string): boolean =>
      missing.some(
        (gap) =>
          (gap.libraries.includes(subject.library) || gap.locations.includes(subject.location)) &&
          (gap.groups?.includes(subject.group ?? '') ?? true) &&
          (gap.materials?.includes(subject.material) ?? true) &&
          (gap.policies?.includes(subject.policy) ?? true) &&
          (gap.days?.some(({ from, to }) => (from ?? '') <= day && day <= (to ?? '9999')) ?? true),
      );
  };

  it('CONF-02 a row is reported if and only if it answers in no case', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 7 }), (loanRules) => {
        const network: Network = { ...base, loanRules };
        const answering = subjects.flatMap((subject) => days.map((day) => termsFor(network, subject, day).row));
        const silent = loanRules.flatMap(({ mayBorrow: permission }, at) =>
          permission === undefined && !answering.includes(at) ? [`loanRules[${at}]`] : [],
        );
        const reported = networkWarnings(network)
          .filter(({ warning }) => warning === 'unreachable-row' || warning === 'matches-nothing')
          .map(({ path }) => path)
          .filter((path) => loanRules[Number(/\d+/.exec(path)?.[0])]?.mayBorrow === undefined);
        expect(reported).toEqual(silent);
      }),
    );
  });

  it('CONF-02 a case is reported if and only if it has no answer and its group may borrow', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 7 }), (loanRules) => {
        const network: Network = { ...base, loanRules };
        const isNamed = named(network);
        for (const subject of subjects.filter(({ group }) => group !== null)) {
          for (const day of days) {
            const open = termsFor(network, subject, day).row === null && mayBorrow(network, subject, day);
            expect(isNamed(subject, day)).toBe(open);
          }
        }
      }),
    );
  });

  it('CONF-02 a table too intricate to be checked says so instead of taking for ever', () => {
    const codes = (name: string) =>
      Array.from({ length: 200 }, (_, at) => ({ code: `${name}${at}`, name: { fr: '', en: '' } }));
    const [groups, materials, itemPolicies] = [codes('G'), codes('M'), codes('P')];
    const half = (list: readonly { code: string }[], at: number): string[] =>
      list.filter((_, index) => (index * 7919 + at * 104_729) % 11 < 6).map(({ code }) => code);
    const loanRules = Array.from({ length: 400 }, (_, at): LoanRule => {
      const what = { group: half(groups, at), material: half(materials, at * at), policy: half(itemPolicies, at * 31) };
      return { ...what, loanable: false, from: addDays('2026-01-01', at), to: addDays('2026-06-01', at) };
    });
    const warnings = networkWarnings({ ...base, groups, materials, itemPolicies, loanRules });
    expect(warnings.filter(({ path }) => path.startsWith('loanRules'))).toEqual([
      { warning: 'not-checked', path: 'loanRules' },
    ]);
  });
});
