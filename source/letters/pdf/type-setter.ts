import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is used of a PDFKit document. */
export type PdfPage = Pick<
  PDFKit.PDFDocument,
  'font' | 'fontSize' | 'fillColor' | 'registerFont' | 'text' | 'widthOfString'
>;

export type Weight = 400 | 700;
export type Style = { readonly size: number; readonly weight?: Weight; readonly color?: string };

/** Parts of Noto Sans, in the order in which a character is looked for; each is read only if it is needed. */
const SUBSETS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext'] as const;

/** Stands for a character that none of them has. */
const UNKNOWN = '?';
const LEADING = 1.45;

/** A piece of text that one font has. */
type Run = { readonly font: string; readonly text: string };

const fontFile = (name: string): string => {
  const packageFile = fileURLToPath(import.meta.resolve('@fontsource/noto-sans/package.json'));
  return path.join(path.dirname(packageFile), 'files', `noto-sans-${name}-normal.woff`);
};

/** Whether the document's font of the moment has a character; PDFKit keeps what its font library tells to itself. */
function hasGlyph(page: PdfPage, codePoint: number): boolean {
  const { _font: current } = page as unknown as {
    readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
  };
  return current.font.hasGlyphForCodePoint(codePoint);
}

/**
 * Sets text on a page in Noto Sans, embedded as far as it is used. A text may mix scripts: each character comes from the part
 * of the font that has it. What none has becomes `?` and is told at the end, never an error.
 */
export class TypeSetter {
  readonly #page: PdfPage;
  readonly #registered = new Set<string>();
  readonly #fontOf = new Map<string, string | null>();
  readonly #replaced = new Set<string>();

  constructor(page: PdfPage) {
    this.#page = page;
  }

  /** Characters that had to be replaced, each once. */
  get replaced(): string[] {
    return [...this.#replaced];
  }

  #use(name: string): void {
    if (!this.#registered.has(name)) this.#page.registerFont(name, readFileSync(fontFile(name)));
    this.#registered.add(name);
    this.#page.font(name);
  }

  /** The font that has a character; null: none. */
  #findFont(character: string, weight: Weight): string | null {
    const key = `${weight}${character}`;
    const known = this.#fontOf.get(key);
    if (known !== undefined) return known;
    const found = SUBSETS.map((subset) => `${subset}-${weight}`).find((name) => {
      this.#use(name);
      return hasGlyph(this.#page, character.codePointAt(0) ?? 0);
    });
    this.#fontOf.set(key, found ?? null);
    return found ?? null;
  }

  #runs(text: string, weight: Weight): Run[] {
    const runs: { font: string; text: string }[] = [];
    for (const character of text.normalize('NFC').replaceAll('\u202F', '\u00A0')) {
      const font = this.#findFont(character, weight);
      if (font === null) this.#replaced.add(character);
      const name = font ?? `latin-${weight}`;
      const last = runs.at(-1);
      const piece = font === null ? UNKNOWN : character;
      if (last?.font === name) last.text += piece;
      else runs.push({ font: name, text: piece });
    }
    return runs;
  }

  /** How wide a text is, in points. */
  width(text: string, { size, weight = 400 }: Style): number {
    let width = 0;
    for (const run of this.#runs(text, weight)) {
      this.#use(run.font);
      width += this.#page.fontSize(size).widthOfString(run.text);
    }
    return width;
  }

  /** One line with its upper left corner there. */
  line(text: string, x: number, y: number, style: Style): void {
    const { size, weight = 400, color = '#000000' } = style;
    let left = x;
    for (const run of this.#runs(text, weight)) {
      this.#use(run.font);
      this.#page.fontSize(size).fillColor(color).text(run.text, left, y, { lineBreak: false });
      left += this.#page.widthOfString(run.text);
    }
  }

  /** A text in lines of at most that width, broken at spaces, a longer word within itself. */
  #lines(text: string, width: number, style: Style): string[] {
    const lines: string[] = [];
    let line = '';
    const fits = (one: string): boolean => this.width(one, style) <= width;
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (fits(longer)) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      line = '';
      for (const character of word) {
        if (line !== '' && !fits(line + character)) {
          lines.push(line);
          line = '';
        }
        line += character;
      }
    }
    return [...lines, line];
  }

  /** A paragraph between two edges; answers with where it ends. */
  paragraph(
    text: string,
    { x, y, width, align = 'left' }: { x: number; y: number; width: number; align?: 'left' | 'centre' | 'right' },
    style: Style,
  ): number {
    let top = y;
    for (const line of this.#lines(text, width, style)) {
      const space = align === 'left' ? 0 : width - this.width(line, style);
      this.line(line, x + (align === 'centre' ? space / 2 : space), top, style);
      top += style.size * LEADING;
    }
    return top;
  }
}
