import type { LoanRule, Network, Selector } from '../../circulation/network.ts';
import { addDays } from '../../circulation/time.ts';
import type { Box, Effort, Row } from './coverage.ts';
import { fullEffort, joinBoxes, regionsOf } from './coverage.ts';
import type { NetworkWarning } from './problems.ts';
import { NONE, codesOf, locationsOf, setOf, unreadRows } from './warning-parts.ts';

/** A stretch of time within which no dated row begins or ends; both days inclusive, null: without end. */
type Stretch = { readonly from: string | null; readonly to: string | null };

function stretchesOf(rules: readonly LoanRule[]): Stretch[] {
  const starts = rules.flatMap(({ from, to }) => [
    ...(from === undefined ? [] : [from]),
    ...(to === undefined ? [] : [addDays(to, 1)]),
  ]);
  const bounds = [...new Set(starts)].toSorted();
  return [null, ...bounds].map((from, at) => {
    const next = bounds[at];
    return { from, to: next === undefined ? null : addDays(next, -1) };
  });
}

function stretchesIn({ from, to }: LoanRule, stretches: readonly Stretch[]): ReadonlySet<string> | undefined {
  if (from === undefined && to === undefined) return undefined;
  const inside = stretches.flatMap((one, at) => {
    const begun = from === undefined || (one.from !== null && one.from >= from);
    const running = to === undefined || (one.to !== null && one.to <= to);
    return begun && running ? [String(at)] : [];
  });
  return new Set(inside);
}

/** The locations that a row matches by location and library; undefined: any. */
function placesOf(row: Selector, network: Network): ReadonlySet<string> | undefined {
  if (!row.library && !row.location) return undefined;
  const libraries = network.libraries.filter((library) => row.library?.includes(library.code) ?? true);
  return new Set(locationsOf(libraries).filter((location) => row.location?.includes(location) ?? true));
}

/** Rows of one kind out of `loanRules`, with their places there. */
type Table = {
  readonly rules: readonly { readonly rule: LoanRule; readonly at: number }[];
  readonly rows: readonly Row[];
};

/** All cases: item policy, material, stretch of time, location, group. */
const DIMENSIONS = { policies: 0, materials: 1, days: 2, locations: 3, groups: 4 } as const;

/**
 * CONF-02 for `loanRules`: rows that are never read, and cases of groups that may borrow which no row answers. Dated rows
 * answer on their own days only. Rows with `mayBorrow` are a table of their own, passed over for every other answer.
 */
export function loanRuleWarnings(network: Network): NetworkWarning[] {
  const stretches = stretchesOf(network.loanRules);
  const materials = codesOf(network.materials);
  const groups = codesOf(network.groups);
  const cases: Box = [
    [NONE, ...codesOf(network.itemPolicies)],
    materials.length > 0 ? materials : [NONE],
    [...stretches.keys()].map(String),
    locationsOf(network.libraries),
    groups,
  ];
  if (cases[DIMENSIONS.locations]?.length === 0) return [];
  const tableOf = (belongs: (rule: LoanRule) => boolean): Table => {
    const rules = network.loanRules.map((rule, at) => ({ rule, at })).filter(({ rule }) => belongs(rule));
    const rows = rules.map(({ rule }): Row => [
      setOf(rule.policy),
      setOf(rule.material),
      stretchesIn(rule, stretches),
      placesOf(rule, network),
      setOf(rule.group),
    ]);
    return { rules, rows };
  };
  const terms = tableOf((rule) => rule.mayBorrow === undefined);
  const permissions = tableOf((rule) => rule.mayBorrow !== undefined);
  const effort = fullEffort();
  // Patrons without a group may not borrow, but the terms for them are asked for all the same.
  const withGroupless = cases.with(DIMENSIONS.groups, [NONE, ...groups]);
  const unread = [terms, permissions].map(({ rules, rows }) =>
    unreadRows(withGroupless, rows, (row) => `loanRules[${rules[row]?.at ?? row}]`, effort),
  );
  const gaps = gapsIn(cases, terms, permissions, effort);
  if (!gaps || unread.includes(undefined)) return [{ warning: 'not-checked', path: 'loanRules' }];
  return [
    ...unread.flatMap((warnings) => warnings ?? []),
    ...joinBoxes(gaps).map((gap) => gapWarning(network, cases, gap, stretches)),
  ];
}

/** The cases that no row answers although the group may borrow there. */
function gapsIn(cases: Box, terms: Table, permissions: Table, effort: Effort): Box[] | undefined {
  const unanswered = regionsOf(cases, terms.rows, effort)?.filter(({ row }) => row === undefined);
  const divided = unanswered?.flatMap(({ box }) => regionsOf(box, permissions.rows, effort) ?? []);
  if (!divided || effort.left < 0) return undefined;
  return divided
    .filter(({ row }) => row === undefined || permissions.rules[row]?.rule.mayBorrow !== false)
    .map(({ box }) => box);
}

/** One gap in the file's words; a dimension that is missing as a whole is not listed. */
function gapWarning(network: Network, cases: Box, gap: Box, stretches: readonly Stretch[]): NetworkWarning {
  const part = (dimension: keyof typeof DIMENSIONS): readonly string[] | undefined => {
    const missing = gap[DIMENSIONS[dimension]] ?? [];
    return missing.length < (cases[DIMENSIONS[dimension]]?.length ?? 0) ? missing : undefined;
  };
  const locations = gap[DIMENSIONS.locations] ?? [];
  const whole = network.libraries.filter(
    (library) => library.locations.length > 0 && locationsOf([library]).every((one) => locations.includes(one)),
  );
  const inWhole = new Set(locationsOf(whole));
  const [groups, materials, policies, days] = [part('groups'), part('materials'), part('policies'), part('days')];
  return {
    warning: 'no-answer',
    path: 'loanRules',
    libraries: codesOf(whole),
    locations: locations.filter((location) => !inWhole.has(location)),
    ...(groups ? { groups } : {}),
    ...(materials ? { materials } : {}),
    ...(policies ? { policies: policies.map((policy) => (policy === NONE ? null : policy)) } : {}),
    ...(days ? { days: days.map((at) => stretches[Number(at)] ?? { from: null, to: null }) } : {}),
  };
}
