/** Keys with a name of their own; any other key is named by the character it carries (`l`, `1`, `&`), letters in lower case. */
const NAMED_KEYS: Readonly<Record<string, string>> = {
  enter: 'Enter',
  tab: 'Tab',
  backspace: 'Backspace',
  escape: 'Escape',
  space: 'Space',
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  home: 'Home',
  end: 'End',
  'page-up': 'PageUp',
  'page-down': 'PageDown',
  insert: 'Insert',
  delete: 'Delete',
};

/** A modifier that is held while a key is pressed. */
export type Modifiers = { readonly ctrl: boolean; readonly alt: boolean; readonly shift: boolean };

/** A key that is not plain text: a function or editing key, or a character with Ctrl or Alt. */
export type Key = { readonly kind: 'key'; readonly name: string } & Modifiers;

/** One or more printable characters, in the order they were typed. */
export type TypedText = { readonly kind: 'text'; readonly text: string };

/** What stood between the marks of a bracketed paste, line ends and all. */
export type Paste = { readonly kind: 'paste'; readonly text: string };

/** What the decoder makes of the terminal's bytes. */
export type KeyEvent = TypedText | Key | Paste;

/**
 * A barcode read (TUI-02): by a scanner (`keys`) or as one line of a paste. `text` is raw: the place decides whether it is
 * read as a barcode (`readScan`) or as something typed (a sign-in field). `at` is when its last character arrived, in
 * milliseconds of the injected clock.
 */
export type Scan = {
  readonly kind: 'scan';
  readonly text: string;
  readonly source: 'keys' | 'paste';
  readonly at: number;
};

/** What the console is handed, one at a time. */
export type ConsoleEvent = TypedText | Key | Scan;

const NO_MODIFIERS: Modifiers = { ctrl: false, alt: false, shift: false };

/** A key event; modifiers that are not named are not held. */
export function key(name: string, held: Partial<Modifiers> = {}): Key {
  return { kind: 'key', name, ...NO_MODIFIERS, ...held };
}

/** Whether the text is one letter that has an upper and a lower case. */
function isLetter(text: string): boolean {
  return text.toLowerCase() !== text.toUpperCase();
}

/**
 * The key of one character with modifiers: `L` with Alt is the letter `l` with Alt and Shift, so that a chord has one name
 * whether the terminal reports Shift or an upper-case letter.
 */
export function characterKey(character: string, held: Partial<Modifiers>): Key {
  if (character === ' ') return key('space', held);
  const lower = character.toLowerCase();
  const upperCase = isLetter(character) && lower !== character;
  return key(lower, upperCase ? { ...held, shift: true } : held);
}

/** `page-up` → `PageUp`, `f1` → `F1`, `l` → `L`. */
function keyLabel(name: string): string {
  return NAMED_KEYS[name] ?? name.toUpperCase();
}

function chord(name: string, held: Modifiers): string {
  return `${held.alt ? 'Alt+' : ''}${held.ctrl ? 'Ctrl+' : ''}${held.shift ? 'Shift+' : ''}${keyLabel(name)}`;
}

/**
 * The canonical name of a key (TUI-01): `Alt+Ctrl+L`, `F2`, `Ctrl+P`, `Alt+1`, `Shift+Tab`; of a single typed character, the
 * character itself (`?`, `o`; a blank is `Space`). Undefined for what is no key: longer text, a paste, a scan.
 */
export function chordOf(event: KeyEvent | ConsoleEvent): string | undefined {
  if (event.kind === 'key') return chord(event.name, event);
  if (event.kind !== 'text' || Array.from(event.text).length !== 1) return undefined;
  return event.text === ' ' ? 'Space' : event.text;
}

/** The unshifted digit row of French keyboards, and the two signs that differ on Belgian and Apple ones. */
export const FRENCH_DIGIT_ROW: Readonly<Record<string, string>> = {
  '&': '1',
  é: '2',
  '"': '3',
  "'": '4',
  '(': '5',
  '-': '6',
  '§': '6',
  è: '7',
  _: '8',
  '!': '8',
  ç: '9',
  à: '0',
};

/**
 * The names under which a key may be bound (TUI-01), the exact one first. After it come the two that people mean when their
 * keyboard gets in the way: a French keyboard sends `Alt+&` where `Alt+1` is pressed without Shift, and Caps Lock makes
 * `Alt+T` arrive as `Alt+Shift+T`. The first name that the keymap knows is the one to take.
 */
export function chordsOf(event: KeyEvent | ConsoleEvent): readonly string[] {
  const exact = chordOf(event);
  if (exact === undefined) return [];
  if (event.kind !== 'key') return [exact];
  const digit = event.alt || event.ctrl ? FRENCH_DIGIT_ROW[event.name] : undefined;
  if (digit !== undefined) return [exact, chord(digit, { ...event, shift: false })];
  if (event.shift && isLetter(event.name) && Array.from(event.name).length === 1) {
    return [exact, chord(event.name, { ...event, shift: false })];
  }
  return [exact];
}

const MODIFIER_WORDS: Readonly<Record<string, keyof Modifiers>> = {
  alt: 'alt',
  meta: 'alt',
  ctrl: 'ctrl',
  control: 'ctrl',
  shift: 'shift',
};

/** The key that a person means by `pageup`, `F2` or `esc`; undefined if it has no name of its own. */
function namedKey(written: string): string | undefined {
  const wanted = written.toLowerCase();
  if (wanted === 'esc') return 'escape';
  if (/^f([1-9]|1\d|2[0-4])$/.test(wanted)) return wanted;
  return Object.keys(NAMED_KEYS).find((name) => NAMED_KEYS[name]?.toLowerCase() === wanted);
}

/**
 * The canonical name of a chord that a person wrote to rebind a key (TUI-01): `ctrl+alt+l` → `Alt+Ctrl+L`, `esc` → `Escape`,
 * `?` → `?`. Undefined when it names no key.
 */
export function parseChord(text: string): string | undefined {
  const trimmed = text.trim();
  const cut = trimmed.slice(0, -1).lastIndexOf('+');
  const held = { ...NO_MODIFIERS };
  for (const word of cut < 0 ? [] : trimmed.slice(0, cut).split('+')) {
    const modifier = MODIFIER_WORDS[word.trim().toLowerCase()];
    if (modifier === undefined) return undefined;
    held[modifier] = true;
  }
  const label = trimmed.slice(cut + 1).trim();
  const name = namedKey(label);
  if (name !== undefined) return chord(name, held);
  if (Array.from(label).length !== 1) return undefined;
  if (held.alt || held.ctrl) return chord(label.toLowerCase(), held);
  return held.shift ? undefined : label;
}
