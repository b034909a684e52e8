import { parseNetworkDocument } from '../../exchange/network-file/document.ts';
import type { LineOf } from '../../exchange/network-file/document.ts';
import { findingsOf } from '../../exchange/network-file/issues.ts';
import { isMapping, pathText } from '../../exchange/network-file/path.ts';
import type { Path } from '../../exchange/network-file/path.ts';
import type { FailureCode } from '../results.ts';
import { besideShape, fileShape, STEP_NAMES, stepShapes } from './format.ts';
import type { ScenarioFile, StepFields, StepName } from './format.ts';
import { isAnnouncedName, isGuidedAt } from './lesson-format.ts';
import type { LessonPlace, Said } from './lesson-format.ts';
import type { ScenarioError } from './problems.ts';

/** One step as the file writes it. */
export type Step = {
  /** From 1. */
  readonly number: number;
  readonly line?: number;
  /** What is expected of the result; absent: that the step succeeds. */
  readonly expect?: Readonly<Record<string, unknown>>;
  /** The typed error that is expected. */
  readonly fails?: FailureCode;
  /** What somebody is to do at the console, or what the lesson tells before it does it itself. */
  readonly say?: Said;
  /** What it meant, told when it has been done. */
  readonly then?: Said;
} & { [Name in StepName]: { readonly name: Name; readonly fields: StepFields<Name> } }[StepName];

/** A scenario as its file tells it. */
export type Scenario = Omit<ScenarioFile, 'steps' | 'title'> & {
  /** In English. */
  readonly title: string;
  readonly titles: Said;
  readonly steps: readonly Step[];
};

/** A scenario read, or everything that is wrong with its file. */
export type ScenarioReading =
  | { readonly name: string; readonly scenario: Scenario; readonly lineOf: LineOf }
  | { readonly name: string; readonly errors: readonly ScenarioError[] };

type Placed = { readonly at: Path; readonly error: ScenarioError };
type Outcome<Value> = { readonly value: Value } | { readonly problems: readonly Placed[] };

const BESIDE: readonly string[] = Object.keys(besideShape.shape);
const isStep = (name: string): name is StepName => Object.hasOwn(stepShapes, name);

/** The one key of a step that is neither `expect` nor `fails`. */
function stepName(written: Readonly<Record<string, unknown>>, at: Path): Outcome<StepName> {
  const found = Object.keys(written).filter((key) => !BESIDE.includes(key));
  const unknown = found.filter((key) => !isStep(key));
  if (unknown.length > 0) {
    const problems = unknown.map((key): Placed => {
      const path = [...at, key];
      return { at: path, error: { problem: 'unknown-step', path: pathText(path), found: key, allowed: STEP_NAMES } };
    });
    return { problems };
  }
  const [name] = found;
  if (found.length === 1 && name !== undefined && isStep(name)) return { value: name };
  return { problems: [{ at, error: { problem: 'not-one-step', path: pathText(at), found, allowed: STEP_NAMES } }] };
}

/** Where the lesson of a file is followed, as far as the file can be read. */
function placeIn(document: unknown): LessonPlace {
  const lesson = isMapping(document) ? document['lesson'] : undefined;
  return isMapping(lesson) && lesson['place'] === 'kiosk' ? 'kiosk' : 'desk';
}

/** Texts beside a step that nobody does where the lesson is followed, or a meaning without what was to be done. */
function guideProblem(
  step: { readonly name: StepName; readonly fields: unknown },
  place: LessonPlace,
  { say, then }: Pick<Step, 'say' | 'then'>,
  at: Path,
): Placed | undefined {
  const { name } = step;
  const path = (key: string): string => pathText([...at, key]);
  if (then !== undefined && say === undefined)
    return { at, error: { problem: 'missing-key', path: path('say'), allowed: ['map'] } };
  if (say === undefined || isGuidedAt(step, place) || isAnnouncedName(name)) return undefined;
  return { at: [...at, 'say'], error: { problem: 'not-guided', path: path('say'), found: name } };
}

function readStep(
  written: Readonly<Record<string, unknown>>,
  index: number,
  document: unknown,
  lineOf: LineOf,
): Outcome<Step> {
  const at: Path = ['steps', index];
  const name = stepName(written, at);
  const beside = besideShape.safeParse(written);
  const problems: Placed[] = 'problems' in name ? [...name.problems] : [];
  if (!beside.success) problems.push(...beside.error.issues.flatMap((issue) => findingsOf(issue, document, at)));
  if ('problems' in name || !beside.success) return { problems };
  const step = { name: name.value, fields: written[name.value] };
  const untold = guideProblem(step, placeIn(document), beside.data, at);
  if (untold) return { problems: [untold] };

  const fields = stepShapes[name.value].safeParse(written[name.value]);
  if (!fields.success) {
    return { problems: fields.error.issues.flatMap((issue) => findingsOf(issue, document, [...at, name.value])) };
  }
  const line = lineOf(at);
  const read = { number: index + 1, name: name.value, fields: fields.data, ...beside.data };
  return { value: (line === undefined ? read : { ...read, line }) as Step };
}

/** An error with the line on which its path stands. */
export function onItsLine(path: Path, error: ScenarioError, lineOf: LineOf): ScenarioError {
  const line = lineOf(path);
  return line === undefined ? error : { ...error, line };
}

/**
 * Reads the text of a scenario (spec 8; YAML 1.2): every error with its path, its line, what was found and what is
 * allowed there. `name` (a file name) stands for a missing title. Codes of the network are checked when the scene is set.
 * Never throws.
 */
export function readScenario(text: string, name: string): ScenarioReading {
  const parsed = parseNetworkDocument(text);
  if ('errors' in parsed) return { name, errors: parsed.errors };
  const { document, lineOf } = parsed;
  const file = fileShape.safeParse(document);
  if (!file.success) {
    const problems = file.error.issues.flatMap((issue) => findingsOf(issue, document));
    return { name, errors: inOrder([...problems, ...stepProblems(document, lineOf)], lineOf) };
  }
  const steps = file.data.steps.map((written, index) => readStep(written, index, document, lineOf));
  const problems = steps.flatMap((one) => ('problems' in one ? one.problems : []));
  if (problems.length > 0) return { name, errors: inOrder(problems, lineOf) };
  const played = steps.flatMap((one) => ('value' in one ? [one.value] : []));
  const titles = file.data.title ?? { fr: name, en: name };
  return { name, scenario: { ...file.data, title: titles.en, titles, steps: played }, lineOf };
}

/** What is wrong with the steps of a file whose other parts are wrong too: all errors are told at once. */
function stepProblems(document: unknown, lineOf: LineOf): Placed[] {
  const steps = isMapping(document) ? document['steps'] : undefined;
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((written: unknown, index) => {
    // What is no step at all has been told with the file.
    if (!isMapping(written)) return [];
    const step = readStep(written, index, document, lineOf);
    return 'problems' in step ? step.problems : [];
  });
}

function inOrder(problems: readonly Placed[], lineOf: LineOf): ScenarioError[] {
  return problems
    .map(({ at, error }) => onItsLine(at, error, lineOf))
    .toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
}
