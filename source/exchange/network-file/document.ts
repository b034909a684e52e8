import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Document, Pair, YAMLMap } from 'yaml';
import type { Finding } from './issues.ts';
import { finding } from './issues.ts';
import type { Path } from './path.ts';
import { pathText } from './path.ts';
import type { NetworkError } from './problems.ts';

/** No network needs more (49 libraries take 50 kB and 12,000 values); what is larger is not read at all. */
const MOST_BYTES = 1024 * 1024;
const MOST_VALUES = 200_000;
const MOST_LEVELS = 32;
/** How often anchors may be used: once per library and more, but no bomb. */
const MOST_ALIASES = 2000;
/** One slip in YAML makes many errors; the first ones tell. */
const MOST_SYNTAX_ERRORS = 20;

/** The line (from 1) on which the value at a path stands, or the nearest thing around it that is written. */
export type LineOf = (path: Path) => number | undefined;

/** The text of a file as plain maps, lists and scalars, or why it is not one. */
export type ParsedDocument =
  | { readonly document: unknown; readonly lineOf: LineOf }
  | { readonly errors: readonly NetworkError[] };

/**
 * Reads YAML 1.2 (JSON is a part of it) into plain values; dates stay texts. Twice the same key is an error, anchors may
 * be used but not to blow a file up. Never throws. Source: CONF-01.
 */
export function parseNetworkDocument(text: string): ParsedDocument {
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES)
    return { errors: [{ problem: 'file-too-large', path: '', found: bytes, allowed: MOST_BYTES }] };
  const lines = new LineCounter();
  const yaml = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    // Its own check compares every key with every other one; ours also says the path.
    uniqueKeys: false,
    // Not of YAML 1.2, but whoever uses anchors writes it.
    merge: true,
  });
  const lineOf = lineFinder(yaml, (offset) => lines.linePos(offset).line);
  const faults = [...yaml.errors, ...yaml.warnings].slice(0, MOST_SYNTAX_ERRORS);
  if (faults.length > 0) {
    const line = (offset: number): number => lines.linePos(offset).line;
    const deep = faults.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
    if (deep)
      return {
        errors: [{ problem: 'too-deep', path: '', line: line(deep.pos[0]), allowed: MOST_LEVELS }],
      };
    const errors = faults.map(({ code, message, pos }): NetworkError => {
      // What it advises is for programmers.
      const [detail = message] = message.split('; please use ');
      return { problem: 'not-yaml', path: '', line: line(pos[0]), found: code, detail };
    });
    return { errors };
  }
  const twice = duplicateKeys(yaml);
  keepWrittenNumbers(yaml);
  // The index of a map keeps the last pair of a key: the line is that of the repetition.
  if (twice.length > 0) return { errors: twice.map(({ error, at }) => ({ ...error, line: lineOf(at) ?? 1 })) };
  return plainValues(yaml, lineOf);
}

/** Whole numbers that would not be written back as they stand: leading zeros, other bases, powers, more digits than a number keeps. */
const IS_CHANGED = /^(?:0\d+|0o[0-7]+|0x[\da-f]+|\d+e\+?\d+)$/i;

/** A barcode or a card that looks like a number stays what is written: `0012` is neither 12 nor 10. */
function keepWrittenNumbers(yaml: Document.Parsed): void {
  visit(yaml, {
    Scalar(_, node) {
      const { value, source } = node;
      if (typeof value !== 'number' || source === undefined) return;
      if (IS_CHANGED.test(source) || (/^\d+$/.test(source) && !Number.isSafeInteger(value))) node.value = source;
    },
  });
}

function plainValues(yaml: Document.Parsed, lineOf: LineOf): ParsedDocument {
  let document: unknown;
  try {
    document = yaml.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    // An alias without its anchor, or anchors used beyond measure: the reader throws for both.
    return {
      errors: [
        {
          problem: 'bad-alias',
          path: '',
          found: error instanceof Error ? error.message : String(error),
        },
      ],
    };
  }
  const excess = excessOf(document);
  return excess ? { errors: [excess] } : { document, lineOf };
}

/** Bounds depth (an anchor that contains itself is endless) and, anchors unfolded, the number of values. */
function excessOf(document: unknown): NetworkError | undefined {
  const waiting: { value: unknown; path: Path }[] = [{ value: document, path: [] }];
  for (let seen = 0, next = waiting.pop(); next; next = waiting.pop(), seen += 1) {
    const { value, path } = next;
    if (path.length > MOST_LEVELS) {
      return { problem: 'too-deep', path: pathText(path.slice(0, 4)), allowed: MOST_LEVELS };
    }
    if (seen > MOST_VALUES) return { problem: 'too-many-values', path: '', allowed: MOST_VALUES };
    if (Array.isArray(value)) value.forEach((one: unknown, at) => waiting.push({ value: one, path: [...path, at] }));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) waiting.push({ value: one, path: [...path, key] });
    }
  }
  return undefined;
}

const keyOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);

/** Keys that a map has already, wherever they stand; anchors are looked at where they are written. */
function duplicateKeys(yaml: Document.Parsed): Finding[] {
  const found: Finding[] = [];
  const waiting: { node: unknown; path: Path }[] = [{ node: yaml.contents, path: [] }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, path } = next;
    if (isSeq(node)) node.items.forEach((item, at) => waiting.push({ node: item, path: [...path, at] }));
    if (!isMap(node)) continue;
    const keys = new Set<string>();
    for (const pair of node.items) {
      const key = keyOf(pair);
      const at = [...path, key];
      if (keys.has(key)) found.push(finding(at, { problem: 'duplicate-key', found: key }));
      keys.add(key);
      waiting.push({ node: pair.value, path: at });
    }
  }
  return found;
}

/** Finds lines by path; the keys of a map are indexed when it is first looked into. */
function lineFinder(yaml: Document.Parsed, lineAt: (offset: number) => number): LineOf {
  const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairIn = (map: YAMLMap, key: string): Pair | undefined => {
    const index = indexes.get(map) ?? new Map(map.items.map((pair) => [keyOf(pair), pair]));
    indexes.set(map, index);
    return index.get(key);
  };
  return (path) => {
    let node: unknown = yaml.contents;
    let line = lineOfNode(node, lineAt);
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(yaml);
      const pair = isMap(node) ? pairIn(node, String(step)) : undefined;
      const item: unknown = isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;
      const here = lineOfNode(pair?.key ?? item, lineAt);
      if (here === undefined) return line;
      line = here;
      node = pair ? pair.value : item;
    }
    return line;
  };
}

function lineOfNode(node: unknown, lineAt: (offset: number) => number): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const [start] = node.range as unknown[];
  return typeof start === 'number' ? lineAt(start) : undefined;
}
