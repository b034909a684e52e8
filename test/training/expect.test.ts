import { describe, expect, it } from 'vitest';
import { mismatches } from '../../source/training/scenario/expect.ts';

const lines = [
  { barcode: 'B1', due: '2026-06-22T19:00' },
  { barcode: 'B2', due: '2026-06-23T19:00' },
];

describe('Every form of `expect` (spec 8)', () => {
  it.each([
    ['an equal scalar', { a: 1, b: 'x', c: true }, { a: 1, b: 'x', c: true, more: 2 }],
    ['a date that matches the day of a date-time', { due: '2026-06-22' }, { due: '2026-06-22T19:00' }],
    ['a time with seconds', { due: '2026-06-22T19:00:00' }, { due: '2026-06-22T19:00' }],
    ['a number that stands for a text', { patron: 9921000000164 }, { patron: '9921000000164' }],
    ['a text that stands for a number', { count: '2' }, { count: 2 }],
    ['a period in other units', { period: '3 weeks' }, { period: '21 days' }],
    ['a list', { blocks: ['A', 'B'] }, { blocks: ['A', 'B'] }],
    ['an empty list', { blocks: [] }, { blocks: [] }],
    ['partial maps in a list', { lines: [{ barcode: 'B1' }, { due: '2026-06-23' }] }, { lines }],
    ['a partial map', { matched: { row: 4 } }, { matched: { table: 'loanRules', row: 4 } }],
    ['count', { lines: { count: 2 } }, { lines }],
    ['count, of a figure that is one itself', { loans: { count: 2 } }, { loans: 2 }],
    ['count 0 of a list that is absent', { lines: { count: 0 } }, {}],
    ['contains, in any order', { lines: { contains: [{ barcode: 'B2' }, { barcode: 'B1' }] } }, { lines }],
    ['contains, in a text', { note: { contains: ['3 discs'] } }, { note: 'Check the 3 discs' }],
    ['count and contains together', { lines: { count: 2, contains: [{ barcode: 'B2' }] } }, { lines }],
    ['absent', { process: { absent: true } }, {}],
    ['absent, of null', { process: { absent: true } }, { process: null }],
    ['not absent', { process: { absent: false } }, { process: 'LOAN' }],
    ['null, of what is absent', { process: null }, {}],
    ['fields of a result that are named like a form', { count: 2, absent: true }, { count: 2, absent: true }],
    ['fields of a map that are named like a form', { page: { count: 2 } }, { page: { count: 2, offset: 0 } }],
    ['nothing', {}, { a: 1 }],
  ])('passes: %s', (_, expected, actual) => {
    expect(mismatches(expected, actual)).toEqual([]);
  });

  it.each([
    ['another scalar', { a: 1 }, { a: 2 }, 'a', 1, 2],
    ['a truth value is no text', { a: true }, { a: 'true' }, 'a', true, 'true'],
    ['another day', { due: '2026-06-21' }, { due: '2026-06-22T19:00' }, 'due', '2026-06-21', '2026-06-22T19:00'],
    [
      'a date-time is not matched by a day',
      { day: '2026-06-22T19:00' },
      { day: '2026-06-22' },
      'day',
      '2026-06-22T19:00',
      '2026-06-22',
    ],
    ['another period', { period: '2 days' }, { period: '2 hours' }, 'period', '2 days', '2 hours'],
    ['what is absent', { a: 1 }, {}, 'a', 1, null],
    ['another order', { blocks: ['B', 'A'] }, { blocks: ['A', 'A'] }, 'blocks[0]', 'B', 'A'],
    ['one member more', { blocks: ['A'] }, { blocks: ['A', 'B'] }, 'blocks', ['A'], ['A', 'B']],
    [
      'a member of a list',
      { lines: [{ barcode: 'B1' }, { barcode: 'B3' }] },
      { lines },
      'lines[1].barcode',
      'B3',
      'B2',
    ],
    ['a list that is none', { blocks: ['A'] }, { blocks: 'A' }, 'blocks', ['A'], 'A'],
    ['a map that is none', { matched: { row: 1 } }, { matched: 3 }, 'matched', { row: 1 }, 3],
    ['a count', { lines: { count: 3 } }, { lines }, 'lines.count', 3, 2],
    [
      'a member twice where there is one',
      { blocks: { contains: ['A', 'A'] } },
      { blocks: ['A', 'B'] },
      'blocks.contains',
      ['A'],
      ['A', 'B'],
    ],
    ['what should be absent', { process: { absent: true } }, { process: 'LOAN' }, 'process', { absent: true }, 'LOAN'],
    ['what should not be absent', { process: { absent: false } }, {}, 'process', { absent: false }, null],
  ])('fails: %s', (_, expected, actual, path, wanted, found) => {
    expect(mismatches(expected, actual)).toEqual([{ path, expected: wanted, actual: found }]);
  });
});
