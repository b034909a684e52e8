import { breakLines, widthOf } from '../language/fit.ts';

/** Letters of five rows, each row of a letter between spaces: plain `#`, which every printer has. */
const ROWS = 5;
const SHAPES: Readonly<Record<string, string>> = {
  A: '.##. #..# #### #..# #..#',
  B: '###. #..# ###. #..# ###.',
  C: '.### #... #... #... .###',
  D: '###. #..# #..# #..# ###.',
  E: '#### #... ###. #... ####',
  F: '#### #... ###. #... #...',
  G: '.### #... #.## #..# .###',
  H: '#..# #..# #### #..# #..#',
  I: '### .#. .#. .#. ###',
  J: '..## ...# ...# #..# .##.',
  K: '#..# #.#. ##.. #.#. #..#',
  L: '#... #... #... #... ####',
  M: '#...# ##.## #.#.# #...# #...#',
  N: '#...# ##..# #.#.# #..## #...#',
  O: '.##. #..# #..# #..# .##.',
  P: '###. #..# ###. #... #...',
  Q: '.##. #..# #..# #.## .###',
  R: '###. #..# ###. #.#. #..#',
  S: '.### #... .##. ...# ###.',
  T: '##### ..#.. ..#.. ..#.. ..#..',
  U: '#..# #..# #..# #..# .##.',
  V: '#...# #...# .#.#. .#.#. ..#..',
  W: '#...# #...# #.#.# ##.## #...#',
  X: '#...# .#.#. ..#.. .#.#. #...#',
  Y: '#...# .#.#. ..#.. ..#.. ..#..',
  Z: '#### ...# .##. #... ####',
  0: '#### #..# #..# #..# ####',
  1: '.#. ##. .#. .#. ###',
  2: '###. ...# .##. #... ####',
  3: '###. ...# .##. ...# ###.',
  4: '#..# #..# #### ...# ...#',
  5: '#### #... ###. ...# ###.',
  6: '.##. #... ###. #..# .##.',
  7: '#### ...# ..#. .#.. .#..',
  8: '.##. #..# .##. #..# .##.',
  9: '.##. #..# .### ...# .##.',
  '-': '... ... ### ... ...',
  _: '... ... ... ... ###',
  '.': '. . . . #',
  "'": '# # . . .',
  '+': '... .#. ### .#. ...',
  ' ': '.. .. .. .. ..',
};

/** Capitals without accents, as the big letters have them. */
const plainCapitals = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll('Œ', 'OE')
    .replaceAll('Æ', 'AE')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('’', "'");

const middle = (line: string, width: number): string =>
  `${' '.repeat(Math.max(0, Math.floor((width - widthOf(line)) / 2)))}${line}`.trimEnd();

/** A text in letters of five rows; undefined where it is too long, or has a character that these letters lack. */
function inShapes(text: string, width: number): string[] | undefined {
  const shapes = Array.from(plainCapitals(text), (letter) => SHAPES[letter]?.split(' '));
  const rows = Array.from({ length: ROWS }, (_, row) => shapes.map((shape) => shape?.[row] ?? '').join('.'));
  const length = rows[0]?.length ?? 0;
  if (shapes.includes(undefined) || length === 0 || length > width) return undefined;
  const indent = ' '.repeat(Math.floor((width - length) / 2));
  return rows.map((row) => `${indent}${row.replaceAll('.', ' ')}`.trimEnd());
}

/** A name of two words, one below the other, where each fits. */
function inTwo(text: string, width: number): string[] | undefined {
  const [first, second, ...more] = text.split(' ');
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  const above = inShapes(first, width);
  const below = inShapes(second, width);
  return above && below && [...above, '', ...below];
}

/** A text as large as it fits: in letters of five rows, else with spaces between its capitals, else in capitals. */
export function bigLines(text: string, width: number): string[] {
  const shaped = inShapes(text, width) ?? inTwo(text, width);
  if (shaped) return shaped;
  const spaced = Array.from(text.toUpperCase()).join(' ');
  const lines = widthOf(spaced) <= width ? [spaced] : breakLines(text.toUpperCase(), width);
  return lines.map((line) => middle(line, width));
}
