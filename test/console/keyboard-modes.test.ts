import { describe, expect, test } from 'vitest';
import { enterKeyboardModes, leaveKeyboardModes } from '../../source/console/keyboard/terminal-modes.ts';

/** The modes that a text leaves switched on, of a terminal that starts with none. */
function modesAfter(written: string): readonly string[] {
  const on = new Map<string, boolean>();
  for (const sequence of written.split('\x1b').slice(1)) {
    const decMode = /^\[\?(?<number>\d+)(?<switched>[hl])$/.exec(sequence)?.groups;
    if (decMode) on.set(decMode['number'] ?? '', decMode['switched'] === 'h');
    else if (sequence === '=' || sequence === '>') on.set('keypad', sequence === '=');
    else if (/^\[>4(;\d)?m$/.test(sequence)) on.set('modifyOtherKeys', sequence.includes(';'));
    else throw new Error(`a sequence that this test does not know: ${sequence}`);
  }
  return [...on.keys()].filter((mode) => on.get(mode));
}

describe('REL-05 the terminal is given back as it was found', () => {
  test.each([
    [{}, ['2004']],
    [{ modifyOtherKeys: false }, ['2004']],
    [{ modifyOtherKeys: true }, ['2004', 'modifyOtherKeys']],
  ])('with %j', (settings, on) => {
    expect(modesAfter(enterKeyboardModes(settings))).toEqual(on);
    expect(modesAfter(enterKeyboardModes(settings) + leaveKeyboardModes(settings))).toEqual([]);
  });

  test('TUI-02 digits of the number block and arrows come in their ordinary form', () => {
    expect(modesAfter(`\x1b=\x1b[?1h${enterKeyboardModes()}`)).toEqual(['2004']);
  });
});
