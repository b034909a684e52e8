import type { Tone } from '../state.ts';

/** The styles of Ink's Text that we use. */
export type Style = {
  readonly color?: string;
  readonly bold?: boolean;
  readonly inverse?: boolean;
  readonly dimColor?: boolean;
};

/** Colours may be unwanted (NO_COLOR); weight and inversion stay, and words say everything anyway (TUI-04). */
const plain = (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb';

/** Whether the terminal's locale can show line drawing and arrows. */
const unicode = /utf-?8/i.test(process.env['LC_ALL'] || process.env['LC_CTYPE'] || process.env['LANG'] || 'UTF-8');

/** The signs of the frame, in ASCII where the terminal has no UTF-8 (TUI-04). */
export const SIGNS = unicode ? { rule: '─', chosen: '▸', more: '…' } : { rule: '-', chosen: '>', more: '~' };

const TONES: Readonly<Record<Tone, Style>> = {
  done: { color: 'green', bold: true },
  information: { bold: true },
  warning: { color: 'yellow', bold: true },
  refusal: { color: 'red', bold: true, inverse: true },
};

/** How an answer looks. */
export function styleOf(tone: Tone): Style {
  return withoutColour(TONES[tone]);
}

/** A style as this terminal may have it. */
export function withoutColour(style: Style): Style {
  if (!plain) return style;
  const { color: _, ...rest } = style;
  return rest;
}

export const MODE: Style = withoutColour({ color: 'magenta', bold: true, inverse: true });
export const LATE: Style = withoutColour({ color: 'red', bold: true });
export const QUIET: Style = { dimColor: true };
export const CHOSEN: Style = { inverse: true };
