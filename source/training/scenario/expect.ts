import { parseLocal } from '../../circulation/time.ts';
import { isMapping, pathText } from '../../exchange/network-file/path.ts';
import type { Path } from '../../exchange/network-file/path.ts';
import { periodIn } from '../../exchange/network-file/values.ts';

/** One figure that is not as expected: where inside `expect`, and both values as plain JSON. */
export type Mismatch = { readonly path: string; readonly expected: unknown; readonly actual: unknown };

const MATCHERS: ReadonlySet<string> = new Set(['absent', 'count', 'contains']);

/** `{count: 3}` and the like; a map whose keys the actual map has itself is meant as a map. */
function isMatcher(expected: Readonly<Record<string, unknown>>, actual: unknown): boolean {
  const keys = Object.keys(expected);
  if (keys.length === 0 || !keys.every((key) => MATCHERS.has(key))) return false;
  return !(isMapping(actual) && keys.some((key) => Object.hasOwn(actual, key)));
}

const isAbsent = (actual: unknown): boolean => actual === undefined || actual === null;

const asTime = (text: string): number | undefined => parseLocal(text, 'UTC');

/** Texts that say the same: a day of a date-time, a time with seconds or a blank, a period in other units. */
function sameText(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  if (/^\d{4}-\d{2}-\d{2}$/.test(expected)) return actual.startsWith(`${expected}T`);
  const time = asTime(expected);
  if (time !== undefined) return time === asTime(actual);
  const period = periodIn(expected);
  const other = period && periodIn(actual);
  return period !== undefined && period.unit === other?.unit && period.count === other.count;
}

/** Scalars are equal; YAML reads a barcode as a number where we keep a text, so those two compare by their digits. */
function sameScalar(expected: unknown, actual: unknown): boolean {
  if (expected === null) return isAbsent(actual);
  if (typeof expected === 'string' && typeof actual === 'string') return sameText(expected, actual);
  if (typeof expected === 'number' && typeof actual === 'string') return String(expected) === actual;
  if (typeof expected === 'string' && typeof actual === 'number') return expected === String(actual);
  return expected === actual;
}

const sizeOf = (actual: unknown): number | undefined => {
  if (Array.isArray(actual)) return actual.length;
  // Where a result says how many there are, not which: `loans: {count: 1}` of a patron.
  if (typeof actual === 'number') return actual;
  return isAbsent(actual) ? 0 : undefined;
};

function compareCount(expected: unknown, actual: unknown, path: Path): Mismatch[] {
  const size = sizeOf(actual);
  if (size !== undefined && sameScalar(expected, size)) return [];
  return [{ path: pathText([...path, 'count']), expected, actual: size ?? actual }];
}

/** Every expected member has an actual member of its own; the order does not count. */
function compareContains(expected: unknown, actual: unknown, path: Path): Mismatch[] {
  const wanted: readonly unknown[] = Array.isArray(expected) ? expected : [expected];
  const left: unknown[] = Array.isArray(actual) ? [...actual] : [];
  const missing = wanted.filter((one) => {
    if (typeof actual === 'string') return !(typeof one === 'string' && actual.includes(one));
    const at = left.findIndex((member) => compare(one, member, []).length === 0);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return missing.length === 0
    ? []
    : [{ path: pathText([...path, 'contains']), expected: missing, actual: actual ?? null }];
}

function compareMatcher(expected: Readonly<Record<string, unknown>>, actual: unknown, path: Path): Mismatch[] {
  const found: Mismatch[] = [];
  if (Object.hasOwn(expected, 'absent') && (expected['absent'] === true) !== isAbsent(actual)) {
    found.push({ path: pathText(path), expected: { absent: expected['absent'] }, actual: actual ?? null });
  }
  if (Object.hasOwn(expected, 'count')) found.push(...compareCount(expected['count'], actual, path));
  if (Object.hasOwn(expected, 'contains')) found.push(...compareContains(expected['contains'], actual, path));
  return found;
}

function compareFields(expected: Readonly<Record<string, unknown>>, actual: unknown, path: Path): Mismatch[] {
  if (!isMapping(actual)) return [{ path: pathText(path), expected, actual: actual ?? null }];
  return Object.entries(expected).flatMap(([key, value]) =>
    compare(value, Object.hasOwn(actual, key) ? actual[key] : undefined, [...path, key]),
  );
}

function compare(expected: unknown, actual: unknown, path: Path): Mismatch[] {
  if (isMapping(expected)) {
    return isMatcher(expected, actual) ? compareMatcher(expected, actual, path) : compareFields(expected, actual, path);
  }
  if (Array.isArray(expected)) {
    const members: readonly unknown[] = expected;
    if (!Array.isArray(actual) || actual.length !== members.length) {
      return [{ path: pathText(path), expected, actual: actual ?? null }];
    }
    return members.flatMap((one, at) => compare(one, actual[at], [...path, at]));
  }
  return sameScalar(expected, actual) ? [] : [{ path: pathText(path), expected, actual: actual ?? null }];
}

/**
 * Compares what a scenario expects with a step's result (spec 8). A map names only what it checks; a list has the same
 * members in the same order; `{count}`, `{contains}` and `{absent}` do what they say (not at the top: a result's own
 * fields may have these names); a date matches the day of a date-time. An empty list: all is as expected.
 */
export function mismatches(
  expected: Readonly<Record<string, unknown>>,
  result: Readonly<Record<string, unknown>>,
): Mismatch[] {
  return compareFields(expected, result, []);
}
