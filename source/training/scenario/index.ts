export type { ScenarioError, ScenarioFacts } from './problems.ts';
export { readScenario } from './read.ts';
export { runScenario } from './run.ts';
export type { ScenarioResult, StepFailure } from './run.ts';
export { setScene } from './scene.ts';
