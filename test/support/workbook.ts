import { crc32, inflateRawSync } from 'node:zlib';
import { SaxesParser } from 'saxes';

/** The files of an archive by name, read by its directory; throws where a sum, a length or a name does not agree. */
export function unzipped(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error('no archive');
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [crc, packed, size] = [16, 20, 24].map((offset) => archive.readUInt32LE(at + offset));
    const nameLength = archive.readUInt16LE(at + 28);
    const start = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (archive.toString('utf8', start + 30, start + 30 + nameLength) !== name)
      throw new Error(`another name: ${name}`);
    const data = start + 30 + nameLength + archive.readUInt16LE(start + 28);
    const content = inflateRawSync(archive.subarray(data, data + (packed ?? 0)));
    if (crc32(content) !== crc || content.length !== size) throw new Error(`damaged: ${name}`);
    files.set(name, content.toString('utf8'));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

/** A cell as a spreadsheet shows it: `format` of a date, '' where there is none; `formula`: it has one. */
export type SheetCell = {
  readonly type: 'text' | 'number';
  readonly text: string;
  readonly format: string;
  readonly bold: boolean;
  readonly formula: boolean;
};

/** The first sheet of a workbook, by the address of its cells (`A1`). */
export type Sheet = {
  readonly cells: Map<string, SheetCell>;
  readonly names: readonly string[];
  /** Of the columns, in characters. */
  readonly widths: readonly number[];
  /** Rows that stay while the others scroll. */
  readonly frozen: number;
  /** The cells that can be filtered. */
  readonly filter: string;
};

/** Throws where a text is no well-formed XML; calls back for every element with its text. */
function parsed(
  text: string,
  opened: (name: string, attributes: Record<string, string>) => void,
  said: (text: string, inside: string) => void,
): void {
  const inside: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    inside.push(name);
    opened(name, attributes);
  });
  parser.on('closetag', () => void inside.pop());
  parser.on('text', (piece) => {
    said(piece, inside.at(-1) ?? '');
  });
  parser.write(text).close();
}

const nothing = (): void => undefined;

/** The texts of cells, in order; a spreadsheet takes its escapes back: `_x0041_` is A. */
function sharedTexts(file: string): string[] {
  const texts: string[] = [];
  parsed(
    file,
    (name) => void (name === 'si' && texts.push('')),
    (piece, inside) => void (inside === 't' && texts.push((texts.pop() ?? '') + piece)),
  );
  return texts.map((text) =>
    text.replaceAll(/_x([0-9a-f]{4})_/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );
}

/** The styles of cells, in order. */
function cellStyles(file: string): Pick<SheetCell, 'format' | 'bold'>[] {
  const formats = new Map<string, string>();
  const fonts: boolean[] = [];
  const styles: Pick<SheetCell, 'format' | 'bold'>[] = [];
  let isInside = false;
  parsed(
    file,
    (name, { numFmtId = '', formatCode = '', fontId = '0' }) => {
      if (name === 'numFmt') formats.set(numFmtId, formatCode);
      if (name === 'font') fonts.push(false);
      if (name === 'b') fonts[fonts.length - 1] = true;
      if (name === 'cellStyleXfs' || name === 'cellXfs') isInside = name === 'cellXfs';
      if (name === 'xf' && isInside)
        styles.push({ format: formats.get(numFmtId) ?? '', bold: fonts[Number(fontId)] ?? false });
    },
    nothing,
  );
  return styles;
}

/** The first sheet of a workbook; every file of it is checked to be well-formed XML. */
export function sheetIn(archive: Buffer): Sheet {
  const files = unzipped(archive);
  for (const text of files.values()) parsed(text, nothing, nothing);
  const file = (name: string): string => files.get(name) ?? '';
  const names: string[] = [];
  parsed(
    file('xl/workbook.xml'),
    (name, { name: sheet = '' }) => void (name === 'sheet' && names.push(sheet)),
    nothing,
  );
  const texts = sharedTexts(file('xl/sharedStrings.xml'));
  const styles = cellStyles(file('xl/styles.xml'));
  const cells = new Map<string, SheetCell>();
  const widths: number[] = [];
  let [frozen, filter, address, isShared] = [0, '', '', false];
  const change = (more: Partial<SheetCell>): void => {
    const known = cells.get(address) ?? { type: 'number', text: '', format: '', bold: false, formula: false };
    cells.set(address, { ...known, ...more });
  };
  parsed(
    file('xl/worksheets/sheet1.xml'),
    (name, { r = '', t = 'n', s = '0', width, ySplit = '', state, ref = '' }) => {
      if (name === 'c') {
        address = r;
        isShared = t === 's';
        change({ type: t === 'n' ? 'number' : 'text', ...styles[Number(s)] });
      }
      if (name === 'f') change({ formula: true });
      if (name === 'col') widths.push(Number(width));
      if (name === 'pane' && state === 'frozen') frozen = Number(ySplit);
      if (name === 'autoFilter') filter = ref;
    },
    (piece, inside) => {
      if (inside !== 't' && inside !== 'v') return;
      const text = isShared ? texts[Number(piece)] : piece;
      if (text === undefined) throw new Error(`${address}: no text ${piece}`);
      change({ text: (cells.get(address)?.text ?? '') + text });
    },
  );
  return { cells, names, widths, frozen, filter };
}
