import {
  ARABIC,
  ASCII,
  CYRILLIC,
  EXTENDED_ARABIC,
  EXTENDED_CYRILLIC,
  EXTENDED_LATIN,
  GREEK,
  GREEK_SYMBOLS,
  HEBREW,
  ISO_5426,
  SUBSCRIPT,
  SUPERSCRIPT,
} from './sets.ts';
import type { CodeSet } from './sets.ts';

/** A set of many bytes to a character (EACC: Chinese, Japanese, Korean): recognised, not read. */
type ManyBytes = { readonly name: string; readonly width: 3 };
type AnySet = CodeSet | ManyBytes;

/** The sets that a text begins with: left (G0) and right (G1). */
export type Sets = { readonly g0: CodeSet; readonly g1: CodeSet };

/** What could not be read: where (bytes from the start), and what stands there. */
export type Fault = {
  readonly at: number;
  readonly fault: 'unknown-character' | 'unknown-set';
  /** The byte in hexadecimal, or the set's name or escape sequence. */
  readonly found: string;
};

export type Decoded = { readonly text: string; readonly faults: readonly Fault[] };

const ESCAPE = 0x1b;
/** Non-sorting characters begin and end (MARC 21 and UNIMARC alike): U+0098 and U+009C in Unicode. */
const CONTROLS: ReadonlyMap<number, string> = new Map([
  [0x88, '\u0098'],
  [0x89, '\u009C'],
  [0x8d, '\u200D'],
  [0x8e, '\u200C'],
]);
const EACC: ManyBytes = { name: 'EACC', width: 3 };

/** Sets by the last letter of their escape sequence (ISO 2022 registry, and MARC-8's own). */
const BY_FINAL: ReadonlyMap<string, AnySet> = new Map<string, AnySet>([
  ['B', ASCII],
  ['@', ASCII],
  ['!E', EXTENDED_LATIN],
  ['P', ISO_5426],
  ['2', HEBREW],
  ['N', CYRILLIC],
  ['Q', EXTENDED_CYRILLIC],
  ['S', GREEK],
  ['3', ARABIC],
  ['4', EXTENDED_ARABIC],
  ['1', EACC],
]);

/** MARC-8's short escapes: one letter sets what stands on the left. */
const SHORT: ReadonlyMap<string, CodeSet> = new Map([
  ['s', ASCII],
  ['b', SUBSCRIPT],
  ['p', SUPERSCRIPT],
  ['g', GREEK_SYMBOLS],
]);

type Switch = { readonly side: 'g0' | 'g1'; readonly set: AnySet | undefined; readonly length: number };

/** What the escape sequence at a place switches to; its set is undefined where nobody knows it. */
function switchAt(bytes: Uint8Array, at: number): Switch {
  const letters = String.fromCharCode(...bytes.subarray(at + 1, at + 5));
  const short = SHORT.get(letters[0] ?? '');
  if (short) return { side: 'g0', set: short, length: 2 };
  const [whole = '', many = '', side = '(', final = ''] = /^(\$?)([(),-]?)(!?[\x30-\x7e])/.exec(letters) ?? [];
  if (whole === '' || (many === '' && !/^[(),-]/.test(whole))) return { side: 'g0', set: undefined, length: 1 };
  const set = BY_FINAL.get(final);
  const fits = set === undefined || 'width' in set === (many !== '');
  return { side: /[)-]/.test(side) ? 'g1' : 'g0', set: fits ? set : undefined, length: 1 + whole.length };
}

const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

/** One run over some bytes: the sets in use, marks that wait for their letter, what has been read. */
class Run {
  readonly #bytes: Uint8Array;
  readonly #sets: { g0: AnySet; g1: AnySet };
  readonly #faults: Fault[] = [];
  #text = '';
  #marks = '';

  constructor(bytes: Uint8Array, { g0, g1 }: Sets) {
    this.#bytes = bytes;
    this.#sets = { g0, g1 };
  }

  #put(character: string): void {
    this.#text += character + this.#marks;
    this.#marks = '';
  }

  #refuse(at: number, fault: Fault['fault'], found: string): void {
    this.#faults.push({ at, fault, found });
  }

  #escape(at: number): number {
    const { side, set, length } = switchAt(this.#bytes, at);
    if (set) this.#sets[side] = set;
    else this.#refuse(at, 'unknown-set', `ESC ${String.fromCharCode(...this.#bytes.subarray(at + 1, at + length))}`);
    return length;
  }

  #character(at: number, byte: number): number {
    const set = byte >= 0xa0 ? this.#sets.g1 : this.#sets.g0;
    if ('width' in set) {
      this.#refuse(at, 'unknown-set', set.name);
      this.#put('\uFFFD');
      return Math.min(set.width, this.#bytes.length - at);
    }
    const place = byte & 0x7f;
    const character = set.characters[place];
    if (character === undefined) {
      this.#refuse(at, 'unknown-character', hex(byte));
      this.#put('\uFFFD');
    } else if (set.marks.has(place)) this.#marks += character;
    else this.#put(character);
    return 1;
  }

  /** Reads what stands at a place; answers with how many bytes that was. */
  #step(at: number, byte: number): number {
    if (byte === ESCAPE) return this.#escape(at);
    if (byte === 0x20) this.#put(' ');
    else if (byte < 0x20 || byte === 0x7f) this.#put(String.fromCharCode(byte));
    else if (byte < 0x80 || byte >= 0xa0) return this.#character(at, byte);
    else {
      const control = CONTROLS.get(byte);
      if (control === undefined) this.#refuse(at, 'unknown-character', hex(byte));
      this.#put(control ?? '\uFFFD');
    }
    return 1;
  }

  whole(): Decoded {
    for (let at = 0; at < this.#bytes.length;) at += this.#step(at, this.#bytes[at] ?? 0);
    // Marks without a letter stand on nothing: shown, not lost.
    if (this.#marks !== '') this.#put('\u25CC');
    return { text: this.#text.normalize('NFC'), faults: this.#faults };
  }
}

/**
 * Reads bytes of code sets that are switched by escape sequences (ISO 2022): MARC-8 and UNIMARC's sets. Marks, which stand
 * before their letter there, follow it (NFC). What has no meaning becomes U+FFFD and a fault. Never throws.
 */
export function decodeSets(bytes: Uint8Array, sets: Sets): Decoded {
  return new Run(bytes, sets).whole();
}
