import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { clearanceFileName, writeClearance } from '../../source/letters/index.ts';
import { clearance } from './letter-facts.ts';

const withName = (lastName: string, firstName: string) =>
  clearance({ patron: { ...clearance().patron, lastName, firstName } });

/** The uncompressed streams of a PDF, as text. */
function streamsOf(pdf: Uint8Array): string[] {
  const bytes = Buffer.from(pdf);
  const found: string[] = [];
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 1)) {
    if (bytes.subarray(at - 3, at).toString() === 'end') continue;
    const body = bytes.subarray(at + 7, bytes.indexOf('\nendstream', at));
    try {
      found.push(inflateSync(body).toString('latin1'));
    } catch {
      found.push(body.toString('latin1'));
    }
  }
  return found;
}

/** What somebody who copies from the page gets: each font's codes turned back into characters (its ToUnicode map). */
function charactersIn(pdf: Uint8Array): Set<string> {
  const maps = streamsOf(pdf).filter((one) => one.includes('beginbfrange') || one.includes('beginbfchar'));
  const hex = maps.flatMap((one) => [...one.matchAll(/<([\dA-Fa-f]{4,8})>/g)].map((match) => match[1] ?? ''));
  return new Set(hex.map((one) => Buffer.from(one, 'hex').swap16().toString('utf16le')));
}

describe('the document of a clearance', () => {
  it('QUI-02 is a PDF of one A4 page with its own fonts, in the language of the patron', async () => {
    const { pdf, replaced } = await writeClearance(clearance(), 'fr');
    const text = Buffer.from(pdf).toString('latin1');
    expect(text.slice(0, 5)).toBe('%PDF-');
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(text).toContain('/MediaBox [0 0 595.28 841.89]');
    expect(text).toContain('/Lang (fr)');
    // Nothing is left to the fonts of whoever reads it.
    expect([...text.matchAll(/\/FontName \/[A-Z]{6}\+([\w-]+)/g)].map((match) => match[1])).toEqual(
      expect.arrayContaining(['NotoSans-Regular', 'NotoSans-Bold']),
    );
    expect(text).not.toContain('Helvetica');
    expect(replaced).toEqual([]);
    expect(pdf.byteLength).toBeLessThan(60_000);
    expect(Buffer.from((await writeClearance(clearance(), 'en')).pdf).toString('latin1')).toContain('/Lang (en)');
  });

  it('QUI-02 the same facts make the same bytes', async () => {
    const [one, other, later] = await Promise.all([
      writeClearance(clearance(), 'fr'),
      writeClearance(clearance(), 'fr'),
      writeClearance(clearance({ number: 13 }), 'fr'),
    ]);
    expect(Buffer.from(one.pdf).equals(Buffer.from(other.pdf))).toBe(true);
    expect(Buffer.from(one.pdf).equals(Buffer.from(later.pdf))).toBe(false);
  });

  it.each([
    ['Żółć', 'Łukasz'],
    ['Œuvrard', 'Ștefan'],
    ['Nguyễn', 'Thị Hạnh'],
    ['Παπαδοπούλου', 'Ελένη'],
    ['Шевченко', 'Їжак'],
    ['D’Ñandú-Ångström', 'Þórdís Ğül'],
  ])('QUI-02 %s %s has every letter of the name', async (lastName, firstName) => {
    const { pdf, replaced } = await writeClearance(withName(lastName, firstName), 'fr');
    expect(replaced).toEqual([]);
    const shown = charactersIn(pdf);
    const letters = Array.from(`${lastName}${firstName}`.replaceAll(' ', '').normalize('NFC'));
    expect(letters.filter((letter) => !shown.has(letter))).toEqual([]);
  });

  it('QUI-02 letters that stand in two pieces are put together', async () => {
    const { replaced } = await writeClearance(withName('Le\u0301ger', 'Zo\u0308e'), 'fr');
    expect(replaced).toEqual([]);
  });

  it('QUI-02 characters that no font has are replaced and told, not a crash', async () => {
    const { pdf, replaced } = await writeClearance(withName('李', '明明 \u{1F600}'), 'fr');
    expect(replaced).toEqual(['李', '明', '\u{1F600}']);
    expect(charactersIn(pdf)).toContain('?');
  });

  it('REL-06 control characters and endless names do no harm', async () => {
    const { pdf } = await writeClearance(withName(`\u0000\u001B${'W'.repeat(400)}`, 'Ana '.repeat(60)), 'en');
    expect(
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type \/Page\b/g),
    ).toHaveLength(1);
    expect(clearanceFileName(withName('../../etc/passwd', '/'))).toBe('quitus-2026-000012.pdf');
  });
});
