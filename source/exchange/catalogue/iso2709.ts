import { declaredByMarc21, declaredByUnimarc, decoderFor } from './charsets/encodings.ts';
import type { Decoder, Encoding } from './charsets/encodings.ts';
import { directoryOf } from './directory.ts';
import type { RawField } from './directory.ts';
import { framesOf, MOST_BYTES } from './frames.ts';
import type { Frame } from './frames.ts';
import type { LocalProblem } from './problems.ts';
import { nameOf } from './record.ts';
import type { MarcField, ReadRecord, Subfield } from './record.ts';

export type Flavour = 'marc21' | 'unimarc';

/** What is wanted of a file's records. */
export type MarcReading = {
  readonly flavour: Flavour;
  /** Only these fields are decoded. */
  readonly wants: (tag: string) => boolean;
  /** Instead of what the records say of themselves. */
  readonly encoding?: Encoding;
};

const SUBFIELD = 0x1f;
const isControl = (tag: string): boolean => tag.startsWith('00');

/** One record being read. */
class Reading {
  readonly #bytes: Buffer;
  readonly #at: number;
  readonly #decode: Decoder;
  readonly problems: LocalProblem[];

  constructor(frame: Frame, decode: Decoder, problems: LocalProblem[]) {
    this.#bytes = frame.bytes;
    this.#at = frame.at;
    this.#decode = decode;
    this.problems = problems;
  }

  #text(from: number, to: number, field: string): string {
    const { text, faults } = this.#decode(this.#bytes.subarray(from, to));
    for (const { at, fault, found } of faults.slice(0, 1))
      this.problems.push({ problem: fault, found, field, at: this.#at + from + at });
    return text;
  }

  /** The subfields of a data field, and where its indicators end. */
  #subfields({ from, to }: RawField, name: string): { indicators: string; subfields: Subfield[] } {
    const bytes = this.#bytes;
    const first = bytes.indexOf(SUBFIELD, from);
    const begin = first < 0 || first >= to ? to : first;
    const spot = { field: name, at: this.#at + from };
    if (begin - from < 2) this.problems.push({ problem: 'no-indicators', ...spot });
    if (begin - from > 2) this.problems.push({ problem: 'text-before-subfield', ...spot });
    const subfields: Subfield[] = [];
    for (let at = begin; at < to;) {
      const next = bytes.indexOf(SUBFIELD, at + 1);
      const end = next < 0 || next > to ? to : next;
      const code = at + 1 < end ? String.fromCharCode(bytes[at + 1] ?? 0) : '';
      if (/^[\x21-\x7e]$/.test(code)) subfields.push({ code, value: this.#text(at + 2, end, `${name}$${code}`) });
      else this.problems.push({ problem: 'no-subfield-code', field: name, at: this.#at + at });
      at = end;
    }
    return { indicators: bytes.toString('latin1', from, Math.min(from + 2, begin)), subfields };
  }

  field(raw: RawField, count: number): MarcField {
    const { tag, from, to } = raw;
    const name = nameOf(tag, count);
    const spot = { field: name, at: this.#at + from };
    if (isControl(tag))
      return { tag, name, spot, indicators: '', value: this.#text(from, to, name).trim(), subfields: [] };
    return { tag, name, spot, value: '', ...this.#subfields(raw, name) };
  }
}

/** The text of the first field of a tag as far as it is ASCII: what must be known before anything can be decoded. */
function plainValue(bytes: Buffer, fields: readonly RawField[], tag: string): string | undefined {
  const raw = fields.find((one) => one.tag === tag);
  return raw && bytes.toString('latin1', raw.from, raw.to);
}

const lengthProblem = ({ bytes, fault }: Frame): LocalProblem[] => {
  const said = bytes.toString('latin1', 0, 5);
  const isRight = said === String(bytes.length).padStart(5, '0');
  return isRight || fault !== undefined ? [] : [{ problem: 'wrong-length', found: said, actual: bytes.length, at: 0 }];
};

const faultProblem = ({ bytes, fault }: Frame): LocalProblem[] => {
  switch (fault) {
    case 'truncated':
      return [{ problem: 'truncated', found: bytes.length, at: 0 }];
    case 'record-too-long':
      return [{ problem: 'record-too-long', allowed: MOST_BYTES, at: 0 }];
    case 'no-terminator':
      return [{ problem: 'no-terminator', at: 0 }];
    default:
      return [];
  }
};

/** Reads one frame: as much as can be trusted. Never throws. */
export function readFrame(frame: Frame, { flavour, wants, encoding }: MarcReading): ReadRecord {
  const placed = (list: readonly LocalProblem[]): LocalProblem[] =>
    list.map((one) => ({ ...one, at: (one.at ?? 0) + frame.at }));
  const bytes = frame.at + frame.bytes.length;
  const ends = [...faultProblem(frame), ...lengthProblem(frame)];
  const isWhole = frame.fault === undefined || frame.fault === 'no-terminator';
  if (!isWhole) return { bytes, control: null, record: null, problems: placed(ends) };
  const directory = directoryOf(frame.bytes);
  const problems = placed([...ends, ...directory.problems]);
  if (!('fields' in directory)) return { bytes, control: null, record: null, problems };

  const { leader, fields } = directory;
  const field100 = plainValue(frame.bytes, fields, '100')?.split('\u001Fa')[1]?.split('\u001F')[0];
  const declared = flavour === 'marc21' ? declaredByMarc21(leader) : declaredByUnimarc(field100);
  const { decode, used, mislabelled } = decoderFor(frame.bytes, declared, encoding);
  if (mislabelled) problems.push({ problem: 'mislabelled', declared: declared.encoding, used, at: frame.at });
  const reading = new Reading(frame, decode, problems);
  const counts = new Map<string, number>();
  const wanted: MarcField[] = [];
  for (const raw of fields) {
    if (!wants(raw.tag)) continue;
    const count = (counts.get(raw.tag) ?? 0) + 1;
    counts.set(raw.tag, count);
    wanted.push(reading.field(raw, count));
  }
  const control = wanted.find((one) => one.tag === '001')?.value || null;
  return { bytes, control, record: { leader, fields: wanted }, problems };
}

/** Reads a file in ISO 2709, record by record, in bounded memory; a damaged record does not stop the others. */
export async function* readIso2709(
  chunks: AsyncIterable<Uint8Array>,
  reading: MarcReading,
): AsyncGenerator<ReadRecord> {
  for await (const frame of framesOf(chunks)) yield readFrame(frame, reading);
}
