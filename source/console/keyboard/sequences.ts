import { characterKey, key } from './keys.ts';
import type { KeyEvent, Modifiers } from './keys.ts';

/** Final letters of `ESC [ x` and `ESC O x` (xterm, VT100). */
const LETTER_KEYS: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** Numbers of `ESC [ n ~` (VT220, xterm, rxvt, Linux console). */
const NUMBER_KEYS: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'page-up',
  6: 'page-down',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
  25: 'f13',
  26: 'f14',
  28: 'f15',
  29: 'f16',
  31: 'f17',
  32: 'f18',
  33: 'f19',
  34: 'f20',
};

/** `ESC O x` of the application keypad: characters that the number block types. */
const KEYPAD_CHARACTERS = new Map<string, string>([
  ...Array.from('0123456789').map((digit, index): [string, string] => [String.fromCharCode(0x70 + index), digit]),
  ['j', '*'],
  ['k', '+'],
  ['l', ','],
  ['m', '-'],
  ['n', '.'],
  ['o', '/'],
  ['X', '='],
  [' ', ' '],
]);

/** Codes of the kitty protocol's number block, 57399 upwards. */
const KITTY_KEYPAD: readonly (string | { readonly name: string })[] = [
  ...Array.from('0123456789./*-+'),
  { name: 'enter' },
  '=',
  ',',
  ...['left', 'right', 'up', 'down', 'page-up', 'page-down', 'home', 'end', 'insert', 'delete'].map((name) => ({
    name,
  })),
];
const KITTY_KEYPAD_FROM = 57_399;
/** Codes of F13 to F24; the private area around them is keys no console has a use for. */
const KITTY_F13 = 57_376;
const KITTY_F24 = 57_387;
const PRIVATE_AREA = { from: 57_344, to: 63_743 };

const CODE_KEYS: Readonly<Record<number, string>> = {
  8: 'backspace',
  9: 'tab',
  13: 'enter',
  27: 'escape',
  127: 'backspace',
};

type Held = Modifiers & { readonly foreign: boolean; readonly capsLock: boolean };

/** The modifier parameter of a sequence: 1 + bits (1 shift, 2 alt, 4 ctrl, 8 super, 16 hyper, 32 meta, 64 caps lock). */
function heldOf(parameter: number | undefined, alt: boolean): Held {
  const bits = Math.max((parameter ?? 1) - 1, 0);
  return {
    shift: (bits & 1) > 0,
    alt: alt || (bits & (2 | 32)) > 0,
    ctrl: (bits & 4) > 0,
    foreign: (bits & (8 | 16)) > 0,
    capsLock: (bits & 64) > 0,
  };
}

function named(name: string | undefined, held: Held): KeyEvent | undefined {
  if (name === undefined || held.foreign) return undefined;
  return key(name, { ctrl: held.ctrl, alt: held.alt, shift: held.shift });
}

/** A character that a terminal reports by its code: text, or a chord when Ctrl or Alt is held. */
function character(text: string, held: Held): KeyEvent | undefined {
  if (held.foreign) return undefined;
  if (held.ctrl || held.alt) return characterKey(text, { ctrl: held.ctrl, alt: held.alt, shift: held.shift });
  return { kind: 'text', text: held.shift !== held.capsLock ? text.toUpperCase() : text };
}

function printable(code: number): boolean {
  return code >= 0x20 && code <= 0x10ffff && !(code >= 0x7f && code <= 0x9f) && !(code >= 0xd800 && code <= 0xdfff);
}

/** A key reported by its code point (`ESC [ 108 ; 7 u`, `ESC [ 27 ; 7 ; 108 ~`); `text` is what it types, where that is known. */
function coded(code: number, held: Held, shifted?: number, text?: number): KeyEvent | undefined {
  const name = CODE_KEYS[code];
  if (name !== undefined) return named(name, held);
  if (code >= KITTY_F13 && code <= KITTY_F24) return named(`f${code - KITTY_F13 + 13}`, held);
  const pad = KITTY_KEYPAD[code - KITTY_KEYPAD_FROM];
  if (pad !== undefined)
    return typeof pad === 'string' ? character(pad, { ...held, shift: false, capsLock: false }) : named(pad.name, held);
  if (!printable(code) || (code >= PRIVATE_AREA.from && code <= PRIVATE_AREA.to)) return undefined;
  if (held.ctrl || held.alt) return character(String.fromCodePoint(code), held);
  const exact = text ?? (held.shift ? shifted : undefined);
  if (exact === undefined || !printable(exact)) return character(String.fromCodePoint(code), held);
  return character(String.fromCodePoint(exact), { ...held, shift: false, capsLock: false });
}

/** `1;5:2` → [[1], [5, 2]]; a parameter left out is undefined. */
function parametersOf(body: string): readonly (readonly (number | undefined)[])[] {
  return body.split(';').map((one) => one.split(':').map((digits) => (digits === '' ? undefined : Number(digits))));
}

const KEY_RELEASED = 3;

/**
 * The key of a control sequence `ESC [ body final`, or undefined for what is no key: reports of focus, mouse and cursor,
 * answers of the terminal, sequences nobody has defined. `alt` says that a further ESC stood before it.
 */
export function readControlSequence(body: string, final: string, alt: boolean): KeyEvent | undefined {
  if (!/^[\d;:]*$/.test(body)) return undefined;
  const [first = [], second = [], third = []] = parametersOf(body);
  if (second[1] === KEY_RELEASED) return undefined;
  const number = first[0];
  const held = heldOf(second[0], alt);
  if (final === 'u') return coded(number ?? 1, held, first[1], third[0]);
  if (final === '~' && number === 27 && third[0] !== undefined) return coded(third[0], held, undefined, third[0]);
  if (final === '~') return named(NUMBER_KEYS[number ?? 0], held);
  if (final === 'Z') return named('tab', { ...held, shift: true });
  if ('$^@'.includes(final)) return readRxvtNumber(number, final, alt);
  if ('abcd'.includes(final) && body === '') return named(LETTER_KEYS[final.toUpperCase()], { ...held, shift: true });
  return readLetter(body, final, number, held, alt);
}

/** rxvt: `ESC [ 5 ^` with Ctrl, `$` with Shift, `@` with both. */
function readRxvtNumber(number: number | undefined, final: string, alt: boolean): KeyEvent | undefined {
  const held = heldOf(undefined, alt);
  return named(NUMBER_KEYS[number ?? 0], { ...held, ctrl: final !== '$', shift: final !== '^' });
}

/** `ESC [ A`, `ESC [ 1 ; 5 A`, and the older `ESC [ 5 A`. A cursor report ends in `R` like F3 does: only row 1 can be a key. */
function readLetter(
  body: string,
  final: string,
  number: number | undefined,
  held: Held,
  alt: boolean,
): KeyEvent | undefined {
  const single = body !== '' && !body.includes(';');
  if (!single && (number ?? 1) !== 1) return undefined;
  return named(LETTER_KEYS[final], single ? heldOf(number, alt) : held);
}

/**
 * The key of `ESC O body final` (SS3): arrows, F1 to F4 and the application keypad, whose digits are text. Undefined when
 * there is no such key.
 */
export function readShiftedSequence(body: string, final: string, alt: boolean): KeyEvent | undefined {
  const parameters = parametersOf(body);
  const held = heldOf((parameters[1] ?? parameters[0])?.[0], alt);
  if (final === 'M') return named('enter', held);
  if (final === 'I') return named('tab', held);
  const typed = KEYPAD_CHARACTERS.get(final);
  if (typed !== undefined) return character(typed, { ...held, shift: false });
  if ('abcd'.includes(final)) return named(LETTER_KEYS[final.toUpperCase()], { ...held, ctrl: true });
  return named(LETTER_KEYS[final], held);
}

/** The Linux console's `ESC [ [ A` to `E`: F1 to F5; undefined for any other letter. */
export function readLinuxFunctionKey(letter: string, alt: boolean): KeyEvent | undefined {
  const index = 'ABCDE'.indexOf(letter);
  return index < 0 ? undefined : key(`f${index + 1}`, { alt });
}
