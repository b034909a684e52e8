import type { InvalidProblem } from '../desk/perform.ts';
import type { Words } from '../language/words.ts';
import type { ScenarioError, ScenarioFacts } from '../training/scenario/index.ts';
import { problemLine } from './network-report.ts';

type SceneProblem = Exclude<keyof ScenarioFacts, 'refused-by-desk'>;
type SceneError = Extract<ScenarioError, { problem: keyof ScenarioFacts }>;
type SceneSentences = { readonly [Code in SceneProblem]: (error: Extract<SceneError, { problem: Code }>) => string };

const isOfScene = (error: ScenarioError, words: Words): error is SceneError =>
  error.problem === 'refused-by-desk' || Object.hasOwn(words.commands.scenario.problem, error.problem);

/** One error of a scenario's file, as sentences; a network with errors of its own lists them below. */
export function errorLines(error: ScenarioError, words: Words): string[] {
  if (!isOfScene(error, words)) return [problemLine(error, words.network)];
  const where = `${error.path}${error.line === undefined ? '' : ` (${words.network.line(error.line)})`}`;
  if (error.problem === 'refused-by-desk') {
    const invalid: Readonly<Record<InvalidProblem, (path: string, value: string) => string>> =
      words.commands.refusal.invalid;
    return [invalid[error.reason](where, error.found ?? '')];
  }
  const sentences: SceneSentences = words.commands.scenario.problem;
  const line = `${where}: ${(sentences[error.problem] as (facts: SceneError) => string)(error)}`;
  return error.problem === 'network-errors'
    ? [line, ...error.errors.map((one) => `  ${problemLine(one, words.network)}`)]
    : [line];
}
