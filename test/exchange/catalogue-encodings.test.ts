import { describe, expect, it } from 'vitest';
import { declaredByMarc21, declaredByUnimarc, decoderFor } from '../../source/exchange/catalogue/charsets/encodings.ts';
import type { Declared } from '../../source/exchange/catalogue/charsets/encodings.ts';
import { decodeSets } from '../../source/exchange/catalogue/charsets/iso2022.ts';
import { ASCII, EXTENDED_LATIN, ISO_5426 } from '../../source/exchange/catalogue/charsets/sets.ts';
import { bytes } from '../support/marc.ts';

const marc8 = (text: string) => decodeSets(bytes(text), { g0: ASCII, g1: EXTENDED_LATIN });
const iso5426 = (text: string) => decodeSets(bytes(text), { g0: ASCII, g1: ISO_5426 });
const MARC8 = declaredByMarc21('00000nam  2200000 a 4500');
const UTF8 = declaredByMarc21('00000nam a2200000 a 4500');
const UNIMARC = declaredByUnimarc('20260601d2026    k  y0frey0103    ba');

/** What is read of bytes, and as what. */
function read(written: Buffer, declared: Declared) {
  const { decode, used, mislabelled } = decoderFor(written, declared);
  return { ...decode(written), used, mislabelled };
}

describe('MARC-8', () => {
  it.each([
    [
      'accents stand before their letter',
      'Qu\xE2ebec, \xE1a, \xE3\xF0c, Fran\xF0cois, \xE8i',
      'Québec, à, ç̂, François, ï',
    ],
    ['letters of their own', '\xB6uvre, \xA5sop, \xB1\xA1, \xB2\xA2, \xC7', 'œuvre, Æsop, łŁ, øØ, ß'],
    ['romanised Hebrew and Arabic', '\xB0Ze\xF2vin, \xAEalif', 'ʻZeṿin, ʾalif'],
    ['a ligature over two letters', '\xEBi\xECa', 'i\uFE20a\uFE21'],
    ['Hebrew', '\x1B(2lzexd\x1B(B x', 'לתורה x'],
    ['Cyrillic', '\x1B(Nwojna i mir\x1B(B', 'ВОЙНА И МИР'],
    ['Cyrillic on the right, extended', '\x1B)Q\xC3\xC6', 'єі'],
    ['Greek, its accent before its letter', '\x1B(Sn"rdrw\x1B(B', 'λόγος'],
    ['Arabic', '\x1B(3GdcJGH\x1B(B', 'الكتاب'],
    ['sub- and superscripts', 'H\x1Bb2\x1BsO m\x1Bp2\x1Bs', 'H₂O m²'],
  ])('%s', (_, written, text) => {
    expect(marc8(written).text).toBe(text);
  });

  it('every letter of the basic sets has one meaning, and marks are combining ones', () => {
    for (const set of [EXTENDED_LATIN, ISO_5426]) {
      const letters = set.characters.filter((one, at) => one !== undefined && !set.marks.has(at));
      expect(new Set(letters).size).toBe(letters.length);
      for (const at of set.marks) expect(set.characters[at]).toMatch(/^\p{M}$/u);
    }
  });

  it('EACC is named and replaced, and what follows it is read', () => {
    expect(marc8('a \x1B$1!UV!6\x7E\x1B(B b')).toEqual({
      text: 'a \uFFFD\uFFFD b',
      faults: [
        { at: 5, fault: 'unknown-set', found: 'EACC' },
        { at: 8, fault: 'unknown-set', found: 'EACC' },
      ],
    });
  });

  it('what means nothing is replaced and named with its place', () => {
    expect(marc8('a\xFFb')).toEqual({ text: 'a\uFFFDb', faults: [{ at: 1, fault: 'unknown-character', found: 'FF' }] });
    expect(marc8('a\x1B(~b').faults).toEqual([{ at: 1, fault: 'unknown-set', found: 'ESC (~' }]);
    expect(marc8('a\xE2').text).toBe('a◌́');
  });
});

describe('UNIMARC', () => {
  it.each([
    ['accents stand before their letter', 'Qu\xC2ebec, \xC1a, Fran\xD0cois, \xC8i, \xC9u', 'Québec, à, François, ï, ü'],
    ['letters of their own', '\xFAuvre, \xE1sop, \xF8\xE8, \xFB', 'œuvre, Æsop, łŁ, ß'],
    ['quotation marks', '\xABLe Monde\xBB', '«Le Monde»'],
    ['non-sorting marks are kept for the title to leave out', '\x88Le \x89Monde', '\u0098Le \u009CMonde'],
    ['Greek by its escape sequence', '\x1B(Sn"rdrw\x1B(B', 'λόγος'],
  ])('%s', (_, written, text) => {
    expect(iso5426(written).text).toBe(text);
  });

  it('100 $a says the sets: 50 is UTF-8, 02 Cyrillic, 05 Greek', () => {
    expect(declaredByUnimarc('20260601d2026    k  y0frey50      ba').encoding).toBe('utf-8');
    expect(UNIMARC.encoding).toBe('iso-5426');
    expect(declaredByUnimarc('20260601d2026    k  y0rusy0102    ba').sets.g1.name).toBe('Cyrillic');
    expect(declaredByUnimarc('20260601d2026    k  y0grey0105    ba').sets.g1.name).toBe('Greek');
    expect(declaredByUnimarc(undefined).encoding).toBe('iso-5426');
  });
});

describe('records that say another encoding than they have', () => {
  it.each([
    ['UTF-8 said to be MARC-8', Buffer.from('Les élèves à Nîmes'), MARC8, 'utf-8', 'Les élèves à Nîmes'],
    ['UTF-8 said to be ISO 5426', Buffer.from('L’État, ça'), UNIMARC, 'utf-8', 'L’État, ça'],
    ['Latin-1 said to be MARC-8', bytes('Les \xE9l\xE8ves \xE0 N\xEEmes'), MARC8, 'latin-1', 'Les élèves à Nîmes'],
    [
      'Latin-1 said to be ISO 5426',
      bytes("Les \xE9l\xE8ves \xE0 l'h\xF4pital"),
      UNIMARC,
      'latin-1',
      "Les élèves à l'hôpital",
    ],
    ['Windows-1252 said to be UTF-8', bytes('L\x92\xE9l\xE8ve \xE0 1 \x80'), UTF8, 'latin-1', 'L’élève à 1 €'],
    ['MARC-8 said to be UTF-8', bytes('Les \xE2el\xE1eves \xE1a N\xE3imes'), UTF8, 'marc-8', 'Les élèves à Nîmes'],
  ] as const)('%s', (_, written, declared, used, text) => {
    expect(read(written, declared)).toEqual({ text, faults: [], used, mislabelled: true });
  });

  it.each([
    ['MARC-8', bytes('Po\xE2esies r\xE2eunies \xE1a Fran\xF0cois'), MARC8, 'Poésies réunies à François'],
    [
      'ISO 5426',
      bytes('Po\xC2esies r\xC2eunies \xC1a Fran\xD0cois, \xFAuvres'),
      UNIMARC,
      'Poésies réunies à François, œuvres',
    ],
    ['UTF-8', Buffer.from('Poésies réunies'), UTF8, 'Poésies réunies'],
    ['ASCII', Buffer.from('Poems'), MARC8, 'Poems'],
  ] as const)('%s that says so is read as such', (_, written, declared, text) => {
    expect(read(written, declared)).toMatchObject({ text, mislabelled: false });
  });

  it('UTF-8 with one damaged character stays UTF-8: that character is replaced and its place named', () => {
    const written = Buffer.concat([Buffer.from('élève à '), Buffer.of(0xc3), Buffer.from(' été')]);
    expect(read(written, UTF8)).toEqual({
      text: 'élève à � été',
      faults: [{ at: 11, fault: 'unknown-character', found: 'C3' }],
      used: 'utf-8',
      mislabelled: false,
    });
  });

  it('whoever knows better forces an encoding', () => {
    const written = bytes('\xE9t\xE9');
    expect(decoderFor(written, MARC8, 'latin-1').decode(written).text).toBe('été');
  });
});
