/** The longest barcode of an item (columns 14 to 93 of a line) and the longest identifier of a patron. */
export const MOST_ITEM = 80;
export const MOST_PATRON = 255;

/** What no code has: control characters, line separators, marks that turn text, and what is left of broken characters. */
const UNUSABLE = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFFFD\p{Noncharacter_Code_Point}]/u;

/** Whether a text holds characters that a code cannot have. */
export const hasUnusable = (text: string): boolean => UNUSABLE.test(text);

/** A barcode or an identifier as it may be written, without surrounding spaces; null: empty, longer than `most`, or unusable. */
export function usableCode(text: string, most: number): string | null {
  const code = text.trim();
  return code === '' || code.length > most || hasUnusable(code) ? null : code;
}
