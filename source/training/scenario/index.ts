export type { ClockJob } from './clock-jobs.ts';
export type { ScenarioError, ScenarioFacts } from './problems.ts';
export { readScenario } from './read.ts';
export type { Scenario, ScenarioReading, Step } from './read.ts';
export { runScenario } from './run.ts';
export type { ScenarioResult, StepFailure, StepResult } from './run.ts';
export { setScene } from './scene.ts';
export type { SceneOptions, SceneSetting } from './scene.ts';
export type { Stage } from './stage.ts';
