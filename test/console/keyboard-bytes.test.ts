import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDecoder } from '../../source/console/keyboard/decode.ts';
import { key } from '../../source/console/keyboard/keys.ts';
import { createPasteReader } from '../../source/console/keyboard/paste.ts';
import { createUtf8 } from '../../source/console/keyboard/utf8.ts';
import { decode, decodeAll, KEYS, merged, REPORTS, text } from './terminal-sequences.ts';

describe('REL-05 nothing is collected without bounds', () => {
  test('a control sequence that never ends is given back as it was typed', () => {
    const decoder = createDecoder();
    const typed = '1'.repeat(1000);
    const events = merged(decoder.push(Buffer.from(`\x1b[${typed}`)));
    expect(events).toEqual([key('[', { alt: true }), text(typed)]);
    expect(decoder.pending()).toBe(false);
  });

  test('an answer that is none is given back up to a limit, then dropped', () => {
    expect(decode(`\x1b]${'x'.repeat(4096)}\r`)).toEqual([
      key(']', { alt: true }),
      text('x'.repeat(4096)),
      key('enter'),
    ]);
    expect(decode(`\x1b]${'x'.repeat(4097)}\r`)).toEqual([key(']', { alt: true }), key('enter')]);
  });
});

describe('TUI-02 bracketed paste', () => {
  test.each([
    ['two lines', 'B1\nB2\n'],
    ['an arrow inside', 'B1\x1b[AB2'],
    ['an ESC before the end', 'B1\x1b'],
    ['half an end mark', 'B1\x1b[201B2\x1b\x1b[20'],
    ['a start mark inside', 'B1\x1b[200~B2'],
    ['control characters', 'a\x03\x00\x7f\t\r\n'],
    ['nothing', ''],
  ])('%s', (_name, inside) => {
    expect(decode(`x\x1b[200~${inside}\x1b[201~y`)).toEqual([text('x'), { kind: 'paste', text: inside }, text('y')]);
  });

  test('of a megabyte, byte by byte, is one event', () => {
    const lines = '37000034179é\r\n'.repeat(70_000);
    const bytes = Buffer.from(`\x1b[200~${lines}\x1b[201~`);
    const chunks = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
    expect(decodeAll(chunks)).toEqual([{ kind: 'paste', text: lines }]);
  });

  test('REL-05 whose end never comes is given up with what there is', () => {
    const decoder = createDecoder();
    decoder.push(Buffer.from('\x1b[200~B1\nB2\x1b[20'));
    expect(decoder.unfinished()).toBe('paste');
    expect(decoder.flush()).toEqual([{ kind: 'paste', text: 'B1\nB2' }]);
    expect(decoder.push(Buffer.from('x'))).toEqual([text('x')]);
  });

  test('REL-05 beyond the limit comes in pieces that end at line ends', () => {
    const reader = createPasteReader(10);
    const bytes = Buffer.from('11111\n22222\n33333\n4\x1b[201~x');
    const first = reader.push(bytes.subarray(0, 14), 0);
    const second = reader.push(bytes.subarray(14), 0);
    expect([first, second]).toEqual([
      { texts: ['11111\n22222\n'], next: undefined },
      { texts: ['33333\n4'], next: bytes.length - 14 - 1 },
    ]);
  });
});

describe('TUI-02 characters', () => {
  test('accents, signs beyond the first plane and several at once', () => {
    expect(decodeAll([Buffer.from('Élève 日本 📚')])).toEqual([text('Élève 日本 📚')]);
  });

  test('REL-05 the control characters of Latin-1 are dropped, also with Alt', () => {
    expect(decodeAll([Buffer.from('a\u0085b\x1b\u009bc')])).toEqual([text('abc')]);
  });

  test('REL-05 invalid UTF-8 is decoded as the Encoding Standard has it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(255), fc.constantFrom(0xc3, 0xa9, 0xe2, 0x82, 0xf0, 0x9f, 0x41, 0xed))),
        (bytes) => {
          const utf8 = createUtf8();
          const decoded = bytes.map((byte) => utf8.push(byte)).join('') + utf8.end();
          expect(decoded).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes)));
        },
      ),
    );
  });
});

const fragment = fc.oneof(
  fc.constantFrom(...KEYS.map(([bytes]) => bytes), ...Object.values(REPORTS), '\x1b', '\r\n', '\x1b[200~', '\x1b[201~'),
  fc.string({ unit: 'grapheme' }).map((typed) => Buffer.from(typed).toString('latin1')),
  fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')),
);
const stream = fc.array(fragment, { maxLength: 30 }).map((parts) => Buffer.from(parts.join(''), 'latin1'));

/** The bytes, cut at the given places (each taken modulo the length). */
function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...new Set([0, ...places.map((place) => place % (bytes.length + 1)), bytes.length])].toSorted(
    (a, b) => a - b,
  );
  return ends.slice(1).map((end, index) => bytes.subarray(ends[index], end));
}

describe('TUI-02, REL-05 whatever the bytes', () => {
  test('how the terminal cuts them into chunks changes nothing', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat()), (bytes, places) => {
        const whole = createDecoder();
        const split = createDecoder();
        const expected = merged([...whole.push(bytes), ...whole.flush()]);
        const actual = merged([...cut(bytes, places).flatMap((chunk) => split.push(chunk)), ...split.flush()]);
        expect(actual).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('nothing throws, and after a flush the next barcode is read', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const decoder = createDecoder();
        decoder.push(bytes);
        decoder.flush();
        expect(decoder.pending()).toBe(false);
        expect(decoder.push(Buffer.from('37000034179\r'))).toEqual([text('37000034179'), key('enter')]);
      }),
      { numRuns: 1000 },
    );
  });

  test('without an ESC no printable ASCII is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255)), (numbers) => {
        const bytes = Buffer.from(numbers.filter((byte) => byte !== 0x1b));
        const printable = (found: string): string => found.replaceAll(/[^ -~]/g, '');
        const typed = decodeAll([bytes]).map((event) => (event.kind === 'text' ? event.text : ''));
        expect(printable(typed.join(''))).toBe(printable(bytes.toString('latin1')));
      }),
      { numRuns: 1000 },
    );
  });

  test('between whole sequences no printable ASCII is lost', () => {
    const typing = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
    const silent = fc.constantFrom(
      ...Object.values(REPORTS),
      '\x1b[A',
      '\x1bOP',
      '\x1b[[A',
      '\x1b[15;5~',
      '\x1b\x0c',
      '\r\n',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(typing, silent)), (parts) => {
        const typed = decode(parts.flat().join('')).map((event) => (event.kind === 'text' ? event.text : ''));
        expect(typed.join('')).toBe(parts.map(([part]) => part).join(''));
      }),
      { numRuns: 500 },
    );
  });
});
