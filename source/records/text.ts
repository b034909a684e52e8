/** How identifiers and barcodes are compared: without surrounding spaces, in capitals. */
export const keyOf = (value: string): string => value.trim().toUpperCase();

/** Letters that are no others with an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Lower case, without accents: what names and titles are searched and sorted by, alike on both databases (PAT-01). */
export function plain(value: string): string {
  // oxlint-disable-next-line no-control-regex -- all of ASCII
  if (/^[\u0000-\u007F]*$/.test(value)) return value.toLowerCase();
  return value
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[œæßøłđðþı]/g, (letter) => LETTERS[letter] ?? letter);
}

/** The words of a name or a title, plain, each once. */
export function wordsOf(value: string): string[] {
  return [...new Set(plain(value).match(/[\p{L}\p{N}]+/gu) ?? [])];
}

/** The first text that does not start with that beginning, in byte order: the end of a search by beginnings. */
export const afterPrefix = (beginning: string): string => `${beginning}\u{10FFFF}`;

/** What an index of either database takes in one key; nothing worth comparing is longer. */
const LONGEST_TITLE = 500;
const LONGEST_AUTHOR = 150;

/** The key by which two records are the same title (same text and author), and by which titles are sorted. */
export const matchKey = (title: string, author: string | null | undefined): string =>
  [plain(title.trim()).slice(0, LONGEST_TITLE), plain((author ?? '').trim()).slice(0, LONGEST_AUTHOR)]
    .join('\u0001')
    .replaceAll('\0', '')
    .toWellFormed();

const sumOf = (digits: string, weightAt: (place: number) => number): number =>
  Array.from(digits).reduce((sum, digit, place) => sum + Number(digit) * weightAt(place), 0);

/** The other form of an ISBN of ten or thirteen characters, with its own check digit; undefined: it has none. */
function otherIsbn(isbn: string): string | undefined {
  if (/^\d{9}[\dx]$/.test(isbn)) {
    const digits = `978${isbn.slice(0, 9)}`;
    return `${digits}${(10 - (sumOf(digits, (place) => (place % 2 === 0 ? 1 : 3)) % 10)) % 10}`;
  }
  if (!/^978\d{10}$/.test(isbn)) return undefined;
  const digits = isbn.slice(3, 12);
  const check = (11 - (sumOf(digits, (place) => 10 - place) % 11)) % 11;
  return `${digits}${check === 10 ? 'x' : check}`;
}

/** The ISBNs in a text, without hyphens, in lower case, each of ten and of thirteen digits where it has both forms. */
export function isbnForms(text: string): string[] {
  const found = [...text.matchAll(/\d[\d -]{8,15}[\dxX]/g)].map(([one]) => one.replaceAll(/[ -]/g, '').toLowerCase());
  return found.flatMap((one) => {
    const other = otherIsbn(one);
    return other === undefined ? [one] : [one, other];
  });
}

/** A text as it is stored: without what no database takes, null where nothing is left of it. */
export function stored(text: string | null | undefined): string | null {
  const kept = (text ?? '').replaceAll('\0', '').toWellFormed().trim();
  return kept === '' ? null : kept;
}

/** Subjects as they are stored: one on each line, each once. */
export const subjectsText = (subjects: readonly string[]): string | null =>
  stored([...new Set(subjects.flatMap((one) => stored(one.replaceAll(/\s+/g, ' ')) ?? []))].join('\n'));

/** Subjects as they were stored. */
export const subjectsFrom = (text: string | null): string[] => (text === null ? [] : text.split('\n'));
