import type { Finding } from './issues.ts';
import { finding } from './issues.ts';
import type { Spot } from './path.ts';
import { entriesOf, pathText, textOf, under } from './path.ts';
import type { CodeKind } from './problems.ts';

/** Every code that a document defines, read straight from it, so that a fault elsewhere hides none. */
export type KnownCodes = {
  readonly [
    Kind in
      | 'campus'
      | 'site'
      | 'group'
      | 'material'
      | 'policy'
      | 'library'
      | 'category'
      | 'statistic-type'
      | 'statistic'
  ]: ReadonlySet<string>;
} & {
  /** `LIBRARY/LOCATION`. */
  readonly location: ReadonlySet<string>;
  readonly cycle: ReadonlySet<number>;
};

/** Words that stand where library codes stand, and mean something else. */
const RESERVED = ['any', 'own', 'default'];

const codesOf = (list: Spot): string[] => entriesOf(list).flatMap((entry) => textOf(under(entry, 'code')) ?? []);

/** Collects the codes of a document. `libraries` without a `cycles` section may name cycle 1, which ships. */
export function knownCodes(root: Spot): KnownCodes {
  const libraries = entriesOf(under(root, 'libraries'));
  const cycles = under(root, 'cycles');
  const cycleCodes = entriesOf(cycles).map((entry) => under(entry, 'code').value);
  return {
    campus: new Set(codesOf(under(root, 'campuses'))),
    site: new Set(codesOf(under(root, 'sites'))),
    group: new Set(codesOf(under(root, 'groups'))),
    material: new Set(codesOf(under(root, 'materials'))),
    policy: new Set(codesOf(under(root, 'itemPolicies'))),
    library: new Set(codesOf(under(root, 'libraries'))),
    category: new Set(codesOf(under(root, 'categories'))),
    'statistic-type': new Set(codesOf(under(root, 'statisticTypes'))),
    statistic: new Set(codesOf(under(root, 'statistics'))),
    location: new Set(
      libraries.flatMap((library) =>
        codesOf(under(library, 'locations')).map((code) => `${textOf(under(library, 'code')) ?? ''}/${code}`),
      ),
    ),
    cycle: new Set(cycles.value === undefined ? [1] : cycleCodes.filter((code) => typeof code === 'number')),
  };
}

/** Codes that a list gives twice. Lists given together share their codes (desks and departments of a library). */
function duplicatesIn(kind: CodeKind, lists: readonly Spot[]): Finding[] {
  const first = new Map<string, string>();
  return lists.flatMap(entriesOf).flatMap((entry) => {
    const spot = under(entry, 'code');
    if (typeof spot.value !== 'string' && typeof spot.value !== 'number') return [];
    const code = String(spot.value);
    const before = first.get(code);
    if (before === undefined) first.set(code, pathText(spot.path));
    return before === undefined
      ? []
      : [finding(spot.path, { problem: 'duplicate-code', kind, found: code, first: before })];
  });
}

/** Every code that is given twice, and library codes that mean something else. */
export function codeFindings(root: Spot): Finding[] {
  const libraries = entriesOf(under(root, 'libraries'));
  const sections: readonly (readonly [CodeKind, string])[] = [
    ['campus', 'campuses'],
    ['site', 'sites'],
    ['group', 'groups'],
    ['material', 'materials'],
    ['policy', 'itemPolicies'],
    ['library', 'libraries'],
    ['block-type', 'blockTypes'],
    ['cycle', 'cycles'],
    ['profile', 'registrationProfiles'],
    ['category', 'categories'],
    ['statistic-type', 'statisticTypes'],
    ['statistic', 'statistics'],
    ['institution', 'institutions'],
  ];
  return [
    ...sections.flatMap(([kind, section]) => duplicatesIn(kind, [under(root, section)])),
    ...libraries.flatMap((library) => [
      ...duplicatesIn('desk', [under(library, 'desks'), under(library, 'departments')]),
      ...duplicatesIn('location', [under(library, 'locations')]),
      ...duplicatesIn('block-type', [under(library, 'blockTypes')]),
    ]),
    ...libraries.flatMap((library) => {
      const spot = under(library, 'code');
      const code = textOf(spot);
      return code !== undefined && RESERVED.includes(code)
        ? [finding(spot.path, { problem: 'reserved-code', found: code })]
        : [];
    }),
  ];
}
