import { SaxesParser } from 'saxes';
import type { SaxesTagPlain } from 'saxes';
import type { LocalProblem } from './problems.ts';
import { nameOf } from './record.ts';
import type { MarcField, MarcRecord, ReadRecord, Subfield } from './record.ts';
import { MOST_CHARACTERS, piecesOf } from '../xml-pieces.ts';
import type { Piece } from '../xml-pieces.ts';

/** A document type or an entity of one's own: refused, whatever it says (REL-06). */
const FORBIDDEN = /<!(?:DOCTYPE|ENTITY)/i;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

type Open = { tag: string; indicators: string; value: string; subfields: Subfield[]; line: number };

/** Collects one record from the parser's events. */
class Collector {
  readonly problems: LocalProblem[] = [];
  readonly #wants: (tag: string) => boolean;
  readonly #counts = new Map<string, number>();
  readonly #fields: MarcField[] = [];
  readonly #line: () => number;
  #leader = '';
  #field: Open | undefined;
  #code: string | undefined;
  #text = '';
  isDone = false;

  constructor(wants: (tag: string) => boolean, line: () => number) {
    this.#wants = wants;
    this.#line = line;
  }

  open({ name, attributes }: SaxesTagPlain): void {
    this.#text = '';
    switch (localName(name)) {
      case 'controlfield':
      case 'datafield': {
        const indicators = `${attributes['ind1'] ?? ' '}${attributes['ind2'] ?? ' '}`;
        this.#field = { tag: attributes['tag'] ?? '', indicators, value: '', subfields: [], line: this.#line() };
        break;
      }
      case 'subfield':
        this.#code = attributes['code'] ?? '';
        break;
      default:
        break;
    }
  }

  text(text: string): void {
    this.#text += text;
  }

  close(name: string): void {
    const text = this.#text;
    this.#text = '';
    switch (localName(name)) {
      case 'leader':
        this.#leader = text;
        break;
      case 'subfield':
        this.#subfield(text);
        break;
      case 'controlfield':
      case 'datafield':
        if (this.#field) this.#keep({ ...this.#field, value: text.trim() });
        this.#field = undefined;
        break;
      case 'record':
        this.isDone = true;
        break;
      default:
        break;
    }
  }

  #subfield(text: string): void {
    if (!this.#field || this.#code === undefined) return;
    if (/^[\x21-\x7e]$/.test(this.#code))
      this.#field.subfields.push({ code: this.#code, value: text.normalize('NFC') });
    else this.problems.push({ problem: 'no-subfield-code', field: this.#field.tag, line: this.#line() });
    this.#code = undefined;
  }

  #keep({ tag, indicators, value, subfields, line }: Open): void {
    if (!/^[0-9A-Za-z]{3}$/.test(tag)) {
      this.problems.push({ problem: 'bad-tag', found: tag, line });
      return;
    }
    if (!this.#wants(tag)) return;
    const count = (this.#counts.get(tag) ?? 0) + 1;
    this.#counts.set(tag, count);
    const name = nameOf(tag, count);
    const broken = [value, ...subfields.map((one) => one.value)].some((one) => one.includes('\uFFFD'));
    if (broken) this.problems.push({ problem: 'unknown-character', found: '\uFFFD', field: name, line });
    this.#fields.push({
      tag,
      name,
      indicators,
      value: tag.startsWith('00') ? value : '',
      subfields,
      spot: { field: name, line },
    });
  }

  record(): MarcRecord {
    return { leader: this.#leader, fields: this.#fields };
  }
}

/** Reads one `<record>` with a parser of its own: what is wrong inside it ends with it. */
function readPiece({ text, line, bytes }: Piece, wants: (tag: string) => boolean): ReadRecord {
  const refused = (problem: LocalProblem): ReadRecord => ({ bytes, control: null, record: null, problems: [problem] });
  const parser = new SaxesParser({ fragment: true, xmlns: false });
  const lineNow = (): number => line + parser.line - 1;
  const collector = new Collector(wants, lineNow);
  let fault: LocalProblem | undefined;
  parser.on('error', ({ message }) => {
    if (collector.isDone) return;
    const detail = message.replace(/^\d+:\d+: /, '');
    const spot = { line: lineNow() };
    fault ??= /doctype/i.test(detail)
      ? { problem: 'dtd-refused', ...spot }
      : { problem: 'not-well-formed', detail, ...spot };
  });
  parser.on('opentag', (tag) => collector.open(tag));
  parser.on('text', (found) => collector.text(found));
  parser.on('cdata', (found) => collector.text(found));
  parser.on('closetag', ({ name }) => collector.close(name));
  const end = /<\/(?:[\w.-]+:)?record\s*>/.exec(text);
  parser.write(end ? text.slice(0, end.index + end[0].length) : text);
  if (!collector.isDone) parser.close();
  if (fault) return refused(fault);
  if (!collector.isDone) return refused({ problem: 'not-well-formed', detail: '</record>', line: lineNow() });
  const record = collector.record();
  const control = record.fields.find((one) => one.tag === '001')?.value || null;
  const broken = collector.problems.some((one) => one.problem === 'bad-tag');
  return { bytes, control, record: broken ? null : record, problems: collector.problems };
}

/**
 * Reads MARCXML (MARC 21 slim, in any namespace prefix), record by record, in bounded memory. A document type or an entity
 * before the first record refuses the whole file, inside a record only that (REL-06). `label`: for TextDecoder.
 */
export async function* readMarcXml(
  chunks: AsyncIterable<Uint8Array>,
  label: string,
  wants: (tag: string) => boolean,
): AsyncGenerator<ReadRecord> {
  for await (const piece of piecesOf(chunks, label)) {
    const refused = (problem: LocalProblem): ReadRecord => ({
      bytes: piece.bytes,
      control: null,
      record: null,
      problems: [problem],
    });
    if (piece.kind === 'preamble') {
      const forbidden = FORBIDDEN.exec(piece.text);
      if (!forbidden) continue;
      const line = piece.text.slice(0, forbidden.index).split('\n').length;
      yield { ...refused({ problem: 'dtd-refused', line }), isFile: true };
      return;
    }
    if (piece.kind === 'too-long')
      yield refused({ problem: 'record-too-long', allowed: MOST_CHARACTERS, line: piece.line });
    else yield readPiece(piece, wants);
  }
}
