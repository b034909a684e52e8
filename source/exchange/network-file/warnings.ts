import type { Library, Network } from '../../circulation/network.ts';
import type { Box, Row } from './coverage.ts';
import { fullEffort } from './coverage.ts';
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
  return tableWarnings(`libraries[${at}].pickup`, cases, rows);
}

function seasonWarnings(library: Library, at: number): NetworkWarning[] {
  const path = (season: number): string => `libraries[${at}].seasons[${season}]`;
  return library.seasons.flatMap((season, later) => {
    const other = library.seasons.findIndex((one) => one.from <= season.to && season.from <= one.to);
    return other < later ? [{ warning: 'seasons-overlap' as const, path: path(later), other: path(other) }] : [];
  });
}

/**
 * What the rule tables of a valid network leave open or never read (CONF-02): rows of `loanRules`, `overrides` and
 * `pickup` that no case reaches, cases that no loan rule answers, seasons that overlap. Exact: all combinations of
 * location, group, material, item policy (or none) and time are looked at.
 */
export function networkWarnings(network: Network): NetworkWarning[] {
  return [
    ...network.libraries.flatMap((library, at) => [
      ...seasonWarnings(library, at),
      ...pickupWarnings(network, library, at),
    ]),
    ...loanRuleWarnings(network),
    ...overrideWarnings(network),
  ];
}
