// Makes docs/desk.svg, the README's picture, from the real program: `npm run build && node scripts/picture.ts`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import headless from '@xterm/headless';
import { spawn } from 'node-pty';

const COLUMNS = 80;
const ROWS = 24;
const CELL = { width: 8.4, height: 18 };
const PAPER = '#fdfdfb';
const INK = '#1c1c1c';
const COLOURS = ['#1c1c1c', '#b3261e', '#1b7f3b', '#8a6100', '#1f4fa3', '#8e24aa', '#00707a', '#6b6b6b'];

const folder = mkdtempSync(path.join(tmpdir(), 'guichet-picture-'));
const args = [
  'bin/guichet.js',
  'demo',
  '--db',
  `sqlite:${folder}/x.db`,
  '--at',
  '2026-06-01T10:00',
  '--as',
  'bib',
  '--desk',
  'sci/PRET',
];
const child = spawn(process.execPath, args, {
  name: 'xterm-256color',
  cols: COLUMNS,
  rows: ROWS,
  env: { ...process.env, LANG: 'fr_FR.UTF-8' },
});
const terminal = new headless.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const screenHas = (wanted: string): boolean =>
  Array.from({ length: ROWS }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '')
    .join('\n')
    .includes(wanted);

let drawn: () => void = () => undefined;

async function see(wanted: string): Promise<void> {
  while (!screenHas(wanted)) {
    await new Promise<void>((resolve) => {
      drawn = resolve;
    });
  }
}

/** One run of cells that look alike. */
type Run = { text: string; column: number; colour: string; paper: string | null; bold: boolean };

function runsOf(row: number): Run[] {
  const line = terminal.buffer.active.getLine(row);
  const runs: Run[] = [];
  for (let column = 0; column < COLUMNS; column += 1) {
    const cell = line?.getCell(column);
    if (!cell || cell.getWidth() === 0) continue;
    const own = cell.isFgPalette() ? (COLOURS[cell.getFgColor() % 8] ?? INK) : cell.isDim() ? '#7a7a7a' : INK;
    const inverse = cell.isInverse() !== 0;
    const look = { colour: inverse ? PAPER : own, paper: inverse ? own : null, bold: cell.isBold() !== 0 };
    const last = runs.at(-1);
    const text = cell.getChars() || ' ';
    if (last && last.colour === look.colour && last.paper === look.paper && last.bold === look.bold) last.text += text;
    else runs.push({ text, column, ...look });
  }
  return runs;
}

function svg(): string {
  const [width, height] = [COLUMNS * CELL.width + 24, ROWS * CELL.height + 24];
  const body = Array.from({ length: ROWS }, (_, row) =>
    runsOf(row)
      .map(({ text, column, colour, paper, bold }) => {
        const [x, y, long] = [12 + column * CELL.width, 12 + row * CELL.height, text.length * CELL.width];
        const ground =
          paper === null
            ? ''
            : `<rect x="${x.toFixed(1)}" y="${y}" width="${long.toFixed(1)}" height="${CELL.height}" fill="${paper}"/>`;
        const weight = bold ? ' font-weight="bold"' : '';
        const words =
          text.trim() === ''
            ? ''
            : `<text x="${x.toFixed(1)}" y="${y + 13}" textLength="${long.toFixed(1)}" fill="${colour}"${weight} xml:space="preserve">${escape(text)}</text>`;
        return ground + words;
      })
      .join(''),
  ).join('\n');
  const frame = `<rect width="${width}" height="${height}" rx="8" fill="${PAPER}" stroke="#c9c9c4"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, monospace" font-size="14">\n${frame}\n${body}\n</svg>\n`;
}

child.onData((data) => {
  terminal.write(data, () => {
    drawn();
  });
});
await see('IDENTIFICATION LECTEUR');
child.write('9921000000164\r37000034179\r37000034180\r37000034181\r37000034182\r');
await see('5=5');
writeFileSync('docs/desk.svg', svg());
child.kill('SIGKILL');
rmSync(folder, { recursive: true, force: true });
process.exit(0);
