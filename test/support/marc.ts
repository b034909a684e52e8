/** A field of a made record: `['001', '123']`, or `['245', '10', 'aA title', 'bmore']`: indicators, then code and value. */
export type MadeField = readonly [tag: string, ...rest: readonly string[]];
export type MadeRecord = { readonly leader?: string; readonly fields: readonly MadeField[] };

/** How a text becomes bytes; UTF-8 unless a test says otherwise. */
export type Encode = (text: string) => Buffer;
const utf8: Encode = (text) => Buffer.from(text, 'utf8');
/** Each character one byte: what a test writes as `\xE9` is that byte. */
export const bytes: Encode = (text) => Buffer.from(text, 'latin1');

const isControl = (tag: string): boolean => tag.startsWith('00');
const number = (value: number, width: number): string => String(value).padStart(width, '0');

/** A leader with its lengths left open: MARC 21 in UTF-8. */
export const LEADER = '00000nam a2200000 a 4500';

/** A record in ISO 2709, lengths and directory as they should be. */
export function iso2709({ leader = LEADER, fields }: MadeRecord, encode: Encode = utf8): Buffer {
  const data = fields.map(([tag, ...rest]) => {
    const [first = '', ...subfields] = rest;
    const text = isControl(tag) ? first : `${first}${subfields.map((one) => `\u001F${one}`).join('')}`;
    return { tag, bytes: Buffer.concat([encode(text), Buffer.of(0x1e)]) };
  });
  let start = 0;
  const directory = data
    .map(({ tag, bytes: field }) => {
      const entry = `${tag}${number(field.length, 4)}${number(start, 5)}`;
      start += field.length;
      return entry;
    })
    .join('');
  const base = 24 + directory.length + 1;
  const whole = `${number(base + start + 1, 5)}${leader.slice(5, 12)}${number(base, 5)}${leader.slice(17)}`;
  return Buffer.concat([
    Buffer.from(`${whole}${directory}\u001E`, 'latin1'),
    ...data.map((one) => one.bytes),
    Buffer.of(0x1d),
  ]);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** One record in MARCXML; `prefix`: of its elements, `marc:`. */
export function xmlRecord({ leader = LEADER, fields }: MadeRecord, prefix = ''): string {
  const lines = fields.map(([tag, first = '', ...subfields]) => {
    if (isControl(tag)) return `  <${prefix}controlfield tag="${tag}">${escaped(first)}</${prefix}controlfield>`;
    const inner = subfields.map(
      (one) => `    <${prefix}subfield code="${escaped(one.slice(0, 1))}">${escaped(one.slice(1))}</${prefix}subfield>`,
    );
    const [ind1 = ' ', ind2 = ' '] = first;
    return [
      `  <${prefix}datafield tag="${tag}" ind1="${ind1}" ind2="${ind2}">`,
      ...inner,
      `  </${prefix}datafield>`,
    ].join('\n');
  });
  return [`<${prefix}record>`, `  <${prefix}leader>${leader}</${prefix}leader>`, ...lines, `</${prefix}record>`].join(
    '\n',
  );
}

/** A file in MARCXML. */
export function marcXml(records: readonly MadeRecord[], prefix = ''): string {
  const space = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
  const name = `${prefix}collection`;
  const inside = records.map((one) => xmlRecord(one, prefix)).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} ${space}="http://www.loc.gov/MARC21/slim">\n${inside}\n</${name}>\n`;
}

/** A made MARC 21 record: number, title, then any other fields. */
export function marc21(control: string, title: string, ...fields: readonly MadeField[]): MadeRecord {
  return { fields: [['001', control], ['245', '00', `a${title}`], ...fields] };
}

/** A made UNIMARC record in UTF-8. */
export function unimarc(control: string, title: string, ...fields: readonly MadeField[]): MadeRecord {
  return {
    leader: '00000nam0 2200000   450 ',
    fields: [
      ['001', control],
      ['100', '  ', 'a20260601d2026    k  y0frey50      ba'],
      ['200', '1 ', `a${title}`],
      ...fields,
    ],
  };
}

/** A file in pieces of so many bytes. */
export async function* inPieces(file: Buffer | string, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const whole = typeof file === 'string' ? Buffer.from(file, 'utf8') : file;
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}
