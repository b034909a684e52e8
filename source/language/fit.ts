import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Latin letters and what is written with them: each takes one cell, which need not be looked up. */
const LATIN = /^[ -~\u00A0-\u00AC\u00AE-\u024F]*$/;

/** How many terminal cells a text takes; wide characters take two. */
export const widthOf = (text: string): number => (LATIN.test(text) ? text.length : stringWidth(text));

/** Cuts a text to a number of cells, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (width <= 0) return '';
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    const next = widthOf(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}…`;
}

/** Cuts or fills a text to exactly that many cells. */
export function fit(text: string, width: number): string {
  const short = cut(text, width);
  return short + ' '.repeat(Math.max(0, width - widthOf(short)));
}

/** Puts one text at the left edge and one at the right; the left one gives way. */
export function justify(left: string, right: string, width: number): string {
  const room = Math.max(0, width - widthOf(right));
  return fit(left, room) + cut(right, width);
}

/** Makes a sentence around a title that still fits: the title gives way, never the rest. */
export function aroundTitle(sentence: (title: string) => string, title: string, width: number): string {
  const rest = widthOf(sentence(''));
  return sentence(cut(title, Math.max(8, width - rest)));
}

/** Makes a sentence around a file's path that still fits: the beginning of the path gives way, never its name. */
export function aroundPath(sentence: (path: string) => string, path: string, width: number): string {
  const whole = sentence(path);
  const over = widthOf(whole) - width;
  if (over <= 0) return whole;
  // The sentence may name it more than once.
  const times = Math.max(1, whole.split(path).length - 1);
  const pieces = Array.from(segmenter.segment(path), ({ segment }) => segment);
  const gone = Math.min(Math.ceil(over / times) + 1, Math.max(0, pieces.length - 8));
  return gone === 0 ? whole : sentence(`…${pieces.slice(gone).join('')}`);
}

/** Breaks a text into lines of at most that many cells, at spaces where there are some. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) line = longer;
    else {
      if (line !== '') lines.push(line);
      line = cut(word, width);
    }
  }
  return [...lines, line];
}

/** Breaks a text into lines of at most that many cells; a word that is longer than a line is broken, nothing is lost. */
export function breakLines(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const takes = widthOf(word);
    const longer = line === '' ? takes : used + 1 + takes;
    if (longer <= width) {
      line = line === '' ? word : `${line} ${word}`;
      used = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = takes <= width ? [word] : piecesOf(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
    used = widthOf(line);
  }
  return [...lines, line];
}

/** A word in pieces of at most that many cells; a character is never split. */
function piecesOf(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of segmenter.segment(word)) {
    if (piece !== '' && widthOf(piece + segment) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}
