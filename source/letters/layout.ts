import { breakLines, widthOf } from '../language/fit.ts';
import { printable } from '../language/printable.ts';
import { bigLines } from './banner.ts';

/**
 * A text from data as it may stand on paper: accents in one piece (printers know no combining ones), spaces and line ends
 * as one space, whatever could move the paper or end the copy shown, not sent (REL-06).
 */
export function clean(text: string): string {
  return printable(text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim());
}

/** A text in the middle of the paper, on as many lines as it needs. */
export function centred(text: string, width: number): string[] {
  return breakLines(text, width).map((line) => ' '.repeat(Math.max(0, Math.floor((width - widthOf(line)) / 2))) + line);
}

/** A line across the paper. */
export const rule = (width: number, sign = '-'): string => sign.repeat(width);

/** A text whose lines all begin at a column; `first` stands before the first of them. */
export function hanging(first: string, text: string, width: number, indent = widthOf(first)): string[] {
  const room = Math.max(1, width - indent);
  return breakLines(text, room).map(
    (line, at) => `${at === 0 ? first + ' '.repeat(Math.max(0, indent - widthOf(first))) : ' '.repeat(indent)}${line}`,
  );
}

/** Names on the left, what they name beside them. An empty value has no line. */
export function labelled(pairs: readonly (readonly [string, string])[], width: number): string[] {
  const said = pairs.filter(([, value]) => value !== '');
  const indent = Math.max(0, ...said.map(([label]) => widthOf(label))) + 2;
  return said.flatMap(([label, value]) => hanging(label, value, width, indent));
}

/** One text at the left, one at the right; one below the other where they do not fit beside each other. */
export function beside(left: string, right: string, width: number, indent: number): string[] {
  const space = width - indent - widthOf(left) - widthOf(right);
  const start = ' '.repeat(indent);
  if (left !== '' && space >= 2) return [`${start}${left}${' '.repeat(space)}${right}`];
  return [left, right].filter((one) => one !== '').flatMap((one) => hanging(start, one, width));
}

/** What must be read from a metre away, between two thick lines: `name` above, `big` as large as it fits, the rest below. */
export function poster(name: string, big: string, below: readonly string[], width: number): string[] {
  return [
    rule(width, '='),
    ...centred(name, width),
    '',
    ...bigLines(big, width),
    '',
    ...below.filter((line) => line !== '').flatMap((line) => centred(line, width)),
    rule(width, '='),
  ];
}
