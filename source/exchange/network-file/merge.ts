import { isMapping } from './path.ts';
import { WEEKDAYS, weekdaysIn } from './values.ts';

/** Ordered tables, which a partial network replaces as a whole although their rows may have codes (spec 8, `with`). */
const RULE_TABLES: ReadonlySet<string> = new Set(['loanRules', 'limits', 'overrides', 'pickup']);

type Mapping = Readonly<Record<string, unknown>>;

const codeOf = (value: unknown): string | undefined => {
  if (!isMapping(value) || !Object.hasOwn(value, 'code')) return undefined;
  const code = value['code'];
  return typeof code === 'string' || typeof code === 'number' ? String(code) : undefined;
};

const isCoded = (list: readonly unknown[]): boolean => list.every((entry) => codeOf(entry) !== undefined);

function mergeByCode(base: readonly unknown[], partial: readonly unknown[]): unknown[] {
  const merged = [...base];
  for (const entry of partial) {
    const at = merged.findIndex((one) => codeOf(one) === codeOf(entry));
    if (at < 0) merged.push(entry);
    else merged[at] = mergeValues('', merged[at], entry);
  }
  return merged;
}

/** Opening hours merge day by day, however their keys group the days: what the partial week names is its own. */
function mergeHours(base: Mapping, partial: Mapping): Mapping {
  const daysOf = (key: string): number[] | undefined => weekdaysIn(key);
  const keys = [...Object.keys(base), ...Object.keys(partial)];
  if (keys.some((key) => daysOf(key) === undefined)) return mergeMaps(base, partial);
  const named = new Set(Object.keys(partial).flatMap((key) => daysOf(key) ?? []));
  const kept = WEEKDAYS.flatMap((weekday, day): [string, unknown][] => {
    const [narrowest] = Object.keys(base)
      .filter((key) => daysOf(key)?.includes(day))
      .toSorted((one, other) => (daysOf(one)?.length ?? 0) - (daysOf(other)?.length ?? 0));
    return narrowest === undefined || named.has(day) ? [] : [[weekday, base[narrowest]]];
  });
  return Object.fromEntries([...kept, ...Object.entries(partial)]);
}

function mergeMaps(base: Mapping, partial: Mapping): Mapping {
  const own = (key: string): unknown => (Object.hasOwn(base, key) ? base[key] : undefined);
  const changed = Object.entries(partial)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]): [string, unknown] => [key, mergeValues(key, own(key), value)]);
  return Object.fromEntries([...Object.entries(base), ...changed]);
}

function mergeValues(key: string, base: unknown, partial: unknown): unknown {
  if (isMapping(base) && isMapping(partial))
    return key === 'hours' ? mergeHours(base, partial) : mergeMaps(base, partial);
  if (!Array.isArray(base) || !Array.isArray(partial)) return partial;
  const byCode = !RULE_TABLES.has(key) && base.length > 0 && isCoded(base) && isCoded(partial);
  return byCode ? mergeByCode(base, partial) : partial;
}

/**
 * A network document with a partial one merged into it, before validation (spec 8, `with`): maps merge, lists of coded
 * things merge by code (new ones at the end), rule tables and all other lists are replaced, opening hours merge day by
 * day. Neither document is changed.
 */
export function mergeNetwork(baseDocument: unknown, partialDocument: unknown): unknown {
  return partialDocument === undefined || partialDocument === null
    ? baseDocument
    : mergeValues('', baseDocument, partialDocument);
}
