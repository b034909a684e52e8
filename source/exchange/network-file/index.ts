export { parseNetworkDocument } from './document.ts';
export type { LineOf, ParsedDocument } from './document.ts';
export { readNetworkDocument, readNetworkText } from './read.ts';
export type { NetworkReading, ReadOptions } from './read.ts';
export { mergeNetwork } from './merge.ts';
export { diffNetworks } from './diff.ts';
export type { Difference } from './diff.ts';
export { networkJsonSchema } from './json-schema.ts';
export { networkWarnings } from './warnings.ts';
export type {
  CodeKind,
  NetworkError,
  NetworkWarning,
  ProblemCode,
  ProblemFacts,
  TextFormat,
  ValueKind,
  WarningCode,
  WarningFacts,
} from './problems.ts';
