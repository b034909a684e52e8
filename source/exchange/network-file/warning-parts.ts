import type { Library } from '../../circulation/network.ts';
import type { Box, Effort, Row } from './coverage.ts';
import { hiddenRows } from './coverage.ts';
import type { NetworkWarning } from './problems.ts';

/** Stands among the codes for an item without a policy, or a patron without a group. */
export const NONE = '';

export const codesOf = (list: readonly { readonly code: string }[]): string[] => list.map(({ code }) => code);

export const setOf = (codes: readonly string[] | undefined): ReadonlySet<string> | undefined =>
  codes === undefined ? undefined : new Set(codes);

/** All locations of some libraries, `LIBRARY/LOCATION`. */
export const locationsOf = (libraries: readonly Library[]): string[] =>
  libraries.flatMap((library) => library.locations.map((location) => `${library.code}/${location.code}`));

/** A warning for each row that is never read (CONF-02). Undefined if finding out takes more than the effort. */
export function unreadRows(
  cases: Box,
  rows: readonly Row[],
  pathOf: (row: number) => string,
  effort: Effort,
): NetworkWarning[] | undefined {
  return hiddenRows(cases, rows, effort)?.map(({ row, by }) =>
    by.length === 0
      ? { warning: 'matches-nothing', path: pathOf(row) }
      : { warning: 'unreachable-row', path: pathOf(row), hiddenBy: by.map(pathOf) },
  );
}
