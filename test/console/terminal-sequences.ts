import { createDecoder } from '../../source/console/keyboard/decode.ts';
import type { KeyEvent } from '../../source/console/keyboard/keys.ts';

/** F1 to F12 after their ESC, by terminal. */
export const FUNCTION_KEYS: Readonly<Record<string, readonly string[]>> = {
  xterm: ['OP', 'OQ', 'OR', 'OS', '[15~', '[17~', '[18~', '[19~', '[20~', '[21~', '[23~', '[24~'],
  'VT and rxvt': ['[11~', '[12~', '[13~', '[14~', '[15~', '[17~', '[18~', '[19~', '[20~', '[21~', '[23~', '[24~'],
  'Linux console': ['[[A', '[[B', '[[C', '[[D', '[[E', '[17~', '[18~', '[19~', '[20~', '[21~', '[23~', '[24~'],
};

/** What terminals send for a key (a character for a byte), and the key's name. */
export const KEYS: readonly (readonly [bytes: string, chord: string])[] = [
  // Control characters.
  ['\r', 'Enter'],
  ['\n', 'Enter'],
  ['\t', 'Tab'],
  ['\x7f', 'Backspace'],
  ['\x08', 'Backspace'],
  ['\x00', 'Ctrl+Space'],
  ['\x01', 'Ctrl+A'],
  ['\x03', 'Ctrl+C'],
  ['\x10', 'Ctrl+P'],
  ['\x1a', 'Ctrl+Z'],
  ['\x1c', 'Ctrl+\\'],
  ['\x1d', 'Ctrl+]'],
  ['\x1f', 'Ctrl+_'],
  // Alt, and Alt with Ctrl.
  ['\x1b1', 'Alt+1'],
  ['\x1bt', 'Alt+T'],
  ['\x1bT', 'Alt+Shift+T'],
  ['\x1b\xc3\xa9', 'Alt+É'],
  ['\x1b&', 'Alt+&'],
  ['\x1b ', 'Alt+Space'],
  ['\x1b\x7f', 'Alt+Backspace'],
  ['\x1b\r', 'Alt+Enter'],
  ['\x1b\x0c', 'Alt+Ctrl+L'],
  ['\x1b\x12', 'Alt+Ctrl+R'],
  ['\x1b\x04', 'Alt+Ctrl+D'],
  // Arrows and the editing block.
  ['\x1b[A', 'Up'],
  ['\x1b[B', 'Down'],
  ['\x1b[C', 'Right'],
  ['\x1b[D', 'Left'],
  ['\x1bOA', 'Up'],
  ['\x1bOD', 'Left'],
  ['\x1b[H', 'Home'],
  ['\x1b[F', 'End'],
  ['\x1bOH', 'Home'],
  ['\x1bOF', 'End'],
  ['\x1b[1~', 'Home'],
  ['\x1b[4~', 'End'],
  ['\x1b[7~', 'Home'],
  ['\x1b[8~', 'End'],
  ['\x1b[2~', 'Insert'],
  ['\x1b[3~', 'Delete'],
  ['\x1b[5~', 'PageUp'],
  ['\x1b[6~', 'PageDown'],
  ['\x1b[Z', 'Shift+Tab'],
  // Modifiers: xterm, its older forms, rxvt, and Alt as a second ESC.
  ['\x1b[1;2A', 'Shift+Up'],
  ['\x1b[1;3P', 'Alt+F1'],
  ['\x1b[1;3R', 'Alt+F3'],
  ['\x1b[15;5~', 'Ctrl+F5'],
  ['\x1b[24;8~', 'Alt+Ctrl+Shift+F12'],
  ['\x1b[3;5~', 'Ctrl+Delete'],
  ['\x1b[5A', 'Ctrl+Up'],
  ['\x1bO5A', 'Ctrl+Up'],
  ['\x1bO1;2P', 'Shift+F1'],
  ['\x1b[a', 'Shift+Up'],
  ['\x1bOa', 'Ctrl+Up'],
  ['\x1b[5^', 'Ctrl+PageUp'],
  ['\x1b[5$', 'Shift+PageUp'],
  ['\x1b[11@', 'Ctrl+Shift+F1'],
  ['\x1b[25~', 'F13'],
  ['\x1b\x1b[A', 'Alt+Up'],
  ['\x1b\x1bOP', 'Alt+F1'],
  ['\x1b\x1b[[A', 'Alt+F1'],
  ['\x1b\x1b[15~', 'Alt+F5'],
  // Keys reported by their code: kitty and modifyOtherKeys.
  ['\x1b[108;7u', 'Alt+Ctrl+L'],
  ['\x1b[27;7;108~', 'Alt+Ctrl+L'],
  ['\x1b[27;5;108~', 'Ctrl+L'],
  ['\x1b[49;3u', 'Alt+1'],
  ['\x1b[108;8u', 'Alt+Ctrl+Shift+L'],
  ['\x1b[27;8;76~', 'Alt+Ctrl+Shift+L'],
  ['\x1b[13u', 'Enter'],
  ['\x1b[13;5u', 'Ctrl+Enter'],
  ['\x1b[27;2;13~', 'Shift+Enter'],
  ['\x1b[27u', 'Escape'],
  ['\x1b[9;2u', 'Shift+Tab'],
  ['\x1b[127;3u', 'Alt+Backspace'],
  ['\x1b[97u', 'a'],
  ['\x1b[97;2u', 'A'],
  ['\x1b[97;65u', 'A'],
  ['\x1b[97;66u', 'a'],
  ['\x1b[38:49;2u', '1'],
  ['\x1b[57376u', 'F13'],
  ['\x1b[57400u', '1'],
  ['\x1b[57414u', 'Enter'],
  ['\x1b[57419;3u', 'Alt+Up'],
  ['\x1b[1;1:2A', 'Up'],
  // The number block in application mode.
  ...Array.from('0123456789', (digit, index): readonly [string, string] => [
    `\x1bO${'pqrstuvwxy'.charAt(index)}`,
    digit,
  ]),
  ['\x1bOM', 'Enter'],
  ['\x1bOk', '+'],
  ['\x1bOn', '.'],
];

/** What a terminal says that is no key. */
export const REPORTS: Readonly<Record<string, string>> = {
  'focus gained': '\x1b[I',
  'focus lost': '\x1b[O',
  'mouse, SGR': '\x1b[<0;12;5M\x1b[<0;12;5m',
  'mouse, urxvt': '\x1b[32;12;5M',
  'mouse, X10': '\x1b[M !!',
  'mouse, X10, far right': '\x1b[M \xf0\x21',
  'cursor position': '\x1b[24;80R',
  'device attributes': '\x1b[?64;1;2;6;9;15;18;21;22c',
  'secondary device attributes': '\x1b[>41;330;0c',
  'mode report': '\x1b[?2004;1$y',
  'kitty flags': '\x1b[?1u',
  'key released': '\x1b[97;1:3u\x1b[1;1:3A',
  'lone Shift in kitty': '\x1b[57441;2u',
  'Super with a letter': '\x1b[108;9u',
  'undefined sequence': '\x1b[99~\x1b[1;2y\x1b[ q',
  'stray end of a paste': '\x1b[201~',
  'OSC ended by BEL': '\x1b]11;rgb:0000/0000/0000\x07',
  'OSC ended by ST': '\x1b]11;rgb:ffff/ffff/ffff\x1b\\',
  DCS: '\x1bP>|XTerm(390)\x1b\\',
  APC: '\x1b_Gi=1;OK\x1b\\',
  PM: '\x1b^anything\x1b\\',
  SOS: '\x1bXanything\x1b\\',
};

/** Decodes chunks. */
export function decodeAll(chunks: readonly Uint8Array[]): readonly KeyEvent[] {
  const decoder = createDecoder();
  return merged(chunks.flatMap((chunk) => decoder.push(chunk)));
}

/** Decodes chunks that are written as Latin-1 strings, a character for a byte. */
export function decode(...chunks: readonly string[]): readonly KeyEvent[] {
  return decodeAll(chunks.map((chunk) => Buffer.from(chunk, 'latin1')));
}

/** Neighbouring texts as one: how many pieces a text comes in depends on the chunks, and says nothing. */
export function merged(events: readonly KeyEvent[]): readonly KeyEvent[] {
  const out: KeyEvent[] = [];
  for (const event of events) {
    const last = out.at(-1);
    if (event.kind === 'text' && last?.kind === 'text')
      out.splice(-1, 1, { kind: 'text', text: last.text + event.text });
    else out.push(event);
  }
  return out;
}

export function text(typed: string): KeyEvent {
  return { kind: 'text', text: typed };
}
