import { checkDigitOf } from './check-digits.ts';
import type { CheckDigitVerdict } from './check-digits.ts';
import type { ScannerSettings } from '../../circulation/network.ts';
import { FRENCH_DIGIT_ROW } from './keys.ts';
import type { Now } from './timers.ts';

export const DEFAULT_SCAN_SETTINGS: ScannerSettings = {
  prefixes: [],
  suffixes: [],
  startStop: ['code39'],
  frenchDigits: true,
};

/** What was put right in a scan, in the order it was done. */
export type ScanRepair = 'trimmed' | 'keyboard-layout' | 'prefix' | 'suffix' | 'start-stop' | 'check-digit';

/** A scan as the actions get it. `checkDigit` is there when the settings name a scheme. */
export type ScanReading = {
  readonly text: string;
  readonly repairs: readonly ScanRepair[];
  readonly checkDigit?: CheckDigitVerdict;
};

const START_STOP = {
  code39: /^\*(?<inside>[^*]+)\*$/,
  codabar: /^[A-D](?<inside>[\d\-$:/.+]+)[A-D]$/i,
};

/** Blanks, control characters and invisible marks (byte order mark, zero-width blank) at the ends. */
function trim(text: string): string {
  return text.replace(/^[\p{Z}\p{Cc}\p{Cf}]+/u, '').replace(/[\p{Z}\p{Cc}\p{Cf}]+$/u, '');
}

/**
 * Digits from the unshifted digit row of a French keyboard, if the whole text is made of it: `&é"'(-è_çà` → `1234567890`.
 * Caps Lock turns some into capitals (`É È Ç À`); Belgian and Apple layouts have `§` and `!` for 6 and 8. Anything mixed is
 * left as it is: it may be meant.
 */
function putFrenchDigitsRight(text: string): string {
  let digits = '';
  for (const character of text.normalize('NFC').toLowerCase()) {
    const digit = FRENCH_DIGIT_ROW[character];
    if (digit === undefined) return text;
    digits += digit;
  }
  return digits;
}

/** The longest of `candidates` that the text begins (or ends) with and that leaves something over; else nothing. */
function longest(candidates: readonly string[], text: string, fits: (candidate: string) => boolean): string {
  const found = candidates.filter((candidate) => candidate.length < text.length && fits(candidate));
  return found.reduce((best, candidate) => (candidate.length > best.length ? candidate : best), '');
}

function withoutStartStop(text: string, kinds: ScannerSettings['startStop']): string {
  const insides = kinds.map((kind) => START_STOP[kind].exec(text)?.groups?.['inside']);
  return insides.find((inside) => inside !== undefined) ?? text;
}

/**
 * The barcode of a scan (TUI-03): surrounding blanks and control characters, garbled digits, prefix and suffix, start and
 * stop characters, check digit, in this order. Never throws; what it does not understand it leaves alone. A check digit
 * that is wrong stays in the text, so that the barcode can be named as half-read.
 */
export function readScan(raw: string, settings: ScannerSettings = DEFAULT_SCAN_SETTINGS): ScanReading {
  const repairs: ScanRepair[] = [];
  let text = raw;
  function repair(name: ScanRepair, better: string): void {
    if (better !== text) repairs.push(name);
    text = better;
  }
  repair('trimmed', trim(text));
  if (settings.frenchDigits) repair('keyboard-layout', putFrenchDigitsRight(text));
  repair('prefix', text.slice(longest(settings.prefixes, text, (prefix) => text.startsWith(prefix)).length));
  const suffix = longest(settings.suffixes, text, (candidate) => text.endsWith(candidate));
  repair('suffix', text.slice(0, text.length - suffix.length));
  repair('start-stop', withoutStartStop(text, settings.startStop));
  if (!settings.checkDigit) return { text, repairs };
  const checkDigit = checkDigitOf(text, settings.checkDigit.scheme);
  if (checkDigit === 'right' && !settings.checkDigit.keep) repair('check-digit', text.slice(0, -1));
  return { text, repairs, checkDigit };
}

export type RepeatFilter = {
  /**
   * Whether this barcode is the one read just before it, again within the window. `at` is when the scan arrived (its `at`,
   * milliseconds of the same clock as `now`), not when its turn came; left out, it is now.
   */
  readonly repeated: (barcode: string, at?: number) => boolean;
  /** Forgets the last barcode: what is scanned next means something else (another place, another patron). */
  readonly reset: () => void;
};

/**
 * One filter per desk for TUI-03's repetition: a scanner that reads the same label twice has read it once. The window
 * (milliseconds; 0: no filter) counts from the previous reading, repeated or not, so that a label held under the beam
 * stays one scan; another barcode in between ends it.
 */
export function createRepeatFilter(options: { readonly windowMs: number; readonly now: Now }): RepeatFilter {
  const { windowMs, now } = options;
  let last: { readonly barcode: string; readonly at: number } | undefined;

  function repeated(barcode: string, at: number = now()): boolean {
    const previous = last;
    last = { barcode, at };
    if (windowMs <= 0 || previous?.barcode !== barcode) return false;
    const passed = at - previous.at;
    return passed >= 0 && passed <= windowMs;
  }

  function reset(): void {
    last = undefined;
  }

  return { repeated, reset };
}
