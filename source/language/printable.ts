const C0 = 0x20;
const DELETE = 0x7f;
/** Control characters, and the invisible marks that turn or hide text; the non-joiner (U+200C) belongs to Persian words. */
const UNSAFE = /[\p{Cc}\u061C\u200B\u200D-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gu;

/**
 * Makes a text from data safe to show (REL-06): control characters become visible pictures (ESC → ␛), what could turn the
 * direction of the line or hide in it becomes �. Everything that is printed from a record passes here.
 */
export function printable(text: string): string {
  return text.replaceAll(UNSAFE, (found) => {
    const code = found.codePointAt(0) ?? 0;
    if (code < C0) return String.fromCodePoint(0x24_00 + code);
    return code === DELETE ? '\u2421' : '\uFFFD';
  });
}
