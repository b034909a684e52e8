/** What a person at the keyboard does at one go. */
export type Stroke =
  /** A key, as the keyboard names it. */
  | { readonly kind: 'key'; readonly chord: string }
  /** Characters, one after the other. */
  | { readonly kind: 'text'; readonly text: string }
  /** A barcode, read by a scanner. */
  | { readonly kind: 'scan'; readonly code: string };

export const press = (...chords: readonly string[]): Stroke[] => chords.map((chord) => ({ kind: 'key', chord }));
export const type = (text: string): Stroke[] => (text === '' ? [] : [{ kind: 'text', text }]);
export const scan = (code: string): Stroke[] => [{ kind: 'scan', code }];
/** The same key so many times. */
export const times = (chord: string, count: number): Stroke[] => press(...Array.from({ length: count }, () => chord));

const PLAIN: Readonly<Record<string, string>> = {
  Enter: '\r',
  Tab: '\t',
  'Shift+Tab': '\u001B[Z',
  Escape: '\u001B',
  Backspace: '\u007F',
  Space: ' ',
};

/** Keys that an xterm sends as `CSI letter` or `CSI number ~`; a modifier is a number in it. */
const LETTERS: Readonly<Record<string, string>> = {
  Up: 'A',
  Down: 'B',
  Right: 'C',
  Left: 'D',
  End: 'F',
  Home: 'H',
  F1: 'P',
  F2: 'Q',
  F3: 'R',
  F4: 'S',
};
const NUMBERS: Readonly<Record<string, number>> = {
  Insert: 2,
  Delete: 3,
  PageUp: 5,
  PageDown: 6,
  F5: 15,
  F6: 17,
  F7: 18,
  F8: 19,
  F9: 20,
  F10: 21,
  F11: 23,
  F12: 24,
};

const MODIFIERS = { 'Shift+': 1, 'Alt+': 2, 'Ctrl+': 4 } as const;

/** The bytes that an xterm sends for a chord; a character that is no chord is itself. */
function bytesOfChord(chord: string): string {
  const plain = PLAIN[chord];
  if (plain !== undefined) return plain;
  const [, held = '', label = chord] = /^((?:Alt\+|Ctrl\+|Shift\+)*)(.+)$/u.exec(chord) ?? [];
  const has = (name: keyof typeof MODIFIERS): boolean => held.includes(name);
  const number = Object.entries(MODIFIERS).reduce((sum, [name, bit]) => sum + (held.includes(name) ? bit : 0), 1);
  const letter = LETTERS[label];
  if (letter !== undefined) return number === 1 ? `\u001B[${letter}` : `\u001B[1;${number}${letter}`;
  const code = NUMBERS[label];
  if (code !== undefined) return number === 1 ? `\u001B[${code}~` : `\u001B[${code};${number}~`;
  const known = PLAIN[label];
  const lower = label.toLowerCase();
  const typed = has('Shift+') ? label.toUpperCase() : held === '' ? label : lower;
  const key = known ?? (has('Ctrl+') ? String.fromCodePoint((lower.codePointAt(0) ?? 0) & 31) : typed);
  return (has('Alt+') ? '\u001B' : '') + key;
}

/** The bytes of a stroke, as they come from a terminal. */
export function bytesOf(stroke: Stroke): string {
  switch (stroke.kind) {
    case 'key':
      return bytesOfChord(stroke.chord);
    case 'text':
      return stroke.text;
    case 'scan':
      return `${stroke.code}\r`;
  }
}
