import { describe, expect, it } from 'vitest';
import { SMALL, changed, errorsOf } from './small-network.ts';

/** [what is wrong, passage, what it is replaced by, the one error that must follow] */
type Case = readonly [string, string, string, Record<string, unknown>];

const schema: readonly Case[] = [
  [
    'an unknown key',
    'max: 10',
    'max: 10, colour: red',
    {
      problem: 'unknown-key',
      path: 'limits[0].colour',
      line: 41,
      found: 'colour',
      allowed: ['library', 'location', 'group', 'material', 'policy', 'max', 'name'],
    },
  ],
  [
    'a missing key',
    'by: manager',
    '',
    { problem: 'missing-key', path: 'overrides[0].by', line: 42, allowed: ['text'] },
  ],
  [
    'a list where a map belongs',
    '{code: small, name: Petit réseau, timeZone: Europe/Paris}',
    '[small]',
    { problem: 'wrong-type', path: 'network', line: 1, found: 'list', allowed: ['map'] },
  ],
  [
    'nothing where a list belongs',
    'limits: [{library: sci, max: 10}]',
    'limits:',
    { problem: 'wrong-type', path: 'limits', found: 'nothing', allowed: ['list'] },
  ],
  [
    'a number that should be a text',
    'group: L,',
    'group: 7,',
    { problem: 'needs-quotes', path: 'loanRules[3].group', found: '7' },
  ],
  [
    'a number in a list of texts',
    'group: L,',
    'group: [L, 7],',
    { problem: 'needs-quotes', path: 'loanRules[3].group[1]', found: '7' },
  ],
  [
    'a word that is not offered',
    'by: manager',
    'by: boss',
    {
      problem: 'not-one-of',
      path: 'overrides[0].by',
      found: 'boss',
      allowed: ['nobody', 'manager', 'operator', 'anyone', 'automatic'],
    },
  ],
  [
    'a pickup word',
    'at: own',
    'at: anywhere',
    { problem: 'not-one-of', path: 'libraries[0].pickup[0].at', found: 'anywhere', allowed: ['any', 'own'] },
  ],
  [
    'a period',
    'period: 14 days',
    'period: a fortnight',
    { problem: 'bad-format', path: 'loanRules[5].period', line: 40, found: 'a fortnight', allowed: 'period' },
  ],
  [
    'a period of no time',
    'period: 14 days',
    'period: 0 days',
    { problem: 'bad-format', found: '0 days', allowed: 'period' },
  ],
  [
    'a day that does not exist',
    '2026-07-14',
    '2026-06-31',
    { problem: 'bad-format', path: 'libraries[0].closures[0].from', found: '2026-06-31', allowed: 'day' },
  ],
  [
    'a mail address',
    'pret@example.org',
    'pret at example',
    { problem: 'bad-format', path: 'libraries[0].desks[0].printer.email', allowed: 'email' },
  ],
  [
    'a code with a slash',
    'code: ACQ',
    'code: A/Q',
    { problem: 'bad-format', path: 'libraries[0].departments[0].code', found: 'A/Q', allowed: 'code' },
  ],
  [
    'a location without a library',
    'location: sci/63S',
    'location: 63S',
    { problem: 'bad-format', path: 'loanRules[3].location', found: '63S', allowed: 'location' },
  ],
  [
    'a number out of range',
    'max: 10',
    'max: -1',
    { problem: 'out-of-range', path: 'limits[0].max', found: '-1', least: 0, most: null },
  ],
  [
    'half a number',
    'max: 10',
    'max: 1.5',
    { problem: 'bad-format', path: 'limits[0].max', found: '1.5', allowed: 'whole-number' },
  ],
  ['an empty name', 'name: BU centrale', 'name: ""', { problem: 'empty', path: 'libraries[1].name' }],
  ['an empty list of codes', 'group: L,', 'group: [],', { problem: 'empty', path: 'loanRules[3].group' }],
  [
    'too many letters',
    '[7, 14, 21]',
    '[7, 14, 21, 27]',
    { problem: 'too-long', path: 'cycles[0].overdue', found: 4, allowed: 3 },
  ],
  [
    'an unknown time zone',
    'Europe/Paris',
    'Europe/Toulouse',
    { problem: 'bad-format', path: 'network.timeZone', found: 'Europe/Toulouse', allowed: 'time-zone' },
  ],
  [
    'half of the two languages',
    '{fr: Licence, en: Bachelor}',
    '{fr: Licence}',
    { problem: 'missing-key', path: 'groups[0].name.en', allowed: ['text'] },
  ],
];

const calendar: readonly Case[] = [
  [
    'an unknown weekday',
    'sat: "09',
    'sam: "09',
    { problem: 'bad-format', path: 'libraries[0].hours.sam', found: 'sam', allowed: 'weekdays' },
  ],
  [
    'weekdays backwards',
    'mon-sun',
    'sun-mon',
    { problem: 'bad-format', path: 'libraries[1].hours.sun-mon', allowed: 'weekdays' },
  ],
  [
    'hours that are none',
    '"09:00-12:30"',
    '9 to noon',
    { problem: 'bad-format', path: 'libraries[0].hours.sat', line: 16, found: '9 to noon', allowed: 'hours' },
  ],
  [
    'an hour that does not exist',
    '"09:00-12:30"',
    '"09:00-24:30"',
    { problem: 'bad-format', path: 'libraries[0].hours.sat', allowed: 'hours' },
  ],
  [
    'hours backwards',
    '"09:00-12:30"',
    '"12:30-09:00"',
    { problem: 'range-backwards', path: 'libraries[0].hours.sat', found: '12:30-09:00' },
  ],
  [
    'hours that overlap',
    '"09:00-12:30"',
    '"09:00-12:30, 12:00-14:00"',
    { problem: 'hours-overlap', path: 'libraries[0].hours.sat', found: '12:00-14:00', other: '09:00-12:30' },
  ],
  [
    'the same weekday twice',
    'mon-sun: "08:00-20:00"',
    'mon-wed: closed, wed-fri: "08:00-20:00"',
    { problem: 'weekday-twice', path: 'libraries[1].hours.wed-fri', found: 'wed', other: 'mon-wed' },
  ],
  [
    'a season backwards',
    'to: 2026-08-31, hours',
    'to: 2026-06-30, hours',
    { problem: 'to-before-from', path: 'libraries[0].seasons[0].to', found: '2026-06-30', from: '2026-07-01' },
  ],
  [
    'a closure backwards',
    'to: 2027-01-03',
    'to: 2026-01-03',
    { problem: 'to-before-from', path: 'libraries[0].closures[1].to' },
  ],
  [
    'a library that never opens',
    'mon-sun: "08:00-20:00"',
    'mon-sun: closed',
    { problem: 'no-open-day', path: 'libraries[1].hours', line: 31, library: 'BUC', from: null },
  ],
];

const barcodes: readonly Case[] = [
  [
    'a pattern for barcodes that is no regular expression',
    '    desks: []',
    String.raw`    barcodes: {item: ['\d{11}', '[0-9']}
    desks: []`,
    { problem: 'bad-format', path: 'libraries[1].barcodes.item[1]', line: 32, found: '[0-9', allowed: 'pattern' },
  ],
];

describe('CONF-01 every error of form names its path and what is allowed there', () => {
  it.each([...schema, ...calendar])('CONF-01 %s', (_, passage, by, error) => {
    expect(errorsOf(changed(passage, by))).toEqual([expect.objectContaining(error)]);
  });

  it.each(barcodes)('CONF-01 TUI-11 %s', (_, passage, by, error) => {
    expect(errorsOf(changed(passage, by))).toEqual([expect.objectContaining(error)]);
  });

  it('CAL-03 a library must open within two years of the day that is given', () => {
    const text = changed('    desks: []', '    closures: [{from: 2026-06-02, to: 2028-06-02}]\n    desks: []');
    expect(errorsOf(text)).toEqual([]);
    expect(errorsOf(text, '2026-06-01')).toEqual([]);
    expect(errorsOf(text, '2026-06-02')).toEqual([
      {
        problem: 'no-open-day',
        path: 'libraries[1].hours',
        line: 31,
        library: 'BUC',
        from: '2026-06-02',
      },
    ]);
    expect(errorsOf(text, '2026-06-03')).toEqual([]);
  });

  it('CONF-01 all errors come at once, in the order of the file', () => {
    const text = changed(
      'campus: UPS\n    site: rangueil\n    hours: {mon-fri',
      'campus: UT1\n    site: rangueil\n    hours: {mon-fry',
    )
      .replace('group: L, period: 3 weeks', 'group: M, period: 3 wks')
      .replace('max: 10', 'maxi: 10')
      .replace('bill: 28', 'bill: 2');
    expect(errorsOf(text).map(({ problem, path, line }) => [line, path, problem])).toEqual([
      [14, 'libraries[0].campus', 'unknown-code'],
      [16, 'libraries[0].hours.mon-fry', 'bad-format'],
      [38, 'loanRules[3].period', 'bad-format'],
      [38, 'loanRules[3].group', 'unknown-code'],
      [41, 'limits[0].max', 'missing-key'],
      [41, 'limits[0].maxi', 'unknown-key'],
      [43, 'cycles[0].bill', 'not-ascending'],
    ]);
  });
});

describe('CONF-01 what is not a document of plain values', () => {
  it.each([
    ['YAML that breaks off', 'network: {code: x', 'not-yaml', 1],
    ['two documents', `${SMALL}---\na: 1`, 'not-yaml', 44],
    ['a tag of another world', 'network: !!python/object x', 'not-yaml', 1],
    ['an alias without an anchor', 'network: *x', 'bad-alias', undefined],
    ['an anchor that holds itself', 'network: &a [*a]', 'too-deep', undefined],
    ['endless brackets', '['.repeat(20_000), 'too-deep', 1],
    ['a scalar', 'network', 'wrong-type', 1],
    ['an empty file', '', 'wrong-type', undefined],
  ])('CONF-01 %s', (_, text, problem, line) => {
    expect(errorsOf(text)[0]).toMatchObject({ problem, ...(line === undefined ? {} : { line }) });
  });

  it('CONF-01 the same key twice, wherever it stands', () => {
    expect(errorsOf(changed('name: BU Sciences', 'name: BU Sciences\n    code: sci'))).toEqual([
      { problem: 'duplicate-key', path: 'libraries[0].code', line: 14, found: 'code' },
    ]);
  });

  it('CONF-01 a bomb of aliases is refused, as is a file of more than a megabyte', () => {
    const levels = Array.from(
      { length: 9 },
      (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(', ')}]`,
    );
    expect(errorsOf(['a0: &a0 [x]', ...levels].join('\n'))).toMatchObject([{ problem: 'bad-alias' }]);
    const wide = ['a0: &a0 [', '1,'.repeat(1500), ']\nb: [', '*a0,'.repeat(1000), ']'].join('');
    expect(errorsOf(wide)).toMatchObject([{ problem: 'too-many-values', allowed: 200_000 }]);
    expect(errorsOf(`# ${'x'.repeat(1024 * 1024)}`)).toEqual([
      { problem: 'file-too-large', path: '', found: 1024 * 1024 + 2, allowed: 1024 * 1024 },
    ]);
  });

  it('CONF-01 keys of objects themselves are no keys of the file', () => {
    const text = changed('network: {', 'network: {__proto__: {routing: site}, constructor: x, ');
    expect(errorsOf(text).map(({ path, problem }) => [path, problem])).toEqual([
      ['network.__proto__', 'unknown-key'],
      ['network.constructor', 'unknown-key'],
    ]);
  });
});
