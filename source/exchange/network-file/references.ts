import { BLOCK_CODES, RENEWAL_REFUSALS } from '../../circulation/blocks.ts';
import { NEVER_OVERRIDDEN, NEVER_RENEWED } from '../../circulation/overrides.ts';
import type { KnownCodes } from './codes.ts';
import type { Finding } from './issues.ts';
import { finding } from './issues.ts';
import type { Spot, TextSpot } from './path.ts';
import { entriesOf, isMapping, textOf, textsOf, under } from './path.ts';
import type { CodeKind } from './problems.ts';
import { isCode } from './values.ts';

/** What an `overrides` row may name (BLK-02). */
export const OVERRIDABLE_CODES: readonly string[] = [...new Set<string>([...BLOCK_CODES, ...RENEWAL_REFUSALS])].filter(
  (code) => !NEVER_OVERRIDDEN.some((never) => never === code),
);

/** Texts that are codes by their form (the schema speaks for the others) but not among the known ones. */
function unknownAmong(kind: CodeKind, spots: readonly TextSpot[], known: ReadonlySet<string>): Finding[] {
  return spots
    .filter(({ value }) => isCode(value) && !known.has(value))
    .map(({ path, value }) => finding(path, { problem: 'unknown-code', kind, found: value, allowed: [...known] }));
}

/** Locations that no library has; allowed are those of the library that is named, or all libraries' codes with a slash. */
function unknownLocations(spots: readonly TextSpot[], codes: KnownCodes): Finding[] {
  return spots
    .filter(
      ({ value }) => value.split('/').length === 2 && value.split('/').every(isCode) && !codes.location.has(value),
    )
    .map(({ path, value }) => {
      const library = value.slice(0, value.indexOf('/') + 1);
      const near = [...codes.location].filter((one) => one.startsWith(library));
      const allowed = near.length > 0 ? near : [...codes.library].map((code) => `${code}/…`);
      return finding(path, { problem: 'unknown-code', kind: 'location', found: value, allowed });
    });
}

const SELECTED = ['library', 'group', 'material', 'policy'] as const;

/** Unknown codes in what a row of a rule table matches on. */
function selectorFindings(row: Spot, codes: KnownCodes): Finding[] {
  return [
    ...SELECTED.flatMap((kind) => unknownAmong(kind, textsOf(under(row, kind)), codes[kind])),
    ...unknownLocations(textsOf(under(row, 'location')), codes),
  ];
}

function pickupFindings(row: Spot, library: string, codes: KnownCodes): Finding[] {
  const at = under(row, 'at');
  const own = textsOf(under(row, 'location')).map(({ path, value }) => ({
    path,
    value: value.includes('/') ? value : `${library}/${value}`,
  }));
  const places = Array.isArray(at.value) ? textsOf(at).filter(({ value }) => value !== 'own') : [];
  return [
    ...unknownAmong('material', textsOf(under(row, 'material')), codes.material),
    ...unknownAmong('policy', textsOf(under(row, 'policy')), codes.policy),
    ...unknownLocations(own, codes),
    ...unknownAmong('library', [...places, ...textsOf(under(row, 'except'))], codes.library),
  ];
}

function libraryFindings(library: Spot, codes: KnownCodes): Finding[] {
  const cycle = under(under(library, 'notices'), 'cycle');
  const deliveries = under(library, 'deliveryDays');
  const destinations = isMapping(deliveries.value) ? Object.keys(deliveries.value) : [];
  return [
    ...unknownAmong('campus', textsOf(under(library, 'campus')), codes.campus),
    ...unknownAmong('site', textsOf(under(library, 'site')), codes.site),
    ...(typeof cycle.value === 'number' && !codes.cycle.has(cycle.value)
      ? [
          finding(cycle.path, {
            problem: 'unknown-code',
            kind: 'cycle',
            found: String(cycle.value),
            allowed: [...codes.cycle].map(String),
          }),
        ]
      : []),
    ...entriesOf(under(library, 'pickup')).flatMap((row) =>
      pickupFindings(row, textOf(under(library, 'code')) ?? '', codes),
    ),
    ...unknownAmong(
      'library',
      destinations.filter((key) => key !== 'default').map((key) => ({ path: [...deliveries.path, key], value: key })),
      codes.library,
    ),
  ];
}

function overrideFindings(row: Spot, codes: KnownCodes): Finding[] {
  const spot = under(row, 'code');
  const code = textOf(spot);
  const wrongLibraries = unknownAmong('library', textsOf(under(row, 'library')), codes.library);
  // A row that says so itself says nothing new, and does no harm.
  if (NEVER_RENEWED.some((one) => one === code) && textOf(under(row, 'by')) !== 'nobody') {
    const allowed = OVERRIDABLE_CODES.filter((one) => !NEVER_RENEWED.some((never) => never === one));
    return [finding(spot.path, { problem: 'never-overridden', found: code ?? '', allowed }), ...wrongLibraries];
  }
  if (code === undefined || code === '' || OVERRIDABLE_CODES.includes(code)) return wrongLibraries;
  const allowed = OVERRIDABLE_CODES;
  const never = NEVER_OVERRIDDEN.some((one) => one === code);
  return [
    never
      ? finding(spot.path, { problem: 'never-overridden', found: code, allowed })
      : finding(spot.path, { problem: 'unknown-code', kind: 'block', found: code, allowed }),
    ...wrongLibraries,
  ];
}

function preRegistrationFindings(preRegistration: Spot, codes: KnownCodes): Finding[] {
  return [
    ...unknownAmong('group', textsOf(under(preRegistration, 'group')), codes.group),
    ...unknownAmong('library', textsOf(under(preRegistration, 'libraries')), codes.library),
    ...unknownAmong('statistic', textsOf(under(preRegistration, 'occupations')), codes.statistic),
  ];
}

/** Every code in the document that nothing defines, wherever it stands (CONF-01). */
export function referenceFindings(root: Spot, codes: KnownCodes): Finding[] {
  const rows = (section: string): Spot[] => entriesOf(under(root, section));
  return [
    ...rows('libraries').flatMap((library) => libraryFindings(library, codes)),
    ...[...rows('loanRules'), ...rows('limits')].flatMap((row) => selectorFindings(row, codes)),
    ...rows('overrides').flatMap((row) => overrideFindings(row, codes)),
    ...rows('registrationProfiles').flatMap((profile) => [
      ...unknownAmong('group', textsOf(under(profile, 'groups')), codes.group),
      ...unknownAmong('campus', textsOf(under(profile, 'campus')), codes.campus),
      ...unknownAmong('category', textsOf(under(profile, 'category')), codes.category),
      ...unknownAmong('statistic', textsOf(under(profile, 'statistics')), codes.statistic),
    ]),
    ...rows('statistics').flatMap((statistic) => [
      ...unknownAmong('statistic-type', textsOf(under(statistic, 'type')), codes['statistic-type']),
      ...unknownAmong('campus', textsOf(under(statistic, 'campus')), codes.campus),
    ]),
    ...rows('institutions').flatMap((one) => unknownAmong('campus', textsOf(under(one, 'campus')), codes.campus)),
    ...preRegistrationFindings(under(under(root, 'network'), 'preRegistration'), codes),
  ];
}
