import type { Library, Network } from '../../circulation/network.ts';
import type { Box, Row } from './coverage.ts';
import { fullEffort, joinBoxes, regionsOf } from './coverage.ts';
import { loanRuleWarnings } from './loan-rule-warnings.ts';
import type { NetworkWarning } from './problems.ts';
import { OVERRIDABLE_CODES } from './references.ts';
import { NONE, codesOf, locationsOf, setOf, unreadRows } from './warning-parts.ts';

function tableWarnings(table: string, cases: Box, rows: readonly Row[]): NetworkWarning[] {
  const unread = unreadRows(cases, rows, (row) => `${table}[${row}]`, fullEffort());
  return unread ?? [{ warning: 'not-checked', path: table }];
}

function overrideWarnings(network: Network): NetworkWarning[] {
  const cases: Box = [OVERRIDABLE_CODES, codesOf(network.libraries)];
  const rows = network.overrides.map((row): Row => [new Set([row.code]), setOf(row.library)]);
  return tableWarnings('overrides', cases, rows);
}

function pickupWarnings(network: Network, library: Library, at: number): NetworkWarning[] {
  const locations = locationsOf([library]);
  if (locations.length === 0) return [];
  const cases: Box = [[NONE, ...codesOf(network.materials)], [NONE, ...codesOf(network.itemPolicies)], locations];
  const rows = library.pickup.map((row): Row => [setOf(row.material), setOf(row.policy), setOf(row.location)]);
  const path = `libraries[${at}].pickup`;
  return [...tableWarnings(path, cases, rows), ...pickupGaps(path, cases.with(0, codesOf(network.materials)), rows)];
}

/** Items of a library that no pickup row speaks for; a dimension that is missing as a whole is not listed. */
function pickupGaps(path: string, cases: Box, rows: readonly Row[]): NetworkWarning[] {
  // A table that takes too long has been told already.
  const regions = regionsOf(cases, rows, fullEffort()) ?? [];
  return joinBoxes(regions.flatMap(({ row, box }) => (row === undefined ? [box] : []))).map((gap): NetworkWarning => {
    const part = (dimension: number): readonly string[] | undefined => {
      const missing = gap[dimension] ?? [];
      return missing.length < (cases[dimension]?.length ?? 0) ? missing : undefined;
    };
    const [materials, policies, locations] = [part(0), part(1), part(2)];
    return {
      warning: 'no-pickup',
      path,
      ...(materials ? { materials } : {}),
      ...(policies ? { policies: policies.map((policy) => (policy === NONE ? null : policy)) } : {}),
      ...(locations ? { locations } : {}),
    };
  });
}

/** Limits that no loan can reach: the location is another library's. All that match apply, so that none hides another. */
function limitWarnings({ limits }: Network): NetworkWarning[] {
  return limits.flatMap(({ library, location }, at) => {
    const isElsewhere = (place: string): boolean => !library?.some((code) => place.startsWith(`${code}/`));
    return library && location?.every(isElsewhere) === true
      ? [{ warning: 'matches-nothing' as const, path: `limits[${at}]` }]
      : [];
  });
}

function seasonWarnings(library: Library, at: number): NetworkWarning[] {
  const path = (season: number): string => `libraries[${at}].seasons[${season}]`;
  return library.seasons.flatMap((season, later) => {
    const other = library.seasons.findIndex((one) => one.from <= season.to && season.from <= one.to);
    return other < later ? [{ warning: 'seasons-overlap' as const, path: path(later), other: path(other) }] : [];
  });
}

/**
 * What the rule tables of a valid network leave open or never read (CONF-02): rows of `loanRules`, `limits`, `overrides`
 * and `pickup` that no case reaches, cases that no loan rule or pickup row answers, seasons that overlap. Exact: all combinations of
 * location, group, material, item policy (or none) and time are looked at.
 */
export function networkWarnings(network: Network): NetworkWarning[] {
  return [
    ...network.libraries.flatMap((library, at) => [
      ...seasonWarnings(library, at),
      ...pickupWarnings(network, library, at),
    ]),
    ...loanRuleWarnings(network),
    ...limitWarnings(network),
    ...overrideWarnings(network),
  ];
}
