import headless from '@xterm/headless';
import { looksLike, screenOf } from './screen.ts';
import type { Look, Run, Screen } from './screen.ts';

/** A screen, and the moment (in seconds from the beginning) at which it is shown. */
export type Frame = { readonly at: number; readonly screen: Screen };

const ESC = '\u001B[';
const PLAIN: Look = {
  colour: null,
  paper: null,
  bold: false,
  dim: false,
  italic: false,
  underlined: false,
  inverse: false,
};

function colourCode(colour: number | string | null, base: 30 | 40): string[] {
  if (colour === null) return [];
  if (typeof colour === 'string') {
    const value = Number.parseInt(colour.slice(1), 16);
    return [`${base + 8};2;${value >> 16};${(value >> 8) & 255};${value & 255}`];
  }
  if (colour < 8) return [String(base + colour)];
  return [colour < 16 ? String(base + 52 + colour) : `${base + 8};5;${colour}`];
}

function styleOf(look: Look): string {
  const codes = [
    '0',
    ...(look.bold ? ['1'] : []),
    ...(look.dim ? ['2'] : []),
    ...(look.italic ? ['3'] : []),
    ...(look.underlined ? ['4'] : []),
    ...(look.inverse ? ['7'] : []),
    ...colourCode(look.colour, 30),
    ...colourCode(look.paper, 40),
  ];
  return `${ESC}${codes.join(';')}m`;
}

/** A row, written from its first column; what was there before is gone. */
function rowWritten(runs: readonly Run[], row: number): string {
  let [written, width, look] = [`${ESC}${row + 1};1H${ESC}0m${ESC}2K`, 0, PLAIN];
  for (const run of runs) {
    if (run.column > width) written += `${ESC}${row + 1};${run.column + 1}H`;
    if (!looksLike(look, run.look)) written += styleOf(run.look);
    written += run.text;
    [width, look] = [run.column + run.columns, run.look];
  }
  return written;
}

const isSame = (one: readonly Run[] | undefined, other: readonly Run[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What turns one screen into the next: the rows that differ. */
function change(before: Screen | undefined, after: Screen): string {
  const begin = before === undefined ? `${ESC}?25l${ESC}2J` : '';
  return begin + after.map((runs, row) => (isSame(before?.[row], runs) ? '' : rowWritten(runs, row))).join('');
}

/**
 * A recording (asciicast v2, https://docs.asciinema.org/manual/asciicast/v2/). It is written from the screens, not from the bytes that the
 * program happened to send: the same screens are the same file.
 */
export function castOf(frames: readonly Frame[], columns: number, rows: number, title: string): string {
  const head = { version: 2, width: columns, height: rows, title, env: { TERM: 'xterm-256color' } };
  const events = frames.map(({ at, screen }, index) => [at, 'o', change(frames[index - 1]?.screen, screen)]);
  return `${[head, ...events].map((line) => JSON.stringify(line)).join('\n')}\n`;
}

type Event = readonly [number, string, string];

/** The screens of a recording, as a terminal shows them. Throws where the text is no recording. */
export async function framesOf(cast: string): Promise<Frame[]> {
  const [head = '', ...lines] = cast.trimEnd().split('\n');
  const { version, width, height } = JSON.parse(head) as { version: number; width: number; height: number };
  if (version !== 2) throw new Error(`asciicast ${version} instead of 2`);
  const terminal = new headless.Terminal({ cols: width, rows: height, allowProposedApi: true, scrollback: 0 });
  const frames: Frame[] = [];
  for (const line of lines) {
    const [at, kind, data] = JSON.parse(line) as Event;
    if (kind !== 'o') continue;
    await new Promise<void>((resolve) => {
      terminal.write(data, resolve);
    });
    frames.push({ at, screen: screenOf(terminal) });
  }
  terminal.dispose();
  return frames;
}
