import { parseChord } from './keyboard/keys.ts';
import { COMMANDS, KEYMAP, keysOf } from './keymap.ts';
import type { Binding, CommandName } from './keymap.ts';

const isCommand = (name: string): name is CommandName => (COMMANDS as readonly string[]).includes(name);

/** A wish for other keys that cannot be granted, as it was written. */
export type BadBinding = { readonly command: string; readonly keys: string };

const asList = (wanted: unknown): string[] => {
  const list: unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  return list.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
};

/**
 * The keymap with somebody's own keys (TUI-01): `wishes` is `{command: chord or chords}` as they wrote it. A command that does
 * not exist, a key that is none or is taken, and answers to prompts (whose letters are words) are told and change nothing.
 */
export function rebind(wishes: unknown): { readonly keymap: readonly Binding[]; readonly bad: readonly BadBinding[] } {
  const bad: BadBinding[] = [];
  let keymap = KEYMAP;
  const entries = typeof wishes === 'object' && wishes !== null ? Object.entries(wishes) : [];
  for (const [command, wanted] of entries) {
    const chords = asList(wanted).map((one) => parseChord(one));
    const taken = (chord: string) =>
      keymap.some(
        (one) => one.command !== command && one.place !== 'prompt' && keysOf(keymap, one.command, 'en').includes(chord),
      );
    const good = chords.filter(
      (chord) => chord !== undefined && chord.length > 1 && chord !== 'Enter' && !taken(chord),
    );
    const known = isCommand(command) && keymap.some((one) => one.command === command && one.place !== 'prompt');
    if (!known || good.length === 0 || good.length < chords.length)
      bad.push({ command, keys: asList(wanted).join(', ') });
    else keymap = keymap.map((one) => (one.command === command ? { ...one, keys: good as string[] } : one));
  }
  return { keymap, bad };
}
