/**
 * The code sets of MARC 21 (MARC-8: Library of Congress, *Character Sets and Encoding Options*) and of UNIMARC (ISO 646,
 * 5426, 5427, 5428), as far as they are written with one byte for a character. A set has 94 or 96 places, named by seven
 * bits: it may stand on the left (G0, 20–7F) or on the right (G1, A0–FF).
 */
export type CodeSet = {
  readonly name: string;
  /** By seven bits; undefined: the place is empty. */
  readonly characters: readonly (string | undefined)[];
  /** Marks that stand before the letter that carries them. */
  readonly marks: ReadonlySet<number>;
};

/** Rows of characters (`·` is an empty place), and marks as code points: both with the place of their first one. */
type Rows = readonly (readonly [number, string])[];
type Marks = readonly (readonly [number, readonly number[]])[];

const EMPTY_PLACE = '·';

function codeSet(name: string, rows: Rows, marks: Marks = []): CodeSet {
  const characters: (string | undefined)[] = [];
  const places = new Set<number>();
  for (const [start, row] of rows) {
    Array.from(row).forEach((one, at) => {
      if (one !== EMPTY_PLACE) characters[start + at] = one;
    });
  }
  for (const [start, points] of marks) {
    points.forEach((point, at) => {
      if (point === 0) return;
      characters[start + at] = String.fromCodePoint(point);
      places.add(start + at);
    });
  }
  return { name, characters, marks: places };
}

const DIGITS = '0123456789';
const ascii = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)).join('');

/** ISO 646: what everything else is read beside. */
export const ASCII = codeSet('ASCII', [[0x20, ascii(0x20, 0x7e)]]);

/** Extended Latin of MARC 21 (ANSEL, ANSI Z39.47, with the two places of 2004: ß and €). `\u00B7` stands apart: our `·` is an empty place. */
const EXTENDED_LATIN_ROWS: Rows = [
  [0x21, 'ŁØĐÞÆŒʹ'],
  [0x29, '♭®±ƠƯʾ'],
  [0x30, 'ʻłøđþæœʺı£ð·ơư'],
  [0x40, '°ℓ℗©♯¿¡ß€'],
];
const EXTENDED_LATIN_MARKS: Marks = [
  [
    0x60,
    [0x309, 0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x30c, 0x30a, 0xfe20, 0xfe21, 0x315, 0x30b, 0x310],
  ],
  [0x70, [0x327, 0x328, 0x323, 0x324, 0x325, 0x333, 0x332, 0x326, 0x31c, 0x32e, 0xfe22, 0xfe23, 0, 0, 0x313]],
];

/** Puts the middle dot, which the rows use for an empty place, where it belongs. */
function withMiddleDot(set: CodeSet, place: number): CodeSet {
  const characters = [...set.characters];
  characters[place] = '\u00B7';
  return { ...set, characters };
}

export const EXTENDED_LATIN = withMiddleDot(codeSet('Extended Latin', EXTENDED_LATIN_ROWS, EXTENDED_LATIN_MARKS), 0x28);

/** ISO 5426, the extended Latin of UNIMARC. */
export const ISO_5426 = withMiddleDot(
  codeSet(
    'ISO 5426',
    [
      [0x21, '¡„£$¥†§′‘“«♭©℗®'],
      [0x30, 'ʿʾ‚···‡·″’”»♯ʹʺ¿'],
      [0x61, 'ÆĐ···Ĳ·ŁØŒ·Þ'],
      [0x71, 'æđð·ıĳ·łøœßþ'],
    ],
    [
      [
        0x40,
        [
          0x309, 0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x308, 0x30a, 0x315, 0x312, 0x30b, 0x31b,
          0x30c,
        ],
      ],
      [
        0x50,
        [0x327, 0x31c, 0x326, 0x328, 0x325, 0x32e, 0x323, 0x324, 0x332, 0x333, 0x329, 0x32d, 0, 0xfe20, 0xfe21, 0xfe23],
      ],
    ],
  ),
  0x37,
);

/** Hebrew points stand where capital letters would. */
export const HEBREW = codeSet(
  'Hebrew',
  [
    [0x20, ` !״#$%&׳()*+,־./${DIGITS}:;<=>?`],
    [0x5b, '[·]'],
    [0x60, 'אבגדהוזחטיךכלםמןנסעףפץצקרשתװױײ'],
  ],
  [[0x40, [0x5b7, 0x5b8, 0x5b6, 0x5b5, 0x5b4, 0x5b9, 0x5bb, 0x5b0, 0x5b2, 0x5b3, 0x5b1, 0x5bc, 0x5bf, 0x5c1, 0xfb1e]]],
);

/** Basic Cyrillic (ISO-IR 37): the same for MARC 21 and UNIMARC. */
export const CYRILLIC = codeSet('Cyrillic', [
  [0x20, ` !"#¤%&'()*+,-./${DIGITS}:;<=>?`],
  [0x40, 'юабцдефгхийклмнопярстужвьызшэщчъ'],
  [0x60, 'ЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧ'],
]);

/** Extended Cyrillic (ISO 5427). */
export const EXTENDED_CYRILLIC = codeSet('Extended Cyrillic', [
  [0x40, 'ґђѓєёѕіїјљњћќўџ'],
  [0x50, 'ѣѳѵѫ'],
  [0x5b, '[·]·_'],
  [0x60, 'ҐЂЃЄЁЅІЇЈЉЊЋЌЎЏЪ'],
  [0x70, 'ѢѲѴѪ'],
]);

/** Greek (ISO 5428). */
export const GREEK = codeSet(
  'Greek',
  [
    [0x20, ' '],
    [0x30, '«»”“ʹ͵'],
    [0x3b, '\u0387···\u037E'],
    [0x41, 'ΑΒ·ΓΔΕϚϜΖΗΘΙΚΛΜΝΞΟΠϞΡΣ·ΤΥΦΧΨΩϠ'],
    [0x61, 'αβϐγδεϛϝζηθικλμνξοπϟρσςτυφχψωϡ'],
  ],
  [[0x21, [0x300, 0x301, 0x308, 0x342, 0x313, 0x314, 0x345]]],
);

/** Basic Arabic. */
export const ARABIC = codeSet(
  'Arabic',
  [
    [0x20, ` !"#$٪&'()٭+،-./٠١٢٣٤٥٦٧٨٩:؛<=>؟`],
    [0x41, 'ءآأؤإئابةتثجحخدذرزسشصضطظعغ[·]'],
    [0x60, 'ـفقكلمنهوىي'],
    [0x73, '\u0671\u0670'],
    [0x78, '\u066C”“'],
  ],
  [[0x6b, [0x64b, 0x64c, 0x64d, 0x64e, 0x64f, 0x650, 0x651, 0x652]]],
);

/** Extended Arabic: the letters of Persian, Urdu, Pashto, Kurdish … in the order of Unicode, but for a few. */
export const EXTENDED_ARABIC = codeSet(
  'Extended Arabic',
  [[0x21, '۽ٲٳٹٺٻټٽپٿڀځڂڃڄڅچڿڇڈډڊڋڌڍڎڏڐڑڒړڔڕږڗژڙښڛڜۺڝڞۻڟڠۼڡڢڣڤڥڦڧڨکڪګڬڭڮگڰڱڲڳڴڵڶڷڸںڻڼڽڹھۀۄۅۆۊۋۍێېےۓ']],
  [[0x7d, [0x306, 0x30c]]],
);

/** Sub- and superscripts of MARC 21. */
export const SUBSCRIPT = codeSet('Subscript', [
  [0x20, ' '],
  [0x28, '₍₎·₊·₋··₀₁₂₃₄₅₆₇₈₉'],
]);
export const SUPERSCRIPT = codeSet('Superscript', [
  [0x20, ' '],
  [0x28, '⁽⁾·⁺·⁻··⁰¹²³⁴⁵⁶⁷⁸⁹'],
]);
/** Three Greek letters that MARC 21 once had as symbols. */
export const GREEK_SYMBOLS = codeSet('Greek symbols', [[0x61, 'αβγ']]);
