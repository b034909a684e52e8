import { describe, expect, it } from 'vitest';
import { COMMANDS, KEYMAP, keysOf } from '../../source/console/keymap.ts';
import { rebind } from '../../source/console/rebinding.ts';
import { parseChord } from '../../source/console/keyboard/keys.ts';
import { wordsIn } from '../../source/language/index.ts';

describe('the one table of keys', () => {
  it('TUI-01 every command has its key once, its French and its English', () => {
    expect(KEYMAP.map((one) => one.command).toSorted()).toEqual([...COMMANDS].toSorted());
    for (const command of COMMANDS) {
      expect(wordsIn('fr').console.command[command].name).not.toBe('');
      expect(wordsIn('en').console.command[command].name).not.toBe('');
    }
  });

  it('TUI-01 no key means two things, and each is written as the keyboard names it', () => {
    const keys = KEYMAP.filter((one) => one.place !== 'prompt').flatMap((one) => keysOf(KEYMAP, one.command, 'fr'));
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(parseChord(key)).toBe(key);
  });

  it('TUI-01 the Alt+Ctrl chords have a function-key twin', () => {
    for (const command of ['patron-services', 'returns', 'done', 'loans-tab', 'returns-tab', 'requests-tab'] as const) {
      const keys = keysOf(KEYMAP, command, 'fr');
      expect(keys.some((key) => /^F\d+$/.test(key))).toBe(true);
      expect(keys.some((key) => key.startsWith('Alt+'))).toBe(true);
    }
  });

  it('TUI-01 users rebind keys; what cannot be is told and changes nothing', () => {
    const { keymap, bad } = rebind({
      done: 'alt+ctrl+k',
      returns: ['alt+ctrl+y', 'Alt+Ctrl+Z'],
      nothing: 'F9',
      help: 'F3',
      'answer-override': 'X',
      renew: 'r',
    });
    expect(keysOf(keymap, 'done', 'fr')).toEqual(['Alt+Ctrl+K']);
    expect(keysOf(keymap, 'returns', 'fr')).toEqual(['Alt+Ctrl+Y', 'Alt+Ctrl+Z']);
    expect(keysOf(keymap, 'help', 'fr')).toEqual(['F3']);
    expect(bad.map((one) => one.command)).toEqual(['nothing', 'answer-override', 'renew']);
    expect(rebind(undefined)).toEqual({ keymap: KEYMAP, bad: [] });
    expect(rebind('nonsense').bad).toEqual([]);
  });
});
