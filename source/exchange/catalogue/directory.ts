import { MOST_BYTES } from './frames.ts';
import type { LocalProblem } from './problems.ts';

const FIELD_END = 0x1e;
const RECORD_END = 0x1d;
const LEADER = 24;

/** A field's bytes, without its terminator. */
export type RawField = { readonly tag: string; readonly from: number; readonly to: number };

/** The fields of a record as its directory names them, or why it cannot be read. Places count from the record's first byte. */
export type Directory =
  | { readonly leader: string; readonly fields: readonly RawField[]; readonly problems: readonly LocalProblem[] }
  | { readonly problems: readonly LocalProblem[] };

type Entry = { readonly tag: string; readonly length: number; readonly start: number; readonly at: number };

/** How wide the parts of a directory entry are (leader/20-21): 4 and 5 in MARC 21 and UNIMARC, which is also what a damaged leader means. */
function widthsOf(leader: string): { length: number; start: number; own: number } {
  const [length, start, own] = [leader[20], leader[21], leader[22]].map((digit) => Number(digit ?? ''));
  const sound = leader.slice(20, 22) !== '00' && /^[1-9]{2}$/.test(leader.slice(20, 22));
  return sound ? { length: length ?? 4, start: start ?? 5, own: own || 0 } : { length: 4, start: 5, own: 0 };
}

const isTag = (tag: string): boolean => /^[0-9A-Za-z]{3}$/.test(tag);

/** The entries of a directory; those that say nothing sensible have NaN. */
function entriesOf(bytes: Buffer, end: number, leader: string): Entry[] {
  const { length, start, own } = widthsOf(leader);
  const width = 3 + length + start + own;
  const entries: Entry[] = [];
  for (let at = LEADER; at + width <= end; at += width) {
    const text = bytes.toString('latin1', at, at + width);
    const number = (from: number, to: number): number =>
      /^\d+$/.test(text.slice(from, to)) ? Number(text.slice(from, to)) : Number.NaN;
    entries.push({
      tag: text.slice(0, 3),
      length: number(3, 3 + length),
      start: number(3 + length, 3 + length + start),
      at,
    });
  }
  return entries;
}

/** Whether an entry names exactly one field of the data: it begins after a terminator and ends with one. */
function fits(bytes: Buffer, base: number, { length, start }: Entry): boolean {
  const from = base + start;
  const last = from + length - 1;
  return (
    last < bytes.length && length > 0 && bytes[last] === FIELD_END && (start === 0 || bytes[from - 1] === FIELD_END)
  );
}

/** The data cut at its terminators. */
function cut(bytes: Buffer, base: number): { from: number; to: number }[] {
  const parts: { from: number; to: number }[] = [];
  const end = bytes.at(-1) === RECORD_END ? bytes.length - 1 : bytes.length;
  let from = base;
  for (let to = bytes.indexOf(FIELD_END, base); to >= 0 && to < end; to = bytes.indexOf(FIELD_END, from)) {
    parts.push({ from, to });
    from = to + 1;
  }
  if (from < end) parts.push({ from, to: end });
  return parts;
}

/**
 * Reads leader and directory of a record (with or without its terminator). Lengths and places that do not meet the data,
 * as after a careless change of encoding, are found anew from the field terminators, as long as there are as many as the
 * directory has entries. Never throws.
 */
export function directoryOf(bytes: Buffer): Directory {
  const leader = bytes.toString('latin1', 0, LEADER);
  if (bytes.length < LEADER + 2 || !/^[\x20-\x7e]{24}$/.test(leader))
    return { problems: [{ problem: 'bad-leader', found: leader, at: 0 }] };
  const end = bytes.indexOf(FIELD_END, LEADER);
  if (end < 0 || end > MOST_BYTES) return { problems: [{ problem: 'bad-directory', found: '', at: LEADER }] };
  const problems: LocalProblem[] = [];
  const { length, start, own } = widthsOf(leader);
  if ((end - LEADER) % (3 + length + start + own) !== 0)
    return {
      problems: [
        { problem: 'bad-directory', found: bytes.toString('latin1', Math.max(LEADER, end - 12), end), at: LEADER },
      ],
    };
  const base = end + 1;
  if (leader.slice(12, 17) !== String(base).padStart(5, '0'))
    problems.push({ problem: 'wrong-base-address', found: leader.slice(12, 17), at: 12 });
  const entries = entriesOf(bytes, end, leader);
  const bad = entries.find(({ tag }) => !isTag(tag));
  if (bad) return { problems: [...problems, { problem: 'bad-tag', found: bad.tag, at: bad.at }] };
  const wrong = entries.find((one) => !fits(bytes, base, one));
  if (!wrong) {
    const fields = entries.map((one) => ({
      tag: one.tag,
      from: base + one.start,
      to: base + one.start + one.length - 1,
    }));
    return { leader, fields, problems };
  }
  const parts = cut(bytes, base);
  if (parts.length !== entries.length)
    return { problems: [...problems, { problem: 'bad-directory', found: wrong.tag, field: wrong.tag, at: wrong.at }] };
  const inOrder = entries.every(({ start: place }) => !Number.isNaN(place))
    ? entries.toSorted((one, other) => one.start - other.start)
    : entries;
  return {
    leader,
    fields: inOrder.map(({ tag }, index) => ({ tag, from: parts[index]?.from ?? 0, to: parts[index]?.to ?? 0 })),
    problems: [...problems, { problem: 'directory-repaired', field: wrong.tag, at: wrong.at }],
  };
}
