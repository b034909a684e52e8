import type { PatronMatches } from '../desk/patrons.ts';
import { failureResult } from './results.ts';
import type { PlainResult } from './results.ts';

/** Patrons found: `count`, and in `lines` their primary identifiers in the order of names. */
export function findResult(found: PatronMatches): PlainResult {
  if (found.kind !== 'matches') return failureResult(found);
  return { count: found.total, lines: found.lines.map((one) => one.identifier) };
}
