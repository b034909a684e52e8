import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRecogniser } from '../../source/console/keyboard/bursts.ts';
import type { BurstSettings } from '../../source/console/keyboard/bursts.ts';
import { createDecoder } from '../../source/console/keyboard/decode.ts';
import { chordOf, key } from '../../source/console/keyboard/keys.ts';
import type { ConsoleEvent } from '../../source/console/keyboard/keys.ts';
import { createHandClock } from './hand-clock.ts';
import { tell } from './keyboard-rig.ts';

/** A recogniser behind a decoder, on a clock that the test moves. Events are told as `scan:…`, `text:…` or a chord. */
function setUp(settings: Partial<BurstSettings> = {}) {
  const clock = createHandClock();
  const decoder = createDecoder();
  const events: ConsoleEvent[] = [];
  const recogniser = createRecogniser({ ...clock, settings, emit: (event) => events.push(event) });
  return {
    clock,
    recogniser,
    events,
    type: (bytes: string | Uint8Array) => recogniser.push(decoder.push(Buffer.from(bytes as string))),
    told: () => events.map(tell),
  };
}

describe('TUI-02 a burst that ends with Enter is a scan', () => {
  test('in one chunk', () => {
    const { type, events, recogniser } = setUp();
    type('37000034179\r');
    expect(events).toEqual([{ kind: 'scan', text: '37000034179', source: 'keys', at: 0 }]);
    expect(recogniser.idle()).toBe(true);
  });

  test('from a slow scanner, character by character, 20 ms apart', () => {
    const { type, told, clock } = setUp();
    for (const character of '37000034179\r') {
      type(character);
      clock.advance(20);
    }
    expect(told()).toEqual(['scan:37000034179']);
  });

  test('with its Enter in a chunk of its own, and the time of the Enter', () => {
    const { type, events, clock } = setUp();
    type('3700');
    clock.advance(49);
    type('\r');
    expect(events).toEqual([{ kind: 'scan', text: '3700', source: 'keys', at: 49 }]);
  });

  test('with raw text, blanks and all', () => {
    const { type, told } = setUp();
    type(' 3700é\r');
    expect(told()).toEqual(['scan: 3700é']);
  });

  test.each(['\r', '\n', '\r\n'])('whatever the line end: %j', (end) => {
    const { type, told } = setUp();
    type(`1111${end}2222${end}`);
    expect(told()).toEqual(['scan:1111', 'scan:2222']);
  });

  test('with Tab, where the scanners send one', () => {
    const { type, told } = setUp({ terminators: ['enter', 'tab'] });
    type('1111\t2222\r33\t');
    expect(told()).toEqual(['scan:1111', 'scan:2222', 'text:33', 'Tab']);
  });

  test('with Tab it is typing by default', () => {
    const { type, told } = setUp();
    type('1111\t');
    expect(told()).toEqual(['text:1111', 'Tab']);
  });

  test('1,000 in one chunk, in order', () => {
    const { type, told } = setUp();
    const barcodes = Array.from({ length: 1000 }, (_, index) => String(37_000_034_179 + index));
    type(barcodes.map((barcode) => `${barcode}\r`).join(''));
    expect(told()).toEqual(barcodes.map((barcode) => `scan:${barcode}`));
  });
});

describe('TUI-02 what is typed is no scan', () => {
  test('after a pause, it comes out in one piece', () => {
    const { type, told, clock, recogniser } = setUp();
    type('mar');
    type('tin');
    expect([recogniser.pendingText(), recogniser.idle(), told()]).toEqual(['martin', false, []]);
    clock.advance(49);
    expect(told()).toEqual([]);
    clock.advance(1);
    expect([recogniser.pendingText(), recogniser.idle(), told()]).toEqual(['', true, ['text:martin']]);
    type('\r');
    expect(told()).toEqual(['text:martin', 'Enter']);
  });

  test('the gap can be set', () => {
    const { type, told, clock } = setUp({ gapMs: 200 });
    type('3700');
    clock.advance(199);
    type('\r');
    expect(told()).toEqual(['scan:3700']);
  });

  test('three characters and Enter are too few; how many are enough can be set', () => {
    const three = setUp();
    three.type('123\r');
    expect(three.told()).toEqual(['text:123', 'Enter']);
    const set = setUp({ minimumLength: 3 });
    set.type('123\r');
    expect(set.told()).toEqual(['scan:123']);
  });

  test('characters are counted, not the parts of them', () => {
    const { type, told } = setUp();
    type('📚📚\r');
    expect(told()).toEqual(['text:📚📚', 'Enter']);
  });

  test('Alt+Enter ends no scan', () => {
    const { type, told } = setUp();
    type('1234\x1b\r');
    expect(told()).toEqual(['text:1234', 'Alt+Enter']);
  });

  test('REL-05 a burst that never ends comes out as text', () => {
    const { type, told, recogniser } = setUp();
    type('x'.repeat(9000));
    expect([told(), recogniser.pendingText()]).toEqual([[`text:${'x'.repeat(9000)}`], '']);
  });
});

describe('TUI-02 order is kept', () => {
  test('any other key ends the burst at once', () => {
    const { type, told } = setUp();
    type('12\x1b[A34\x10567\x7f8888\r\x1bOQ');
    expect(told()).toEqual(['text:12', 'Up', 'text:34', 'Ctrl+P', 'text:567', 'Backspace', 'scan:8888', 'F2']);
  });

  test('a paste comes after what was typed before it', () => {
    const { type, told } = setUp();
    type('12\x1b[200~B1\nB2\n\x1b[201~34');
    expect(told()).toEqual(['text:12', 'scan:B1', 'scan:B2']);
  });

  test('bytes that make no event yet keep a burst together', () => {
    const { type, told, clock } = setUp();
    type('&');
    clock.advance(40);
    type(Uint8Array.of(0xc3));
    clock.advance(40);
    type(Uint8Array.of(0xa9));
    type('"\'\r');
    expect(told()).toEqual(['scan:&é"\'']);
  });
});

describe('TUI-02 bracketed paste, line by line', () => {
  test('every line is a scan, blank ones apart, whatever the line ends', () => {
    const { type, events } = setUp();
    type('\x1b[200~B1\r\nB2\r\r \nB3\n37000034179\x1b[201~');
    expect(events).toEqual(
      ['B1', 'B2', 'B3', '37000034179'].map((text) => ({ kind: 'scan', text, source: 'paste', at: 0 })),
    );
  });

  test('one line with its end is a scan', () => {
    const { type, told } = setUp();
    type('\x1b[200~37000034179\n\x1b[201~');
    expect(told()).toEqual(['scan:37000034179']);
  });

  test('one line without an end is text for the field, without control characters', () => {
    const { type, told } = setUp();
    type('\x1b[200~Martin\tAna\x07\x1b\x1b[201~');
    expect(told()).toEqual(['text:Martin Ana']);
  });

  test('nothing is nothing', () => {
    const { type, told } = setUp();
    type('\x1b[200~\x1b[201~\x1b[200~\n\x1b[201~');
    expect(told()).toEqual([]);
  });
});

const barcode = fc.oneof(
  fc.stringMatching(/^\d{4,14}$/),
  fc.stringMatching(/^[A-Z0-9]{4,10}$/),
  fc.stringMatching(/^[&é"'(\-è_çà]{4,14}$/),
);

describe('TUI-02 whatever the chunks', () => {
  test('N scans come out as N scans, in order, when no pause reaches the limit', () => {
    const lineEnd = fc.constantFrom('\r', '\n', '\r\n');
    const cuts = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 49 })));
    fc.assert(
      fc.property(fc.array(barcode, { maxLength: 30 }), lineEnd, cuts, (barcodes, end, places) => {
        const { type, told, clock } = setUp();
        const bytes = Buffer.from(barcodes.map((one) => one + end).join(''));
        const pauses = new Map(places.map(([place, pause]) => [place % (bytes.length + 1), pause]));
        let from = 0;
        for (const place of [...pauses.keys(), bytes.length].toSorted((a, b) => a - b)) {
          type(bytes.subarray(from, place));
          clock.advance(pauses.get(place) ?? 0);
          from = place;
        }
        expect(told()).toEqual(barcodes.map((one) => `scan:${one}`));
      }),
      { numRuns: 500 },
    );
  });

  test('no character and no key is lost or moved, whatever the pauses', () => {
    const piece = fc.oneof(barcode, fc.constantFrom('\r', '\t', 'a', 'xyz', '\x1b[A', '\x7f'));
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, fc.integer({ min: 0, max: 120 }))), (pieces) => {
        const { type, events, clock } = setUp();
        for (const [bytes, pause] of pieces) {
          type(bytes);
          clock.advance(pause);
        }
        clock.advance(50);
        const keys: Readonly<Record<string, string>> = { Enter: '\r', Tab: '\t', Up: '\x1b[A', Backspace: '\x7f' };
        const again = events.map((event) => {
          if (event.kind === 'key') return keys[chordOf(event) ?? ''];
          return event.kind === 'scan' ? `${event.text}\r` : event.text;
        });
        expect(again.join('')).toBe(pieces.map(([bytes]) => bytes).join(''));
      }),
      { numRuns: 500 },
    );
  });

  test('a key has no name but text and keys have', () => {
    expect(chordOf({ kind: 'scan', text: '?', source: 'keys', at: 0 })).toBeUndefined();
    expect(chordOf(key('f1'))).toBe('F1');
  });
});
