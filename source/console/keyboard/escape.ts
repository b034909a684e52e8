import { characterKey, key } from './keys.ts';
import type { KeyEvent } from './keys.ts';
import { readControlSequence, readLinuxFunctionKey, readShiftedSequence } from './sequences.ts';

/** What a byte after ESC leads to; `more`: the next one decides. */
export type Step =
  | 'more'
  | {
      readonly events: readonly KeyEvent[];
      /** Bytes that turned out to be ordinary input, this one included (one character each, Latin-1). */
      readonly again: string;
      /** What the ordinary input is: plain, a character that Alt was held with, or the inside of a paste. */
      readonly as: 'plain' | 'alt' | 'paste';
    };

export type EscapeReader = {
  /** Takes the next byte after ESC. After any answer but `more` the reader stands at the start again. */
  readonly step: (byte: number) => Step;
  /** `escape` while only ESC and at most the opening character of a sequence have come, else `rest`. */
  readonly unfinished: () => 'escape' | 'rest';
  /** Gives up waiting: the keys that it was, or nothing for a broken sequence. */
  readonly end: () => readonly KeyEvent[];
};

type State = 'escape' | 'csi' | 'ss3' | 'string' | 'string-escape' | 'mouse';

const BEL = 0x07;
const ESC = 0x1b;
const DEL = 0x7f;
/** Longest parameters of a control sequence, and most of a terminal's answer that is kept in case it is none. */
const SEQUENCE_LIMIT = 64;
const STRING_LIMIT = 4096;
/** After `ESC [ M` an old mouse report has three more bytes. */
const MOUSE_BYTES = 3;

const CONTROL_NAMES = new Map([
  [0x08, 'backspace'],
  [0x09, 'tab'],
  [0x0a, 'enter'],
  [0x0d, 'enter'],
  [DEL, 'backspace'],
]);

/** Whether the byte is a control character of ASCII. */
export function isControl(byte: number): boolean {
  return byte < 0x20 || byte === DEL;
}

/** The key of a control character other than ESC: `^L` is Ctrl+L, `^@` Ctrl+Space. */
export function controlKey(byte: number, alt: boolean): KeyEvent {
  const name = CONTROL_NAMES.get(byte);
  if (name !== undefined) return key(name, { alt });
  return characterKey(byte === 0 ? ' ' : String.fromCharCode(byte + 0x40).toLowerCase(), { ctrl: true, alt });
}

const SWALLOWED: Step = { events: [], again: '', as: 'plain' };

function done(event: KeyEvent | undefined): Step {
  return event ? { events: [event], again: '', as: 'plain' } : SWALLOWED;
}

/**
 * Reads what follows an ESC: a key with Alt, a key's sequence, or a report of the terminal that is swallowed. Input that
 * only looked like a sequence (Alt+[ and then a barcode) is given back, so that no character is lost (TUI-02).
 */
export function createEscapeReader(): EscapeReader {
  let state: State = 'escape';
  /** Bytes since the opening character, one character each. */
  let body = '';
  let opener = '';
  let overflow = false;
  /** A second ESC stood before the sequence: Alt in rxvt and PuTTY. */
  let doubled = false;
  let mouseBytes = 0;

  function reset(): void {
    state = 'escape';
    body = '';
    overflow = false;
    doubled = false;
    mouseBytes = 0;
  }

  function openingKeys(): readonly KeyEvent[] {
    const opening = characterKey(opener, { alt: true });
    return doubled ? [key('escape'), opening] : [opening];
  }

  /** It is no sequence: the keys that opened it, and the bytes after them as ordinary input. */
  function giveBack(bytes: string): Step {
    return { events: openingKeys(), again: (overflow ? '' : body) + bytes, as: 'plain' };
  }

  function open(next: State, symbol: string): Step {
    state = next;
    opener = symbol;
    return 'more';
  }

  function afterEscape(byte: number, symbol: string): Step {
    if (symbol === '[') return open('csi', symbol);
    if (symbol === 'O') return open('ss3', symbol);
    if (']P_^X'.includes(symbol)) return open('string', symbol);
    const before = doubled ? [key('escape')] : [];
    if (byte === ESC) {
      doubled = true;
      return before.length > 0 ? { events: before, again: symbol + symbol, as: 'plain' } : 'more';
    }
    if (byte >= 0x80) return { events: before, again: symbol, as: 'alt' };
    const pressed = isControl(byte) ? controlKey(byte, true) : characterKey(symbol, { alt: true });
    return { events: [...before, pressed], again: '', as: 'plain' };
  }

  function inControlSequence(byte: number, symbol: string): Step {
    if (body === '[') {
      const event = readLinuxFunctionKey(symbol, doubled);
      return event ? done(event) : giveBack(symbol);
    }
    if (body === '' && symbol === 'M') return open('mouse', '[');
    const parameter = (byte >= 0x20 && byte < 0x40) || (body === '' && symbol === '[');
    const rxvtShift = symbol === '$' && /^\d+$/.test(body);
    if (parameter && !rxvtShift) {
      if (body.length >= SEQUENCE_LIMIT) return giveBack(symbol);
      body += symbol;
      return 'more';
    }
    if (!rxvtShift && (byte < 0x40 || byte >= DEL)) return giveBack(symbol);
    if (symbol === '~' && body === '200') return { events: [], again: '', as: 'paste' };
    return done(readControlSequence(body, symbol, doubled));
  }

  function inShiftedSequence(symbol: string): Step {
    if (/[\d;]/.test(symbol) && body.length < SEQUENCE_LIMIT) {
      body += symbol;
      return 'more';
    }
    const event = readShiftedSequence(body, symbol, doubled);
    return event ? done(event) : giveBack(symbol);
  }

  /** An answer of the terminal (OSC, DCS, APC, PM, SOS) is swallowed; a control character never belongs to one. */
  function inString(byte: number, symbol: string): Step {
    if (byte === ESC) {
      state = 'string-escape';
      return 'more';
    }
    if (byte === BEL) return SWALLOWED;
    if (isControl(byte)) return giveBack(symbol);
    if (body.length < STRING_LIMIT) body += symbol;
    else overflow = true;
    return 'more';
  }

  function inMouse(byte: number, symbol: string): Step {
    if (isControl(byte)) return { events: [], again: symbol, as: 'plain' };
    mouseBytes += 1;
    return mouseBytes < MOUSE_BYTES ? 'more' : SWALLOWED;
  }

  function take(byte: number): Step {
    const symbol = String.fromCharCode(byte);
    switch (state) {
      case 'escape':
        return afterEscape(byte, symbol);
      case 'csi':
        return inControlSequence(byte, symbol);
      case 'ss3':
        return inShiftedSequence(symbol);
      case 'string':
        return inString(byte, symbol);
      case 'string-escape':
        return symbol === '\\' ? SWALLOWED : giveBack(`\x1b${symbol}`);
      case 'mouse':
        return inMouse(byte, symbol);
    }
  }

  function step(byte: number): Step {
    const answer = take(byte);
    if (answer !== 'more') reset();
    return answer;
  }

  function endEvents(): readonly KeyEvent[] {
    if (state === 'escape') return doubled ? [key('escape'), key('escape')] : [key('escape')];
    if (state === 'string-escape') return [key('escape')];
    return body === '' && state !== 'mouse' ? openingKeys() : [];
  }

  function end(): readonly KeyEvent[] {
    const events = endEvents();
    reset();
    return events;
  }

  const opening = (): boolean => body === '' && state !== 'mouse' && state !== 'string-escape';
  return { step, unfinished: () => (opening() ? 'escape' : 'rest'), end };
}
