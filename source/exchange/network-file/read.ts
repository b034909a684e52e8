import { NoOpenDay, nextOpenDay } from '../../circulation/calendar.ts';
import type { Library, Network } from '../../circulation/network.ts';
import type { Day } from '../../circulation/time.ts';
import { buildLibrary, buildNetwork } from './build.ts';
import { codeFindings, knownCodes } from './codes.ts';
import type { LineOf } from './document.ts';
import { parseNetworkDocument } from './document.ts';
import { institutionFindings } from './institution-checks.ts';
import type { Finding } from './issues.ts';
import { finding, findingsOf } from './issues.ts';
import { outageFindings } from './outage-checks.ts';
import type { Spot } from './path.ts';
import { entriesOf, under } from './path.ts';
import type { NetworkError, NetworkWarning } from './problems.ts';
import { referenceFindings } from './references.ts';
import { rowFindings } from './row-checks.ts';
import { libraryShape, networkFileShape } from './schema.ts';
import { networkWarnings } from './warnings.ts';

/** A network file read: the network and what is odd about it, or everything that is wrong with it. */
export type NetworkReading =
  | {
      readonly file: string;
      readonly network: Network;
      /** The file as plain values, as `mergeNetwork` takes them. */
      readonly document: unknown;
      readonly warnings: readonly NetworkWarning[];
    }
  | { readonly file: string; readonly errors: readonly NetworkError[] };

export type ReadOptions = {
  /**
   * The local day from which each library must open within two years (CAL-03). Without it a library need only open on
   * some day of its week or of a season.
   */
  readonly today?: Day;
};

const opensEver = (library: Library): boolean =>
  [library.hours, ...library.seasons.map((season) => season.hours)].some((week) => week.some((day) => day.length > 0));

/** CAL-03, for every library that can be read by itself, whatever is wrong with the others. */
function calendarFindings(root: Spot, today: Day | undefined): Finding[] {
  return entriesOf(under(root, 'libraries')).flatMap((spot) => {
    const parsed = libraryShape.safeParse(spot.value);
    if (!parsed.success) return [];
    const library = buildLibrary(parsed.data, { cycle: 1, penalties: undefined });
    const closed = finding([...spot.path, 'hours'], {
      problem: 'no-open-day',
      library: library.code,
      from: today ?? null,
    });
    if (today === undefined) return opensEver(library) ? [] : [closed];
    try {
      nextOpenDay(library, today);
      return [];
    } catch (error) {
      if (error instanceof NoOpenDay) return [closed];
      throw error;
    }
  });
}

/** The steps of a path such as `libraries[3].pickup[1]`, as warnings name it. */
function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([key, index]) => (index === undefined ? key : Number(index)));
}

function readDocument(document: unknown, file: string, options: ReadOptions, lineOf: LineOf): NetworkReading {
  const root: Spot = { path: [], value: document };
  const parsed = networkFileShape.safeParse(document);
  const findings = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => findingsOf(issue, document))),
    ...codeFindings(root),
    ...referenceFindings(root, knownCodes(root)),
    ...rowFindings(root),
    ...outageFindings(root),
    ...institutionFindings(root),
    ...calendarFindings(root, options.today),
  ];
  if (!parsed.success || findings.length > 0) {
    const errors = findings.map(({ at, error }) => placed(error, lineOf(at)));
    return { file, errors: errors.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)) };
  }
  const network = buildNetwork(parsed.data);
  const warnings = networkWarnings(network).map((warning) => placed(warning, lineOf(stepsOf(warning.path))));
  return { file, network, document, warnings };
}

function placed<Remark extends NetworkError | NetworkWarning>(remark: Remark, line: number | undefined): Remark {
  return line === undefined ? remark : { ...remark, line };
}

/**
 * Reads a network from plain values: a merged document, JSON, or one that was stored. As `readNetworkText`, but without
 * line numbers. `file` is only handed back, to be shown with the errors.
 */
export function readNetworkDocument(document: unknown, file: string, options: ReadOptions = {}): NetworkReading {
  return readDocument(document, file, options, () => undefined);
}

/**
 * Reads the text of a network file (YAML 1.2 or JSON): validated as a whole (CONF-01), every error with its path, line,
 * what was found and what is allowed there; or the network with its warnings (CONF-02). Never throws.
 */
export function readNetworkText(text: string, file: string, options: ReadOptions = {}): NetworkReading {
  const parsed = parseNetworkDocument(text);
  if ('errors' in parsed) return { file, errors: parsed.errors };
  return readDocument(parsed.document, file, options, parsed.lineOf);
}
