import type { z } from 'zod';
import type { Path } from './path.ts';
import { pathText, valueAt } from './path.ts';
import type { NetworkError, ValueKind } from './problems.ts';

type Issue = z.core.$ZodIssue;

/** An error before its line is known. */
export type Finding = { readonly at: Path; readonly error: NetworkError };

/** An error at a path of the document. */
export function finding(at: Path, error: Unplaced): Finding {
  return { at, error: { ...error, path: pathText(at) } };
}

/** An error without its place. */
export type Unplaced = NetworkError extends infer One
  ? One extends NetworkError
    ? Omit<One, 'path' | 'line'>
    : never
  : never;

const KINDS: Readonly<Record<string, ValueKind>> = {
  string: 'text',
  number: 'number',
  int: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'map',
  record: 'map',
};

function kindOf(value: unknown): ValueKind {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  return KINDS[typeof value] ?? 'map';
}

/** A scalar as it is shown in an error, cut short; the kind of value where it is none. */
function shown(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? kindOf(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Every error of a zod issue, in the file's own terms: what stands there and what may stand there. */
export function findingsOf(issue: Issue, document: unknown, base: Path = []): Finding[] {
  const at = [...base, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const value = valueAt(document, at);
  if (issue.code === 'custom') return [finding(at, ownProblem(issue))];
  if (issue.code === 'unrecognized_keys') {
    const allowed = issue.message.split(' ');
    return issue.keys.map((key) => finding([...at, key], { problem: 'unknown-key', found: key, allowed }));
  }
  if (value === undefined) return [finding(at, { problem: 'missing-key', allowed: kindsAllowed(issue) })];
  switch (issue.code) {
    case 'invalid_type':
      return [finding(at, typeProblem(issue, value))];
    case 'invalid_value':
      return [
        finding(at, {
          problem: 'not-one-of',
          found: shown(value),
          allowed: issue.values.map(String),
        }),
      ];
    case 'invalid_union':
      return unionFindings(issue, document, at, value);
    case 'invalid_key':
      return issue.issues.map((inner) => finding(at, keyProblem(inner, at)));
    case 'too_small':
    case 'too_big':
      return [finding(at, sizeProblem(issue, value))];
    default:
      return [finding(at, { problem: 'not-one-of', found: shown(value), allowed: [] })];
  }
}

/** The problem that one of our own checks has put into the issue (`ownIssue`). */
function ownProblem(issue: z.core.$ZodIssueCustom): Unplaced {
  return issue.params as Unplaced;
}

function keyProblem(issue: Issue, at: Path): Unplaced {
  return issue.code === 'custom'
    ? ownProblem(issue)
    : { problem: 'bad-format', found: String(at.at(-1)), allowed: 'code' };
}

function typeProblem(issue: z.core.$ZodIssueInvalidType, value: unknown): Unplaced {
  const expected = KINDS[issue.expected] ?? 'map';
  if (expected === 'number' && typeof value === 'number') {
    return { problem: 'bad-format', found: shown(value), allowed: 'whole-number' };
  }
  return wrongType(value, [expected]);
}

function wrongType(value: unknown, allowed: readonly ValueKind[]): Unplaced {
  const found = kindOf(value);
  if (allowed.includes('text') && (found === 'number' || found === 'boolean')) {
    return { problem: 'needs-quotes', found: shown(value) };
  }
  return { problem: 'wrong-type', found, allowed };
}

function sizeProblem(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, value: unknown): Unplaced {
  const least = issue.code === 'too_small' ? Number(issue.minimum) : null;
  const most = issue.code === 'too_big' ? Number(issue.maximum) : null;
  if (typeof value === 'number') return { problem: 'out-of-range', found: shown(value), least, most };
  return most === null
    ? { problem: 'empty' }
    : { problem: 'too-long', found: Array.isArray(value) ? value.length : 0, allowed: most };
}

/** What kinds of value an issue would have accepted. */
function kindsAllowed(issue: Issue): ValueKind[] {
  if (issue.code === 'invalid_type') return [KINDS[issue.expected] ?? 'map'];
  if (issue.code === 'invalid_value') return ['text'];
  return issue.code === 'invalid_union' ? [...new Set(issue.errors.flat().flatMap(kindsAllowed))] : [];
}

/**
 * Of the ways in which a value may be written, the errors of the one that was meant: that whose kind of value it is. If
 * none is, all the kinds and words that may stand there.
 */
function unionFindings(issue: z.core.$ZodIssueInvalidUnion, document: unknown, at: Path, value: unknown): Finding[] {
  const misses = (inner: Issue): boolean =>
    inner.path.length === 0 && (inner.code === 'invalid_type' || inner.code === 'invalid_value');
  const unknown = (branch: readonly Issue[]): number => branch.filter((one) => one.code === 'unrecognized_keys').length;
  const [meant] = issue.errors
    .filter((branch) => branch.length > 0 && !branch.some(misses))
    .toSorted((one, other) => unknown(one) - unknown(other));
  if (meant) return meant.flatMap((inner) => findingsOf(inner, document, at));
  const inner = issue.errors.flat();
  const literals = inner.flatMap((one) => (one.code === 'invalid_value' ? one.values.map(String) : []));
  if (typeof value === 'string' && literals.length > 0) {
    return [finding(at, { problem: 'not-one-of', found: shown(value), allowed: literals })];
  }
  return [finding(at, wrongType(value, [...new Set(inner.flatMap(kindsAllowed))]))];
}
