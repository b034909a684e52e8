import { describe, expect, test } from 'vitest';
import { createDecoder } from '../../source/console/keyboard/decode.ts';
import { chordOf, key } from '../../source/console/keyboard/keys.ts';
import { decode, FUNCTION_KEYS, KEYS, REPORTS, text } from './terminal-sequences.ts';

function chords(bytes: string): readonly (string | undefined)[] {
  return decode(bytes).map(chordOf);
}

describe('TUI-01 function keys F1 to F12', () => {
  test.each(Object.entries(FUNCTION_KEYS))('as %s sends them', (_terminal, sequences) => {
    const names = sequences.map((_, index) => `F${index + 1}`);
    expect(sequences.map((sequence) => chords(`\x1b${sequence}`))).toEqual(names.map((name) => [name]));
    expect(chords(sequences.map((sequence) => `\x1b${sequence}`).join(''))).toEqual(names);
  });
});

describe('TUI-01 keys', () => {
  test.each(KEYS)('%j is %s', (bytes, chord) => {
    expect(chords(bytes)).toEqual([chord]);
  });

  test.each(KEYS)('%j between two letters, in one chunk, is %s', (bytes, chord) => {
    const single = chord.length === 1;
    const around = single ? [text(`x${chord}y`)] : [text('x'), decode(bytes)[0], text('y')];
    expect(decode(`x${bytes}y`)).toEqual(around);
  });
});

describe('REL-05 reports of the terminal are no keys', () => {
  test.each(Object.entries(REPORTS))('%s', (_name, bytes) => {
    expect(decode(bytes)).toEqual([]);
    expect(decode(`37000${bytes}034179\r`)).toEqual([text('37000034179'), key('enter')]);
  });

  test('a report of any length', () => {
    expect(decode('\x1b]52;c;', 'QUJD'.repeat(500_000), '\x07', 'x')).toEqual([text('x')]);
  });
});

describe('TUI-02 line ends', () => {
  test.each([[['1\r2\r']], [['1\n2\n']], [['1\r\n2\r\n']], [['1\r', '\n2\r', '\n']], [['1\r\n2\r']]])(
    '%j is two lines',
    (chunks) => {
      expect(decode(...chunks)).toEqual([text('1'), key('enter'), text('2'), key('enter')]);
    },
  );

  test('an empty line is an Enter too', () => {
    expect(decode('\r\n\r\n\r\r\n\n')).toEqual(Array.from({ length: 5 }, () => key('enter')));
  });
});

describe('TUI-01 Escape', () => {
  test('waits until it is flushed', () => {
    const decoder = createDecoder();
    expect(decoder.push(Buffer.from('\x1b'))).toEqual([]);
    expect([decoder.pending(), decoder.unfinished()]).toEqual([true, 'escape']);
    expect(decoder.flush()).toEqual([key('escape')]);
    expect(decoder.pending()).toBe(false);
  });

  test.each([
    ['\x1b\x1b', ['Escape', 'Escape'], 'escape'],
    ['\x1b[', ['Alt+['], 'escape'],
    ['\x1b\x1b[', ['Escape', 'Alt+['], 'escape'],
    ['\x1bO', ['Alt+Shift+O'], 'escape'],
    ['\x1b]', ['Alt+]'], 'escape'],
    ['\x1bP', ['Alt+Shift+P'], 'escape'],
    ['\x1b[1;', [], 'rest'],
    ['\x1bO1', [], 'rest'],
    ['\x1b[M ', [], 'rest'],
    ['\x1b]11;rgb', [], 'rest'],
    ['\x1b]11;rgb\x1b', ['Escape'], 'rest'],
    ['\xc3', ['\uFFFD'], 'rest'],
    ['\x1b\xc3', ['Escape', '\uFFFD'], 'rest'],
  ] as const)('%j flushed is %j', (bytes, expected, unfinished) => {
    const decoder = createDecoder();
    decoder.push(Buffer.from(bytes, 'latin1'));
    expect(decoder.unfinished()).toBe(unfinished);
    expect(decoder.flush().map(chordOf)).toEqual(expected);
    expect(decoder.push(Buffer.from('x'))).toEqual([text('x')]);
  });

  test('three in a row, then a key: two of them, and Alt', () => {
    expect(chords('\x1b\x1b\x1bx')).toEqual(['Escape', 'Escape', 'Alt+X']);
  });
});

describe('TUI-02 a scan right behind keys that only look like a sequence is not lost', () => {
  test.each([
    ['\x1b[', 'Alt+['],
    ['\x1b[[', 'Alt+['],
    ['\x1bO', 'Alt+Shift+O'],
    ['\x1b]', 'Alt+]'],
    ['\x1b_', 'Alt+_'],
  ])('%j', (bytes, chord) => {
    const [pressed, typed, enter] = decode(`${bytes}37000034179\r`);
    expect(pressed && chordOf(pressed)).toBe(chord);
    expect([typed, enter]).toEqual([text(bytes === '\x1b[[' ? '[37000034179' : '37000034179'), key('enter')]);
  });
});
