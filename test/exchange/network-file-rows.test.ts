import { describe, expect, it } from 'vitest';
import { changed, errorsOf } from './small-network.ts';

/** [what is wrong, passage, what it is replaced by, the one error that must follow] */
type Case = readonly [string, string, string, Record<string, unknown>];

const rules: readonly Case[] = [
  [
    'a row that says nothing',
    '{period: 14 days}',
    '{renewable: false}',
    { problem: 'row-says-nothing', path: 'loanRules[5]', line: 40 },
  ],
  [
    'an answer beside mayBorrow',
    'mayBorrow: false',
    'mayBorrow: false, period: 1 day',
    { problem: 'beside-may-borrow', path: 'loanRules[0].period', found: 'period' },
  ],
  [
    'a maximum shorter than the period',
    'max: 28 days',
    'max: 20 days',
    { problem: 'max-shorter', path: 'loanRules[3].max', found: '20 days', period: '3 weeks' },
  ],
  [
    'a maximum in another unit',
    'max: 28 days',
    'max: 900 hours',
    { problem: 'max-other-unit', path: 'loanRules[3].max', found: '900 hours', period: '3 weeks' },
  ],
  [
    'a maximum without a period',
    'loanable: false',
    'loanable: false, max: 3 days',
    { problem: 'max-without-period', path: 'loanRules[1].max' },
  ],
  [
    'a period and a due date',
    'dueOn: 2026-09-15',
    'period: 3 days, dueOn: 2026-09-15',
    { problem: 'period-and-due-date', path: 'loanRules[4].dueOn' },
  ],
  [
    'LOAN-04 a due date not after its last day',
    'to: 2026-08-31}\n  - {p',
    'to: 2026-09-15}\n  - {p',
    { problem: 'to-not-before-due', path: 'loanRules[4].to', line: 39, found: '2026-09-15', dueOn: '2026-09-15' },
  ],
  [
    'LOAN-04 a due date without a last day',
    ', to: 2026-08-31}\n  - {p',
    '}\n  - {p',
    { problem: 'missing-key', path: 'loanRules[4].to' },
  ],
  [
    'LOAN-04 a dated row backwards',
    'from: 2026-06-15',
    'from: 2026-09-01',
    { problem: 'to-before-from', path: 'loanRules[4].to' },
  ],
  [
    'BLK-02 an override of quitus',
    'code: PATRON_EXPIRED',
    'code: PATRON_BLOCK_QUITUS',
    { problem: 'never-overridden', path: 'overrides[0].code', found: 'PATRON_BLOCK_QUITUS' },
  ],
  [
    'BLK-02 an override of an unknown patron',
    'code: PATRON_EXPIRED',
    'code: PATRON_UNKNOWN',
    { problem: 'never-overridden' },
  ],
  [
    'BLK-02 an override of an unknown item',
    'code: PATRON_EXPIRED',
    'code: ITEM_UNKNOWN',
    { problem: 'never-overridden' },
  ],
  [
    'REN-06 an override of a renewal past its maximum',
    'code: PATRON_EXPIRED',
    'code: RENEWAL_PERIOD_EXCEEDED',
    { problem: 'never-overridden', path: 'overrides[0].code', found: 'RENEWAL_PERIOD_EXCEEDED' },
  ],
  [
    'REN-06 an override of a renewal that moves nothing',
    'code: PATRON_EXPIRED',
    'code: DUE_DATE_UNCHANGED',
    { problem: 'never-overridden', path: 'overrides[0].code', found: 'DUE_DATE_UNCHANGED' },
  ],
  [
    'BLK-02 an override of what is no block',
    'code: PATRON_EXPIRED',
    'code: PATRON_TIRED',
    { problem: 'unknown-code', path: 'overrides[0].code', kind: 'block', found: 'PATRON_TIRED' },
  ],
  [
    'CYC-01 letters not in order',
    '[7, 14, 21]',
    '[7, 21, 14]',
    { problem: 'not-ascending', path: 'cycles[0].overdue', found: [7, 21, 14] },
  ],
  [
    'CYC-01 a bill before the last letter',
    'bill: 28',
    'bill: 21',
    { problem: 'not-ascending', path: 'cycles[0].bill', found: [7, 14, 21, 21] },
  ],
];

const codes: readonly Case[] = [
  [
    'a campus',
    'campus: UPS\n    site: rangueil\n    hours: {mon-sun',
    'campus: UT1\n    site: rangueil\n    hours: {mon-sun',
    { problem: 'unknown-code', path: 'libraries[1].campus', kind: 'campus', found: 'UT1', allowed: ['UPS'] },
  ],
  [
    'a site',
    'site: rangueil\n    hours: {mon-sun',
    'site: mirail\n    hours: {mon-sun',
    { problem: 'unknown-code', path: 'libraries[1].site', kind: 'site', found: 'mirail', allowed: ['rangueil'] },
  ],
  [
    'a group',
    'group: L,',
    'group: [L, M],',
    {
      problem: 'unknown-code',
      path: 'loanRules[3].group[1]',
      line: 38,
      kind: 'group',
      found: 'M',
      allowed: ['L', 'D', 'PROF', 'PEB'],
    },
  ],
  [
    'a policy',
    'policy: EXC',
    'policy: EXX',
    { problem: 'unknown-code', path: 'loanRules[1].policy', kind: 'policy', found: 'EXX' },
  ],
  [
    'a material',
    'material: EQUIPMENT',
    'material: LAPTOP',
    { problem: 'unknown-code', path: 'libraries[0].pickup[0].material', kind: 'material' },
  ],
  [
    'a library',
    'library: sci',
    'library: SCI',
    { problem: 'unknown-code', path: 'limits[0].library', kind: 'library', found: 'SCI', allowed: ['sci', 'BUC'] },
  ],
  [
    'a location of a library',
    'sci/63S',
    'sci/64S',
    {
      problem: 'unknown-code',
      path: 'loanRules[3].location',
      kind: 'location',
      found: 'sci/64S',
      allowed: ['sci/63S', 'sci/AJR'],
    },
  ],
  [
    'a location of no library',
    'sci/63S',
    'SCI/63S',
    { problem: 'unknown-code', kind: 'location', allowed: ['sci/…', 'BUC/…'] },
  ],
  [
    'a library of a pickup rule',
    'except: [BUC]',
    'except: [BUD]',
    { problem: 'unknown-code', path: 'libraries[0].pickup[1].except[0]', kind: 'library' },
  ],
  [
    'a library to deliver to',
    '{BUC: 3}',
    '{BUD: 3}',
    { problem: 'unknown-code', path: 'libraries[0].deliveryDays.BUD', kind: 'library' },
  ],
  [
    'a cycle',
    'notices: {cycle: 1',
    'notices: {cycle: 4',
    { problem: 'unknown-code', path: 'libraries[0].notices.cycle', kind: 'cycle', found: '4', allowed: ['1'] },
  ],
  [
    'a group given twice',
    '{code: D, name',
    '{code: L, name',
    { problem: 'duplicate-code', path: 'groups[1].code', line: 6, kind: 'group', found: 'L', first: 'groups[0].code' },
  ],
  [
    'a department with the code of a desk',
    'code: ACQ',
    'code: PRET',
    {
      problem: 'duplicate-code',
      path: 'libraries[0].departments[0].code',
      kind: 'desk',
      first: 'libraries[0].desks[0].code',
    },
  ],
  [
    'a location given twice',
    'code: AJR',
    'code: 63S',
    { problem: 'duplicate-code', path: 'libraries[0].locations[1].code', kind: 'location' },
  ],
];

describe('CONF-01 every error of meaning names its path and what is allowed there', () => {
  it.each(rules)('CONF-01 %s', (_, passage, by, error) => {
    expect(errorsOf(changed(passage, by))).toEqual([expect.objectContaining(error)]);
  });

  it.each(codes)('CONF-01 an unknown or doubled code: %s', (_, passage, by, error) => {
    expect(errorsOf(changed(passage, by))).toContainEqual(expect.objectContaining(error));
  });

  it('REN-06 a row may say itself that nobody renews past the maximum', () => {
    expect(errorsOf(changed('code: PATRON_EXPIRED, by: manager', 'code: DUE_DATE_UNCHANGED, by: nobody'))).toEqual([]);
  });

  it('CONF-01 a library called `any` could not be told from any library', () => {
    const text = changed('  - code: BUC', '  - code: any');
    expect(errorsOf(text)).toContainEqual({
      problem: 'reserved-code',
      path: 'libraries[1].code',
      line: 27,
      found: 'any',
    });
  });
});
