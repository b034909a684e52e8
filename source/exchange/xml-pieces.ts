/** A piece of an XML file: from the beginning of one record (`<record`, `<user`) to the next, or what stands before the first. */
export type Piece = {
  readonly text: string;
  /** The line (from 1) on which it begins. */
  readonly line: number;
  readonly kind: 'preamble' | 'record' | 'too-long';
  /** Bytes read of the file until here. */
  readonly bytes: number;
};

/** Characters of a record, or of what stands before the first one. */
export const MOST_CHARACTERS = 2_000_000;
/** Where records begin; `name` is one of ours. */
export const beginningOf = (name: string): RegExp => new RegExp(`<(?:[\\w.-]+:)?${name}(?=[\\s>/])`, 'g');
/** No `<prefix:record ` is longer: a beginning that is cut in two is seen when the rest has come. */
const LONGEST_TAG = 80;

/** The encodings of XML files that are read. */
const LABELS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
};

/** The label for TextDecoder of a file that begins with these bytes; undefined: an encoding that is not read (`found`). */
export function xmlEncoding(start: Uint8Array): { readonly label: string } | { readonly found: string } {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return { label: 'utf-16le' };
  if (first === 0xfe && second === 0xff) return { label: 'utf-16be' };
  const declaration = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(
    Buffer.from(start.subarray(0, 200)).toString('latin1'),
  );
  const found = declaration?.[1] ?? 'utf-8';
  const label = LABELS[found.toLowerCase()];
  return label === undefined ? { found } : { label };
}

const linesIn = (text: string): number => text.split('\n').length - 1;

/** What has been read and not yet been cut off. */
class Held {
  readonly #begins: RegExp;
  #text = '';
  #line = 1;
  #kind: 'preamble' | 'record' = 'preamble';
  /** A record that is too long is being passed over. */
  #isSkipping = false;
  /** Where to look on: what has been looked through needs no second look. */
  #from = 0;
  bytes = 0;

  constructor(begins: RegExp) {
    this.#begins = begins;
  }

  add(text: string): void {
    this.#text += text;
  }

  #cut(end: number): Piece[] {
    const text = this.#text.slice(0, end);
    const line = this.#line;
    this.#line += linesIn(text);
    this.#text = this.#text.slice(end);
    const isSkipped = this.#isSkipping;
    this.#isSkipping = false;
    return isSkipped ? [] : [{ text, line, kind: this.#kind, bytes: this.bytes }];
  }

  /** Lets go of a text that no record may have; says so once. */
  #letGo(): Piece[] {
    const wasSkipping = this.#isSkipping;
    const line = this.#line;
    const end = this.#text.length - LONGEST_TAG;
    this.#line += linesIn(this.#text.slice(0, end));
    this.#text = this.#text.slice(end);
    this.#isSkipping = true;
    this.#from = 0;
    return wasSkipping ? [] : [{ text: '', line, kind: 'too-long', bytes: this.bytes }];
  }

  *take(isLast: boolean): Generator<Piece> {
    for (;;) {
      this.#begins.lastIndex = this.#from;
      const next = this.#begins.exec(this.#text);
      if (!next) break;
      yield* this.#cut(next.index);
      this.#kind = 'record';
      this.#from = 1;
    }
    if (isLast) yield* this.#cut(this.#text.length);
    else if (this.#text.length > MOST_CHARACTERS) yield* this.#letGo();
    else this.#from = Math.max(this.#kind === 'record' && !this.#isSkipping ? 1 : 0, this.#text.length - LONGEST_TAG);
  }
}

/** Cuts a file of records in XML into pieces, in bounded memory. `label`: for TextDecoder; `name`: the element of a record. */
export async function* piecesOf(
  chunks: AsyncIterable<Uint8Array>,
  label: string,
  name = 'record',
): AsyncGenerator<Piece> {
  const decoder = new TextDecoder(label);
  const held = new Held(beginningOf(name));
  for await (const chunk of chunks) {
    held.bytes += chunk.byteLength;
    held.add(decoder.decode(chunk, { stream: true }));
    yield* held.take(false);
  }
  held.add(decoder.decode());
  yield* held.take(true);
}
