import { SaxesParser } from 'saxes';
import type { CardProblem } from '../../circulation/card-system.ts';
import type { Said } from './said.ts';

/** An element of a record, with the line on which it begins. */
export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  readonly line: number;
  text: string;
};

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Elements inside of each other; nobody's record has more. */
const DEEPEST = 30;

/**
 * Reads one element with a parser of its own: what is wrong inside it ends with it. `line`: on which the text begins. Document
 * types and entities of one's own are refused (REL-06).
 */
export function elementIn(text: string, name: string, line: number): Element | CardProblem {
  const parser = new SaxesParser({ fragment: true, xmlns: false });
  const lineNow = (): number => line + parser.line - 1;
  const open: Element[] = [];
  let root: Element | undefined;
  let isDone = false;
  let fault: CardProblem | undefined;
  parser.on('error', ({ message }) => {
    if (isDone) return;
    const detail = message.replace(/^\d+:\d+: /, '');
    fault ??= /doctype/i.test(detail)
      ? { problem: 'dtd-refused', line: lineNow() }
      : { problem: 'not-well-formed', found: detail.slice(0, 120), line: lineNow() };
  });
  parser.on('opentag', (tag) => {
    const element = { name: localName(tag.name), attributes: tag.attributes, children: [], line: lineNow(), text: '' };
    if (open.length < DEEPEST) open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const add = (found: string): void => {
    const last = open.at(-1);
    if (last) last.text += found;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    open.pop();
    if (open.length === 0 && root?.name === name) isDone = true;
  });
  const end = new RegExp(`</(?:[\\w.-]+:)?${name}\\s*>`).exec(text);
  parser.write(end ? text.slice(0, end.index + end[0].length) : text);
  if (!isDone) parser.close();
  if (fault) return fault;
  return isDone && root ? root : { problem: 'not-well-formed', found: `</${name}>`, line: lineNow() };
}

/** The elements of that name directly below. */
export const below = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((one) => one.name === name) ?? [];

/** The first element of that name directly below. */
export const first = (element: Element | undefined, name: string): Element | undefined => below(element, name)[0];

/** What an element says, where it stands; `field`: what it is called. Undefined: there is no element. */
export function saidIn(element: Element | undefined, field = element?.name ?? ''): Said | undefined {
  return element && { text: element.text.normalize('NFC'), spot: { line: element.line, field } };
}
