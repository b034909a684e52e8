/** How identifiers and barcodes are compared: without surrounding spaces, in capitals. */
export const keyOf = (value: string): string => value.trim().toUpperCase();

/** Lower case, without accents: what names and titles are searched and sorted by, alike on both databases (PAT-01). */
export function plain(value: string): string {
  return value
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('ð', 'd')
    .replaceAll('þ', 'th')
    .replaceAll('ı', 'i');
}

/** The words of a name or a title, plain, each once. */
export function wordsOf(value: string): string[] {
  return [...new Set(plain(value).match(/[\p{L}\p{N}]+/gu) ?? [])];
}
