/** A template as it is written: the first line is its subject, the rest what the letter says. */
export type Written = { readonly subject: string; readonly body: string };

const SUBJECT = /^Subject:[ \t]*(.*?)[ \t]*(?:\n|$)/u;

/**
 * A template's subject and body; undefined: it does not begin with `Subject:`. The body keeps its line numbers: a line takes
 * the place of the subject.
 */
export function writtenIn(text: string): Written | undefined {
  const found = SUBJECT.exec(text);
  if (!found?.[1]) return undefined;
  return { subject: found[1], body: `\n${text.slice(found[0].length)}` };
}

const ONLY_TAGS = /^[ \t]*(?:\{%(?:(?!%\}).)*%\}[ \t]*)+$/u;
/** One tag that has a line for itself. */
const OWN_LINE = /^([ \t]*)\{%-?((?:(?!-?%\}).)*)-?%\}[ \t]*$/gmu;

/** A line that holds nothing but a tag leaves none in the letter. */
const withoutTagLines = (text: string): string => text.replaceAll(OWN_LINE, '$1{%-$2-%}');

/** A body as the plain text is made from it. */
export const textSource = (body: string): string => withoutTagLines(body);

const PARAGRAPH = '<p style="margin:0 0 14px 0">';
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** A line of running text: what stands outside of Liquid's braces is text, not HTML. */
const inHtml = (line: string): string =>
  line
    .split(/(\{\{.*?\}\}|\{%.*?%\})/u)
    .map((part, at) => (at % 2 === 1 ? part : escaped(part)))
    .join('');

/**
 * A body as HTML is made from it: lines between empty ones are a paragraph, each on its own line; tags that have a line for
 * themselves stand between paragraphs. Lines keep their numbers, for who is told what is wrong in one.
 */
export function htmlSource(body: string): string {
  let isOpen = false;
  const lines = body.split('\n').map((line) => {
    const close = isOpen ? '</p>' : '';
    if (line.trim() === '' || ONLY_TAGS.test(line)) {
      isOpen = false;
      return close + line;
    }
    const open = isOpen ? '<br>' : PARAGRAPH;
    isOpen = true;
    return open + inHtml(line.trim());
  });
  return withoutTagLines(lines.join('\n') + (isOpen ? '</p>' : ''));
}

/** A text that was rendered, tidied: no spaces at the ends of lines, never more than one empty line. */
export const tidyText = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
