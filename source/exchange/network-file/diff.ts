import type { Network } from '../../circulation/network.ts';
import { isMapping } from './path.ts';
import { WEEKDAYS, periodText, rangesText } from './values.ts';

/** One change: `from` absent: new; `to` absent: gone. Values as the file writes them. */
export type Difference = { readonly path: string; readonly from?: unknown; readonly to?: unknown };

/** Ordered tables: compared row by row, whatever codes are in them. */
const RULE_TABLES: ReadonlySet<string> = new Set(['loanRules', 'limits', 'overrides', 'pickup']);

type Mapping = Readonly<Record<string, unknown>>;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** With map keys in one order, so that equal values have equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key])]),
  );
}

function isPeriod(value: unknown): value is { unit: 'days' | 'hours'; count: number } {
  return (
    isMapping(value) && typeof value['count'] === 'number' && (value['unit'] === 'days' || value['unit'] === 'hours')
  );
}

function isWeek(value: unknown): value is { opens: number; closes: number }[][] {
  return Array.isArray(value) && value.length === WEEKDAYS.length && value.every((day) => Array.isArray(day));
}

/** A value of a network in the file's own notation. */
function written(value: unknown): unknown {
  if (isPeriod(value)) return periodText(value);
  if (isWeek(value)) return Object.fromEntries(WEEKDAYS.map((day, at) => [day, rangesText(value[at] ?? [])]));
  if (Array.isArray(value)) return value.map(written);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, written(one)]));
}

const codesOf = (list: readonly unknown[]): string[] =>
  list.flatMap((entry) => (isMapping(entry) && 'code' in entry ? String(entry['code']) : []));

const isCoded = (list: readonly unknown[]): boolean => new Set(codesOf(list)).size === list.length;

function compareMaps(path: string, from: Mapping, to: Mapping): Difference[] {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return keys.flatMap((key) => compare(path === '' ? key : `${path}.${key}`, key, from[key], to[key]));
}

function compareCoded(path: string, from: readonly unknown[], to: readonly unknown[]): Difference[] {
  const before = new Map(codesOf(from).map((code, at) => [code, from[at]]));
  const after = new Map(codesOf(to).map((code, at) => [code, to[at]]));
  const codes = [...new Set([...before.keys(), ...after.keys()])];
  const kept = (map: ReadonlyMap<string, unknown>): string[] =>
    [...map.keys()].filter((code) => before.has(code) && after.has(code));
  const moved = same(kept(before), kept(after)) ? [] : [{ path, from: kept(before), to: kept(after) }];
  return [...codes.flatMap((code) => compare(`${path}[${code}]`, '', before.get(code), after.get(code))), ...moved];
}

/** Rows that both tables have, in order: the longest such sequence, as pairs of indices. */
function keptRows(from: readonly string[], to: readonly string[]): [number, number][] {
  const lengths = Array.from({ length: from.length + 1 }, () => new Uint32Array(to.length + 1));
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = from.length - 1; row >= 0; row -= 1) {
    for (let column = to.length - 1; column >= 0; column -= 1) {
      const longest =
        from[row] === to[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
      lengths[row]?.fill(longest, column, column + 1);
    }
  }
  const pairs: [number, number][] = [];
  for (let row = 0, column = 0; row < from.length && column < to.length;) {
    if (from[row] === to[column]) pairs.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

/**
 * Between two rows that stayed, what was there before and what is there now, paired in order. Paths count the rows of the
 * new table, those of rows that are gone the rows of the old one.
 */
function compareRows(path: string, from: readonly unknown[], to: readonly unknown[]): Difference[] {
  const texts = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(sorted(row)));
  const kept = [...keptRows(texts(from), texts(to)), [from.length, to.length] as const];
  let [oldRow, newRow] = [0, 0];
  return kept.flatMap(([oldEnd, newEnd]) => {
    const changes: Difference[] = [];
    for (; oldRow < oldEnd || newRow < newEnd; oldRow += oldRow < oldEnd ? 1 : 0, newRow += newRow < newEnd ? 1 : 0) {
      const before = oldRow < oldEnd ? { from: written(from[oldRow]) } : {};
      const after = newRow < newEnd ? { to: written(to[newRow]) } : {};
      changes.push({ path: `${path}[${newRow < newEnd ? newRow : oldRow}]`, ...before, ...after });
    }
    [oldRow, newRow] = [oldEnd + 1, newEnd + 1];
    return changes;
  });
}

function compare(path: string, key: string, from: unknown, to: unknown): Difference[] {
  if (same(from, to)) return [];
  if (from === undefined || to === undefined || isPeriod(from) || isPeriod(to)) return [change(path, from, to)];
  if (isWeek(from) && isWeek(to)) {
    return WEEKDAYS.flatMap((day, at) =>
      compare(`${path}.${day}`, day, rangesText(from[at] ?? []), rangesText(to[at] ?? [])),
    );
  }
  if (isMapping(from) && isMapping(to)) return compareMaps(path, from, to);
  if (!Array.isArray(from) || !Array.isArray(to) || ![...from, ...to].some(isMapping)) return [change(path, from, to)];
  return !RULE_TABLES.has(key) && isCoded(from) && isCoded(to)
    ? compareCoded(path, from, to)
    : compareRows(path, from, to);
}

function change(path: string, from: unknown, to: unknown): Difference {
  return {
    path,
    ...(from === undefined ? {} : { from: written(from) }),
    ...(to === undefined ? {} : { to: written(to) }),
  };
}

/**
 * What changes from one network to another (CONF-01, `--dry-run`): coded things by their code
 * (`libraries[sci].locations[63S].name`), rule tables and other lists by row (`loanRules[3]`), the order of coded lists.
 * Empty: nothing. Values are written as in the file.
 */
export function diffNetworks(from: Network, to: Network): Difference[] {
  return compareMaps('', { ...from }, { ...to });
}
