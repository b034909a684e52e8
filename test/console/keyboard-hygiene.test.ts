import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigitOf } from '../../source/console/keyboard/check-digits.ts';
import { createRepeatFilter, DEFAULT_SCAN_SETTINGS, readScan } from '../../source/console/keyboard/hygiene.ts';
import type { ScannerSettings } from '../../source/circulation/network.ts';
import { createHandClock } from './hand-clock.ts';

function settings(changed: Partial<ScannerSettings>): ScannerSettings {
  return { ...DEFAULT_SCAN_SETTINGS, ...changed };
}

describe('TUI-03 blanks, prefix, suffix, start and stop characters', () => {
  test.each<readonly [string, Partial<ScannerSettings>, string]>([
    ['37000034179', {}, '37000034179'],
    ['  37000034179 ', {}, '37000034179'],
    ['\x02 \t37000034179\x03\x00', {}, '37000034179'],
    ['\uFEFF37000034179\u200B\u00A0', {}, '37000034179'],
    ['QA 76.9', {}, 'QA 76.9'],
    ['*AB12*', {}, 'AB12'],
    ['*AB12*', { startStop: [] }, '*AB12*'],
    ['*AB12', {}, '*AB12'],
    ['**', {}, '**'],
    ['A37000034179B', { startStop: ['codabar'] }, '37000034179'],
    ['d37000034179c', { startStop: ['codabar'] }, '37000034179'],
    ['A37000034179B', {}, 'A37000034179B'],
    ['A37000034179', { startStop: ['codabar'] }, 'A37000034179'],
    ['ABBAB', { startStop: ['codabar'] }, 'ABBAB'],
    [']A037000034179', { prefixes: [']A0'] }, '37000034179'],
    ['XX37000034179', { prefixes: ['X', 'XX', 'XXX'] }, '37000034179'],
    ['37000034179#', { suffixes: ['#'] }, '37000034179'],
    [' >37000034179< ', { prefixes: ['>'], suffixes: ['<'] }, '37000034179'],
    ['>', { prefixes: ['>'] }, '>'],
    ['>*AB12*<', { prefixes: ['>'], suffixes: ['<'] }, 'AB12'],
  ])('%j with %j is %s', (raw, changed, text) => {
    expect(readScan(raw, settings(changed)).text).toBe(text);
  });

  test('it says what it put right', () => {
    expect(readScan('>*AB12* ', settings({ prefixes: ['>'] })).repairs).toEqual(['trimmed', 'prefix', 'start-stop']);
    expect(readScan('37000034179').repairs).toEqual([]);
  });
});

describe('TUI-03 digits garbled by a French keyboard', () => {
  test.each([
    ['&é"\'(-è_çà', '1234567890'],
    ['&É"\'(-È_ÇÀ', '1234567890'],
    ['"èàààà"\'&èç', '37000034179'],
    ['&é"\'(§è!çà', '1234567890'],
    [' "èààà ', '37000'],
    ['&e\u0301"\'', '1234'],
  ])('%s is %s', (raw, digits) => {
    expect(readScan(raw)).toEqual({ text: digits, repairs: expect.arrayContaining(['keyboard-layout']) });
  });

  test.each(['37000-34179', 'élève', '(1234)', 'PER-12', '&é"\'1', ''])('%j is left as it is', (raw) => {
    expect(readScan(raw)).toEqual({ text: raw, repairs: [] });
  });

  test('can be switched off', () => {
    expect(readScan('&é"\'', settings({ frenchDigits: false })).text).toBe('&é"\'');
  });

  test('every number comes back', () => {
    const row = Array.from('à&é"\'(-è_ç');
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,20}$/), (digits) => {
        expect(readScan(Array.from(digits, (digit) => row[Number(digit)]).join('')).text).toBe(digits);
      }),
    );
  });
});

describe('TUI-03 check digits', () => {
  test.each([
    ['79927398713', 'luhn', 'right'],
    ['79927398710', 'luhn', 'wrong'],
    ['7992739871A', 'luhn', 'absent'],
    ['0', 'luhn', 'absent'],
    // The worked examples of Dynix and JerseyCat for their libraries.
    ['33191000105864', 'codabar14', 'right'],
    ['30234000517861', 'codabar14', 'right'],
    ['33191000105863', 'codabar14', 'wrong'],
    ['43191000105862', 'codabar14', 'absent'],
    ['3319100010586', 'codabar14', 'absent'],
    ['12345ABCDE/T', 'mod43', 'right'],
    ['CODE 39R', 'mod43', 'right'],
    ['CODE 39W', 'mod43', 'wrong'],
    ['code 39r', 'mod43', 'absent'],
    ['R', 'mod43', 'absent'],
  ] as const)('%s by %s is %s', (text, scheme, verdict) => {
    expect(checkDigitOf(text, scheme)).toBe(verdict);
  });

  test('a single wrong digit, or two neighbours exchanged (0 and 9 apart), is always found', () => {
    const digits = fc.stringMatching(/^[23]\d{12}$/);
    fc.assert(
      fc.property(digits, fc.nat(12), fc.integer({ min: 1, max: 9 }), (body, place, shift) => {
        const barcode = Array.from('0123456789', (digit) => body + digit).find(
          (candidate) => checkDigitOf(candidate, 'codabar14') === 'right',
        );
        expect(barcode).toBeDefined();
        const right = Array.from(barcode ?? '', Number);
        const wrong = right.with(place, ((right[place] ?? 0) + shift) % 10);
        expect(checkDigitOf(wrong.join(''), 'luhn')).toBe('wrong');
        const [a = 0, b = 0] = [right[place], right[place + 1]];
        const swapped = right.with(place, b).with(place + 1, a);
        const unseen = a === b || (a + b === 9 && a * b === 0);
        expect(checkDigitOf(swapped.join(''), 'luhn')).toBe(unseen ? 'right' : 'wrong');
      }),
    );
  });

  test('one that is right is taken off, or kept, as the library stores its barcodes', () => {
    const scheme = 'luhn';
    expect(readScan('79927398713', settings({ checkDigit: { scheme, keep: false } }))).toEqual({
      text: '7992739871',
      repairs: ['check-digit'],
      checkDigit: 'right',
    });
    expect(readScan('79927398713', settings({ checkDigit: { scheme, keep: true } }))).toEqual({
      text: '79927398713',
      repairs: [],
      checkDigit: 'right',
    });
  });

  test('one that is wrong stays, and is named', () => {
    const reading = readScan('79927398710', settings({ checkDigit: { scheme: 'luhn', keep: false } }));
    expect(reading).toEqual({ text: '79927398710', repairs: [], checkDigit: 'wrong' });
  });
});

describe('TUI-03 the barcode just handled, read again', () => {
  function setUp(windowMs = 2000) {
    const clock = createHandClock();
    return { clock, filter: createRepeatFilter({ windowMs, now: clock.now }) };
  }

  test.each([
    [0, true],
    [1999, true],
    [2000, true],
    [2001, false],
  ])('after %i ms: repeated %s', (passed, repeated) => {
    const { clock, filter } = setUp();
    expect(filter.repeated('37000034179')).toBe(false);
    clock.advance(passed);
    expect(filter.repeated('37000034179')).toBe(repeated);
  });

  test('another barcode in between makes it a new scan', () => {
    const { filter } = setUp();
    expect(['A', 'A', 'B', 'A'].map((barcode) => filter.repeated(barcode))).toEqual([false, true, false, false]);
  });

  test('a label held under the beam stays one scan', () => {
    const { filter } = setUp();
    expect([0, 1500, 3000, 4500, 6501].map((at) => filter.repeated('A', at))).toEqual([false, true, true, true, false]);
  });

  test('counts from when it arrived, not from when its turn came', () => {
    const { clock, filter } = setUp();
    filter.repeated('A', 0);
    clock.advance(60_000);
    expect(filter.repeated('A', 1000)).toBe(true);
  });

  test('a time before the last one proves nothing', () => {
    const { filter } = setUp();
    filter.repeated('A', 5000);
    expect(filter.repeated('A', 4000)).toBe(false);
  });

  test('after a reset it is a new scan', () => {
    const { filter } = setUp();
    filter.repeated('A');
    filter.reset();
    expect(filter.repeated('A')).toBe(false);
  });

  test('a window of 0 is no filter', () => {
    const { filter } = setUp(0);
    expect([filter.repeated('A'), filter.repeated('A')]).toEqual([false, false]);
  });
});
