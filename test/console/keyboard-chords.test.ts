import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { characterKey, chordOf, chordsOf, key, parseChord } from '../../source/console/keyboard/keys.ts';
import type { KeyEvent } from '../../source/console/keyboard/keys.ts';

describe('TUI-01 the name of a key', () => {
  test.each<readonly [KeyEvent, string | undefined]>([
    [key('l', { alt: true, ctrl: true }), 'Alt+Ctrl+L'],
    [key('f2'), 'F2'],
    [key('page-up', { shift: true }), 'Shift+PageUp'],
    [key('1', { alt: true }), 'Alt+1'],
    [key('space', { ctrl: true }), 'Ctrl+Space'],
    [{ kind: 'text', text: '?' }, '?'],
    [{ kind: 'text', text: 'o' }, 'o'],
    [{ kind: 'text', text: '📚' }, '📚'],
    [{ kind: 'text', text: ' ' }, 'Space'],
    [{ kind: 'text', text: 'ok' }, undefined],
    [{ kind: 'paste', text: '?' }, undefined],
  ])('%j is %s', (event, chord) => {
    expect(chordOf(event)).toBe(chord);
  });
});

describe('TUI-01 the names a key may be bound under', () => {
  test.each<readonly [KeyEvent, readonly string[]]>([
    [key('1', { alt: true }), ['Alt+1']],
    [characterKey('&', { alt: true }), ['Alt+&', 'Alt+1']],
    [characterKey('é', { alt: true }), ['Alt+É', 'Alt+2']],
    [characterKey('É', { alt: true }), ['Alt+Shift+É', 'Alt+2']],
    [characterKey('"', { alt: true }), ['Alt+"', 'Alt+3']],
    [characterKey('T', { alt: true }), ['Alt+Shift+T', 'Alt+T']],
    [characterKey('t', { alt: true }), ['Alt+T']],
    [key('tab', { shift: true }), ['Shift+Tab']],
    [key('f1', { shift: true }), ['Shift+F1']],
    [{ kind: 'text', text: '&' }, ['&']],
    [{ kind: 'text', text: 'ab' }, []],
  ])('%j: %j', (event, chords) => {
    expect(chordsOf(event)).toEqual(chords);
  });
});

describe('TUI-01 a chord that a person writes to rebind a key', () => {
  test.each([
    ['Alt+Ctrl+L', 'Alt+Ctrl+L'],
    ['ctrl + alt + l', 'Alt+Ctrl+L'],
    ['control+p', 'Ctrl+P'],
    ['meta+1', 'Alt+1'],
    ['f2', 'F2'],
    ['shift+f12', 'Shift+F12'],
    ['esc', 'Escape'],
    ['pageup', 'PageUp'],
    ['shift+tab', 'Shift+Tab'],
    ['ctrl+space', 'Ctrl+Space'],
    ['?', '?'],
    ['o', 'o'],
    ['+', '+'],
    ['alt++', 'Alt++'],
    ['alt+é', 'Alt+É'],
    ['', undefined],
    ['f25', undefined],
    ['hyper+l', undefined],
    ['alt+', undefined],
    ['alt+oops', undefined],
    ['shift+a', undefined],
  ])('%j is %s', (written, chord) => {
    expect(parseChord(written)).toBe(chord);
  });

  test('the name of any key reads back as itself', () => {
    const name = fc.constantFrom(
      'enter',
      'escape',
      'page-down',
      'f1',
      'f12',
      'a',
      'é',
      '1',
      '+',
      '&',
      'space',
      'delete',
    );
    fc.assert(
      fc.property(name, fc.boolean(), fc.boolean(), (named, ctrl, shift) => {
        const chord = chordOf(key(named, { alt: true, ctrl, shift })) ?? '';
        expect(parseChord(chord)).toBe(chord);
      }),
    );
  });
});
