import { printable } from '../../language/printable.ts';

/** What is to be printed: lines of text, laid out for the paper; the title is for the print system. */
export type PrintJob = { readonly title: string; readonly lines: readonly string[] };

/** The lines of a job as one text; what could act on a printer or a terminal is shown in it, not sent (REL-06). */
export function textOf({ lines }: PrintJob, lineEnd: '\n' | '\r\n'): string {
  return lines.map((line) => `${printable(line)}${lineEnd}`).join('');
}
