import type { z } from 'zod';
import type { Network } from '../circulation/network.ts';
import { parseNetworkDocument } from './network-file/document.ts';
import { finding, findingsOf } from './network-file/issues.ts';
import type { Finding } from './network-file/issues.ts';
import type { CodeKind, NetworkError } from './network-file/problems.ts';

/** What a part of a mapping file turns the file's codes into: codes of the network, or (null) nothing. */
export type CodeList = {
  readonly kind: CodeKind;
  /** The codes that the network has. */
  readonly allowed: readonly string[];
  /** Under which key the part stands. */
  readonly at: string;
  readonly map: Readonly<Record<string, string | null>>;
  /** What is taken where the file says nothing. */
  readonly fallback: string | undefined;
};

/** Codes of a mapping that the network does not have. */
function unknownCodes(lists: readonly CodeList[]): Finding[] {
  return lists.flatMap(({ kind, allowed, at, map, fallback }) => {
    const wrong = Object.entries(map).flatMap(([key, value]) =>
      value === null || allowed.includes(value) ? [] : [{ path: [at, key], found: value }],
    );
    if (fallback !== undefined && !allowed.includes(fallback))
      wrong.push({ path: ['defaults', kind], found: fallback });
    return wrong.map(({ path, found }) => finding(path, { problem: 'unknown-code', kind, found, allowed }));
  });
}

/** Reads a mapping file (YAML or JSON) against a network; every error with its path and its line. Never throws. */
export function readMappingFile<Mapping>(
  written: string,
  network: Network,
  shape: z.ZodType<Mapping>,
  listsOf: (mapping: Mapping, network: Network) => readonly CodeList[],
): { readonly mapping: Mapping } | { readonly errors: readonly NetworkError[] } {
  const parsed = parseNetworkDocument(written);
  if ('errors' in parsed) return parsed;
  const placed = ({ at, error }: Finding): NetworkError => {
    const line = parsed.lineOf(at);
    return line === undefined ? error : { ...error, line };
  };
  const document = parsed.document ?? {};
  const read = shape.safeParse(document);
  if (!read.success) return { errors: read.error.issues.flatMap((issue) => findingsOf(issue, document)).map(placed) };
  const unknown = unknownCodes(listsOf(read.data, network));
  return unknown.length > 0 ? { errors: unknown.map(placed) } : { mapping: read.data };
}
