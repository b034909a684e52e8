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

/** A cell as the file has it: its type, its format and its text; `formula`: it has one. */
export type SheetCell = {
  readonly type: string;
  readonly style: string;
  readonly text: string;
  readonly formula: boolean;
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

/** The first sheet of a workbook, by the address of its cells (`A1`), every file of it checked to be well-formed XML. */
export function sheetIn(archive: Buffer): { readonly cells: Map<string, SheetCell>; readonly names: string[] } {
  const files = unzipped(archive);
  for (const text of files.values())
    parsed(
      text,
      () => undefined,
      () => undefined,
    );
  const names: string[] = [];
  parsed(
    files.get('xl/workbook.xml') ?? '',
    (name, { name: sheet = '' }) => void (name === 'sheet' && names.push(sheet)),
    () => undefined,
  );
  const cells = new Map<string, SheetCell>();
  let address = '';
  const change = (more: Partial<SheetCell>): void => {
    const known = cells.get(address) ?? { type: 'n', style: '0', text: '', formula: false };
    cells.set(address, { ...known, ...more });
  };
  parsed(
    files.get('xl/worksheets/sheet1.xml') ?? '',
    (name, { r = '', t = 'n', s = '0' }) => {
      if (name === 'c') address = r;
      if (name === 'c') change({ type: t, style: s });
      if (name === 'f') change({ formula: true });
    },
    (text, inside) => {
      if (inside === 't' || inside === 'v') change({ text: (cells.get(address)?.text ?? '') + text });
    },
  );
  return { cells, names };
}
